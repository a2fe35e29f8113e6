"""The canonical record: what every agency's list is turned into, whatever its headers were.

Arrow columns, nullable unless said otherwise. A column that a list does not have is there and empty, so that
everything downstream sees one shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa


class Precision(StrEnum):
    """How exactly a birth date is known. `placeholder`: 1 January of a year, as offices write what they do not know."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    PLACEHOLDER = "placeholder"


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class Status(StrEnum):
    """A decision with a body and a date, never a screening score."""

    AT_RISK = "at_risk"
    PRESUMED = "presumed"
    IDENTIFIED = "identified"
    NOT = "not"


#: The elements of exploitation, recorded apart from any label: true, false or not said.
ELEMENTS = ("act", "means", "purpose", "exchange", "transfer", "movement", "online", "travel", "third_party")

SCHEMA = pa.schema(
    [
        pa.field(
            "record_id", pa.string(), nullable=False
        ),  # "<list>:<row number in the file>", unique over all lists
        pa.field("list", pa.string(), nullable=False),  # name of the list: the file's stem unless given
        pa.field("row", pa.int32(), nullable=False),  # row in the file as the agency sees it, header counted
        pa.field("own_id", pa.string()),  # the agency's own id
        pa.field("given1", pa.string()),
        pa.field("given2", pa.string()),
        pa.field("surname1", pa.string()),
        pa.field("surname2", pa.string()),
        pa.field("birth_date", pa.date32()),  # first day of what is known
        pa.field("birth_precision", pa.string()),  # Precision
        pa.field("sex", pa.string()),  # Sex
        pa.field("area", pa.string()),  # the pack's code of a first-level area
        pa.field("area_text", pa.string()),  # as the list wrote it
        pa.field("municipality", pa.string()),
        pa.field("address", pa.string()),
        pa.field("postcode", pa.string()),
        pa.field("official_id", pa.string()),
        pa.field("capture_date", pa.date32()),
        pa.field("age_at_capture", pa.int16()),  # whole years
        pa.field("status", pa.string()),  # Status
        pa.field("status_body", pa.string()),  # who decided
        pa.field("status_date", pa.date32()),
        pa.field("form", pa.string()),  # form of exploitation, the pack's code
        *(pa.field(f"element_{name}", pa.bool_()) for name in ELEMENTS),
    ]
)

PROBLEMS = pa.schema(
    [
        pa.field("file", pa.string(), nullable=False),
        pa.field("row", pa.int32()),  # empty: the whole file
        pa.field("column", pa.string()),  # the header as the agency wrote it
        pa.field("value", pa.string()),  # as it came, shortened to 200 characters
        pa.field("code", pa.string(), nullable=False),
        pa.field("params", pa.string(), nullable=False),  # JSON object
        pa.field(
            "severity", pa.string(), nullable=False
        ),  # "row" (row unusable), "field" (value dropped), "note"
    ]
)


@dataclass(frozen=True)
class AgencyList:
    """One list, read.

    `records` has `SCHEMA`, `problems` has `PROBLEMS`; `rejected` holds the unusable rows as they came, in the file's
    own columns (all strings) behind a first column `row`. `columns` maps canonical column -> the agency's header.
    """

    name: str
    file: str
    sha256: str
    records: pa.Table
    problems: pa.Table
    rejected: pa.Table
    columns: dict[str, str]
