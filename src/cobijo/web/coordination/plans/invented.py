"""An invented plan of action for the demonstration. Nothing in it was promised, paid or done by anybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cobijo.web.coordination.plans import budgets, reporting, services
from cobijo.web.coordination.plans.models import Funder, Indicator, Line, Objective, Plan, ProgressReport
from cobijo.web.coordination.plans.rules import check_rating
from cobijo.web.core.access.context import Access, acting_as
from cobijo.web.core.accounts.models import Account, Organisation
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.screens.writing import add_rows
from cobijo.web.directory.organisations import services as organisations

AUTHORITY = "demo-sistema"
#: Objective, then its lines: title, who answers (own: the demonstration's people), due in so many days, state.
OBJECTIVES: tuple[tuple[str, tuple[tuple[str, str, int, str], ...]], ...] = (
    ("Saber cuántas niñas, niños y adolescentes son (inventado)", (
        ("Un registro de casos con una sola definición (inventado)", "state", -120, "under_way"),
        ("Una estimación nacional cada año (inventado)", "own", 150, "under_way"),
        ("Publicar datos por estado, sexo y edad (inventado)", "state", -30, "planned"),
    )),
    ("Atención especializada en todos los estados (inventado)", (
        ("Abrir tres casas de acogida (inventado)", "own", 400, "under_way"),
        ("Atención psicológica en lengua propia (inventado)", "own", -15, "under_way"),
        ("Capacitar a 600 personas de salud (inventado)", "state", 90, "done"),
    )),
    ("Que no quede impune (inventado)", (
        ("Fiscalías con personal especializado (inventado)", "state", 500, "planned"),
        ("Protocolo para no castigar a la niñez explotada (inventado)", "own", -200, "done"),
    )),
    ("Prevenir con la niñez y con las empresas (inventado)", (
        ("Proyectos dirigidos por jóvenes (inventado)", "own", 220, "under_way"),
        ("Código de conducta en hoteles y transporte (inventado)", "state", 300, "dropped"),
    )),
)  # fmt: skip
FUNDERS = (
    ("demo-federal", "Presupuesto federal (inventado)", "federal"),
    ("demo-estatal", "Presupuestos estatales (inventado)", "state"),
    ("demo-cooperacion", "Cooperación internacional (inventada)", "cooperation"),
)
INDICATORS = (
    ("Casos registrados con definición común (inventado)", "casos", 1200),
    ("Personas capacitadas (inventado)", "personas", 600),
)


def add_mine(*, by: Access, accounts: Mapping[Role, Account]) -> None:
    """A plan in force: lines on time and late, money that does not quite fit, reports, two sides that do not agree."""
    today = timezone.localdate()
    own = accounts[Role.COORDINATOR].organisation
    [authority] = organisations.add(
        by=by,
        rows=[
            {"code": AUTHORITY, "name": "Sistema de Protección Inventado", "kind": "government", "area": ""}
        ],
    )
    first = date(today.year - 2, 1, 1)
    [plan] = services.add(
        by=by,
        rows=[
            {
                "code": "demo-plan", "name": "Plan nacional de acción (inventado)", "starts_on": first,
                "ends_on": date(today.year + 2, 12, 31), "currency": "MXN", "source": "Sesión inventada",
                "about": "Un plan inventado para enseñar cómo se sigue uno de verdad.",
            }
        ],
    )  # fmt: skip
    lines = _lines(by, plan, {"own": own, "state": authority})
    _money(by, plan, lines)
    signs = _signs(by, lines, today)
    services.add_evaluations(
        by=by,
        rows=[
            {"plan": plan, "kind": "midterm", "due_on": today - timedelta(days=20)},
            {"plan": plan, "kind": "final", "due_on": plan.ends_on},
        ],
    )
    services.begin(by=by, rows=[{"pk": plan.pk, "version": 1}])
    lines = list(Line.objects.filter(objective__plan=plan).select_related("objective__plan", "owner"))
    mine = [one for one in lines if one.owner_id == own.pk]
    _reports(accounts, mine, signs, today)
    _ratings(by, accounts, lines, authority, today)


def _lines(by: Access, plan: Plan, owners: Mapping[str, Organisation]) -> list[Line]:
    today = timezone.localdate()
    made: list[Objective] = services.add_objectives(
        by=by,
        rows=[{"plan": plan, "number": n, "title": title} for n, (title, _l) in enumerate(OBJECTIVES, 1)],
    )
    rows = [
        {
            "objective": objective, "number": number, "title": title, "owner": owners[whose], "state": state,
            "due_on": today + timedelta(days=days),
            "done_on": today - timedelta(days=40) if state == "done" else None,
            "why_dropped": "No hubo presupuesto (inventado)." if state == "dropped" else "",
        }
        for objective, (_title, lines) in zip(made, OBJECTIVES, strict=True)
        for number, (title, whose, days, state) in enumerate(lines, 1)
    ]  # fmt: skip
    return services.add_lines(by=by, rows=rows)


def _money(by: Access, plan: Plan, lines: list[Line]) -> None:
    funders: list[Funder] = services.add_funders(
        by=by, rows=[{"code": code, "name": name, "kind": kind} for code, name, kind in FUNDERS]
    )
    rows: list[dict[str, Any]] = []
    for place, line in enumerate(lines):
        for year in range(plan.starts_on.year, plan.ends_on.year + 1):
            funder = funders[(place + year) % 2]
            planned = Decimal(350_000 + 125_000 * ((place * 3 + year) % 7)) + Decimal("0.50")
            past = year <= timezone.localdate().year
            committed = planned * 9 / 10 if past else Decimal("0.00")
            spent = committed * 2 / 3 if past else Decimal("0.00")
            given = {
                "given_planned": planned,
                "given_committed": _cents(committed),
                "given_spent": _cents(spent),
            }
            rows.append({"line": line, "funder": funder, "year": year, **given})
    rows[0]["given_spent"] = Decimal("3000000.25")  # more than was committed to the line: the page says so
    abroad = {
        "given_planned": Decimal("40000.00"),
        "given_committed": Decimal("15000.00"),
        "given_spent": Decimal("0.00"),
    }
    rate = {"currency": "EUR", "rate": Decimal("20.5"), "rate_on": plan.starts_on}
    rows.append({"line": lines[1], "funder": funders[2], "year": plan.starts_on.year, **abroad, **rate})
    budgets.add(by=by, rows=rows)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"))


def _signs(by: Access, lines: list[Line], today: date) -> list[Indicator]:
    chosen = [one for one in lines if one.state == "under_way"][:4]
    acts = services.add_activities(
        by=by,
        rows=[
            {"line": one, "number": 1, "title": "Primera actividad (inventada)", "state": "under_way"}
            for one in chosen
        ],
    )
    signs: list[Indicator] = services.add_indicators(
        by=by,
        rows=[
            {
                "activity": one,
                "number": 1,
                "title": INDICATORS[n % 2][0],
                "unit": INDICATORS[n % 2][1],
                "baseline": 0,
            }
            for n, one in enumerate(acts)
        ],
    )
    rows = [
        {"indicator": one, "year": today.year, "value": INDICATORS[n % 2][2]} for n, one in enumerate(signs)
    ]
    services.add_targets(by=by, rows=rows)
    return signs


def _reports(accounts: Mapping[Role, Account], mine: list[Line], signs: list[Indicator], today: date) -> None:
    working = [one for one in mine if one.state == "under_way"]
    of = {one.activity.line_id: one for one in signs}
    with acting_as(accounts[Role.PROGRAMME_OFFICER], "demonstration") as by:
        rows = [
            {
                "line": one, "period_from": today - timedelta(days=200),
                "period_to": today - timedelta(days=20 * n + 2),
                "text": "Lo que se hizo en estos meses, inventado.", "evidence": "Minuta inventada, página 3",
                "line_state": "under_way",
                "readings": {of[one.pk]: 240 + 90 * n} if one.pk in of else {},
            }
            for n, one in enumerate(working)
        ]  # fmt: skip
        made: list[ProgressReport] = reporting.report(by=by, rows=rows)
    with acting_as(accounts[Role.COORDINATOR], "demonstration") as by:
        reporting.decide(by=by, rows=[{"pk": made[0].pk, "version": made[0].version, "state": "approved"}])


def _ratings(
    by: Access, accounts: Mapping[Role, Account], lines: list[Line], authority: Organisation, today: date
) -> None:
    rated = lines[:5]
    rows = [
        {"line": one, "on": today, "grade": "on_course", "why": "Avanza según lo acordado (inventado).",
         "side": "state", "organisation": authority}
        for one in rated
    ]  # fmt: skip
    add_rows(by=by, kind="plan_rating", rows=rows, rule=check_rating)
    with acting_as(accounts[Role.PROGRAMME_OFFICER], "demonstration") as officer:
        reporting.rate(
            by=officer,
            rows=[
                {"line": one, "on": today, "grade": "behind" if n % 2 else "not_begun",
                 "why": "No vemos lo prometido (inventado)."}
                for n, one in enumerate(rated)
            ],
        )  # fmt: skip
