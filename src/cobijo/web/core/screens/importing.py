"""Tables that become records: read row by row, columns put to fields, every row checked before anything is written."""

from __future__ import annotations

import contextvars
import io
import itertools
import re
import unicodedata
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import IO, Any, TypeVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from cobijo.errors import InputProblem
from cobijo.sentences import LANGUAGES
from cobijo.web.core.access.context import Access
from cobijo.web.core.screens.forms import make_form
from cobijo.web.core.screens.register import Register
from cobijo.web.core.screens.sheets import bare_cell, lines
from cobijo.web.core.screens.unread import day_formats, mended

MOST_ROWS: int = getattr(settings, "IMPORT_ROWS", 100_000)
MOST_COLUMNS = 200
REMEMBERED = 20_000  # texts of a column whose value is not worked out twice
#: Written for yes and no, by a Spanish spreadsheet too; what is neither is asked about: a tick may hide a door.
TRUE = {"yes", "y", "sí", "si", "s", "true", "verdadero", "1", "x", "on", "✓"}
FALSE = {"", "no", "n", "false", "falso", "0", "off", "-", "–", "—", "✗"}
FEW = 12  # so many choices are named in a sentence

T = TypeVar("T")
Row = tuple[int, dict[str, str]]  # its number in the file, and what it says, by field


@dataclass(frozen=True)
class Head:
    """The first row of a file, what the second says under it, and the field that each column seems to be ("": none)."""

    columns: tuple[str, ...]
    example: tuple[str, ...]
    fields: tuple[str, ...]


def head(register: Register, source: IO[bytes] | io.RawIOBase) -> Head:
    """Read the beginning of a file. Raises one sentence where it is no table."""
    found = lines(source)
    first = [one.strip().lstrip("'")[:80] for one in next(found, [])][:MOST_COLUMNS]
    if not any(first):
        raise InputProblem("screens.no_table")
    second = [bare_cell(one)[:60] for one in next(found, [])]
    example = tuple(second[place] if place < len(second) else "" for place in range(len(first)))
    return Head(tuple(first), example, guessed(register, first))


def guessed(register: Register, columns: Sequence[str]) -> tuple[str, ...]:
    """The field that each column is named after, by its name or its label in either language; each field once."""
    names = _names(register)
    found: list[str] = []
    for one in columns:
        name = names.get(_folded(one), "")
        found.append("" if name in found else name)
    return tuple(found)


def check_mapping(access: Access, register: Register, mapping: Sequence[str]) -> None:
    """Every field at most once, and all that must be filled in."""
    if any(one and one not in register.fields for one in mapping):
        raise InputProblem("screens.no_columns")
    for name in mapping:
        if name and mapping.count(name) > 1:
            raise InputProblem("screens.mapped_twice", field=register.label(name))
    if not any(mapping):
        raise InputProblem("screens.no_columns")
    form = make_form(access, register)
    for name, field in form.fields.items():
        if field.required and name not in mapping and form[name].initial in (None, ""):
            raise InputProblem("screens.not_mapped", field=str(field.label))


def rows(source: IO[bytes] | io.RawIOBase, mapping: Sequence[str], after: int = 1) -> Iterator[Row]:
    """The rows below `after`, one by one; empty ones are passed over. Row 1 names the columns."""
    places = [(place, name) for place, name in enumerate(mapping) if name]
    count = 0
    for number, line in enumerate(lines(source), 1):
        if number == 1 or not any(one.strip() for one in line):
            continue
        count += 1
        if count > MOST_ROWS:
            raise InputProblem("screens.too_many_rows", most=MOST_ROWS)
        if number > after:
            yield number, {name: bare_cell(line[place]) for place, name in places if place < len(line)}


def batches(found: Iterator[Row], size: int) -> Iterator[list[Row]]:
    while batch := list(itertools.islice(found, size)):
        yield batch


def made_ahead(found: Iterator[T]) -> Generator[T, None, None]:
    """The same items, each made in another thread while the one before is in use.

    Making them must not ask the database: another thread has another connection. What goes wrong with an item is raised
    in its turn. To be closed, so that nothing is still read afterwards.
    """
    with ThreadPoolExecutor(1) as thread:

        def ask() -> Future[Any]:
            return thread.submit(contextvars.copy_context().run, lambda: next(found, _NONE))

        coming = ask()
        while (item := coming.result()) is not _NONE:
            coming = ask()
            yield item


class Reader:
    """Makes of a row of text what a service takes. One for a whole table: only making it asks the database."""

    def __init__(self, access: Access, register: Register) -> None:
        self.form = make_form(access, register)
        self.fields = [
            (name, str(field.label), self._maker(name, field), {}) for name, field in self.form.fields.items()
        ]  # type: list[tuple[str, str, Callable[[str | None], Any], dict[str | None, Any]]]

    def values(self, row: Mapping[str, str]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        """The values, and (field, sentence) of what is wrong."""
        values: dict[str, Any] = {}
        problems = []
        for name, label, make, made in self.fields:
            text = row.get(name)
            if text in made:
                values[name] = made[text]
                continue
            try:
                values[name] = make(text)
            except ValidationError as wrong:
                said = mended(self.form.fields[name], wrong, text or "")
                problems.append((label, " ".join(said.messages)))
                continue
            if len(made) < REMEMBERED:
                made[text] = values[name]
        return values, problems

    def _maker(self, name: str, field: forms.Field) -> Callable[[str | None], Any]:
        """A function of the text alone; None: the table has no such column, or the row ends before it."""
        if isinstance(field, forms.DateField):
            field.input_formats = day_formats()
        initial, choices = self.form[name].initial, self._choices(field)
        usual = _usual(field, initial)

        def make(text: str | None) -> Any:
            if text is None and initial not in (None, ""):
                return usual()
            text = text or ""
            if isinstance(field, forms.BooleanField):
                return _ticked(text)
            if choices is None:
                return field.clean(_day(text) if isinstance(field, forms.DateField) else text)
            if not text:
                return usual() if initial is not None and field.required else field.clean("")
            found = choices.get(text.casefold(), _NONE)
            if found is _NONE:
                raise ValidationError(_no_choice(field, text))
            if found is _SEVERAL:
                raise ValidationError(
                    _("Several are called “%(value)s”. Write the short name instead.") % {"value": text[:60]}
                )
            return found

        return make

    def _choices(self, field: forms.Field) -> dict[str, Any] | None:
        """What may be written for a choice: its code, or its words in either language."""
        if isinstance(field, forms.ModelChoiceField):
            assert field.queryset is not None
            found: dict[str, Any] = {}
            for one in field.queryset:
                found |= {str(one.pk): one, str(getattr(one, "code", one.pk)).casefold(): one}
            names: dict[str, Any] = {}
            for one in field.queryset:
                said = str(one).casefold()
                names[said] = _SEVERAL if said in names else one
            return names | found
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


_NONE: Any = object()
_SEVERAL: Any = object()


def _ticked(text: str) -> bool:
    said = text.casefold()
    if said not in TRUE and said not in FALSE:
        raise ValidationError(_("“%(value)s” is neither yes nor no. Write yes or no.") % {"value": text[:60]})
    return said in TRUE


def _no_choice(field: Any, text: str) -> str:
    """What may be written instead: the field's own sentence, or the codes where they fit into one."""
    own = field.error_messages["invalid_choice"]
    if own != type(field).default_error_messages["invalid_choice"]:
        return str(own) % {"value": text[:60]}
    if not isinstance(field, forms.ModelChoiceField):
        codes = [str(code) for code, _words in field.choices if code not in (None, "")]
        if len(codes) <= FEW:
            said = _("“%(value)s” is not one of the choices. Write one of these: %(choices)s.")
            return said % {"value": text[:60], "choices": ", ".join(codes)}
    return _("“%(value)s” is not known here. Write it as the register has it, or its short name.") % {
        "value": text[:60]
    }


def _day(text: str) -> date | str:
    """A date as our own exports write it; else the text, which the field tries in the ways of the language."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-31") else text
    except ValueError:
        return text


def _usual(field: forms.Field, initial: Any) -> Callable[[], Any]:
    """What a field holds where nothing is said: worked out now, since rows are read where the database is not asked."""
    try:
        value = field.clean(initial) if initial not in (None, "") else None
    except ValidationError as wrong:
        problems = wrong.error_list  # in the language of whoever reads them later

        def refuse() -> Any:
            raise ValidationError(problems)

        return refuse
    return lambda: value


def _names(register: Register) -> dict[str, str]:
    found = {_folded(name): name for name in register.fields}
    for language in LANGUAGES:
        with translation.override(language):
            for name in register.fields:
                found.setdefault(_folded(register.label(name)), name)
    return found


def _folded(text: str) -> str:
    """Without accents, capitals and signs: `Segundo_apellido` is `segundo apellido`."""
    bare = "".join(
        one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one)
    )
    return re.sub(r"[\W_]+", " ", bare).strip()
