"""Sheets: which fields of a kind are sealed and what each can hold. A field that stands on no sheet is refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from cobijo.errors import InputProblem, WrongUsage

Holds = Literal["line", "text", "date", "yes_no", "code", "codes", "elements"]
LINE, TEXT = 200, 8_000
#: The address of material must not enter, however it is written.
ADDRESS = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,12}://|\bwww\.|\bmagnet:|\.onion\b|\bdata:[a-z]+/|\bt\.me/|\bhttps?:"
    r"|[a-z0-9]\.(?:com|net|org|info|app|link|site|cloud|xyz|nz|io|to|ru|cc|tv|me|ly|gg|co|mx)(?:\.[a-z]{2})?/\w",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sealing:
    """One sealed field. `codes` are the ones that may be chosen, where it holds codes."""

    holds: Holds = "line"
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The sealed part of a kind. `careful`: fields, sealed or plain, on which two edits never resolve by themselves."""

    kind: str
    sealed: Mapping[str, Sealing]
    careful: frozenset[str] = frozenset()
    revised: bool = True  # whether every edit is kept in the kind's history
    indexed: bool = False  # whether the sealed names are found through the blind index
    defaults: Mapping[str, Any] = field(default_factory=dict)


_sheets: dict[str, Sheet] = {}


def register_sheet(sheet: Sheet) -> None:
    """Called in `AppConfig.ready()`, beside `register_kind`."""
    _sheets[sheet.kind] = sheet


def sheet_of(kind: str) -> Sheet:
    return _sheets[kind]


def sheets() -> dict[str, Sheet]:
    return dict(sorted(_sheets.items()))


def split(kind: str, row: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The plain fields and the sealed ones of a row as it comes from a form or a file."""
    sealed = sheet_of(kind).sealed
    return (
        {name: value for name, value in row.items() if name not in sealed},
        {name: value for name, value in row.items() if name in sealed},
    )


def clean(kind: str, body: Mapping[str, Any], number: int) -> dict[str, Any]:
    """The sealed fields as they are kept: trimmed, within bounds, without what is empty."""
    sealed = sheet_of(kind).sealed
    kept = {}
    for name, value in body.items():
        if name not in sealed:
            raise WrongUsage("children.no_such_field", field=name, kind=kind)
        cleaned = _clean(sealed[name], value, name, number)
        if cleaned not in (None, "", []):
            kept[name] = cleaned
    return kept


def check_no_address(text: str, name: str, number: int) -> None:
    """No address of a page or a file anywhere in what is written about a child."""
    if ADDRESS.search(as_read(text)):
        raise InputProblem("children.no_addresses", row=number, field=name)


def as_read(text: str) -> str:
    """Without the letters that nobody sees and the widths that nobody minds: an address must not hide in them.

    >>> as_read("h\u200bttp\uff1a\uff0f\uff0fexample")
    'http://example'
    """
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKC", text)
    return "".join(one for one in plain if unicodedata.category(one) != "Cf")


def _clean(shape: Sealing, value: Any, name: str, number: int) -> Any:
    if value is None:
        return None
    if shape.holds == "elements":
        return _elements(value, name, number)
    if shape.holds == "date":
        return _day(value, name, number)
    if shape.holds == "yes_no":
        if not isinstance(value, bool):
            raise InputProblem("screens.field_wrong", row=number, field=name)
        return value
    if shape.holds == "codes":
        if isinstance(value, str) or any(one not in shape.codes for one in value):
            raise InputProblem("screens.field_wrong", row=number, field=name)
        return sorted(set(value), key=shape.codes.index)
    return _words(shape, value, name, number)


def _words(shape: Sealing, value: Any, name: str, number: int) -> str:
    if not isinstance(value, str):
        raise InputProblem("screens.field_wrong", row=number, field=name)
    text = value.strip() if shape.holds == "text" else " ".join(value.split())
    if shape.holds == "code" and text and text not in shape.codes:
        raise InputProblem("screens.field_wrong", row=number, field=name)
    if len(text) > (TEXT if shape.holds == "text" else LINE) or "\x00" in text:
        raise InputProblem("children.too_long", row=number, field=name)
    check_no_address(text, name, number)
    return text


def _day(value: Any, name: str, number: int) -> str | None:
    if value == "":
        return None
    try:
        return (value if isinstance(value, date) else date.fromisoformat(str(value))).isoformat()
    except ValueError as problem:
        raise InputProblem("screens.field_wrong", row=number, field=name) from problem


def _elements(value: Any, name: str, number: int) -> dict[str, Any]:
    """Elements as JSON: only what is known stands there."""
    from cobijo.web.care.children.deriving import ELEMENTS

    if not isinstance(value, Mapping):
        raise InputProblem("screens.field_wrong", row=number, field=name)
    kept: dict[str, Any] = {}
    for one, said in value.items():
        if one not in ELEMENTS:
            raise WrongUsage("children.no_such_field", field=one, kind="child_event")
        if said in (None, ""):
            continue
        if ELEMENTS[one] is bool and not isinstance(said, bool):
            raise InputProblem("screens.field_wrong", row=number, field=one)
        kept[one] = said if isinstance(said, bool) else _words(Sealing("line"), said, one, number)
    return kept
