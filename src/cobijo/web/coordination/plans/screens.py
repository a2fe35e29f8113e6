"""The registers of plans and of their parts."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from cobijo.web.coordination.plans import budgets, queries, reporting, services
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
    Target,
)
from cobijo.web.core.screens.register import Column, Group, Register, register_screens
from cobijo.web.directory.services.queries import areas

SECTION = _("Plan of action")
AREAS = {"area": areas}

PLANS = register_screens(
    Register(
        kind="plan", path="coordination/plans", section=SECTION, title=_("Plans"),
        lead=_("What the country promised to do, for which years, with which money, and how far it has come."),
        empty=_("No plan is entered yet. Add one, then its objectives and lines one by one or by a table."),
        model=Plan, queries=queries.plans, columns=("name", "starts_on", "ends_on", "state", "currency"),
        groups=(
            Group(_("Which plan it is"), ("name", "code", "about", "area", "source")),
            Group(_("Period and rules"), ("starts_on", "ends_on", "currency", "report_every", "predecessor")),
        ),
        more=(Group(_("Where it stands"), ("state", "in_force_on", "evaluated_on", "closed_on")),),
        add=services.add, change=services.change, search=("name", "code"), filters=("state",), sort="-starts_on",
        choices=AREAS, careful=frozenset({"currency", "starts_on", "ends_on"}),
    )
)  # fmt: skip

OBJECTIVES = register_screens(
    Register(
        kind="plan_objective", path="coordination/objectives", section=SECTION, title=_("Objectives"),
        part_of="plan",
        lead=_("What a plan wants to reach; each has lines under it."),
        empty=_("No objective is entered yet. Add a plan first, then its objectives."),
        model=Objective, queries=queries.objectives, columns=("plan", "number", "title"),
        groups=(Group(_("Objective"), ("plan", "number", "title")),),
        add=services.add_objectives, change=services.change_objectives,
        remove=partial(services.remove_parts, kind="plan_objective", model=Objective),
        search=("title",), filters=("plan",), sort="number",
    )
)  # fmt: skip

LINES = register_screens(
    Register(
        kind="plan_line", path="coordination/lines", section=SECTION, title=_("Lines"),
        part_of="plan",
        lead=_("Each line: who answers for it, until when, and where it stands. A line lies in one plan."),
        empty=_("No line is entered yet. Add an objective first, then its lines; or import a table of the plan."),
        model=Line, queries=queries.lines,
        columns=(Column("place", _("number")), "title", "owner", "due_on", "state"),
        groups=(
            Group(_("Line"), ("objective", "number", "title", "owner")),
            Group(_("When"), ("starts_on", "due_on")),
            Group(_("Where it stands"), ("state", "done_on", "why_dropped")),
        ),
        more=(Group(_("Reports"), ("report_due_on", "continues")),),
        add=services.add_lines, change=services.change_lines,
        remove=partial(services.remove_parts, kind="plan_line", model=Line),
        search=("title",), filters=("state", "owner"), sort="due_on",
        choices={"objective": queries.changing_objectives}, careful=frozenset({"state", "due_on"}),
    )
)  # fmt: skip

ACTIVITIES = register_screens(
    Register(
        kind="plan_activity", path="coordination/activities", section=SECTION, title=_("Activities"),
        part_of="plan",
        lead=_("What is done for a line."),
        empty=_("No activity is entered yet. Open a line and add one there."),
        model=Activity, queries=queries.activities,
        columns=(Column("place", _("number")), "title", "due_on", "state"),
        groups=(Group(_("Activity"), ("line", "number", "title", "starts_on", "due_on", "state")),),
        add=services.add_activities, change=services.change_activities,
        remove=partial(services.remove_parts, kind="plan_activity", model=Activity),
        search=("title",), filters=("state",), sort="pk", choices={"line": queries.changing_lines},
    )
)  # fmt: skip

INDICATORS = register_screens(
    Register(
        kind="plan_indicator", path="coordination/indicators", section=SECTION, title=_("Indicators"),
        part_of="plan",
        lead=_("By what one sees that an activity worked."),
        empty=_("No indicator is entered yet. Open a line and add one to one of its activities."),
        model=Indicator, queries=queries.indicators,
        columns=(Column("place", _("number")), "title", "unit", "baseline"),
        groups=(Group(_("Indicator"), ("activity", "number", "title", "unit", "baseline", "source")),),
        add=services.add_indicators, change=services.change_indicators,
        remove=partial(services.remove_parts, kind="plan_indicator", model=Indicator),
        search=("title",), sort="pk", choices={"activity": queries.activities},
    )
)  # fmt: skip

TARGETS = register_screens(
    Register(
        kind="plan_target", path="coordination/targets", section=SECTION, title=_("Targets"),
        part_of="plan",
        lead=_("How much of an indicator is wanted in which year."),
        empty=_("No target is entered yet. Add an indicator first."),
        model=Target, queries=queries.targets, columns=("indicator", "year", "value"),
        groups=(Group(_("Target"), ("indicator", "year", "value")),),
        add=services.add_targets, change=services.change_targets,
        remove=partial(services.remove_parts, kind="plan_target", model=Target),
        sort="year", choices={"indicator": queries.indicators},
    )
)  # fmt: skip

FUNDERS = register_screens(
    Register(
        kind="plan_funder", path="coordination/funders", section=SECTION, title=_("Sources of money"),
        part_of="plan",
        lead=_("Who pays for the lines of a plan."),
        empty=_("No source of money is entered yet. Add one before you enter a budget."),
        model=Funder, queries=queries.funders, columns=("name", "code", "kind"),
        groups=(Group(_("Source of money"), ("name", "code", "kind")),),
        add=services.add_funders, change=services.change_funders, remove=services.remove_funders,
        search=("name", "code"), filters=("kind",), sort="name",
    )
)  # fmt: skip

BUDGETS = register_screens(
    Register(
        kind="plan_budget", path="coordination/budgets", section=SECTION, title=_("Budgets"),
        part_of="plan",
        lead=_("What was planned, committed and spent: one row for each line, source of money and year."),
        empty=_("No amount is entered yet: the plan has no budget of its own. Open a line and add one there."),
        model=Budget, queries=queries.budgets,
        columns=("line", "funder", "year", "planned", "committed", "spent"),
        groups=(
            Group(_("For what"), ("line", "funder", "year")),
            Group(_("How much"), ("given_planned", "given_committed", "given_spent")),
            Group(
                _("In another currency"), ("currency", "rate", "rate_on"),
                _("Leave these empty where the amounts are in the plan’s currency."),
            ),
        ),
        more=(Group(_("In the plan’s currency"), ("planned", "committed", "spent")),),
        add=budgets.add, change=budgets.change, remove=budgets.remove,
        filters=("funder",), sort="-year", choices={"line": queries.changing_lines},
        careful=frozenset({"given_planned", "given_committed", "given_spent", "rate", "currency"}),
    )
)  # fmt: skip

REPORTS = register_screens(
    Register(
        kind="plan_report", path="coordination/reports", section=SECTION, title=_("Progress reports"),
        part_of="plan",
        lead=_("What the owners of lines say was done, with evidence; each is approved by somebody else."),
        empty=_("Nobody has reported yet. Whoever answers for a line reports on the line’s page."),
        model=ProgressReport, queries=queries.reports,
        columns=("line", "period_to", "line_state", "state", "made_by"),
        groups=(
            Group(_("What it is about"), ("line", "period_from", "period_to")),
            Group(_("What was done"), ("text", "evidence", "line_state")),
        ),
        more=(Group(_("What became of it"), ("state", "made_by", "decided_by", "decided_at", "remark")),),
        add=reporting.report, change=reporting.change_reports, filters=("state",), sort="-period_to",
        choices={"line": queries.own_lines}, imports=False,
    )
)  # fmt: skip

RATINGS = register_screens(
    Register(
        kind="plan_rating", path="coordination/ratings", section=SECTION, title=_("Ratings"),
        part_of="plan",
        lead=_("How the State and civil society see the same line. Neither writes over the other."),
        empty=_("No line was rated yet. Open a line of a plan in force and say how your side sees it."),
        model=Rating, queries=queries.ratings, columns=("line", "side", "organisation", "on", "grade"),
        groups=(Group(_("Rating"), ("line", "on", "grade", "why", "evidence")),),
        more=(Group(_("Who rates"), ("organisation", "side")),),
        add=reporting.rate, change=reporting.change_ratings, filters=("side", "grade"), sort="-on",
        choices={"line": queries.rated_lines}, imports=False,
    )
)  # fmt: skip

EVALUATIONS = register_screens(
    Register(
        kind="plan_evaluation", path="coordination/evaluations", section=SECTION, title=_("Evaluations"),
        part_of="plan",
        lead=_("Mid-term and final evaluations: promised for a day, and done once they can be read."),
        empty=_("No evaluation is promised yet. Add one: without a final one no plan can be put in force."),
        model=Evaluation, queries=queries.evaluations, columns=("plan", "kind", "due_on", "done_on"),
        groups=(
            Group(_("What was promised"), ("plan", "kind", "due_on")),
            Group(_("What was found"), ("evaluator", "done_on", "findings", "evidence")),
        ),
        add=services.add_evaluations, change=services.change_evaluations, filters=("plan", "kind"), sort="due_on",
    )
)  # fmt: skip
