"""What must be so of a plan and of everything in it; each check raises one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.coordination.groups.texts import check_no_sign
from cobijo.web.coordination.plans.models import (
    Budget,
    Evaluation,
    Line,
    Objective,
    Plan,
    ProgressReport,
    Rating,
    Target,
)
from cobijo.web.coordination.plans.money import MOST, converted
from cobijo.web.coordination.plans.states import (
    CHANGING,
    OF_A_PLAN,
    OF_A_REPORT,
    EvaluationKind,
    LineState,
    PlanState,
    ReportState,
    Side,
)
from cobijo.web.core.access.context import Access
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.screens import history

#: A health service may be the State's or a private one, so its kind alone says nothing.
AUTHORITIES = (
    "child_protection",
    "education",
    "social",
    "prosecution",
    "court",
    "police",
    "migration",
    "government",
)
CIVIL_SOCIETY = ("ngo", "civil_society", "shelter")
SIDES: Mapping[str, Side] = {
    **dict.fromkeys(AUTHORITIES, Side.STATE),
    **dict.fromkeys(CIVIL_SOCIETY, Side.CIVIL_SOCIETY),
}


class Once:
    """No two records with the same values in these fields. Of many new ones, the database is asked once."""

    def __init__(
        self, model: type[models.Model], fields: tuple[str, ...], code: str, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        self.model, self.code = model, code
        self.names = tuple(model._meta.get_field(one).attname for one in fields)  # type: ignore[union-attr]
        parents = {getattr(row[fields[0]], "pk", row[fields[0]]) for row in rows if fields[0] in row}
        there = model._default_manager.filter(**{f"{fields[0]}__in": parents})
        self.taken = set(there.values_list(*self.names))

    def __call__(self, record: models.Model, row: int) -> None:
        key = tuple(getattr(record, one) for one in self.names)
        if record._state.adding:
            if key in self.taken:
                raise InputProblem(self.code, row=row)
            self.taken.add(key)
            return
        same = self.model._default_manager.filter(**dict(zip(self.names, key, strict=True)))
        if same.exclude(pk=record.pk).exists():
            raise InputProblem(self.code, row=row)


def check_changing(plan: Plan, row: int) -> None:
    """A plan that was evaluated stays as it was when it was evaluated."""
    if plan.state not in CHANGING:
        raise InputProblem("plans.fixed", row=row, plan=plan.name)


def check_stays(record: models.Model, lookup: str, plan: Plan, row: int) -> None:
    """What lies in one plan never moves to another: a line lies in one plan, and so does all beneath it."""
    if record._state.adding:
        return
    before = type(record)._default_manager.filter(pk=record.pk).values_list(lookup, flat=True).first()
    if before != plan.pk:
        raise InputProblem("plans.two_plans", row=row)


def check_draft(plan: Plan, row: int) -> None:
    """Only of a draft is anything removed; of a plan in force it is dropped, with a reason."""
    if plan.state != PlanState.DRAFT:
        raise InputProblem("plans.only_of_a_draft", row=row)


def check_plan(by: Access, plan: Plan, row: int) -> None:
    if Plan.objects.exclude(pk=plan.pk).filter(code=plan.code).exists():
        raise InputProblem("plans.code_taken", row=row)
    if plan.starts_on > plan.ends_on:
        raise InputProblem("plans.days", row=row)
    if plan._state.adding:
        return
    check_changing(plan, row)
    budgets = Budget.objects.filter(line__objective__plan=plan.pk)
    before = Plan.objects.filter(pk=plan.pk).values_list("currency", flat=True).get()
    if before != plan.currency and budgets.exists():
        raise InputProblem("plans.currency_fixed", row=row, currency=before)
    if budgets.exclude(year__gte=plan.starts_on.year, year__lte=plan.ends_on.year).exists():
        raise InputProblem("plans.money_outside", row=row)
    _check_still_inside(plan, row)
    seen, at = {plan.pk}, plan.predecessor_id
    while at is not None:
        if at in seen:
            raise InputProblem("plans.follows_itself", row=row)
        seen.add(at)
        at = Plan.objects.filter(pk=at).values_list("predecessor_id", flat=True).first()


def _check_still_inside(plan: Plan, row: int) -> None:
    """A plan is not cut shorter than what lies in it."""
    lines = Line.objects.filter(objective__plan=plan.pk)
    if lines.exclude(due_on__gte=plan.starts_on, due_on__lte=plan.ends_on).exists():
        raise InputProblem("plans.lines_outside", row=row)
    targets = Target.objects.filter(indicator__activity__line__objective__plan=plan.pk)
    if targets.exclude(year__gte=plan.starts_on.year, year__lte=plan.ends_on.year).exists():
        raise InputProblem("plans.targets_outside", row=row)


def check_step(plan: Plan, to: str, row: int) -> None:
    """The next state of a plan, and what must be there first."""
    if to not in OF_A_PLAN[plan.state]:
        raise InputProblem("plans.no_such_step", row=row)
    if to == PlanState.IN_FORCE:
        if not Line.objects.filter(objective__plan=plan).exists():
            raise InputProblem("plans.no_lines", row=row)
        if not Evaluation.objects.filter(plan=plan, kind=EvaluationKind.FINAL).exists():
            raise InputProblem("plans.no_evaluation", row=row)
    final = Evaluation.objects.filter(plan=plan, kind=EvaluationKind.FINAL, done_on__isnull=False)
    if to == PlanState.EVALUATED and not final.exists():
        raise InputProblem("plans.not_evaluated", row=row)


def check_objective(by: Access, objective: Objective, row: int) -> None:
    check_changing(objective.plan, row)
    check_stays(objective, "plan_id", objective.plan, row)


def check_line(by: Access, line: Line, row: int) -> None:
    plan = line.objective.plan
    check_changing(plan, row)
    check_stays(line, "objective__plan_id", plan, row)
    if line.starts_on is not None and line.starts_on > line.due_on:
        raise InputProblem("plans.line_days", row=row)
    if not plan.starts_on <= line.due_on <= plan.ends_on:
        raise InputProblem("plans.line_outside", row=row)
    if (line.state == LineState.DONE) != (line.done_on is not None):
        raise InputProblem("plans.done_without_day", row=row)
    if line.done_on is not None and line.done_on > timezone.localdate():
        raise InputProblem("plans.done_later", row=row)
    if (line.state == LineState.DROPPED) != bool(line.why_dropped.strip()):
        raise InputProblem("plans.dropped_without_reason", row=row)
    if line._state.adding and not line.owner.active:
        raise InputProblem("organisations.closed", row=row)


def check_under(by: Access, record: Any, row: int) -> None:
    """An activity, an indicator or a target: its plan changes still, and stays the same."""
    plan, lookup = plan_of(record)
    check_changing(plan, row)
    check_stays(record, lookup, plan, row)
    starts, due = getattr(record, "starts_on", None), getattr(record, "due_on", None)
    if starts is not None and due is not None and starts > due:
        raise InputProblem("plans.line_days", row=row)
    year = getattr(record, "year", None)
    if year is not None and not plan.starts_on.year <= year <= plan.ends_on.year:
        raise InputProblem("plans.year_outside", row=row, year=year)


def check_budget(by: Access, budget: Budget, row: int) -> None:
    """A currency that is not the plan's comes with a rate and its day, or not at all."""
    plan = budget.line.objective.plan
    check_changing(plan, row)
    check_stays(budget, "line__objective__plan_id", plan, row)
    if not plan.starts_on.year <= budget.year <= plan.ends_on.year:
        raise InputProblem("plans.year_outside", row=row, year=budget.year)
    stated = budget.rate is not None, budget.rate_on is not None
    if budget.currency in ("", plan.currency):
        if any(stated):
            raise InputProblem("plans.rate_of_own", row=row, currency=plan.currency)
    elif not all(stated) or budget.rate is None or budget.rate <= 0:
        raise InputProblem("plans.other_currency", row=row, currency=budget.currency, plan=plan.currency)
    else:
        given = (budget.given_planned, budget.given_committed, budget.given_spent)
        if any(_too_much(amount, budget.rate) for amount in given):
            raise InputProblem("plans.too_much", row=row, currency=plan.currency)


def _too_much(amount: Decimal, rate: Decimal) -> bool:
    try:
        return converted(amount, rate) > MOST
    except ArithmeticError:  # more digits than an amount can have
        return True


def check_report(by: Access, report: ProgressReport, row: int) -> None:
    if report.line.objective.plan.state != PlanState.IN_FORCE:
        raise InputProblem("plans.not_in_force", row=row)
    if report.state != ReportState.SUBMITTED:
        raise InputProblem("plans.report_decided", row=row)
    if not report._state.adding:
        before = ProgressReport.objects.filter(pk=report.pk).values_list("line_id", flat=True).get()
        if before != report.line_id:
            raise InputProblem("plans.report_moved", row=row)
    if report.period_from > report.period_to:
        raise InputProblem("plans.report_days", row=row)
    if report.period_to > timezone.localdate():
        raise InputProblem("plans.report_of_the_future", row=row)
    if not report.evidence.strip():
        raise InputProblem("plans.no_evidence", row=row)
    check_no_sign((report.text, report.evidence), row)


def check_decision(by: Access, report: ProgressReport, to: str, remark: str, row: int) -> None:
    if to not in OF_A_REPORT[report.state]:
        raise InputProblem("plans.report_decided", row=row)
    if wrote_in(by, report):
        raise InputProblem("plans.own_report", row=row)
    if to == ReportState.RETURNED and not remark.strip():
        raise InputProblem("plans.returned_without_reason", row=row)


def wrote_in(by: Access, report: ProgressReport) -> bool:
    """Whether somebody wrote a word of it: first, last, or between. The database holds the first and the last too."""
    ends = (report.made_by_id, report.changed_by_id)
    return by.by_id in ends or by.account_id in history.writers("plan_report", record_id=report.pk)


def side_of(by: Access, organisation: Organisation) -> Side:
    """For whom this person rates. The State answers through who coordinates at one of its bodies."""
    side = SIDES.get(organisation.kind)
    if side is None:
        raise InputProblem("plans.no_side")
    if side == Side.STATE and Role.COORDINATOR not in by.roles:
        raise InputProblem("plans.state_by_coordinator")
    return side


def check_rating(by: Access, rating: Rating, row: int) -> None:
    if rating.line.objective.plan.state not in (PlanState.IN_FORCE, PlanState.EVALUATED):
        raise InputProblem("plans.not_in_force", row=row)
    if rating.on > timezone.localdate():
        raise InputProblem("plans.rated_later", row=row)
    if not rating._state.adding:
        before = Rating.objects.filter(pk=rating.pk).values_list("line_id", flat=True).get()
        if before != rating.line_id:
            raise InputProblem("plans.rating_moved", row=row)


def check_evaluation(by: Access, evaluation: Evaluation, row: int) -> None:
    check_changing(evaluation.plan, row)
    check_stays(evaluation, "plan_id", evaluation.plan, row)
    said = (evaluation.findings, evaluation.evidence, evaluation.evaluator)
    if evaluation.done_on is not None and not all(one.strip() for one in said):
        raise InputProblem("plans.evaluation_unread", row=row)
    if evaluation.done_on is not None and evaluation.done_on > timezone.localdate():
        raise InputProblem("plans.done_later", row=row)


def plan_of(record: Any) -> tuple[Plan, str]:
    """The plan of an activity, indicator or target, and how the database finds its number."""
    steps: list[str] = []
    at = record
    for step in ("indicator", "activity", "line", "objective"):
        if hasattr(type(at), step):
            at = getattr(at, step)
            steps.append(step)
    return at.plan, "__".join([*steps, "plan_id"])


def check_own_lines(by: Access, lines: Iterable[Line]) -> None:
    """A report is given by the organisation that answers for the line."""
    for row, line in enumerate(lines, 1):
        if line.owner_id != by.organisation_id:
            raise InputProblem("plans.not_own_line", row=row)
