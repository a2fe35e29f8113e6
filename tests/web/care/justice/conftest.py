"""An open vault, Ana's case of Lupita, and the first steps of a proceeding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.utils import timezone

from cobijo.web.care.cases import services as cases
from cobijo.web.care.cases.models import Case
from cobijo.web.care.children import services as children
from cobijo.web.care.children.models import Child
from cobijo.web.care.justice import alerts, queries, services
from cobijo.web.care.justice.models import Alert, Proceeding
from cobijo.web.core.access.context import Access, acting_as
from tests.web.care.children.made import CANARY, LUPITA, ago
from tests.web.care.children.open_vault import open_vault
from tests.web.people import People

__all__ = ["open_vault"]

IN_TWO_MONTHS = timedelta(days=60)


@dataclass
class Court:
    """Ana's case, and what she writes down of the proceeding."""

    people: People
    child: Child
    case: Case

    def start(self, **more: Any) -> Proceeding:
        said = {
            "case": self.case, "relation": "employer", "part": "paid", "offender_age": "adult",
            "offences": ["cpf-procuring"], "opened_on": ago(100), "authority": "state_prosecutor", "area": "MX-OAX",
            "expected_by": timezone.localdate() + IN_TWO_MONTHS, "file_number": f"FGE/{CANARY}/12",
            "note": f"{CANARY} was heard with her aunt",
        } | more  # fmt: skip
        with acting_as(self.people.ana, "follow_up") as by:
            return services.start(by=by, rows=[said])[0]

    def step(self, one: Proceeding, to: str, days: int = 50, **more: Any) -> None:
        with acting_as(self.people.ana, "follow_up") as by:
            services.take_steps(by=by, rows=[self.row(by, one, to, days, **more)])

    def row(self, by: Access, one: Proceeding, to: str, days: int = 50, **more: Any) -> dict[str, Any]:
        now = queries.proceeding(by, one.pk)
        assert now is not None
        return {
            "pk": one.pk, "version": now.version, "to": to, "on": ago(days), "authority": "trial_court",
            "expected_by": timezone.localdate() + IN_TWO_MONTHS,
        } | more  # fmt: skip

    def alert(self, **more: Any) -> Alert:
        said = {
            "case": self.case, "done": "detained", "ground": "papers", "happened_on": ago(1),
            "authority": "administrative", "place": f"Cell of {CANARY}", "note": f"{CANARY} must not sign anything",
        } | more  # fmt: skip
        with acting_as(self.people.ana, "follow_up") as by:
            return alerts.raise_alerts(by=by, rows=[said])[0]


@pytest.fixture
def court(people: People, open_vault: Any) -> Court:
    import_module(
        "cobijo.web.urls"
    )  # what rooms register with their addresses is there before a clock is read
    with acting_as(people.ana, "intake") as by:
        (child,) = children.register(by=by, rows=[LUPITA])
        (case,) = cases.open_cases(by=by, rows=[{"child": child, "area": "MX-OAX", "opened_on": ago(200)}])
    return Court(people, child, case)
