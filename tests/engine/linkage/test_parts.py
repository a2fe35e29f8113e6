"""The parts by themselves: columns, blocks, classes, groups, competition."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from cobijo.engine.linkage.blocking import with_keys
from cobijo.engine.linkage.clusters import log_odds, partition, person_ids
from cobijo.engine.linkage.columns import comparison_columns, present
from cobijo.engine.linkage.draws import join_missed
from cobijo.engine.linkage.exclusive import exclusive
from cobijo.engine.linkage.families import weigh
from cobijo.engine.linkage.fitting import Pairs
from cobijo.engine.linkage.model import LARGEST_BLOCK, comparisons, training_passes
from cobijo.engine.linkage.quality import compare
from cobijo.engine.pack import Pack

from .conftest import child, make_list


def test_nicknames_accents_and_spelling_meet_in_the_keys(mexico: Pack) -> None:
    rows = [child("Lupita", "Vázquez", None), child("GUADALUPE", "Básquez", None)]
    columns = comparison_columns([make_list("a", rows)], mexico)
    assert len(set(columns["g1"].to_pylist())) == 1
    assert len(set(columns["ps1"].to_pylist())) == 1
    assert columns["g2"].to_pylist() == [None, None]


def test_a_placeholder_date_gives_a_year_and_no_day(mexico: Pack) -> None:
    row = child("Ana", "Paz", date(2011, 1, 1)) | {"birth_precision": "placeholder"}
    columns = comparison_columns([make_list("a", [row])], mexico)
    assert columns["birth_year"].to_pylist() == [2011]
    assert columns["birth_day"].to_pylist() == columns["birth_date"].to_pylist() == [None]


@pytest.mark.parametrize(
    "columns",
    [
        {
            "g1",
            "g2",
            "s1",
            "s2",
            "birth_year",
            "birth_date",
            "sex",
            "area",
            "municipality",
            "official_id",
            "address",
        },
        {"g1", "s1", "birth_year", "birth_date", "municipality", "postcode", "address", "area"},
        {"g1", "g2", "s1", "s2", "birth_year", "birth_date", "municipality", "sex"},
    ],
)
def test_some_pass_learns_each_comparison(columns: set[str]) -> None:
    """A pass teaches nothing about a comparison that mentions one of its columns."""
    chosen = comparisons(frozenset(columns))
    passes = training_passes(frozenset(columns))
    for one in chosen:
        text = one.null + " ".join(level.sql for level in one.levels)
        assert any(
            all(f"{column}_l" not in text.replace(f"p{column}_l", "") for column in each) for each in passes
        ), one.name


def test_no_block_is_larger_than_the_ceiling(mexico: Pack) -> None:
    rows = [child("María", "Hernández Hernández", date(2010, 1, 2)) for _ in range(LARGEST_BLOCK + 1)]
    columns = comparison_columns([make_list("a", rows)], mexico)
    keyed, rules = with_keys(columns, present(columns))
    assert rules
    for name in set(keyed.column_names) - set(columns.column_names):
        counts = keyed[name].drop_null().value_counts()
        assert max((one["counts"].as_py() for one in counts), default=0) <= LARGEST_BLOCK


def test_twins_stay_apart_where_a_chain_would_join_them() -> None:
    left, right = np.array([0, 1, 2, 0], np.int32), np.array([1, 2, 3, 3], np.int32)
    weight = log_odds(np.array([0.99, 0.6, 0.99, 0.0001]))
    assert partition(4, left, right, weight).tolist() == [0, 0, 1, 1]


def test_groups_keep_lists_apart_when_asked() -> None:
    left, right = np.array([0, 1], np.int32), np.array([1, 2], np.int32)
    weight = log_odds(np.array([0.9, 0.8]))
    assert partition(3, left, right, weight).tolist() == [0, 0, 0]
    assert partition(3, left, right, weight, np.array([0, 1, 0], np.int16)).tolist() == [0, 0, 1]


def test_the_id_comes_from_the_first_record() -> None:
    ids = person_ids(np.array([0, 0, 1]), ["b", "a", "a"], [2, 9, 10], ["b:2", "a:9", "a:10"])
    assert ids[0] == ids[1] == person_ids(np.array([0]), ["a"], [9], ["a:9"])[0]
    assert ids[2] != ids[0]


def test_a_twin_is_a_relative_and_not_the_same_child() -> None:
    """Same surnames, birth date, sex and address: only the given name tells, and it must be enough."""
    available = frozenset(
        {"g1", "g2", "s1", "s2", "birth_year", "birth_date", "sex", "municipality", "area", "address"}
    )
    chosen = comparisons(available)
    m = tuple(np.array([*(level.m for level in one.levels), one.otherwise]) for one in chosen)
    m = tuple(one / one.sum() for one in m)
    u = tuple(np.append(np.full(len(one) - 1, 1e-3), 1 - 1e-3 * (len(one) - 1)) for one in m)
    names = [one.name for one in chosen]
    same = np.zeros(len(names), np.int8)
    same[names.index("given")] = 1
    twin = same.copy()
    twin[names.index("given")] = len(m[0]) - 1
    sister = twin.copy()
    sister[names.index("birth")] = len(m[names.index("birth")]) - 1
    levels = np.array([same] * 100 + [twin] * 5 + [sister] * 100)
    left, right = np.arange(0, 410, 2, dtype=np.int32), np.arange(1, 410, 2, dtype=np.int32)
    values = {
        name: [f"{name}{number // 2}" for number in range(410)]
        for name in ("given", "g1", "s1", "s2", "municipality", "area")
    }
    weighed = weigh(
        Pairs(chosen, left, right, levels, m, u, ()), pa.table(values), possible_pairs=410 * 409 / 2
    )
    assert weighed.person[:100].min() > 0.99
    assert weighed.person[100:].max() < 0.5


def test_rivals_share_and_who_is_left_over_gains() -> None:
    lists = np.array([0, 0, 1, 1], np.int16)
    rivals = exclusive(np.array([0.5, 0.5]), np.array([0, 0], np.int32), np.array([2, 3], np.int32), lists)
    assert rivals.sum() <= 1
    alone = exclusive(np.array([0.999, 0.97]), np.array([0, 1], np.int32), np.array([2, 3], np.int32), lists)
    assert alone[1] >= 0.97


def test_missed_links_are_added_where_records_know_too_little() -> None:
    """1,000 children on both lists; a record in five has no birth date and was never found."""
    random = np.random.default_rng(1)
    known = np.where(random.random(2000) < 0.2, 2, 0).astype(np.int8)
    lists = np.repeat(np.array([0, 1], np.int16), 1000)
    label = np.tile(np.arange(1000), 2)
    lost = (known[:1000] == 2) | (known[1000:] == 2)
    label[1000:][lost] = np.arange(1000, 1000 + lost.sum())
    drawn = join_missed(label, lists, known, True, np.random.default_rng(1))
    assert abs(len(set(drawn.tolist())) - 1000) < 0.35 * lost.sum()
    complete = np.zeros(2000, np.int8)
    assert np.array_equal(join_missed(label, lists, complete, True, np.random.default_rng(1)), label)


def test_quality_counts_pairs() -> None:
    quality = compare(["x", "x", "y", "y"], ["1", "1", "1", "2"])
    assert (quality.pairs, quality.true_pairs, quality.correct_pairs) == (2, 3, 1)
    assert (quality.precision, quality.recall) == (1 / 2, 1 / 3)
    assert (quality.people, quality.true_people) == (2, 2)
