"""People for tests. Ana owns the record, Berta is her colleague, Carla is a stranger from another organisation."""

from __future__ import annotations

from dataclasses import dataclass

from cobijo.web.core.access.models import Scope
from cobijo.web.core.access.scopes import desk_of, tray_of
from cobijo.web.core.accounts.models import Account, Holding, Organisation
from cobijo.web.core.accounts.roles import Role


def organisation(code: str, *, kind: str = "ngo", area: str = "") -> Organisation:
    made = Organisation.objects.get_or_create(
        code=code, defaults={"name": code.title(), "kind": kind, "area": area}
    )
    tray_of(made[0].pk)
    return made[0]


def person(name: str, *roles: Role | str, of: Organisation, area: str = "") -> Account:
    """An account with these roles and, where a role works at one, a desk. It has no password."""
    account = Account.objects.create(email=f"{name.lower()}@{of.code}.example", name=name, organisation=of)
    for role in roles:
        Holding.objects.create(account=account, role=role, area=area)
        if role in {Role.CASEWORKER, Role.SUPERVISOR, Role.RECEIVING_SERVICE}:
            desk_of(account)
    return account


@dataclass(frozen=True)
class People:
    refuge: Organisation
    hospital: Organisation
    ana: Account  # caseworker of the refuge: owner
    berta: Account  # caseworker of the refuge: colleague
    carla: Account  # caseworker of the hospital: stranger
    sofia: Account  # supervisor of the refuge
    hugo: Account  # health worker of the hospital
    rita: Account  # receiving service at the refuge
    adela: Account  # administrator at the refuge
    aura: Account  # auditor

    @property
    def desk(self) -> Scope:
        return desk_of(self.ana)

    @property
    def tray(self) -> Scope:
        return tray_of(self.refuge.pk)


def make_people() -> People:
    refuge, hospital = organisation("refuge", area="MX-OAX"), organisation("hospital", kind="health")
    return People(
        refuge=refuge,
        hospital=hospital,
        ana=person("Ana", Role.CASEWORKER, of=refuge),
        berta=person("Berta", Role.CASEWORKER, of=refuge),
        carla=person("Carla", Role.CASEWORKER, of=hospital),
        sofia=person("Sofia", Role.SUPERVISOR, of=refuge),
        hugo=person("Hugo", Role.HEALTH_WORKER, of=hospital),
        rita=person("Rita", Role.RECEIVING_SERVICE, of=refuge),
        adela=person("Adela", Role.ADMINISTRATOR, of=refuge),
        aura=person("Aura", Role.AUDITOR, of=hospital),
    )
