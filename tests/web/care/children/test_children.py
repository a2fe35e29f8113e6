"""Children: registered once, sealed, searched before, aged with doubt on their side, asked about without an answer."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cobijo.errors import CobijoError, InputProblem
from cobijo.sentences import catalogue
from cobijo.web.care.children import deriving, elsewhere, filling, noticing, queries, rules, services
from cobijo.web.care.children.conflicts import both
from cobijo.web.care.children.fields import CORE_FIELDS, MOST
from cobijo.web.care.children.models import (
    Child,
    ChildRevision,
    Concept,
    Concern,
    Event,
    FieldCount,
    Match,
    Question,
    StatusDecision,
)
from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.audit.models import Event as Happened
from cobijo.web.core.screens.writing import Stale
from cobijo.web.core.vault.errors import Erased
from cobijo.web.core.vault.models import BlindToken
from cobijo.web.core.vault.sealing import unseal
from tests.web.care.children.made import CANARY, KEVIN, LUPITA, ago, concern
from tests.web.people import People, person

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.usefixtures("open_vault")]


@pytest.fixture
def lupita(people: People, open_vault: Any) -> Child:
    with acting_as(people.ana, "intake") as by:
        return services.register(by=by, rows=[LUPITA])[0]


def code_of(refused: Any) -> str:
    problem = refused.value
    assert isinstance(problem, CobijoError)
    assert problem.code in catalogue()
    return problem.code


def test_a_name_stands_nowhere_in_the_database(people: People, lupita: Child) -> None:
    with acting_as(people.ana, "intake") as by:
        services.change(by=by, rows=[{"pk": lupita.pk, "version": 1, "language": f"{CANARY} language"}])
        services.record_events(by=by, rows=[{"child": lupita, "narrative": CANARY}])
        noticing.notice(by=by, rows=[concern()])
    found = []
    with acting_as_system("test", scopes="all"), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            text = " ".join(
                bytes(cell).decode("latin-1") if isinstance(cell, bytes | memoryview) else str(cell)
                for row in cursor.fetchall()
                for cell in row
            )
            if CANARY in text or "Vázquez" in text:
                found.append(table)
    assert found == []


def test_a_caseworker_reads_who_it_is_for_a_purpose_and_a_colleague_does_not(
    people: People, lupita: Child
) -> None:
    with acting_as(people.ana, "intake") as by:
        who = queries.who(by, queries.child(by, lupita.pk) or lupita, purpose="follow_up")
        assert who["chosen_name"] == "Lupita"
    assert Happened.objects.filter(action="see_identity", kind="child", purpose="follow_up").count() == 1
    for stranger in (people.berta, people.carla, people.hugo, people.rita, people.adela, people.aura):
        with acting_as(stranger, "intake") as by:
            assert queries.child(by, lupita.pk) is None
            assert not queries.children(by).exists()
            with pytest.raises(Forbidden):
                queries.who(by, lupita, purpose="follow_up")


def test_a_colleagues_child_is_not_registered_again(people: People, lupita: Child) -> None:
    again = {
        "given": "Guadalupe",
        "surname1": "Vasques",
        "birth_date": date(2012, 1, 1),
        "age_known": "estimated",
    }
    with acting_as(people.berta, "intake") as by:
        (there,) = queries.search(by, **again).children
        assert (there.code, there.holder, there.within_reach) == (lupita.code, "Ana", False)
        with pytest.raises(InputProblem) as refused:
            services.register(by=by, rows=[again])
        assert code_of(refused) == "children.known_already"
        (other,) = services.register(by=by, rows=[again | {"not_the_same": [lupita.pk]}])
        assert other.pk != lupita.pk
    with acting_as(people.carla, "intake") as by:  # another organisation is told nothing
        assert queries.search(by, **again).children == ()
        services.register(by=by, rows=[again])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"age_known": "known"}, "children.birth_date_missing"),
        ({"age_known": "known", "birth_date": "2190-01-01"}, "children.day_to_come"),
        ({"age_known": "known", "birth_date": "1800-01-01"}, "children.born_too_long_ago"),
        ({"contact": "https://example.org/x.jpg"}, "children.no_addresses"),
        (
            {"contact": "h\u200bttps\u2060://example.org/x"},
            "children.no_addresses",
        ),  # letters that nobody sees
        ({"contact": "ｈｔｔｐｓ：／／example.org/x"}, "children.no_addresses"),
        ({"contact": "mega.nz/file/x"}, "children.no_addresses"),
        ({"contact": "Dropbox.com/s/x"}, "children.no_addresses"),
        ({"given": "x" * 300}, "children.too_long"),
        ({"birth_date": "yesterday"}, "screens.field_wrong"),
        ({"orientation": "any"}, None),
    ],
)
def test_what_cannot_be_is_one_sentence(people: People, row: dict[str, Any], code: str | None) -> None:
    with acting_as(people.ana, "intake") as by:
        with pytest.raises((CobijoError, TypeError)) as refused, transaction.atomic():
            services.register(by=by, rows=[row])
        if code is not None:
            assert code_of(refused) == code
        assert not queries.children(by).exists()


def test_nothing_is_required(people: People) -> None:
    with acting_as(people.ana, "intake") as by:
        (child,) = services.register(by=by, rows=[{}])
        assert rules.is_child_on(child, timezone.localdate())


@pytest.mark.parametrize(
    ("known", "born", "counts"),
    [
        ("known", date(2000, 1, 1), False),
        ("known", date(2007, 6, 2), True),
        ("known", date(2007, 6, 1), False),
        ("estimated", date(2000, 1, 1), False),
        ("disputed", date(2000, 1, 1), True),
        ("unknown", None, True),
    ],
)
def test_doubt_about_age_is_on_the_childs_side(known: str, born: date | None, counts: bool) -> None:
    assert rules.counts_as_child(known, born, date(2025, 6, 1)) is counts


def test_an_event_before_birth_is_refused_and_written_down(people: People, lupita: Child) -> None:
    with acting_as(people.ana, "intake") as by:
        with pytest.raises(InputProblem) as refused:
            services.record_events(by=by, rows=[{"child": lupita, "began_on": date(2011, 1, 1)}])
        assert code_of(refused) == "children.before_birth"
        assert not queries.events(by, lupita).exists()
        services.record_events(by=by, rows=[{"child": lupita, "began_on": date(2020, 1, 1)}])
        with pytest.raises(InputProblem) as refused:  # nor can the birth be moved behind the event
            services.change(by=by, rows=[{"pk": lupita.pk, "version": 1, "birth_date": date(2021, 1, 1)}])
        assert code_of(refused) == "children.before_birth"
    tried = Happened.objects.filter(outcome="refused", code="children.before_birth")
    assert sorted(tried.values_list("kind", flat=True)) == ["child", "child_event"]


def test_concepts_are_derived_and_derived_again(
    people: People, lupita: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"act_harbour": True, "purpose_sexual": True, "sexual_act": True, "exchange_given": True}
    with acting_as(people.ana, "intake") as by:
        (event,) = services.record_events(
            by=by, rows=[{"child": lupita, "began_on": date(2025, 1, 1), "elements": told}]
        )
        assert event.age_at_event == 12
        held = {(one.concept, one.rule) for one in queries.concepts(by, lupita)}
        assert any(concept == "trafficking" for concept, _rule in held)
        assert all(one.article and one.rules_version for one in queries.concepts(by, lupita))
        assert deriving.rederive(by=by) == 0  # the same rules say the same
        services.change_events(
            by=by, rows=[{"pk": event.pk, "version": 1, "elements": told | {"purpose_sexual": False}}]
        )
        now = {(one.concept, one.rule) for one in queries.concepts(by, lupita)}
        assert not any(concept == "trafficking" for concept, _rule in now)
        former = queries.concepts(by, lupita, former=True)
        assert held <= {(one.concept, one.rule) for one in former}
        monkeypatch.setattr(deriving, "derive", lambda *_a, **_k: ())
        assert deriving.rederive(by=by, ids=[event.pk]) == 0
        assert not queries.concepts(by, lupita).exists()


def test_an_adult_of_disputed_age_needs_no_means(people: People) -> None:
    told = {"act_harbour": True, "purpose_sexual": True}
    for known, expected in (("known", False), ("disputed", True)):
        with acting_as(people.ana, "intake") as by:
            (child,) = services.register(
                by=by, rows=[{"age_known": known, "birth_date": date(2000, 1, 1), "given": known}]
            )
            services.record_events(
                by=by, rows=[{"child": child, "began_on": date(2025, 1, 1), "elements": told}]
            )
            found = queries.concepts(by, child).values_list("concept", flat=True)
            assert ("trafficking" in set(found)) is expected


def test_a_decision_on_status_is_added_and_never_changed(people: People, lupita: Child) -> None:
    said = {"child": lupita, "body_kind": "protection", "body": "Procuraduría", "ground": "interview"}
    with acting_as(people.ana, "intake") as by:
        (event,) = services.record_events(by=by, rows=[{"child": lupita, "began_on": date(2020, 1, 1)}])
        services.decide_status(by=by, rows=[said | {"status": "presumed", "decided_on": ago(20)}])
        services.decide_status(
            by=by, rows=[said | {"status": "identified", "decided_on": ago(1), "event": event}]
        )
        assert [one.status for one in queries.decisions(by, lupita)] == ["identified", "presumed"]
        latest = queries.decisions(by, lupita)[0]
        assert (latest.age_at_event, latest.age_at_decision) == (7, 14)
        year = latest.decided_on.replace(month=1, day=1)
        for change in (
            {"status": "not"}, {"decided_on": year.replace(day=2)}, {"decided_on": year.replace(year=year.year - 1)},
            {"body": "Another"}, {"body": "", "status": "not"},
        ):  # fmt: skip
            with pytest.raises(DatabaseError), transaction.atomic():
                StatusDecision.objects.filter(pk=latest.pk).update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            StatusDecision.objects.filter(pk=latest.pk).delete()


def test_a_health_worker_writes_and_reads_nothing_back(people: People) -> None:
    with acting_as(people.hugo, "intake") as by:
        (slip,) = noticing.notice(by=by, rows=[concern()])
        assert slip.handed_to == people.hospital.name
        assert not Concern.objects.filter(pk__gt=0).exists() or connection.vendor == "sqlite"
        assert not queries.concerns(by).exists()
        assert CANARY not in repr(slip)
        with pytest.raises(InputProblem) as refused:
            noticing.notice(by=by, rows=[concern(to=people.refuge)])
        assert code_of(refused) == "children.no_agreement"
    with acting_as(people.hugo, "intake") as by, rules.doors(agreement=lambda *_: True):
        (slip,) = noticing.notice(by=by, rows=[concern(to=people.refuge)])
    with acting_as(people.rita, "intake") as by:
        (there,) = queries.waiting(by)
        assert there.code == slip.code
        noticing.assign_concerns(by=by, rows=[{"pk": there.pk, "account": people.ana}])
        assert not queries.waiting(by).exists()
    with acting_as(people.ana, "intake") as by:
        (mine,) = queries.waiting(by)
        (body,) = queries.opened(by, "concern", [mine], purpose="intake")
        assert CANARY in body["narrative"]


def test_a_concern_becomes_a_child_and_its_own_key_is_destroyed(
    people: People, django_capture_on_commit_callbacks: Any
) -> None:
    with acting_as(people.ana, "intake") as by:
        noticing.notice(by=by, rows=[concern()])
        (row,) = queries.waiting(by)
        before = (row.key_id, row.place(), bytes(row.sealed))
        assert queries.search(by, given="Guadalupe", surname1="Vázquez").concerns == (row,)
    with django_capture_on_commit_callbacks(execute=True), acting_as(people.ana, "intake") as by:
        (child,) = noticing.take(by=by, rows=[{"pk": row.pk, "version": row.version}])
    with pytest.raises(Erased):
        unseal(*before)
    with acting_as(people.ana, "intake") as by:
        assert queries.who(by, child, purpose="intake")["surname1"] == "Vázquez"
        (joined,) = queries.concerns(by)
        assert joined.child_id == child.pk
        assert joined.key_id == child.key_id
        assert CANARY in queries.opened(by, "concern", [joined], purpose="intake")[0]["narrative"]
        assert queries.search(by, given="Guadalupe", surname1="Vázquez").concerns == ()
        with pytest.raises(InputProblem) as refused:
            noticing.set_aside(by=by, rows=[{"pk": row.pk, "version": joined.version, "reason": "double"}])
        assert code_of(refused) == "children.taken_already"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"area": "MX-XXX"}, "country.area_unknown"),
        ({"noticed_on": date(2190, 1, 1)}, "children.day_to_come"),
        ({"signs": [], "narrative": ""}, "children.nothing_noticed"),
        ({"narrative": "see www.example.org"}, "children.no_addresses"),
        ({"signs": ["own_blame"]}, "screens.field_wrong"),
    ],
)
def test_a_concern_that_cannot_be(people: People, more: dict[str, Any], code: str) -> None:
    with acting_as(people.ana, "intake") as by:
        with pytest.raises(InputProblem) as refused:
            noticing.notice(by=by, rows=[concern(**more)])
        assert code_of(refused) == code
        assert not queries.concerns(by).exists()
    assert Happened.objects.filter(outcome="refused", kind="concern", code=code).count() == 1


def test_two_people_see_both_versions_and_nothing_careful_is_proposed(people: People, lupita: Child) -> None:
    with acting_as(people.sofia, "supervision") as by:
        services.change(by=by, rows=[{"pk": lupita.pk, "version": 1, "safe_contact": "Never by telephone"}])
    mine = {"pk": lupita.pk, "version": 1, "safe_contact": "Call her", "language": "Zapoteco"}
    with acting_as(people.ana, "intake") as by:
        with pytest.raises(Stale) as stale, transaction.atomic():
            services.change(by=by, rows=[mine])
        found = {one.name: one for one in both(by, stale.value, mine, purpose="follow_up")}
        assert found["safe_contact"].theirs == "Never by telephone"
        assert found["safe_contact"].before == LUPITA["safe_contact"]
        assert (found["safe_contact"].pick, found["safe_contact"].careful) == ("", True)
        assert found["language"].pick == "mine"


# --- Other organisations -------------------------------------------------------------------------------------------


def agreed(*parties: int) -> Any:
    def agreement(one: int, other: int | None, purpose: str) -> bool:
        return purpose == "search" and one in parties and (other is None or other in parties)

    return rules.doors(agreement=agreement)


def test_without_an_agreement_nobody_asks(people: People, lupita: Child) -> None:
    with acting_as(people.carla, "intake") as by:
        with pytest.raises(InputProblem) as refused:
            elsewhere.ask_elsewhere(by=by, purpose="intake", known=LUPITA)
        assert code_of(refused) == "children.no_agreement"
    assert Happened.objects.filter(outcome="refused", kind="question").count() == 1


def test_known_and_unknown_get_one_answer_and_cost_the_same_queries(people: People, lupita: Child) -> None:
    from django.test.utils import CaptureQueriesContext

    answers, costs = [], []
    unknown = {"given": "Nadia", "surname1": "Domínguez", "birth_date": date(2012, 3, 4)}
    with agreed(people.refuge.pk, people.hospital.pk), acting_as(people.carla, "intake") as by:
        elsewhere.ask_elsewhere(by=by, purpose="intake", known=unknown)  # what a first time opens stays open
        for known in (LUPITA, unknown):
            with CaptureQueriesContext(connection) as asked:
                answers.append(elsewhere.ask_elsewhere(by=by, purpose="intake", known=known))
            costs.append(
                [re.sub(r"_x\d+", "", one["sql"].split(" VALUES")[0])[:60] for one in asked.captured_queries]
            )
            assert not any("vault_blindtoken" in one["sql"] for one in asked.captured_queries)
    assert answers[0] == answers[1]
    assert costs[0] == costs[1]


def test_a_match_goes_to_the_data_steward_alone(people: People, lupita: Child) -> None:
    steward = person("Diego", Role.DATA_STEWARD, of=people.hospital)
    with agreed(people.refuge.pk, people.hospital.pk):
        with acting_as(people.carla, "intake") as by:
            elsewhere.ask_elsewhere(by=by, purpose="intake", known=LUPITA)
            elsewhere.ask_elsewhere(by=by, purpose="intake", known=KEVIN)
        assert elsewhere.resolve() == 2
        assert elsewhere.resolve() == 0
    assert all(one.tokens == {} for one in Question.objects.all())
    for other in (people.carla, people.ana, people.sofia, people.adela, people.aura):
        with acting_as(other, "intake") as by:
            assert not queries.matches(by).exists()
    with acting_as(steward, "quality") as by:
        (match,) = queries.matches(by)
        assert (match.asking_id, match.holding_id) == (people.hospital.pk, people.refuge.pk)
        assert queries.child(by, match.record_id) is None
        elsewhere.settle_matches(by=by, rows=[{"pk": match.pk, "verdict": "contacted"}])
        assert Match.objects.get().settled_by_id == steward.pk


def test_an_agreement_that_does_not_name_the_holder_finds_nothing(people: People, lupita: Child) -> None:
    with agreed(people.hospital.pk):
        with acting_as(people.carla, "intake") as by:
            elsewhere.ask_elsewhere(by=by, purpose="intake", known=LUPITA)
        elsewhere.resolve()
    assert not Match.objects.exists()


def test_questions_are_limited(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elsewhere, "A_PERSON_AN_HOUR", 2)
    with agreed(people.hospital.pk), acting_as(people.carla, "intake") as by:
        for _ in range(2):
            elsewhere.ask_elsewhere(by=by, purpose="intake", known=KEVIN)
        with pytest.raises(InputProblem) as refused:
            elsewhere.ask_elsewhere(by=by, purpose="intake", known=KEVIN)
        assert code_of(refused) == "children.too_many_questions"
        with pytest.raises(InputProblem) as refused:
            elsewhere.ask_elsewhere(by=by, purpose="curiosity", known=KEVIN)
        assert code_of(refused) == "children.purpose_missing"
        with pytest.raises(InputProblem) as refused:
            elsewhere.ask_elsewhere(by=by, purpose="intake", known={"surname1": "Vázquez"})
        assert code_of(refused) == "children.too_little_known"


# --- Fields and holds ----------------------------------------------------------------------------------------------


def test_every_core_field_says_why_who_and_how_long() -> None:
    assert len(CORE_FIELDS) <= MOST
    for one in CORE_FIELDS:
        assert str(one.purpose)
        assert one.reader
        assert one.retention
        assert one.identity is (one.sealing is not None)
    assert not any("orientation" in one.name for one in CORE_FIELDS)
    models: dict[str, Any] = {
        "child": Child,
        "concern": Concern,
        "child_event": Event,
        "status": StatusDecision,
    }
    for one in CORE_FIELDS:
        if one.kind in models and one.sealing is None:
            assert models[one.kind]._meta.get_field(one.name)


def test_fields_that_nobody_fills_are_counted_and_proposed(
    people: People, lupita: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "FEW", 1)
    with acting_as(people.sofia, "quality") as by:
        assert filling.own(by).counted_at is None
    filling.count(people.refuge)
    with acting_as(people.sofia, "quality") as by:
        report = filling.own(by)
    assert report.organisation == "Refuge"
    assert [one.filled for one in report.told] == sorted(one.filled for one in report.told)
    counted = {one.name: one for one in report.told}
    assert (counted["given"].filled, counted["given"].propose_removal) == (1, False)
    assert (counted["interpreter"].filled, counted["interpreter"].propose_removal) == (0, True)
    assert (counted["age_known"].filled, counted["age_known"].of) == (1, 1)
    assert "narrative" not in counted  # no concern yet, so nothing is said of its fields
    with acting_as(people.ana, "quality") as by, pytest.raises(Forbidden):
        filling.own(by)


def test_the_data_steward_gets_counts_of_organisations_with_enough_records_only(
    people: People, lupita: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    dora = person("Dora", Role.DATA_STEWARD, of=people.hospital)
    filling.count(people.refuge)
    assert FieldCount.objects.get().filled == [], "a rare field of few records would point at a child"
    with acting_as(dora, "") as by:
        assert filling.of_all(by) == []
    monkeypatch.setattr(filling, "FEW", 1)
    filling.count(people.refuge)
    with acting_as(dora, "") as by:
        [report] = filling.of_all(by)
    assert report.organisation == "Refuge"
    assert {one.of for one in report.told} == {1}
    assert CANARY not in repr(report)
    with acting_as(people.sofia, "") as by, pytest.raises(Forbidden):
        filling.of_all(by)


def test_a_legal_hold_has_a_reason(people: People, lupita: Child) -> None:
    with acting_as(people.sofia, "supervision") as by:
        (held,) = services.hold(by=by, rows=[{"pk": lupita.pk, "version": 1, "reason": "proceedings"}])
        with pytest.raises(Stale):
            services.release(by=by, rows=[{"pk": lupita.pk, "version": 1}])
        (free,) = services.release(by=by, rows=[{"pk": lupita.pk, "version": held.version}])
        assert (free.hold, free.hold_at) == ("", None)
    with acting_as(people.ana, "intake") as by, pytest.raises(Forbidden):
        services.hold(by=by, rows=[{"pk": lupita.pk, "version": 1, "reason": "proceedings"}])


def test_history_and_tokens_lie_where_the_child_lies(people: People, lupita: Child) -> None:
    with acting_as(people.ana, "intake") as by:
        services.change(by=by, rows=[{"pk": lupita.pk, "version": 1, "surname2": "Ríos"}])
        assert list(queries.past(by, "child", lupita).values_list("number", flat=True)) == [2, 1]
        old = queries.opened(by, "child", [queries.past(by, "child", lupita)[1]], purpose="follow_up")[0]
        assert old["surname2"] == "Peñaloza"
        assert set(BlindToken.objects.values_list("scope_id", flat=True)) == {lupita.scope_id}
        values = ChildRevision.objects.values_list("values", flat=True)
        assert "Ríos" not in json.dumps(list(values), ensure_ascii=False)


def test_under_row_level_security_a_stranger_counts_nothing(
    on_postgresql: None, people: People, lupita: Child
) -> None:
    with acting_as(people.ana, "intake") as by:
        services.record_events(by=by, rows=[{"child": lupita}])
        services.decide_status(
            by=by,
            rows=[
                {"child": lupita, "status": "at_risk", "body_kind": "ngo", "body": "x", "ground": "indicators",
                 "decided_on": ago(1)}
            ],
        )  # fmt: skip
        assert Event.objects.count() == StatusDecision.objects.count() == 1
    for other in (people.berta, people.carla, people.hugo, people.adela):
        with acting_as(other, "intake"):
            counts = [
                m.objects.count() for m in (Child, Event, Concept, StatusDecision, ChildRevision, BlindToken)
            ]
            assert counts == [0] * 6
