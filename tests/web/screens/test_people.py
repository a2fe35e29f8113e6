"""A register of protected records with sealed identities: who sees a name, what is on record, and what nobody finds."""

from __future__ import annotations

import csv
import io
import json
import logging
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from allauth.account.internal.flows import login as records
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.models import Scope
from cobijo.web.core.access.scopes import desk_of
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.services import issue_token
from cobijo.web.core.audit.models import Event
from cobijo.web.core.screens import history
from cobijo.web.core.screens.identity import known_of
from cobijo.web.core.vault import ring
from cobijo.web.core.vault.models import BlindToken
from cobijo.web.core.vault.queries import find
from tests.web import demo_person, guard
from tests.web.demo_person import KIND, DemoPerson, DemoPersonRevision
from tests.web.people import People

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LIST = "/en/demo/people/"
QUERIES = Path(__file__).with_name("queries.json")
CANARY = "Xochiquetzalcanaria"
CHILD = {
    "given": f"{CANARY} Guadalupe",
    "surname1": "Vázquez",
    "surname2": "Peñaloza",
    "birth_date": "2012-03-04",
    "official_id": "VAPX120304MOCZXNA1",
}
PLAIN = {"status": "open", "area": "MX-OAX", "risk": "low", "opened_on": "2026-01-05"}
SignIn = Callable[[Account], Client]


def added(account: Account, *changes: dict[str, Any]) -> list[Any]:
    with acting_as(account, "follow_case") as by:
        return demo_person.add(by=by, rows=[CHILD | PLAIN | one for one in changes or ({},)])


def events(action: str, account: Account) -> list[Event]:
    return list(Event.objects.filter(action=action, kind=KIND, account_id=account.pk).order_by("pk"))


# --- Who sees a name


def test_a_list_shows_names_for_its_purpose_and_says_so_once(children: People, signed_in: SignIn) -> None:
    made = added(children.ana, {}, {"given": "Rosa"}, {"given": "Luz"})
    before = len(events("see_identity", children.ana))
    body = signed_in(children.ana).get(LIST).content.decode()
    assert f"{CANARY} Guadalupe Vázquez Peñaloza" in body
    assert "Rosa Vázquez" in body
    (event,) = events("see_identity", children.ana)[before:]
    assert (event.purpose, sorted(event.ids)) == ("follow_case", sorted(one.pk for one in made))


def test_whoever_may_not_see_a_name_sees_a_neutral_reference(children: People, signed_in: SignIn) -> None:
    (one,) = added(children.ana)
    with acting_as(children.sofia, "follow_case") as by:
        demo_person.change(by=by, rows=[{"pk": one.pk, "version": 1, "scope_id": desk_of(children.rita).pk}])
    page = signed_in(children.rita)
    for place in (LIST, f"{LIST}{one.pk}/", f"{LIST}{one.pk}/edit/", f"{LIST}{one.pk}/history/"):
        answer = page.get(place)
        assert answer.status_code == 200, place
        body = answer.content.decode()
        assert f"Person {one.pk}" in body, place
        for hidden in (CANARY, "Vázquez", "2012", CHILD["official_id"]):
            assert hidden not in body, place
    assert 'name="q"' not in page.get(LIST).content.decode()
    assert not events("see_identity", children.rita)
    answer = page.post(f"{LIST}{one.pk}/edit/", PLAIN | {"version": 2, "area": "MX-PUE"})
    assert answer.status_code == 302, "the rest can be edited without the name"
    with acting_as(children.rita, "follow_case") as by, pytest.raises(Forbidden):
        demo_person.change(by=by, rows=[{"pk": one.pk, "version": 3, "given": "Otra"}])
    with acting_as(children.sofia, "follow_case") as by:
        again = DemoPerson.objects.get(pk=one.pk)
        assert demo_person_body(by, again)["given"] == CHILD["given"]


def demo_person_body(access: Any, record: Any) -> dict[str, Any]:
    from cobijo.web.core.screens.identity import attach

    attach(access, KIND, [record])
    return dict(record.identity)


def test_a_stranger_and_a_colleague_find_nothing(children: People, signed_in: SignIn) -> None:
    (one,) = added(children.ana)
    for other in (children.berta, children.carla):
        page = signed_in(other)
        assert CANARY not in page.get(LIST).content.decode()
        assert page.get(f"{LIST}{one.pk}/").status_code == 404
        assert CANARY not in page.post(LIST, {"q": f"{CANARY} Vázquez"}).content.decode().replace(
            f'value="{CANARY} Vázquez"', ""
        )


# --- Finding


def test_a_search_goes_by_the_blind_index_and_leaves_no_address(children: People, signed_in: SignIn) -> None:
    added(
        children.ana, {}, {"given": "Lupita", "surname2": "Luna", "status": "waiting"}, {"surname1": "Soto"}
    )
    page = signed_in(children.ana)
    with_name = page.post(LIST, {"q": "Guadalupe Vázquez"}).content.decode()
    assert with_name.index(CANARY) < with_name.index("Lupita Vázquez"), "the best fit comes first"
    assert "Soto" not in with_name
    assert "q=" not in with_name, "no address on the page repeats what was asked"
    narrowed = page.post(LIST, {"q": "Guadalupe Vázquez", "status": "waiting"}).content.decode()
    assert "Lupita" in narrowed
    assert CANARY not in narrowed.replace("Guadalupe Vázquez", "")
    assert CANARY in page.post(LIST, {"q": "vapx120304moczxna1"}).content.decode()
    assert "Nothing fits" in page.post(LIST, {"q": "Vázquez"}).content.decode(), "one surname finds nobody"
    assert CANARY in page.get(LIST, {"q": "Soto"}).content.decode(), "a search in the address is not heard"
    assert page.post(LIST, {"q": "%' OR 1=1 --"}).status_code == 200


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("Guadalupe Vázquez", {"name": "Guadalupe Vázquez"}),
        ("Vázquez 2012", {"name": "Vázquez", "birth_year": 2012}),
        ("Vázquez 04/03/2012", {"name": "Vázquez", "birth_year": 2012}),
        ("Vázquez 2012-03-04", {"name": "Vázquez", "birth_year": 2012}),
        ("VAPX120304MOCZXNA1", {"name": "", "official_id": "VAPX120304MOCZXNA1"}),
        ("12", {"name": ""}),
    ],
)
def test_what_is_typed_is_a_name_a_year_or_an_id(words: str, known: dict[str, Any]) -> None:
    assert known_of(words) == known


# --- Writing


def test_a_person_is_added_edited_found_and_removed(children: People, signed_in: SignIn) -> None:
    page = signed_in(children.sofia)
    answer = page.post(f"{LIST}new/", CHILD | PLAIN)
    assert answer.status_code == 302, answer.content.decode()
    pk = int(answer["Location"].rstrip("/").rsplit("/", 1)[1])
    body = page.get(f"{LIST}{pk}/edit/").content.decode()
    assert CHILD["given"] in body
    assert "2012-03-04" in body
    answer = page.post(f"{LIST}{pk}/edit/", CHILD | PLAIN | {"version": 1, "given": "Rosa", "risk": "high"})
    assert answer.status_code == 302, answer.content.decode()
    with acting_as(children.sofia, "follow_case") as by:
        one = DemoPerson.objects.get(pk=pk)
        assert (one.version, one.risk, one.sealed_version) == (2, "high", 2)
        assert demo_person_body(by, one)["given"] == "Rosa"
        assert find(by, "search", kind=KIND, given="Rosa", surname1="Vázquez") == [pk]
        assert find(by, "search", kind=KIND, given=CANARY, surname1="Vázquez") == []
    assert events("change", children.sofia)[-1].detail == {"fields": ["given", "risk"]}
    assert page.post(f"{LIST}{pk}/edit/", CHILD | PLAIN | {"version": 2, "given": ""}).status_code == 422
    assert page.post(f"{LIST}{pk}/remove/", {"version": 2}).status_code == 302
    with acting_as(children.sofia, "follow_case") as by:
        assert find(by, "search", kind=KIND, given="Rosa", surname1="Vázquez") == []
        assert not BlindToken.objects.filter(kind=KIND).exists()


def test_a_value_too_long_is_refused_and_never_cut_off(children: People) -> None:
    from cobijo.errors import InputProblem

    for wrong in ({"given": "x" * 81}, {"status": "x" * 11}, {"birth_date": "31/31/2012"}, {"given": ""}):
        with pytest.raises(InputProblem) as found:
            added(children.ana, wrong)
        assert found.value.params["row"] == 1
        assert next(iter(wrong)) == found.value.params["field"]
        assert "__cause__" not in str(found.value)
        assert found.value.__cause__ is None or "x" * 81 not in str(found.value.__cause__)


def test_two_edits_of_one_name_show_both_and_lose_nothing(children: People, signed_in: SignIn) -> None:
    (one,) = added(children.ana)
    place = f"{LIST}{one.pk}/edit/"
    sofias = CHILD | PLAIN | {"version": 1, "given": "Rosa"}
    assert signed_in(children.sofia).post(place, sofias).status_code == 302
    page = signed_in(children.ana)
    anas = CHILD | PLAIN | {"version": 1, "given": "Luz", "area": "MX-PUE"}
    answer = page.post(place, anas)
    body = answer.content.decode()
    assert answer.status_code == 409
    for said in ("Rosa", "Luz", CHILD["given"], "Puebla"):
        assert said in body
    chosen = anas | {"version": 2, "asked": ["given", "area"], "pick_given": "theirs", "pick_area": "mine"}
    assert page.post(place, chosen).status_code == 302
    with acting_as(children.ana, "follow_case") as by:
        one = DemoPerson.objects.get(pk=one.pk)
        assert (demo_person_body(by, one)["given"], one.area) == ("Rosa", "MX-PUE")


# --- History


def test_history_says_that_a_name_changed_and_shows_it_on_demand_only(
    children: People, signed_in: SignIn
) -> None:
    (one,) = added(children.ana)
    with acting_as(children.ana, "follow_case") as by:
        demo_person.change(by=by, rows=[{"pk": one.pk, "version": 1, "given": "Rosa", "risk": "medium"}])
        demo_person.change(by=by, rows=[{"pk": one.pk, "version": 2, "risk": "high"}])
        kept = list(DemoPersonRevision.objects.filter(record_id=one.pk).order_by("number"))
        assert [row.sealed_version for row in kept] == [1, 2, 2]
        assert CANARY.encode() not in b"".join(bytes(row.sealed) for row in kept)
        assert CANARY not in json.dumps([row.values for row in kept])
    page = signed_in(children.ana)
    place = f"{LIST}{one.pk}/history/"
    body = page.get(place).content.decode()
    assert CANARY not in body
    assert body.count("Show what it said") == 2, "when it was added and when the name changed"
    before = len(events("see_identity", children.ana))
    confirm(page, seconds_ago=3600)
    assert page.post(place, {"version": 2}).status_code == 302, "asked once more who it is"
    confirm(page)
    body = page.post(place, {"version": 2}).content.decode()
    assert f"{CANARY} Guadalupe" in body
    last = events("see_identity", children.ana)[before:]
    assert {tuple(event.ids) for event in last} <= {(one.pk,), (one.pk, one.pk)}
    assert last[-1].purpose == "follow_case"
    rita = children.rita
    with acting_as(children.sofia, "follow_case") as by:
        demo_person.change(by=by, rows=[{"pk": one.pk, "version": 3, "scope_id": desk_of(rita).pk}])
    page = signed_in(rita)
    assert "Show what it said" not in page.get(place).content.decode()
    confirm(page)
    assert page.post(place, {"version": 2}).status_code == 403
    assert events("see_identity", rita)[-1].outcome == "refused"


def confirm(page: Client, seconds_ago: int = 0) -> None:
    """As after showing the second factor again."""
    session = page.session
    session[records.AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "mfa", "type": "totp", "at": time.time() - seconds_ago, "reauthenticated": True}
    ]
    session.save()


def test_the_past_moves_with_its_record(children: People) -> None:
    (one,) = added(children.ana)
    ritas = desk_of(children.rita).pk
    with acting_as(children.sofia, "follow_case") as by:
        demo_person.change(by=by, rows=[{"pk": one.pk, "version": 1, "risk": "high"}])
        demo_person.change(by=by, rows=[{"pk": one.pk, "version": 2, "scope_id": ritas}])
        assert find(by, "search", kind=KIND, given=CANARY, surname1="Vázquez") == [one.pk]
        assert set(BlindToken.objects.values_list("scope_id", flat=True)) == {ritas}
    with acting_as(children.ana, "follow_case") as by:
        assert list(history_of(by)) == []
        assert find(by, "search", kind=KIND, given=CANARY, surname1="Vázquez") == []
    with acting_as(children.rita, "follow_case") as by:
        assert [(row.number, row.scope_id) for row in history_of(by)] == [(3, ritas), (2, ritas), (1, ritas)]


def history_of(access: Any) -> Any:
    from cobijo.web.core.access.policy import visible

    record = visible(access, KIND, DemoPerson.objects.all()).first()
    return history._rows(KIND, record) if record is not None else []


def test_the_database_itself_guards_the_past(children: People, on_postgresql: None) -> None:
    """Row-level security, with the policy of the application out of the way."""
    added(children.ana)
    for other, seen in ((children.ana, 1), (children.sofia, 1), (children.berta, 0), (children.carla, 0)):
        with acting_as(other, "follow_case"):
            assert DemoPersonRevision.objects.count() == seen
            assert DemoPerson.objects.count() == seen
    stolen = {
        "kind": KIND, "record_id": 1, "number": 1, "at": "2026-01-01T00:00:00Z", "account_id": children.carla.pk,
        "action": "add", "values": {}, "scope": Scope.objects.get(pk=desk_of(children.ana).pk),
        "key_id": UUID(int=0), "sealed": b"", "sealed_version": 1,
    }  # fmt: skip
    with pytest.raises(DatabaseError, match="row-level security"), acting_as(children.carla, "follow_case"):
        DemoPersonRevision.objects.create(**stolen)


# --- Export and API


def test_an_export_has_names_only_where_asked_and_allowed(children: People, signed_in: SignIn) -> None:
    (one,) = added(children.ana)
    page = signed_in(children.sofia)
    plain = page.post(f"{LIST}export/", {"format": "csv"}).content.decode("utf-8-sig")
    assert CANARY not in plain
    assert "2012" not in plain
    assert f"Person {one.pk}" in plain
    assert not events("see_identity", children.sofia)
    for form in ("csv", "json", "xlsx"):
        content = page.post(f"{LIST}export/", {"format": form, "identities": "on"}).content
        if form == "csv":
            [row] = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
            assert (row["given names"], row["official id"]) == (CHILD["given"], CHILD["official_id"])
        if form == "json":
            assert json.loads(content)[0]["birth_date"] == "2012-03-04"
    assert [(e.detail.get("identities", False), e.ids) for e in events("export", children.sofia)] == [
        (False, [one.pk]), *[(True, [one.pk])] * 3
    ]  # fmt: skip
    assert len(events("see_identity", children.sofia)) == 3
    with acting_as(children.sofia, "follow_case") as by:
        demo_person.change(by=by, rows=[{"pk": one.pk, "version": 1, "scope_id": desk_of(children.rita).pk}])
    page = signed_in(children.rita)
    assert page.post(f"{LIST}export/", {"format": "csv", "identities": "on"}).status_code == 403
    assert CANARY not in page.post(f"{LIST}export/", {"format": "csv"}).content.decode()


def test_a_large_export_with_names_is_a_job_that_reads_them_on_record(
    children: People, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    from cobijo.web.core.jobs import outbox, running
    from cobijo.web.core.jobs.models import Job
    from cobijo.web.core.screens import exporting

    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(exporting, "AT_ONCE", 1)
    monkeypatch.setattr(running, "Thread", _NoThread)  # the beat would look past this test's transaction
    added(children.ana, {}, {"given": "Rosa"})
    for identities in ({}, {"identities": "on"}):
        signed_in(children.sofia).post(f"{LIST}export/", {"format": "csv", **identities})
        job = Job.objects.order_by("-made_at").first()
        assert job is not None
        running.run(job.pk)
        _kept, content = outbox.fetch(by=children.sofia, job_id=job.pk)
        assert (CANARY in content.decode()) == bool(identities)
    assert len(events("see_identity", children.sofia)) == 1


class _NoThread:
    def __init__(self, **_named: Any) -> None: ...
    def start(self) -> None: ...
    def join(self, timeout: float = 0) -> None: ...


def test_the_api_gives_names_to_a_key_that_may_read_them(children: People) -> None:
    (one,) = added(children.ana)
    reads = [f"{action}:{KIND}" for action in ("list", "see", "history", "change")]
    shy = key(children.ana, reads)
    bold = key(children.ana, [*reads, f"see_identity:{KIND}", f"add:{KIND}"])
    place = "/api/demo/people"
    said = shy.get(f"{place}/{one.pk}").json()
    assert (said["name"], "given" in said) == (f"Person {one.pk}", False)
    assert CANARY not in shy.post(f"{place}/search", {}, content_type="application/json").content.decode()
    said = bold.get(f"{place}/{one.pk}").json()
    assert (said["given"], said["birth_date"]) == (CHILD["given"], "2012-03-04")
    asked = {"q": "Guadalupe Vázquez", "status": "open"}
    found = bold.post(f"{place}/search", asked, content_type="application/json").json()
    assert [row["id"] for row in found["results"]] == [one.pk]
    assert bold.get(place, {"q": "Guadalupe Vázquez"}).status_code == 405, "no name in an address"
    answer = bold.patch(f"{place}/{one.pk}", {"given": "Rosa", "version": 1}, content_type="application/json")
    assert (answer.status_code, answer.json()["given"], answer.json()["surname1"]) == (200, "Rosa", "Vázquez")
    answer = bold.post(place, CHILD | PLAIN, content_type="application/json")
    assert answer.status_code == 201, answer.content
    told = bold.get(f"{place}/{one.pk}/history").json()
    assert [edit["identity_changed"] for edit in told] == [True, True]
    assert CANARY not in json.dumps(told)


def key(account: Account, actions: list[str]) -> Client:
    with acting_as(account, "") as by:
        [issued] = issue_token(by=by, rows=[{"name": "test", "actions": actions}])
    return Client(headers={"host": "localhost", "authorization": f"Bearer {issued.secret}"})


# --- Without the key


def test_a_locked_vault_is_said_and_no_name_is_shown_or_written(
    children: People, signed_in: SignIn, vault: Path
) -> None:
    (one,) = added(children.ana)
    page = signed_in(children.ana)
    vault.unlink()
    ring.forget()
    for place in (
        LIST,
        f"{LIST}{one.pk}/",
        f"{LIST}new/",
        f"{LIST}{one.pk}/edit/",
        f"{LIST}{one.pk}/history/",
    ):
        body = page.get(place).content.decode()
        assert "the key file is missing" in body, place
        assert CANARY not in body
    answer = page.post(f"{LIST}new/", CHILD | PLAIN)
    assert answer.status_code == 422
    assert "the key file is missing" in answer.content.decode()
    assert CHILD["given"] in answer.content.decode(), "what was typed is still there"
    answer = page.post(f"{LIST}{one.pk}/edit/", PLAIN | {"version": 1, "risk": "high"})
    assert answer.status_code == 302, "what is not sealed can be edited"
    answer = page.post(LIST, {"q": "Guadalupe Vázquez"})
    assert answer.status_code == 200
    with acting_as(children.ana, "follow_case"):
        assert DemoPerson.objects.get().risk == "high"


# --- The canary


def test_no_name_lies_open_anywhere(
    children: People, signed_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    page = signed_in(children.sofia)
    places = []
    answer = page.post(f"{LIST}new/", CHILD | PLAIN)
    places.append(answer["Location"])
    pk = answer["Location"].rstrip("/").rsplit("/", 1)[1]
    page.post(LIST, {"q": f"{CANARY} Vázquez"})
    page.post(f"{LIST}{pk}/edit/", CHILD | PLAIN | {"version": 1, "surname2": "Luna"})
    page.post(f"{LIST}{pk}/edit/", CHILD | PLAIN | {"version": 1, "given": f"{CANARY} Otra"})
    page.post(f"{LIST}{pk}/edit/", CHILD | PLAIN | {"version": 2, "birth_date": CANARY})
    page.post(f"{LIST}export/", {"format": "json", "identities": "on"})
    page.post(f"{LIST}{pk}/history/", {"version": 2})
    assert CANARY not in " ".join(places) + caplog.text
    assert_nowhere_plain(CANARY)


def assert_nowhere_plain(*words: str) -> None:
    """No table of either database holds the words, as text or as bytes."""
    with acting_as_system("canary", scopes="all"), guard.as_owner():
        for alias in ("default", "keys"):
            with connections[alias].cursor() as cursor:
                for table in connections[alias].introspection.table_names(cursor):
                    cursor.execute(f'SELECT * FROM "{table}"')
                    said = b"|".join(as_bytes(cell) for row in cursor.fetchall() for cell in row)
                    assert not [one for one in words if one.encode() in said], table


def as_bytes(cell: Any) -> bytes:
    return bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()


def test_history_of_open_kinds_is_append_only(db: None) -> None:
    from cobijo.web.core.screens.models import Revision

    made = Revision.objects.create(
        kind="service",
        record_id=1,
        number=1,
        at="2026-01-01T00:00:00Z",
        account_id=0,
        action="add",
        values={},
    )
    for attempt in (
        lambda: Revision.objects.filter(pk=made.pk).update(values={"name": "x"}),
        lambda: Revision.objects.filter(pk=made.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert Revision.objects.get().values == {}


def test_every_page_of_people_costs_the_queries_on_file(
    children: People, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More rows and more names cost no more queries."""
    monkeypatch.setattr(ring, "PULSE_SECONDS", 3600.0)  # once a second the key store is asked for its pulse
    added(children.ana, *({"given": f"Persona {n}"} for n in range(60)))
    with acting_as(children.ana, "follow_case"):
        one = DemoPerson.objects.order_by("pk")[0]
    page = signed_in(children.ana)
    pages = {
        "people:list": (LIST, None),
        "people:list searched": (LIST, {"q": "Persona Vázquez"}),
        "people:detail": (f"{LIST}{one.pk}/", None),
        "people:edit": (f"{LIST}{one.pk}/edit/", None),
        "people:history": (f"{LIST}{one.pk}/history/", None),
        "people:reveal": (f"{LIST}{one.pk}/history/", {"version": 1}),
    }
    found = {}
    for name, (place, posted) in pages.items():
        for _turn in range(2):
            with (
                CaptureQueriesContext(connection) as queries,
                CaptureQueriesContext(connections["keys"]) as keys,
            ):
                answer = page.post(place, posted) if posted else page.get(place)
            assert answer.status_code == 200
        found[name] = len(queries) + len(keys)
    on_file = json.loads(QUERIES.read_text(encoding="utf-8"))
    if os.environ.get("COBIJO_WRITE_QUERIES"):  # to be read in the diff and justified there
        on_file[connection.vendor] |= found
        QUERIES.write_text(json.dumps(on_file, indent=1) + "\n", encoding="utf-8")
    assert found == {name: on_file[connection.vendor][name] for name in found}
