"""Invented requests for the demonstration: a draft, one that waits, one overdue, one that climbed, one answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from cobijo.web.coordination.groups.models import Decision
from cobijo.web.coordination.groups.rules import today
from cobijo.web.coordination.requests import services
from cobijo.web.coordination.requests.models import Request
from cobijo.web.core.access.context import Access, acting_as
from cobijo.web.core.accounts.models import Account, Organisation
from cobijo.web.core.accounts.roles import Role
from cobijo.web.directory.networks import services as networks
from cobijo.web.directory.networks.models import Membership, Network


def add_mine(*, by: Access, accounts: Mapping[Role, Account]) -> None:
    """Once: where a request is entered already, nothing is added."""
    if Request.objects.exists():
        return
    with acting_as(accounts[Role.COORDINATOR], "demonstration") as mine:
        _fill(mine)


def _fill(by: Access) -> None:
    now = today()
    known = {one.code: one for one in Organisation.objects.filter(code__startswith="demo")}
    home = Organisation.objects.get(pk=by.organisation_id)
    health, office = (known.get(code, home) for code in ("demo-salud", "demo-proteccion"))
    if home in (health, office):
        return
    decision = Decision.objects.order_by("pk").first()
    common = {"organisation": home, "legal_ground": "Ley inventada, artículo inventado"}
    draft, late, climbed, answered = services.add(
        by=by,
        rows=[
            common | {
                "title": "Refugios para el sur (inventado)", "addressee": office, "area": "MX-CHP",
                "text": "Pedimos al menos un refugio con atención especializada. Esta petición es inventada.",
            },
            common | {
                "title": "Lista del año que falta (inventada)", "addressee": health, "area": "MX-JAL", "public": True,
                "text": "El grupo pidió la lista del año a cada autoridad. Faltan los servicios de salud inventados.",
                "deadline": "information", "decision": decision,
            },
            common | {
                "title": "Detenciones que se repiten (inventada)", "addressee": office, "area": "",
                "text": "Tres patrones inventados se repiten desde hace dos trimestres. Pedimos que se investiguen.",
                "deadline": "federal-procedure",
            },
            common | {
                "title": "Protocolo de primer contacto (inventado)", "addressee": health, "area": "MX-MIC",
                "public": True, "deadline": "petition",
                "text": "Pedimos que el protocolo inventado llegue a todas las clínicas.",
            },
        ],
    )  # fmt: skip
    days = {late.pk: 130, climbed.pk: 200, answered.pk: 60}
    sent = services.send(
        by=by,
        rows=[{"pk": pk, "version": 1, "on": now - timedelta(days=ago)} for pk, ago in days.items()],
    )
    assert draft.pk not in {one.pk for one in sent}
    supporters = _network(by, [known[code] for code in ("demo-derecho", "demo-costa") if code in known])
    services.escalate(
        by=by,
        rows=[
            {"pk": climbed.pk, "version": 2, "rung": "superior", "on": now - timedelta(days=80),
             "supporters": supporters,
             "answer_by": now - timedelta(days=50), "note": "Se pidió a la persona titular inventada que responda."},
        ],
    )  # fmt: skip
    services.answer(
        by=by,
        rows=[{"pk": answered.pk, "version": 2, "on": now - timedelta(days=20),
               "answer": "Dicen que el protocolo inventado llegará a la mitad de las clínicas."}],
    )  # fmt: skip
    services.grade(
        by=by,
        rows=[
            {
                "pk": answered.pk,
                "version": 3,
                "grade": "part",
                "reason": "Falta la otra mitad y no dan fecha.",
            }
        ],
    )


def _network(by: Access, members: Sequence[Organisation]) -> list[Membership]:
    """An invented network, whose members stand behind a step of the ladder."""
    if not members or Network.objects.filter(code="demo-red").exists():
        return []
    said = {
        "code": "demo-red",
        "name": "Red por la Niñez (inventada)",
        "source": "Inventada para la demostración",
    }
    [network] = networks.add(by=by, rows=[said])
    return networks.add_members(by=by, rows=[{"network": network, "member": one} for one in members])
