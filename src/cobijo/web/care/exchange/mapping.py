"""The mapping between our fields and HTCDS 2.0, read from the schema, so that the two cannot drift apart."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

SCHEMA = Path(__file__).with_name("htcds_schema.json")
#: Where our own fields stand that the standard has none for: an object in JSON, a prefix in rows.
EXTENSION = "x_cobijo"
#: One spelling of HTCDS writes each method of control as a yes/no column of its own.
CONTROL_COLUMN = "methodsofcontrol"


@dataclass(frozen=True)
class Field:
    """One field of a record.

    `codes`: theirs -> ours. `coarse`: codes of ours that theirs can only say more roughly, or (None) not at all; the
    exact one then travels in the extension. `identity`: who the child is; `withheld`: too exact for a pseudonymised
    record.
    """

    name: str
    ours: str
    kind: str  # code, codes, text, integer, boolean or date
    extension: bool
    codes: Mapping[str, str]
    coarse: Mapping[str, str | None]
    identity: bool
    withheld: bool
    spec: Mapping[str, Any]

    @property
    def column(self) -> str:
        """The name in a flat row."""
        return f"{EXTENSION}_{self.name}" if self.extension else self.name

    @property
    def many(self) -> bool:
        return self.kind == "codes"

    @property
    def allowed(self) -> tuple[str, ...]:
        """The codes that may be written, where there is a list of them."""
        return tuple(self.spec.get("items", self.spec).get("enum", ()))


@dataclass(frozen=True)
class HtcdsMapping:
    """All fields, found by any of the spellings that the standard's own files use."""

    fields: tuple[Field, ...]
    not_mapped: Mapping[str, str]  # fields of the standard that we do not hold, with the reason
    _by_spelling: Mapping[str, Field]

    def find(self, column: str) -> Field | None:
        """
        >>> [htcds().find(name).name for name in ("prs_Second_Name", "grp/vic_Methods_of_Control ")]
        ['prs_SecondName', 'vic_MethodsOfControl']
        """
        return self._by_spelling.get(spelling(column.rsplit("/", 1)[-1]))

    def of(self, ours: str) -> list[Field]:
        """The fields that hold one of ours: the standard's, the extension's or both."""
        return [field for field in self.fields if field.ours == ours]


def spelling(text: str) -> str:
    """Letters and digits only: official spellings differ by underscores, capitals and stray spaces.

    >>> spelling("DebtBondage ") == spelling("debt_bondage")
    True
    """
    return re.sub("[^a-z0-9]", "", text.casefold())


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """Our JSON Schema of a file of records."""
    found: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def htcds() -> HtcdsMapping:
    """The mapping, read once."""
    properties = schema()["$defs"]["record"]["properties"]
    extension = properties[EXTENSION]["properties"]
    fields = (
        *(read_field(name, spec, False) for name, spec in properties.items() if name != EXTENSION),
        *(read_field(name, spec, True) for name, spec in extension.items()),
    )
    spellings: dict[str, Field] = {}
    for field in fields:
        for name in (field.column, *field.spec.get("x-htcds", {}).get("aliases", ())):
            spellings[spelling(name)] = field
    return HtcdsMapping(fields, schema()["x-not-mapped"], spellings)


def read_field(name: str, spec: Mapping[str, Any], extension: bool) -> Field:
    ours = spec["x-ours"]
    return Field(
        name=name,
        ours=ours["field"],
        kind=kind_of(spec),
        extension=extension,
        codes=ours.get("codes", {}),
        coarse=ours.get("coarse", {}),
        identity=ours.get("identity", False),
        withheld=ours.get("withheld", False),
        spec=spec,
    )


def kind_of(spec: Mapping[str, Any]) -> str:
    if spec["type"] == "array":
        return "codes"
    if spec["type"] != "string":
        return str(spec["type"])
    if "enum" in spec:
        return "code"
    return "date" if spec.get("format") == "date" else "text"
