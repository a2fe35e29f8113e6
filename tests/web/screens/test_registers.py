"""A register's pages, by the one that is real: the services of the directory."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cobijo.web.core.access.context import acting_as
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.audit.models import Event
from cobijo.web.core.screens.exporting import harmless
from cobijo.web.core.screens.models import Revision
from cobijo.web.core.screens.register import registers
from cobijo.web.core.screens.writing import Stale
from cobijo.web.directory.services import services
from cobijo.web.directory.services.models import Service
from tests.web.people import organisation
from tests.web.screens.conftest import Directory, entry

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[[Account], Client]
LIST = "/en/directory/services/"
QUERIES = Path(__file__).parent / "queries.json"


def typed(service: Service, **changes: Any) -> dict[str, Any]:
    """What a browser sends for an entry."""
    return {
        "organisation": service.organisation_id, "name": service.name, "kind": service.kind, "area": service.area,
        "municipality": service.municipality, "address": service.address, "for_whom": service.for_whom,
        "cost": service.cost, "version": service.version, "any_papers": "on",
        **({"hidden_address": "on"} if service.hidden_address else {}), **changes,
    }  # fmt: skip


def test_a_stranger_is_asked_to_sign_in(directory: Directory, reader: Client) -> None:
    answer = reader.get(LIST)
    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_the_list_is_found_sorted_and_narrowed(directory: Directory, signed_in: SignIn) -> None:
    page = signed_in(directory.people.ana)
    body = page.get(LIST).content.decode()
    assert body.index("Casa Luna") < body.index("Hospital Sol")
    body = page.get(LIST, {"sort": "-name"}).content.decode()
    assert body.index("Hospital Sol") < body.index("Casa Luna")
    assert 'aria-sort="descending"' in body
    body = page.get(LIST, {"kind": "health"}).content.decode()
    assert "Hospital Sol" in body
    assert "Casa Luna" not in body
    assert "Nothing fits" in page.get(LIST, {"q": "nobody"}).content.decode()
    assert "Casa Luna" in page.get(LIST, {"q": "luna casa"}).content.decode()


@pytest.mark.parametrize(
    "odd",
    [
        {"sort": "organisation__accounts__password"},
        {"page": "x"},
        {"page": "-3"},
        {"page": "9" * 40},
        {"kind": "' OR 1=1"},
        {"q": "\x00%"},
        {"address": "Secreta"},
    ],
)
def test_odd_questions_are_answered(directory: Directory, signed_in: SignIn, odd: dict[str, str]) -> None:
    assert signed_in(directory.people.ana).get(LIST, odd).status_code == 200


def test_a_hidden_address_is_seen_by_its_own_organisation_only(
    directory: Directory, signed_in: SignIn
) -> None:
    place = f"{LIST}{directory.own.pk}/"
    assert "Calle Secreta" in signed_in(directory.people.sofia).get(place).content.decode()
    for other in (directory.people.carla, directory.people.hugo):
        answer = signed_in(other).get(place)
        assert answer.status_code == 200
        assert "Calle Secreta" not in answer.content.decode()
        assert "Oaxaca," not in answer.content.decode()
    assert (
        "Calle Abierta"
        in signed_in(directory.people.ana).get(f"{LIST}{directory.theirs.pk}/").content.decode()
    )


def test_what_is_hidden_cannot_be_found_or_ordered_by(directory: Directory, signed_in: SignIn) -> None:
    from dataclasses import replace

    from cobijo.web.core.screens.listing import narrowed

    register = replace(registers()["service"], search=("name", "address"), filters=("hidden_address",))
    with acting_as(directory.people.carla, "") as access:
        for asked in ({"q": "Secreta"}, {"hidden_address": "yes"}):
            assert list(narrowed(access, register, asked)[0]) == []
    with acting_as(directory.people.sofia, "") as access:
        assert list(narrowed(access, register, {"q": "Secreta"})[0]) == [directory.own]


def test_an_entry_is_added_edited_and_removed(directory: Directory, signed_in: SignIn) -> None:
    page = signed_in(directory.people.sofia)
    assert page.get(f"{LIST}new/").status_code == 200
    new = {
        "organisation": directory.people.refuge.pk,
        "name": "Abogadas",
        "kind": "legal",
        "for_whom": "any",
        "cost": "free",
        "any_papers": "on",
    }
    answer = page.post(f"{LIST}new/", new)
    assert answer.status_code == 302, answer.content.decode()
    made = Service.objects.get(name="Abogadas")
    assert (made.version, made.made_by) == (1, directory.people.sofia)
    answer = page.post(f"{LIST}{made.pk}/edit/", typed(made, hours="9-17"))
    assert answer.status_code == 302, answer.content.decode()
    made.refresh_from_db()
    assert (made.version, made.hours) == (2, "9-17")
    history = page.get(f"{LIST}{made.pk}/history/").content.decode()
    assert "9-17" in history
    assert "Sofia" in history
    assert page.get(f"{LIST}{made.pk}/remove/").status_code == 200
    assert page.post(f"{LIST}{made.pk}/remove/", {"version": 1}).status_code == 409
    assert page.post(f"{LIST}{made.pk}/remove/", {"version": 2}).status_code == 302
    assert page.get(f"{LIST}{made.pk}/").status_code == 404
    kept = list(Revision.objects.filter(record_id=made.pk).order_by("number").values_list("number", "action"))
    assert kept == [(1, "add"), (2, "change"), (3, "remove")]
    told = [
        (e.action, e.ids, e.detail)
        for e in Event.objects.filter(account_id=directory.people.sofia.pk).order_by("pk")
    ]
    assert told == [
        ("add", [made.pk], {}),
        ("change", [made.pk], {"fields": ["hours"]}),
        ("remove", [made.pk], {}),
    ]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"age_from": "17", "age_to": "12"}, "The first age must not be above the last."),
        ({"name": ""}, "This field is required."),
        ({"kind": "prison"}, "prison"),
        ({"organisation": "999999"}, "Select a valid choice"),
        ({"area": "MX-XXX"}, "MX-XXX"),
        ({"verified_on": "2999-01-01"}, "a day lies in the future"),
        ({"name": "Casa Luna", "area": "MX-OAX", "municipality": "Oaxaca"}, "already"),
    ],
)
def test_a_wrong_entry_is_not_saved_and_nothing_typed_is_lost(
    directory: Directory, signed_in: SignIn, wrong: dict[str, str], says: str
) -> None:
    new = {
        "organisation": directory.people.refuge.pk, "name": "Nuevo", "kind": "legal", "for_whom": "any", "cost": "free",
        "hours": "lunes a viernes",
    }  # fmt: skip
    answer = signed_in(directory.people.sofia).post(f"{LIST}new/", new | wrong)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "lunes a viernes" in answer.content.decode()
    assert Service.objects.count() == 2


def test_two_edits_of_one_entry_show_both_versions_and_lose_nothing(
    directory: Directory, signed_in: SignIn
) -> None:
    own = directory.own
    place = f"{LIST}{own.pk}/edit/"
    ritas = typed(own, hours="noches", capacity="4", cost="paid")
    assert (
        signed_in(directory.people.sofia)
        .post(place, typed(own, hours="días", address="Calle Otra 9"))
        .status_code
        == 302
    )
    page = signed_in(directory.people.rita)
    answer = page.post(place, ritas)
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "Sofia saved this entry" in body
    for both in ("días", "noches", "Calle Secreta 7", "Calle Otra 9", "Paid"):
        assert both in body
    own.refresh_from_db()
    assert (own.version, own.hours) == (2, "días")
    chosen = ritas | {"version": 2, "asked": ["hours", "capacity", "address", "cost"]}
    again = page.post(place, chosen | {"pick_hours": "mine", "pick_capacity": "mine", "pick_cost": "mine"})
    assert again.status_code == 409, "the address was not chosen"
    picks = {"pick_hours": "mine", "pick_capacity": "mine", "pick_cost": "mine", "pick_address": "theirs"}
    assert page.post(place, chosen | picks).status_code == 302
    own.refresh_from_db()
    assert (own.version, own.hours, own.capacity, own.address, own.cost) == (
        3,
        "noches",
        4,
        "Calle Otra 9",
        "paid",
    )


def test_what_is_decided_with_care_is_never_proposed(directory: Directory, signed_in: SignIn) -> None:
    own = directory.own
    signed_in(directory.people.sofia).post(
        f"{LIST}{own.pk}/edit/", typed(own, hours="días", address="Calle Otra 9")
    )
    body = (
        signed_in(directory.people.rita)
        .post(f"{LIST}{own.pk}/edit/", typed(own, cost="paid"))
        .content.decode()
    )
    fields = {part.split('"')[0]: part for part in body.split('name="asked" value="')[1:]}
    assert "checked" not in fields["address"]
    assert 'value="theirs"' in fields["hours"].split("checked")[0]
    assert 'value="mine"' in fields["cost"].split("checked")[0]


def test_a_service_refuses_a_stale_version(directory: Directory) -> None:
    with acting_as(directory.people.sofia, "") as by:
        services.change(by=by, rows=[{"pk": directory.own.pk, "version": 1, "hours": "a"}])
        with pytest.raises(Stale):
            services.change(by=by, rows=[{"pk": directory.own.pk, "version": 1, "hours": "b"}])


def test_nobody_saves_an_entry_out_of_the_own_reach(directory: Directory, signed_in: SignIn) -> None:
    """Given to another organisation, or written for it; by the page and by the service."""
    answer = signed_in(directory.people.sofia).post(
        f"{LIST}{directory.own.pk}/edit/", typed(directory.own, organisation=directory.people.hospital.pk)
    )
    assert answer.status_code == 403
    assert "This belongs to another organisation." in answer.content.decode()
    with acting_as(directory.people.sofia, "") as by, pytest.raises(Forbidden):
        services.add(by=by, rows=[entry(directory.people.hospital, name="Ajeno")])
    with acting_as(directory.people.sofia, "") as by, pytest.raises(Forbidden):
        services.change(by=by, rows=[{"pk": directory.theirs.pk, "version": 1, "hours": "x"}])
    directory.own.refresh_from_db()
    assert directory.own.organisation_id == directory.people.refuge.pk
    assert Service.objects.count() == 2
    assert Event.objects.filter(outcome="refused", action="change", kind="service").exists()


def test_the_reach_is_checked_again_as_the_database_has_it(
    directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever moved the row between the check and the save, it does not get through."""
    elsewhere = directory.people.hospital.pk
    save = Service.save

    def moved(self: Service, *args: Any, **named: Any) -> None:
        self.organisation_id = elsewhere
        save(self, *args, **named)

    monkeypatch.setattr(Service, "save", moved)
    with pytest.raises(Forbidden), acting_as(directory.people.sofia, "") as by:
        services.change(by=by, rows=[{"pk": directory.own.pk, "version": 1, "hours": "x"}])
    directory.own.refresh_from_db()
    assert (directory.own.version, directory.own.organisation_id) == (1, directory.people.refuge.pk)


def test_a_button_that_is_not_open_says_why(directory: Directory, signed_in: SignIn) -> None:
    body = signed_in(directory.people.ana).get(LIST).content.decode()
    assert "None of your roles includes adding this." in body
    body = signed_in(directory.people.sofia).get(f"{LIST}{directory.theirs.pk}/").content.decode()
    assert "This belongs to another organisation." in body
    assert f'href="{LIST}{directory.theirs.pk}/edit/"' not in body


@pytest.mark.parametrize("page", ["new/", "{own}/edit/", "{own}/remove/", "{own}/history/"])
def test_a_page_that_is_not_open_is_refused_and_recorded(
    directory: Directory, signed_in: SignIn, page: str
) -> None:
    answer = signed_in(directory.people.ana).get(LIST + page.format(own=directory.own.pk))
    assert answer.status_code == 403
    assert Event.objects.filter(outcome="refused", account_id=directory.people.ana.pk).count() == 1


def test_exports_hold_no_formula_and_are_on_record(directory: Directory, signed_in: SignIn) -> None:
    with acting_as(directory.people.sofia, "") as by:
        services.change(
            by=by,
            rows=[
                {"pk": directory.own.pk, "version": 1, "name": '=HYPERLINK("http://x")', "phone": "+52 951"}
            ],
        )
    page = signed_in(directory.people.sofia)
    answer = page.post(f"{LIST}export/", {"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["name"] for row in rows] == ['\'=HYPERLINK("http://x")'], "the own organisation's only"
    assert rows[0]["telephone"] == "'+52 951"
    found = json.loads(page.post(f"{LIST}export/", {"format": "json"}).content)
    assert found[0]["name"] == '=HYPERLINK("http://x")'
    assert found[0]["address"] == "Calle Secreta 7"
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(page.post(f"{LIST}export/", {"format": "xlsx"}).content))
    cell = book.active["A2"]
    assert (cell.value, cell.data_type) == ('\'=HYPERLINK("http://x")', "s")
    events = Event.objects.filter(action="export", kind="service")
    assert [(e.ids, e.detail["rows"]) for e in events] == [([directory.own.pk], 1)] * 3
    assert page.get(f"{LIST}export/").status_code == 405
    assert page.post(f"{LIST}export/", {"format": "exe"}).status_code == 404


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1", "＝1"])
def test_no_cell_starts_a_formula(text: str) -> None:
    assert harmless(text).startswith("'")
    assert harmless("plain - text") == "plain - text"


def test_a_large_export_is_a_job(
    directory: Directory, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    from cobijo.web.core.jobs import outbox, running
    from cobijo.web.core.jobs.models import Job
    from cobijo.web.core.screens import exporting

    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(exporting, "AT_ONCE", 1)
    for form in exporting.FORMATS:
        answer = signed_in(directory.cora).post(f"{LIST}export/", {"format": form, "q": "a"})
        assert answer.status_code == 302
        job = Job.objects.order_by("-made_at").first()
        assert job is not None
        assert "a" not in json.dumps(job.arguments.get("q", ""))
        running.run(job.pk)
        job.refresh_from_db()
        assert (job.state, job.code, job.params) == ("done", "screens.exported", {"count": 2})
        _kept, content = outbox.fetch(by=directory.cora, job_id=job.pk)
        if form != "xlsx":
            assert b"Hospital Sol" in content


def test_the_work_page_says_what_is_due(directory: Directory, signed_in: SignIn) -> None:
    Service.objects.filter(pk=directory.own.pk).update(verified_on="2020-01-01")
    body = signed_in(directory.people.sofia).get("/en/work/").content.decode()
    assert "Make sure that the entry “Casa Luna” is still right." in body
    assert "overdue since" in body
    assert LIST in body
    assert "Nothing is due" in signed_in(directory.people.ana).get("/en/work/").content.decode()


def test_an_ordinary_register_is_short() -> None:
    """At most 60 lines each; a room may declare several in one file."""
    declared: dict[Path, int] = {}
    for register in registers().values():
        place = Path(__import__(register.queries.__module__, fromlist=["x"]).__file__).with_name("screens.py")
        declared[place] = declared.get(place, 0) + 1
    for place, count in declared.items():
        if place.exists():
            assert len(place.read_text(encoding="utf-8").splitlines()) <= 60 * count, place


def test_every_page_costs_the_queries_on_file(directory: Directory, signed_in: SignIn) -> None:
    """`queries.json` says what a page costs on each database. A page must not cost more for more rows."""
    with acting_as(directory.cora, "") as by:
        more = [organisation(f"house{n}") for n in range(5)]
        services.add(by=by, rows=[entry(more[n % 5], name=f"Casa {n}") for n in range(60)])
    own = directory.own.pk
    page = signed_in(directory.people.sofia)
    pages = {
        "service:list": LIST,
        "service:list filtered": f"{LIST}?q=casa&kind=shelter&page=2",
        "service:new": f"{LIST}new/",
        "service:import": f"{LIST}import/",
        "service:detail": f"{LIST}{own}/",
        "service:edit": f"{LIST}{own}/edit/",
        "service:history": f"{LIST}{own}/history/",
        "service:remove": f"{LIST}{own}/remove/",
        "work": "/en/work/",
    }
    found = {}
    for name, place in pages.items():
        page.get(place)
        with CaptureQueriesContext(connection) as queries:
            assert page.get(place).status_code == 200
        found[name] = len(queries)
    on_file = json.loads(QUERIES.read_text(encoding="utf-8"))
    if os.environ.get("COBIJO_WRITE_QUERIES"):  # to be read in the diff and justified there
        on_file[connection.vendor] |= found
        QUERIES.write_text(json.dumps(on_file, indent=1) + "\n", encoding="utf-8")
    assert found == {name: on_file[connection.vendor][name] for name in found}
