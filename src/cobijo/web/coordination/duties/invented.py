"""Invented findings and an invented self-assessment for the demonstration; the duties are the country pack’s."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from random import Random

from django.utils import timezone

from cobijo.web.coordination.duties import services
from cobijo.web.coordination.duties.capabilities import capabilities
from cobijo.web.coordination.duties.models import Duty, Level, Met, Phase
from cobijo.web.core import country
from cobijo.web.core.access.context import Access
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role

SEED = 2025
EVIDENCE = "Documento inventado de la demostración"


def add_mine(*, by: Access, accounts: Mapping[Role, Account]) -> None:
    """Findings in most states and none in some, and two self-assessments, so that one sees what changed."""
    services.load_pack_duties(by=by)
    draw, today = Random(SEED), timezone.localdate()  # noqa: S311 - invented data, the same every time
    kinds = (Met.NOT_MET, Met.PARTLY, Met.MET, Met.UNKNOWN)
    rows = []
    for duty in Duty.objects.order_by("code"):
        areas = [one.code for one in country.pack().areas] if duty.level == Level.STATE else [""]
        for area in areas:
            met = draw.choices(kinds, (3, 4, 3, 2))[0]
            if draw.random() < 0.8:
                evidence = "" if met == Met.UNKNOWN else EVIDENCE
                rows.append({"duty": duty, "area": area, "on": today, "met": met, "evidence": evidence})
    services.find(by=by, rows=rows)
    own = accounts[Role.COORDINATOR].organisation
    phases = (Phase.NOT_SAID, Phase.ABSENT, Phase.BUILDING, Phase.PARTIAL, Phase.WORKING)
    now = dict.fromkeys(capabilities(), 1)
    for number, days in enumerate((400, 20), 1):
        [made] = services.add_assessments(
            by=by,
            rows=[
                {"name": f"Autoevaluación inventada {number}", "on": today - timedelta(days=days), "organisation": own,
                 "method": "Una mesa inventada, un día inventado."}
            ],
        )  # fmt: skip
        now = {code: min(4, place + draw.choice((0, 0, 1))) for code, place in now.items()}
        services.answer(
            by=by,
            rows=[
                {
                    "assessment": made,
                    "capability": code,
                    "phase": phases[place],
                    "evidence": EVIDENCE,
                    "next_step": "",
                }
                for code, place in now.items()
            ],
        )
        if number == 1:
            services.finish(by=by, rows=[{"pk": made.pk, "version": 1}])
