"""A release plan: which table is published, by which dimensions, with which totals and thresholds."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cobijo.engine.disclosure.shape import TOTAL, Rules
from cobijo.errors import InputProblem

_KEYS = {
    "id",
    "dimensions",
    "count",
    "organisations",
    "threshold",
    "min_organisations",
    "publish",
    "parents",
    "total",
}


@dataclass(frozen=True)
class Plan:
    """What a plan file says. `count`, `organisations` are column names; `publish` None shows every margin."""

    id: str
    dimensions: tuple[str, ...]
    count: str
    organisations: str | None
    rules: Rules
    publish: tuple[tuple[str, ...], ...] | None
    parents: Mapping[str, Mapping[str, str]]
    total: str


def load_plan(path: Path) -> Plan:
    """Read a plan; `InputProblem` with one sentence for the first thing in it that makes no sense.

    Keys: `dimensions` (columns), `count` (column of distinct children), and optionally `id`, `organisations`
    (column: a number, or names separated by `;`), `threshold` (10), `min_organisations` (2), `publish` (list
    of lists of dimensions, `[]` the grand total), `[parents.DIMENSION]` (value = "subtotal"), `total` (how
    the file calls totals).
    """
    file = path.name
    try:
        said: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise InputProblem("disclosure.plan_unreadable", file=file) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise InputProblem("disclosure.plan_not_toml", file=file, detail=str(wrong)) from None
    unknown = sorted(said.keys() - _KEYS)
    if unknown:
        raise InputProblem(
            "disclosure.plan_unknown_key", file=file, key=unknown[0], known=", ".join(sorted(_KEYS))
        )
    dimensions = _texts(said.get("dimensions"), file, "dimensions")
    if not dimensions or len(set(dimensions)) != len(dimensions):
        raise InputProblem("disclosure.plan_key", file=file, key="dimensions")
    count = _text(said.get("count"), file, "count")
    if count in dimensions:
        raise InputProblem("disclosure.plan_key", file=file, key="count")
    return Plan(
        id=_file_name(said.get("id", path.stem), file),
        dimensions=dimensions,
        count=count,
        organisations=_text(said["organisations"], file, "organisations")
        if "organisations" in said
        else None,
        rules=Rules(_number(said, file, "threshold", 10, 2), _number(said, file, "min_organisations", 2, 0)),
        publish=_publish(said.get("publish"), dimensions, file),
        parents=_parents(said.get("parents", {}), dimensions, file),
        total=_text(said.get("total", TOTAL), file, "total"),
    )


def _text(value: object, file: str, key: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InputProblem("disclosure.plan_key", file=file, key=key)
    return value.strip()


def _texts(value: object, file: str, key: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise InputProblem("disclosure.plan_key", file=file, key=key)
    return tuple(_text(v, file, key) for v in value)


def _file_name(value: object, file: str) -> str:
    text = _text(value, file, "id")
    if not all(c.isalnum() or c in "-_" for c in text) or len(text) > 100:
        raise InputProblem("disclosure.plan_key", file=file, key="id")
    return text


def _number(said: Mapping[str, object], file: str, key: str, default: int, least: int) -> int:
    value = said.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise InputProblem("disclosure.plan_number", file=file, key=key, least=least)
    return value


def _publish(value: object, dimensions: tuple[str, ...], file: str) -> tuple[tuple[str, ...], ...] | None:
    if value is None:
        return None
    if not isinstance(value, list) or not value:
        raise InputProblem("disclosure.plan_key", file=file, key="publish")
    subsets = tuple(_texts(subset, file, "publish") for subset in value)
    for subset in subsets:
        if not set(subset) <= set(dimensions):
            raise InputProblem("disclosure.plan_key", file=file, key="publish")
    return subsets


def _parents(value: object, dimensions: tuple[str, ...], file: str) -> dict[str, dict[str, str]]:
    if not isinstance(value, dict) or not value.keys() <= set(dimensions):
        raise InputProblem("disclosure.plan_key", file=file, key="parents")
    made: dict[str, dict[str, str]] = {}
    for dimension, tree in value.items():
        key = f"parents.{dimension}"
        if not isinstance(tree, dict):
            raise InputProblem("disclosure.plan_key", file=file, key=key)
        plain = {child: _text(parent, file, key) for child, parent in tree.items()}
        for value in plain:
            # A value that is its own ancestor has no way up to the total.
            above, steps = plain.get(value), 0
            while above is not None and steps <= len(plain):
                above, steps = plain.get(above), steps + 1
            if above is not None:
                raise InputProblem("disclosure.plan_key", file=file, key=key)
        made[dimension] = plain
    return made
