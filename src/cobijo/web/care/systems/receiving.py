"""Records of another organisation (HTCDS): read, tried without writing, then taken in as cases on the own desk.

One case here for each reference of theirs, however many records speak of it; a reference that came before makes no
second case, and a child that is known here already is left to a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cobijo.errors import CobijoError, InputProblem
from cobijo.web.care.cases import services as cases
from cobijo.web.care.children import queries as known_here
from cobijo.web.care.children import services as children
from cobijo.web.care.children.models import Status
from cobijo.web.care.children.rules import check_area, check_past
from cobijo.web.care.children.writing import attempt
from cobijo.web.care.exchange.htcds import Problem, import_records, read_document
from cobijo.web.care.exchange.workbook import MOST_ROWS, check_heading, named
from cobijo.web.care.sharing.models import SharingAgreement
from cobijo.web.care.systems.mapping import DERIVED, KEPT, OF_CHILD, REFERENCE, event_row
from cobijo.web.care.systems.models import Exchange, Received, Way, Why
from cobijo.web.care.systems.rules import check_agreed, check_names_agreed, other_of
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import check
from cobijo.web.core.screens.importing import xlsx_lines

MOST = 500  # cases of one file
NAMES = frozenset({"given", "surname1", "surname2", "chosen_name", "birth_date"})


@dataclass
class Incoming:
    """One case as it would be written. `row`: where its first record stands in the file. Never shown as text."""

    row: int
    reference: str
    child: dict[str, Any] = field(default_factory=dict, repr=False)
    case: dict[str, Any] = field(default_factory=dict, repr=False)
    events: list[dict[str, Any]] = field(default_factory=list, repr=False)
    decision: dict[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Trial:
    """What would happen: cases to write, and what would not be taken, each with its number or its sentence."""

    records: int
    good: tuple[Incoming, ...] = field(repr=False)
    again: int  # cases whose reference came before
    known: tuple[tuple[int, str], ...]  # row, and the code of the child that is here already
    problems: tuple[Problem, ...]
    not_kept: Mapping[str, int]  # our fields and their columns that have no place here
    identities: Mapping[str, int]  # columns left out because they say who somebody is

    @property
    def events(self) -> int:
        return sum(len(one.events) for one in self.good)


def rows_of(content: bytes) -> list[tuple[int, Mapping[str, Any]]]:
    """The numbered records of a file, JSON or workbook, in any official spelling."""
    if content[:2] != b"PK":
        return read_document(content)
    try:
        lines = [[cell or None for cell in line] for line in xlsx_lines(content)]
    except CobijoError:
        raise
    except Exception as broken:
        raise InputProblem("exchange.no_records") from broken
    if not lines:
        raise InputProblem("exchange.no_records")
    heading = check_heading(lines[0])
    found: list[tuple[int, Mapping[str, Any]]] = [
        (number, named(number, heading, line)) for number, line in enumerate(lines[1:], 2) if any(line)
    ]
    if not found:
        raise InputProblem("exchange.no_records")
    if len(found) > MOST_ROWS:
        raise InputProblem("exchange.too_many", most=MOST_ROWS)
    return found


def try_out(
    *, by: Access, agreement_id: int, content: bytes, area: str = "", with_names: bool = False
) -> Trial:
    """The dry run: everything is read and checked, nothing is written. `area`: the state where the file says none."""
    check(by, "import", "case")
    agreement = check_agreed(by, agreement_id)
    check_names_agreed(agreement, named=with_names)
    numbered = rows_of(content)
    read = import_records(numbered, with_identities=with_names)
    found = _grouped(by, agreement, [row for row, _ in numbered], read.records, area)
    if len(found) > MOST:
        raise InputProblem("systems.too_many_cases", most=MOST)
    seen = set(
        Received.objects.filter(
            organisation_id=by.organisation_id, other=other_of(by, agreement),
            reference__in=[one.reference for one in found if one.reference],
        ).values_list("reference", flat=True)
    )  # fmt: skip
    good, known, problems = [], [], list(read.problems)
    for one in found:
        if one.reference in seen:
            continue
        wrong = _problem(one)
        here = _known(by, one)
        if wrong is not None:
            problems.append(wrong)
        elif here:
            known.append((one.row, here))
        else:
            good.append(one)
    not_kept = Counter(read.unmapped)
    for record in read.records:
        not_kept.update(name for name in record if name not in KEPT | DERIVED)
    again = sum(one.reference in seen for one in found)
    return Trial(
        len(read.records), tuple(good), again, tuple(known), tuple(problems), dict(not_kept),
        dict(read.identities),
    )  # fmt: skip


def take_in(
    *, by: Access, agreement_id: int, content: bytes, area: str = "", with_names: bool = False
) -> Exchange:
    """Write what the dry run found good, in one transaction: children, cases, what happened, what was decided."""
    with attempt(by, "import", "case"):
        trial = try_out(by=by, agreement_id=agreement_id, content=content, area=area, with_names=with_names)
        if not trial.good:
            raise InputProblem("systems.nothing_to_take")
        agreement = check_agreed(by, agreement_id)
        sender = other_of(by, agreement)
        registered = children.register(by=by, rows=[one.child for one in trial.good])
        opened = cases.open_cases(
            by=by,
            rows=[{"child": child, **one.case} for child, one in zip(registered, trial.good, strict=True)],
        )
        events = [
            {"child": child, **row}
            for child, one in zip(registered, trial.good, strict=True)
            for row in one.events
        ]
        if events:
            children.record_events(by=by, rows=events)
        decided = [
            {"child": child, "body": sender.name, **one.decision}
            for child, one in zip(registered, trial.good, strict=True)
            if one.decision
        ]
        if decided:
            children.decide_status(by=by, rows=decided)
        made = Exchange.objects.create(
            way=Way.TAKEN, organisation_id=by.organisation_id, other=sender, agreement=agreement,
            why=Why.JOINT_WORK, named=with_names, rows=trial.records, cases=len(opened), by_id=by.account_id,
        )  # fmt: skip
        Received.objects.bulk_create(
            Received(
                exchange=made, organisation_id=by.organisation_id, other=sender, reference=one.reference,
                case_id=case.pk,
            )
            for case, one in zip(opened, trial.good, strict=True)
            if one.reference
        )  # fmt: skip
        detail = {
            "rows": trial.records, "cases": len(opened), "agreement": agreement.pk, "from": sender.pk,
            "identities": with_names,
        }  # fmt: skip
        audit.record("import", "case", [one.pk for one in opened], access=by, detail=detail)
        return made


def _grouped(
    by: Access,
    agreement: SharingAgreement,
    numbers: Sequence[int],
    records: Sequence[Mapping[str, Any]],
    area: str,
) -> list[Incoming]:
    """The cases of a file: records of one reference are one case, and one without a reference is its own."""
    found: dict[str, Incoming] = {}
    for number, record in zip(numbers, records, strict=True):
        reference = str(record.get(REFERENCE) or "")
        one = found.setdefault(reference or f"#{number}", Incoming(number, reference))
        for name in OF_CHILD:
            if record.get(name):
                one.child.setdefault(name, record[name])
        if record.get("age_known"):
            one.child.setdefault("age_known", record["age_known"])
        one.case.setdefault("area", record.get("home_area") or record.get("area") or area)
        row = event_row(record)
        if row and row not in one.events:
            one.events.append(row)
        if record.get("status") and record.get("status_date"):
            one.decision = {
                "status": record["status"], "body_kind": record.get("status_body") or "other",
                "decided_on": date.fromisoformat(record["status_date"]), "ground": "documents",
            }  # fmt: skip
    for one in found.values():
        if not one.child.get("birth_date"):
            # Without its day of birth an age that others know is not known here; it counts as a child's.
            one.child["age_known"] = "disputed" if one.child.get("age_known") == "disputed" else "unknown"
        else:
            one.child.setdefault("age_known", "estimated")
            one.child["birth_date"] = date.fromisoformat(one.child["birth_date"])
        for row in one.events:
            row["began_on"] = date.fromisoformat(row["began_on"]) if row["began_on"] else None
    return list(found.values())


def _problem(one: Incoming) -> Problem | None:
    """What the services would refuse, said with the row of the file."""
    born = one.child.get("birth_date")
    days = [row["began_on"] for row in one.events if row["began_on"]]
    try:
        if not one.case["area"]:
            raise InputProblem("systems.area_missing", row=one.row)
        for place in {one.case["area"], *(row["area"] for row in one.events if row["area"])}:
            check_area(place, one.row)
        for day in (born, *days, one.decision.get("decided_on")):
            check_past(day, one.row, "day")
        if born and any(day < born for day in days):
            raise InputProblem("children.before_birth", row=one.row)
        if one.decision and (one.decision["status"] not in Status.values):
            raise InputProblem("screens.field_wrong", row=one.row, field="status")
        if born and one.decision and one.decision["decided_on"] < born:
            raise InputProblem("children.before_birth", row=one.row)
    except InputProblem as wrong:
        return Problem(one.row, "", wrong.code, wrong.params)
    return None


def _known(by: Access, one: Incoming) -> str:
    """The code of a child here that fits, so that nobody is registered twice; nothing without a name."""
    if not NAMES & one.child.keys():
        return ""
    known = known_here.known_of(one.child)
    found: Sequence[known_here.Here] = known_here.same_here(by, known) if known else ()
    return next((each.code for each in found if each.weight >= children.LEAST_SAME), "")
