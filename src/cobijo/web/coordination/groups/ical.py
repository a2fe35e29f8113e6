"""Meetings as an iCalendar (RFC 5545): escaped, folded, without anybody's name. Pure, no Django."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

MIME = "text/calendar; charset=utf-8"
FOLD = 75  # octets in a line, its end not counted
_NEXT = "\r\n "


@dataclass(frozen=True)
class Entry:
    """One meeting. `at` is the hour where it is held; without it the entry lasts the whole day."""

    uid: str
    summary: str
    on: date
    at: time | None
    place: str
    cancelled: bool
    changed_at: datetime
    number: int = 0  # how often it was changed: a calendar takes the higher one


def calendar(entries: Iterable[Entry], *, name: str, language: str) -> str:
    """The whole file. An hour stands as local time ("floating"): the place where people meet decides the zone."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Cobijo//groups//{language.upper()}", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH", f"X-WR-CALNAME:{text(name)}",
    ]  # fmt: skip
    for one in entries:
        lines += _event(one)
    lines.append("END:VCALENDAR")
    return "".join(f"{fold(line)}\r\n" for line in lines)


def text(value: str) -> str:
    r"""A value of type TEXT, escaped.

    >>> print(text("Oaxaca; sala 2, piso 1\nC:\\x"))
    Oaxaca\; sala 2\, piso 1\nC:\\x
    """
    whole = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    whole = whole.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(one for one in whole if one >= " " or one == "\t")


def fold(line: str) -> str:
    """Cut into pieces of at most 75 octets, never within a character; what goes on begins with a space."""
    pieces: list[str] = []
    piece, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > (FOLD if not pieces else FOLD - 1):
            pieces.append(piece)
            piece, size = "", 0
        piece, size = piece + letter, size + width
    return _NEXT.join([*pieces, piece])


def _event(one: Entry) -> list[str]:
    stamp = one.changed_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    if one.at is None:
        when = [
            f"DTSTART;VALUE=DATE:{one.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{one.on + timedelta(days=1):%Y%m%d}",
        ]
    else:
        when = [f"DTSTART:{datetime.combine(one.on, one.at):%Y%m%dT%H%M%S}", "DURATION:PT2H"]
    return [
        "BEGIN:VEVENT", f"UID:{text(one.uid)}", f"DTSTAMP:{stamp}", f"SEQUENCE:{one.number}", *when,
        f"SUMMARY:{text(one.summary)}", *([f"LOCATION:{text(one.place)}"] if one.place else []),
        f"STATUS:{'CANCELLED' if one.cancelled else 'CONFIRMED'}", "TRANSP:OPAQUE", "END:VEVENT",
    ]  # fmt: skip
