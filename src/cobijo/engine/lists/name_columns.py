"""What `names` does to one name, done to an Arrow string column: on its distinct values, so a million take seconds.

Apart from `names`, because the site compares names without holding Arrow in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from cobijo.engine.lists.names import (
    comparison_key,
    phonetic_key,
    split_given,
    split_name,
    split_surnames,
)
from cobijo.engine.pack.shape import NameRules, Part

Column: TypeAlias = pa.Array | pa.ChunkedArray


def comparison_key_column(column: Column, rules: NameRules, part: Part = "given") -> Column:
    """`comparison_key` of every value; null where there is no name."""
    return each_distinct(column, lambda name: comparison_key(name, rules, part) or None)


def phonetic_key_column(column: Column, rules: NameRules, part: Part = "given") -> Column:
    """`phonetic_key` of every value; null where there is no name."""
    return each_distinct(column, lambda name: phonetic_key(name, rules, part) or None)


def split_name_column(column: Column, rules: NameRules) -> tuple[Column, Column, Column, Column]:
    """`split_name` of every value: the columns given1, given2, surname1, surname2."""
    one, two, three, four = split_each(column, 4, lambda text: split_name(text, rules))
    return one, two, three, four


def split_given_column(column: Column, rules: NameRules) -> tuple[Column, Column]:
    """`split_given` of every value: the columns given1, given2."""
    one, two = split_each(column, 2, lambda text: split_given(text, rules))
    return one, two


def split_surnames_column(column: Column, rules: NameRules) -> tuple[Column, Column]:
    """`split_surnames` of every value: the columns surname1, surname2."""
    one, two = split_each(column, 2, lambda text: split_surnames(text, rules))
    return one, two


def each_distinct(column: Column, change: Callable[[str], str | None]) -> Column:
    """Change every distinct value once and put the answers back in the rows."""
    return split_each(column, 1, lambda value: (change(value),))[0]


def split_each(column: Column, width: int, cut: Callable[[str], Sequence[str | None]]) -> list[Column]:
    coded = pc.dictionary_encode(column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column)
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    cuts = [cut(value) for value in coded.dictionary.to_pylist()]
    sides = zip(*cuts, strict=True) if cuts else [()] * width
    return [pc.take(pa.array(side, pa.string()), coded.indices) for side in sides]
