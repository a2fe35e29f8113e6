"""The only thing that may leave this room: in which state, on what ground, in which month. Nothing else has a place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from cobijo.errors import WrongUsage
from cobijo.web.care.justice.choices import Ground
from cobijo.web.core import country

MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Pattern:
    """Closed lists and a month. What is on no list is refused, so no sentence, name, id or day can stand here."""

    area: str  # a state of the pack
    ground: str  # a code of `Ground`
    month: str  # 2026-11

    def __post_init__(self) -> None:
        country.check_area(self.area, 1)
        if self.ground not in Ground.values or not MONTH.fullmatch(self.month):
            raise WrongUsage("justice.pattern_wrong")

    def said(self) -> Mapping[str, str]:
        """For whoever reacts: plain words of plain types."""
        return {name: str(value) for name, value in asdict(self).items()}


def pattern_of(area: str, ground: str, day: date) -> Pattern:
    return Pattern(area=area, ground=str(ground), month=f"{day.year:04d}-{day.month:02d}")
