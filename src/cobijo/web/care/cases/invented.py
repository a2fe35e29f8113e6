"""Invented children, concerns and cases for the demonstration. Every name says so; nothing here happened to anybody.

They are as different as children are (boys, trans, disabled, indigenous, undocumented), so that nobody who tries
Cobijo meets one kind of child only.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cobijo.web.care.cases import services, work
from cobijo.web.care.cases.models import Case
from cobijo.web.care.children import noticing
from cobijo.web.care.children import services as children
from cobijo.web.core.access.context import Access, acting_as
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role

#: Name, born (years, so many days ago), core fields, risk, guardian, elements, needs, the child's wish.
CHILDREN: tuple[dict[str, Any], ...] = (
    {
        "who": {"chosen_name": "Iván", "given": "Iván Inventado", "surname1": "Ejemplo", "gender": "boy",
                "safe_contact": "Por su maestra (inventada), de lunes a viernes por la mañana."},
        "age": 13, "area": "MX-OAX", "risk": "high", "guardian": "trusted", "needs": ["school", "online_safety"],
        "elements": {"sexual_material": True, "online": True, "exchange_given": True, "exchange_kind": "credit"},
        "wish": "Quiere seguir en su equipo de fútbol y que no lo sepan sus compañeros.",
    },
    {
        "who": {"chosen_name": "Renata", "given": "Renata Inventada", "surname1": "Ficticia", "gender": "trans_girl",
                "safe_contact": "Solo por mensaje de su tía inventada; nunca llamar a la casa."},
        "age": 16, "area": "MX-VER", "risk": "immediate", "guardian": "conflict",
        "needs": ["safe_place", "food", "distance_from_somebody"],
        "elements": {"sexual_act": True, "exchange_given": True, "exchange_kind": "shelter", "act_harbour": True,
                     "purpose_sexual": True},
        "wish": "Quiere un lugar donde le digan Renata.",
    },
    {
        "who": {"chosen_name": "Nayeli", "given": "Nayeli Inventada", "surname1": "Supuesta", "gender": "girl",
                "indigenous_people": "Pueblo zapoteco (caso inventado)", "language": "zapoteco", "interpreter": True},
        "age": 12, "area": "MX-OAX", "risk": "medium", "guardian": "unknown", "needs": ["language", "school"],
        "elements": {"act_recruit": True, "purpose_labour": True, "moved_within_country": True},
        "wish": "Quiere hablar en su lengua y volver con su abuela.",
    },
    {
        "who": {"chosen_name": "Dylan", "given": "Dylan Inventado", "surname1": "Imaginario", "gender": "boy",
                "migration_situation": "undocumented", "safe_contact": "En el albergue inventado, por la tarde."},
        "age": 15, "area": "MX-CHP", "risk": "high", "guardian": "none",
        "needs": ["papers", "safe_place", "legal_help"],
        "elements": {"act_transport": True, "purpose_sexual": True, "moved_across_border": True, "third_party": True,
                     "third_party_role": "moves"},
        "wish": "Quiere llegar con su hermano mayor, sin pasar por la frontera otra vez.",
    },
    {
        "who": {"chosen_name": "Sofi", "given": "Sofía Inventada", "surname1": "Muestra", "gender": "girl",
                "disability_accommodations": "Lengua de señas mexicana; textos con letra grande (caso inventado)."},
        "age": 14, "area": "MX-PUE", "risk": "high", "guardian": "implicated",
        "needs": ["disability_support", "distance_from_somebody"],
        "elements": {"sexual_act": True, "exchange_promised": True, "exchange_to_third_party": True},
        "wish": "Quiere que alguien le explique con señas lo que va a pasar.",
    },
    {
        "who": {"chosen_name": "Ale", "given": "Alex Inventade", "surname1": "Ensayo", "gender": "non_binary"},
        "age": 17, "area": "MX-JAL", "risk": "low", "guardian": "trusted", "needs": ["work", "community"],
        "elements": {"sexual_material": True, "online": True}, "wish": "Quiere terminar la preparatoria.",
    },
    {
        "who": {"chosen_name": "Beto", "given": "Alberto Inventado", "surname1": "Prueba", "gender": "boy",
                "indigenous_people": "Pueblo tseltal (caso inventado)", "language": "tseltal", "interpreter": True},
        "age": 11, "area": "MX-CHP", "risk": "medium", "guardian": "trusted", "needs": ["food", "income"],
        "elements": {"travel_tourism": True, "exchange_given": True, "exchange_kind": "food"},
        "wish": "Quiere que su mamá no tenga que trabajar de noche.",
    },
    {
        "who": {"chosen_name": "Leo", "given": "Leonardo Inventado", "surname1": "Ejemplar", "gender": "trans_boy"},
        "age": 16, "area": "MX-CMX", "risk": "high", "guardian": "conflict", "needs": ["safe_place", "school"],
        "elements": {"sexual_act": True, "exchange_given": True, "exchange_kind": "money", "third_party": False},
        "wish": "Quiere que en la escuela usen su nombre.",
    },
    {
        "who": {"chosen_name": "Yessi", "given": "Yesenia Inventada", "surname1": "Simulada", "gender": "girl",
                "migration_situation": "refugee_or_asylum"},
        "age": 17, "area": "MX-TAM", "risk": "medium", "guardian": "none", "needs": ["papers", "own_child_care"],
        "elements": {"means_deception": True, "act_recruit": True, "purpose_sexual": True},
        "wish": "Quiere quedarse con su bebé y aprender a coser.",
    },
    {
        "who": {"chosen_name": "Toño", "given": "Antonio Inventado", "surname1": "Fingido", "gender": "boy",
                "disability_accommodations": "Silla de ruedas; rampa y baño amplio (caso inventado)."},
        "age": 10, "area": "MX-GRO", "risk": "low", "guardian": "trusted", "needs": ["school", "disability_support"],
        "elements": {"travel_tourism": True}, "wish": "Quiere ir a la playa con sus primos.",
    },
    {
        "who": {"chosen_name": "Mar", "given": "Marisol Inventada", "surname1": "Hipotética", "gender": "girl",
                "indigenous_people": "Pueblo náhuatl (caso inventado)", "migration_situation": "returned"},
        "age": 15, "area": "MX-GRO", "risk": "immediate", "guardian": "unknown", "needs": ["safe_place"],
        "elements": {"transfer_of_child": True, "exchange_given": True, "exchange_to_third_party": True,
                     "exchange_kind": "money", "purpose_marriage": True},
        "wish": "No quiere que la casen. Quiere estudiar.",
    },
    {
        "who": {"given": "Persona Inventada", "surname1": "Sin Edad"}, "age": None,
        "area": "MX-BCN", "risk": "medium", "guardian": "none", "needs": ["papers", "language"],
        "elements": {}, "wish": "Todavía no quiere hablar. Está bien.",
    },
)  # fmt: skip


def add_mine(*, by: Access, accounts: Mapping[Role, Account]) -> None:
    """Once, after the directory was made: children and cases on the caseworker's desk, two concerns that wait."""
    worker = accounts[Role.CASEWORKER]
    with acting_as(worker, "demonstration") as mine:
        for place, one in enumerate(CHILDREN):
            _make(mine, one, place)
        _concerns(mine)


def who(place: int) -> dict[str, Any]:
    """Who one of `CHILDREN` is, as it is registered."""
    one, today = CHILDREN[place], timezone.localdate()
    born = None if one["age"] is None else _born(today, one["age"], place)
    return {**one["who"], "birth_date": born, "age_known": "known" if born else "unknown"}


def _make(by: Access, one: Mapping[str, Any], place: int) -> Case:
    today = timezone.localdate()
    [child] = children.register(by=by, rows=[who(place)])
    opened = today - timedelta(days=7 + 9 * place)
    [case] = services.open_cases(
        by=by,
        rows=[
            {"child": child, "area": one["area"], "guardian": one["guardian"], "opened_on": opened,
             "summary": "Caso inventado para la demostración."}
        ],
    )  # fmt: skip
    if one["elements"]:
        event = {"child": child, "began_on": today - timedelta(days=60 + place), "area": one["area"]}
        children.record_events(by=by, rows=[{**event, "elements": one["elements"]}])
    if place in {0, 3, 6}:
        decided = {
            "status": ("presumed", "identified")[place == 3],
            "body_kind": "protection",
            "body": "Procuraduría Inventada",
            "decided_on": today - timedelta(days=5),
            "ground": "interview",
        }
        children.decide_status(by=by, rows=[{"child": child, **decided}])
    if place % 4 != 3:
        _work(by, case, one, today, place)
    return case


def _work(by: Access, case: Case, one: Mapping[str, Any], today: date, place: int) -> None:
    services.assess(
        by=by,
        rows=[{"case": case, "risk": one["risk"], "needs": one["needs"], "wishes": one["wish"],
               "suicide_risk": "no_sign", "safe_tonight": True, "care_needs": ["psychological_care"]}],
    )  # fmt: skip
    case.refresh_from_db()
    plan = {"case": case, "tonight": "Se queda con una persona de confianza (inventada) y lleva su teléfono.",
            "words": "mango", "good_until": today + timedelta(days=2)}  # fmt: skip
    work.write_safety_plans(by=by, rows=[plan])
    work.add_plan_items(
        by=by,
        rows=[{"case": case, "kind": "care", "goal": one["wish"], "doer": "worker",
               "due_on": today + timedelta(days=30)}],
    )  # fmt: skip
    work.add_tasks(
        by=by,
        rows=[{"case": case, "kind": ("call", "arrange", "document")[place % 3], "risk": one["risk"],
               "due_on": today + timedelta(days=place - 2), "note": "Tarea inventada"}],
    )  # fmt: skip
    work.plan_follow_ups(
        by=by, rows=[{"case": case, "kind": "visit", "planned_on": today + timedelta(days=5 + place)}]
    )
    if place in {1, 4}:
        sibling = {
            "case": case,
            "kind": "sibling",
            "name": "Hermana Inventada",
            "at_risk": place == 4 or None,
        }
        work.add_siblings(by=by, rows=[sibling])


def _concerns(by: Access) -> None:
    today = timezone.localdate()
    base = {"noticer": "health", "noticed_on": today, "age_band": "12-14", "narrative": "Aviso inventado."}
    noticing.notice(
        by=by,
        rows=[
            {**base, "signs": ["adult_speaks", "fear"], "area": "MX-OAX", "urgency": "today",
             "where_now": "Clínica inventada, por la mañana", "chosen_name": "Luna (inventada)"},
            {**base, "noticer": "education", "signs": ["gifts", "away"], "area": "MX-PUE", "urgency": "days"},
        ],
    )  # fmt: skip


def _born(today: date, age: int, place: int) -> date:
    return date(today.year - age, 1, 1) + timedelta(days=11 * place)
