"""Invented recommendations for the demonstration beside the country pack’s, and one entry of the advocacy record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from cobijo.web.coordination.groups.models import Decision
from cobijo.web.coordination.groups.rules import today
from cobijo.web.coordination.recommendations import services
from cobijo.web.coordination.recommendations.models import Recommendation
from cobijo.web.coordination.requests.models import Request
from cobijo.web.core.access.context import Access, acting_as
from cobijo.web.core.accounts.models import Account, Organisation
from cobijo.web.core.accounts.roles import Role

SOURCE = "Inventada para la demostración"


def add_mine(*, by: Access, accounts: Mapping[Role, Account]) -> None:
    """Once: where a recommendation is entered already, nothing is added."""
    if Recommendation.objects.exists():
        return
    with acting_as(accounts[Role.COORDINATOR], "demonstration") as mine:
        _fill(mine)
        services.load_pack_recommendations(by=mine)


def _fill(by: Access) -> None:
    now = today()
    home = Organisation.objects.get(pk=by.organisation_id)
    lists, shelters, report = services.add(
        by=by,
        rows=[
            {
                "code": "inventada-1", "body": "crc", "symbol": "INVENTADO/1", "paragraph": "12 a)", "source": SOURCE,
                "text": "Reunir los datos de todas las autoridades en una sola lista (recomendación inventada).",
                "responsible": "Mecanismo Nacional (inventado)", "said_on": now - timedelta(days=900),
            },
            {
                "code": "inventada-2", "body": "crc", "symbol": "INVENTADO/1", "paragraph": "31", "source": SOURCE,
                "text": "Abrir refugios con atención especializada (recomendación inventada).",
                "responsible": "Autoridad inventada", "said_on": now - timedelta(days=900),
            },
            {
                "code": "inventada-3", "body": "study", "source": SOURCE,
                "text": "Publicar cada año un informe con intervalos (recomendación inventada).",
            },
        ],
    )  # fmt: skip
    services.change(
        by=by,
        rows=[
            {
                "pk": lists.pk,
                "version": 1,
                "state": "under_way",
                "measures": "Se pidieron las listas (inventado).",
            },
            {
                "pk": report.pk,
                "version": 1,
                "state": "carried_out",
                "reason": "El informe inventado está publicado.",
            },
        ],
    )
    decision, request = Decision.objects.order_by("pk").first(), Request.objects.order_by("pk").first()
    linked: list[dict[str, Any]] = [
        {"recommendation": lists, "decision": decision},
        {"recommendation": shelters, "request": request},
    ]
    services.link(by=by, rows=[one for one in linked if one.get("decision") or one.get("request")])
    [actor] = services.agree(by=by, rows=[{"organisation": home, "since": now - timedelta(days=300)}])
    target = Organisation.objects.filter(code="demo-proteccion").first()
    if target is not None and target != home:
        services.press(
            by=by,
            rows=[
                {
                    "actor": actor, "target": target, "on": now - timedelta(days=60), "means": "meeting",
                    "about": "Refugios para el sur (inventado)", "result": "promised", "recommendation": shelters,
                    "what_came": "Prometieron una respuesta en un mes (inventado).",
                }
            ],
        )  # fmt: skip
