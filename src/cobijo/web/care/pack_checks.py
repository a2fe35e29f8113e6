"""What can be read in the care part of a pack but is not right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from cobijo.engine.pack.reading import load_pack
from cobijo.errors import InputProblem, Param
from cobijo.web.care.children.checklists import load_checklists
from cobijo.web.care.children.rule_reading import load_rules
from cobijo.web.care.pack import ANYONE, LEVELS, Capacity, CareTables, load_care_tables, open_folder

Finding = tuple[str, dict[str, Param]]

#: Ages that the capacity table must cover without a gap; 18 and more is one row to the end.
OLDEST = 120


def check_care_tables(name_or_path: str | Path) -> list[Finding]:
    """All that is wrong with the care part of a pack; what cannot be read is the only finding of its file.

    >>> check_care_tables("mexico")
    []
    """
    read = open_folder(name_or_path)
    parts: list[Callable[[], object]] = [
        read.risk_clocks, read.duties, read.capacity, read.retention, read.offices, read.offences,
        lambda: load_rules(read.folder), lambda: load_checklists(read.folder), lambda: load_pack(read.folder),
    ]  # fmt: skip
    findings: list[Finding] = []
    for part in parts:
        try:
            part()
        except InputProblem as problem:
            findings.append((problem.code, dict(problem.params)))
    return findings or list(check_tables(load_care_tables(read.folder), read.folder))


def check_tables(tables: CareTables, folder: Path) -> Iterator[Finding]:
    yield from check_clocks(tables)
    yield from check_capacity(tables)
    yield from check_doubles(tables)
    if not any(duty.profession == ANYONE for duty in tables.duties):
        yield "care_pack.missing_row", {"file": "duty_to_report.csv", "column": "profession", "value": ANYONE}
    yield from check_offices(tables, folder)
    known = load_rules(folder).concepts
    for offence in tables.offences:
        if offence.concept and offence.concept not in known:
            yield "care_pack.concept_unknown", {"row": offence.code, "value": offence.concept}
        if not offence.article and not offence.evidence.startswith("GK"):
            yield "care_pack.article_missing", {"row": offence.code}


def check_clocks(tables: CareTables) -> Iterator[Finding]:
    """Each level once, and a graver level never waits longer than a lighter one."""
    hours = {clock.level: clock.hours for clock in tables.risk_clocks}
    for level in LEVELS:
        if level not in hours:
            yield "care_pack.missing_row", {"file": "risk_clocks.csv", "column": "level", "value": level}
    known = [level for level in LEVELS if level in hours]
    for graver, lighter in pairwise(known):
        if hours[graver] >= hours[lighter]:
            yield "care_pack.clocks_order", {"one": graver, "other": lighter}


def check_capacity(tables: CareTables) -> Iterator[Finding]:
    """Every age from 0 has exactly one row for each decision, and nobody under 18 decides quite alone unasked."""
    groups: defaultdict[str, list[Capacity]] = defaultdict(list)
    for row in tables.capacity:
        groups[row.decision].append(row)
    for decision, rows in groups.items():
        covered = Counter(age for row in rows for age in range(row.age_from, min(row.age_to, OLDEST) + 1))
        for age in range(OLDEST + 1):
            if covered[age] != 1:
                yield (
                    "care_pack.capacity_gap",
                    {"decision": decision, "age": age, "times": covered[age]},
                )
                break
        if any(row.age_from < 18 <= row.age_to for row in rows):
            yield "care_pack.capacity_across", {"decision": decision}


def check_doubles(tables: CareTables) -> Iterator[Finding]:
    found: list[tuple[str, str, Iterable[str]]] = [
        ("risk_clocks.csv", "level", (row.level for row in tables.risk_clocks)),
        ("retention.csv", "purpose", (row.purpose for row in tables.retention)),
        ("protection_offices.csv", "code", (row.code for row in tables.offices)),
        ("protection_offices.csv", "area", (row.area for row in tables.offices)),
        ("offences.csv", "code", (row.code for row in tables.offences)),
    ]
    for file, column, values in found:
        for value, times in Counter(values).items():
            if times > 1:
                yield "pack.doubled", {"file": file, "column": column, "value": value}


def check_offices(tables: CareTables, folder: Path) -> Iterator[Finding]:
    """One federal office, and one for each area of the pack."""
    areas = {area.code for area in load_pack(folder).areas}
    theirs = {office.area for office in tables.offices if office.level == "state"}
    for area in sorted(areas - theirs):
        yield "care_pack.missing_row", {"file": "protection_offices.csv", "column": "area", "value": area}
    for area in sorted(theirs - areas):
        yield "care_pack.area_unknown", {"value": area}
    if not any(office.level == "federal" for office in tables.offices):
        yield (
            "care_pack.missing_row",
            {"file": "protection_offices.csv", "column": "level", "value": "federal"},
        )
