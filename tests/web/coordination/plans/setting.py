"""A plan to test with: two objectives, three lines, one source of money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cobijo.web.coordination.plans import budgets, services
from cobijo.web.coordination.plans.models import Funder, Line, Objective, Plan
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from tests.web.people import People, person


@dataclass
class Setting:
    people: People
    cora: Account  # coordinator of the hospital, which is an authority
    nora: Account  # coordinator of the refuge, which is civil society
    olga: Account  # programme officer of the refuge
    otto: Account  # programme officer of the hospital
    plan: Plan
    objectives: list[Objective]
    lines: list[Line]  # the refuge's, the hospital's, the refuge's
    fund: Funder


def make(people: People) -> Setting:
    today = timezone.localdate()
    type(people.hospital).objects.filter(pk=people.hospital.pk).update(kind="government")
    cora = person("Cora", Role.COORDINATOR, of=people.hospital)
    with acting_as(cora, "") as by:
        [plan] = services.add(by=by, rows=[plan_row()])
        objectives = services.add_objectives(
            by=by, rows=[{"plan": plan, "number": n, "title": f"Objective {n}"} for n in (1, 2)]
        )
        first, second = objectives
        lines = services.add_lines(
            by=by,
            rows=[
                line_row(first, 1, people.refuge, today + timedelta(days=30)),
                line_row(first, 2, people.hospital, today + timedelta(days=60)),
                line_row(second, 1, people.refuge, today - timedelta(days=3)),
            ],
        )
        [fund] = services.add_funders(by=by, rows=[{"code": "fund", "name": "Fund", "kind": "federal"}])
        services.add_evaluations(
            by=by, rows=[{"plan": plan, "kind": "final", "due_on": today + timedelta(days=5)}]
        )
    return Setting(
        people,
        cora,
        person("Nora", Role.COORDINATOR, of=people.refuge),
        person("Olga", Role.PROGRAMME_OFFICER, of=people.refuge),
        person("Otto", Role.PROGRAMME_OFFICER, of=people.hospital),
        plan,
        objectives,
        lines,
        fund,
    )


def plan_row(**more: Any) -> dict[str, Any]:
    year = timezone.localdate().year
    return {
        "code": "pan", "name": "Plan of action", "starts_on": date(year - 2, 1, 1), "ends_on": date(year + 2, 12, 31),
        "currency": "MXN",
    } | more  # fmt: skip


def line_row(objective: Objective, number: int, owner: Any, due: date, **more: Any) -> dict[str, Any]:
    row = {"objective": objective, "number": number, "title": f"Line {number}", "owner": owner, "due_on": due}
    return row | more


def money(
    at: Setting, line: Line, planned: str, committed: str = "0.00", spent: str = "0.00", **more: Any
) -> Any:
    row = {
        "line": line, "funder": at.fund, "year": timezone.localdate().year, "given_planned": Decimal(planned),
        "given_committed": Decimal(committed), "given_spent": Decimal(spent), **more,
    }  # fmt: skip
    with acting_as(at.cora, "") as by:
        return budgets.add(by=by, rows=[row])[0]


def in_force(at: Setting) -> None:
    with acting_as(at.cora, "") as by:
        [at.plan] = services.begin(by=by, rows=[{"pk": at.plan.pk, "version": at.plan.version}])
    at.lines = list(Line.objects.select_related("objective__plan", "owner").order_by("objective", "number"))
