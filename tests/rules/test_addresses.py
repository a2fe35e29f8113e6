"""Over HTTP: every address, asked by nobody and by a person of every role, about records that lie everywhere.

`make test` asks one allowed and one refused place per address and role; `make prove` asks them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.access.kinds import kind_of
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.accounts.services import issue_token
from cobijo.web.core.audit.models import Event
from cobijo.web.knowledge.evidence.loading import load_evidence
from tests.rules import oracle
from tests.rules.addresses import DOOR, ENTRIES, NOTHING, OWN_PAGES, PUBLIC, Address, addresses, patterns
from tests.rules.factories import make
from tests.rules.world import PLACES, World

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NO = {403, 404}
ALL = ("list", "see", "add", "change", "remove", "export", "import", "history")
HEADERS = {"host": "localhost", "accept-language": "en"}


class Asker:
    """One person at a browser and with a key, and one record of every kind in every place."""

    def __init__(self, world: World, role: Role | None) -> None:
        self.world, self.role = world, role
        self.browser = Client(headers=HEADERS)
        self.keyed = Client(headers=HEADERS)
        self.records: dict[tuple[str, str], Any] = {}
        if role is not None:
            account = world.people[role]
            self.browser.force_login(account)
            self.keyed = Client(headers=HEADERS | {"authorization": f"Bearer {_key(account)}"})

    def record(self, kind: str, place: str) -> Any:
        if (kind, place) not in self.records:
            at = self.world.place(self.role or Role.CASEWORKER, place)
            with acting_as_system("test", scopes="all"):
                self.records[kind, place] = make(kind, at)
        return self.records[kind, place]

    def ask(self, address: Address, place: str) -> int:
        """The status of one question. What it changes is taken back."""
        record = self.record(address.kind, place) if address.takes_record else None
        with transaction.atomic():
            status = self._send(address, record).status_code
            transaction.set_rollback(True)
        return int(status)

    def _send(self, address: Address, record: Any) -> Any:
        if address.rule == "api":
            return self._send_by_key(address, record)
        named: dict[str, Any] = {}
        step = ""
        if address.rule == "entry":
            entry = ENTRIES[address.name]
            step = entry.sent
            named = ({entry.named: record.pk} if record is not None else {}) | entry.more(record)
        elif record is not None:
            named = {"pk": record.pk}
        sent = {"format": "csv", "version": getattr(record, "version", 1), "step": step}
        where = reverse(address.name, kwargs=named)
        return self.browser.post(where, sent) if address.method == "post" else self.browser.get(where)

    def _send_by_key(self, address: Address, record: Any) -> Any:
        where = reverse(address.name, kwargs={} if record is None else {"pk": record.pk})
        version = getattr(record, "version", 1)
        if address.method == "delete":
            return self.keyed.delete(f"{where}?version={version}")
        if address.method == "get":
            return self.keyed.get(where)
        sent = {"version": version} if address.method == "patch" else {}
        return getattr(self.keyed, address.method)(where, sent, content_type="application/json")


def _key(account: Any) -> str:
    """A key with everything that the person may have."""
    from cobijo.web.core.accounts.queries import actions_for_keys

    with acting_as(account, "") as by:
        actions = [f"{action}:{one.kind}" for one in actions_for_keys(by) for action in one.actions]
        [issued] = issue_token(by=by, rows=[{"name": "matrix", "actions": actions}])
    return str(issued.secret)


def _guarded() -> Iterator[Address]:
    yield from (one for one in addresses() if one.kind)


def _allowed(role: Role, address: Address) -> set[str]:
    """Where the address is open to the role; about no one record: everywhere or nowhere."""
    if not address.takes_record:
        kinds = (address.kind, *(ENTRIES[address.name].either if address.rule == "entry" else ()))
        holds = any(all(oracle.holds(role, action, kind) for action in address.actions) for kind in kinds)
        return set(PLACES) if holds else set()
    found = set(PLACES)
    for action in address.actions:
        found &= oracle.reached(role, action, address.kind)
    return found


def _cells(role: Role, *, every: bool) -> Iterator[tuple[Address, str, bool]]:
    """Address, place, whether it is allowed there."""
    for address in _guarded():
        allowed = _allowed(role, address)
        places = [one for one in PLACES if address.takes_record or one == "own"]
        if every:
            yield from ((address, one, one in allowed) for one in places)
            continue
        for wanted in (True, False):
            # From the far end where it is allowed, from the near end where not: the edge of what is reached.
            ordered = reversed(places) if wanted else places
            first = next((one for one in ordered if (one in allowed) is wanted), None)
            if first is not None:
                yield address, first, wanted


def _asserted(asker: Asker, *, every: bool) -> int:
    role = asker.role
    assert role is not None
    cells, wrong = 0, []
    for address, place, allowed in _cells(role, every=every):
        quiet = address.rule == "entry" and ENTRIES[address.name].quiet
        before = Event.objects.filter(outcome="done").count() if quiet else 0
        status = asker.ask(address, place)
        cells += 1
        if quiet and not allowed:
            # It may answer that it is done where there was nothing to do; nothing may have been done.
            if Event.objects.filter(outcome="done").count() != before:
                wrong.append((address.name, address.method, place, "something was done"))
        elif (status not in NO) is not allowed or status >= 500 or status == 405:
            wrong.append((address.name, address.method, place, f"{status}, allowed: {allowed}"))
    assert not wrong, "\n".join(map(str, wrong))
    return cells


def test_every_address_has_a_rule() -> None:
    found = list(addresses())
    assert len(found) > 60
    assert {one.kind for one in found if one.kind} >= {"service", "job", "account"}


def test_the_tables_name_no_address_that_is_gone() -> None:
    there = {name for name, _pattern in patterns()}
    assert there >= PUBLIC | OWN_PAGES | NOTHING | set(ENTRIES)
    assert all(any(name.startswith(start) for name in there) for start in DOOR)


def test_every_kind_of_an_address_is_known_and_has_an_example(world: World) -> None:
    for kind in sorted({address.kind for address in _guarded()}):
        assert kind_of(kind) is not None, kind
        with acting_as_system("test", scopes="all"):
            make(kind, world.shared["colleague"])


@pytest.mark.parametrize("role", list(Role))
def test_one_allowed_and_one_refused_of_every_address(world: World, role: Role) -> None:
    assert _asserted(Asker(world, role), every=False) > 30


@pytest.mark.prove
@pytest.mark.parametrize("role", list(Role))
def test_every_address_in_every_place(world: World, role: Role) -> None:
    print(f"{role}: {_asserted(Asker(world, role), every=True)} cells over HTTP")


def test_nobody_opens_anything_that_is_not_public(world: World) -> None:
    nobody = Asker(world, None)
    wrong = []
    for address in addresses():
        if address.rule in {"public", "door", "nothing"}:
            continue
        status = nobody.ask(address, "own") if address.kind else _plain(nobody.browser, address.name)
        # To the page of signing in, or no; by key the API says 401.
        if status not in ({401} if address.rule == "api" else {302, 403}):
            wrong.append((address.name, status))
    assert not wrong


@pytest.mark.parametrize("role", list(Role))
def test_own_pages_are_open_to_everybody_who_is_signed_in(world: World, role: Role) -> None:
    asker = Asker(world, role)
    found = {name: _plain(asker.browser, name) for name in OWN_PAGES}
    assert not {name: status for name, status in found.items() if status in NO or status >= 500}


def _plain(browser: Client, name: str) -> int:
    """An address without a record; one that only takes POST is posted to."""
    where = reverse(name)
    answer = browser.get(where)
    return int(browser.post(where).status_code if answer.status_code == 405 else answer.status_code)


@pytest.mark.parametrize("role", [None, *Role])
def test_public_pages_are_open_to_everybody_and_need_no_person(
    world: World, public: object, role: Role | None
) -> None:
    browser = Asker(world, role).browser
    named = {"file": {"name": "picture.json"}, "public:report_file": {"ending": "html"}}
    named["public:help:data"] = {"form": "json"}
    with acting_as_system("test") as by:
        load_evidence(by=by)
    named["public:figures:concept"] = {"concept": "epros"}
    named["public:figures:figure"] = {"concept": "epros", "code": "epros-2000"}
    for name in PUBLIC - {"accounts:invitation", "services:answer", "groups:feed"}:
        assert browser.get(reverse(name, kwargs=named.get(name)), follow=True).status_code == 200, name
    assert browser.get(reverse("accounts:invitation", args=["no-such-invitation"])).status_code == 410
