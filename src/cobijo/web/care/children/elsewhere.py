"""Asking whether another organisation knows a child. Whoever asks always gets the same answer.

The question is only stored: nothing is looked up while the person waits, so that neither the answer nor its time can
tell. A minute later `resolve` looks, where an active agreement allows it, and tells the data steward alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.children.models import Child, Match, Question, Verdict
from cobijo.web.care.children.queries import known_of
from cobijo.web.care.children.rules import agreement_between, check_agreement, check_purpose
from cobijo.web.care.children.states import MATCH_STEPS
from cobijo.web.care.children.writing import attempt
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.access.policy import check, visible
from cobijo.web.core.reactions import react
from cobijo.web.core.turns import wait_turn
from cobijo.web.core.vault.blind import LENGTH
from cobijo.web.core.vault.indexing import search_tokens
from cobijo.web.core.vault.models import BlindToken

A_PERSON_AN_HOUR, AN_ORGANISATION_A_DAY = 10, 60
LEAST_MATCH = 10  # of the index's weights: a full name as written, or a sounding one with the year of birth
AT_ONCE = 100


@dataclass(frozen=True)
class Asked:
    """The one answer there is. Its sentence says that the data steward will be in touch if there is a reason to be."""

    code: str = "children.asked"


def ask_elsewhere(*, by: Access, purpose: str, known: Mapping[str, Any]) -> Asked:
    """Ask the organisations under an active agreement whether they know a child. `known`: fields of a child.

    Raises before anything is stored where the purpose, the agreement or enough to go by is missing, or where too many
    questions were asked; each such attempt is audited.
    """
    check(by, "add", "question")
    with attempt(by, "ask", "question"):
        check_purpose(purpose)
        check_agreement(by.organisation_id, None, "search")
        weights = search_tokens("match", **known_of(known))
        if sum(weights.values()) < LEAST_MATCH:
            raise InputProblem("children.too_little_known")
        _check_rate(by)
        question = Question.objects.create(
            asked_by_id=by.account_id,
            organisation_id=by.organisation_id,
            purpose=purpose,
            tokens={token.hex(): weight for token, weight in weights.items()},
        )
        audit.record("ask", "question", [question.pk], access=by, detail={"for": purpose})
    return Asked()


def resolve() -> int:
    """Look for the questions that wait, as the site itself; called by the worker every minute. Returns how many."""
    waiting = list(Question.objects.filter(resolved_at=None).order_by("at")[:AT_ONCE])
    for question in waiting:
        with acting_as_system("resolve_question", scopes="all") as access:
            held = Question.objects.select_for_update().filter(pk=question.pk, resolved_at=None).first()
            if held is not None:
                _resolve(access, held)
    return len(waiting)


@transaction.atomic
def settle_matches(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Match]:
    """The data steward says how far it is: rows of pk and verdict, by the table `MATCH_STEPS`."""
    check(by, "change", "match")
    found = {
        one.pk: one
        for one in visible(by, "match", Match.objects.filter(pk__in=[row["pk"] for row in rows]), "change")
        .select_for_update()
        .order_by("pk")
    }
    for number, row in enumerate(rows, 1):
        one = found.get(int(row["pk"]))
        if one is None:
            raise InputProblem("screens.gone")
        if row["verdict"] not in Verdict.values or row["verdict"] == Verdict.NEW:
            raise InputProblem("screens.field_wrong", row=number, field="verdict")
        if row["verdict"] not in MATCH_STEPS[one.verdict]:
            raise InputProblem("children.match_further", row=number)
        one.verdict, one.settled_by_id, one.settled_at = row["verdict"], by.by_id, timezone.now()
        one.save(update_fields=["verdict", "settled_by", "settled_at"])
    verdicts = sorted({one.verdict for one in found.values()})
    audit.record("settle", "match", sorted(found), access=by, detail={"verdicts": verdicts})
    react("match_settled", by=by, matches=list(found.values()))
    return list(found.values())


def _check_rate(by: Access) -> None:
    """An organisation's questions are counted one after the other."""
    wait_turn("children.questions", by.organisation_id)
    now = timezone.now()
    own = Question.objects.filter(asked_by_id=by.account_id, at__gt=now - timedelta(hours=1)).count()
    all_ = Question.objects.filter(organisation_id=by.organisation_id, at__gt=now - timedelta(days=1)).count()
    if own >= A_PERSON_AN_HOUR or all_ >= AN_ORGANISATION_A_DAY:
        raise InputProblem("children.too_many_questions")


def _resolve(access: Access, question: Question) -> None:
    weights = {
        bytes.fromhex(token): weight for token, weight in question.tokens.items() if len(token) == 2 * LENGTH
    }
    score: dict[int, int] = {}
    rows = BlindToken.objects.filter(token__in=list(weights), kind="child", purpose="match")
    for record_id, token in rows.values_list("record_id", "token")[:5_000]:
        score[record_id] = score.get(record_id, 0) + weights[bytes(token)]
    likely = [pk for pk, weight in score.items() if weight >= LEAST_MATCH]
    there = Child.objects.filter(pk__in=likely, erased_at=None).exclude(
        scope__organisation_id=question.organisation_id
    )
    found = [
        Match(
            question=question,
            asking_id=question.organisation_id,
            holding_id=holding,
            record_id=pk,
            weight=min(score[pk], 999),
        )
        for pk, holding in there.values_list("pk", "scope__organisation_id").order_by("pk")
        if agreement_between(question.organisation_id, holding, "search")
    ]
    Match.objects.bulk_create(found, ignore_conflicts=True)
    question.tokens, question.resolved_at = {}, timezone.now()
    question.save(update_fields=["tokens", "resolved_at"])
    audit.record("resolve", "question", [question.pk], access=access)
    if found:
        react("match_found", by=access, question=question)
