"""Invented organisations and services for the demonstration: enough for a list, a map with gaps and a page of help.

Nothing here exists; every name says so, and no telephone number can be dialled.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from django.utils import timezone

from cobijo.web.core.access.context import Access
from cobijo.web.core.accounts import services as accounts
from cobijo.web.core.accounts.commands import DEMO
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.directory.organisations.services import add_contacts
from cobijo.web.directory.services import services
from cobijo.web.directory.services.models import Service

SEED = 2025
#: Short name, name, kind, seat, and what it offers where. States that appear nowhere stay without any service.
ORGANISATIONS: tuple[tuple[str, str, str, str, tuple[tuple[str, str], ...]], ...] = (
    (DEMO, "Refugio Inventado", "ngo", "MX-OAX", (
        ("shelter", "MX-OAX MX-CHP MX-PUE"), ("mental_health", "MX-OAX MX-CHP"), ("legal", "MX-OAX"),
        ("reintegration", "MX-OAX MX-CHP"),
    )),
    ("demo-faro", "Casa Faro (inventada)", "civil_society", "MX-VER", (
        ("shelter", "MX-VER MX-TAB"), ("health", "MX-VER"), ("hotline", ""), ("social", "MX-VER MX-TAB"),
    )),
    ("demo-salud", "Servicios de Salud Inventados", "health", "MX-JAL", (
        ("health", "MX-JAL MX-NAY MX-COL MX-MIC"), ("mental_health", "MX-JAL MX-MIC"),
    )),
    ("demo-derecho", "Abogadas por la Niñez (inventada)", "ngo", "MX-CMX", (
        ("legal", "MX-CMX MX-MEX MX-MOR MX-HID"), ("social", "MX-CMX"), ("prevention", "MX-MEX"),
    )),
    ("demo-puente", "Puente Norte (inventado)", "civil_society", "MX-BCN", (
        ("shelter", "MX-BCN MX-SON MX-CHH"), ("social", "MX-BCN MX-SON"), ("reintegration", "MX-CHH"),
        ("legal", "MX-BCN"),
    )),
    ("demo-escuela", "Escuela Abierta Inventada", "academia", "MX-NLE", (
        ("education", "MX-NLE MX-COA MX-TAM"), ("prevention", "MX-NLE MX-TAM"),
    )),
    ("demo-proteccion", "Procuraduría Inventada", "child_protection", "MX-GUA", (
        ("legal", "MX-GUA MX-QUE MX-SLP"), ("social", "MX-GUA MX-QUE MX-SLP MX-AGU"),
    )),
    ("demo-costa", "Red Costa Inventada", "ngo", "MX-ROO", (
        ("shelter", "MX-ROO MX-YUC"), ("mental_health", "MX-ROO"), ("prevention", "MX-ROO MX-YUC MX-GRO"),
        ("health", "MX-GRO"),
    )),
    # The last one does what others do in the same states, so that the page of overlaps has something to say.
    ("demo-aliada", "Colectivo Aliada (inventado)", "civil_society", "MX-OAX", (
        ("legal", "MX-OAX MX-CMX"), ("mental_health", "MX-OAX"), ("social", "MX-VER"),
    )),
)  # fmt: skip
#: The page of old entries says of this one that it has nobody to ask.
WITHOUT_CONTACT = frozenset({"demo-salud"})
NAMES = {
    "shelter": "Casa de acogida (inventada)",
    "health": "Consulta médica (inventada)",
    "mental_health": "Acompañamiento psicológico (inventado)",
    "legal": "Representación jurídica (inventada)",
    "social": "Trabajo social (inventado)",
    "education": "Escuela y taller (inventados)",
    "hotline": "Línea de ayuda (inventada)",
    "reintegration": "Regreso a la familia (inventado)",
    "prevention": "Talleres de prevención (inventados)",
}


def add_directory(*, by: Access) -> int:
    """Add them where there is no service yet; returns how many."""
    if Service.objects.exists():
        return 0
    known = {one.code: one for one in Organisation.objects.all()}
    new = [
        {"code": code, "name": name, "kind": kind, "area": area}
        for code, name, kind, area, _offers in ORGANISATIONS
        if code not in known
    ]
    known |= {one.code: one for one in accounts.create_organisations(by=by, rows=new)}
    chance, rows = Random(SEED), []  # noqa: S311 - invented data, no secret
    for code, _name, _kind, _area, offers in ORGANISATIONS:
        for kind, areas in offers:
            if kind in NAMES:
                rows += [_service(known[code], kind, area, chance) for area in areas.split() or [""]]
    added = len(services.add(by=by, rows=rows))
    add_contacts(
        by=by, rows=[_contact(known[code]) for code, *_rest in ORGANISATIONS if code not in WITHOUT_CONTACT]
    )
    return added


def _contact(organisation: Organisation) -> dict[str, Any]:
    """Whom a link goes to that asks whether an entry is still right; nobody owns an address that ends so."""
    return {
        "organisation": organisation,
        "post": "Coordinación (inventada)",
        "email": f"coordinacion@{organisation.code}.invalid",
        "public": True,
        "keeps_entries": True,
    }


def _service(organisation: Organisation, kind: str, area: str, chance: Random) -> dict[str, Any]:
    today = timezone.localdate()
    shelter = kind == "shelter"
    places = chance.randrange(0, 25) if shelter or chance.random() < 0.3 else None
    return {
        "organisation": organisation,
        "name": NAMES[kind],
        "kind": kind,
        "area": area,
        "municipality": "Villa Inventada" if area else "",
        "address": "Calle Inventada 100" if area else "",
        "hidden_address": shelter,
        "phone": "000 000 0000 (inventado)",
        "for_whom": chance.choice(("any", "any", "girls", "boys")) if shelter else "any",
        "age_from": chance.choice((0, 6, 12)),
        "age_to": 17,
        "disability": chance.random() < 0.4,
        "languages": chance.choice(("español", "español, zapoteco", "español, náhuatl", "español, inglés")),
        "any_papers": chance.random() < 0.8,
        "capacity": places,
        "capacity_on": None if places is None else today - timedelta(days=chance.randrange(0, 40)),
        "hours": chance.choice(
            ("lunes a viernes, 9 a 17", "todos los días, 24 horas", "lunes a sábado, 8 a 20")
        ),
        "cost": chance.choice(("free", "free", "free", "by_means")),
        "child_friendly": chance.random() < 0.6,
        "public": chance.random() < 0.85,
        "verified_on": today - timedelta(days=chance.choice((5, 20, 45, 90, 150, 250, 400))),
    }
