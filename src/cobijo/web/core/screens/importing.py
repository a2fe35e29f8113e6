"""Tables that become records: read, tried without writing anything, then written in chunks, each row once."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation

from cobijo.errors import CobijoError, InputProblem
from cobijo.sentences import LANGUAGES
from cobijo.web.core.access.context import Access
from cobijo.web.core.screens.exporting import FORMULA
from cobijo.web.core.screens.forms import make_form
from cobijo.web.core.screens.register import Register

MOST_BYTES = 20 * 2**20
MOST_ROWS = 20_000
TRIED = 5_000  # rows that the dry run really writes, and takes back
SAID = 100  # problems shown
CHUNK = 250
TRUE = {"yes", "sí", "si", "true", "1", "x", "on"}


class TakenBack(Exception):
    """Ends the trial: what it wrote is undone."""


@dataclass(frozen=True)
class Table:
    """The rows of a file by field; row 1 of the file names the columns."""

    fields: tuple[str, ...]
    unknown: tuple[str, ...]  # columns that no field is called
    rows: tuple[dict[str, str], ...]


@dataclass(frozen=True)
class Trial:
    """What an import would do: how many rows are in order, and what is wrong with which."""

    rows: int
    good: int
    problems: tuple[tuple[int, str, str], ...]  # row of the file, field, sentence
    more: bool  # there are further problems


def read_table(register: Register, content: bytes) -> Table:
    """CSV or XLSX, columns by the name or the label of a field in either language. Raises one sentence."""
    if len(content) > MOST_BYTES:
        raise InputProblem("screens.file_too_large", most=MOST_BYTES // 2**20)
    try:
        lines = _xlsx(content) if content[:2] == b"PK" else _csv(content)
        head = [one.strip().lstrip("'") for one in next(lines, [])]
        known = _names(register)
        places = {place: known[one.casefold()] for place, one in enumerate(head) if one.casefold() in known}
        rows: list[dict[str, str]] = []
        for line in lines:
            if not any(one.strip() for one in line):
                continue
            if len(rows) == MOST_ROWS:
                raise InputProblem("screens.too_many_rows", most=MOST_ROWS)
            rows.append({name: _cell(line[place]) for place, name in places.items() if place < len(line)})
    except (UnicodeDecodeError, csv.Error, zipfile.BadZipFile, KeyError, ValueError, OSError) as wrong:
        raise InputProblem("screens.no_table") from wrong
    if not places:
        raise InputProblem("screens.no_columns")
    unknown = [one for place, one in enumerate(head) if place not in places and one]
    return Table(tuple(places.values()), tuple(unknown), tuple(rows))


class Reader:
    """Makes of a row of text what a service takes. One for a whole table: nothing is asked of the database a row."""

    def __init__(self, access: Access, register: Register) -> None:
        self.form = make_form(access, register)
        self.choices = {
            name: found for name in self.form.fields if (found := self._choices(name)) is not None
        }

    def values(self, row: Mapping[str, str]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        """The values, and (field, sentence) of what is wrong."""
        values: dict[str, Any] = {}
        problems = []
        for name, field in self.form.fields.items():
            text = row.get(name, "")
            try:
                values[name] = self._value(name, field, text, name in row)
            except ValidationError as wrong:
                problems.append((str(field.label), " ".join(wrong.messages)))
        return values, problems

    def _value(self, name: str, field: forms.Field, text: str, there: bool) -> Any:
        if not text and self.form[name].initial not in (None, "") and not there:
            return field.clean(self.form[name].initial)
        if isinstance(field, forms.BooleanField):
            return text.casefold() in TRUE
        if name not in self.choices:
            return field.clean(text)
        if not text:
            initial = self.form[name].initial
            return field.clean(initial if initial is not None and field.required else "")
        found = self.choices[name].get(text.casefold(), _NONE)
        if found is _NONE:
            raise ValidationError(field.error_messages["invalid_choice"], params={"value": text})
        return found

    def _choices(self, name: str) -> dict[str, Any] | None:
        """What may be written for a choice: its code, or its words in either language."""
        field = self.form.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            assert field.queryset is not None
            found: dict[str, Any] = {}
            for one in field.queryset:
                for text in (str(one.pk), getattr(one, "code", ""), str(one)):
                    found.setdefault(str(text).casefold(), one)
            return found
        if not isinstance(field, forms.ChoiceField):
            return None
        pairs: Any = field.choices
        found = {}
        for language in LANGUAGES:
            with translation.override(language):
                for code, words in list(pairs):
                    if code not in (None, ""):
                        found[str(code).casefold()] = found[str(words).casefold()] = code
        return found


_NONE = object()


def tried(access: Access, register: Register, table: Table) -> Trial:
    """Check every row, then write the good ones and take them back: what only the database knows is found too."""
    assert register.add is not None
    reader = Reader(access, register)
    problems: list[tuple[int, str, str]] = []
    good: list[tuple[int, dict[str, Any]]] = []
    for number, row in enumerate(table.rows, 2):
        values, wrong = reader.values(row)
        if wrong:
            problems += [(number, field, said) for field, said in wrong]
        else:
            good.append((number, values))
    from cobijo.sentences import render
    from cobijo.web.core.screens.showing import language

    while good:
        batch = good[:TRIED]
        try:
            with transaction.atomic():
                register.add(by=access, rows=[values for _number, values in batch])
                raise TakenBack
        except TakenBack:
            break
        except CobijoError as wrong_row:
            place = wrong_row.params.get("row")
            number = batch[place - 1][0] if isinstance(place, int) else 0
            problems.append(
                (number, "", render(wrong_row.code, {**wrong_row.params, "row": number}, language()))
            )
            if not isinstance(place, int) or len(problems) > SAID:
                break
            del good[place - 1]
    bad = {number for number, _field, _said in problems}
    return Trial(
        len(table.rows), len(table.rows) - len(bad), tuple(sorted(problems)[:SAID]), len(problems) > SAID
    )


def chunks(rows: Sequence[dict[str, str]], start: int) -> Iterator[tuple[int, Sequence[dict[str, str]]]]:
    for place in range(start, len(rows), CHUNK):
        yield place, rows[place : place + CHUNK]


def _names(register: Register) -> dict[str, str]:
    found = {name.casefold(): name for name in register.fields}
    for language in LANGUAGES:
        with translation.override(language):
            for name in register.fields:
                found.setdefault(register.label(name).casefold(), name)
    return found


def _cell(text: str) -> str:
    """Without the mark that our own exports put before what looks like a formula."""
    text = text.strip()
    return text[1:] if text.startswith("'") and text[1:].lstrip(" ").startswith(FORMULA) else text


def _csv(content: bytes) -> Iterator[list[str]]:
    text = content.decode("utf-8-sig")
    first = text.split("\n", 1)[0]
    mark = max((",", ";", "\t"), key=first.count)
    return iter(csv.reader(io.StringIO(text, newline=""), delimiter=mark))


def _xlsx(content: bytes) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(content)) as box:
        if sum(one.file_size for one in box.infolist()) > 20 * MOST_BYTES:
            raise InputProblem("screens.file_too_large", most=MOST_BYTES // 2**20)
    sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).active
    for line in sheet.iter_rows(values_only=True):
        yield ["" if one is None else str(one.date() if hasattr(one, "date") else one) for one in line]
