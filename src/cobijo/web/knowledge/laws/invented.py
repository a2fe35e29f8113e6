"""For the demonstration: the pack's real laws, and invented state codes and proposals beside them that say so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cobijo.web.core.access.context import Access, acting_as
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from cobijo.web.knowledge.laws import services
from cobijo.web.knowledge.laws.loading import load_pack_laws
from cobijo.web.knowledge.laws.models import Instrument, Position, Proposal, Stage

SAID = {"source": "Inventado para la demostración", "evidence": "inventado: no es la ley de ningún estado"}
#: State, least and most years before and since an invented reform.
STATES = (("MX-OAX", (3, 8), (6, 12)), ("MX-CHP", (4, 9), (4, 9)), ("MX-ROO", (5, 10), (8, 14)))
REFORMED = date(2015, 1, 1)


def add_mine(*, by: Access, accounts: Mapping[Role, Account]) -> None:
    """Once: where a proposal is entered already, only what the pack has new is added."""
    load_pack_laws(by=by)
    if Proposal.objects.exists():
        return
    with acting_as(accounts[Role.COORDINATOR], "demonstration") as mine:
        _state_codes(mine)
        _proposals(mine)


def _state_codes(by: Access) -> None:
    codes = services.add_instruments(
        by=by,
        rows=[
            {
                "code": f"demo-{area.lower()}", "kind": "state_code", "area": area,
                "name": f"Código penal inventado ({area})", "abbreviation": f"Código inventado {area}", **SAID,
            }
            for area, _before, _since in STATES
        ],
    )  # fmt: skip
    articles = services.add_articles(
        by=by,
        rows=[{"instrument": one, "number": "100", "title": "Artículo inventado", **SAID} for one in codes],
    )
    rows: list[dict[str, Any]] = []
    for article, (area, before, since) in zip(articles, STATES, strict=True):
        common = {
            "offence": "procuring",
            "called": "Lenocinio (pena inventada)",
            "area": area,
            "article": article,
            **SAID,
        }
        if before != since:
            ended = REFORMED - timedelta(days=1)
            rows.append({**common, **_years(before), "since": date(2005, 1, 1), "until": ended})
        rows.append({**common, **_years(since), "since": REFORMED if before != since else date(2005, 1, 1)})
    services.add_penalties(by=by, rows=rows)


def _years(said: tuple[int, int]) -> dict[str, int]:
    return {"min_years": said[0], "max_years": said[1]}


def _proposals(by: Access) -> None:
    today = timezone.localdate()
    cpf = Instrument.objects.filter(code="cpf").first()
    services.add_proposals(
        by=by,
        rows=[
            {
                "code": "demo-terminos", "title": "Cambiar las palabras del código (iniciativa inventada)",
                "area": "MX",
                "instrument": cpf, "sponsor": "Grupo de trabajo inventado", "stage": Stage.COMMITTEE,
                "stage_on": today - timedelta(days=60), "next_on": today + timedelta(days=9),
                "next_what": "Audiencia pública en comisión", "position": Position.SUPPORT,
                "position_why": "Las palabras de hoy culpan a quien fue explotada.",
                "text": "Sustituir en los títulos las palabras antiguas por las de la Convención. Texto inventado.",
            },
            {
                "code": "demo-prescripcion", "title": "Que estos delitos no prescriban (iniciativa inventada)",
                "area": "MX-OAX", "sponsor": "Legislatura inventada", "stage": Stage.FIRST_CHAMBER,
                "stage_on": today - timedelta(days=200), "next_on": today - timedelta(days=12),
                "next_what": "Votación en el pleno", "position": Position.WITH_CHANGES,
                "position_why": "Falta decir qué pasa con los casos abiertos.",
                "text": "Los plazos corren desde que la víctima cumple 30 años. Texto inventado.",
            },
            {
                "code": "demo-castigo", "title": "Multar a quien ofrece servicios en la calle (iniciativa inventada)",
                "area": "MX-CHP", "sponsor": "Cabildo inventado", "stage": Stage.REJECTED,
                "stage_on": today - timedelta(days=400), "position": Position.OPPOSE,
                "position_why": "Castigaría a adolescentes por lo que otros les hacen.",
                "text": "Multas por presencia en la vía pública. Texto inventado.",
                "result": "Rechazada tras la audiencia.",
            },
        ],
    )  # fmt: skip
