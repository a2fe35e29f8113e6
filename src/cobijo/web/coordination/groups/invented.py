"""Invented groups for the demonstration: one that hardly ever meets, one that does. Every name says so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from cobijo.web.coordination.groups import services
from cobijo.web.coordination.groups.models import Group
from cobijo.web.coordination.groups.rules import today
from cobijo.web.core.access.context import Access, acting_as
from cobijo.web.core.accounts.models import Account, Organisation
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.dates import months_after

SOURCE = "Inventado para la demostración"


def add_mine(*, by: Access, accounts: Mapping[Role, Account]) -> None:
    """Once: where a group is entered already, nothing is added."""
    if Group.objects.exists():
        return
    with acting_as(accounts[Role.COORDINATOR], "demonstration") as mine:
        _fill(mine)


def _fill(by: Access) -> None:
    now = today()
    known = {one.code: one for one in Organisation.objects.filter(code__startswith="demo")}
    home = Organisation.objects.get(pk=by.organisation_id)
    slow, steady, young = services.add(
        by=by,
        rows=[
            {
                "name": "Mecanismo Nacional (inventado)", "kind": "mechanism", "cadence_months": 3,
                "mandate": "Coordinar a las autoridades y organizaciones del país inventado.",
                "legal_ground": "Acuerdo inventado", "since": months_after(now, -48), "source": SOURCE,
            },
            {
                "name": "Grupo de trabajo del Sur (inventado)", "kind": "regional", "area": "MX-OAX",
                "mandate": "Preparar reformas de ley en el sur inventado.", "cadence_months": 2,
                "since": months_after(now, -14), "source": SOURCE,
            },
            {
                "name": "Foro de niñas, niños y adolescentes (inventado)", "kind": "children",
                "mandate": "Decir qué hace falta y revisar lo que se prometió.", "cadence_months": 6,
                "since": months_after(now, -12), "source": SOURCE,
            },
        ],
    )  # fmt: skip
    health, law, coast = (known.get(code, home) for code in ("demo-salud", "demo-derecho", "demo-costa"))
    services.add_seats(
        by=by,
        rows=[
            {"group": slow, "office": "Secretaría técnica", "organisation": home, "sent_list": "sent"},
            {"group": slow, "office": "Salud", "organisation": health, "sent_list": "waiting"},
            {"group": slow, "office": "Sociedad civil"},
            {"group": slow, "office": "Fiscalía", "organisation": law, "until": now - timedelta(days=90)},
            {"group": steady, "office": "Costa", "organisation": coast, "sent_list": "sent"},
            {"group": young, "office": "Acompañamiento adulto", "organisation": home},
        ],
    )  # fmt: skip
    days = (
        *((slow, months_after(now, -months)) for months in (41, 19)),
        *((steady, months_after(now, -months)) for months in (13, 11, 9, 7, 5, 3, 1)),
        (young, months_after(now, -4)),
    )
    past = services.plan(
        by=by, rows=[{"group": one, "on": on, "agenda": "Orden del día inventado"} for one, on in days]
    )
    past = services.hold(
        by=by,
        rows=[
            {
                "pk": one.pk, "version": one.version, "minutes": "Minuta inventada: se acordó lo que sigue.",
                "present": list(one.group.seats.values_list("pk", flat=True))[:1],
            }
            for one in past
        ],
    )  # fmt: skip
    services.plan(
        by=by,
        rows=[
            {"group": steady, "on": now + timedelta(days=9), "place": "Sala inventada 2", "agenda": "1. Avances"},
            {"group": young, "on": now + timedelta(days=40), "place_kind": "remote"},
        ],
    )  # fmt: skip
    services.decide_on(
        by=by,
        rows=[
            {"meeting": past[1], "text": "Pedir a cada autoridad su lista del año (inventado)", "organisation": home,
             "due_on": now - timedelta(days=200)},
            {"meeting": past[1], "text": "Preparar un protocolo de atención (inventado)", "organisation": health,
             "due_on": now - timedelta(days=30)},
            {"meeting": past[8], "text": "Capacitar a fiscalías del sur (inventado)", "organisation": coast,
             "due_on": now + timedelta(days=20)},
        ],
    )  # fmt: skip
