"""The register under measure as a Django app: the tests' own protected and sealed kind, always on."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from django.apps import AppConfig
from django.db import models
from django.db.models import F

KIND = "demo_person"
PATH = "/es/demo/people/"
STATUS = (("open", 50), ("waiting", 30), ("closed", 20))
RISK = (("low", 60), ("medium", 30), ("high", 10))
SORTS = ("-opened_on", "-opened_on", "-opened_on", "opened_on", "status", "-risk")
FILTERS = (
    "status=open",
    "status=waiting",
    "status=closed",
    "risk=high",
    "area=MX-PUE",
    "status=waiting&risk=high",
)
#: What a room that grows this large declares: the order of its list as an index of its own.
NEWEST = models.Index(F("opened_on").desc(nulls_last=True), F("id").desc(), name="bench_newest")


class Kind(AppConfig):
    name = "benchmarks"
    label = "benchmarks"

    def ready(self) -> None:
        from cobijo.web.core.access import grants
        from tests.web import demo_person

        demo_person.DemoPerson._meta.indexes.append(NEWEST)
        demo_person.register()
        for role, extra in demo_person.GRANTS.items():
            grants.GRANTS[role] = (*grants.GRANTS[role], *extra)
        grants.forget_index()


def model() -> Any:
    from tests.web.demo_person import DemoPerson

    return DemoPerson


def make_tables() -> None:
    """As the owner: the kind's tables under row-level security, and the application's rights on them."""
    from cobijo.web.core.access.database import application_role, prepare_role
    from tests.web import demo_person

    demo_person.make_tables()
    prepare_role(*application_role())


#: The columns that `web_fill` writes, in its order.
COLUMNS = (
    "id", "scope_id", "version", "made_by_id", "made_at", "changed_by_id", "changed_at", "key_id", "sealed",
    "sealed_version", "status", "area", "risk", "opened_on",
)  # fmt: skip


def identity_of(drawn: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    """What is sealed of an invented child."""
    names = {name: drawn[name] for name in ("given", "surname1", "surname2")}
    return {
        **names,
        "birth_date": drawn["born"].isoformat(),
        "official_id": f"INV{draw.getrandbits(60):015X}",
    }


def plain_of(draw: random.Random) -> tuple[str, str, str, str]:
    """Status, area, risk, opened."""
    status = draw.choices([one for one, _ in STATUS], [part for _, part in STATUS])[0]
    risk = draw.choices([one for one, _ in RISK], [part for _, part in RISK])[0]
    opened = date(2022, 1, 1) + timedelta(days=draw.randrange(1_400))
    return status, draw.choice(("MX-OAX", "MX-PUE", "MX-CHP")), risk, opened.isoformat()
