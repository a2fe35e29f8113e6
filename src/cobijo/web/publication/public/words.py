"""From codes to names, and from cells to rows: what the templates loop over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from cobijo.engine.charts import words
from cobijo.engine.pack import PACKS, load_pack
from cobijo.errors import InputProblem
from cobijo.sentences import catalogue, render
from cobijo.web.figures import reading
from cobijo.web.publication.public.shape import Answer, Picture, Table

AGES = ("0-5", "6-11", "12-14", "15-17", "unknown", "total")
SEXES = ("female", "male", "other", "unknown", "total")


def known(code: str) -> str | None:
    """The sentence of a code in the reader's language; None where the catalogue has none."""
    return render(code, {}, reading()) if code in catalogue() else None


def method_name(answer: Answer) -> str:
    """The method's plain name, with its lists where it compares two."""
    name = known(f"charts.method_{answer.method}") or answer.method
    if len(answer.lists) == 2:
        both = words.joined(answer.lists, reading())
        return render("charts.method_of", {"method": name, "lists": both}, reading())
    return name


def method_explained(answer: Answer) -> str:
    return known(f"report.explain_{answer.method}") or ""


def value(code: str) -> str:
    """The name of a table's value: a sex, an age band, `unknown`, `total`."""
    return known(f"report.value_{code}") or code.replace("-", "–")


def status(code: str) -> str:
    return known(f"report.status_{code}") or code


def agencies(picture: Picture) -> str:
    """`Five agencies`: numbers up to ten in words."""
    count = len(picture.lists)
    if count == 1:
        return _("One agency")
    said = known(f"report.agencies_{count}")
    return said or render("report.agencies_many", {"count": count}, reading())


@lru_cache(maxsize=8)
def _pack_names(pack: str, language: str) -> tuple[str, Mapping[str, str]]:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,40}", pack) or not (PACKS / pack).is_dir():
        return pack, {}
    try:
        found = load_pack(pack)
    except InputProblem:
        return pack, {}
    return found.names.get(language, pack), {
        area.code: area.names.get(language, area.code) for area in found.areas
    }


def place(picture: Picture) -> str:
    """The country's name in the reader's language."""
    return _pack_names(picture.pack, reading())[0]


def period(picture: Picture) -> str:
    """`2025` for a whole year, else both days in words."""
    whole_year = picture.since == date(picture.since.year, 1, 1) and picture.until == date(
        picture.since.year, 12, 31
    )
    if whole_year:
        return str(picture.since.year)
    first, last = (words.day(day.isoformat(), reading()) for day in (picture.since, picture.until))
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


@dataclass(frozen=True)
class Line:
    """A row under a name; `share` of the largest, 0 to 100, for the bar beside it."""

    name: str
    children: int | None
    share: float


def area_rows(table: Table, picture: Picture) -> tuple[list[Line], list[Line]]:
    """The states by name, then what stands below them: unknown and total."""
    names = _pack_names(picture.pack, reading())[1]
    cells = {key[0]: count for key, count in table.cells.items()}
    states = {
        names.get(code, code): count for code, count in cells.items() if code not in ("unknown", "total")
    }
    most = max((count for count in states.values() if count is not None), default=0) or 1
    plain = str.maketrans("áéíóúñ", "aeioun")
    rows = [
        Line(name, count, round(100 * (count or 0) / most, 1))
        for name, count in sorted(states.items(), key=lambda row: row[0].lower().translate(plain))
    ]
    return rows, [Line(value(code), cells[code], 0) for code in ("unknown", "total") if code in cells]


def sex_age_rows(table: Table) -> tuple[list[str], list[tuple[str, bool, list[tuple[bool, int | None]]]]]:
    """Columns by sex, rows by age; the flag marks a margin."""
    sexes = [sex for sex in SEXES if any(key[0] == sex for key in table.cells)]
    ages = [age for age in AGES if any(key[1] == age for key in table.cells)]
    sexes += sorted({key[0] for key in table.cells} - set(sexes))
    ages += sorted({key[1] for key in table.cells} - set(ages))
    rows = [
        (value(age), age == "total", [(sex == "total", table.cells.get((sex, age))) for sex in sexes])
        for age in ages
    ]
    return [value(sex) for sex in sexes], rows


@dataclass(frozen=True)
class Combination:
    """A capture history: on which of the lists, and how many children."""

    name: str
    on: tuple[bool, ...]
    children: int | None


def overlap_rows(table: Table, picture: Picture) -> tuple[list[Combination], list[str]]:
    """Combinations with a figure, the most children first; the names of those whose figure is hidden."""
    lists = [one.name for one in picture.lists]
    shown, hidden = [], []
    for (history,), count in table.cells.items():
        if history in ("total", "unknown"):
            continue
        on = history.split("+")
        name = " + ".join(on)
        if count is None:
            hidden.append(name)
        else:
            shown.append(Combination(name, tuple(one in on for one in lists), count))
    return sorted(shown, key=lambda row: -(row.children or 0)), hidden


@dataclass(frozen=True)
class Strip:
    """An answer with its place on an axis that all answers share; positions in per cent."""

    answer: Answer
    name: str
    explained: str
    main: bool
    left: float = 0
    width: float = 0
    dot: float = 0


@dataclass(frozen=True)
class Axis:
    """The shared axis: what the lists hold, its end, and marks to read it by."""

    observed: float | None
    end: float
    marks: tuple[tuple[float, float], ...]


def strips(picture: Picture) -> tuple[Axis, list[Strip]]:
    """The main estimate first, then the other methods, then those that refused; one axis from zero.

    The main estimate stands apart from its own method's where it also holds the doubt of linking.
    """
    main = picture.estimate
    answers = [main] if main.refused is None else []
    others = [one for one in picture.estimates if not _same(one, main)]
    answers += sorted(others, key=lambda one: one.refused is not None)
    ends = [one.interval.high or one.total or 0 for one in answers if one.interval is not None]
    end = max([*ends, picture.observed or 0, 1]) * 1.04
    step = _round_step(end / 4)
    marks = tuple((at, 100 * at / end) for at in (step * n for n in range(1, 6)) if at <= end * 0.97)
    axis = Axis(None if picture.observed is None else 100 * picture.observed / end, end, marks)
    pooled = any(one.method == main.method for one in others)
    return axis, [_strip(one, end, one is main, pooled and one is main) for one in answers]


def _same(one: Answer, main: Answer) -> bool:
    return (one.method, one.total, one.interval) == (main.method, main.total, main.interval)


def _strip(answer: Answer, end: float, main: bool, pooled: bool) -> Strip:
    name, explained = method_name(answer), method_explained(answer)
    if pooled:
        name = render("charts.method_pooled", {"method": name}, reading())
        explained = known("report.note_headline") or explained
    if answer.interval is None or answer.total is None:
        return Strip(answer, name, explained, main)
    high = end if answer.interval.high is None else answer.interval.high
    left = 100 * answer.interval.low / end
    return Strip(answer, name, explained, main, left, 100 * high / end - left, 100 * answer.total / end)


def _round_step(rough: float) -> float:
    """The nearest of 1, 2, 5 times a power of ten that is not smaller."""
    power = 10.0 ** (len(str(int(rough))) - 1)
    return next(power * one for one in (1, 2, 5, 10) if power * one >= rough)


def seen_share(picture: Picture) -> int | None:
    """Of 100 children, how many were seen, by the main estimate; None where it cannot be told."""
    total = picture.estimate.total
    if picture.observed is None or not total or total < picture.observed:
        return None
    return round(100 * picture.observed / total)


def seen_dots(picture: Picture) -> list[tuple[float, float, bool]]:
    """A hundred dots, five rows of twenty: filled for seen, hollow for not seen."""
    share = seen_share(picture) or 0
    return [(n % 20 * 20 + 10, n // 20 * 20 + 10, n < share) for n in range(100)]


def flat(settings: Mapping[str, Any], before: str = "") -> list[tuple[str, str]]:
    """The trace as rows of name and value, nested names joined by a dot."""
    rows: list[tuple[str, str]] = []
    for name, what in settings.items():
        if isinstance(what, Mapping):
            rows += flat(what, f"{before}{name}.")
        elif not isinstance(what, list):
            rows.append((f"{before}{name}", str(what)))
    return rows
