"""Records of another organisation (HTCDS): read, tried without writing, then taken in as cases on the own desk.

One case here for each reference of theirs, however many records speak of it; a reference that came before makes no
second case. Names are left out: with them would come a record that no child agreed to. What another body decided is
listed and not taken in: a decision here needs its day and its ground, which a file does not say.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from cobijo.errors import CobijoError, InputProblem
from cobijo.web.care.cases import services as cases
from cobijo.web.care.children import services as children
from cobijo.web.care.children.rules import check_past
from cobijo.web.care.children.writing import attempt
from cobijo.web.care.exchange.htcds import Problem, import_records, read_document
from cobijo.web.care.exchange.workbook import MOST_ROWS, check_heading, named
from cobijo.web.care.sharing.models import SharingAgreement
from cobijo.web.care.systems.mapping import DERIVED, KEPT, REFERENCE, event_row
from cobijo.web.care.systems.models import Exchange, Received, Way, Why
from cobijo.web.care.systems.rules import check_agreed, other_of
from cobijo.web.core import audit, country
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check
from cobijo.web.core.jobs import outbox
from cobijo.web.core.jobs.queries import uploads
from cobijo.web.core.screens.sheets import xlsx_lines
from cobijo.web.core.vault import blind, ring

MOST = 500  # cases of one file
OF_CHILD = ("gender", "language")
UPLOAD = "import-htcds"
PURPOSE = "systems.reference"


@dataclass
class Incoming:
    """One case as it would be written. `row`: where its first record stands in the file. Never shown as text."""

    row: int
    reference: str
    child: dict[str, Any] = field(default_factory=dict, repr=False)
    case: dict[str, Any] = field(default_factory=dict, repr=False)
    events: list[dict[str, Any]] = field(default_factory=list, repr=False)


@dataclass(frozen=True)
class Trial:
    """What would happen: cases to write, and what would not be taken, each with its number or its sentence."""

    records: int
    good: tuple[Incoming, ...] = field(repr=False)
    again: int  # cases whose reference came before
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
    except InputProblem as broken:
        if broken.code != "screens.no_table":  # which would offer a CSV, and none is taken here
            raise
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


def try_out(*, by: Access, agreement_id: int, content: bytes, area: str = "") -> Trial:
    """The dry run: everything is read and checked, nothing is written. `area`: the state where the file says none."""
    check(by, "import", "case")
    agreement = check_agreed(by, agreement_id)
    numbered = rows_of(content)
    read = import_records(numbered)
    found = _grouped(by, agreement, [row for row, _ in numbered], read.records, area)
    if len(found) > MOST:
        raise InputProblem("systems.too_many_cases", most=MOST)
    seen = _came_before(by, other_of(by, agreement).pk, [one.reference for one in found if one.reference])
    good, problems = [], list(read.problems)
    for one in found:
        if one.reference in seen:
            continue
        wrong = _problem(one)
        if wrong is not None:
            problems.append(wrong)
        else:
            good.append(one)
    not_kept = Counter(read.unmapped)
    for record in read.records:
        not_kept.update(name for name in record if name not in KEPT | DERIVED)
    again = sum(one.reference in seen for one in found)
    return Trial(
        len(read.records), tuple(good), again, tuple(problems), dict(not_kept), dict(read.identities),
    )  # fmt: skip


def take_kept(*, by: Access, upload: uuid.UUID, agreement_id: int, area: str = "") -> Exchange:
    """Take in a file that was tried. It is held while this goes on and gone with it: a second press finds none."""
    with transaction.atomic():
        kept = uploads(by).select_for_update(of=("self",)).filter(pk=upload, name=UPLOAD).first()
        if kept is None:
            raise InputProblem("screens.file_gone")
        with outbox.reading(kept) as source:
            content = source.read() or b""
        try:
            made = take_in(by=by, agreement_id=agreement_id, content=content, area=area)
        except Forbidden:
            raise
        except CobijoError as problem:  # raised after this transaction: its being on record stays
            refused = problem
        else:
            outbox.forget(kept)
            return made
    raise refused


def take_in(*, by: Access, agreement_id: int, content: bytes, area: str = "") -> Exchange:
    """Write what the dry run found good, in one transaction: children, cases, what happened."""
    with attempt(by, "import", "case"):
        trial = try_out(by=by, agreement_id=agreement_id, content=content, area=area)
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
        made = Exchange.objects.create(
            way=Way.TAKEN, organisation_id=by.organisation_id, other=sender, agreement=agreement,
            why=Why.JOINT_WORK, rows=trial.records, cases=len(opened), by_id=by.account_id,
        )  # fmt: skip
        received = [
            Received(
                exchange=made, organisation_id=by.organisation_id, other=sender, case_id=case.pk,
                reference=_tokens(by, sender.pk, one.reference)[0],
            )
            for case, one in zip(opened, trial.good, strict=True)
            if one.reference
        ]  # fmt: skip
        try:
            Received.objects.bulk_create(received)
        except IntegrityError as twice:  # somebody else took the same file in meanwhile
            raise InputProblem("systems.taken_meanwhile") from twice
        detail = {
            "rows": trial.records, "cases": len(opened), "agreement": agreement.pk, "from": sender.pk,
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
    for one in found.values():
        # Without its day of birth an age that others know is not known here; it counts as a child's.
        one.child["age_known"] = "disputed" if one.child.get("age_known") == "disputed" else "unknown"
    return list(found.values())


def _problem(one: Incoming) -> Problem | None:
    """What the services would refuse, said with the row of the file. Texts of days become days here."""
    try:
        for row in one.events:
            row["began_on"] = _day(row["began_on"], one.row)
        if not one.case["area"]:
            raise InputProblem("systems.area_missing", row=one.row)
        for place in {one.case["area"], *(row["area"] for row in one.events if row["area"])}:
            country.check_area(place, one.row)
        for row in one.events:
            check_past(row["began_on"], one.row, "day")
    except InputProblem as wrong:
        return Problem(one.row, "", wrong.code, wrong.params)
    return None


def _day(text: str | None, row: int) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputProblem("exchange.day", row=row, field="event_date", value=str(text)[:20]) from None


def _tokens(by: Access, sender: int, reference: str) -> list[bytes]:
    """What stands here for a reference of theirs: under the index's secret in use, then under the one before it.

    Once that one is gone too, a file of its time would be taken for new: rows here are never written again.
    """
    form = ("reference", f"{by.organisation_id}|{sender}", reference)
    return [blind.token(blind.purpose_key(one.secret, PURPOSE), form) for one in ring.index_secrets()]


def _came_before(by: Access, sender: int, references: Sequence[str]) -> set[str]:
    tokens = {token: one for one in set(references) for token in _tokens(by, sender, one)}
    rows = Received.objects.filter(
        organisation_id=by.organisation_id, other_id=sender, reference__in=list(tokens)
    )
    return {tokens[bytes(token)] for token in rows.values_list("reference", flat=True)}
