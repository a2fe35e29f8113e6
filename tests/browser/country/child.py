"""One child's whole file, made by the rooms' own services: so that every page of it can be opened and looked at.

Everybody and everything here is invented. What the sweep opens, no story changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from cobijo.web.care.cases import clocks, transfers, work
from cobijo.web.care.cases import services as cases
from cobijo.web.care.cases.models import Case
from cobijo.web.care.children import elsewhere, noticing
from cobijo.web.care.children import queries as concerns
from cobijo.web.care.children import services as children
from cobijo.web.care.children.models import Child, Match
from cobijo.web.care.justice import alerts
from cobijo.web.care.justice import services as justice
from cobijo.web.care.sharing import agreements, answers, asks, codes, consents, referrals, withdrawing
from cobijo.web.care.sharing.models import Consent, Packet, Referral
from cobijo.web.care.sharing.referrals import Choice
from cobijo.web.core.access.context import Access, acting_as, acting_as_system
from cobijo.web.core.accounts.models import Account, Organisation
from cobijo.web.core.accounts.roles import Role
from cobijo.web.directory.services.models import Service
from tests.rules.world import World
from tests.web.people import organisation, person

FIELDS = ["child.chosen_name", "child.given", "child.safe_contact", "case.risk"]
NAMED = {"chosen_name": "Lupita", "given": "Guadalupe Inventada", "surname1": "Ejemplo", "age_known": "known"}
#: What else is shared with the clinic in which state of its packet; one service of the clinic for each.
STATES = ("sent", "asked", "accepted", "withdrawn")
WORKER = "Ana Inventada"
#: What the clinic does with the packets of the stories' child; the last is the one that the child stops.
STORY = ("accept", "ask", "decline", "stop")
STORY_CHILD = {"en": ("Nayeli", "Cuento"), "es": ("Jacinta", "Fábula")}


@dataclass
class Whole:
    """What was made: a record of each kind, who works at the clinic, and pages beyond one of each address."""

    records: dict[str, Any]
    people: dict[str, Account]
    more: list[tuple[str, str, dict[str, Any]]]  # a name of its own, the address's name, its parts
    opens: dict[str, str]  # codes for the doors without an account


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def make_whole(world: World) -> Whole:
    """The child of the caseworker of `here`, known to a clinic, with a proceeding and an offer from `there`."""
    clinic = _clinic()
    worker, supervisor = world.people[Role.CASEWORKER], world.people[Role.SUPERVISOR]
    worker.name = WORKER
    worker.save()
    there = person("Tere", Role.SUPERVISOR, of=world.there)
    person("Audrey", Role.AUDITOR, of=world.there)
    one = agreement(supervisor, clinic.people["clinic_supervisor"])
    offer = agreement(there, supervisor, for_transfer=True, for_search=True)
    with acting_as(worker, "follow_up") as by:
        records = _child(by) | {"agreement": one.pk}
        records |= _case(by, records["child"])
        records |= _justice(by, records["case"])
    _supervised(world, records)
    more, found = _shared(world, clinic, records)
    records |= found
    _offered(world, offer)
    with acting_as_system("test", scopes="all"):
        records["match"] = Match.objects.latest("pk").pk
    more += _more(records)
    with acting_as(worker, "follow_up") as by:
        page = codes.give_page_code(by=by, child=records["child"], safety=list(codes.SAFETY))
    opens = {"own": page}
    for language in ("en", "es"):
        found, opens[f"story {language}"] = _for_stories(world, clinic, language)
        records |= found
    plain = {kind: getattr(record, "pk", record) for kind, record in records.items()}
    return Whole(plain, clinic.people, more, opens)


def _for_stories(world: World, clinic: Clinic, language: str) -> tuple[dict[str, Any], str]:
    """A child of its own for the stories of a language, which change it: a case, four packets, a code."""
    made: dict[str, Any] = {}
    with override(language), acting_as(world.people[Role.CASEWORKER], "follow_up") as by:
        called, surname = STORY_CHILD[language]
        who = {"chosen_name": called, "given": f"{called} Inventada", "surname1": surname}
        safe = {"safe_contact": "Con su abuela inventada", "birth_date": ago(4900), "age_known": "known"}
        [child] = children.register(by=by, rows=[who | safe])
        made[f"story child {language}"] = child
        made[f"story case {language}"] = _case(by, child)["case"]
        for step in STORY:
            sent = refer(by, child, clinic.services[f"{step} {language}"])[1]
            made[f"story {step} {language}"] = _packet(sent)
        code = codes.give_page_code(by=by, child=child, safety=list(codes.SAFETY))
    return made, code


# --- The clinic, agreements --------------------------------------------------------------------------------------


@dataclass
class Clinic:
    organisation: Organisation
    people: dict[str, Account]
    services: dict[str, Service]


def _clinic() -> Clinic:
    made = organisation("clinic", area="MX-OAX")
    people = {
        "clinic": person("Rocio", Role.RECEIVING_SERVICE, of=made),
        "clinic_supervisor": person("Saul", Role.SUPERVISOR, of=made),
    }
    named = {name: f"Sala {name}" for name in (*STATES, "story")}
    for number, step in enumerate(STORY, 1):
        named |= {f"{step} en": f"Invented room {number}", f"{step} es": f"Sala inventada {number}"}
    return Clinic(made, people, {key: service_of(made, name) for key, name in named.items()})


def service_of(one: Organisation, name: str) -> Service:
    """A service that this child can be referred to: verified today, with places."""
    today = timezone.localdate()
    return Service.objects.create(
        organisation=one, name=name, kind="mental_health", area="MX-OAX", age_from=8, age_to=17, capacity=3,
        capacity_on=today, verified_on=today,
    )  # fmt: skip


def agreement(one: Account, other: Account, **more: Any) -> Any:
    """Proposed by one supervisor, signed by both."""
    said = {
        "organisation": one.organisation, "other": other.organisation, "for_referral": True, "share_names": True,
        "share_contact": True, "share_needs": True, "share_safety": True, "share_situation": True,
        "starts_on": ago(1), "ends_on": ago(-365),
    } | more  # fmt: skip
    with acting_as(one, "") as by:
        (made,) = agreements.add(by=by, rows=[said])
        agreements.sign(by=by, ids=[made.pk])
    with acting_as(other, "") as by:
        agreements.sign(by=by, ids=[made.pk])
    return made


# --- The file ----------------------------------------------------------------------------------------------------


def concern_row(**more: Any) -> dict[str, Any]:
    return {
        "noticer": "health", "signs": ["fear", "gifts"], "noticed_on": timezone.localdate(), "area": "MX-OAX",
        "urgency": "today", "age_band": "12-14", "narrative": "Aviso inventado",
    } | more  # fmt: skip


def _child(by: Access) -> dict[str, Any]:
    """From a concern to a child with an event, a decision, an edit."""
    who = {one: NAMED[one] for one in ("given", "surname1")}
    noticing.notice(
        by=by, rows=[concern_row(given="Otra Inventada", surname1="Supuesta"), concern_row(**who)]
    )
    waiting, taken = list(concerns.waiting(by).order_by("pk"))[-2:]
    [child] = noticing.take(
        by=by, rows=[{"pk": taken.pk, "version": taken.version, **NAMED, "birth_date": ago(4800)}]
    )
    said = {
        "safe_contact": "Con su tía inventada, por la mañana", "language": "zapoteco", "interpreter": True,
        "disability_accommodations": "Letra grande", "gender": "girl",
    }  # fmt: skip
    [child] = children.change(by=by, rows=[{"pk": child.pk, "version": child.version, **said}])
    elements = {"sexual_act": True, "exchange_given": True, "exchange_kind": "money", "act_recruit": True,
                "purpose_sexual": True}  # fmt: skip
    [event] = children.record_events(
        by=by, rows=[{"child": child, "began_on": ago(90), "area": "MX-OAX", "narrative": "Hecho inventado",
                      "elements": elements}],
    )  # fmt: skip
    children.decide_status(
        by=by, rows=[{"child": child, "status": "presumed", "body_kind": "protection", "body": "Procuraduría Inventada",
                      "decided_on": ago(30), "ground": "interview", "event": event}],
    )  # fmt: skip
    return {"child": child, "concern": waiting, "child_event": event}


def _case(by: Access, child: Child) -> dict[str, Any]:
    """A case with something of every kind that hangs under it, moved on to its plan."""
    [case] = cases.open_cases(
        by=by,
        rows=[{"child": child, "area": "MX-OAX", "guardian": "implicated", "opened_on": ago(40),
               "summary": "Caso inventado", "representative_name": "Lic. Inventada",
               "representative_independent": True, "representative_contact": "951 000 0000"}],
    )  # fmt: skip
    [first] = cases.assess(
        by=by,
        rows=[{"case": case, "risk": "high", "needs": ["safe_place", "school"], "wishes": "Quiere estudiar",
               "suicide_risk": "no_sign", "safe_tonight": True, "care_needs": ["psychological_care"]}],
    )  # fmt: skip
    case.refresh_from_db()
    made: dict[str, Any] = {"case": case, "assessment": first}
    rows: Mapping[str, tuple[Any, dict[str, Any]]] = {
        "safety_plan": (work.write_safety_plans, {"tonight": "Con su tía inventada", "words": "mango",
                                                  "good_until": ago(-1)}),
        "plan_item": (work.add_plan_items, {"kind": "care", "goal": "Volver a la escuela", "doer": "worker",
                                            "due_on": ago(-30)}),
        "task": (work.add_tasks, {"kind": "call", "risk": "high", "due_on": ago(2), "note": "Tarea inventada"}),
        "follow_up": (work.plan_follow_ups, {"kind": "visit", "planned_on": ago(-5)}),
        "sibling": (work.add_siblings, {"kind": "sibling", "name": "Hermana Inventada", "at_risk": True}),
        "determination": (work.determine, {"decided_on": ago(3), "body": "Panel inventado", "heard": True,
                                           "represented": True, "may_return": False, "consular": "no",
                                           "reasons": "Motivos inventados"}),
    }  # fmt: skip
    for kind, (service, row) in rows.items():
        [made[kind]] = service(by=by, rows=[{"case": case, **row}])
    cases.move_on(by=by, rows=[{"pk": case.pk, "version": case.version, "to": "plan"}])
    [made["approval"]] = cases.ask_approval(by=by, rows=[{"pk": case.pk, "what": "plan"}])
    return made


def _justice(by: Access, case: Case) -> dict[str, Any]:
    """A proceeding that was put off, with a measure and reparation; an alert; a child kept apart."""
    [one] = justice.start(
        by=by,
        rows=[{"case": case, "relation": "employer", "part": "paid", "offender_age": "adult",
               "offences": ["cpf-procuring"], "opened_on": ago(38), "authority": "state_prosecutor",
               "area": "MX-OAX", "expected_by": ago(-20), "file_number": "FGE/inventado/1", "note": "Nota inventada"}],
    )  # fmt: skip
    [step] = justice.take_steps(
        by=by,
        rows=[{"pk": one.pk, "version": one.version, "to": "investigation", "on": ago(20),
               "authority": "state_prosecutor", "area": "MX-OAX", "expected_by": ago(-10)}],
    )  # fmt: skip
    one.refresh_from_db()
    justice.put_off(
        by=by,
        rows=[
            {
                "pk": one.pk,
                "version": one.version,
                "until": ago(-25),
                "reason": "no_date",
                "note": "Inventado",
            }
        ],
    )
    [measure] = justice.add_measures(
        by=by, rows=[{"proceeding": one, "kind": "no_contact", "state": "ordered", "ordered_on": ago(9),
                      "until": ago(-3), "asked_on": ago(12)}],
    )  # fmt: skip
    [owed] = justice.add_reparations(
        by=by, rows=[{"proceeding": one, "kind": "care", "ordered_on": ago(5), "due_by": ago(-40)}]
    )
    [alert] = alerts.raise_alerts(
        by=by, rows=[{"case": case, "done": "detained", "ground": "papers", "happened_on": ago(1),
                      "authority": "administrative", "place": "Lugar inventado", "note": "Inventado"}],
    )  # fmt: skip
    [apart] = alerts.keep_apart(by=by, rows=[{"case": case, "alleged": "recruited", "relation": "friend"}])
    return {
        "proceeding": one, "justice_step": step, "protection_measure": measure, "reparation": owed,
        "non_punishment": alert, "alleged_child": apart,
    }  # fmt: skip


def _supervised(world: World, records: dict[str, Any]) -> None:
    """A clock that ran out, of which the supervisor was told; a colleague's case beside it."""
    with acting_as_system("test", scopes="all"):
        Case.objects.filter(pk=records["case"].pk).update(answer_by=timezone.now() - timedelta(hours=3))
    clocks.escalate()


# --- Sharing -----------------------------------------------------------------------------------------------------


def consent_row(child: Child, chosen: Service, **more: Any) -> dict[str, Any]:
    return {
        "child": child, "verdict": "given", "purpose": "referral", "recipient": chosen.organisation,
        "service": chosen, "fields": FIELDS, "until": ago(-30), "giver": "representative", "says": "yes",
        "told_duty": True, "words": "Sí, que me ayuden",
    } | more  # fmt: skip


def refer(by: Access, child: Child, service: Service) -> tuple[Consent, Referral]:
    [consent] = consents.record(by=by, rows=[consent_row(child, service)])
    choice = Choice(child, consent, service, FIELDS, "today", "Dos sesiones por semana")
    sent = referrals.send(by=by, rows=[(choice, referrals.preview(by, choice).digest)])[0]
    return consent, sent.referral


def _shared(
    world: World, clinic: Clinic, records: dict[str, Any]
) -> tuple[list[tuple[str, str, dict[str, Any]]], dict[str, Any]]:
    """A packet in every state that a page shows, a refusal, a legal basis, a wish, a complaint."""
    child: Child = records["child"]
    found: dict[str, Any] = {}
    more: list[tuple[str, str, dict[str, Any]]] = []
    prosecutor = organisation("fiscalia-inventada", kind="prosecution")
    with acting_as(world.people[Role.CASEWORKER], "referral") as by:
        sent = {state: refer(by, child, clinic.services[state]) for state in STATES}
        [found["law"]] = consents.record(
            by=by,
            rows=[consent_row(child, clinic.services["sent"], verdict="law", purpose="justice", recipient=prosecutor,
                              service=None, giver="nobody", law="Ley inventada", article="12", says="not_asked")],
        )  # fmt: skip
        consents.record(by=by, rows=[consent_row(child, clinic.services["story"], verdict="refused")])
    found["consent"], found["referral"] = sent["sent"]
    rocio = clinic.people["clinic"]
    for state in ("asked", "accepted", "withdrawn"):
        with acting_as(rocio, "referral") as by:
            one = _packet(sent[state][1])
            row = {"pk": one.pk, "version": one.version}
            if state == "asked":
                answers.open_packet(by, one)
                answers.ask(by=by, rows=[{**row, "question": "¿Necesita intérprete? (inventado)"}])
            else:
                answers.accept(by=by, rows=[row])
    with acting_as(world.people[Role.CASEWORKER], "referral") as by:
        withdrawing.withdraw(by=by, consents=[sent["withdrawn"][0]])
        [found["wish"]] = [asks.wish(by=by, child=child, kind="correct", words="Me llamo Lupita (inventado)")]
    with acting_as_system("test", scopes="all") as system:
        found["complaint"] = asks.complain(by=system, about=clinic.organisation, words="Queja inventada")
    for state in STATES:
        more.append((f"sharing:packet {state}", "sharing:packet", {"pk": _packet(sent[state][1]).pk}))
        more.append((f"sharing:referral {state}", "sharing:referral", {"pk": sent[state][1].pk}))
    found["packet"] = _packet(sent["sent"][1])
    found["service_of_clinic"], found["service_without_consent"] = (
        clinic.services["sent"],
        clinic.services["story"],
    )
    return more, found


def _packet(referral: Referral) -> Packet:
    with acting_as_system("test", scopes="all"):
        return Packet.objects.get(referral_id=referral.pk)


def _offered(world: World, offer: Any) -> None:
    """A case of another organisation is offered to this one, and that one asks whether anybody knows a child."""
    stranger = world.shared["stranger"].owner
    with acting_as(stranger, "follow_up") as by:
        [child] = children.register(by=by, rows=[{"given": "Ofrecida Inventada", "surname1": "Traslado"}])
        [case] = cases.open_cases(by=by, rows=[{"child": child, "area": "MX-PUE", "guardian": "none"}])
        consents.record(
            by=by,
            rows=[consent_row(child, Service(organisation=world.here), service=None, purpose="transfer",
                              verdict="law", giver="nobody", law="Ley inventada", article="3")],
        )  # fmt: skip
        case.refresh_from_db()
        transfers.offer(
            by=by, rows=[{"pk": case.pk, "version": case.version, "to": world.here, "reason": "moves"}]
        )
        known = {name: NAMED[name] for name in ("given", "surname1")} | {"birth_date": ago(4800)}
        elsewhere.ask_elsewhere(by=by, purpose="intake", known=known)
    elsewhere.resolve()


def _more(records: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Pages of addresses that stand for several."""
    from cobijo.web.care.cases.writing import KINDS

    case, child = records["case"].pk, records["child"].pk
    found: list[tuple[str, str, dict[str, Any]]] = []
    for kind, known in KINDS.items():
        found.append((f"cases:add {kind}", "cases:add", {"pk": case, "kind": kind}))
        if known.change is not None:
            parts = {"pk": case, "kind": kind, "row": records[kind].pk}
            found.append((f"cases:change {kind}", "cases:change", parts))
    without = {"pk": child, "service": records["service_without_consent"].pk}
    found.append(("sharing:fields no consent", "sharing:fields", without))
    return found
