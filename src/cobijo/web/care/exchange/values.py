"""One value at a time: does it fit its field, and what did a cell of a table mean by it?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from cobijo.errors import InputProblem, Param
from cobijo.web.care.exchange.mapping import Field, spelling

#: How both official spellings, spreadsheets and people write yes and no.
YES = frozenset({"true", "1", "yes", "si", "sí", "x"})
NO = frozenset({"false", "0", "no"})
#: The standard's own misspelling, and what a person makes of it.
MISSPELT = {"unacquainted": "unaquainted"}
SHOWN = 40


def as_told(field: Field, cell: Any) -> Any:
    """A cell as a value of the field's kind, in the field's own spelling; raises `InputProblem` without a place."""
    if field.many:
        parts = cell if isinstance(cell, list | tuple) else parts_of(field, str(cell))
        return list(dict.fromkeys(check_text(field, str(part)) for part in parts))
    if field.kind == "boolean":
        word = str(cell).strip().casefold()
        if word in YES or word in NO:
            return word in YES
        raise wrong(field, "exchange.yes_no", cell)
    if field.kind == "integer":
        return check_number(field, cell)
    if isinstance(cell, bool | list | tuple | Mapping):
        raise wrong(field, "exchange.text_wrong", "")
    return check_text(field, str(cell))


def parts_of(field: Field, text: str) -> list[str]:
    """Several values in one cell: by semicolon, bar or comma, and by space where that gives codes (XLSForm)."""
    parts = [part.strip() for part in re.split(r"[;|,]", text) if part.strip()]
    known = {spelling(code) for code in field.allowed}
    whole = [part for part in parts if not known or spelling(part) in known]
    if len(whole) == len(parts) and known:
        return parts
    return [word for part in parts for word in ([part] if part in whole and known else part.split())]


def check_number(field: Field, cell: Any) -> int:
    text = str(cell).strip()
    if isinstance(cell, bool) or not re.fullmatch(r"[0-9]{1,4}(\.0)?", text):
        raise wrong(field, "exchange.number", cell)
    number = int(float(text))
    low, high = field.spec["minimum"], field.spec["maximum"]
    if not low <= number <= high:
        raise wrong(field, "exchange.number", cell)
    return number


def check_text(field: Field, text: str) -> str:
    text = text.strip()
    allowed = field.allowed
    if allowed:
        wanted = MISSPELT.get(spelling(text), spelling(text)) if spelling(text) else ""
        exact = text if text in allowed else next((c for c in allowed if spelling(c) == wanted), None)
        if exact is None:
            raise wrong(field, "exchange.code", text, known=known_words(allowed))
        return exact
    if field.kind == "date":
        try:
            return date.fromisoformat(text[:10] if "T" in text else text).isoformat()
        except ValueError:
            raise wrong(field, "exchange.day", text) from None
    spec = field.spec.get("items", field.spec)
    if not text or len(text) > spec.get("maxLength", 200) or not re.search(spec.get("pattern", ""), text):
        raise wrong(field, "exchange.text_wrong", text)
    return text


def known_words(allowed: tuple[str, ...]) -> str:
    return ", ".join(allowed[:12]) + (", …" if len(allowed) > 12 else "")


def wrong(field: Field, code: str, value: Any, **more: Param) -> InputProblem:
    """The problem without what an identity field held: a sentence ends up on screens and in files."""
    shown = "" if field.identity or field.withheld else str(value)[:SHOWN]
    return InputProblem(code, field=field.column, value=shown, **more)
