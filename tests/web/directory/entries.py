"""A small country of services, with everything in it that must stay out of sight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from cobijo.web.core.access.context import acting_as
from cobijo.web.core.accounts.models import Account, Organisation
from cobijo.web.core.accounts.roles import Role
from cobijo.web.directory.services import services
from cobijo.web.directory.services.models import Service
from tests.web.people import People, organisation, person

#: None of these may be in a page, file or answer that leaves the own organisation.
SECRETS = ("Secreta", "Oculta", "Pueblo Quieto", "Escondida")
UNSEEN_BY_THE_PUBLIC = ("Casa Privada", "Casa Cerrada", "Casa Terminada", "Casa Delatora")


@dataclass
class Country:
    people: People
    cora: Account  # coordinator: keeps every entry
    third: Organisation

    def add(self, **more: Any) -> Service:
        with acting_as(self.cora, "") as by:
            return services.add(by=by, rows=[self.entry(**more)])[0]

    def entry(self, **more: Any) -> dict[str, Any]:
        said = {"organisation": self.people.refuge, "name": "Casa Luna", "kind": "shelter", "area": "MX-OAX"}
        return said | {"verified_on": timezone.localdate()} | more


def make_country(people: People) -> Country:
    cora = person("Cora", Role.COORDINATOR, of=people.hospital)
    return Country(people, cora, organisation("tercera"))


def plant(country: Country) -> None:
    """A hidden address, a shelter without the tick, a service that is not public, one that ended, closed houses."""
    address = {"address": "Calle Secreta 7", "municipality": "Pueblo Quieto"}
    country.add(name="Casa Oscura", hidden_address=True, public=True, phone="951 111 2222", **address)
    country.add(name="Casa Sin Marca", public=True, address="Avenida Oculta 3", municipality="Pueblo Quieto")
    country.add(name="Casa Privada", kind="legal", public=False)
    country.add(name="Casa Delatora Escondida 9", hidden_address=True, public=True, address="Escondida 9")
    country.add(
        name="Casa Terminada", kind="legal", public=True, ended_on=timezone.localdate() - timedelta(days=3)
    )
    country.add(organisation=country.third, name="Casa Cerrada", kind="legal", public=True)
    Organisation.objects.filter(pk=country.third.pk).update(active=False)
    country.add(
        name="Clínica Sol", kind="health", public=True, address="Plaza Abierta 1", municipality="Oaxaca de Juárez",
        phone="951 333 4444 ext. 5; 800 000 0000", hours="8 a 20", age_from=6, age_to=17, disability=True,
    )  # fmt: skip
    country.add(name="Línea Todas", kind="hotline", area="", public=True, phone="800 123 4567")


def browser(account: Account | None, language: str = "en") -> Client:
    made = Client(headers={"host": "localhost", "accept-language": language}, raise_request_exception=True)
    if account is not None:
        made.force_login(account)
    return made
