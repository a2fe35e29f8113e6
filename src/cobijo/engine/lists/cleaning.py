"""One block of a list's columns turned into the canonical record. Works on the different values of a
column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from cobijo.engine.lists import values
from cobijo.engine.lists.dates import Reading, read_date, says_nothing
from cobijo.engine.lists.limits import MAX_NAME, MAX_VALUE
from cobijo.engine.lists.mapping import ListMapping, Plan
from cobijo.engine.lists.name_columns import split_given_column, split_name_column, split_surnames_column
from cobijo.engine.lists.problems import ProblemLog
from cobijo.engine.lists.schema import ELEMENTS, SCHEMA, Precision, Status
from cobijo.engine.lists.source import Block
from cobijo.engine.lists.survey import Survey
from cobijo.engine.lists.text import (
    fold,
    has_control,
    is_formula,
    is_missing,
    join_texts,
    map_suspects,
    map_unique,
    map_unique_many,
    nulls,
    tidy,
)
from cobijo.engine.pack import Pack
from cobijo.errors import WrongUsage

Columns = dict[str, pa.Array]
_NAMES = ("full_name", "given_names", "given1", "given2", "surnames", "surname1", "surname2")
#: Fields in which "99" or "nd" may be a real value: only an empty cell is empty there.
_VERBATIM = frozenset({"own_id", "postcode", "official_id", "area"})
_FLAGS = (
    ("lists.control_characters", "note", 1),
    ("lists.formula", "note", 2),
    ("lists.too_long", "field", 4),
)
_STRING, _BOOL = pa.string(), pa.bool_()


class Cleaner:
    """Cleans the blocks of one list; counts what is worth one note for a whole column in `traits`."""

    def __init__(
        self,
        headers: list[str],
        plan: Plan,
        mapping: ListMapping,
        found: Survey,
        pack: Pack,
        log: ProblemLog,
        today: date,
    ) -> None:
        self.headers = headers
        self.plan = plan
        self.mapping = mapping
        self.found = found
        self.pack = pack
        self.log = log
        self.today = today
        self.traits: Counter[tuple[str, str]] = Counter()

    def header(self, target: str) -> str | None:
        """The agency's header for a target (the first one where several are joined)."""
        places = self.plan.sources.get(target)
        return self.headers[places[0]] if places else None

    def clean(self, block: Block) -> Columns:
        """The canonical columns of a block, without the checks across columns."""
        out: Columns = {}
        out.update(self._names(block))
        out.update(self._birth(block))
        for target in ("own_id", "municipality", "postcode", "official_id", "status_body"):
            out[target] = self._text(block, target)
        out["address"] = self._address(block)
        out["official_id"] = map_unique(out["official_id"], _id_text, _STRING)
        for target in ("capture_date", "status_date"):
            out[target], _ = self._dates(block, target)
        out["sex"] = self._words(block, "sex", self._sex, "lists.sex_unknown", "field")
        out["status"] = self._words(block, "status", self._status, "lists.status_unknown", "note")
        out["form"] = self._words(block, "form", self._form, "lists.form_unknown", "note")
        out["area_text"] = self._text(block, "area")
        out["area"] = self._words(block, "area", self._area, "lists.area_unknown", "note", verbatim=True)
        out["age_at_capture"] = self._age(block)
        for element in ELEMENTS:
            out[f"element_{element}"] = self._element(block, f"element_{element}")
        return self._constants(out, len(block.rows))

    # Texts

    def _text(self, block: Block, target: str, place: int | None = None, *, quiet: bool = False) -> pa.Array:
        """A column tidied: no control characters, no words for "not known", nothing absurdly long."""
        if place is None:
            place = self.plan.sources.get(target, (None,))[0]
        if place is None:
            return nulls(len(block.rows), _STRING)
        name, verbatim = target in _NAMES, target in _VERBATIM
        limit = MAX_NAME * (2 if target == "full_name" else 1) if name else MAX_VALUE

        def look(raw: str) -> tuple[str | None, int]:
            text = tidy(raw)
            flag = (1 if has_control(raw) else 0) | (2 if is_formula(text) and not _is_number(text) else 0)
            if not text or (not fold(text) if verbatim else is_missing(text, name=name)):
                return None, flag & 1
            return (None, flag | 4) if len(text) > limit else (text, flag)

        raw = block.columns[place]
        texts, flags = map_suspects(raw, look, limit=limit, verbatim=verbatim)
        if not quiet and (pc.max(flags).as_py() or 0) > 0:
            for code, severity, bit in _FLAGS:
                hit = pc.not_equal(pc.bit_wise_and(pc.fill_null(flags, 0), pa.scalar(bit, pa.int8())), 0)
                rows, shown = block.rows.filter(hit), raw.filter(hit)
                self.log.add_many(code, severity, rows, self.headers[place], shown, limit=limit)
        return texts

    def _address(self, block: Block) -> pa.Array:
        parts = [self._text(block, "address", place) for place in self.plan.sources.get("address", ())]
        if len(parts) < 2:
            return parts[0] if parts else nulls(len(block.rows), _STRING)
        return join_texts(*parts)

    def _names(self, block: Block) -> Columns:
        """The four name fields, from whichever name columns the list has; single fields outrank joined
        ones."""
        rules, has = self.pack.rules, self.plan.sources
        text = {t: self._text(block, t) for t in _NAMES if t in has}
        empty = nulls(len(block.rows), _STRING)
        given1, given2 = text.get("given1", empty), text.get("given2", empty)
        surname1, surname2 = text.get("surname1", empty), text.get("surname2", empty)
        if "given_names" in text:
            first, rest = split_given_column(text["given_names"], rules)
            given1, given2 = pc.coalesce(given1, first), join_texts(rest, given2)
        if "surnames" in text or ("surname1" in text and "surname2" not in text):
            first, second = split_surnames_column(text.get("surnames", surname1), rules)
            surname1 = first if "surnames" not in text else pc.coalesce(surname1, first)
            surname2 = pc.coalesce(surname2, second)
        columns = {"given1": given1, "given2": given2, "surname1": surname1, "surname2": surname2}
        if "full_name" in text:
            split = split_name_column(text["full_name"], rules)
            nothing = pc.and_(pc.is_null(given1), pc.is_null(surname1))
            for name, whole in zip(columns, split, strict=True):
                columns[name] = pc.if_else(nothing, whole, columns[name])
        return columns

    # Dates

    def _birth(self, block: Block) -> Columns:
        value, precision = self._dates(block, "birth_date")
        if "birth_year" in self.plan.sources and "birth_date" not in self.plan.sources:
            year = self._text(block, "birth_year")
            month = map_unique(pc.fill_null(self._text(block, "birth_month"), "0"), _month_number, _STRING)
            day = pc.fill_null(self._text(block, "birth_day"), "0")
            whole = pc.binary_join_element_wise(year, month, day, "-")
            value, precision = self._read(block, "birth_date", whole, self.header("birth_year"), whole)
        return {"birth_date": value, "birth_precision": precision}

    def _dates(self, block: Block, target: str) -> tuple[pa.Array, pa.Array]:
        if target not in self.plan.sources:
            return nulls(len(block.rows), pa.date32()), nulls(len(block.rows), _STRING)
        text = self._text(block, target)
        raw = block.columns[self.plan.sources[target][0]]
        return self._read(block, target, text, self.header(target), raw)

    def _read(
        self, block: Block, target: str, text: pa.Array, header: str | None, raw: pa.Array
    ) -> tuple[pa.Array, pa.Array]:
        order = self.found.orders.get(target, "dmy")

        def look(value: str) -> tuple[date | None, str | None, str]:
            reading = (
                Reading(None, trait="nothing") if says_nothing(value) else read_date(value, order, self.today)
            )
            kind = reading.trait if reading.value or reading.trait else "unreadable"
            return reading.value, reading.precision, kind

        dates, precisions, traits = map_unique_many(text, look, [pa.date32(), _STRING, _STRING])
        for trait in ("ambiguous", "impossible", "unreadable"):
            hit = pc.fill_null(pc.equal(traits, trait), False)
            self.log.add_many(f"lists.date_{trait}", "field", block.rows.filter(hit), header, raw.filter(hit))
        for trait in ("serial", "two_digits"):
            self.traits[f"lists.date_{trait}", header or ""] += pc.sum(pc.equal(traits, trait)).as_py() or 0
        if target != "birth_date":
            exact = pa.array([Precision.DAY, Precision.PLACEHOLDER])
            vague = pc.and_(pc.is_valid(dates), pc.invert(pc.is_in(precisions, exact)))
            self.traits["lists.date_vague", header or ""] += pc.sum(vague).as_py() or 0
        return dates, precisions

    # Words

    def _words(
        self,
        block: Block,
        target: str,
        read: Callable[[str], str | None],
        code: str,
        severity: str,
        *,
        verbatim: bool = False,
    ) -> pa.Array:
        """A column of words as canonical values; the mapping's own table comes first."""
        place = self.plan.sources.get(target, (None,))[0]
        if place is None:
            return nulls(len(block.rows), _STRING)
        own = self.mapping.values.get(target, {})

        def look(raw: str) -> tuple[str | None, bool]:
            text = tidy(raw)
            found = own.get(fold(text)) or (read(text) if text else None)
            return found, found is None and not (is_missing(text) if not verbatim else not fold(text))

        found, unknown = map_unique_many(block.columns[place], look, [_STRING, _BOOL])
        hit = pc.fill_null(unknown, False)
        shown = block.columns[place].filter(hit)
        self.log.add_many(code, severity, block.rows.filter(hit), self.headers[place], shown)
        return found

    def _sex(self, text: str) -> str | None:
        if fold(text) == "m":
            return self.found.m
        return self.pack.find_sex(text) or values.read_sex(text)

    def _status(self, text: str) -> str | None:
        return self.pack.find_status(text) or values.read_status(text)

    def _form(self, text: str) -> str | None:
        for part in (text, *values.parts_in_words(text)):
            if code := self.pack.find_form(part):
                return code
        return None

    def _area(self, text: str) -> str | None:
        if text.isdigit():
            self.traits["lists.area_numbers", self.header("area") or ""] += 1
        return self.pack.find_area(text) or self.pack.find_area(text.removesuffix(".0"))

    def _age(self, block: Block) -> pa.Array:
        text = self._text(block, "age_at_capture")
        ages = map_unique(text, values.read_age, pa.int16())
        hit = pc.and_(pc.is_valid(text), pc.is_null(ages))
        header = self.header("age_at_capture")
        self.log.add_many("lists.age_unreadable", "field", block.rows.filter(hit), header, text.filter(hit))
        return ages

    def _element(self, block: Block, target: str) -> pa.Array:
        """True if one of the columns says so, false if one says no and none says yes."""
        answers = []
        for place in self.plan.sources.get(target, ()):
            text = self._text(block, target, place, quiet=True)
            found, known = map_unique_many(text, lambda v: values.read_element(target, v), [_BOOL, _BOOL])
            hit = pc.invert(pc.fill_null(known, True))
            rows = block.rows.filter(hit)
            self.log.add_many("lists.element_unknown", "note", rows, self.headers[place], text.filter(hit))
            answers.append(found)
        if not answers:
            return nulls(len(block.rows), _BOOL)
        result = answers[0]
        for other in answers[1:]:
            result = pc.or_kleene(result, other)
        return result

    def _constants(self, out: Columns, length: int) -> Columns:
        """What the mapping says of every row, where the row itself says nothing."""
        for target, text in self.mapping.constants.items():
            for name, value in self._constant(target, tidy(text)).items():
                if value is None:
                    raise WrongUsage(
                        "lists.mapping_wrong", file="", key=f"constants.{target}", value=text[:80]
                    )
                kind = SCHEMA.field(name).type
                out[name] = pc.coalesce(out[name], pa.repeat(pa.scalar(value, kind), length))
        return out

    def _constant(self, target: str, text: str) -> dict[str, object]:
        if target in ("capture_date", "status_date", "birth_date"):
            reading = read_date(text, "dmy", self.today)
            precision = {"birth_precision": reading.precision} if target == "birth_date" else {}
            return {target: reading.value, **precision}
        if target == "status":
            return {target: self._status(text) or (text if text in list(Status) else None)}
        if target == "area":
            return {target: self._area(text), "area_text": text}
        if target.startswith("element_"):
            return {target: values.read_element(target, text)[0]}
        if target == "age_at_capture":
            return {target: values.read_age(text)}
        readers = {"sex": self._sex, "form": self._form}
        return {target: readers[target](text)} if target in readers else {target: text}


def _id_text(text: str) -> str:
    """An official id without the blanks and hyphens that people put in, in capitals."""
    return "".join(c for c in text.upper() if c not in " -.")


def _is_number(text: str) -> bool:
    """Whether a text with a sign in front is only a number (a spreadsheet shows it as it is)."""
    return text[1:].replace(".", "", 1).replace(" ", "").isdigit()


def _month_number(text: str) -> str:
    reading = read_date(f"{text} 2000", None, date(2000, 1, 1))
    return str(reading.value.month) if reading.value and not text.isdigit() else text
