"""The demonstration: who can look around, where the door exists, what stands on every page."""

from __future__ import annotations

import json
import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, clear_url_caches, reverse, set_urlconf
from django.utils import timezone
from pytest_django import Settings

from cobijo.errors import Refused, WrongUsage
from cobijo.web.care.children import elsewhere
from cobijo.web.care.children.models import Concern
from cobijo.web.care.sharing.codes import SAFETY
from cobijo.web.care.sharing.models import Packet, Referral, SharingAgreement
from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.audit.models import Event
from cobijo.web.core.reactions import _reactions, on
from cobijo.web.data import ELSEWHERE, is_demonstration
from cobijo.web.directory.coverage import queries as coverage
from cobijo.web.directory.services.models import Service
from cobijo.web.directory.services.queries import stale as old_entries
from cobijo.web.operations import demo, door, invented
from tests.web.people import person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def demonstration(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A demonstration in the tests' database; its door at the address that only it has."""
    data = demo.begin(tmp_path)
    settings.DATA_DIR, settings.DEMONSTRATION, settings.KEK_FILE = data, True, data / "kek.txt"
    monkeypatch.setattr("cobijo.web.serve.make_site_ready", lambda: None)
    before = sys.modules.pop("cobijo.web.urls", None)
    clear_url_caches()
    yield data
    sys.modules.pop("cobijo.web.urls", None)
    if before is not None:
        sys.modules["cobijo.web.urls"] = before
    set_urlconf(None)
    clear_url_caches()


def visitor() -> Client:
    return Client(headers={"host": "localhost"})


def test_a_demonstration_is_made_whole(demonstration: Path) -> None:
    known = demo.make()
    assert [one["role"] for one in known] == [*Role.values, "neighbour"]
    assert demo.accounts(demonstration) == known
    assert Path(demonstration / "kek.txt").exists()
    assert (demonstration / "demonstration.json").stat().st_mode & 0o777 == 0o600
    found = Service.objects.select_related("organisation")
    assert 40 <= found.count() <= 60
    assert len({one.area for one in found}) > 20
    assert all("nventad" in one.name and "nventad" in one.phone for one in found)
    assert all("nventad" in one.organisation.name for one in found)
    old = timezone.localdate() - timedelta(days=180)
    assert {one.verified_on < old for one in found} == {
        True,
        False,
    }  # something to see for the stale ones too
    demo.make()
    assert Service.objects.count() == found.count()


def test_one_story_goes_from_a_concern_to_an_answer(demonstration: Path) -> None:
    """A visitor reads one referral to its end, and answers the other as the neighbour."""
    demo.make()
    sender, neighbour, steward = visitor(), visitor(), visitor()
    for client, role in ((sender, "caseworker"), (neighbour, "neighbour"), (steward, "data_steward")):
        assert client.post("/en/demonstration/", {"role": role}).status_code == 302
    with acting_as_system("test", scopes="all"):
        assert [str(one) for one in SharingAgreement.objects.all()] == [
            "Refugio Inventado – Casa Faro (inventada)"
        ]
        assert SharingAgreement.objects.get().state() == "in force"
        referrals = list(Referral.objects.select_related("child").order_by("pk"))
        assert [one.state for one in referrals] == ["accepted", "sent"]
        assert all(Concern.objects.get(child=one.child).state == "joined" for one in referrals)
        assert all(one.consent.verdict == "given" for one in referrals)
        waiting = Packet.objects.get(state="sent")
        pages = [f"/en/sharing/referral/{one.pk}/" for one in referrals]
    for page in pages:
        assert "Casa Faro (inventada)" in sender.get(page).content.decode()
    home = neighbour.get("/en/sharing/").content.decode()
    assert f"/en/sharing/packet/{waiting.pk}/" in home
    packet = neighbour.get(f"/en/sharing/packet/{waiting.pk}/").content.decode()
    assert "Emilio Inventado" in packet
    asked = {"step": "accept", "version": waiting.version}
    assert neighbour.post(f"/en/sharing/packet/{waiting.pk}/", asked).status_code == 302
    with acting_as_system("test", scopes="all"):
        assert Referral.objects.get(pk=referrals[1].pk).state == "accepted"
    elsewhere.resolve()
    assert "Casa Faro (inventada)" in steward.get("/en/care/matches/").content.decode()


def test_a_complaint_of_an_invented_child_reaches_the_auditor_outside(demonstration: Path) -> None:
    demo.make()
    worker, child, auditor = visitor(), visitor(), visitor()
    worker.post("/en/demonstration/", {"role": "caseworker"})
    with acting_as_system("test", scopes="all"):
        whose = Referral.objects.order_by("pk").values_list("child_id", flat=True)[0]
    page = worker.post(f"/en/sharing/child/{whose}/code/", {"safe": list(SAFETY)}).content.decode()
    [code] = re.findall(r"(?:\d{4} ){4}\d{4}", page)
    child.post("/en/n/", {"do": "open", "code": code})
    own = child.get("/en/n/").content.decode()
    [key, *_more] = re.findall(r'name="key" value="([0-9a-f]+)"', own)
    abouts = re.findall(r'<option value="([^"]+)"', own)
    assert len(abouts) == 2  # who helps, and the shelter that has no name there
    for about in abouts:
        said = {"do": "complain", "about": about, "words": "Invented", "key": key}
        assert child.post("/en/n/", said).status_code == 303
    auditor.post("/en/demonstration/", {"role": "auditor"})
    list_ = auditor.get("/en/sharing/complaints/").content.decode()
    assert "Refugio Inventado" in list_
    assert "Casa Faro (inventada)" in list_


def test_a_room_adds_its_own(demonstration: Path) -> None:
    told: list[Any] = []

    def mine(*, by: Any, accounts: Any) -> None:
        told.append((by.is_system, accounts[Role.CASEWORKER].email))

    on("demonstration", mine)
    try:
        demo.make()
        demo.make()
    finally:
        _reactions["demonstration"].remove(mine)
    assert told == [(True, "caseworker@demo.invalid")]  # once, however often the demonstration is made


def test_one_click_leads_to_the_work_page(demonstration: Path) -> None:
    demo.make()
    client = visitor()
    page = client.get("/en/demonstration/").content.decode()
    assert "Caseworker" in page
    assert "Invented data." in page
    answer = client.post("/en/demonstration/", {"role": "caseworker"})
    assert answer["Location"] == "/en/work/"
    work = client.get("/en/work/").content.decode()
    assert "Invented data." in work
    assert 'href="/en/directory/services/"' in work
    event = Event.objects.filter(action="sign_in").latest("pk")
    assert event.detail == {"door": "demonstration"}
    code = demo.code_now(_known(demonstration, "caseworker")["totp_secret"])[0]
    assert code in client.get("/en/account/second-factor/confirm/").content.decode()
    assert client.post("/en/demonstration/", {"role": "nobody"}).status_code == 404


def test_the_printed_way_is_the_real_one(demonstration: Path) -> None:
    demo.make()
    one = _known(demonstration, "administrator")
    client = visitor()
    asked = client.post("/en/account/login/", {"login": one["email"], "password": one["password"]})
    assert asked["Location"].startswith("/en/account/second-factor/show/")
    shown = client.post("/en/account/second-factor/show/", {"code": demo.code_now(one["totp_secret"])[0]})
    assert shown["Location"] == "/en/work/"


def test_the_door_is_nowhere_else(
    people: Any, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("demonstration")
    assert door.patterns() == []
    assert visitor().get("/en/demonstration/").status_code == 404
    request = RequestFactory().post("/en/demonstration/", {"role": "administrator"})
    with pytest.raises(Exception) as refused:
        door.door(request)
    assert type(refused.value).__name__ == "Http404"
    # Even where somebody copies the mark into the folder of a real site: a real account keeps the door shut.
    settings.DEMONSTRATION, settings.DATA_DIR = True, demo.begin(tmp_path)
    settings.KEK_FILE = tmp_path / "kek.txt"
    monkeypatch.setattr("cobijo.web.serve.make_site_ready", lambda: None)
    with pytest.raises(Exception) as refused:
        door.door(request)
    assert type(refused.value).__name__ == "Http404"
    with pytest.raises(Refused) as said:
        demo.make()
    assert said.value.code == "accounts.demo_only"
    assert not Account.objects.filter(email__endswith="@demo.invalid").exists()


def test_only_a_new_folder_becomes_one(tmp_path: Path, settings: Settings) -> None:
    demo.begin(tmp_path)
    with pytest.raises(WrongUsage):
        demo.begin(tmp_path)
    with pytest.raises(Refused):
        demo.make()
    assert is_demonstration(tmp_path / demo.SITE, {})
    for name in ELSEWHERE:
        assert not is_demonstration(tmp_path / demo.SITE, {name: "x"})
    assert not is_demonstration(tmp_path, {})


def test_the_code_is_that_of_rfc_6238(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo.time, "time", lambda: 1_111_111_109)
    assert demo.code_now("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") == ("081804", 1)


def test_services_are_added_once(people: Any) -> None:
    with acting_as_system("demonstration") as by:
        assert invented.add_directory(by=by) > 40
        assert invented.add_directory(by=by) == 0


def test_the_invented_directory_has_overlaps_gaps_and_old_entries_to_ask_about(people: Any) -> None:
    """What nobody can try in the demonstration, nobody sees."""
    with acting_as_system("demonstration") as by:
        invented.add_directory(by=by)
        assert {"MX-OAX", "MX-CMX", "MX-VER"} <= {one.area for one in coverage.overlaps(by)}
    cora = person("Cora", Role.COORDINATOR, of=people.hospital)  # which works in the whole country
    with acting_as(cora, "") as by:
        asked = {bool(one.organisation.contacts.all()) for one in old_entries(by)}
    assert asked == {True, False}, "some with somebody to ask, some without"


def _known(data: Path, role: str) -> dict[str, str]:
    content = json.loads((data / "demonstration.json").read_text())
    return next(one for one in content["accounts"] if one["role"] == role)
