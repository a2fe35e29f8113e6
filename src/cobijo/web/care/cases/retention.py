"""How long a child's record is kept, who looks before it goes, and its erasure. A legal hold stops everything."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cobijo.errors import InputProblem
from cobijo.web.care.cases import parts
from cobijo.web.care.cases.models import Case, CaseRevision, Determination, Escalation, Outcome, Sibling
from cobijo.web.care.cases.rules import tables, today
from cobijo.web.care.cases.states import GOING_ON
from cobijo.web.care.children import moving
from cobijo.web.care.children.models import (
    Child,
    ChildRevision,
    Concern,
    ConcernState,
    Match,
    StatusDecision,
    Verdict,
)
from cobijo.web.care.children.writing import attempt, fresh, locked, save
from cobijo.web.care.children.years import to_years
from cobijo.web.care.pack import Retention
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.access.policy import visible
from cobijo.web.core.dates import months_after
from cobijo.web.core.reactions import react
from cobijo.web.core.vault.services import destroy_keys

if TYPE_CHECKING:
    from cobijo.web.core.jobs.running import Context


class KeepReason(models.TextChoices):
    """Why a record is kept beyond its time. Without one of these it goes."""

    PROCEEDINGS = "proceedings", _("Proceedings or reparation under way")
    CARE = "care", _("Care for the child goes on or begins again")
    CHILD_ASKED = "child_asked", _("The child asked for it")
    COMPLAINT = "complaint", _("A complaint is being looked into")


#: What becomes of a purpose. Of the others some have a time of their own (see `parts`); the rest goes with the record.
AFTER = {
    "case": "review", "concern_not_pursued": "erase", "packet": "erase", "packet_refused": "erase",
    "checklist": "nothing", "complaint": "erase",
}  # fmt: skip


@dataclass(frozen=True)
class Due:
    """One purpose of the pack's table: what really becomes of it here, and how many records wait within reach.

    `due` is None where nothing of this purpose waits by itself.
    """

    rule: Retention
    after: str  # review, erase, record (goes with the child's record), nothing (none is kept)
    due: int | None


def purposes(access: Access) -> list[Due]:
    """Every purpose for which something is kept, how long, what then, and what is due today."""
    waiting = {"case": to_review(access).count(), "concern_not_pursued": _old_concerns(access).count()}
    own = parts.due(access)
    after = dict.fromkeys(own, "erase") | AFTER
    waiting |= own
    return [
        Due(rule, after.get(rule.purpose, "record"), waiting.get(rule.purpose)) for rule in tables().retention
    ]


def held(access: Access) -> QuerySet[Child]:
    """Children under a legal hold, the longest first: nothing of them is erased before somebody releases it."""
    rows = Child.objects.filter(~Q(hold="")).select_related("hold_by")
    return visible(access, "child", rows, "review").order_by("hold_at", "pk")


def to_review(access: Access) -> QuerySet[Child]:
    """Children whose time of keeping is over and who wait for a supervisor to look, the longest overdue first."""
    rows = Child.objects.filter(keep_until__lte=today(), erased_at=None, hold="")
    return visible(access, "child", rows, "review").order_by("keep_until", "pk")


def review(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Child]:
    """A supervisor decides: rows of pk, version and verdict, "erase", or "keep" with a reason (`KeepReason`).

    What is kept comes back after the pack's time of review.
    """
    ids = [row["pk"] for row in rows]
    with attempt(by, "review", "child", ids):
        found = locked(by, "child", ids, "review")
        gone: list[Child] = []
        kept: list[Child] = []
        for number, row in enumerate(rows, 1):
            child = found[int(row["pk"])]
            fresh("child", child, row)
            _check_due(child)
            if row["verdict"] not in {"erase", "keep"}:
                raise InputProblem("screens.field_wrong", row=number, field="verdict")
            if row["verdict"] == "keep" and row.get("reason") not in KeepReason.values:
                raise InputProblem("cases.keep_reason", row=number)
            (gone if row["verdict"] == "erase" else kept).append(child)
        for child in kept:
            child.keep_until = months_after(today(), max(1, tables().keep("case").review_months))
        reasons = sorted({str(row["reason"]) for row in rows if row["verdict"] == "keep"})
        save(by, "child", kept, ["keep_until"], event="keep", detail={"reasons": reasons})
        erase(by=by, children=gone, reason="retention")
        return list(found.values())


def erase(*, by: Access, children: Sequence[Child], reason: str) -> int:
    """Erase children: the key is destroyed, their history goes, days become years. What is left says nothing of whom.

    Codes stay, so that the figures of past years do not change. Called by the review, the job and, on a child's own
    request, by the room of sharing.
    """
    if not children:
        return 0
    for child in children:
        if child.hold:
            raise InputProblem("children.held")
        if Case.objects.filter(child=child, state__in=GOING_ON).exists():
            raise InputProblem("cases.still_open")
    return _erase(by, children, reason)


def erase_again(*, by: Access, ids: Collection[UUID]) -> None:
    """The reaction to `erasures_replayed`: an older copy of the records knows nothing of what had been erased since.

    Her key is gone already; days, history, proceedings and packets that came back with the copy go again too. Nothing
    holds this up: it was decided and done before.
    """
    children = list(Child.objects.filter(key_id__in=ids, erased_at=None).order_by("pk"))
    if children:
        _erase(by, children, "replayed")


def _erase(by: Access, children: Sequence[Child], reason: str) -> int:
    ids, keys = [one.pk for one in children], [one.key_id for one in children]
    for revisions in (ChildRevision, CaseRevision):
        revisions._default_manager.filter(key_id__in=keys).delete()
    Concern.objects.filter(child__in=ids).update(signs=[])
    for decided in (StatusDecision, Determination):
        decided._default_manager.filter(child__in=ids).update(body="")
    _unlink(ids)
    now = timezone.now()
    # Nobody can compare what is gone: the steward need not call anybody about it.
    Match.objects.filter(record_id__in=ids, verdict__in=(Verdict.NEW, Verdict.CONTACTED)).update(
        verdict=Verdict.UNCLEAR, settled_at=now, settled_by_id=by.by_id
    )
    Child.objects.filter(pk__in=ids).update(erased_at=now, keep_until=None, changed_by_id=by.by_id)
    for child in children:
        child.erased_at = now
    destroy_keys(by=by, ids=keys, reason=reason)
    audit.record("erase", "child", ids, access=by, detail={"reason": reason})
    react("child_erased", by=by, ids=ids)
    for rows in moving.rows_of(ids):  # last: what goes altogether is gone by now
        to_years(rows)
    to_years(Child.objects.filter(pk__in=ids))
    return len(ids)


def _unlink(ids: Sequence[int]) -> None:
    """Who was told of an unmet clock, and which children are siblings: from either side, wherever it lies."""
    with acting_as_system("child_erased", scopes="all"):
        Escalation.objects.filter(case_id__in=Case.objects.filter(child__in=ids).values("pk")).delete()
        Sibling.objects.filter(child__in=ids).delete()
        Sibling.objects.filter(record__in=ids).update(record=None)
        # Two closings of one case in one year would become one day: what was asked after the later one stays.
        later = Outcome.objects.filter(
            case=OuterRef("case"),
            month=OuterRef("month"),
            closed_on__gt=OuterRef("closed_on"),
            closed_on__year=ExtractYear(OuterRef("closed_on")),
        )
        Outcome.objects.filter(child__in=ids).filter(Exists(later)).delete()


def run(context: Context) -> None:
    """The job: concerns that led nowhere, what of a case goes before its record, and records after their time."""
    context.say(
        "cases.erased", concerns=erase_concerns(), parts=parts.erase_parts(), children=erase_children()
    )


def erase_concerns() -> int:
    """Concerns that were set aside, after the pack's months; they have a key of their own."""
    return parts.in_rounds(_erase_concerns)


def _erase_concerns() -> int:
    with acting_as_system("retention", scopes="all") as access:
        rows = list(_old_concerns(access).order_by("pk")[: parts.AT_ONCE])
        if rows:
            keys = [one.key_id for one in rows]
            ids = [one.pk for one in rows]
            ChildRevision.objects.filter(kind="concern", record_id__in=ids).delete()
            Concern.objects.filter(pk__in=ids).delete()
            destroy_keys(by=access, ids=keys, reason="retention")
            audit.record("erase", "concern", ids, access=access, detail={"reason": "retention"})
    return len(rows)


def erase_children() -> int:
    """Where the pack lets a case go without a look ("erase"), and wherever a review is overdue by its whole time."""
    return parts.in_rounds(_erase_children)


def _erase_children() -> int:
    rule = tables().keep("case")
    last = today() if rule.after == "erase" else months_after(today(), -max(1, rule.review_months))
    with acting_as_system("retention", scopes="all") as access:
        due = Child.objects.filter(keep_until__lt=last, erased_at=None, hold="").order_by("pk")
        rows = [
            one
            for one in due.select_for_update()[: parts.AT_ONCE]
            if not Case.objects.filter(child=one, state__in=GOING_ON).exists()
        ]
        return erase(by=access, children=rows, reason="retention")


def _old_concerns(access: Access) -> QuerySet[Concern]:
    before = months_after(today(), -tables().keep("concern_not_pursued").months)
    rows = Concern.objects.filter(state=ConcernState.SET_ASIDE, taken_at__date__lt=before)
    return visible(access, "concern", rows, "review")


def _check_due(child: Child) -> None:
    if child.hold:
        raise InputProblem("children.held")
    if child.erased_at is not None or child.keep_until is None or child.keep_until > today():
        raise InputProblem("cases.not_due")
