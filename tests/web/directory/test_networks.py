"""Networks, their members, and those that the country pack brings along."""

from __future__ import annotations

import json
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from cobijo.engine.pack import PACKS, load_pack, validate_pack
from cobijo.sentences import catalogue
from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.core.accounts.roles import Role
from cobijo.web.directory.networks import services
from cobijo.web.directory.networks.models import Membership, Network
from cobijo.web.directory.organisations import services as organisations
from tests.web.directory.keepers import Keepers, body, browser, keepers
from tests.web.directory.test_organisations import imported
from tests.web.people import People, person

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/en/directory/networks/"
MEMBERS = "/en/directory/memberships/"


@pytest.fixture
def kept(people: People) -> Keepers:
    return keepers(people)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def red(kept: Keepers) -> Network:
    with acting_as(kept.cora, "") as by:
        return services.add(by=by, rows=[{"code": "red", "name": "Red Inventada"}])[0]


def test_a_network_is_added_edited_and_removed(kept: Keepers) -> None:
    page = browser(kept.cora)
    new = {"name": "Red Nueva", "code": "red-nueva", "about": "Cuida."}
    assert page.post(f"{LIST}new/", new).status_code == 302
    made = Network.objects.get(code="red-nueva")
    place = f"{LIST}{made.pk}/"
    assert page.post(f"{place}edit/", new | {"about": "Protege.", "version": 1}).status_code == 302
    assert "Protege." in body(page.get(f"{place}history/"))
    for account in (kept.people.ana, kept.people.hugo):
        assert "Red Nueva" in body(browser(account).get(LIST))
        assert browser(account).get(f"{place}edit/").status_code == 403
        assert browser(account).get(f"{place}history/").status_code == 403
    assert page.post(f"{place}remove/", {"version": 2}).status_code == 302
    assert not Network.objects.exists()


def test_members_come_go_and_come_back(kept: Keepers, red: Network) -> None:
    page = browser(kept.cora)
    new = {"network": red.pk, "member": kept.people.refuge.pk, "role": "member", "since": "2020-01-01"}
    assert page.post(f"{MEMBERS}new/", new).status_code == 302
    made = Membership.objects.get()
    shown = body(browser(kept.people.carla).get(f"/en/directory/organisations/{kept.people.refuge.pk}/"))
    assert "Red Inventada" in shown
    twice = page.post(f"{MEMBERS}new/", new)
    assert twice.status_code == 422
    assert "member of this network already" in body(twice)
    ended = new | {"until": "2021-01-01", "version": 1}
    assert page.post(f"{MEMBERS}{made.pk}/edit/", ended).status_code == 302
    assert "2021" in body(page.get(f"{MEMBERS}{made.pk}/history/"))
    assert page.post(f"{MEMBERS}new/", new | {"since": "2022-01-01"}).status_code == 302
    assert Membership.objects.count() == 2
    still = page.post(f"{LIST}{red.pk}/remove/", {"version": 1})
    assert still.status_code == 409
    assert "cannot be removed" in body(still)
    order = page.post(f"{MEMBERS}new/", new | {"since": "2023-01-01", "until": "2022-01-01"})
    assert "cannot end before it began" in body(order)


def test_networks_and_members_go_out_and_come_in(kept: Keepers, red: Network) -> None:
    text = "name,short name\nRed Dos,red-dos\n"
    assert "1 of 1 row" in imported(kept.stella, f"{LIST}import/", text)
    assert "short name" in imported(kept.stella, f"{LIST}import/", "name,short name\nRed Tres,red-dos\n")
    members = "network,member,role\nred,refuge,Member\nred,hospital,Observer\nred,refuge,member\n"
    said = imported(kept.cora, f"{MEMBERS}import/", members)
    assert "Row 4: this organisation is a member of this network already" in said
    assert "2 of 2 rows" in imported(kept.cora, f"{MEMBERS}import/", members.rsplit("red,refuge", 1)[0])
    found = json.loads(browser(kept.cora).post(f"{MEMBERS}export/", {"format": "json"}).content)
    assert [(one["member"], one["role"]) for one in found] == [
        (kept.people.refuge.pk, "member"),
        (kept.people.hospital.pk, "observer"),
    ]
    assert browser(kept.people.ana).post(f"{LIST}export/", {"format": "json"}).status_code == 403


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.CASEWORKER, Role.ADMINISTRATOR, Role.ANALYST])
def test_others_read_networks_and_write_none(kept: Keepers, red: Network, role: Role) -> None:
    with acting_as(person("Zoe", role, of=kept.people.refuge), "") as by:
        with pytest.raises(Forbidden):
            services.add(by=by, rows=[{"code": "x", "name": "x"}])
        with pytest.raises(Forbidden):
            services.add_members(by=by, rows=[{"network": red, "member": kept.people.refuge}])


# --- The country pack --------------------------------------------------------------------------------------------


def test_the_pack_is_loaded_once_and_overwrites_nothing(kept: Keepers) -> None:
    out = StringIO()
    call_command("load_directory", stdout=out)
    assert out.getvalue().startswith("1 organisations, 2 networks and 1 memberships")
    ecpat = Organisation.objects.get(code="ecpat-mexico")
    with acting_as(kept.people.adela, "") as by:
        organisations.change(by=by, rows=[{"pk": ecpat.pk, "version": 1, "name": "ECPAT México A.C."}])
    one = Membership.objects.get()
    with acting_as(kept.cora, "") as by:
        services.change_members(by=by, rows=[{"pk": one.pk, "version": 1, "until": one.made_at.date()}])
        assert services.load_pack_directory(by=by) == (0, 0, 0)
    ecpat.refresh_from_db()
    assert ecpat.name == "ECPAT México A.C."
    assert Membership.objects.count() == 1
    assert all("October 2017" in one.source for one in Network.objects.all())


def test_who_may_not_add_organisations_loads_nothing(kept: Keepers) -> None:
    with acting_as(kept.people.sofia, "") as by, pytest.raises(Forbidden):
        services.load_pack_directory(by=by)
    assert not Network.objects.exists()
    with acting_as_system("test") as by:
        assert services.load_pack_directory(by=by).networks == 2


def test_the_pack_of_mexico_names_only_what_its_source_names() -> None:
    pack = load_pack("mexico")
    assert [one.code for one in pack.networks] == ["ecpat", "derechos-infancia"]
    assert [(one.code, one.networks) for one in pack.organisations] == [("ecpat-mexico", ("ecpat",))]
    assert all(one.source and one.evidence for one in (*pack.networks, *pack.organisations))
    assert set(pack.networks[0].about) == {"es", "en"}


@pytest.mark.parametrize(
    ("file", "before", "after", "code"),
    [
        ("organisations.csv", ",civil_society,", ",club,", "pack.organisation_kind"),
        ("organisations.csv", "civil_society,,", "civil_society,MX-XXX,", "pack.organisation_area"),
        ("organisations.csv", ",,ecpat,", ",,other,", "pack.network_unknown"),
        ("organisations.csv", ",read\n", ",\n", "pack.no_evidence"),
        ("organisations.csv", "ecpat-mexico,ECPAT México", "ecpat-mexico,", "pack.empty"),
        ("organisations.csv", "ecpat-mexico,", ",", "pack.empty"),
        ("networks.csv", "derechos-infancia,", "ecpat,", "pack.doubled"),
        ("networks.csv", "ecpat,ECPAT,ECPAT,", "ecpat,,ECPAT,", "pack.empty"),
        ("networks.csv", "code,name_es", "code,nombre", "pack.column_missing"),
    ],
)
def test_a_wrong_row_of_the_pack_is_found(
    tmp_path: Path, file: str, before: str, after: str, code: str
) -> None:
    copy = tmp_path / "mexico"
    shutil.copytree(PACKS / "mexico", copy)
    text = (copy / file).read_text(encoding="utf-8")
    assert before in text
    (copy / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    found = validate_pack(copy)
    assert code in [one for one, _params in found]
    assert all(catalogue()[one].format(**params) for one, params in found)


def test_a_pack_may_do_without(tmp_path: Path) -> None:
    copy = tmp_path / "mexico"
    shutil.copytree(PACKS / "mexico", copy)
    (copy / "networks.csv").unlink()
    (copy / "organisations.csv").unlink()
    assert load_pack(copy).networks == load_pack(copy).organisations == ()
    assert validate_pack(copy) == []
