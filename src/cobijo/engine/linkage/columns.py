"""The columns that the model compares, made from canonical records.

A name is compared by three things: its comparison key (accents, particles and nicknames folded), its
phonetic key (what a clerk hears) and its likeness as text. A birth date is compared only as far as it is
known: a date that holds only the year, or 1 January as a placeholder, gives a year and no day.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cobijo.engine.lists.name_columns import comparison_key_column, phonetic_key_column
from cobijo.engine.lists.schema import AgencyList, Precision
from cobijo.engine.pack import Pack
from cobijo.engine.pack.shape import Part

#: Columns the model may use; which of them it does use depends on what the lists hold.
OPTIONAL = ("sex", "area", "municipality", "address", "postcode", "official_id", "birth_year", "birth_date")
_NAMES: dict[str, tuple[str, Part]] = {
    "given1": ("g1", "given"),
    "given2": ("g2", "given"),
    "surname1": ("s1", "surname"),
    "surname2": ("s2", "surname"),
}
_NOT_WORD = re.compile(r"[^0-9a-zñ]+")


def comparison_columns(lists: Sequence[AgencyList], pack: Pack) -> pa.Table:
    """One row a record, in the order of the lists: integer `id`, `list_no`, keys, dates in parts, place,
    official id.

    Keys that are empty become null, so that what is missing is never compared.
    """
    records = pa.concat_tables([one.records for one in lists])
    rules = pack.rules
    out: dict[str, pa.Array] = {
        "id": pa.array(np.arange(records.num_rows, dtype=np.int32)),
        "list_no": pa.array(
            np.repeat(np.arange(len(lists), dtype=np.int16), [one.records.num_rows for one in lists])
        ),
    }
    for source, (name, part) in _NAMES.items():
        out[name] = _one(comparison_key_column(records[source], rules, part))
        out["p" + name] = _one(phonetic_key_column(records[source], rules, part))
    out["given"] = _joined(out["g1"], out["g2"])
    for name, source in (("g_start", "pg1"), ("s_start", "ps1"), ("s2_start", "ps2")):
        out[name] = pc.utf8_slice_codeunits(out[source], 0, 3)
    out.update(_dates(records["birth_date"], records["birth_precision"]))
    out["sex"] = _one(records["sex"])
    for name in ("municipality", "address", "postcode"):
        out[name] = _mapped(records[name], _plain)
    # an area that the pack does not know still tells two records apart, as the list wrote it
    out["area"] = pc.coalesce(_one(records["area"]), _mapped(records["area_text"], _plain))
    out["door"] = _mapped(records["address"], _door)
    out["municipality"] = _within(out["area"], out["municipality"])
    out["official_id"] = _mapped(records["official_id"], lambda text: _plain(text).replace(" ", ""))
    return pa.table(out)


def present(columns: pa.Table) -> frozenset[str]:
    """The columns that hold anything at all: the others are left out of the model."""
    return frozenset(name for name in columns.column_names if columns[name].null_count < columns.num_rows)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.lower().replace("ñ", "\0")).replace("\0", "ñ")
    bare = "".join(mark for mark in folded if not unicodedata.combining(mark))
    return _NOT_WORD.sub(" ", bare).strip()


def _door(address: str) -> str:
    """House number and the first letters of the longest word: what survives most ways of writing an
    address.
    """
    words = _plain(address).split()
    numbers = [word for word in words if word.isdigit()]
    letters = max((word for word in words if not word.isdigit()), key=len, default="")
    return f"{numbers[0]}/{letters[:4]}" if numbers and letters else ""


def _one(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _mapped(column: pa.ChunkedArray, key: Callable[[str], str]) -> pa.Array:
    """Apply `key` once to each distinct value."""
    coded = _one(column).dictionary_encode()
    keys = [key(value) if value else "" for value in coded.dictionary.to_pylist()]
    return pa.array([value or None for value in keys], pa.string()).take(coded.indices)


def _joined(first: pa.Array, second: pa.Array) -> pa.Array:
    return pc.coalesce(pc.binary_join_element_wise(first, second, " "), first, second)


def _within(area: pa.Array, place: pa.Array) -> pa.Array:
    """Municipalities of different areas may share a name: put the area before it where it is known."""
    joined = pc.binary_join_element_wise(pc.fill_null(area, ""), place, "/")
    return pc.if_else(pc.is_valid(place), joined, pa.scalar(None, pa.string()))


def _dates(date: pa.ChunkedArray, precision: pa.ChunkedArray) -> dict[str, pa.Array]:
    date, precision = _one(date), _one(precision)
    vague = pc.is_in(precision, pa.array([Precision.YEAR.value, Precision.PLACEHOLDER.value]))
    month_only = pc.equal(precision, Precision.MONTH.value)
    month_known = pc.invert(pc.fill_null(vague, False))
    day_known = pc.and_(month_known, pc.invert(pc.fill_null(month_only, False)))
    nothing = pa.scalar(None, pa.int16())
    day = pc.if_else(day_known, pc.day(date).cast(pa.int16()), nothing)
    return {
        "birth_year": pc.year(date).cast(pa.int16()),
        "birth_month": pc.if_else(month_known, pc.month(date).cast(pa.int16()), nothing),
        "birth_day": day,
        "birth_date": pc.if_else(
            pc.is_valid(day), pc.strftime(date, format="%Y%m%d"), pa.scalar(None, pa.string())
        ),
    }
