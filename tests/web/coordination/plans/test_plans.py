"""A plan from draft to closed: its parts, its money, who may do what, and what the tables themselves hold."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cobijo.errors import CobijoError, InputProblem
from cobijo.web.coordination.plans import budgets, queries, reporting, services
from cobijo.web.coordination.plans.models import (
    Budget,
    Evaluation,
    Line,
    Plan,
    ProgressReport,
    Rating,
)
from cobijo.web.coordination.plans.page import money_of
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.accounts.models import Organisation
from tests.web.coordination.plans.setting import Setting, in_force, line_row, make, money, plan_row
from tests.web.directory.keepers import body, browser
from tests.web.people import People

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = timezone.localdate().year


@pytest.fixture
def at(people: People) -> Setting:
    return make(people)


def refused(code: str, work: Any) -> None:
    with pytest.raises(CobijoError) as wrong:
        work()
    assert wrong.value.code == code


# --- The plan and its states -------------------------------------------------------------------------------------


def test_a_plan_goes_from_draft_to_closed_and_says_what_is_missing(at: Setting) -> None:
    def step(write: Any) -> Plan:
        with acting_as(at.cora, "") as by:
            now = Plan.objects.get(pk=at.plan.pk)
            made: Plan = write(by=by, rows=[{"pk": now.pk, "version": now.version}])[0]
            return made

    refused("plans.no_such_step", lambda: step(services.evaluated))
    assert step(services.begin).in_force_on == timezone.localdate()
    refused("plans.no_such_step", lambda: step(services.begin))
    refused("plans.not_evaluated", lambda: step(services.evaluated))
    final = Evaluation.objects.get()
    done = {"done_on": timezone.localdate(), "evaluator": "X", "findings": "Y", "evidence": "Z"}
    with acting_as(at.cora, "") as by:
        refused(
            "plans.evaluation_unread",
            lambda: services.change_evaluations(
                by=by, rows=[{"pk": final.pk, "version": 1, "done_on": timezone.localdate()}]
            ),
        )
        services.change_evaluations(by=by, rows=[{"pk": final.pk, "version": 1, **done}])
    assert step(services.evaluated).state == "evaluated"
    with acting_as(at.cora, "") as by:
        row = {"pk": at.lines[0].pk, "version": 1, "title": "Other"}
        refused("plans.fixed", lambda: services.change_lines(by=by, rows=[row]))
    assert step(services.close).closed_on == timezone.localdate()


def test_no_plan_is_put_in_force_without_lines_or_without_a_promised_evaluation(at: Setting) -> None:
    with acting_as(at.cora, "") as by:
        [empty] = services.add(by=by, rows=[plan_row(code="empty")])
        row = {"pk": empty.pk, "version": 1}
        refused("plans.no_lines", lambda: services.begin(by=by, rows=[row]))
        [objective] = services.add_objectives(by=by, rows=[{"plan": empty, "number": 1, "title": "x"}])
        services.add_lines(by=by, rows=[line_row(objective, 1, at.people.refuge, timezone.localdate())])
        refused("plans.no_evaluation", lambda: services.begin(by=by, rows=[row]))


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "in_force"},
        {"in_force_on": date(2026, 1, 1)},
        {"state": "closed", "in_force_on": date(2026, 1, 1), "closed_on": date(2026, 1, 1)},
        {"state": "nothing"},
        {"ends_on": date(1999, 1, 1)},
    ],
)
def test_the_table_itself_holds_the_states_of_a_plan(at: Setting, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=at.plan.pk).update(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "done"},
        {"done_on": date(2026, 1, 1)},
        {"state": "dropped"},
        {"why_dropped": "no money"},
        {"number": 2},
        {"number": 0},
    ],
)
def test_the_table_itself_holds_the_states_of_a_line(at: Setting, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.filter(pk=at.lines[0].pk).update(**wrong)


def test_a_line_lies_in_one_plan(at: Setting) -> None:
    with acting_as(at.cora, "") as by:
        [other] = services.add(by=by, rows=[plan_row(code="other")])
        [elsewhere] = services.add_objectives(by=by, rows=[{"plan": other, "number": 1, "title": "x"}])
        move = {"pk": at.lines[0].pk, "version": 1, "objective": elsewhere}
        refused("plans.two_plans", lambda: services.change_lines(by=by, rows=[move]))
        services.change_lines(
            by=by, rows=[{"pk": at.lines[0].pk, "version": 1, "objective": at.objectives[1], "number": 9}]
        )
        whole = {"pk": at.objectives[0].pk, "version": 1, "plan": other}
        refused("plans.two_plans", lambda: services.change_objectives(by=by, rows=[whole]))
    assert Line.objects.get(pk=at.lines[0].pk).objective.plan_id == at.plan.pk


def test_numbers_are_taken_once(at: Setting) -> None:
    with acting_as(at.cora, "") as by:
        again = line_row(at.objectives[0], 1, at.people.refuge, timezone.localdate())
        refused("plans.number_taken", lambda: services.add_lines(by=by, rows=[again]))
        two = [line_row(at.objectives[0], 7, at.people.refuge, timezone.localdate())] * 2
        with pytest.raises(InputProblem) as wrong:
            services.add_lines(by=by, rows=two)
        assert wrong.value.params["row"] == 2
        refused("plans.code_taken", lambda: services.add(by=by, rows=[plan_row()]))
        outside = line_row(at.objectives[0], 8, at.people.refuge, date(YEAR + 9, 1, 1))
        refused("plans.line_outside", lambda: services.add_lines(by=by, rows=[outside]))


def test_a_plan_follows_another_and_never_itself(at: Setting) -> None:
    with acting_as(at.cora, "") as by:
        [after] = services.add(by=by, rows=[plan_row(code="after", predecessor=at.plan)])
        loop = {"pk": at.plan.pk, "version": 1, "predecessor": after}
        refused("plans.follows_itself", lambda: services.change(by=by, rows=[loop]))


# --- Money -------------------------------------------------------------------------------------------------------


def test_another_currency_is_refused_unless_a_rate_and_its_day_are_stated(at: Setting) -> None:
    line = at.lines[0]
    refused("plans.other_currency", lambda: money(at, line, "100.00", currency="USD"))
    refused("plans.other_currency", lambda: money(at, line, "100.00", currency="USD", rate=Decimal("17.5")))
    today = timezone.localdate()
    refused("plans.rate_of_own", lambda: money(at, line, "100.00", rate=Decimal("17.5"), rate_on=today))
    assert not Budget.objects.exists()
    made = money(at, line, "100.01", "50.00", currency="USD", rate=Decimal("17.12345"), rate_on=today)
    made.refresh_from_db()
    assert (made.planned, made.committed, made.spent) == (
        Decimal("1712.52"),
        Decimal("856.17"),
        Decimal("0.00"),
    )
    assert made.given_planned == Decimal("100.01")
    money(at, at.lines[1], "0.48")
    assert money_of(Budget.objects.all()).whole.planned == Decimal("1713.00")


@pytest.mark.parametrize("part", ["given_planned", "given_committed", "given_spent"])
def test_what_is_converted_to_more_than_can_be_meant_is_one_sentence(at: Setting, part: str) -> None:
    most = {"currency": "USD", "rate": Decimal("17.5"), "rate_on": timezone.localdate()}
    amounts = {"given_planned": Decimal("1.00"), part: Decimal("9999999999999.99")}
    refused("plans.too_much", lambda: money(at, at.lines[0], "1.00", **most | amounts))
    assert not Budget.objects.exists()


def test_the_table_itself_adds_no_other_currency_silently(at: Setting) -> None:
    made = money(at, at.lines[0], "100.00")
    for wrong in ({"planned": Decimal("99.99")}, {"rate": Decimal("2")}, {"given_spent": Decimal("-1.00")}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Budget.objects.filter(pk=made.pk).update(**wrong)


def test_large_sums_are_right_to_the_cent(at: Setting) -> None:
    """The database adds whole cents: as numbers with a point, these would lose them on SQLite."""
    funders = [at.fund]
    with acting_as(at.cora, "") as by:
        funders += services.add_funders(
            by=by, rows=[{"code": f"f{n}", "name": f"F{n}", "kind": "own"} for n in range(9)]
        )
        rows = [
            {"line": line, "funder": fund, "year": year, "given_planned": Decimal("1234567890123.01"),
             "given_committed": Decimal("0.01"), "given_spent": Decimal("0.10")}
            for line in at.lines for fund in funders for year in range(YEAR - 2, YEAR + 3)
        ]  # fmt: skip
        budgets.add(by=by, rows=rows)
    found = money_of(Budget.objects.all())
    assert found.whole.planned == 150 * Decimal("1234567890123.01")
    assert found.whole.spent == Decimal("15.00")
    for part in (found.lines, found.years, found.sources):
        assert sum(one.planned for one in part.values()) == found.whole.planned
    assert found.lines[at.lines[0].pk].committed == Decimal("0.50")


def test_what_does_not_fit_together_is_said_with_its_line(at: Setting) -> None:
    money(at, at.lines[0], "10.00", "12.50", "12.50")
    money(at, at.lines[1], "10.00", "1.00", "3.00")
    page = body(browser(at.people.hugo).get(f"/en/coordination/plans/{at.plan.pk}/"))
    assert "Line 1.1: 2.50 MXN more were committed than planned." in page
    assert "Line 1.2: 2.00 MXN more were spent than committed." in page


def test_a_source_in_a_year_has_one_row_a_line_and_years_lie_in_the_plan(at: Setting) -> None:
    money(at, at.lines[0], "1.00")
    refused("plans.budget_twice", lambda: money(at, at.lines[0], "2.00"))
    refused("plans.year_outside", lambda: money(at, at.lines[0], "2.00", year=YEAR + 5))
    with acting_as(at.cora, "") as by:
        other = {"pk": at.plan.pk, "version": 1, "currency": "USD"}
        refused("plans.currency_fixed", lambda: services.change(by=by, rows=[other]))
        one = Budget.objects.get()
        budgets.change(by=by, rows=[{"pk": one.pk, "version": 1, "given_spent": Decimal("0.70")}])
    assert Budget.objects.get().spent == Decimal("0.70")


# --- Reports and ratings -----------------------------------------------------------------------------------------


def report_row(line: Line, **more: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "line": line, "period_from": today - timedelta(days=100), "period_to": today - timedelta(days=1),
        "text": "Done.", "evidence": "Minute 3", "line_state": "done",
    } | more  # fmt: skip


def test_a_report_counts_once_somebody_else_has_approved_it(at: Setting) -> None:
    in_force(at)
    line, others = at.lines[0], at.lines[1]
    with acting_as(at.olga, "") as by:
        refused("plans.not_own_line", lambda: reporting.report(by=by, rows=[report_row(others)]))
        refused("plans.no_evidence", lambda: reporting.report(by=by, rows=[report_row(line, evidence=" ")]))
        [made] = reporting.report(by=by, rows=[report_row(line)])
    assert Line.objects.get(pk=line.pk).report_due_on > timezone.localdate() + timedelta(days=150)
    with acting_as(at.olga, "") as by, pytest.raises(Forbidden):
        reporting.decide(by=by, rows=[{"pk": made.pk, "version": 1, "state": "approved"}])
    page = browser(at.nora)
    assert "Approve it" in body(page.get(f"/en/coordination/reports/{made.pk}/"))
    decide = f"/en/coordination/reports/{made.pk}/decide/"
    sent = page.post(decide, {"version": 1, "state": "returned", "remark": ""})
    assert sent.status_code == 422
    assert "say what is missing" in body(sent)
    assert page.post(decide, {"version": 1, "state": "approved"}).status_code == 302
    now = Line.objects.get(pk=line.pk)
    assert (now.state, now.done_on, now.report_due_on) == ("done", report_row(line)["period_to"], None)
    made.refresh_from_db()
    assert made.decided_by_id == at.nora.pk
    assert page.post(decide, {"version": 2, "state": "returned", "remark": "x"}).status_code == 422


def test_nobody_approves_the_own_report(at: Setting) -> None:
    in_force(at)
    with acting_as(at.nora, "") as by:
        [made] = reporting.report(by=by, rows=[report_row(at.lines[0])])
        row = {"pk": made.pk, "version": 1, "state": "approved"}
        refused("plans.own_report", lambda: reporting.decide(by=by, rows=[row]))
    assert "Approve it" not in body(browser(at.nora).get(f"/en/coordination/reports/{made.pk}/"))
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressReport.objects.filter(pk=made.pk).update(
            state="approved", decided_by=at.nora, decided_at=timezone.now()
        )
    assert Line.objects.get(pk=at.lines[0].pk).state == "planned"


def test_whoever_wrote_in_a_report_does_not_approve_it(at: Setting) -> None:
    in_force(at)
    with acting_as(at.olga, "") as by:
        [made] = reporting.report(by=by, rows=[report_row(at.lines[0])])
    with acting_as(at.nora, "") as by:
        reporting.change_reports(by=by, rows=[{"pk": made.pk, "version": 1, "text": "Everything is done."}])
        row = {"pk": made.pk, "version": 2, "state": "approved"}
        refused("plans.own_report", lambda: reporting.decide(by=by, rows=[row]))
    assert "Approve it" not in body(browser(at.nora).get(f"/en/coordination/reports/{made.pk}/"))
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressReport.objects.filter(pk=made.pk).update(
            state="approved", decided_by=at.nora, decided_at=timezone.now()
        )
    with acting_as(at.nora, "") as by:
        assert "plans.report_waits" not in {one.code for one in queries.due(by)}
    with acting_as(at.cora, "") as by:
        reporting.decide(by=by, rows=[row])
    made.refresh_from_db()
    assert (made.decided_by_id, made.changed_by_id) == (at.cora.pk, at.nora.pk)


def test_whoever_wrote_in_between_does_not_approve_it_either(at: Setting) -> None:
    in_force(at)
    with acting_as(at.olga, "") as by:
        [made] = reporting.report(by=by, rows=[report_row(at.lines[0])])
    with acting_as(at.nora, "") as by:
        reporting.change_reports(by=by, rows=[{"pk": made.pk, "version": 1, "text": "Everything is done."}])
    with acting_as(at.olga, "") as by:
        reporting.change_reports(by=by, rows=[{"pk": made.pk, "version": 2, "text": "Nearly everything is."}])
    with acting_as(at.nora, "") as by:
        row = {"pk": made.pk, "version": 3, "state": "approved"}
        refused("plans.own_report", lambda: reporting.decide(by=by, rows=[row]))
        assert "plans.report_waits" not in {one.code for one in queries.due(by)}
    assert "Approve it" not in body(browser(at.nora).get(f"/en/coordination/reports/{made.pk}/"))
    with acting_as(at.cora, "") as by:
        assert "plans.report_waits" in {one.code for one in queries.due(by)}
        reporting.decide(by=by, rows=[row])


def test_a_late_report_on_earlier_months_moves_nothing_back(at: Setting) -> None:
    in_force(at)
    line, today = at.lines[0], timezone.localdate()
    early = {"period_from": today - timedelta(days=300), "period_to": today - timedelta(days=200)}
    with acting_as(at.olga, "") as by:
        [new] = reporting.report(by=by, rows=[report_row(line, line_state="under_way")])
        due = Line.objects.get(pk=line.pk).report_due_on
        [old] = reporting.report(by=by, rows=[report_row(line, line_state="planned", **early)])
        assert Line.objects.get(pk=line.pk).report_due_on == due
        moved = {"pk": new.pk, "version": 1, "line": at.lines[2]}
        refused("plans.report_moved", lambda: reporting.change_reports(by=by, rows=[moved]))
    with acting_as(at.cora, "") as by:
        rows = [{"pk": one.pk, "version": 1, "state": "approved"} for one in (new, old)]
        reporting.decide(by=by, rows=rows)
    assert Line.objects.get(pk=line.pk).state == "under_way"
    with acting_as(at.olga, "") as by:
        [done] = reporting.report(by=by, rows=[report_row(line, period_to=today)])
    with acting_as(at.cora, "") as by:
        reporting.decide(by=by, rows=[{"pk": done.pk, "version": 1, "state": "approved"}])
    with acting_as(at.olga, "") as by:
        reporting.report(by=by, rows=[report_row(line)])
    now = Line.objects.get(pk=line.pk)
    assert (now.state, now.report_due_on) == ("done", None), "what is done owes no report"


def test_two_reports_of_one_line_are_approved_at_once_in_the_order_of_their_months(at: Setting) -> None:
    in_force(at)
    line, today = at.lines[0], timezone.localdate()
    early = {"period_from": today - timedelta(days=300), "period_to": today - timedelta(days=200)}
    with acting_as(at.olga, "") as by:
        made = reporting.report(
            by=by, rows=[report_row(line, line_state="under_way", **early), report_row(line)]
        )
    with acting_as(at.cora, "") as by:
        reporting.decide(by=by, rows=[{"pk": one.pk, "version": 1, "state": "approved"} for one in made])
    assert Line.objects.get(pk=line.pk).state == "done"


def test_no_report_says_who_a_child_is(at: Setting) -> None:
    in_force(at)
    with acting_as(at.olga, "") as by:
        for field in ("text", "evidence"):
            row = report_row(at.lines[0], **{field: "La niña María López ya está en la escuela."})
            refused("requests.names_a_child", lambda row=row: reporting.report(by=by, rows=[row]))
    assert not ProgressReport.objects.exists()


def test_a_plan_is_not_cut_shorter_than_what_lies_in_it(at: Setting) -> None:
    with acting_as(at.cora, "") as by:
        [activity] = services.add_activities(by=by, rows=[{"line": at.lines[0], "number": 1, "title": "A"}])
        [sign] = services.add_indicators(
            by=by, rows=[{"activity": activity, "number": 1, "title": "Cases", "unit": "cases"}]
        )
        services.add_targets(by=by, rows=[{"indicator": sign, "year": YEAR + 2, "value": 100}])
        plan = {"pk": at.plan.pk, "version": 1}
        soon = {"ends_on": timezone.localdate() + timedelta(days=40)}
        refused("plans.lines_outside", lambda: services.change(by=by, rows=[plan | soon]))
        before = {"ends_on": date(YEAR + 1, 12, 31)}
        refused("plans.targets_outside", lambda: services.change(by=by, rows=[plan | before]))
        services.change(by=by, rows=[plan | {"ends_on": date(YEAR + 3, 12, 31)}])


def test_a_report_is_changed_until_it_is_decided(at: Setting) -> None:
    in_force(at)
    with acting_as(at.olga, "") as by:
        [made] = reporting.report(by=by, rows=[report_row(at.lines[0])])
        reporting.change_reports(by=by, rows=[{"pk": made.pk, "version": 1, "text": "More."}])
    with acting_as(at.cora, "") as by:
        reporting.decide(
            by=by, rows=[{"pk": made.pk, "version": 2, "state": "returned", "remark": "Which minute?"}]
        )
    with acting_as(at.olga, "") as by:
        late = {"pk": made.pk, "version": 3, "text": "Other."}
        refused("plans.report_decided", lambda: reporting.change_reports(by=by, rows=[late]))


def test_values_of_indicators_count_once_approved(at: Setting) -> None:
    in_force(at)
    with acting_as(at.cora, "") as by:
        [activity] = services.add_activities(by=by, rows=[{"line": at.lines[0], "number": 1, "title": "A"}])
        [sign] = services.add_indicators(
            by=by, rows=[{"activity": activity, "number": 1, "title": "Cases", "unit": "cases"}]
        )
        services.add_targets(by=by, rows=[{"indicator": sign, "year": YEAR, "value": 100}])
    with acting_as(at.otto, "") as by:
        row = report_row(at.lines[1], readings={sign: 5})
        refused("plans.reading_elsewhere", lambda: reporting.report(by=by, rows=[row]))
    assert not ProgressReport.objects.exists()
    with acting_as(at.olga, "") as by:
        row = report_row(at.lines[0], line_state="under_way", readings={sign: 42})
        [made] = reporting.report(by=by, rows=[row])
    place = f"/en/coordination/lines/{at.lines[0].pk}/"
    assert "no approved value yet" in body(browser(at.olga).get(place))
    with acting_as(at.cora, "") as by:
        reporting.decide(by=by, rows=[{"pk": made.pk, "version": 1, "state": "approved"}])
    assert "42 cases on" in body(browser(at.olga).get(place))
    page, today = browser(at.olga), timezone.localdate()
    sent = {"period_from": str(today - timedelta(days=9)), "period_to": str(today), "text": "More.",
            "evidence": "Minute 4", "line_state": "under_way"}  # fmt: skip
    wrong = page.post(f"{place}new/plan_report/", sent | {f"reading-{sign.pk}": "many"})
    assert wrong.status_code == 422
    assert "Write the value of an indicator as a number." in body(wrong)
    assert page.post(f"{place}new/plan_report/", sent | {f"reading-{sign.pk}": "57.5"}).status_code == 302
    assert ProgressReport.objects.get(text="More.").readings.get().value == Decimal("57.5")


def test_the_state_and_civil_society_rate_side_by_side_and_never_over_each_other(at: Setting) -> None:
    in_force(at)
    line = at.lines[0]
    row = {"line": line, "on": timezone.localdate(), "grade": "reached", "why": "It is."}
    with acting_as(at.cora, "") as by:
        [state] = reporting.rate(by=by, rows=[row])
    with acting_as(at.olga, "") as by:
        [society] = reporting.rate(by=by, rows=[{**row, "grade": "not_begun", "why": "It is not."}])
        change = {"pk": state.pk, "version": 1, "grade": "not_begun"}
        with pytest.raises(Forbidden):
            reporting.change_ratings(by=by, rows=[change])
    assert (state.side, society.side) == ("state", "civil_society")
    with acting_as(at.cora, "") as by, pytest.raises(Forbidden):
        reporting.change_ratings(by=by, rows=[{"pk": society.pk, "version": 1, "grade": "reached"}])
    with acting_as(at.otto, "") as by:
        refused("plans.state_by_coordinator", lambda: reporting.rate(by=by, rows=[row]))
    Organisation.objects.filter(pk=at.people.refuge.pk).update(kind="company")
    with acting_as(at.olga, "") as by:
        refused("plans.no_side", lambda: reporting.rate(by=by, rows=[row]))
    shown = body(browser(at.people.hugo).get(f"/en/coordination/lines/{line.pk}/"))
    assert shown.index("It is.") < shown.index("It is not.")
    plan = body(browser(at.people.hugo).get(f"/en/coordination/plans/{at.plan.pk}/"))
    assert "Fulfilled" in plan
    assert "Nothing was done" in plan
    assert {one.grade for one in Rating.objects.all()} == {"reached", "not_begun"}


# --- Pages and clocks --------------------------------------------------------------------------------------------


def test_the_plan_says_what_is_late_first(at: Setting) -> None:
    money(at, at.lines[0], "1000.10", "500.00", "250.05")
    page = body(browser(at.people.hugo).get(f"/en/coordination/plans/{at.plan.pk}/"))
    assert page.index("1 line is late") < page.index("How far each objective has come")
    assert page.index("2.1 Line 1") < page.index("1.1 Line 1")
    assert "Of 1\u2009000.10 MXN planned, 250.05 were spent" in page.replace("\u202f", "\u2009")
    assert "Set the plan to" not in page
    assert "Set the plan to: In force" in body(browser(at.cora).get(f"/en/coordination/plans/{at.plan.pk}/"))


def test_the_page_costs_the_same_however_long_the_plan_is(at: Setting) -> None:
    page = browser(at.people.hugo)
    place = f"/en/coordination/plans/{at.plan.pk}/"
    money(at, at.lines[0], "1.00")
    page.get(place)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page.get(place)
    with acting_as(at.cora, "") as by:
        services.add_lines(
            by=by,
            rows=[
                line_row(at.objectives[0], n, at.people.refuge, timezone.localdate()) for n in range(10, 90)
            ],
        )
    with CaptureQueriesContext(connection) as many:
        shown = body(page.get(place))
    assert len(many) == len(few)
    assert "Further" in shown
    assert "1.89 Line 89" not in shown
    assert "1.89 Line 89" in body(page.get(f"{place}?page=2"))
    assert "1.89 Line 89" not in body(page.get(f"{place}?objective=2"))


def test_a_plan_steps_on_its_page_and_things_are_added_under_it(at: Setting) -> None:
    page = browser(at.cora)
    place = f"/en/coordination/plans/{at.plan.pk}/"
    new = page.post(f"{place}new/plan_objective/", {"number": 1, "title": "Again"})
    assert new.status_code == 422
    assert "taken already" in body(new)
    assert page.post(f"{place}new/plan_objective/", {"number": 3, "title": "Third"}).status_code == 302
    assert page.post(f"{place}step/", {"version": 1, "to": "closed"}).status_code == 422
    assert page.post(f"{place}step/", {"version": 1, "to": "in_force"}).status_code == 302
    line = f"/en/coordination/lines/{at.lines[0].pk}/"
    sent = {"funder": at.fund.pk, "year": YEAR, "given_planned": "12.34", "given_committed": "0", "given_spent": "0",
            "currency": ""}  # fmt: skip
    assert page.post(f"{line}new/plan_budget/", sent | {"given_planned": "12.345"}).status_code == 422
    assert page.post(f"{line}new/plan_budget/", sent).status_code == 302
    assert "12.34" in body(page.get(line))
    assert page.get(f"{line}new/plan_target/").status_code == 404
    assert browser(at.olga).get(f"{line}new/plan_budget/").status_code == 403


def test_whoever_answers_for_a_line_is_told(at: Setting) -> None:
    in_force(at)
    Line.objects.filter(pk=at.lines[0].pk).update(report_due_on=timezone.localdate() - timedelta(days=2))
    work = body(browser(at.olga).get("/en/work/"))
    assert "Line 2.1 of the plan was due: Line 1" in work
    assert "A progress report on line 1.1 is due: Line 1" in work
    with acting_as(at.otto, "") as by:
        assert list(queries.due(by)) == []
    with acting_as(at.people.hugo, "") as by, CaptureQueriesContext(connection) as asked:
        assert list(queries.due(by)) == []
    assert len(asked) == 0
    with acting_as(at.olga, "") as by:
        reporting.report(by=by, rows=[report_row(at.lines[0], line_state="under_way")])
    with acting_as(at.cora, "") as by, CaptureQueriesContext(connection) as asked:
        found = {one.code: one for one in queries.due(by)}
    assert len(asked) == 1
    assert set(found) == {"plans.evaluation_due", "plans.report_waits"}
    assert found["plans.evaluation_due"].params == {"plan": "Plan of action"}
    assert found["plans.evaluation_due"].due == timezone.localdate() + timedelta(days=5)
    assert found["plans.report_waits"].params["line"] == "1.1"


def test_parts_are_removed_from_a_draft_only(at: Setting) -> None:
    page = browser(at.cora)
    place = f"/en/coordination/lines/{at.lines[1].pk}/remove/"
    assert page.post(place, {"version": 1}).status_code == 302
    in_force(at)
    still = page.post(f"/en/coordination/lines/{at.lines[0].pk}/remove/", {"version": 1})
    assert still.status_code == 409
    assert "so nothing of it is removed" in body(still)
    assert Line.objects.count() == 2
