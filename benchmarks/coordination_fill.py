"""An invented plan as large as a country's, and who reads it. Run inside the site."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

AMOUNTS = ("given_planned", "given_committed", "given_spent")
OBJECTIVES, LINES, YEARS, FUNDERS, OWNERS, PEOPLE = 10, 40, 5, 10, 10, 20


def fill() -> dict[str, Any]:
    """Objectives, lines and what lies under them, money in every year from every source, both sides' ratings."""
    from django.utils import timezone

    from benchmarks.web_people import _session
    from cobijo.web.coordination.plans import services
    from cobijo.web.coordination.plans.models import Budget
    from cobijo.web.coordination.plans.page import cents
    from cobijo.web.core.access.context import acting_as_system
    from cobijo.web.core.accounts.models import Account, Holding, Organisation
    from cobijo.web.core.accounts.roles import Role
    from cobijo.web.core.screens.writing import add_rows
    from cobijo.web.core.vault import custody

    if not custody.file().exists():
        custody.make_kek()
    draw, today = random.Random(11), timezone.localdate()
    first = date(today.year - 2, 1, 1)
    houses = Organisation.objects.bulk_create(
        Organisation(code=f"house-{n}", name=f"Organisation {n}", kind="government" if n % 2 else "ngo")
        for n in range(OWNERS)
    )
    people = Account.objects.bulk_create(
        Account(
            email=f"reader{n}@bench.example",
            name=f"Reader {n}",
            organisation=houses[n % OWNERS],
            password="!",
        )
        for n in range(PEOPLE)
    )
    roles = (Role.COORDINATOR, Role.PROGRAMME_OFFICER, Role.ANALYST)
    Holding.objects.bulk_create(Holding(account=one, role=roles[n % 3]) for n, one in enumerate(people))
    with acting_as_system("benchmark") as by:
        plan_row = {
            "code": "bench", "name": "Plan", "starts_on": first, "ends_on": date(first.year + YEARS - 1, 12, 31),
        }  # fmt: skip
        [plan] = services.add(by=by, rows=[plan_row])
        objectives = services.add_objectives(
            by=by,
            rows=[{"plan": plan, "number": n, "title": f"Objective {n}"} for n in range(1, OBJECTIVES + 1)],
        )
        lines = services.add_lines(
            by=by,
            rows=[
                {"objective": one, "number": n, "title": f"Line {n} of {one.title}, said in a few more words",
                 "owner": draw.choice(houses), "due_on": first + timedelta(days=draw.randrange(1700)),
                 "state": draw.choice(("planned", "under_way"))}
                for one in objectives for n in range(1, LINES + 1)
            ],
        )  # fmt: skip
        acts = services.add_activities(
            by=by,
            rows=[{"line": one, "number": n, "title": f"Activity {n}"} for one in lines for n in (1, 2)],
        )
        signs = services.add_indicators(
            by=by,
            rows=[{"activity": one, "number": 1, "title": "Indicator", "unit": "people"} for one in acts],
        )
        services.add_targets(
            by=by, rows=[{"indicator": one, "year": today.year, "value": 100} for one in signs]
        )
        funders = services.add_funders(
            by=by,
            rows=[{"code": f"fund-{n}", "name": f"Source {n}", "kind": "federal"} for n in range(FUNDERS)],
        )
        rows = [
            {"line": line, "funder": fund, "year": first.year + year, **_amounts(draw)}
            for line in lines for fund in funders for year in range(YEARS)
        ]  # fmt: skip
        # Past the service, which would check and keep the history of each: nothing of that is on the page.
        whole_rows = [row | {name.removeprefix("given_"): row[name] for name in AMOUNTS} for row in rows]
        Budget.objects.bulk_create([Budget(**row) for row in whole_rows], batch_size=2_000)
        services.add_evaluations(by=by, rows=[{"plan": plan, "kind": "final", "due_on": plan.ends_on}])
        services.begin(by=by, rows=[{"pk": plan.pk, "version": 1}])
        add_rows(
            by=by,
            kind="plan_rating",
            rows=[
                {"line": line, "on": today - timedelta(days=days), "grade": "behind", "why": "Invented.",
                 "side": "state" if house.kind == "government" else "civil_society", "organisation": house}
                for line in lines for house in houses[:2] for days in (200, 1)
            ],
        )  # fmt: skip
    whole = sum((row["given_planned"] for row in rows), Decimal(0))
    return {
        "path": f"/es/coordination/plans/{plan.pk}/",
        "whole": cents(whole),
        "lines": len(lines),
        "rows": len(rows),
        "cookies": [_session(one) for one in people],
    }


def _amounts(draw: random.Random) -> dict[str, Decimal]:
    planned = Decimal(draw.randrange(1_000_000, 900_000_000)) / 100
    committed = (planned * draw.randrange(80, 102) / 100).quantize(Decimal("0.01"))
    spent = (committed * draw.randrange(60, 101) / 100).quantize(Decimal("0.01"))
    return {"given_planned": planned, "given_committed": committed, "given_spent": spent}
