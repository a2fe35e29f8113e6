"""Which pairs are compared: those that share a key, with a ceiling on how many records may share it.

Comparing everybody with everybody grows with the square of the records. Every rule here is a key of a few
columns; where more records share a key than `LARGEST_BLOCK`, the rule asks for one column more, and where
even that is too common the key is dropped there: the other rules still see these records. So the number
of pairs grows linearly.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cobijo.engine.linkage.model import CROSSED, LARGEST_BLOCK, RULES

IntArray = NDArray[np.int64]
NO_KEY = -1


def with_keys(columns: pa.Table, available: frozenset[str]) -> tuple[pa.Table, list[str]]:
    """`columns` with one integer column for each block key, and the blocking rules in SQL, strongest
    first.
    """
    keys = [key for rule in RULES for key in rule[:2]] + [key for rule in CROSSED for key in rule]
    needed = sorted({name for key in keys for name in key} & available)
    codes = {name: _codes(columns[name]) for name in needed}
    rules: list[str] = []
    keyed = columns
    for number, (key, finer, ceiling) in enumerate(RULES):
        if available.issuperset(key):
            name = f"k{number}"
            keyed = keyed.append_column(
                name, _capped(codes, key, finer if available.issuperset(finer) else (), ceiling)
            )
            rules.append(f"l.{name} = r.{name}")
    for number, (left, right) in enumerate(CROSSED):
        if available.issuperset(left) and available.issuperset(right):
            names = f"x{number}", f"y{number}"
            for name, column in zip(names, _crossed(columns, left, right), strict=True):
                keyed = keyed.append_column(name, column)
            rules.append(f"l.{names[0]} = r.{names[1]}")
            if sorted(left) != sorted(right):  # a rule that mirrors itself needs no second direction
                rules.append(f"l.{names[1]} = r.{names[0]}")
    return keyed, rules


def pairs_agreeing(columns: pa.Table, key: tuple[str, ...]) -> int:
    """How many pairs of records agree on all columns of `key`."""
    combined = _combined({name: _codes(columns[name]) for name in key}, key)
    sizes = np.bincount(combined[combined != NO_KEY], minlength=1)
    return int((sizes * (sizes - 1) // 2).sum())


def _codes(column: pa.ChunkedArray) -> IntArray:
    indices = column.combine_chunks().dictionary_encode().indices
    result: IntArray = pc.fill_null(indices, NO_KEY).to_numpy(zero_copy_only=False).astype(np.int64)
    return result


def _combined(codes: dict[str, IntArray], key: tuple[str, ...]) -> IntArray:
    """One number for each distinct combination, `NO_KEY` where a part is missing."""
    total = np.zeros(len(codes[key[0]]), np.int64)
    missing = np.zeros(len(total), bool)
    for name in key:
        missing |= codes[name] == NO_KEY
        _, total = np.unique(total * (int(codes[name].max()) + 2) + codes[name] + 1, return_inverse=True)
    return np.where(missing, NO_KEY, total)


def _sizes(key: IntArray) -> IntArray:
    result: IntArray = np.bincount(key + 1)[key + 1]
    return result


def _capped(
    codes: dict[str, IntArray], key: tuple[str, ...], finer: tuple[str, ...], ceiling: int
) -> pa.Array:
    plain = _combined(codes, key)
    fits = (plain != NO_KEY) & (_sizes(plain) <= ceiling)
    out = np.where(fits, plain, NO_KEY)
    if finer and not fits.all():
        both = _combined(codes, key + finer)
        fits_finer = ~fits & (both != NO_KEY) & (_sizes(both) <= ceiling)
        out = np.where(fits_finer, both + int(plain.max()) + 1, out)
    return pa.array(out, pa.int64(), mask=out == NO_KEY)


def _crossed(columns: pa.Table, left: tuple[str, ...], right: tuple[str, ...]) -> tuple[pa.Array, pa.Array]:
    """Keys over both column sets, numbered together so that they can be equal across records."""
    stacked = {
        str(place): _codes(pa.chunked_array([columns[a].combine_chunks(), columns[b].combine_chunks()]))
        for place, (a, b) in enumerate(zip(left, right, strict=True))
    }
    both = _combined(stacked, tuple(stacked))
    fits = (both != NO_KEY) & (_sizes(both) <= LARGEST_BLOCK)
    half = columns.num_rows
    keys = pa.array(both, pa.int64(), mask=~fits)
    return keys.slice(0, half), keys.slice(half)
