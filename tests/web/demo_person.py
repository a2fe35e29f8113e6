"""A protected and sealed register for tests and the benchmark: invented people, as a room of care has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

from django.db import models
from django.db.models import QuerySet
from django.utils.timezone import localdate

from cobijo.errors import InputProblem
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.grants import ORGANISATION, OWN, Grant, granting, may
from cobijo.web.core.access.kinds import forget_kind, register_kind
from cobijo.web.core.access.models import Protected
from cobijo.web.core.access.policy import visible
from cobijo.web.core.access.row_rules import of_many_kinds, of_one_kind
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.screens import history, writing
from cobijo.web.core.screens.identity import SealedFields, by_identity
from cobijo.web.core.screens.models import SealedRevision
from cobijo.web.core.screens.register import Column, Group, Register, forget_screens, register_screens
from cobijo.web.core.vault import indexing
from cobijo.web.core.vault.models import Sealed

KIND = "demo_person"
STATUS = [("open", "Open"), ("waiting", "Waiting"), ("closed", "Closed")]
RISK = [("low", "Low"), ("medium", "Medium"), ("high", "High")]
AREAS = [("MX-OAX", "Oaxaca"), ("MX-PUE", "Puebla"), ("MX-CHP", "Chiapas")]


class DemoPerson(Sealed, Protected):
    sealed_fields: ClassVar = SealedFields(
        given=models.CharField("given names", max_length=80),
        surname1=models.CharField("first surname", max_length=80, blank=True),
        surname2=models.CharField("second surname", max_length=80, blank=True),
        birth_date=models.DateField("date of birth", null=True, blank=True),
        official_id=models.CharField("official id", max_length=20, blank=True),
    )

    status = models.CharField("status", max_length=10, choices=STATUS, default="open")
    area = models.CharField("state", max_length=16, choices=AREAS, blank=True)
    risk = models.CharField("risk", max_length=8, choices=RISK, default="low")
    opened_on = models.DateField("opened", default=localdate)

    class Meta:
        app_label = "access"
        db_table = "demo_person"
        verbose_name = "person"
        indexes = (models.Index(fields=("opened_on", "id"), name="demo_person_newest"),)

    def __str__(self) -> str:
        return f"Person {self.pk}"


class DemoPersonRevision(SealedRevision):
    class Meta(SealedRevision.Meta):
        app_label = "access"
        db_table = "demo_person_revision"


GRANTS: dict[Role, tuple[Grant, ...]] = {
    Role.CASEWORKER: may("list, see, see_identity, add, change, history, import", KIND, OWN),
    Role.SUPERVISOR: may(
        "list, see, see_identity, add, change, remove, export, import, history", KIND, ORGANISATION
    ),
    Role.RECEIVING_SERVICE: may("list, see, change, history, export", KIND, OWN),
}


def known(identity: Mapping[str, Any]) -> dict[str, Any]:
    born = identity.get("birth_date")
    names = {one: identity.get(one) or "" for one in ("given", "surname1", "surname2", "official_id")}
    return {**names, "birth_year": int(born[:4]) if born else None}


def persons(access: Access) -> QuerySet[DemoPerson]:
    return visible(access, KIND, DemoPerson.objects.all())


def check_person(by: Access, one: Any, row: int) -> None:
    if one.status == "closed" and one.risk == "high":
        raise InputProblem("screens.field_wrong", row=row, field="status")


def add(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Rows of the fields; they lie on the own desk unless they say where."""
    return writing.add_rows(
        by=by, kind=KIND, rows=[{"scope_id": min(by.own), **row} for row in rows], rule=check_person
    )


def change(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    return writing.change_rows(by=by, kind=KIND, rows=rows, rule=check_person)


def remove(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> int:
    return writing.remove_rows(by=by, kind=KIND, rows=rows)


REGISTER = Register(
    kind=KIND,
    path="demo/people",
    section="Demonstration",
    title="People",
    lead="Invented people.",
    empty="Nobody yet.",
    model=DemoPerson,
    queries=persons,
    columns=(Column("name", "Name", identity=True), "status", "area", "risk", "opened_on"),
    groups=(
        Group("Who", ("given", "surname1", "surname2", "birth_date", "official_id")),
        Group("What", ("status", "area", "risk", "opened_on")),
    ),
    add=add,
    change=change,
    remove=remove,
    search=by_identity,
    filters=("status", "area", "risk"),
    sort="-opened_on",
    careful=frozenset({"risk", "status"}),
    purpose="follow_case",
)


def register() -> Register:
    """Make the kind, its index, its history and its screens known; done again, it changes nothing."""
    register_kind(KIND, model=DemoPerson, protected=True, identity_fields=DemoPerson.sealed_fields)
    indexing.register_index(KIND, model=DemoPerson, purposes=("search",), known=known)
    history.register_revisions(KIND, DemoPersonRevision)
    return register_screens(REGISTER)


def forget() -> None:
    forget_kind(KIND)
    indexing._indexes.pop(KIND, None)
    history._tables.pop(KIND, None)
    forget_screens(KIND)


@contextmanager
def registered() -> Iterator[Register]:
    """For one test."""
    try:
        with granting(GRANTS):
            yield register()
    finally:
        forget()


def make_tables() -> None:
    """The tables under row-level security, as a migration would make them; made already, they stay."""
    from tests.web import guard

    guard.make_table(DemoPerson, of_one_kind(KIND, author="changed_by_id", under=None))
    past = DemoPersonRevision._meta.db_table
    guard.make_table(DemoPersonRevision, of_many_kinds(past, author="account_id", key_of="demo_person"))
