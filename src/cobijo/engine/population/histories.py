"""Capture histories from a table, from masks or from linked records; and the same histories with lists
changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cobijo.engine.population.shape import MAX_LISTS, Histories
from cobijo.errors import InputProblem, WrongUsage

LARGEST_COUNT = 1 << 53  # beyond this a double no longer holds every whole number


def from_masks(lists: Sequence[str], cells: ArrayLike, counts: ArrayLike) -> Histories:
    """Histories from bit masks (bit j: seen by `lists[j]`) and how many people have each; masks may repeat.

    Raises `InputProblem` when there are fewer than two lists or more than ten, two of one name, a list that
    saw nobody, a mask that no list made, or a count that is negative or too large.

    >>> from_masks(["a", "b"], [1, 2, 3, 3], [30, 40, 4, 6]).counts.tolist()
    [30, 40, 10]
    """
    names = tuple(str(name) for name in lists)
    check_lists(names)
    masks = whole_masks(cells)
    numbers = whole(counts)
    if masks.shape != numbers.shape:  # numpy would give one count to every history
        raise InputProblem("population.counts_length", cells=masks.size, counts=numbers.size)
    if masks.size and (int(masks.min()) < 1 or int(masks.max()) >= 1 << len(names)):
        raise InputProblem("population.mask_unknown", lists=len(names))
    if numbers.size and int(numbers.min()) < 0:
        raise InputProblem("population.count_below_zero")
    total = sum(numbers.tolist())  # Python integers: cannot overflow
    if total > LARGEST_COUNT:
        raise InputProblem("population.total_too_large")
    if total == 0:
        raise InputProblem("population.nobody")
    sums = np.zeros(1 << len(names), np.int64)
    np.add.at(sums, masks, numbers)
    present = np.flatnonzero(sums)
    for j, name in enumerate(names):
        if not np.any(present >> j & 1):
            raise InputProblem("population.list_empty", list=name)
    return Histories(names, present.astype(np.uint16), sums[present])


def whole_masks(cells: ArrayLike) -> NDArray[np.int64]:
    """Masks as whole numbers; a fraction is a problem, never rounded away."""
    given = np.asarray(cells).ravel()
    if given.size == 0:
        return np.zeros(0, np.int64)
    if given.dtype.kind == "f" and np.all(np.isfinite(given)) and np.all(given == np.floor(given)):
        return given.astype(np.int64)
    if given.dtype.kind not in "iub":
        raise InputProblem("population.cells_not_masks")
    return given.astype(np.int64)


def whole(counts: ArrayLike) -> NDArray[np.int64]:
    """Counts as whole numbers; a fraction is a problem, never rounded away."""
    given = np.asarray(counts).ravel()
    if given.size == 0:
        return np.zeros(0, np.int64)
    if given.dtype.kind == "u" and int(given.max()) > LARGEST_COUNT:
        raise InputProblem("population.total_too_large")
    if given.dtype.kind not in "iub":
        try:
            as_float = given.astype(np.float64)
        except (TypeError, ValueError):
            raise InputProblem("population.counts_not_numbers") from None
        if not np.all(np.isfinite(as_float)) or np.any(as_float != np.floor(as_float)):
            raise InputProblem("population.count_fraction")
        if float(np.abs(as_float).max()) > LARGEST_COUNT:
            raise InputProblem("population.total_too_large")
    return given.astype(np.int64)


def from_records(person_codes: ArrayLike, list_codes: ArrayLike, lists: Sequence[str]) -> Histories:
    """Histories from linked records: the person and the list (index into `lists`) of each record.

    >>> from_records(["p", "q", "p", "r"], [0, 0, 1, 1], ["a", "b"]).counts.tolist()
    [1, 1, 1]
    """
    check_lists(tuple(lists))
    _, masks = masks_of_people(person_codes, list_codes, len(lists))
    cells, counts = np.unique(masks, return_counts=True)
    return from_masks(lists, cells, counts)


def masks_of_people(
    person_codes: ArrayLike, list_codes: ArrayLike, lists: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The place of each record's person among the people, and each person's mask."""
    given, places = np.asarray(person_codes).ravel(), np.asarray(list_codes).ravel()
    if given.size != places.size:
        raise InputProblem("population.records_length", people=given.size, lists=places.size)
    if places.size and places.dtype.kind not in "iu":
        raise InputProblem("population.records_lists")
    if given.dtype.kind == "O" and any(one is None for one in given):
        raise InputProblem("population.records_person")
    people, code = np.unique(given, return_inverse=True)
    where = places.astype(np.int64)
    if where.size and (int(where.min()) < 0 or int(where.max()) >= lists):
        raise InputProblem("population.list_unknown", lists=lists)
    masks = np.zeros(people.size, np.int64)
    for j in range(lists):
        masks[code[where == j]] |= 1 << j
    return code.ravel(), masks


def from_table(table: str | Path | Mapping[str, Sequence[object]] | object) -> Histories:
    """Histories from a CSV file, a mapping of columns, an Arrow table or a data frame that speaks Arrow (pandas,
    polars): list columns of 0 and 1, and a count."""
    from cobijo.engine.population.tables import histories_of_rows, table_histories

    if isinstance(table, str | Path):
        return table_histories(table)
    if hasattr(table, "__arrow_c_stream__"):
        import pyarrow

        table = pyarrow.table(table)
    to_columns = getattr(table, "to_pydict", None)
    columns = to_columns() if callable(to_columns) else table
    if not isinstance(columns, Mapping):
        raise InputProblem("population.table_not_a_table")
    header = [str(name) for name in columns]
    values = [list(column) for column in columns.values()]
    for name, column in zip(header, values, strict=True):
        if len(column) != len(values[0]):
            raise InputProblem(
                "population.columns_length", column=name[:60], cells=len(column), rows=len(values[0])
            )
    rows = (list(map(plain, row)) for row in zip(*values, strict=True))
    return histories_of_rows(header, enumerate(rows, start=1))


def plain(value: object) -> str:
    """A cell as text; a whole number given as a float reads as a whole number."""
    if isinstance(value, bool | np.bool_):
        return "1" if value else "0"
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def check_lists(names: tuple[str, ...]) -> None:
    """Between two and ten lists, each with a name of its own."""
    if len(names) < 2:
        raise InputProblem("population.one_list", lists=len(names))
    if len(names) > MAX_LISTS:
        raise InputProblem("population.too_many_lists", lists=len(names), most=MAX_LISTS)
    for name in names:
        if not name.strip():
            raise InputProblem("population.list_without_name")
        if names.count(name) > 1:
            raise InputProblem("population.lists_same_name", list=name)


def reorder(histories: Histories, order: Sequence[str]) -> Histories:
    """The same histories with the lists in another order."""
    known(histories, order)
    if len(order) != len(histories.lists) or len(set(order)) != len(order):
        raise WrongUsage("population.order_of_all", lists=", ".join(histories.lists))
    places = [histories.lists.index(name) for name in order]
    return from_masks(order, moved(histories.cells, [(j, i) for i, j in enumerate(places)]), histories.counts)


def omit_list(histories: Histories, name: str) -> Histories:
    """The histories without one list; people whom only it saw are no longer observed."""
    known(histories, [name])
    kept = [other for other in histories.lists if other != name]
    moves = [(histories.lists.index(other), i) for i, other in enumerate(kept)]
    cells = moved(histories.cells, moves)
    return from_masks(kept, cells[cells > 0], histories.counts[cells > 0])


def merge_lists(histories: Histories, names: Iterable[str], merged: str | None = None) -> Histories:
    """The histories with some lists taken as one, named `merged` (else their names joined by +), at the
    first's place."""
    names = set(names)
    known(histories, sorted(names))
    together = [name for name in histories.lists if name in names]
    if not together:
        return histories
    kept = [name for name in histories.lists if name not in together[1:]]
    first = together[0]
    moves = [(j, kept.index(first if name in together else name)) for j, name in enumerate(histories.lists)]
    renamed = [merged or "+".join(together) if name == first else name for name in kept]
    return from_masks(renamed, moved(histories.cells, moves), histories.counts)


def known(histories: Histories, names: Sequence[str]) -> None:
    """A list that is not there would otherwise change nothing, and nobody would notice."""
    for name in names:
        if name not in histories.lists:
            raise WrongUsage(
                "population.list_not_there", list=str(name)[:60], lists=", ".join(histories.lists)
            )


def moved(cells: NDArray[np.uint16], moves: Iterable[tuple[int, int]]) -> NDArray[np.int64]:
    """Masks with bit `old` put at `new` for each move; the other bits are dropped."""
    result = np.zeros(cells.size, np.int64)
    for old, new in moves:
        result |= (cells.astype(np.int64) >> old & 1) << new
    return result


def full_counts(histories: Histories) -> NDArray[np.int64]:
    """Counts for every mask, shape (2^k,), zeros included."""
    counts = np.zeros(1 << len(histories.lists), np.int64)
    counts[histories.cells] = histories.counts
    return counts


def effect_name(mask: int, lists: Sequence[str]) -> str:
    """`5` over lists A, B, C reads "A:C"."""
    return ":".join(name for j, name in enumerate(lists) if mask >> j & 1)


def lists_without_overlap(histories: Histories) -> tuple[str, ...]:
    """Lists none of whose people is on any other list."""
    shared = histories.cells[(histories.cells & (histories.cells - 1)) > 0]
    return tuple(name for j, name in enumerate(histories.lists) if not np.any(shared >> j & 1))
