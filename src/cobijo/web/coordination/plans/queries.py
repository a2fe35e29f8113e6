"""Plans and what lies in them, as far as a person may see them, and what is due in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from cobijo.web.coordination.plans.models import (
    Activity,
    Budget,
    Evaluation,
    Funder,
    Indicator,
    Line,
    Objective,
    Plan,
    ProgressReport,
    Rating,
    Reading,
    Target,
)
from cobijo.web.coordination.plans.states import CHANGING, OPEN, PlanState, ReportState
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import decide, visible
from cobijo.web.core.screens import clocks, history
from cobijo.web.core.screens.clocks import Due

AHEAD = timedelta(days=14)  # how long before its day something is on the work page
NAMED = 20  # of each kind of thing due


def plans(access: Access) -> QuerySet[Plan]:
    return visible(access, "plan", Plan.objects.select_related("predecessor"))


def objectives(access: Access) -> QuerySet[Objective]:
    return visible(access, "plan_objective", Objective.objects.select_related("plan"))


def lines(access: Access) -> QuerySet[Line]:
    return visible(access, "plan_line", Line.objects.select_related("objective__plan", "owner"))


def activities(access: Access) -> QuerySet[Activity]:
    return visible(access, "plan_activity", Activity.objects.select_related("line__objective__plan"))


def indicators(access: Access) -> QuerySet[Indicator]:
    of = Indicator.objects.select_related("activity__line__objective__plan")
    return visible(access, "plan_indicator", of)


def targets(access: Access) -> QuerySet[Target]:
    of = Target.objects.select_related("indicator__activity__line__objective__plan")
    return visible(access, "plan_target", of)


def funders(access: Access) -> QuerySet[Funder]:
    return visible(access, "plan_funder", Funder.objects.all())


def budgets(access: Access) -> QuerySet[Budget]:
    return visible(access, "plan_budget", Budget.objects.select_related("line__objective__plan", "funder"))


def approved_values(access: Access, line: Line) -> QuerySet[Reading]:
    """What approved reports said of the indicators of a line, the last one last."""
    of = Reading.objects.filter(report__in=reports(access).filter(line=line, state=ReportState.APPROVED))
    return of.order_by("report__period_to", "pk")


def names_of_funders(ids: Collection[int]) -> dict[int, str]:
    """For sums of money, which are open to whoever sees the plan, to everybody in its public view."""
    return dict(Funder.objects.filter(pk__in=ids).values_list("pk", "name"))


def reports(access: Access) -> QuerySet[ProgressReport]:
    of = ProgressReport.objects.select_related(
        "line__objective__plan", "line__owner", "made_by", "decided_by"
    )
    return visible(access, "plan_report", of)


def ratings(access: Access) -> QuerySet[Rating]:
    return visible(access, "plan_rating", Rating.objects.select_related("line__objective", "organisation"))


def evaluations(access: Access) -> QuerySet[Evaluation]:
    return visible(access, "plan_evaluation", Evaluation.objects.select_related("plan"))


# --- What may be chosen ------------------------------------------------------------------------------------------


def changing_objectives(access: Access) -> QuerySet[Objective]:
    """Those of plans in which something may still change."""
    return objectives(access).filter(plan__state__in=CHANGING)


def changing_lines(access: Access) -> QuerySet[Line]:
    return lines(access).filter(objective__plan__state__in=CHANGING)


def own_lines(access: Access) -> QuerySet[Line]:
    """Lines of plans in force for which the person's organisation answers."""
    mine = lines(access).filter(owner_id=access.organisation_id)
    return mine.filter(objective__plan__state=PlanState.IN_FORCE)


def rated_lines(access: Access) -> QuerySet[Line]:
    return lines(access).filter(objective__plan__state__in=(PlanState.IN_FORCE, PlanState.EVALUATED))


def late(rows: QuerySet[Line]) -> QuerySet[Line]:
    """Those that were due and are neither done nor dropped, the longest overdue first."""
    return rows.filter(due_on__lt=timezone.localdate(), state__in=OPEN).order_by("due_on", "pk")


# --- Clocks ------------------------------------------------------------------------------------------------------


def due(access: Access) -> Iterator[Due]:
    """What is due in plans, of all kinds, in one query: the own lines, reports to approve, promised evaluations."""
    soon = timezone.localdate() + AHEAD
    parts: dict[str, clocks.Part] = {}
    if decide(access, "add", "plan_report"):
        mine = own_lines(access).filter(state__in=OPEN)
        named = {"pk": "pk", "code": "objective__number", "more": "number", "word": "title", "limit": NAMED}
        late, owed = mine.filter(due_on__lte=soon), mine.filter(report_due_on__lte=soon)
        parts["late"] = clocks.Part(late.order_by("due_on", "pk"), at="due_on", **named)  # type: ignore[arg-type]
        parts["owed"] = clocks.Part(owed.order_by("report_due_on", "pk"), at="report_due_on", **named)  # type: ignore[arg-type]
    if decide(access, "review", "plan_report"):
        parts["waits"] = clocks.Part(
            _waiting(access).order_by("made_at", "pk"), "pk", "line__objective__number", "line__title",
            "line__number", "made_at", NAMED,
        )  # fmt: skip
    if decide(access, "change", "plan_evaluation"):
        promised = _promised(access).filter(due_on__lte=soon + AHEAD)
        parts["evaluation"] = clocks.Part(
            promised.order_by("due_on", "pk"), "pk", word="plan__name", at="due_on", limit=NAMED
        )
    for name, found in clocks.lines(parts).items():
        for one in found:
            yield _due(name, one)


def _due(name: str, one: clocks.Line) -> Due:
    if name == "evaluation":
        there = reverse("plan_evaluation:edit", args=[one.pk])
        return Due("plans.evaluation_due", {"plan": one.word}, there, one.day)
    said = {"line": f"{one.code}.{one.more}", "title": one.word}
    if name == "late":
        return Due("plans.line_late", said, reverse("plan_line:detail", args=[one.pk]), one.day)
    if name == "owed":
        return Due(
            "plans.report_due", said, reverse("plans:under_line", args=[one.pk, "plan_report"]), one.day
        )
    day = one.day + AHEAD if one.day is not None else None
    return Due("plans.report_waits", said, reverse("plan_report:detail", args=[one.pk]), day)


def _waiting(access: Access) -> QuerySet[ProgressReport]:
    """Reports of others on which nobody has decided."""
    of = ProgressReport.objects.filter(state=ReportState.SUBMITTED)
    of = of.exclude(Q(made_by_id=access.by_id) | Q(changed_by_id=access.by_id))
    of = of.exclude(history.wrote(access, "plan_report"))
    return visible(access, "plan_report", of, "review")


def _promised(access: Access) -> QuerySet[Evaluation]:
    of = Evaluation.objects.filter(plan__state=PlanState.IN_FORCE, done_on=None)
    return visible(access, "plan_evaluation", of, "change")
