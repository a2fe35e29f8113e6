"""Proceedings: every step of the table and none outside, days in order, no offender's name, who reaches what."""

from __future__ import annotations

import re
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cobijo.errors import CobijoError, InputProblem
from cobijo.sentences import catalogue
from cobijo.web.care.cases import retention, transfers
from cobijo.web.care.children import rules as child_rules
from cobijo.web.care.children.moving import tables
from cobijo.web.care.justice import alerts, queries, services
from cobijo.web.care.justice.models import (
    Alert,
    AllegedChild,
    Delay,
    JusticeRevision,
    Measure,
    OfJustice,
    Proceeding,
    Reparation,
    Step,
)
from cobijo.web.care.justice.sheets import SHEETS
from cobijo.web.care.justice.states import AT_REST, GOING_ON, NEXT, STEPS, State
from cobijo.web.care.sharing import fields as packet_fields
from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.grants import GRANTS
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.audit.models import Event as Happened
from cobijo.web.core.screens.clocks import due_for
from cobijo.web.core.screens.register import registers
from cobijo.web.core.screens.writing import Stale
from tests.web.care.children.made import CANARY, ago
from tests.web.care.justice.conftest import IN_TWO_MONTHS, Court

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.usefixtures("open_vault")]
MODELS = list(apps.get_app_config("justice").get_models())
KINDS = [sheet.kind for sheet in SHEETS]


def code_of(refused: Any) -> str:
    problem = refused.value
    assert isinstance(problem, CobijoError)
    assert problem.code in catalogue()
    return problem.code


# --- The table -----------------------------------------------------------------------------------------------------


def test_the_database_holds_the_same_table_of_steps() -> None:
    written = import_module("cobijo.web.care.justice.migrations.0002_guards").STEPS
    assert {one.value: {to.value for to in tos} for one, tos in STEPS.items()} == {
        one: set(tos) for one, tos in written.items()
    }
    assert set(NEXT) == set(State)
    assert {*GOING_ON, *AT_REST} == set(State)


def test_the_database_refuses_every_step_outside_the_table(court: Court) -> None:
    one = court.start()
    with acting_as(court.people.ana, "follow_up"):
        for to in State:
            if to in STEPS[State.COMPLAINT] or to == State.COMPLAINT:
                continue
            rest = {"expected_by": None, "rests_since": ago(1)} if to in AT_REST else {}
            with pytest.raises(DatabaseError), transaction.atomic():
                Proceeding.objects.filter(pk=one.pk).update(state=to, **rest)
        Proceeding.objects.filter(pk=one.pk).update(state="investigation")
        with pytest.raises(DatabaseError), transaction.atomic():
            Step.objects.filter(proceeding=one).update(state="charge")


@given(path=st.lists(st.sampled_from(list(State)), min_size=1, max_size=8))
def test_no_walk_leaves_the_table(path: list[State]) -> None:
    from cobijo.web.care.justice.rules import check_going

    one = Proceeding(state=State.COMPLAINT)
    for to in path:
        try:
            check_going(one, to)
        except InputProblem:
            assert to not in STEPS[State(one.state)]
        else:
            assert to in STEPS[State(one.state)]
            one.state = to


def test_from_the_complaint_to_the_reparation(court: Court) -> None:
    one = court.start()
    court.step(one, "investigation", 90, authority="state_prosecutor", area="MX-OAX")
    court.step(one, "charge", 70)
    court.step(one, "trial", 50)
    court.step(one, "judgment", 30, verdict="convicted")
    court.step(one, "sentence", 20)
    court.step(one, "reparation", 10)
    with acting_as(court.people.ana, "follow_up") as by:
        (made,) = services.add_reparations(
            by=by,
            rows=[
                {
                    "proceeding": one,
                    "kind": "money",
                    "ordered_on": ago(20),
                    "due_by": ago(2),
                    "amount": 90_000,
                }
            ],
        )
        assert [due.code for due in due_for(by) if due.code.startswith("justice.")] == [
            "justice.reparation_owed"
        ]
        services.change_reparations(
            by=by,
            rows=[{"pk": made.pk, "version": 1, "state": "done", "received": 90_000, "arrived_on": ago(1)}],
        )
        assert [due.code for due in due_for(by) if due.code.startswith("justice.")] == []
    court.step(one, "ended", 0, expected_by=None)
    with acting_as(court.people.ana, "follow_up") as by:
        (track,) = queries.tracks(by, court.case)
        assert [step.state for step in track.steps] == [
            "complaint", "investigation", "charge", "trial", "judgment", "sentence", "reparation", "ended",
        ]  # fmt: skip
        assert (track.one.expected_by, track.one.rests_since) == (None, timezone.localdate())
        assert track.offences[0].iccs == "030222"
        assert track.words is not None
        assert track.words["file_number"] == f"FGE/{CANARY}/12"
        assert JusticeRevision.objects.filter(kind="proceeding", record_id=one.pk).count() == 8
    assert Happened.objects.filter(action="step", kind="proceeding").count() == 7


def test_archived_is_taken_up_again_and_an_acquittal_is_appealed(court: Court) -> None:
    one = court.start()
    court.step(one, "archived", 80, expected_by=None)
    court.step(one, "investigation", 70)
    court.step(one, "charge", 60)
    court.step(one, "judgment", 40, verdict="acquitted")
    with pytest.raises(InputProblem) as refused:
        court.step(one, "sentence", 30)
    assert code_of(refused) == "justice.no_conviction"
    court.step(one, "appeal", 30, authority="appeal_court")
    court.step(one, "judgment", 10, verdict="partly", authority="appeal_court")
    court.step(one, "sentence", 5)


@pytest.mark.parametrize(
    ("to", "more", "code"),
    [
        ("trial", {}, "justice.no_such_step"),
        ("investigation", {"on": ago(101)}, "justice.steps_in_order"),
        ("investigation", {"on": timezone.localdate() + timedelta(days=2)}, "justice.expected_wrong"),
        ("investigation", {"expected_by": None}, "justice.expected_missing"),
        ("archived", {}, "justice.expected_wrong"),
        ("investigation", {"verdict": "convicted"}, "justice.verdict_too_early"),
        ("investigation", {"area": "MX-XXX"}, "country.area_unknown"),
        ("investigation", {"authority": "police"}, "screens.field_wrong"),
        ("investigation", {"note": "see http://example.org"}, "children.no_addresses"),
    ],
)
def test_a_step_that_cannot_be(court: Court, to: str, more: dict[str, Any], code: str) -> None:
    if code == "justice.expected_wrong" and "on" in more:
        more = more | {"expected_by": ago(1)}
    one = court.start()
    with acting_as(court.people.ana, "follow_up") as by:
        with pytest.raises(InputProblem) as refused:
            services.take_steps(by=by, rows=[court.row(by, one, to, **more)])
        assert code_of(refused) == code
        now = queries.proceeding(by, one.pk)
        assert now is not None
        assert (now.state, now.version) == ("complaint", 1)
        assert Step.objects.filter(proceeding=one).count() == 1
    assert Happened.objects.filter(outcome="refused", code=code).exists()


def test_a_judgment_says_which_and_a_charge_names_offences(court: Court) -> None:
    one = court.start(offences=[])
    court.step(one, "investigation", 90)
    with pytest.raises(InputProblem) as refused:
        court.step(one, "charge", 80)
    assert code_of(refused) == "justice.offences_missing"
    with acting_as(court.people.ana, "follow_up") as by:
        for wrong in (["cpf-nothing"], ["cpf-rape", "cpf-rape"]):
            with pytest.raises(InputProblem) as refused:
                services.change(by=by, rows=[{"pk": one.pk, "version": 2, "offences": wrong}])
            assert code_of(refused) == "justice.offence_unknown"
        services.change(by=by, rows=[{"pk": one.pk, "version": 2, "offences": ["cpf-rape"]}])
        with pytest.raises(InputProblem) as refused:
            services.change(by=by, rows=[{"pk": one.pk, "version": 3, "state": "ended"}])
        assert code_of(refused) == "screens.field_wrong"
    court.step(one, "charge", 80)
    with pytest.raises(InputProblem) as refused:
        court.step(one, "judgment", 70)
    assert code_of(refused) == "justice.verdict_missing"


def test_a_wrong_day_is_corrected_and_stays_in_the_history(court: Court) -> None:
    one = court.start()
    court.step(one, "investigation", 50)
    with acting_as(court.people.ana, "follow_up") as by:
        first, second = Step.objects.filter(proceeding=one).order_by("pk")
        services.correct_steps(by=by, rows=[{"pk": second.pk, "version": 1, "on": ago(55)}])
        with pytest.raises(InputProblem) as refused:
            services.correct_steps(by=by, rows=[{"pk": first.pk, "version": 1, "on": ago(40)}])
        assert code_of(refused) == "justice.steps_in_order"
        with pytest.raises(InputProblem):
            services.correct_steps(by=by, rows=[{"pk": second.pk, "version": 2, "state": "charge"}])
        with pytest.raises(Stale):
            services.correct_steps(by=by, rows=[{"pk": second.pk, "version": 1, "on": ago(54)}])
        kept = JusticeRevision.objects.filter(kind="justice_step", record_id=second.pk).order_by("number")
        assert [each.values["on"] for each in kept] == [ago(50).isoformat(), ago(55).isoformat()]


# --- Delays --------------------------------------------------------------------------------------------------------


def test_a_late_step_is_due_until_it_is_put_off_with_a_reason(court: Court) -> None:
    one = court.start(expected_by=ago(30))
    with acting_as(court.people.ana, "follow_up") as by:
        (late,) = [due for due in due_for(by) if due.code == "justice.step_expected"]
        assert (late.due, late.overdue, late.url) == (ago(30), True, f"/en/justice/{court.case.pk}/")
        assert queries.tracks(by, court.case)[0].late == 30
        for until in (ago(31), ago(1), ago(30)):
            with pytest.raises(InputProblem) as refused:
                services.put_off(
                    by=by, rows=[{"pk": one.pk, "version": 1, "until": until, "reason": "hearing"}]
                )
            assert code_of(refused) == "justice.delay_forward"
        until = timezone.localdate() + timedelta(days=30)
        services.put_off(by=by, rows=[{"pk": one.pk, "version": 1, "until": until, "reason": "interpreter"}])
        assert not [due for due in due_for(by) if due.code == "justice.step_expected"]
        (track,) = queries.tracks(by, court.case)
        assert (track.late, track.put_off, track.delays[0].get_reason_display()) == (
            0, 60, "No interpreter, or no support for a disability",
        )  # fmt: skip
        with pytest.raises(Forbidden):
            from cobijo.web.care.children.writing import change_sealed

            change_sealed(by=by, kind="justice_delay", rows=[{"pk": track.delays[0].pk, "version": 1}])
    court.step(one, "archived", 0, expected_by=None)
    with acting_as(court.people.ana, "follow_up") as by, pytest.raises(InputProblem) as refused:
        services.put_off(by=by, rows=[{"pk": one.pk, "version": 3, "until": until, "reason": "hearing"}])
    assert code_of(refused) == "justice.at_rest"


def test_a_measure_that_runs_out_is_due(court: Court) -> None:
    one = court.start()
    with acting_as(court.people.ana, "follow_up") as by:
        for more in (
            {"state": "ordered"},
            {"state": "asked", "until": ago(-9)},
            {"state": "ordered", "ordered_on": ago(-2)},
            {"state": "ordered", "ordered_on": ago(5), "asked_on": ago(2)},
            {"state": "ordered", "ordered_on": ago(1), "until": ago(4), "asked_on": ago(3)},
        ):
            with pytest.raises(InputProblem) as refused:
                services.add_measures(by=by, rows=[{"proceeding": one, "kind": "no_contact", **more}])
            assert code_of(refused).split(".")[0] in {"justice", "children"}
        said = {"state": "ordered", "asked_on": ago(9), "ordered_on": ago(8), "until": ago(-3)}
        (made,) = services.add_measures(by=by, rows=[{"proceeding": one, "kind": "no_contact", **said}])
        assert "justice.measure_ends" in [due.code for due in due_for(by)]
        services.change_measures(by=by, rows=[{"pk": made.pk, "version": 1, "state": "ended"}])
        assert "justice.measure_ends" not in [due.code for due in due_for(by)]


# --- What the database refuses by itself -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "wrong"),
    [
        (Proceeding, {"offender_age": "child"}),
        (Proceeding, {"relation": "Juan"}),
        (Proceeding, {"part": "police"}),
        (Proceeding, {"expected_by": None}),
        (Proceeding, {"rests_since": ago(1)}),
        (Proceeding, {"state": "archived"}),
        (Step, {"authority": "police"}),
        (Step, {"verdict": "convicted"}),
        (Delay, {"until": ago(400)}),
        (Delay, {"reason": "none"}),
        (Measure, {"state": "ordered"}),
        (Measure, {"until": ago(1)}),
        (Measure, {"state": "ordered", "ordered_on": ago(400)}),
        (Reparation, {"state": "done"}),
        (Reparation, {"arrived_on": ago(1)}),
        (Reparation, {"state": "partly", "arrived_on": ago(400)}),
        (Reparation, {"state": "partly", "arrived_on": ago(0), "amount": 5, "received": 6}),
        (Alert, {"state": "represented"}),
        (Alert, {"state": "ended", "ended_on": ago(0)}),
        (Alert, {"represented_on": ago(0)}),
        (Alert, {"end": "dropped"}),
        (Alert, {"ground": "bad"}),
        (AllegedChild, {"alleged": "guilty"}),
        (AllegedChild, {"relation": "offender"}),
    ],
)
def test_the_database_itself_refuses(court: Court, model: type[OfJustice], wrong: dict[str, Any]) -> None:
    one = everything(court)
    with acting_as(court.people.sofia, "supervision"):
        rows: Any = model._default_manager.filter(case=one.case)
        assert rows.count() == 1
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**wrong)


def everything(court: Court) -> Proceeding:
    """One row of every kind."""
    one = court.start()
    with acting_as(court.people.ana, "follow_up") as by:
        until = timezone.localdate() + IN_TWO_MONTHS * 2
        services.put_off(by=by, rows=[{"pk": one.pk, "version": 1, "until": until, "reason": "expert"}])
        services.add_measures(by=by, rows=[{"proceeding": one, "kind": "screen", "note": CANARY}])
        services.add_reparations(by=by, rows=[{"proceeding": one, "kind": "care", "ordered_on": ago(3)}])
        alerts.keep_apart(
            by=by, rows=[{"case": court.case, "alleged": "recruited", "relation": "friend", "note": CANARY}]
        )
    court.alert()
    return one


# --- No offender's name, nobody else's eyes ----------------------------------------------------------------------


def test_no_field_holds_a_name_of_an_offender() -> None:
    """Plain columns are codes, days, numbers and references; free text is sealed, and no sheet asks for a name."""
    for model in MODELS:
        if model is JusticeRevision:
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField) and field.name != "area":
                assert field.choices, (model, field.name)
            assert not isinstance(field, models.TextField)
    asked = {name for sheet in SHEETS for name in sheet.sealed}
    assert asked == {"file_number", "note", "place"}
    fields = {field.name for model in MODELS for field in model._meta.get_fields()}
    assert not [
        one for one in fields | asked if re.search(r"name|alias|accused|offender(?!_age)|birth|photo", one)
    ]


def test_what_is_written_lies_sealed_and_nowhere_else(court: Court) -> None:
    everything(court)
    with connection.cursor() as cursor, acting_as(court.people.sofia, "supervision"):
        for model in (*MODELS, Happened):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            found = [
                str(bytes(cell) if isinstance(cell, memoryview) else cell) for row in cursor for cell in row
            ]
            assert found
            assert not [cell for cell in found if CANARY in cell], model


def test_who_may_be_a_child_is_never_listed_as_offender(court: Court) -> None:
    for age in ("maybe_child", "child", "minor", ""):
        with pytest.raises(InputProblem) as refused:
            court.start(offender_age=age)
        assert code_of(refused) == "justice.maybe_a_child"
    with acting_as(court.people.ana, "follow_up") as by:
        assert queries.tracks(by, court.case) == []


def test_a_child_kept_apart_is_read_by_supervisors_only(court: Court) -> None:
    everything(court)
    with acting_as(court.people.ana, "follow_up") as by:
        assert list(queries.kept_apart(by, court.case)) == []
        with pytest.raises(Forbidden):
            alerts.help_alleged(by=by, rows=[{"pk": 1, "version": 1, "help": "has"}])
    with acting_as(court.people.sofia, "supervision") as by:
        (one,) = queries.kept_apart(by, court.case)
        alerts.help_alleged(by=by, rows=[{"pk": one.pk, "version": 1, "help": "has"}])
        (track,) = queries.tracks(by, court.case)
        assert not hasattr(track.one, "alleged")
    assert not [field for field in AllegedChild._meta.get_fields() if field.related_model is Proceeding]


def test_only_who_reaches_the_case_and_no_role_of_police_or_immigration(court: Court) -> None:
    one = everything(court)
    people = court.people
    for other in (people.berta, people.carla, people.hugo, people.rita, people.adela, people.aura):
        with acting_as(other, "follow_up") as by:
            assert queries.proceeding(by, one.pk) is None
            assert list(queries.alerts(by)) == []
            assert list(queries.proceedings(by)) == []
            assert list(queries.kept_apart(by, court.case)) == []
            assert [due for due in due_for(by) if due.code.startswith("justice.")] == []
            with pytest.raises((Forbidden, InputProblem)) as refused:
                services.put_off(
                    by=by, rows=[{"pk": one.pk, "version": 2, "until": ago(-400), "reason": "hearing"}]
                )
            assert refused.value.code in {"access.may_not_change", "screens.gone"}
    for who in (people.ana, people.sofia):
        with acting_as(who, "follow_up") as by:
            assert queries.proceeding(by, one.pk) is not None
    assert not [role for role in Role if re.search("police|prosecut|migra|border|judge", role)]
    holders = {
        (role, grant.action) for role, grants in GRANTS.items() for grant in grants if grant.kind in KINDS
    }
    assert {role for role, _ in holders} == {Role.CASEWORKER, Role.SUPERVISOR}
    assert {action for _, action in holders}.isdisjoint({"export", "import", "remove"})


def test_nothing_of_it_is_exported_or_put_into_a_packet() -> None:
    assert not {one.kind for one in registers().values()} & set(KINDS)
    assert packet_fields.known(["child.given"]) == ["child.given"]
    assert not packet_fields.known(["proceeding.note", "justice_step.on", "non_punishment.ground"])


def test_under_row_level_security_a_stranger_counts_nothing(on_postgresql: None, court: Court) -> None:
    everything(court)
    with acting_as(court.people.sofia, "follow_up"):
        assert min(model._default_manager.count() for model in MODELS) == 1
    with acting_as(court.people.ana, "follow_up"):  # who wrote what is alleged of a child does not read it
        assert {model for model in MODELS if not model._default_manager.exists()} == {AllegedChild}
    for other in (court.people.berta, court.people.carla, court.people.rita, court.people.adela):
        with acting_as(other, "follow_up"):
            assert [model._default_manager.count() for model in MODELS] == [0] * len(MODELS)
    assert connection.vendor == "postgresql"


# --- It goes along, and it goes --------------------------------------------------------------------------------------


def test_it_goes_along_with_its_child(court: Court) -> None:
    everything(court)
    assert {one for one in MODELS if issubclass(one, OfJustice)} <= set(tables())
    with child_rules.doors(agreement=lambda *_: True, ground=lambda *_: "consent"):
        with acting_as(court.people.ana, "transfer") as by:
            now = {"pk": court.case.pk, "version": 1, "to": court.people.hospital, "reason": "needs"}
            transfers.offer(by=by, rows=[now])
        from cobijo.web.core.accounts.models import Holding

        Holding.objects.create(account=court.people.carla, role=Role.SUPERVISOR)
        with acting_as(court.people.carla, "transfer") as by:
            from cobijo.web.care.cases import queries as of_cases

            (offer,) = of_cases.offered(by)
            transfers.accept(by=by, rows=[{"pk": offer.pk, "account": court.people.carla}])
    with acting_as(court.people.carla, "follow_up") as by:
        assert len(queries.tracks(by, court.case)) == 1
        assert JusticeRevision.objects.exists()
    with acting_as_system("test", scopes="all"):
        for model in MODELS:
            assert {one.scope.organisation_id for one in model._default_manager.all()} == {
                court.people.hospital.pk
            }


def test_an_erased_child_leaves_codes_and_years(court: Court) -> None:
    one = everything(court)
    with acting_as_system("test", scopes="all") as by:
        from cobijo.web.care.cases.models import Case

        Case.objects.filter(pk=court.case.pk).update(state="closed", closed_on=ago(1), closure="moved")
        retention.erase(by=by, children=[court.child], reason="retention")
        left = Proceeding.objects.get(pk=one.pk)
        assert (left.state, left.opened_on.month, left.opened_on.day) == ("complaint", 1, 1)
        (step,) = Step.objects.filter(proceeding=one)
        assert (step.on.month, step.on.day) == (1, 1)
        assert Alert.objects.get().happened_on.timetuple()[1:3] == (1, 1)
        for gone in (Delay, Measure, AllegedChild, JusticeRevision):
            assert not gone._default_manager.exists()
    with acting_as(court.people.ana, "follow_up") as by, pytest.raises(InputProblem) as refused:
        services.put_off(by=by, rows=[{"pk": one.pk, "version": 2, "until": ago(-400), "reason": "hearing"}])
    assert code_of(refused) == "children.erased"


def test_the_summary_reads_nothing_sealed_and_asks_little(
    court: Court, django_assert_max_num_queries: Any
) -> None:
    court.start(expected_by=ago(3))
    court.alert()
    before = Happened.objects.filter(action="see_identity").count()
    with acting_as(court.people.ana, "follow_up") as by, django_assert_max_num_queries(2):
        found = queries.summary(by, court.case)
    assert found is not None
    assert (found.going_on, found.at_rest, found.next_by, found.late, found.alerts) == (1, 0, ago(3), 1, 1)
    assert Happened.objects.filter(action="see_identity").count() == before
    with acting_as(court.people.rita, "follow_up") as by:
        assert queries.summary(by, court.case) is None
