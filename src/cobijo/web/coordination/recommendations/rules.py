"""What must be so of a recommendation, its links, and the advocacy record. Each rule raises one sentence."""

from __future__ import annotations

from cobijo.errors import InputProblem
from cobijo.web.coordination.groups.rules import today
from cobijo.web.coordination.recommendations.choices import ENDED, STEPS, Body, Progress, Result
from cobijo.web.coordination.recommendations.models import Action, Actor, Pressure, Recommendation
from cobijo.web.coordination.requests.identity import check_no_child
from cobijo.web.core.access.context import Access


def check_recommendation(by: Access, one: Recommendation, row: int) -> None:
    """A short name of its own, the document where it stands, a step of the table, a reason where it has ended."""
    if Recommendation.objects.filter(code=one.code).exclude(pk=one.pk).exists():
        raise InputProblem("recommendations.code_taken", row=row)
    if one.body != Body.STUDY and not one.symbol.strip():
        raise InputProblem("recommendations.no_document", row=row)
    before = Recommendation.objects.filter(pk=one.pk).values_list("state", flat=True).first()
    if before is not None and one.state != before and one.state not in STEPS[before]:
        raise InputProblem(
            "recommendations.no_such_step",
            state=str(Progress(before).label), to=str(Progress(one.state).label),
        )  # fmt: skip
    if one.state in ENDED and not one.reason.strip():
        raise InputProblem("recommendations.reason_missing", row=row)


def check_action(by: Access, one: Action, row: int) -> None:
    if not any((one.decision_id, one.request_id, one.line_id, one.duty_id, one.figure_id)):
        raise InputProblem("recommendations.links_nothing", row=row)


def check_actor(by: Access, one: Actor, row: int) -> None:
    """Only the organisation itself agrees, from a day that has come; and once at a time."""
    if one.organisation_id != by.organisation_id and not by.is_system:
        raise InputProblem("recommendations.agrees_for_itself", row=row)
    if one.since > today() or (one.until is not None and not one.since <= one.until <= today()):
        raise InputProblem("recommendations.agreed_day", row=row)
    same = Actor.objects.filter(organisation=one.organisation_id, until=None).exclude(pk=one.pk)
    if one.until is None and same.exists():
        raise InputProblem("recommendations.agreed_already", row=row)


def check_pressure(by: Access, one: Pressure, row: int) -> None:
    """The actor agrees today, the day has come, a result is said, and no child is named."""
    if one.actor.until is not None:
        raise InputProblem("recommendations.not_agreed", row=row)
    if one.on > today():
        raise InputProblem("recommendations.day", row=row)
    if one.result != Result.NONE and not one.what_came.strip():
        raise InputProblem("recommendations.result_missing", row=row)
    check_no_child(by, (one.about, one.what_came), row)
