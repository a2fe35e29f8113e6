"""What `link` promises: same bytes, stable ids, silence, no files left, and what it refuses."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from cobijo.engine.linkage import link, score
from cobijo.engine.lists.schema import AgencyList
from cobijo.engine.pack import Pack
from cobijo.errors import InputProblem, WrongUsage

from .conftest import Known, child, make_list


def some(country: Known, share: int) -> list[AgencyList]:
    """The first part of each list: small enough to link twice."""
    return [
        AgencyList(
            one.name,
            one.file,
            one.sha256,
            one.records.slice(0, share),
            one.problems,
            one.rejected,
            one.columns,
        )
        for one in country.lists
    ]


@pytest.fixture(scope="module")
def few(country: Known) -> list[AgencyList]:
    return some(country, 100)


def test_same_lists_and_seed_same_bytes_in_silence(
    few: list[AgencyList], mexico: Pack, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    stages: list[str] = []
    first = link(
        few, pack=mexico, seed=4, work=tmp_path, progress=lambda stage, done, total: stages.append(stage)
    )
    second = link(few, pack=mexico, seed=4, work=tmp_path)
    assert first.people.equals(second.people)
    assert first.pairs.equals(second.pairs)
    assert first.settings == second.settings
    assert list(tmp_path.iterdir()) == []
    captured = capfd.readouterr()
    assert captured.out == captured.err == ""
    assert set(stages) == {"linkage.prepare", "linkage.train", "linkage.compare", "linkage.decide"}


def test_probabilities_have_six_digits(country: Known) -> None:
    probability = country.linked.pairs["probability"].to_numpy()
    assert np.array_equal(probability, np.round(probability, 6))


def test_an_id_says_nothing_of_the_child_and_stays_when_others_change(
    country: Known, few: list[AgencyList], mexico: Pack
) -> None:
    fewer = some(country, 95)
    now = dict(
        zip(
            *(link(few, pack=mexico, seed=4).people[c].to_pylist() for c in ("record_id", "person_id")),
            strict=True,
        )
    )
    before = link(fewer, pack=mexico, seed=4).people
    same = [
        now[r] == p
        for r, p in zip(before["record_id"].to_pylist(), before["person_id"].to_pylist(), strict=True)
    ]
    assert np.mean(same) > 0.98
    assert all(person.startswith("p") and len(person) == 17 for person in now.values())


def test_names_alone_are_enough_and_everything_else_may_be_missing(mexico: Pack) -> None:
    names = ["Ana Luz", "Berta", "Citlali", "Dulce María", "Elena"]
    surnames = [
        "Xochihua Tepole",
        "Zempoalteca Nava",
        "Cuautle Popoca",
        "Tlapale Xicohténcatl",
        "Quechol Mena",
    ]
    rows = [child(given, surname, None) for given, surname in zip(names, surnames, strict=True)]
    linked = link([make_list("a", rows), make_list("b", rows)], pack=mexico, seed=1)
    assert linked.people.num_rows == 10
    assert set(linked.settings["comparisons"]) == {"given", "surname1", "surname2"}


def test_no_pair_at_all_is_an_answer(mexico: Pack) -> None:
    one = make_list("a", [child("Ana", "Xolo Paz", date(2010, 5, 4))])
    other = make_list("b", [child("Berta", "Nava Ruiz", date(2012, 6, 7))])
    linked = link([one, other], pack=mexico, seed=1)
    assert linked.persons == 2


def test_refusals(mexico: Pack) -> None:
    with pytest.raises(InputProblem, match=r"linkage\.no_records"):
        link([], pack=mexico, seed=1)
    nameless = make_list("a", [{"birth_date": date(2010, 1, 2)}])
    with pytest.raises(InputProblem, match=r"linkage\.nothing_to_compare"):
        link([nameless], pack=mexico, seed=1)
    ana = make_list("a", [child("Ana", "Paz", None)])
    with pytest.raises(WrongUsage, match=r"linkage\.record_id_twice"):
        link([ana, ana], pack=mexico, seed=1)
    with pytest.raises(WrongUsage, match=r"linkage\.one_list_one_to_one"):
        link([ana], pack=mexico, seed=1, one_to_one=True)
    with pytest.raises(InputProblem, match=r"linkage\.truth_unrelated"):
        score(
            pa.table({"record_id": ["a:2"], "person_id": ["p"]}),
            pa.table({"record_id": ["z"], "person_id": ["q"]}),
        )
