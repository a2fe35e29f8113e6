"""One agency's rows in its own form: columns of text under its own headers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.lists.schema import Sex
from cobijo.engine.pack import Pack
from cobijo.engine.simulate.agencies import Agency
from cobijo.engine.simulate.events import STATUSES, Rows
from cobijo.engine.simulate.settings import CountrySettings
from cobijo.engine.simulate.slips import Texts, unaccented
from cobijo.engine.simulate.source import Source
from cobijo.engine.simulate.written import Written

Positions = NDArray[np.int64]

_HTCDS_STATUS = ("ActualVictimOfTrafficking", "PossibleVictimOfTrafficking", "PossibleVictimOfTrafficking")
_YES_NO = {"es": ("No", "Sí"), "en": ("no", "yes")}
_NAMES = ("given1", "given2", "surname1", "surname2")
#: Never a date: what a tired clerk writes when the form insists.
_IMPOSSIBLE = ("31/02/2011", "00/00/2012", "30/02/2013", "15/13/2010")
_USELESS_NAMES = ("Se desconoce", "N/N", "Sin dato", "X")


def _texts(values: Iterable[str | None]) -> Texts:
    found = list(values)
    array = np.empty(len(found), dtype=object)
    array[:] = found
    return array


def _join(left: Texts, right: Texts) -> Texts:
    """Two name fields in one, either of which may be missing."""
    return _texts(" ".join(filter(None, pair)) or None for pair in zip(left, right, strict=True))


@dataclass(frozen=True)
class Desk:
    """One agency at work on its rows (`chosen`: their positions among all rows)."""

    agency: Agency
    settings: CountrySettings
    pack: Pack
    source: Source
    rows: Rows
    written: Written
    chosen: Positions
    rng: np.random.Generator

    def columns(self) -> dict[str, Texts]:
        """Header -> one text a row."""
        return {header: self.column(what) for what, header in self.agency.columns}

    def column(self, what: str) -> Texts:
        """One column, by what stands in it."""
        special: Mapping[str, Callable[[], Texts]] = {
            "own_id": self.own_ids,
            "birth_date": self.births,
            "age_at_capture": self.ages,
            "sex": self.sexes,
            "area": self.areas,
            "capture_date": self.captured,
            "status": self.statuses,
            "status_body": self.bodies,
            "status_date": lambda: self.days(self.rng.integers(0, 21, len(self.chosen))),
            "form": self.forms,
        }
        if what in special:
            return special[what]()
        if what.startswith("element_"):
            no, yes = _YES_NO[self.agency.language]
            return _texts((no, yes, None))[self.written.elements[what.removeprefix("element_")][self.chosen]]
        return self.styled(self.text(what))

    def text(self, what: str) -> Texts:
        """Names in the agency's own fields, and every other plain text."""
        if what == "full_name":
            return _join(self.text("given_names"), self.text("surnames"))
        if what == "given_names":
            return _join(self.text("given1"), self.text("given2"))
        if what == "surnames":
            return _join(self.text("surname1"), self.text("surname2"))
        return self.written.texts[what][self.chosen]

    def styled(self, texts: Texts) -> Texts:
        """Capitals and lost accents are a whole agency's habit."""
        if self.agency.plain:
            texts = _texts(text and unaccented(text) for text in texts)
        return _texts(text and text.upper() for text in texts) if self.agency.capitals else texts

    def own_ids(self) -> Texts:
        """`INV-` says in every row of every list that the row is invented."""
        return _texts(f"INV-{self.agency.mark}-{n:06d}" for n in range(1, len(self.chosen) + 1))

    def births(self) -> Texts:
        """Dates in the agency's way; a bare year where only that is known; a few that no calendar has."""
        shape = self.agency.date
        year, month, day = (part[self.chosen].tolist() for part in self.written.birth)
        found = _texts(
            (shape.format(y=y, m=m, d=d) if d else str(y)) if y else None
            for y, m, d in zip(year, month, day, strict=True)
        )
        how_many = min(len(found), max(1, round(len(found) * self.settings.impossible_dates)))
        wrong = self.rng.choice(len(found), how_many, replace=False)
        for n, i in enumerate(wrong.tolist()):
            found[i] = _IMPOSSIBLE[n % len(_IMPOSSIBLE)]
        return found

    def days(self, later: NDArray[np.int64] | int = 0) -> Texts:
        """The rows' days, or some days later."""
        days = self.rows.day[self.chosen] + np.asarray(later).astype("timedelta64[D]")
        unique, back = np.unique(days, return_inverse=True)
        shape = self.agency.date
        return _texts(shape.format(y=day.year, m=day.month, d=day.day) for day in unique.astype(object))[back]

    def captured(self) -> Texts:
        found = self.days()
        found[self.rng.random(len(found)) < self.settings.slips.capture_date_missing] = None
        return found

    def ages(self) -> Texts:
        age = self.written.age[self.chosen]
        age = age + self.rng.choice((-1, 0, 1), len(age), p=(0.01, 0.98, 0.01))
        found = _texts(map(str, np.maximum(age, 0).tolist()))
        found[self.rng.random(len(found)) < 0.12] = None
        return found

    def sexes(self) -> Texts:
        if self.agency.htcds:
            words = ["Masculine", "Feminine", None]
        else:
            terms = self.pack.sexes
            language = self.agency.language
            words = [terms[sex].names.get(language, sex.value) for sex in (Sex.MALE, Sex.FEMALE)] + [None]
        return _texts(words)[self.written.girl[self.chosen]]

    def areas(self) -> Texts:
        return self.styled(self.source.area_names[self.written.area[self.chosen]])

    def statuses(self) -> Texts:
        if self.agency.htcds:
            words = [*_HTCDS_STATUS, "NotAVictimOfTrafficking"]
        else:
            words = [self.pack.statuses[s].names.get(self.agency.language, s.value) for s in STATUSES]
        found = _texts(words)[self.rows.status[self.chosen]]
        found[self.rng.random(len(found)) < self.settings.slips.status_missing] = None
        return found

    def bodies(self) -> Texts:
        bodies = self.agency.bodies
        weights = 0.4 ** np.arange(len(bodies))
        found = _texts(bodies)[self.rng.choice(len(bodies), len(self.chosen), p=weights / weights.sum())]
        found[self.rng.random(len(found)) < 0.05] = None
        return found

    def forms(self) -> Texts:
        if not self.pack.forms:
            return np.full(len(self.chosen), None, dtype=object)
        names = [form.names.get(self.agency.language, form.code) for form in self.pack.forms]
        found = _texts(names)[self.written.form[self.chosen]]
        found[self.rng.random(len(found)) < 0.10] = None
        return found


def with_useless_rows(
    columns: Mapping[str, Texts], agency: Agency, share: float, rng: np.random.Generator
) -> dict[str, Sequence[str | None]]:
    """A few rows nobody can use, among the others: wholly empty, or an id and no name."""
    size = len(next(iter(columns.values())))
    extra = max(2, round(size * share))
    order = np.argsort(
        np.concatenate([np.arange(size, dtype=float), rng.uniform(0, max(size - 1, 1), extra)])
    )
    whats = {header: what for what, header in agency.columns}
    found: dict[str, Sequence[str | None]] = {}
    for header, texts in columns.items():
        useless: list[str | None] = [None] * extra
        for n in range(1, extra, 2):
            if whats[header] == "own_id":
                useless[n] = f"INV-{agency.mark}-X{n:05d}"
            elif whats[header] in ("full_name", "given_names", "given1"):
                useless[n] = _USELESS_NAMES[n // 2 % len(_USELESS_NAMES)]
        found[header] = np.concatenate([texts, _texts(useless)])[order].tolist()
    return found
