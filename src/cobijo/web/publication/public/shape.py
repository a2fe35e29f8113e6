"""The published picture as the site believes it: every field checked on the way in, nothing guessed.

The file is written by `cobijo picture`, yet the site trusts its shape as little as any other input: what does
not fit is not shown, and the page says so.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

FORMAT = "cobijo.picture/1"
LANGUAGES = ("es", "en")

_TABLE = re.compile(r"tables/[a-z0-9_]{1,60}\.csv")
_CHART = re.compile(r"charts/[a-z0-9_]{1,60}\.(es|en)\.svg")
_WORD = re.compile(r"[^\x00-\x1f\x7f]{1,200}")

T = TypeVar("T")


class Misshapen(Exception):
    """The picture does not have the shape it promises; the message is the place, never a value."""


@dataclass(frozen=True)
class Interval:
    """Limits of an estimate; no upper limit when `high` is None."""

    low: float
    high: float | None


@dataclass(frozen=True)
class Coded:
    """A code with parameters, rendered by the catalogue of sentences."""

    code: str
    params: Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """What one method says: a total with its interval, or why it gives none."""

    method: str
    lists: tuple[str, ...]
    total: float | None
    interval: Interval | None
    level: float | None
    hidden: float | None
    hidden_interval: Interval | None
    refused: Coded | None


@dataclass(frozen=True)
class Named:
    """A count under a name or a code; None where it is not shown."""

    name: str
    children: int | None


@dataclass(frozen=True)
class Table:
    """A protected table: cells by their values in the order of `dimensions`."""

    id: str
    dimensions: tuple[str, ...]
    file: str
    cells: Mapping[tuple[str, ...], int | None]


@dataclass(frozen=True)
class Chart:
    """One drawing, a file for each language."""

    id: str
    files: Mapping[str, str]


@dataclass(frozen=True)
class Picture:
    """Everything that the public pages show."""

    pack: str
    under_age: int
    status: str
    unknown_age_counts: bool
    since: date
    until: date
    lists: tuple[Named, ...]
    records: Mapping[str, int | None]
    observed: int | None
    estimate: Answer
    estimates: tuple[Answer, ...]
    disagreement: float | None
    disagreeing: bool
    linkage_share: float | None
    apart: tuple[Named, ...]
    tables: Mapping[str, Table]
    charts: Mapping[str, Chart]
    threshold: int
    suppressed: int
    audit: str
    limits: tuple[Coded, ...]
    trace: Mapping[str, Any]


def _at(data: Any, key: str, place: str) -> Any:
    if not isinstance(data, dict) or key not in data:
        raise Misshapen(f"{place}.{key}")
    return data[key]


def _number(value: Any, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        raise Misshapen(place)
    return float(value)


def _count(value: Any, place: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**10:
        raise Misshapen(place)
    return value


def _word(value: Any, place: str) -> str:
    if not isinstance(value, str) or not _WORD.fullmatch(value):
        raise Misshapen(place)
    return value


def _flag(value: Any, place: str) -> bool:
    if not isinstance(value, bool):
        raise Misshapen(place)
    return value


def _day(value: Any, place: str) -> date:
    try:
        return date.fromisoformat(_word(value, place))
    except ValueError as problem:
        raise Misshapen(place) from problem


def _perhaps(check: Callable[[Any, str], T], value: Any, place: str) -> T | None:
    return None if value is None else check(value, place)


def _each(value: Any, place: str, check: Callable[[Any, str], T]) -> tuple[T, ...]:
    if not isinstance(value, list):
        raise Misshapen(place)
    return tuple(check(one, f"{place}[{n}]") for n, one in enumerate(value))


def _interval(value: Any, place: str) -> Interval:
    if not isinstance(value, list) or len(value) != 2:
        raise Misshapen(place)
    low, high = _number(value[0], place), _perhaps(_number, value[1], place)
    if high is not None and high < low:
        raise Misshapen(place)
    return Interval(low, high)


def _coded(value: Any, place: str) -> Coded:
    params = value.get("params") if isinstance(value, dict) else None
    if params is not None and not isinstance(params, dict):
        raise Misshapen(f"{place}.params")
    return Coded(_word(_at(value, "code", place), place), params or {})


def _answer(value: Any, place: str) -> Answer:
    if not isinstance(value, dict):
        raise Misshapen(place)
    refused = _perhaps(_coded, value.get("refused"), f"{place}.refused")
    shown = refused is None
    hidden_interval = value.get("hidden_interval") if shown else None
    return Answer(
        method=_word(value.get("method", "main"), f"{place}.method"),
        lists=_each(value.get("lists") or [], f"{place}.lists", _word),
        total=_number(_at(value, "total", place), f"{place}.total") if shown else None,
        interval=_interval(_at(value, "interval", place), f"{place}.interval") if shown else None,
        level=_number(_at(value, "level", place), f"{place}.level") if shown else None,
        hidden=_perhaps(_number, value.get("hidden") if shown else None, f"{place}.hidden"),
        hidden_interval=_perhaps(_interval, hidden_interval, f"{place}.hidden_interval"),
        refused=refused,
    )


def _named(key: str) -> Callable[[Any, str], Named]:
    def check(value: Any, place: str) -> Named:
        name = _word(_at(value, key, place), f"{place}.{key}")
        return Named(name, _perhaps(_count, _at(value, "children", place), f"{place}.children"))

    return check


def _table(value: Any, place: str) -> Table:
    dimensions = _each(_at(value, "dimensions", place), f"{place}.dimensions", _word)
    file = _word(_at(value, "file", place), f"{place}.file")
    if not _TABLE.fullmatch(file):
        raise Misshapen(f"{place}.file")

    def row(one: Any, where: str) -> tuple[tuple[str, ...], int | None]:
        key = tuple(_word(_at(one, name, where), f"{where}.{name}") for name in dimensions)
        return key, _perhaps(_count, _at(one, "children", where), f"{where}.children")

    rows = _each(_at(value, "rows", place), f"{place}.rows", row)
    cells = dict(rows)
    if len(cells) != len(rows):
        raise Misshapen(f"{place}.rows")
    return Table(_word(_at(value, "id", place), f"{place}.id"), dimensions, file, cells)


def _chart(value: Any, place: str) -> Chart:
    files = _at(value, "files", place)
    if not isinstance(files, dict):
        raise Misshapen(f"{place}.files")
    for language, file in files.items():
        if language not in LANGUAGES or not isinstance(file, str) or not _CHART.fullmatch(file):
            raise Misshapen(f"{place}.files")
    return Chart(_word(_at(value, "id", place), f"{place}.id"), dict(files))


def parse(data: Any) -> Picture:
    """The picture from its JSON; raises `Misshapen` with the place that does not fit."""
    if _at(data, "format", "") != FORMAT:
        raise Misshapen("format")
    population, period = _at(data, "population", ""), _at(data, "period", "")
    disagreement = data.get("disagreement") or {}
    protection = _at(data, "protection", "")
    records = _at(data, "records", "")
    linkage = data.get("linkage") or {}
    if not (isinstance(disagreement, dict) and isinstance(linkage, dict) and isinstance(records, dict)):
        raise Misshapen("records")
    trace = _at(data, "trace", "")
    if not isinstance(trace, dict):
        raise Misshapen("trace")
    tables = _each(_at(data, "tables", ""), "tables", _table)
    charts = _each(_at(data, "charts", ""), "charts", _chart)
    return Picture(
        pack=_word(_at(data, "pack", ""), "pack"),
        under_age=_count(_at(population, "under_age", "population"), "population.under_age"),
        status=_word(_at(population, "status", "population"), "population.status"),
        unknown_age_counts=_flag(population.get("unknown_age_counts_as_child", False), "population"),
        since=_day(_at(period, "from", "period"), "period.from"),
        until=_day(_at(period, "to", "period"), "period.to"),
        lists=_each(_at(data, "lists", ""), "lists", _named("name")),
        records={name: _perhaps(_count, value, f"records.{name}") for name, value in records.items()},
        observed=_perhaps(_count, _at(data, "observed", ""), "observed"),
        estimate=_answer(_at(data, "estimate", ""), "estimate"),
        estimates=_each(_at(data, "estimates", ""), "estimates", _answer),
        disagreement=_perhaps(_number, disagreement.get("ratio"), "disagreement.ratio"),
        disagreeing=_flag(disagreement.get("flag", False), "disagreement.flag"),
        linkage_share=_perhaps(_number, linkage.get("share_of_variance"), "linkage.share_of_variance"),
        apart=_each(data.get("apart") or [], "apart", _named("status")),
        tables={one.id: one for one in tables},
        charts={one.id: one for one in charts},
        threshold=_count(_at(protection, "threshold", "protection"), "protection.threshold"),
        suppressed=_count(_at(protection, "suppressed_cells", "protection"), "protection.suppressed_cells"),
        audit=_word(_at(protection, "audit", "protection"), "protection.audit"),
        limits=_each(_at(data, "limits", ""), "limits", _coded),
        trace=trace,
    )
