"""Organisations, contacts and areas of work: the registers, who sees what, closing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from cobijo.errors import CobijoError, Refused
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import decide
from cobijo.web.core.accounts.models import Account, Organisation
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.audit.models import Event
from cobijo.web.core.jobs import running
from cobijo.web.core.jobs.models import Job
from cobijo.web.core.screens.models import Revision
from cobijo.web.core.screens.writing import Stale
from cobijo.web.directory.organisations import queries, services
from cobijo.web.directory.organisations.models import Contact, WorkArea
from cobijo.web.directory.services import queries as service_queries
from cobijo.web.directory.services import services as service_writes
from tests.web.directory.keepers import Keepers, body, browser, keepers
from tests.web.people import People, organisation, person

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/en/directory/organisations/"


@pytest.fixture
def kept(people: People) -> Keepers:
    return keepers(people)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


def sent(html: str) -> dict[str, str]:
    """What a browser sends of the last form of a page that is left as it is."""
    form = html.rsplit('<form method="post"', 1)[1].split("</form>")[0]
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    for name, options in re.findall(r'<select[^>]*?name="(\w+)"(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"\s+selected', options)
        found[name] = chosen[1] if chosen else ""
    found.pop("csrfmiddlewaretoken", None)
    return found


def imported(account: Account, place: str, text: str) -> str:
    """Hand in a table, let it be tried, import it if all is in order; what the trial's page said."""
    page = browser(account)
    kept = page.post(place, {"table": SimpleUploadedFile("t.csv", text.encode())})
    assert kept.status_code == 302, body(kept)
    said = body(page.post(place, sent(body(page.get(kept["Location"])))))
    if 'value="import"' in said:
        answer = page.post(place, sent(said) | {"step": "import"})
        assert answer.status_code == 302, body(answer)
        job = Job.objects.latest("made_at")
        running.run(job.pk)
        job.refresh_from_db()
        assert job.state == "done", job.code
    return " ".join(re.sub(r"<[^>]+>", " ", said).split())


# --- Organisations -----------------------------------------------------------------------------------------------


def test_an_organisation_is_added_edited_and_its_history_is_kept(kept: Keepers) -> None:
    page = browser(kept.people.adela)
    new = {"name": "Casa Sol", "code": "casa-sol", "kind": "ngo", "area": "MX-PUE"}
    assert page.post(f"{LIST}new/", new).status_code == 302
    made = Organisation.objects.get(code="casa-sol")
    place = f"{LIST}{made.pk}/"
    assert page.get(f"{place}edit/").status_code == 200
    assert page.post(f"{place}edit/", new | {"name": "Casa del Sol", "version": 1}).status_code == 302
    made.refresh_from_db()
    assert made.name == "Casa del Sol"
    said = body(page.get(f"{place}history/"))
    assert "Casa Sol" in said
    assert "Casa del Sol" in said
    told = Event.objects.filter(kind="organisation", account_id=kept.people.adela.pk).order_by("pk")
    assert [(one.action, one.ids, one.detail) for one in told] == [
        ("add", [made.pk], {}),
        ("change", [made.pk], {"fields": ["name"]}),
    ]
    assert "Casa del Sol" in body(browser(kept.people.hugo).get(LIST, {"kind": "ngo", "q": "sol"}))


def test_the_first_edit_keeps_what_was_said_before(kept: Keepers) -> None:
    refuge = kept.people.refuge
    with acting_as(kept.people.adela, "") as by:
        services.change(by=by, rows=[{"pk": refuge.pk, "version": 0, "name": "Refugio"}])
        with pytest.raises(Stale):
            services.change(by=by, rows=[{"pk": refuge.pk, "version": 0, "name": "Otro"}])
        assert queries.organisations(by).get(pk=refuge.pk).version == 1
    kept_ = Revision.objects.filter(kind="organisation", record_id=refuge.pk).order_by("number")
    assert [(one.number, one.values["name"]) for one in kept_] == [(0, "Refuge"), (1, "Refugio")]


def test_two_edits_of_an_organisation_show_both(kept: Keepers) -> None:
    refuge = kept.people.refuge
    page = browser(kept.people.adela)
    typed = {"name": "Uno", "code": "refuge", "kind": "ngo", "area": "MX-OAX", "version": 0}
    assert page.post(f"{LIST}{refuge.pk}/edit/", typed).status_code == 302
    answer = page.post(f"{LIST}{refuge.pk}/edit/", typed | {"name": "Dos"})
    assert answer.status_code == 409
    assert "Uno" in body(answer)
    assert "Dos" in body(answer)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.ADMINISTRATOR, {"list", "see", "add", "change", "remove", "export", "import", "history"}),
        (Role.COORDINATOR, {"list", "see", "add", "export", "import", "history"}),
        (Role.ANALYST, {"list", "see", "export"}),
        (Role.AUDITOR, {"list", "see", "history"}),
        (Role.SUPERVISOR, {"list", "see"}),
        (Role.CASEWORKER, {"list", "see"}),
    ],
)
def test_who_may_what_with_organisations(kept: Keepers, role: Role, may: set[str]) -> None:
    who = person("Zoe", role, of=kept.people.hospital)
    with acting_as(who, "") as access:
        actions = ("list", "see", "add", "change", "remove", "export", "import", "history")
        assert {one for one in actions if decide(access, one, "organisation", kept.people.refuge)} == may


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": "REFUGE"}, "there is an organisation of this name already"),
        ({"code": "refuge"}, "already"),
        ({"code": "with space"}, "valid"),
        ({"kind": "cult"}, "cult"),
        ({"area": "MX-XXX"}, "MX-XXX"),
        ({"name": ""}, "required"),
    ],
)
def test_a_wrong_organisation_is_answered_with_one_sentence(
    kept: Keepers, wrong: dict[str, str], says: str
) -> None:
    typed = {"name": "Nueva", "code": "nueva", "kind": "ngo", "area": ""} | wrong
    answer = browser(kept.cora).post(f"{LIST}new/", typed)
    assert answer.status_code == 422
    assert says in body(answer)
    assert not Organisation.objects.filter(name="Nueva").exists()


def test_organisations_go_out_and_come_in(kept: Keepers) -> None:
    text = "name,short name,kind,area\nCasa Mar,casa-mar,Non-governmental organisation,Veracruz\n"
    assert "1 of 1 row" in imported(kept.cora, f"{LIST}import/", text)
    assert Organisation.objects.get(code="casa-mar").area == "MX-VER"
    found = json.loads(browser(kept.cora).post(f"{LIST}export/", {"format": "json"}).content)
    assert {one["code"] for one in found} == {"refuge", "hospital", "casa-mar"}
    assert {one["version"] for one in found if one["code"] == "casa-mar"} == {1}
    assert browser(kept.people.sofia).post(f"{LIST}export/", {"format": "json"}).status_code == 403
    twice = "name,short name,kind\nCasa Rio,casa-rio,ngo\nCASA RIO,casa-rio-2,ngo\n"
    assert "of this name already" in imported(kept.cora, f"{LIST}import/", twice)


def test_the_page_shows_all_that_hangs_on_it(kept: Keepers) -> None:
    place = f"{LIST}{kept.people.refuge.pk}/"
    seen = body(browser(kept.people.carla).get(place))
    assert seen.count("<h1") == 1
    for there in ("Casa Luna", "Coordinadora", "Inés Inventada", "It is in no network"):
        assert there in seen
    for hidden in ("Guardia", "Noé", "Calle Secreta", "Tlacolula"):
        assert hidden not in seen
    assert "Noé Secreto" in body(browser(kept.people.sofia).get(place))
    assert browser(kept.people.carla).get(f"{LIST}999999/").status_code == 404


# --- Closing -----------------------------------------------------------------------------------------------------


def test_closing_hides_services_and_deletes_nothing(kept: Keepers) -> None:
    people = kept.people
    adela = person("Ada", Role.ADMINISTRATOR, of=people.hospital)
    page = browser(adela)
    place = f"{LIST}{people.refuge.pk}/close/"
    assert "1 service is offered to nobody" in body(page.get(place))
    with acting_as(kept.cora, "") as access:
        assert kept.own in service_queries.offered(access)
    assert page.post(place, {"version": "x"}).status_code == 409
    assert page.post(place, {"version": 0}).status_code == 302
    people.refuge.refresh_from_db()
    assert not people.refuge.active
    with acting_as(kept.cora, "") as by:
        assert kept.own not in service_queries.offered(by)
        assert kept.own in service_queries.services(by)
        new = {"organisation": people.refuge, "name": "Otra", "kind": "legal"}
        with pytest.raises(CobijoError, match=r"services\.organisation_closed"):
            service_writes.add(by=by, rows=[new])
        with pytest.raises(CobijoError, match=r"organisations\.closed"):
            services.add_contacts(by=by, rows=[{"organisation": people.refuge, "post": "x", "phone": "1"}])
        with pytest.raises(CobijoError, match=r"organisations\.closed"):
            services.add_work_areas(by=by, rows=[{"organisation": people.refuge, "area": "MX-OAX"}])
    assert "This organisation is closed" in body(page.get(f"{LIST}{people.refuge.pk}/"))
    assert "organisation closed" in body(page.get("/en/directory/services/"))
    assert page.post(place, {"version": 1}).status_code == 302
    people.refuge.refresh_from_db()
    assert people.refuge.active


def test_nobody_closes_the_own_organisation_or_the_last_administrator(kept: Keepers) -> None:
    people = kept.people
    with acting_as(people.adela, "") as by, pytest.raises(Refused, match=r"organisations\.close_own"):
        services.close(by=by, rows=[{"pk": people.refuge.pk, "version": 0}])
    with acting_as(kept.cora, "") as by, pytest.raises(Forbidden):
        services.close(by=by, rows=[{"pk": people.refuge.pk, "version": 0}])
    from cobijo.web.core.access.context import acting_as_system

    with acting_as_system("test") as by, pytest.raises(Refused, match=r"accounts\.last_administrator"):
        services.close(by=by, rows=[{"pk": people.refuge.pk, "version": 0}])


# --- Contacts ----------------------------------------------------------------------------------------------------

CONTACTS = "/en/directory/contacts/"


def test_others_see_only_contacts_that_are_marked(kept: Keepers) -> None:
    for account, sees in (
        (kept.people.carla, False),
        (kept.people.aura, False),
        (kept.people.ana, True),
        (kept.cora, True),
        (kept.stella, True),
    ):
        page = browser(account)
        assert "Inés Inventada" in body(page.get(CONTACTS))
        assert ("Noé Secreto" in body(page.get(CONTACTS))) is sees, account.name
        one = page.get(f"{CONTACTS}{kept.private.pk}/")
        assert one.status_code == (200 if sees else 404)
        who = page.get(f"/en/who/contact/{kept.private.pk}/")
        assert "Noé" not in body(who)
    assert "Guardia" not in body(browser(kept.people.carla).get(CONTACTS, {"q": "Noé"}))


def test_what_is_not_public_of_a_public_contact_stays_with_its_organisation(kept: Keepers) -> None:
    seen = body(browser(kept.people.carla).get(f"{CONTACTS}{kept.desk.pk}/"))
    assert "ines@refuge.example" in seen
    assert "not shown to you" in seen, "whether it keeps the entries"


def test_a_contact_is_added_edited_and_removed(kept: Keepers) -> None:
    page = browser(kept.people.sofia)
    new = {"organisation": kept.people.refuge.pk, "post": "Recepción", "phone": "951"}
    assert page.post(f"{CONTACTS}new/", new).status_code == 302
    made = Contact.objects.get(post="Recepción")
    assert not made.public
    place = f"{CONTACTS}{made.pk}/"
    assert page.post(f"{place}edit/", new | {"phone": "952", "version": 1}).status_code == 302
    assert "952" in body(page.get(f"{place}history/"))
    assert page.post(f"{place}remove/", {"version": 2}).status_code == 302
    assert not Contact.objects.filter(pk=made.pk).exists()
    assert browser(kept.people.ana).get(f"{CONTACTS}new/").status_code == 403
    other = new | {"organisation": kept.people.hospital.pk}
    assert page.post(f"{CONTACTS}new/", other).status_code == 403
    assert not Contact.objects.filter(organisation=kept.people.hospital).exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"phone": ""}, "Give a telephone or an e-mail address"),
        ({"keeps_entries": "on"}, "needs an e-mail address"),
        ({"email": "nobody"}, "valid email"),
        ({"post": "Guardia", "name": "Noé Secreto", "area": "MX-OAX"}, "already"),
        ({"post": ""}, "required"),
    ],
)
def test_a_wrong_contact_is_answered_with_one_sentence(
    kept: Keepers, wrong: dict[str, str], says: str
) -> None:
    typed = {"organisation": kept.people.refuge.pk, "post": "Nueva", "phone": "1"} | wrong
    answer = browser(kept.people.sofia).post(f"{CONTACTS}new/", typed)
    assert answer.status_code == 422
    assert says in body(answer)
    assert Contact.objects.count() == 2


def test_contacts_go_out_and_come_in(kept: Keepers) -> None:
    text = "organisation,post,telephone\nrefuge,Cocina,1\nrefuge,Puerta,\nrefuge,Cocina,2\n"
    assert "Row 3" in imported(kept.people.sofia, f"{CONTACTS}import/", text)
    assert "1 of 1 row" in imported(kept.people.sofia, f"{CONTACTS}import/", text.split("refuge,P")[0])
    found = json.loads(browser(kept.people.sofia).post(f"{CONTACTS}export/", {"format": "json"}).content)
    assert {one["post"] for one in found} == {"Coordinadora", "Guardia", "Cocina"}
    theirs = json.loads(browser(kept.people.hugo).post(f"{CONTACTS}export/", {"format": "json"}).content)
    assert theirs == []


# --- Areas of work -----------------------------------------------------------------------------------------------


def test_states_are_ticked_on_one_page(kept: Keepers) -> None:
    place = f"{LIST}{kept.people.refuge.pk}/states/"
    page = browser(kept.people.sofia)
    assert page.post(place, {"area": ["MX-OAX", "MX-PUE"]}).status_code == 302
    assert "Oaxaca, Puebla." in body(page.get(f"{LIST}{kept.people.refuge.pk}/"))
    assert page.post(place, {"area": ["MX-PUE", "MX-VER"]}).status_code == 302
    mine = WorkArea.objects.filter(organisation=kept.people.refuge)
    assert set(mine.values_list("area", flat=True)) == {"MX-PUE", "MX-VER"}
    kinds = Event.objects.filter(kind="work_area").order_by("pk").values_list("action", "count")
    assert list(kinds) == [("add", 2), ("remove", 1), ("add", 1)]
    wrong = page.post(place, {"area": ["MX-XXX"]})
    assert wrong.status_code == 422
    assert "is no state of the country" in body(wrong)
    assert browser(kept.people.ana).get(place).status_code == 403
    stranger = person("Sara", Role.SUPERVISOR, of=kept.people.hospital)
    assert browser(stranger).post(place, {"area": []}).status_code == 403
    assert mine.count() == 2
    listed = body(browser(kept.people.hugo).get("/en/directory/areas/", {"area": "MX-VER"}))
    assert "Refuge" in listed
    assert "Nothing fits" in body(browser(kept.people.hugo).get("/en/directory/areas/", {"area": "MX-OAX"}))


def test_a_steward_reaches_the_area_of_the_role_only(kept: Keepers) -> None:
    with acting_as(kept.stella, "") as by:
        services.add_work_areas(by=by, rows=[{"organisation": kept.people.hospital, "area": "MX-OAX"}])
        with pytest.raises(Forbidden):
            services.add_work_areas(by=by, rows=[{"organisation": kept.people.hospital, "area": "MX-PUE"}])


def test_areas_go_out_and_come_in(kept: Keepers) -> None:
    text = "organisation,state\nrefuge,Oaxaca\nhospital,Puebla\n"
    assert "2 of 2 rows" in imported(kept.cora, "/en/directory/areas/import/", text)
    found = json.loads(browser(kept.cora).post("/en/directory/areas/export/", {"format": "json"}).content)
    assert [one["area"] for one in found] == ["MX-OAX", "MX-PUE"]
    assert "works there" in imported(kept.cora, "/en/directory/areas/import/", text)


@pytest.mark.parametrize(
    "make",
    [
        lambda of: Contact(organisation=of, post="x"),
        lambda of: Contact(organisation=of, post="x", phone="1", keeps_entries=True),
        lambda of: WorkArea(organisation=of, area=""),
    ],
)
def test_the_database_holds_it_too(people: People, make: Callable[[Organisation], Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make(organisation("refuge")).save()
