"""The protector: what it hides is proved safe by counting every other table, not by asking it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cobijo.engine.disclosure import (
    TOTAL,
    Cell,
    CountTable,
    Link,
    ProtectedTables,
    Ref,
    Rules,
    Sum,
    count_people,
    overlap_table,
    protect,
    round_keyed,
)
from cobijo.engine.population.shape import Histories
from cobijo.errors import InputProblem, Refused

SLOW = settings(max_examples=40, deadline=None)


def one(counts: Mapping[str, int], **more: object) -> CountTable:
    return CountTable("t", ("area",), {(name,): Cell(n) for name, n in counts.items()}, **more)  # type: ignore[arg-type]


def crossed(counts: list[list[int]], table: str = "t") -> CountTable:
    cells = {(f"r{i}", f"c{j}"): Cell(n) for i, row in enumerate(counts) for j, n in enumerate(row)}
    return CountTable(table, ("row", "column"), cells)


def margins(interior: Mapping[tuple[str, ...], int], dimensions: int) -> dict[tuple[str, ...], int]:
    """Every total of a table, worked out in the plainest way."""
    found: dict[tuple[str, ...], int] = {}
    for values, n in interior.items():
        for mask in product((False, True), repeat=dimensions):
            key = tuple(TOTAL if m else v for v, m in zip(values, mask, strict=True))
            found[key] = found.get(key, 0) + n
    return found


def worlds(
    safe: ProtectedTables, table: CountTable, k: int, most: int
) -> Iterator[dict[tuple[str, ...], int]]:
    """Every table that agrees with what is shown and in which each clump of hidden cells has a small one."""
    shown = dict(safe[table.id].rows)
    inner = list(table.cells)
    loose = [v for v in inner if shown[v] is None]
    hidden = [v for v, n in shown.items() if n is None]
    caps = [min([most] + [n for key, n in shown.items() if n is not None and within(v, key)]) for v in loose]
    assume(float(np.prod([c + 1.0 for c in caps])) <= 60_000)
    clumps = grouped(hidden)
    for values in product(*(range(c + 1) for c in caps)):
        interior = {v: shown[v] for v in inner if shown[v] is not None} | dict(
            zip(loose, values, strict=True)
        )
        world = margins(interior, len(table.dimensions))  # type: ignore[arg-type]
        agrees = all(n is None or world[key] == n for key, n in shown.items())
        if agrees and all(any(world[v] < k for v in clump) for clump in clumps):
            yield world


def within(values: tuple[str, ...], key: tuple[str, ...]) -> bool:
    return all(k in (TOTAL, v) for v, k in zip(values, key, strict=True))


def grouped(hidden: list[tuple[str, ...]]) -> list[list[tuple[str, ...]]]:
    """Hidden cells that share a published sum, directly or through others."""
    clumps: list[list[tuple[str, ...]]] = []
    for cell in hidden:
        near = [c for c in clumps if any(share_a_sum(cell, other) for other in c)]
        clumps = [c for c in clumps if c not in near] + [[cell, *(v for c in near for v in c)]]
    return clumps


def share_a_sum(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return sum(x != y for x, y in zip(a, b, strict=True)) == 1


@SLOW
@given(st.lists(st.lists(st.integers(0, 7), min_size=2, max_size=3), min_size=1, max_size=3))
def test_no_world_count_pins_a_small_cell(rows: list[list[int]]) -> None:
    assume(len({len(r) for r in rows}) == 1)
    k = 3
    table = crossed(rows)
    safe = protect([table], Rules(threshold=k))
    truth = margins({v: c.count for v, c in table.cells.items()}, 2)
    possible: dict[tuple[str, ...], set[int]] = {v: set() for v in truth}
    for world in worlds(safe, table, k, most=sum(map(sum, rows)) + 2 * k):
        for values, n in world.items():
            possible[values].add(n)
    for values, n in truth.items():
        if n < k:
            assert safe["t"].value(*values) is None
            assert min(possible[values]) == 0
            assert max(possible[values]) >= k


@SLOW
@given(
    st.integers(2, 7).flatmap(
        lambda width: st.lists(
            st.lists(st.one_of(st.integers(0, 12), st.integers(0, 300)), min_size=width, max_size=width),
            min_size=2,
            max_size=8,
        )
    )
)
def test_shown_cells_are_true_large_and_add_up(rows: list[list[int]]) -> None:
    table = crossed(rows)
    safe = protect([table])
    truth = margins({v: c.count for v, c in table.cells.items()}, 2)
    assert safe.audit.passed
    assert safe.audit.narrowest is None or safe.audit.narrowest >= 9
    assert {v for v, _ in safe["t"].rows} == truth.keys()
    for values, n in safe["t"].rows:
        assert n is None or (n == truth[values] and n >= 10)


def test_the_same_arguments_give_the_same_answer() -> None:
    rng = np.random.default_rng(4)
    table = crossed(rng.poisson(9, (12, 6)).tolist())
    assert protect([table]) == protect([table])
    assert protect([table], secret=b"one") == protect([table], secret=b"one")


def test_zeros_and_whole_rows_are_hidden() -> None:
    safe = protect([crossed([[40, 0], [30, 30]])])
    assert safe["t"].value("r0", "c1") is None
    assert safe["t"].value("r0", "c0") is None  # shown, it would be all of its row: a 100 % cell


def test_combinations_left_out_count_as_zero() -> None:
    cells = {("a", "x"): Cell(50), ("a", "y"): Cell(60), ("b", "x"): Cell(70)}
    assert protect([CountTable("t", ("d", "e"), cells)])["t"].value("b", "y") is None


def test_few_organisations_hide_a_large_cell() -> None:
    table = CountTable(
        "t",
        ("area",),
        {
            ("a",): Cell(80, frozenset({"ngo"})),
            ("b",): Cell(90, frozenset({"ngo", "dif"})),
            ("c",): Cell(95, frozenset({"ngo", "dif"})),
        },
    )
    safe = protect([table])
    assert safe["t"].value("a") is None
    assert safe["t"].value(TOTAL) == 265
    assert protect([table], Rules(organisations=1)).suppressed == 0


def test_tables_over_one_population_share_their_cells() -> None:
    by_sex = CountTable("sex", ("sex",), {("f",): Cell(96), ("m",): Cell(50), ("u",): Cell(4)})
    counts = {"f": (40, 56), "m": (20, 30), "u": (2, 2)}
    cells = {
        (s, a): Cell(n) for s, row in counts.items() for a, n in zip(("0-11", "12-17"), row, strict=True)
    }
    safe = protect([by_sex, CountTable("sex_age", ("sex", "age"), cells)])
    for sex in ("f", "m", "u", TOTAL):
        assert safe["sex"].value(sex) == safe["sex_age"].value(sex, TOTAL)


def test_tables_that_contradict_each_other_are_named() -> None:
    with pytest.raises(InputProblem) as caught:
        protect([one({"a": 20, "b": 30}), CountTable("s", ("sex",), {("f",): Cell(51)})])
    assert caught.value.code == "disclosure.tables_disagree"


def test_list_sizes_do_not_give_a_history_away() -> None:
    histories = Histories(
        ("a", "b"), np.array([1, 2, 3], dtype=np.uint16), np.array([60, 70, 4], dtype=np.int64)
    )
    safe = protect([overlap_table(histories, pairs=[("a", "b")])])
    shown = dict(safe["overlap"].rows)
    assert shown[("a+b",)] is None
    assert safe["overlap"].sums["a&b"] is None
    assert shown[("a",)] is None or safe["overlap"].sums["a"] is None
    assert shown[(TOTAL,)] == 134


def test_a_declared_link_across_populations_is_kept() -> None:
    identified = one({"a": 33, "b": 4, "c": 50})
    status = CountTable(
        "status", ("status",), {("identified",): Cell(87), ("presumed",): Cell(5)}, population="all"
    )
    link = Link(Ref("status", ("identified",)), (Ref("t", (TOTAL,)),))
    safe = protect([identified, status], links=[link])
    assert safe["status"].value("identified") == safe["t"].value(TOTAL)


def test_what_is_public_already_cannot_be_hidden() -> None:
    table = one({"a": 4, "b": 50, "c": 60})
    with pytest.raises(Refused) as caught:
        protect([table], public=[Ref("t", ("a",))])
    assert caught.value.code == "disclosure.already_public"
    everything = [Ref("t", (v,)) for v in ("b", "c", TOTAL)]
    with pytest.raises(Refused) as caught:
        protect([table], public=everything)
    assert caught.value.code == "disclosure.cannot_protect"


def test_a_cell_in_no_sum_hides_alone() -> None:
    safe = protect([one({"a": 4, "b": 50, "c": 60}, published=(("area",),))])
    assert [n for _, n in safe["t"].rows] == [None, 50, 60]


@pytest.mark.parametrize("counts", [{"a": 0}, {"a": 4}, {"a": 1, "b": 0}, {"a": 2, "b": 3, "c": 1}])
def test_a_table_of_a_handful_is_hidden_whole(counts: dict[str, int]) -> None:
    assert {n for _, n in protect([one(counts)])["t"].rows} == {None}


def test_subtotals_are_protected_too() -> None:
    parents = {"area": {"n1": "north", "n2": "north", "s1": "south", "s2": "south"}}
    safe = protect([one({"n1": 4, "n2": 40, "s1": 60, "s2": 70}, parents=parents)])
    rows = dict(safe["t"].rows)
    assert list(rows) == [("n1",), ("n2",), ("north",), ("s1",), ("s2",), ("south",), (TOTAL,)]
    assert rows[("n1",)] is None
    assert rows[("n2",)] is None


def test_a_further_sum_takes_part() -> None:
    table = one({"a": 4, "b": 50, "c": 60}, sums=(Sum("b or c", (("b",), ("c",))),))
    safe = protect([table])
    shown = {v[0]: n for v, n in safe["t"].rows}
    assert shown[TOTAL] is None or safe["t"].sums["b or c"] is None


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (one({}), "disclosure.no_cells"),
        (one({TOTAL: 4}), "disclosure.bad_cell"),
        (one({"a": -1}), "disclosure.bad_cell"),
        (one({"a": 1}, published=(("sex",),)), "disclosure.unknown_dimension"),
        (one({"a": 1}, sums=(Sum("s", (("b",),)),)), "disclosure.sum_of_nothing"),
        (one({"a": 1, "b": 2}, parents={"area": {"a": "b"}}), "disclosure.bad_hierarchy"),
        (one({"a": 1}, parents={"area": {"a": "p", "p": "q", "q": "p"}}), "disclosure.bad_hierarchy"),
        (CountTable("t", (), {(): Cell(1)}), "disclosure.dimensions"),
    ],
)
def test_malformed_tables_are_named(table: CountTable, code: str) -> None:
    with pytest.raises(InputProblem) as caught:
        protect([table])
    assert caught.value.code == code


def test_people_become_cells_with_their_organisations() -> None:
    made = count_people(
        "t",
        {"sex": ["f", "f", "m"]},
        {"sex": ["f", "m", "u"]},
        organisations=[["ngo"], ["dif", "ngo"], ["ngo"]],
    )
    assert made.cells[("f",)] == Cell(2, frozenset({"dif", "ngo"}))
    assert made.cells[("u",)] == Cell(0)
    with pytest.raises(InputProblem):
        count_people("t", {"sex": ["x"]}, {"sex": ["f"]})


def test_keyed_rounding_is_the_same_for_ever_and_right_on_average() -> None:
    people = [f"p{i}" for i in range(7)]
    again = [round_keyed(people, base=5, secret=b"s") for _ in range(50)]
    assert len(set(again)) == 1
    assert again[0] in (5, 10)
    many = [round_keyed([f"{j}-{i}" for i in range(7)], base=5, secret=b"s") for j in range(2000)]
    assert abs(float(np.mean(many)) - 7) < 0.2
