"""People who keep the directory, with what the tests of its registers share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client

from cobijo.web.core.access.context import acting_as
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from cobijo.web.directory.organisations import services as organisations
from cobijo.web.directory.organisations.models import Contact
from cobijo.web.directory.services import services
from cobijo.web.directory.services.models import Service
from tests.web.people import People, person


@dataclass
class Keepers:
    people: People
    cora: Account  # coordinator of the hospital: keeps every entry of the country
    stella: Account  # data steward, bound to Oaxaca
    own: Service  # of the refuge: its address must stay hidden
    desk: Contact  # of the refuge, public, keeps its entries
    private: Contact  # of the refuge, for itself


def keepers(people: People) -> Keepers:
    cora = person("Cora", Role.COORDINATOR, of=people.hospital)
    stella = person("Stella", Role.DATA_STEWARD, of=people.hospital, area="MX-OAX")
    with acting_as(cora, "") as by:
        [own] = services.add(
            by=by,
            rows=[
                {
                    "organisation": people.refuge, "name": "Casa Luna", "kind": "shelter", "area": "MX-OAX",
                    "address": "Calle Secreta 7", "municipality": "Tlacolula", "hidden_address": True,
                    "capacity": 3, "hours": "siempre", "phone": "951 000 0000",
                }
            ],
        )  # fmt: skip
        desk, private = organisations.add_contacts(
            by=by,
            rows=[
                {
                    "organisation": people.refuge, "post": "Coordinadora", "name": "Inés Inventada", "area": "MX-OAX",
                    "email": "ines@refuge.example", "public": True, "keeps_entries": True,
                },
                {
                    "organisation": people.refuge, "post": "Guardia", "name": "Noé Secreto", "area": "MX-OAX",
                    "phone": "951 111 1111",
                },
            ],
        )  # fmt: skip
    return Keepers(people, cora, stella, own, desk, private)


def browser(account: Account | None = None) -> Client:
    made = Client(headers={"host": "localhost", "accept-language": "en"}, raise_request_exception=True)
    if account is not None:
        made.force_login(account)
    return made


def body(answer: Any) -> str:
    return str(answer.content.decode())
