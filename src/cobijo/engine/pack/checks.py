"""What is wrong with a pack, all of it at once, each thing as a code with parameters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from cobijo.engine.pack.map_checks import check_map
from cobijo.engine.pack.reading import load_pack
from cobijo.engine.pack.shape import Pack, Term, plain_word
from cobijo.errors import InputProblem, Param
from cobijo.sentences import LANGUAGES

Finding = tuple[str, dict[str, Param]]

#: What a pack needs a word for; the values of `Status` and `Sex` in the canonical record.
STATUSES = ("at_risk", "presumed", "identified", "not")
SEXES = ("female", "male", "other")
#: Kinds of organisation that the directory knows.
ORGANISATION_KINDS = (
    "ngo", "civil_society", "shelter", "child_protection", "health", "education", "social", "prosecution", "court",
    "police", "migration", "government", "academia", "company", "individual",
)  # fmt: skip


def validate_pack(folder: str | Path) -> list[Finding]:
    """Check a pack, by name or folder; an empty list means that it can be used.

    A file that cannot be read is the only finding: mend it and check again. Everything else is found at once.
    Each finding is a code of `cobijo.sentences` with its parameters.

    >>> validate_pack("mexico")
    []
    """
    try:
        pack = load_pack(folder)
    except InputProblem as problem:
        return [(problem.code, dict(problem.params))]
    return [
        *check_head(pack),
        *check_areas(pack),
        *check_area_words(pack),
        *check_terms(pack),
        *check_evidence(pack),
        *check_directory(pack),
        *check_names(pack),
        *check_phonetic(pack),
        *check_map(pack),
    ]


def check_head(pack: Pack) -> Iterator[Finding]:
    if pack.code != pack.folder.name:
        yield "pack.code_not_folder", {"code": pack.code, "folder": pack.folder.name}
    if not re.fullmatch("[A-Z]{2}", pack.country):
        yield "pack.country_wrong", {"value": pack.country}
    for language in pack.languages:
        if not re.fullmatch("[a-z]{2,3}", language):
            yield "pack.language_wrong", {"value": language}
    if not set(pack.languages) & set(LANGUAGES):
        yield "pack.language_unknown", {"languages": ", ".join(pack.languages), "known": ", ".join(LANGUAGES)}
    if not 1 <= pack.population.under_age <= 21:
        yield "pack.age_wrong", {"value": pack.population.under_age}
    if pack.population.status not in STATUSES:
        yield "pack.status_unknown", {"value": pack.population.status, "known": ", ".join(STATUSES)}


def check_areas(pack: Pack) -> Iterator[Finding]:
    if not pack.areas:
        yield "pack.no_areas", {}
    for column in ("code", "office_code", "id_code", "short"):
        for value in doubles(getattr(area, column) for area in pack.areas):
            yield "pack.doubled", {"file": "areas.csv", "column": column, "value": value}
    offices = [area.office_code for area in pack.areas]
    if offices != sorted(offices):
        yield "pack.areas_unordered", {}
    for area in pack.areas:
        if not re.fullmatch(f"{re.escape(pack.country)}-[A-Z0-9]{{1,3}}", area.code):
            yield "pack.area_code_wrong", {"value": area.code, "country": pack.country}
        for column, value in [
            ("short", area.short),
            *((f"name_{k}", name) for k, name in area.names.items()),
        ]:
            if not value:
                yield "pack.empty", {"file": "areas.csv", "column": column, "row": area.code}
    by_office = {area.office_code: area.code for area in pack.areas}
    for office, code in pack.pinned.items():
        if by_office.get(office) != code:
            yield "pack.pinned", {"office_code": office, "area": code, "found": by_office.get(office)}


def check_area_words(pack: Pack) -> Iterator[Finding]:
    """No spelling may mean two areas: a list's word would land in whichever comes first."""
    owner: dict[str, str] = {}
    for area in pack.areas:
        for word in (*area.names.values(), area.short, *area.alternatives):
            other = owner.setdefault(plain_word(word), area.code)
            if other != area.code:
                yield (
                    "pack.word_of_two",
                    {"file": "areas.csv", "value": word, "one": other, "other": area.code},
                )


def check_terms(pack: Pack) -> Iterator[Finding]:
    for kind, needed, found in (("status", STATUSES, pack.statuses), ("sex", SEXES, pack.sexes)):
        for code in needed:
            if code not in found:
                yield "pack.term_missing", {"kind": kind, "value": code}
        for code in found:
            if code not in needed:
                yield "pack.term_unknown", {"kind": kind, "value": code, "known": ", ".join(needed)}
    if not pack.forms:
        yield "pack.term_missing", {"kind": "form", "value": "other"}
    for value in doubles(term.code for term in pack.forms):
        yield "pack.doubled", {"file": "terms.csv", "column": "code", "value": value}
    groups: tuple[Iterable[Term], ...] = (pack.forms, pack.statuses.values(), pack.sexes.values())
    for terms in groups:
        owner: dict[str, str] = {}
        for term in terms:
            for column, name in term.names.items():
                if not name:
                    yield "pack.empty", {"file": "terms.csv", "column": f"name_{column}", "row": term.code}
            for word in (*term.names.values(), *term.alternatives):
                other = owner.setdefault(plain_word(word), term.code)
                if other != term.code:
                    yield (
                        "pack.word_of_two",
                        {"file": "terms.csv", "value": word, "one": other, "other": term.code},
                    )


def check_evidence(pack: Pack) -> Iterator[Finding]:
    """Every fact says how sure it is, so that a specialist knows what to confirm."""
    for area in pack.areas:
        if not area.status:
            yield "pack.no_evidence", {"file": "areas.csv", "column": "status", "row": area.code}
    for term in (*pack.forms, *pack.statuses.values(), *pack.sexes.values()):
        if not term.evidence:
            yield "pack.no_evidence", {"file": "terms.csv", "column": "evidence", "row": term.code}
    for institution in pack.institutions:
        if not institution.evidence:
            yield (
                "pack.no_evidence",
                {"file": "institutions.csv", "column": "evidence", "row": institution.name},
            )


def check_directory(pack: Pack) -> Iterator[Finding]:
    """Networks and organisations: named, once, in areas and networks that the pack has, each with its source."""
    for file, codes in (
        ("networks.csv", [one.code for one in pack.networks]),
        ("organisations.csv", [one.code for one in pack.organisations]),
    ):
        for value in doubles(codes):
            yield "pack.doubled", {"file": file, "column": "code", "value": value}
        if "" in codes:
            yield "pack.empty", {"file": file, "column": "code", "row": codes.index("") + 2}
    known = {one.code for one in pack.networks}
    for one in pack.organisations:
        if not one.name:
            yield "pack.empty", {"file": "organisations.csv", "column": "name", "row": one.code}
        if one.kind not in ORGANISATION_KINDS:
            named = {"value": one.kind, "known": ", ".join(ORGANISATION_KINDS)}
            yield "pack.organisation_kind", {"row": one.code, **named}
        if one.area and one.area not in pack.area_by_code:
            yield "pack.organisation_area", {"row": one.code, "value": one.area}
        for network in one.networks:
            if network not in known:
                yield "pack.network_unknown", {"row": one.code, "value": network}
    for net in pack.networks:
        for language, name in net.names.items():
            if not name:
                yield "pack.empty", {"file": "networks.csv", "column": f"name_{language}", "row": net.code}
    for file, code, source, evidence in (
        *(("networks.csv", one.code, one.source, one.evidence) for one in pack.networks),
        *(("organisations.csv", one.code, one.source, one.evidence) for one in pack.organisations),
    ):
        for column, value in (("source", source), ("evidence", evidence)):
            if not value:
                yield "pack.no_evidence", {"file": file, "column": column, "row": code}


def check_names(pack: Pack) -> Iterator[Finding]:
    for value in doubles(f"{name.name} ({name.sex})" for name in pack.given_names):
        yield "pack.doubled", {"file": "given_names.csv", "column": "name", "value": value}
    for value in doubles(name.name for name in pack.surnames):
        yield "pack.doubled", {"file": "surnames.csv", "column": "name", "value": value}
    for sex in ("female", "male"):
        if not any(name.sex in (sex, "any") for name in pack.given_names):
            yield "pack.no_names", {"value": sex}
    if not pack.surnames:
        yield "pack.no_surnames", {}
    for nickname, name in pack.rules.nicknames.items():
        if not nickname or not name:
            yield "pack.empty", {"file": "nicknames.csv", "column": "name", "row": nickname}
        if nickname in pack.rules.given_weight:
            yield "pack.nickname_is_name", {"value": nickname, "name": name}
        if name in pack.rules.nicknames:
            yield "pack.nickname_chain", {"value": nickname, "name": name}
    for phrases in pack.rules.compounds.values():
        for phrase in phrases:
            if len(phrase) < 2:
                yield "pack.compound_short", {"value": " ".join(phrase)}


def check_phonetic(pack: Pack) -> Iterator[Finding]:
    """A rule that looks for a letter that folding has already taken away would silently never apply."""
    for row, rule in enumerate(pack.rules.phonetic, start=2):
        for letter in (*rule.find, *rule.before, *rule.not_before):
            gone = letter not in pack.rules.keep and plain_word(letter) != letter.lower()
            made = letter.isupper() and not any(
                letter in earlier.to for earlier in pack.rules.phonetic[: row - 2]
            )
            if gone or made:
                yield "pack.phonetic_never", {"row": row, "value": letter}


def doubles(values: Iterable[str]) -> list[str]:
    """What occurs more than once, an empty cell aside."""
    return [value for value, times in Counter(values).items() if times > 1 and value]
