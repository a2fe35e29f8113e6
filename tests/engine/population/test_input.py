"""Tables that cannot be used: one sentence each, with the row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cobijo.engine import datasets
from cobijo.engine.datasets import DATASETS, load
from cobijo.engine.population import (
    as_dict,
    estimate,
    from_masks,
    from_records,
    from_table,
    merge_lists,
    omit_list,
    raise_if_refused,
    reorder,
    strata,
    table_histories,
)
from cobijo.engine.population.pooling import pool
from cobijo.engine.population.robustness import examine
from cobijo.engine.population.strata_tables import by_records
from cobijo.errors import CobijoError, InputProblem, Refused, WrongUsage
from cobijo.sentences import render

GOOD = "a,b,count\n1,0,30\n0,1,40\n1,1,10\n"


def table(tmp_path: Path, text: str | bytes) -> Path:
    file = tmp_path / "table.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("", "table_empty", None),
        ("\n\n", "table_empty", None),
        ("a,b,count\n", "nobody", None),
        ("a,b,count\n1,0,0\n0,1,0\n", "nobody", None),
        ("a,count\n1,3\n", "one_list", None),
        ("count\n3\n", "one_list", None),
        ("a,a,count\n1,0,3\n0,1,1\n", "lists_same_name", None),
        (",b,count\n1,0,3\n0,1,1\n", "list_without_name", None),
        ("a,b,count\n1,0,3\n1,0,4\n0,1,1\n", "history_twice", 3),
        ("a,b,count\n1,0,-3\n", "count_negative", 2),
        ("a,b,count\n0,1,3\n1,0,2.5\n", "count_not_whole", 3),
        ("a,b,count\n1,0,many\n", "count_not_a_number", 2),
        ("a,b,count\n1,0,\n", "count_not_a_number", 2),
        ("a,b,count\n1,0,nan\n", "count_not_a_number", 2),
        ("a,b,count\n1,0,inf\n", "count_not_a_number", 2),
        ("a,b,count\n1,0,3\n0,0,4\n", "history_all_zero", 3),
        ("a,b,count\n1,0,3\n2,1,4\n", "not_zero_or_one", 3),
        ("a,b,count\n1,0\n", "row_length", 2),
        ("a,b,count\n1,0,9007199254740993\n", "count_too_large", 2),
        ("a,b,count\n1,0,9007199254740992\n0,1,9007199254740992\n", "total_too_large", None),
        ("a,b,count\n1,0,1.000\n0,1,3\n", "count_thousands", 2),
        ("a,b,count\n1,0,3\n0,1,1.000.000\n", "count_thousands", 3),
        ("a,b,count\n1,0," + "9" * 45 + "\n", "count_too_large", 2),
        ("a,b,c\n1,0,1\n0,1,0\n1,1,1\n", "count_missing", None),
        ('"",a,b,count\n1,1,0,3\n2,0,1,4\n', "list_without_name", None),
        ("a,b,count\n1,0,3\n", "list_empty", None),
        (",".join("abcdefghijk") + ",count\n" + "1," * 11 + "5\n", "too_many_lists", None),
        (b"PK\x03\x04\x00\x00\x00\n", "table_unreadable", 1),
        ("a,b,count\n" + "1" * 200_000 + ",0,3\n", "table_unreadable", 2),
    ],
)
def test_bad_tables(tmp_path: Path, text: str | bytes, code: str, row: int | None) -> None:
    with pytest.raises(InputProblem) as caught:
        table_histories(table(tmp_path, text))
    assert caught.value.code == f"population.{code}"
    assert caught.value.exit_code == 3
    assert caught.value.params.get("row") == row
    sentence = render(caught.value.code, caught.value.params)
    assert "{" not in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "﻿" + GOOD.replace(",", ";"),
        GOOD.replace(",", "\t").replace("\n", "\r\n"),
        "conteo,list_a,list_b\n30,1,0\n40,0,1\n10,1,1\n0,0,0\n",
        "lista_a,lista_b,frecuencia\n1,0,30.0\n0,1,+40\n\n1,1,10\n",
    ],
)
def test_good_tables(tmp_path: Path, text: str) -> None:
    found = table_histories(table(tmp_path, text))
    assert found.lists == ("a", "b")
    assert found.cells.tolist() == [1, 2, 3]
    assert found.counts.tolist() == [30, 40, 10]
    assert table_histories(table(tmp_path, text.lstrip("﻿").encode("utf-16"))).observed == 80


def test_a_list_named_in_latin_1(tmp_path: Path) -> None:
    assert table_histories(table(tmp_path, "niñez,b,n\n1,0,3\n1,1,2\n".encode("latin-1"))).lists == (
        "niñez",
        "b",
    )


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="table_missing"):
        table_histories(tmp_path / "nothing.csv")


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.binary(max_size=200), st.text('01,;ab\n"-.eE+ 9', max_size=80).map(str.encode)))
def test_any_file_is_read_or_refused_with_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    file = table(tmp_path_factory.mktemp("fuzz"), raw)
    problem: CobijoError | None = None
    try:
        answer = estimate(table_histories(file), resamples=10)
    except CobijoError as error:
        problem = error
    if problem is None:
        assert (answer.total is None) == (answer.refused is not None)
        return
    assert problem.exit_code in (3, 4)
    assert "{" not in render(
        problem.code, {**problem.params, "file": "f", "value": "v", "column": "c", "list": "l"}
    )


def test_other_ways_in() -> None:
    columns = {"a": [1, 0, 1], "b": [0, 1, 1], "count": [30, 40, 10]}
    one, other = from_table(columns), from_table(pa.table(columns))
    assert one.counts.tolist() == other.counts.tolist() == [30, 40, 10]
    people = from_records(np.array([7, 7, 9, 4]), np.array([0, 1, 1, 0]), ["a", "b"])
    assert people.cells.tolist() == [1, 2, 3]
    assert people.counts.tolist() == [1, 1, 1]
    with pytest.raises(InputProblem, match="count_fraction"):
        from_masks(["a", "b"], [1, 2], [1.5, 2.0])
    with pytest.raises(InputProblem, match="count_fraction"):
        from_masks(["a", "b"], [1, 2], [float("nan"), 2.0])
    with pytest.raises(InputProblem, match="mask_unknown"):
        from_masks(["a", "b"], [0, 2], [1, 2])
    with pytest.raises(InputProblem, match="list_unknown"):
        from_records([1, 2], [0, 5], ["a", "b"])


REFUSALS = [
    ({"a": [1, 0], "b": [0, 1], "count": [30, 40]}, "stepwise", "never_overlap"),
    ({"a": [1, 0], "b": [0, 1], "count": [30, 40]}, "chapman", "never_overlap"),
    ({"a": [1, 0], "b": [0, 1], "count": [30, 40]}, "chao", "never_overlap"),
    ({"a": [1, 0], "b": [0, 1], "count": [30, 40]}, "independence", "never_overlap"),
    ({"a": [0, 1], "b": [1, 1], "count": [30, 40]}, "independence", "no_maximum"),
    ({"a": [1, 0, 1], "b": [0, 1, 1], "count": [30, 40, 1]}, "stepwise", "one_person_decides"),
    ({"a": [1, 0, 1], "b": [0, 1, 1], "count": [30, 40, 2]}, "stepwise", "interval_unbounded"),
]


@pytest.mark.parametrize(("columns", "method", "code"), REFUSALS)
def test_refusals_name_the_lists(columns: dict[str, list[int]], method: str, code: str) -> None:
    answer = estimate(from_table(columns), method)
    assert answer.refused is not None
    assert answer.refused[0] == f"population.{code}"
    assert answer.total is None
    assert answer.interval is None
    sentence = render(*answer.refused)
    assert "a" in sentence
    assert "{" not in sentence
    with pytest.raises(Refused) as caught:
        raise_if_refused(answer)
    assert caught.value.exit_code == 4


def test_a_model_that_is_too_rich_says_which_effects() -> None:
    answer = estimate(load("Artificial_3"), "loglinear", model="pairs")
    assert answer.refused is not None
    assert answer.refused[0] == "population.not_identified"
    assert "A:B" in str(answer.refused[1]["causes"])


def test_wrong_usage() -> None:
    for call in (
        lambda: estimate(load("Kosovo"), "magic"),
        lambda: estimate(load("Kosovo"), "chao", colour="red"),
        lambda: estimate(load("Kosovo"), level=95),
        lambda: estimate(load("Kosovo"), threshold=2.0),
        lambda: estimate(load("Kosovo"), resamples=1),
        lambda: estimate(load("Kosovo"), ties="lucky"),
        lambda: estimate(load("Kosovo"), "chapman", lists=["EXH", "nobody"]),
        lambda: estimate(load("Kosovo"), "loglinear", model=["EXH:nobody"]),
        lambda: estimate(load("Kosovo"), "closedp", model="Mx"),
        lambda: load("Atlantis"),
    ):
        with pytest.raises(WrongUsage) as caught:
            call()
        assert "{" not in render(caught.value.code, caught.value.params)


def test_resamples_that_do_not_fit(tmp_path: Path) -> None:
    histories = load("Artificial_3")
    good = "100,010,001,110\n" + "40,30,20,6\n" * 10
    for text in (
        "",
        "x",
        good.replace("110", "111"),
        good + "40,30,20,7\n",
        good[:30],
        good.replace("40,30", "-1,71"),
    ):
        file = table(tmp_path, text)
        with pytest.raises(InputProblem):
            estimate(histories, resamples=file)
    with pytest.raises(InputProblem):
        estimate(histories, resamples=np.zeros((20, 3), np.int64))
    file = table(tmp_path, good)
    assert estimate(histories, resamples=file).diagnostics["one_sided"] is False


def test_every_published_table_is_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    observed = {
        "UKdat": 2744,
        "UKdat_5": 2744,
        "NewOrl": 185,
        "NewOrl_5": 185,
        "Kosovo": 4400,
        "Artificial_3": 96,
        "Korea": 123,
    }
    assert {name: load(name).observed for name in DATASETS} == observed
    changed = {**DATASETS, "Korea": DATASETS["Kosovo"]}
    monkeypatch.setattr(datasets, "DATASETS", changed)
    with pytest.raises(InputProblem, match="dataset_changed"):
        load("Korea")


def test_very_large_counts_stay_finite() -> None:
    answer = estimate(
        from_masks("abc", range(1, 8), [2**49, 2**48, 2**47, 2**46, 2**45, 2**44, 2**43]), resamples=20
    )
    assert answer.refused is not None or answer.interval[0] <= answer.interval[1] < 1e17


def test_as_dict_holds_what_the_command_line_prints() -> None:
    answer = as_dict(estimate(load("UKdat_5"), resamples=50, seed=1))
    assert {"method", "observed", "estimate", "interval", "hidden", "lists", "diagnostics", "trace"} <= set(
        answer
    )
    assert answer["observed"] == 2744
    assert answer["hidden"] == pytest.approx(8568.99, abs=0.01)
    assert answer == as_dict(estimate(load("UKdat_5"), resamples=50, seed=1, threads=2))


class Frame:
    """A data frame of another library, as it hands its columns over."""

    def __init__(self, columns: dict[str, list[object]]) -> None:
        self.columns = columns

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return pa.table(self.columns).__arrow_c_stream__(requested_schema)


def test_a_data_frame_is_a_table() -> None:
    found = from_table(Frame({"a": [1, 0, 1], "b": [0, 1, 1], "n": [30.0, 40.0, 10.0]}))
    assert (found.lists, found.counts.tolist()) == (("a", "b"), [30, 40, 10])


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: from_masks("ab", [1, 2, 3], [30]), "counts_length"),  # numpy would have given 30 to each
        (lambda: from_masks("ab", [1, 2, 3], 30), "counts_length"),
        (lambda: from_masks("ab", [1.5, 2, 3], [3, 4, 5]), "cells_not_masks"),
        (lambda: from_masks("ab", {1: 0, 2: 0}.keys(), [3, 4]), "cells_not_masks"),
        (lambda: from_masks("ab", [1, 2, 3], ["x", 4, 5]), "counts_not_numbers"),
        (lambda: from_masks("ab", [1, 2, 3], np.array([2**63 + 5, 4, 5], np.uint64)), "total_too_large"),
        (lambda: from_table({"a": [1, 0], "b": [1], "count": [3, 4]}), "columns_length"),
        (lambda: from_records(["p", "q"], [0, 1, 1], ["a", "b"]), "records_length"),
        (lambda: from_records(["p", "q"], ["a", "b"], ["a", "b"]), "records_lists"),
        (lambda: from_records(["p", None], [0, 1], ["a", "b"]), "records_person"),
        (lambda: by_records(["p", "q"], [0, 1, 1], ["a", "b"], {"sex": ["f", "m"]}), "records_length"),
        (lambda: pool(load("Korea")), "no_draws"),
    ],
)
def test_what_numpy_would_have_guessed_is_said(call: Callable[[], object], code: str) -> None:
    with pytest.raises(InputProblem) as caught:
        call()
    assert caught.value.code == f"population.{code}"
    assert "{" not in render(caught.value.code, caught.value.params)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: estimate("uk.csv"), "population.not_histories"),
        (lambda: pool([{"a": 1}]), "population.not_histories"),
        (lambda: examine({"a": 1}), "population.not_histories"),
        (lambda: examine(load("Korea"), tables=-1), "robustness.tables"),
        (lambda: strata.fit(load("Korea")), "population.not_strata"),
        (lambda: estimate(load("Korea"), seed=-1), "population.seed"),
        (lambda: estimate(load("Korea"), "chao", seed=None), "population.seed"),
        (lambda: estimate(load("Korea"), "bayes", threads=0), "population.threads"),
        (lambda: estimate(load("Korea"), "chao", threshold="x"), "population.threshold"),
        (lambda: estimate(load("Korea"), resamples=1e3), "population.resamples_number"),
        (lambda: estimate(load("Korea"), error_below=-1), "population.error_below"),
        (lambda: estimate(load("Korea"), order=1.5), "population.setting"),
        (lambda: estimate(load("Korea"), "loglinear", model=3), "population.model_not_named"),
        (lambda: omit_list(load("Korea"), "x"), "population.list_not_there"),
        (lambda: merge_lists(load("Korea"), ["b", "x"]), "population.list_not_there"),
        (lambda: reorder(load("Korea"), ["b", "c"]), "population.order_of_all"),
    ],
)
def test_settings_that_make_no_sense_are_said(call: Callable[[], object], code: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        call()
    assert caught.value.code == code
    assert "{" not in render(caught.value.code, caught.value.params)


def test_numbers_of_numpy_are_numbers() -> None:
    one = estimate(load("Korea"), resamples=np.int64(50), seed=np.int32(1), level=np.float32(0.5))
    assert one.interval == estimate(load("Korea"), resamples=50, seed=1, level=0.5).interval
