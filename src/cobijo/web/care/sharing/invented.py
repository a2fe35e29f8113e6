"""An invented story for the demonstration: noticed, registered, agreed to, shared with a neighbour, answered.

Two children, so that a visitor sees one story to its end and can go on with the other: open what Casa Faro received,
accept or decline it, and come back to the sender. A third is known to both organisations, for whoever decides about
matches. Every name says that it is invented; nothing here happened to anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.cases import services as cases
from cobijo.web.care.cases.invented import who
from cobijo.web.care.children import elsewhere, noticing
from cobijo.web.care.children import queries as known
from cobijo.web.care.children import services as children
from cobijo.web.care.children.models import Child
from cobijo.web.care.sharing import agreements, answers, choosing, consents, queries, referrals
from cobijo.web.care.sharing.fields import GROUPS
from cobijo.web.care.sharing.models import Packet
from cobijo.web.care.sharing.referrals import Choice
from cobijo.web.core.access.context import Access, acting_as
from cobijo.web.core.accounts.commands import NEIGHBOUR_CODE
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from cobijo.web.directory.services.models import Service

PURPOSE = "demonstration"
FIELDS = ("child.chosen_name", "child.given", "child.safe_contact")
AREA = "MX-VER"
#: The first is answered; the second waits for an answer.
STORIES: tuple[dict[str, Any], ...] = (
    {
        "chosen_name": "Luna", "given": "Luna Inventada", "surname1": "Cuento", "age": 15, "noticer": "health",
        "safe_contact": "Por la enfermera inventada, en la clínica, por la mañana.",
        "narrative": "Aviso inventado: llega sola, con miedo a quien la espera afuera.",
        "request": "Historia inventada: acompañamiento, dos veces por semana.",
    },
    {
        "chosen_name": "Emi", "given": "Emilio Inventado", "surname1": "Relato", "age": 14, "noticer": "education",
        "safe_contact": "Por su maestro inventado, al salir de la escuela.",
        "narrative": "Aviso inventado: regalos que nadie explica, falta a clases.",
        "request": "Historia inventada: una primera consulta esta semana.",
    },
)  # fmt: skip


def add_mine(*, by: Access, accounts: Mapping[Role, Account]) -> None:
    """Once, after children and cases were made: the agreement of both, the stories. Without a neighbour, nothing."""
    neighbour = Account.objects.filter(organisation__code=NEIGHBOUR_CODE, is_active=True).first()
    if neighbour is None:
        return
    agree(accounts[Role.SUPERVISOR], neighbour)
    for number, story in enumerate(STORIES):
        with acting_as(accounts[Role.CASEWORKER], PURPOSE) as mine:
            _refer(mine, neighbour, _noticed(mine, story), story)
        if number == 0:
            _answered(neighbour)
    _known_to_both(accounts[Role.CASEWORKER], neighbour)


def agree(one: Account, other: Account) -> None:
    """Everything that can be agreed, for a year, signed by both."""
    today = timezone.localdate()
    row: dict[str, Any] = {f"for_{each}": True for each in agreements.PURPOSES}
    row |= {f"share_{each.code}": True for each in GROUPS}
    row |= {"organisation": one.organisation, "other": other.organisation}
    row |= {"starts_on": today - timedelta(days=30), "ends_on": today + timedelta(days=335)}
    with acting_as(one, PURPOSE) as by:
        [made] = agreements.add(by=by, rows=[row])
        agreements.sign(by=by, ids=[made.pk])
    with acting_as(other, PURPOSE) as by:
        agreements.sign(by=by, ids=[made.pk])


def _noticed(by: Access, story: Mapping[str, Any]) -> Child:
    """A health worker's concern, taken up as a child with a case and an independent representative."""
    today = timezone.localdate()
    [slip] = noticing.notice(
        by=by,
        rows=[
            {"noticer": story["noticer"], "signs": ["fear"], "area": AREA, "urgency": "today",
             "age_band": "12-14" if story["age"] < 15 else "15-17", "narrative": story["narrative"],
             "chosen_name": f"{story['chosen_name']} (nombre inventado)"}
        ],
    )  # fmt: skip
    concern = known.concerns(by).get(code=slip.code)
    said = {name: story[name] for name in ("chosen_name", "given", "surname1", "safe_contact")}
    born = today.replace(year=today.year - story["age"], month=1, day=1)
    [child] = noticing.take(
        by=by,
        rows=[
            {"pk": concern.pk, "version": concern.version, **said, "birth_date": born, "age_known": "known"}
        ],
    )
    cases.open_cases(
        by=by,
        rows=[
            {"child": child, "area": AREA, "guardian": "unknown", "summary": "Caso inventado para la demostración.",
             "representative_name": "Lic. Inventada Ejemplo", "representative_independent": True}
        ],
    )  # fmt: skip
    return child


def _refer(by: Access, neighbour: Account, child: Child, story: Mapping[str, Any]) -> None:
    service = _service(by, child, neighbour)
    [consent] = consents.record(
        by=by,
        rows=[
            {"child": child, "verdict": "given", "purpose": "referral", "recipient": neighbour.organisation,
             "service": service, "fields": list(FIELDS), "until": timezone.localdate() + timedelta(days=90),
             "giver": "representative", "says": "yes", "told_duty": True,
             "words": "Dice que sí (consentimiento inventado)."}
        ],
    )  # fmt: skip
    choice = Choice(child, consent, service, FIELDS, "days", story["request"])
    referrals.send(by=by, rows=[(choice, referrals.preview(by, choice).digest)])


def _service(by: Access, child: Child, neighbour: Account) -> Service:
    """The neighbour's service that fits, as the page of choosing would offer it."""
    for one in choosing.options(by, child, area=AREA):
        if one.open and one.service.organisation_id == neighbour.organisation_id:
            return one.service
    raise InputProblem("sharing.service_missing")


def _answered(neighbour: Account) -> None:
    with acting_as(neighbour, PURPOSE) as by:
        packet: Packet = queries.packets(by).get()
        answers.open_packet(by, packet)
        answers.accept(by=by, rows=[{"pk": packet.pk, "version": packet.version}])


def _known_to_both(worker: Account, neighbour: Account) -> None:
    """The neighbour has a record of one of our invented children, and we ask whether anybody knows her."""
    with acting_as(neighbour, PURPOSE) as by:
        children.register(by=by, rows=[who(1)])
    with acting_as(worker, PURPOSE) as by:
        elsewhere.ask_elsewhere(by=by, purpose="follow_up", known=who(1))
