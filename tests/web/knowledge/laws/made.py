"""Laws to test with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from cobijo.web.core.access.context import Access
from cobijo.web.knowledge.laws import services
from cobijo.web.knowledge.laws.models import (
    Article,
    Instrument,
)

HOW = {"source": "Invented", "evidence": "read"}
LAW = {"code": "ley", "kind": "federal_law", "name": "Ley Inventada", "area": "MX", **HOW}


def law(by: Access, **given: Any) -> Instrument:
    return services.add_instruments(by=by, rows=[LAW | given])[0]


def article(by: Access, **given: Any) -> Article:
    held = given.pop("instrument", None) or law(by)
    return services.add_articles(by=by, rows=[{"instrument": held, "number": "1", **HOW, **given}])[0]


def penalty(of: Article, **given: Any) -> dict[str, Any]:
    return {
        "offence": "csam", "called": "Delito inventado", "area": "MX", "article": of, "min_years": Decimal(3),
        "max_years": Decimal(6), "since": date(2007, 3, 28), **HOW, **given,
    }  # fmt: skip


def proposal(**given: Any) -> dict[str, Any]:
    return {
        "code": "p", "title": "Iniciativa inventada", "area": "MX", "sponsor": "Grupo inventado", "text": "Texto.",
        "stage": "committee", "stage_on": date(2020, 1, 1), **given,
    }  # fmt: skip
