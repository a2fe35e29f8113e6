"""Our records to HTCDS 2.0 and back.

A record is a flat mapping of our field names (docs/reference/htcds.md lists them) to plain values. By default
what leaves is pseudonymised: no name, official id, birth date, age in years or day of the event; an age band and a
month instead. What has no place in the standard travels under `x_cobijo`; what has no place at all is listed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cobijo.errors import InputProblem, Param
from cobijo.web.care.exchange.mapping import CONTROL_COLUMN, EXTENSION, Field, htcds, spelling
from cobijo.web.care.exchange.values import NO, YES, as_told, wrong

VERSION = "2.0"
ATTRIBUTION = (
    "Field names and codes: Human Trafficking Case Data Standard 2.0, International Organization for Migration, "
    "CC BY 4.0. No endorsement is implied."
)
#: A status of the standard speaks of trafficking only, so it is written only where that concept was derived.
TRAFFICKING = frozenset({"trafficking", "trafficking-sex", "trafficking-adult"})
STATUS = "vic_TraffickingStatus"
CONTROL = "vic_MethodsOfControl"
LARGEST = 50_000_000

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Problem:
    """One bad value. `row` counts records from 1, or is the row of the workbook."""

    row: int
    field: str
    code: str
    params: Mapping[str, Param]


@dataclass(frozen=True)
class Exported:
    """`unmapped` and `withheld`: our fields that did not leave, each with the number of records that filled it."""

    document: dict[str, Any]
    unmapped: Mapping[str, int]
    withheld: Mapping[str, int]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Imported:
    """`unmapped`: columns that have no field here; `identities`: columns left out because they say who it is.

    A value with a problem is not in its record: whoever calls decides whether to take the file all the same.
    """

    records: tuple[dict[str, Any], ...]
    unmapped: Mapping[str, int]
    identities: Mapping[str, int]
    problems: tuple[Problem, ...]


def export_records(
    records: Iterable[Record], *, day: date, pseudonymised: bool = True, invented: bool = False
) -> Exported:
    """The document of all records; `day` is the day of the export, from which ages are counted."""
    unmapped: Counter[str] = Counter()
    withheld: Counter[str] = Counter()
    problems: list[Problem] = []
    made = []
    for row, record in enumerate(records, start=1):
        if pseudonymised:
            fields = htcds().fields
            gone = {field.ours for field in fields if field.identity or field.withheld}
            withheld.update(name for name in gone & record.keys() if filled(record[name]))
            record = pseudonymise(record, day=day)
        one, lost, bad = write_record(record, row)
        unmapped.update(lost)
        problems += bad
        made.append(one)
    document = {
        "format": "htcds",
        "version": VERSION,
        "made_on": day.isoformat(),
        "pseudonymised": pseudonymised,
        "invented": invented,
        "attribution": ATTRIBUTION,
        "records": made,
    }
    return Exported(document, dict(unmapped), dict(withheld), tuple(problems))


def import_records(rows: Iterable[tuple[int, Record]], *, with_identities: bool = False) -> Imported:
    """Records out of numbered rows, in any of the standard's spellings.

    Identities are left out unless asked for: whoever asks must have an agreement that says so.
    """
    unmapped: Counter[str] = Counter()
    identities: Counter[str] = Counter()
    problems: list[Problem] = []
    records = []
    for row, cells in rows:
        records.append(read_record(row, flat(cells), with_identities, unmapped, identities, problems))
    return Imported(tuple(records), dict(unmapped), dict(identities), tuple(problems))


def read_document(data: bytes) -> list[tuple[int, Record]]:
    """The numbered records of a JSON file, ours or a bare list of records."""
    if len(data) > LARGEST:
        raise InputProblem("exchange.too_large", megabytes=LARGEST // 1_000_000)
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise InputProblem("exchange.not_json") from None
    records = document.get("records") if isinstance(document, dict) else document
    if not isinstance(records, list) or not all(isinstance(one, dict) for one in records):
        raise InputProblem("exchange.no_records")
    return list(enumerate(records, start=1))


def pseudonymise(record: Record, *, day: date) -> dict[str, Any]:
    """Without identities and exact days; with bands that were there or that the exact values give."""
    gone = {field.ours for field in htcds().fields if field.identity or field.withheld}
    kept = {name: value for name, value in record.items() if name not in gone and filled(value)}
    age = age_on(record, day)
    if age is not None:
        kept["age_band"] = band(age)
    if isinstance(record.get("age_at_event"), int):
        kept["age_band_at_event"] = band(record["age_at_event"])
    if record.get("event_date"):
        kept["event_month"] = str(record["event_date"])[:7]
    return kept


def age_on(record: Record, day: date) -> int | None:
    """Full years from the birth date, else the recorded age. A birth year alone gives the younger of two ages."""
    if record.get("birth_date"):
        try:
            born = date.fromisoformat(str(record["birth_date"]))
        except ValueError:
            return None
        return max(0, day.year - born.year - ((day.month, day.day) < (born.month, born.day)))
    if isinstance(record.get("age"), int):
        return int(record["age"])
    if isinstance(record.get("birth_year"), int):
        return max(0, day.year - int(record["birth_year"]) - 1)
    return None


def band(age: int) -> str:
    """
    >>> [band(age) for age in (0, 11, 14, 17, 40)]
    ['0-5', '6-11', '12-14', '15-17', '18+']
    """
    for last, name in ((5, "0-5"), (11, "6-11"), (14, "12-14"), (17, "15-17")):
        if age <= last:
            return name
    return "18+"


def filled(value: Any) -> bool:
    """Nothing, an empty text and an empty list say that nobody knows; False says no."""
    return value is not None and value != "" and value != [] and value != ()


def write_record(record: Record, row: int) -> tuple[dict[str, Any], list[str], list[Problem]]:
    """One record of ours as one of theirs, with the names that have no place and the values that do not fit."""
    theirs: dict[str, Any] = {}
    extension: dict[str, Any] = {}
    lost: list[str] = []
    problems: list[Problem] = []
    for name, value in record.items():
        if not filled(value):
            continue
        fields = htcds().of(name)
        if not fields:
            lost.append(name)
            continue
        exact = True
        for field in fields:
            if field.extension and exact and len(fields) > 1 and name != "status":
                continue  # the standard has already said it exactly
            if field.name == STATUS and not says_trafficking(record, value):
                continue
            try:
                out, exact = to_theirs(field, value)
            except InputProblem as problem:
                problems.append(Problem(row, field.column, problem.code, {"row": row, **problem.params}))
                break
            if filled(out):
                (extension if field.extension else theirs)[field.name] = out
    if extension:
        theirs[EXTENSION] = extension
    return theirs, lost, problems


def says_trafficking(record: Record, status: str) -> bool:
    """Whether the standard's status may be written; "at risk" has no code there."""
    field = htcds().find(STATUS)
    known = field is not None and status in field.codes.values()
    return known and bool(TRAFFICKING & set(record.get("concepts") or ()))


def to_theirs(field: Field, value: Any) -> tuple[Any, bool]:
    """The value in the standard's codes, and whether they say it as exactly as ours did."""
    if not field.codes:
        return as_told(field, value), True
    back = {ours: theirs for theirs, ours in field.codes.items()}
    if not field.many:
        value = [value]
    elif isinstance(value, str):
        value = [part for part in value.split("|") if part]
    out = []
    for one in value:
        if one not in back and one not in field.coarse:
            raise wrong(field, "exchange.code", one, known=", ".join([*back, *field.coarse][:12]))
        out.append(back.get(one) or field.coarse[one])
    exact = all(one in back for one in value)
    return (list(dict.fromkeys(filter(None, out))) if field.many else out[0]), exact


def flat(cells: Record) -> dict[str, Any]:
    """The extension's object as columns, so that JSON and tables read alike."""
    inner = cells.get(EXTENSION)
    if not isinstance(inner, Mapping):
        return dict(cells)
    outer = {name: value for name, value in cells.items() if name != EXTENSION}
    return {**outer, **{f"{EXTENSION}_{name}": value for name, value in inner.items()}}


def read_record(
    row: int,
    cells: Record,
    with_identities: bool,
    unmapped: Counter[str],
    identities: Counter[str],
    problems: list[Problem],
) -> dict[str, Any]:
    """One row of theirs as a record of ours; what the extension says exactly stands over the standard's word."""
    found: dict[str, Any] = {}
    exact: dict[str, Any] = {}
    control: list[str] = []
    for column, cell in cells.items():
        if not filled(cell.strip() if isinstance(cell, str) else cell):
            continue
        field = htcds().find(str(column))
        try:
            if field is None:
                method = control_of(str(column))
                if method is None:
                    unmapped[str(column)] += 1
                elif is_yes(str(column), cell):
                    control.append(method)
            elif field.identity and not with_identities:
                identities[str(column)] += 1
            else:
                told = as_told(field, cell)
                (exact if field.extension else found)[field.ours] = to_ours(field, told)
        except InputProblem as problem:
            problems.append(Problem(row, str(column), problem.code, {"row": row, **problem.params}))
    if control:
        found["control"] = list(dict.fromkeys([*found.get("control", []), *control]))
    if found.get("status") in ("presumed", "identified") and "concepts" not in exact:
        found["concepts"] = ["trafficking"]  # the standard's status says no less
    return {**found, **exact}


def to_ours(field: Field, told: Any) -> Any:
    if not field.codes:
        return told
    return [field.codes[one] for one in told] if field.many else field.codes[told]


def control_of(column: str) -> str | None:
    """Our code for a yes/no column such as `MethodsOfControlDebtBondage`, or None."""
    plain = spelling(column.rsplit("/", 1)[-1]).removeprefix("vic")
    field = htcds().find(CONTROL)
    if not plain.startswith(CONTROL_COLUMN) or field is None:
        return None
    codes = {spelling(ours): ours for ours in (*field.codes.values(), *field.coarse)}
    return codes.get(plain.removeprefix(CONTROL_COLUMN))


def is_yes(column: str, cell: Any) -> bool:
    word = str(cell).strip().casefold()
    if word not in YES and word not in NO:
        raise InputProblem("exchange.yes_no", field=column, value=str(cell)[:40])
    return word in YES
