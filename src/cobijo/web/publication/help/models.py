"""What the public learns of a service and of a help line: these fields and no others. Nothing of it is a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Entry:
    """A service as the public sees it. Every field is among the directory's public ones; free places are left out."""

    organisation: str
    name: str
    kind: str
    area: str
    for_whom: str
    age_from: int | None
    age_to: int | None
    disability: bool
    languages: str
    any_papers: bool
    hours: str
    cost: str
    child_friendly: bool
    phone: str
    verified_on: date | None
    public_address: str  # empty where it must stay hidden

    stale: bool = False  # nobody verified it for half a year
    keeps_place_secret: bool = False

    @property
    def phones(self) -> list[tuple[str, str]]:
        """Each number as written, and as a telephone dials it (empty where it is none)."""
        return [(one, dialled(one)) for one in re.split(r"\s*[;/]\s*", self.phone) if one]


@dataclass(frozen=True)
class Line:
    """A help line of the whole country, from the pack."""

    use: str  # danger, report, talk
    name: str
    number: str
    what: str
    hours: str
    languages: str
    source: str
    checked_on: str  # empty: nobody has called it for this site yet

    @property
    def dialled(self) -> str:
        return dialled(self.number)


def dialled(written: str) -> str:
    """The digits to dial, an extension after a comma's pause; empty where there are too few to be a number.

    >>> dialled("55 1234 5678 ext. 12"), dialled("+52 (951) 111 2222"), dialled("ask at the door")
    ('5512345678,12', '+529511112222', '')
    """
    number, _, extension = re.sub(
        r"\s*(?:extensi[oó]n|ext\.?|x)\s*", "|", written, flags=re.IGNORECASE
    ).partition("|")
    digits = re.sub(r"[^\d]", "", number)
    if len(digits) < 3:
        return ""
    more = re.sub(r"[^\d]", "", extension)
    return ("+" if number.strip().startswith("+") else "") + digits + (f",{more}" if more else "")
