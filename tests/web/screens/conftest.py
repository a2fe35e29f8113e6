"""People who keep the directory, their entries, and browsers in which they are signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from cobijo.web.core.access.context import acting_as
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.vault import custody, ring
from cobijo.web.directory.services import services
from cobijo.web.directory.services.models import Service
from tests.web import demo_person
from tests.web.people import People, person


def entry(organisation: object, **more: object) -> dict[str, object]:
    return {"organisation": organisation, "name": "Casa Luna", "kind": "shelter", "area": "MX-OAX"} | more


@dataclass
class Directory:
    people: People
    cora: Account  # coordinator of the hospital: keeps every entry of the country
    own: Service  # of Ana's and Sofia's refuge
    theirs: Service  # of the hospital


@pytest.fixture
def directory(people: People) -> Directory:
    cora = person("Cora", Role.COORDINATOR, of=people.hospital)
    with acting_as(cora, "") as by:
        hidden = {"address": "Calle Secreta 7", "municipality": "Oaxaca", "hidden_address": True}
        own, theirs = services.add(
            by=by,
            rows=[
                entry(people.refuge, **hidden),
                entry(
                    people.hospital,
                    name="Hospital Sol",
                    kind="health",
                    area="MX-PUE",
                    address="Calle Abierta 1",
                ),
            ],
        )
    return Directory(people, cora, own, theirs)


@pytest.fixture
def signed_in() -> Callable[[Account], Client]:
    def client(account: Account) -> Client:
        made = Client(headers={"host": "localhost", "accept-language": "en"}, raise_request_exception=True)
        made.force_login(account)
        return made

    return client


# --- People whose names are sealed: the register of `tests.web.demo_person`


@pytest.fixture
def vault(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """An open vault; gives its key file."""
    settings.KEK_FILE, settings.KEK_COMMAND = tmp_path / "kept" / "kek.txt", ""
    _fresh()
    custody.make_kek()
    yield settings.KEK_FILE
    _fresh()


@pytest.fixture
def children(vault: Path, people: People, settings: Settings) -> Iterator[People]:
    """The register of invented people, with its pages and its API, and an open vault."""
    with demo_person.registered():
        settings.ROOT_URLCONF = "tests.web.demo_urls"
        yield people


def _fresh() -> None:
    """As a process that has just started."""
    custody._held = None
    ring.forget()
    ring._pulse, ring._pulse_at = None, 0.0
