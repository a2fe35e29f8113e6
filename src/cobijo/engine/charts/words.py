"""Numbers, dates and names as a reader meets them: thin spaces, dates in words, methods by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from cobijo.engine.charts.style import SYMBOL
from cobijo.sentences import catalogue, render

#: Narrow no-break space: groups digits and never breaks a line within a number.
THIN = "\u202f"


def number(value: float | None) -> str:
    """A count with thin spaces; a suppressed one (None) is the one symbol.

    >>> number(9120) == "9\u202f120", number(None)
    (True, '·')
    """
    return SYMBOL if value is None else f"{round(value):,}".replace(",", THIN)


def span(low: float | None, high: float | None, language: str) -> str:
    """An interval in words: `18 200 to 22 600`; open upwards when there is no upper limit."""
    if high is None:
        return render("charts.or_more", {"low": number(low)}, language)
    return render("charts.range", {"low": number(low), "high": number(high)}, language)


def percent(share: float) -> str:
    """A share as a whole per cent.

    >>> percent(0.31) == "31\u202f%"
    True
    """
    return f"{share * 100:.0f}{THIN}%"


def day(text: str, language: str) -> str:
    """An ISO date in words: `1 January 2025`, `1 de enero de 2025`."""
    when = date.fromisoformat(text)
    month = render(f"charts.month_{when.month}", {}, language)
    return render("charts.day", {"day": when.day, "month": month, "year": when.year}, language)


def joined(names: Sequence[str], language: str) -> str:
    """Names with commas and a last `and`."""
    if len(names) < 2:
        return "".join(names)
    return render("charts.and", {"first": ", ".join(names[:-1]), "last": names[-1]}, language)


def label(kind: str, code: str, language: str) -> str:
    """The name of a value, as `label("report.value", "female", "en")`; a code without one stands as it is."""
    found = f"{kind}_{code.replace('-', '_')}"
    return render(found, {}, language) if found in catalogue() else code


def method_name(entry: Mapping[str, Any], language: str) -> str:
    """The method's plain name, with the two lists where it compares two."""
    name = label("charts.method", str(entry["method"]), language)
    lists = entry.get("lists")
    if lists and len(lists) == 2:
        return render("charts.method_of", {"method": name, "lists": joined(list(lists), language)}, language)
    return name


def reason(refused: Mapping[str, Any], language: str) -> str:
    """Why there is no estimate, in a sentence even when the room that refused has not told its own."""
    code = str(refused["code"])
    if code in catalogue():
        return render(code, refused.get("params") or {}, language)
    return render("charts.refused_otherwise", {"code": code}, language)
