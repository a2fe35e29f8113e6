"""A case of the database as flat records of the exchange, one for each thing that happened, and back.

A record names our fields (`exchange.mapping` says where each goes in HTCDS). What the database holds and the exchange
has no field for never gets here: free text, contacts, official ids, assessments, care needs, justice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cobijo.web.care.cases.models import Case, Closure
from cobijo.web.care.cases.states import State
from cobijo.web.care.children.concepts import CODED, TOLD
from cobijo.web.care.children.models import Event, StatusDecision

#: Ours of the sealed elements -> the exchange's, and back. What others say more finely arrives as the nearest of ours.
RELATIONS = {
    "parent": "parent", "other_family": "other_relative", "partner": "partner", "friend": "friend",
    "employer": "employer", "community": "community", "online": "online_contact", "stranger": "stranger",
    "other": "other",
}  # fmt: skip
ROLES = {
    "recruits": "recruiter_or_intermediary", "moves": "transporter", "lodges": "harboured_individual",
    "controls": "controlled_individual", "collects": "profiteer", "buys": "payer", "looks_away": "carer_who_allowed",
    "other": "other",
}  # fmt: skip
FROM_RELATIONS = {theirs: ours for ours, theirs in RELATIONS.items()} | {
    "family": "other_family", "guardian": "other_family", "sibling": "other_family", "acquaintance": "friend",
    "neighbour": "friend", "teacher": "community", "official": "community",
}  # fmt: skip
FROM_ROLES = {theirs: ours for ours, theirs in ROLES.items()} | {
    "broker_travel_agent": "recruits", "travelling_partner": "moves", "transferred_individual": "moves",
    "smuggler": "moves", "kidnapper": "moves", "received_individual": "lodges", "owner_of_premises": "lodges",
    "sold_individual": "collects", "exploiter": "collects", "bought_individual": "buys",
}  # fmt: skip
#: An element that is a kind of exploitation in the standard.
PURPOSES = {
    "purpose_sexual": "sexual_exploitation", "purpose_labour": "forced_labour", "purpose_organs": "organ_removal",
    "purpose_adoption": "forced_adoption", "purpose_marriage": "forced_marriage",
}  # fmt: skip
#: Of a child, as the exchange calls them too. No name is even read for a file; the day of birth gives the band of age.
OF_CHILD = ("birth_date", "gender", "language")
#: Fields of a record by the group that an agreement must share; everything else is what happened.
GROUP = {
    **dict.fromkeys(
        (
            "birth_date", "age", "birth_year", "age_band", "age_known", "gender",
        ),
        "names",
    ),
    "language": "situation",
}  # fmt: skip
REFERENCE = "reference"


def group_of(name: str) -> str:
    """The group of an agreement under which a field travels; none for the reference, which says nothing."""
    return "" if name == REFERENCE else GROUP.get(name, "events")


def records_of(
    case: Case,
    *,
    reference: str,
    who: Mapping[str, Any],
    events: Iterable[tuple[Event, Mapping[str, Any], Iterable[str]]],
    decision: StatusDecision | None,
) -> list[dict[str, Any]]:
    """The records of one case. `who` and the events' second part are what was read of the sealed parts.

    A case without an event is one record all the same.
    """
    head: dict[str, Any] = {REFERENCE: reference, "home_area": case.area, "age_known": case.child.age_known}
    head |= {name: who[name] for name in OF_CHILD if who.get(name)}
    if not _is_code(head.get("language", "")):
        head.pop("language", None)
    head["case_status"], head["closure_reason"] = _status(case), case.closure
    if decision is not None:
        head |= {
            "status": decision.status,
            "status_body": decision.body_kind,
            "status_month": decision.decided_on.isoformat()[:7],
        }
    rows = [head | event_record(event, body, concepts) for event, body, concepts in events]
    return rows or [head]


def event_record(event: Event, body: Mapping[str, Any], concepts: Iterable[str]) -> dict[str, Any]:
    """What happened, in the exchange's words; the narrative stays here."""
    elements = dict(body.get("elements") or {})
    found: dict[str, Any] = {name: elements[name] for name in TOLD if isinstance(elements.get(name), bool)}
    for name, known in (("third_party_relation", RELATIONS), ("third_party_role", ROLES)):
        said = known.get(str(elements.get(name) or ""))
        if said:
            found[name] = [said] if name == "third_party_role" else said
    if elements.get("exchange_kind"):
        found["exchange_kind"] = [one for one in str(elements["exchange_kind"]).split("|") if one]
    found["exploitation"] = [kind for name, kind in PURPOSES.items() if elements.get(name)]
    found["concepts"] = sorted(set(concepts))
    found["area"] = event.area
    found["age_at_event"] = event.age_at_event
    found["event_date"] = event.began_on.isoformat() if event.began_on else ""
    return found


def event_row(record: Mapping[str, Any]) -> dict[str, Any]:
    """The row that `services.record_events` takes; empty where a record says nothing that happened.

    A month without a day is kept as its first day: the page of an event says that its day is about.
    """
    elements: dict[str, Any] = {name: record[name] for name in TOLD if isinstance(record.get(name), bool)}
    for name, kind in PURPOSES.items():
        if kind in (record.get("exploitation") or ()):
            elements.setdefault(name, True)
    relation = FROM_RELATIONS.get(str(record.get("third_party_relation") or ""))
    if relation:
        elements["third_party_relation"] = relation
    roles = [FROM_ROLES[one] for one in record.get("third_party_role") or () if one in FROM_ROLES]
    if roles:
        elements["third_party_role"] = roles[0]
    if record.get("exchange_kind"):
        elements["exchange_kind"] = "|".join(record["exchange_kind"])
    day = record.get("event_date") or (f"{record['event_month']}-01" if record.get("event_month") else None)
    row = {"began_on": day, "area": record.get("area", ""), "elements": elements}
    return row if day or elements or row["area"] else {}


#: What of a record becomes a column here; the rest is counted as not kept.
KEPT = frozenset(
    {
        REFERENCE, "home_area", "area", "age_known", "event_date", "event_month", "exploitation",
        "gender", "language", *TOLD, *CODED,
    }
)  # fmt: skip
#: Worked out here again from what is kept, so that nothing is lost where they are left out.
DERIVED = frozenset({"concepts", "age_at_event", "age_band", "age_band_at_event"})


def _status(case: Case) -> str:
    if case.state == State.CLOSED:
        return "closed_referred" if case.closure == Closure.TAKEN_ON else "closed"
    return "follow_up" if case.state == State.FOLLOW_UP else "active"


def _is_code(text: str) -> bool:
    """Whether a language is written as the standard asks: a code of two or three letters."""
    return len(text) in {2, 3} and text.isascii() and text.isalpha() and text.islower()
