"""A plan as one table: what each column is called, and what may stand in it.

Every row says what it is (objective, line, activity, indicator, target, money) and where it stands by its number: `2`
is an objective, `2.14` a line of it, `2.14.1` an activity, `2.14.1.3` an indicator. A target bears the number of its
indicator, an amount that of its line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cobijo.engine.pack.shape import plain_word
from cobijo.errors import InputProblem
from cobijo.sentences import LANGUAGES
from cobijo.web.coordination.plans.models import Activity, Budget, Indicator, Line, Objective, Target
from cobijo.web.core.screens import importing, unread

MOST_ROWS = 30_000
MOST_BYTES = 16 * 2**20
KINDS: Mapping[str, Any] = {
    "objective": _("objective"),
    "line": _("line"),
    "activity": _("activity"),
    "indicator": _("indicator"),
    "target": _("target"),
    "money": _("money"),
}
COLUMNS: Mapping[str, Any] = {
    "plan": _("plan"), "what": _("what it is"), "number": _("number"), "title": _("title"),
    "owner": _("who answers for it"), "starts_on": _("begins"), "due_on": _("due"), "state": _("where it stands"),
    "done_on": _("done on"), "why_dropped": _("why it was dropped"), "unit": _("unit"),
    "baseline": _("where it began"), "source": _("where its values come from"), "funder": _("source of money"),
    "year": _("year"), "value": _("value wanted"), "given_planned": _("planned"),
    "given_committed": _("committed"), "given_spent": _("spent"), "currency": _("currency"), "rate": _("rate"),
    "rate_on": _("day of the rate"),
}  # fmt: skip
MODELS: Mapping[str, type[models.Model]] = {
    "objective": Objective, "line": Line, "activity": Activity, "indicator": Indicator, "target": Target,
    "money": Budget,
}  # fmt: skip
#: The columns that each kind of row fills, besides plan, what and number.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "objective": ("title",),
    "line": ("title", "owner", "starts_on", "due_on", "state", "done_on", "why_dropped"),
    "activity": ("title", "starts_on", "due_on", "state"),
    "indicator": ("title", "unit", "baseline", "source"),
    "target": ("year", "value"),
    "money": (
        "funder",
        "year",
        "given_planned",
        "given_committed",
        "given_spent",
        "currency",
        "rate",
        "rate_on",
    ),
}
#: How many parts the number of each kind of row has.
DEPTH: Mapping[str, int] = {"objective": 1, "line": 2, "activity": 3, "indicator": 4, "target": 4, "money": 2}
AMOUNTS = frozenset({"given_planned", "given_committed", "given_spent"})
#: 1,234,567.50 or 1 234 567.50.
GROUPED = re.compile(r"\d{1,3}(?:(?:,\d{3})+|(?:\s\d{3})+)(?:\.\d{1,2})?")
Row = tuple[int, dict[str, str]]
Place = tuple[int, ...]


class _Sheet:
    """As the importer of the registers sees the table: its fields, and what each is called."""

    fields = tuple(COLUMNS)

    @staticmethod
    def label(name: str) -> str:
        return str(COLUMNS[name])


@dataclass(frozen=True)
class Table:
    """The rows of a file, the columns that it has, and the names of those that say nothing of a plan."""

    rows: Sequence[Row]
    columns: frozenset[str]
    unread: tuple[str, ...] = ()


def read(content: bytes) -> Table:
    """A CSV or XLSX file. Raises one sentence where it is no table of a plan."""
    if len(content) > MOST_BYTES:
        raise InputProblem("screens.file_too_large", most=MOST_BYTES // 2**20)
    sheet: Any = _Sheet()
    head = importing.head(sheet, BytesIO(content))
    for needed in ("what", "number"):
        if needed not in head.fields:
            raise InputProblem("plans.column_missing", column=str(COLUMNS[needed]))
    rows = []
    for row in importing.rows(BytesIO(content), head.fields):
        rows.append(row)
        if len(rows) > MOST_ROWS:
            raise InputProblem("screens.too_many_rows", most=MOST_ROWS)
    if not rows:
        raise InputProblem("screens.no_rows")
    left = tuple(
        said for said, name in zip(head.columns, head.fields, strict=True) if said.strip() and not name
    )
    return Table(rows, frozenset(one for one in head.fields if one), left)


def kind_in(text: str) -> str | None:
    return _words().get(plain_word(text))


def place_in(text: str, kind: str) -> Place | None:
    """The parts of a number such as 2.14; None where it does not fit the kind of row."""
    parts = text.strip().rstrip(".").split(".")
    if len(parts) != DEPTH[kind] or not all(
        one.isascii() and one.isdigit() and len(one) < 5 for one in parts
    ):
        return None
    found = tuple(int(one) for one in parts)
    return found if all(found) else None


class Cells:
    """Makes of the text of a cell what a service takes; one for a whole table."""

    def __init__(self, choices: Mapping[str, Mapping[str, Any]]) -> None:
        """`choices`: of `owner` and `funder`, what may be written for each, plain."""
        self.choices = choices
        self.fields: dict[tuple[str, str], forms.Field] = {}
        self.made: dict[tuple[str, str, str], Any] = {}

    def value(self, kind: str, name: str, text: str) -> Any:
        """Raises `ValidationError` with a sentence."""
        key = (kind, name, text)
        if key not in self.made:
            self.made[key] = self._made(kind, name, text)
        return self.made[key]

    def _made(self, kind: str, name: str, text: str) -> Any:
        column: Any = MODELS[kind]._meta.get_field(name)
        if name in self.choices:
            found = self.choices[name].get(plain_word(text))
            if found is None:
                raise ValidationError(_("“%(value)s” is not known here. Write its short name or its name."),
                                      params={"value": text})  # fmt: skip
            return found
        if column.choices:
            if not text and column.has_default():
                return column.get_default()
            chosen = _choices(column).get(plain_word(text))
            if chosen is None:
                raise ValidationError(
                    _("“%(value)s” is none of the words that may stand here."), params={"value": text}
                )
            return chosen
        if not text and column.has_default() and not column.blank:
            return column.get_default()
        if (kind, name) not in self.fields:
            self.fields[kind, name] = _asked(column)
        asked = self.fields[kind, name]
        try:
            value = asked.clean(_as_written(name, text))
            column.run_validators(value)
        except ValidationError as wrong:
            raise _mended(name, asked, wrong, text) from wrong
        return value


def _asked(column: Any) -> forms.Field:
    made: Any = column.formfield()
    assert made is not None
    if isinstance(made, forms.DateField):
        made.input_formats = unread.day_formats()
    return made  # type: ignore[no-any-return]


def _as_written(name: str, text: str) -> str:
    """Thousands parted by commas or spaces as a sheet shows them; whole groups only, so that no comma is read twice."""
    if name == "currency":
        return text.upper()
    if name in AMOUNTS and GROUPED.fullmatch(text):
        return re.sub(r"[,\s]", "", text)
    return text


def _mended(name: str, asked: forms.Field, wrong: ValidationError, text: str) -> ValidationError:
    """What is wrong with a cell that cannot be read, and how it is written."""
    codes = {one.code for one in wrong.error_list}
    if name == "currency" and "required" not in codes:
        said = _(
            "“%(value)s” is no currency. Write its three letters, such as USD, or leave it empty for the plan’s own."
        )
    elif name in AMOUNTS and codes <= unread.UNREAD:
        said = _(
            "“%(value)s” is no amount. Write it as 1234.50: no sign of money, a full stop before the cents."
        )
    else:
        return unread.mended(asked, wrong, text)
    return ValidationError(said, params={"value": text})


def _choices(column: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            for code, words in column.flatchoices:
                found[plain_word(str(code))] = found[plain_word(str(words))] = code
    return found


def _words() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            for code, words in KINDS.items():
                found[plain_word(code)] = found[plain_word(str(words))] = code
    return found
