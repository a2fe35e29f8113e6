"""Checks across the fields of a record, and the rule that says which rows can be linked at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cobijo.engine.lists.cleaning import Columns
from cobijo.engine.lists.ids.curp import REASONS, agrees, letters_of, read_curps
from cobijo.engine.lists.problems import ProblemLog
from cobijo.engine.lists.schema import Precision
from cobijo.engine.lists.text import fold, join_texts, map_unique
from cobijo.engine.pack import Pack

#: No child and no child's record is older than this; an earlier date is a slip of the pen.
EARLIEST = date(1900, 1, 1)

Header = Callable[[str], str | None]


@dataclass(frozen=True)
class Checker:
    """Checks canonical columns against each other. Takes wrong values out and says so; keeps doubtful ones
    and says so."""

    pack: Pack
    log: ProblemLog
    header: Header
    today: date

    def check(self, rows: pa.Array, columns: Columns) -> Columns:
        """The columns after all checks."""
        columns = dict(columns)
        self._bounds(rows, columns)
        self._order(rows, columns)
        self._age(rows, columns)
        self._official_id(rows, columns)
        return columns

    def _say(
        self, code: str, severity: str, rows: pa.Array, target: str, values: pa.Array, hit: pa.Array
    ) -> None:
        hit = pc.fill_null(hit, False)
        if pc.any(hit).as_py():
            self.log.add_many(code, severity, rows.filter(hit), self.header(target), values.filter(hit))

    def _drop(self, columns: Columns, target: str, hit: pa.Array) -> None:
        hit = pc.fill_null(hit, False)
        for name in (target, "birth_precision") if target == "birth_date" else (target,):
            columns[name] = pc.if_else(hit, pa.scalar(None, columns[name].type), columns[name])

    def _bounds(self, rows: pa.Array, columns: Columns) -> None:
        """No date before 1900 and none in the future."""
        for target in ("birth_date", "capture_date", "status_date"):
            value = columns[target]
            for code, hit in (
                ("lists.date_future", pc.greater(value, pa.scalar(self.today))),
                ("lists.date_too_old", pc.less(value, pa.scalar(EARLIEST))),
            ):
                self._say(code, "field", rows, target, value, hit)
                self._drop(columns, target, hit)

    def _order(self, rows: pa.Array, columns: Columns) -> None:
        """Nobody is seen before being born. Which of the two is wrong is not known: the birth date is not
        used."""
        hit = pc.greater(columns["birth_date"], columns["capture_date"])
        self._say("lists.birth_after_capture", "field", rows, "birth_date", columns["birth_date"], hit)
        self._drop(columns, "birth_date", hit)

    def _age(self, rows: pa.Array, columns: Columns) -> None:
        """An age that is more than a year off what the two dates give: both stay, and the note says so."""
        days = pc.days_between(columns["birth_date"], columns["capture_date"])
        years = pc.floor(pc.divide(pc.cast(days, pa.float64()), 365.2425))
        off = pc.abs(pc.subtract(years, pc.cast(columns["age_at_capture"], pa.float64())))
        hit = pc.greater(off, 1.0)
        self._say("lists.age_contradicts", "note", rows, "age_at_capture", columns["age_at_capture"], hit)

    def _official_id(self, rows: pa.Array, columns: Columns) -> None:
        """The official id by the rules of its kind. A wrong one is not used; a contradiction is only said."""
        kind = self.pack.official_id
        if kind is None or kind.kind != "curp" or self.header("official_id") is None:
            return
        ids = columns["official_id"]
        if ids.null_count == len(ids):
            return
        states = {area.id_code for area in self.pack.areas if area.id_code} | {
            kind.settings.get("abroad", "NE")
        }
        # Under a header that says CURP everything must be one; elsewhere only what looks like one is held to
        # it.
        named = kind.kind in fold(self.header("official_id") or "")
        held = (
            ids if named else pc.if_else(pc.equal(pc.utf8_length(ids), 18), ids, pa.scalar(None, pa.string()))
        )
        looked = read_curps(held, states)
        for index, reason in enumerate(REASONS):
            if reason:
                hit = pa.array(looked.reason == index)
                self._say(f"lists.curp_{reason}", "field", rows, "official_id", ids, hit)
        self._drop(columns, "official_id", pa.array(looked.reason > 0))
        ids = pc.if_else(pa.array(looked.reason > 0), pa.scalar(None, pa.string()), held)
        exact = pc.is_in(columns["birth_precision"], pa.array([Precision.DAY, Precision.PLACEHOLDER]))
        other_date = pc.and_(exact, pc.not_equal(columns["birth_date"], looked.birth_date))
        self._say("lists.curp_birth_date", "note", rows, "official_id", ids, other_date)
        other_sex = pc.and_(pc.not_equal(columns["sex"], looked.sex), pc.not_equal(looked.sex, "other"))
        self._say("lists.curp_sex", "note", rows, "official_id", ids, other_sex)
        self._say("lists.curp_names", "note", rows, "official_id", ids, self._other_names(ids, columns))

    def _other_names(self, ids: pa.Array, columns: Columns) -> pa.Array:
        rules, kind = self.pack.rules, self.pack.official_id
        skipped = frozenset(kind.settings.get("skipped_given", ())) if kind else frozenset()
        filled = pc.is_valid(ids)
        at = np.flatnonzero(filled.to_numpy(zero_copy_only=False))
        both = join_texts(columns["given1"], columns["given2"])
        given = pc.if_else(pc.is_null(columns["given1"]), pa.scalar(None, pa.string()), both)
        letters = [
            map_unique(
                given.filter(filled), lambda v: letters_of(v, rules, skipped), pa.string()
            ).to_pylist(),
            map_unique(
                columns["surname1"].filter(filled), lambda v: letters_of(v, rules), pa.string()
            ).to_pylist(),
            map_unique(
                columns["surname2"].filter(filled), lambda v: letters_of(v, rules), pa.string()
            ).to_pylist(),
        ]
        hit = np.zeros(len(ids), dtype=bool)
        hit[at] = [not agrees(*row) for row in zip(ids.filter(filled).to_pylist(), *letters, strict=True)]
        return pa.array(hit)


def linkable(columns: Columns) -> pa.Array:
    """Which rows say enough to be linked: an official id, or two of given name, surname, birth date and
    address.

    Sex, area, age and the agency's own id do not count: thousands share the first three, and nobody else has
    the last.
    """
    one = pa.scalar(1, pa.int8())
    none = pa.scalar(0, pa.int8())
    surname = pc.or_(pc.is_valid(columns["surname1"]), pc.is_valid(columns["surname2"]))
    known_day = pc.and_(
        pc.is_valid(columns["birth_date"]),
        pc.fill_null(pc.not_equal(columns["birth_precision"], Precision.YEAR), False),
    )
    evidence = [
        pc.or_(pc.is_valid(columns["given1"]), pc.is_valid(columns["given2"])),
        surname,
        known_day,
        pc.is_valid(columns["address"]),
    ]
    points = [pc.if_else(e, one, none) for e in evidence]
    total = points[0]
    for more in points[1:]:
        total = pc.add(total, more)
    return pc.or_(pc.is_valid(columns["official_id"]), pc.greater_equal(total, 2))
