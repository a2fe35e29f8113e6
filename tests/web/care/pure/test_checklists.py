"""A score says what it means at a prevalence, gives no figure that it cannot stand by, and opens nothing."""

from __future__ import annotations

import ast
import copy
import tomllib
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cobijo.engine.pack import PACKS
from cobijo.errors import InputProblem, Refused, WrongUsage
from cobijo.sentences import render
from cobijo.web.care.children import checklists, prevalence
from cobijo.web.care.children.checklists import Accuracy, load_checklists, meaning_of, read_checklist, score
from cobijo.web.care.children.prevalence import estimate_prevalence, wilson

FILE = PACKS / "mexico" / "checklists" / "demo_signs.toml"
DATA = tomllib.loads(FILE.read_text(encoding="utf-8"))
DEMO = load_checklists("mexico")["demo_signs"]
ALL_NO = {item.code: False for item in DEMO.items}


def test_what_comes_with_the_pack_is_invented_and_says_so() -> None:
    assert all(one.invented and one.licence for one in load_checklists("mexico").values())
    codes = [code for code, _ in score(DEMO, ALL_NO).lines]
    assert codes[-2:] == ["checklists.invented", "checklists.opens_nothing"]


def test_the_cut_off_belongs_to_above() -> None:
    assert score(DEMO, {**ALL_NO, "told": True}).above is True
    assert score(DEMO, {**ALL_NO, "watched": True}).above is False


def test_an_open_item_is_no_answer() -> None:
    result = score(DEMO, {**ALL_NO, "watched": True, "gifts": None})
    assert (result.above, result.score, result.could_be, result.unanswered) == (None, 2, 3, ("gifts",))
    assert score(DEMO, {"told": True}).above is True


def test_what_a_score_means_at_two_in_a_hundred() -> None:
    """Worked by hand: of 1,000 children 20 are exploited; 16 of them score, and 294 of the others."""
    result = score(DEMO, {**ALL_NO, "told": True}, prevalence=0.02)
    assert result.meaning is not None
    assert result.meaning.ppv == pytest.approx(16 / (16 + 294))
    assert result.meaning.npv == pytest.approx(686 / (686 + 4))
    code, params = result.lines[1]
    assert render(code, params).startswith("Where 20 of 1,000 children are exploited, about 52 of 1,000")


def test_published_figures_give_the_known_predictive_value() -> None:
    """Sensitivity 84.4 % and specificity 57.5 % (n = 810, prevalence 11.1 %): 3.9 % at a prevalence of 2 %."""
    meaning = meaning_of(Accuracy(0.844, 90, 0.575, 720), 0.02)
    assert round(meaning.ppv, 3) == 0.039
    assert meaning.ppv_low < meaning.ppv < meaning.ppv_high


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.floats(0.001, 0.9), st.integers(5, 2000))
def test_more_exploited_children_make_a_score_mean_more(se: float, sp: float, share: float, n: int) -> None:
    low, high = (meaning_of(Accuracy(se, n, sp, n), p) for p in (share, min(0.95, share + 0.05)))
    assert low.ppv <= high.ppv + 1e-12
    assert 0 <= low.ppv_low <= low.ppv <= low.ppv_high <= 1
    assert 0 <= low.npv_low <= low.npv <= low.npv_high <= 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda d: d.pop("licence"), "checklists.no_licence"),
        (lambda d: d.update(licence="  "), "checklists.no_licence"),
        (lambda d: d.update(cutoff=9), "checklists.cutoff_wrong"),
        (lambda d: d.update(cutoff=2.5), "checklists.cutoff_wrong"),
        (lambda d: d["item"].append(d["item"][0]), "checklists.items_wrong"),
        (lambda d: d.update(item=[]), "checklists.items_wrong"),
        (lambda d: d["item"][0].update(weight=0), "checklists.weight_wrong"),
        (lambda d: d["accuracy"].update(sensitivity=80), "checklists.accuracy_wrong"),
        (lambda d: d["accuracy"].update(specificity_n=0), "checklists.accuracy_wrong"),
        (lambda d: d["accuracy"].pop("sensitivity_n"), "pack.setting_missing"),
        (lambda d: d.update(accuracy=[]), "pack.setting_wrong"),
        (lambda d: d["item"][0]["text"].pop("es"), "pack.setting_missing"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(change: Any, code: str) -> None:
    data = copy.deepcopy(DATA)
    change(data)
    with pytest.raises(InputProblem) as caught:
        read_checklist(data, "demo_signs.toml", ("es", "en"))
    assert caught.value.code == code
    assert "{" not in render(code, caught.value.params)


def test_an_answer_to_no_item_and_an_impossible_prevalence_are_refused() -> None:
    with pytest.raises(WrongUsage, match="item_unknown"):
        score(DEMO, {"nothing": True})
    for share in (0.0, 1.0, float("nan")):
        with pytest.raises(WrongUsage, match="prevalence_wrong"):
            score(DEMO, ALL_NO, prevalence=share)


def test_the_correction_finds_what_errors_hide() -> None:
    found = estimate_prevalence(DEMO, positive=400, screened=1000, same_population=True)
    assert found.estimate == pytest.approx((0.4 + 0.7 - 1) / 0.5)
    assert found.low < found.estimate < found.high
    assert not found.cut


def test_fewer_scores_than_false_alarms_is_said() -> None:
    found = estimate_prevalence(DEMO, positive=100, screened=1000, same_population=True)
    assert (found.estimate, found.low, found.cut) == (0.0, 0.0, True)


def test_no_share_is_given_where_none_would_be_honest() -> None:
    counts = {"positive": 40, "screened": 100}
    assert DEMO.accuracy is not None
    with pytest.raises(Refused, match="other_population"):
        estimate_prevalence(DEMO, **counts, same_population=False)
    with pytest.raises(Refused, match="no_accuracy"):
        estimate_prevalence(replace(DEMO, accuracy=None), **counts, same_population=True)
    for poor in (Accuracy(0.6, 1000, 0.55, 1000), Accuracy(0.8, 4, 0.7, 4)):
        with pytest.raises(Refused, match="tells_little"):
            estimate_prevalence(replace(DEMO, accuracy=poor), **counts, same_population=True)
    with pytest.raises(WrongUsage, match="counts_wrong"):
        estimate_prevalence(DEMO, positive=5, screened=4, same_population=True)


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    """2,000 invented studies with a known prevalence; the validation study is drawn anew each time."""
    random = Random(20261124)
    truth, se, sp, n_se, n_sp, screened = 0.15, 0.8, 0.75, 100, 200, 400

    def draw(n: int, p: float) -> int:
        return sum(random.random() < p for _ in range(n))

    hits = 0
    studies = 2000
    for _ in range(studies):
        accuracy = Accuracy(draw(n_se, se) / n_se, n_se, draw(n_sp, sp) / n_sp, n_sp)
        positive = draw(screened, truth * se + (1 - truth) * (1 - sp))
        found = estimate_prevalence(
            replace(DEMO, accuracy=accuracy), positive=positive, screened=screened, same_population=True
        )
        hits += found.low <= truth <= found.high
    assert 0.93 <= hits / studies <= 0.985


def test_wilson_against_published_limits() -> None:
    """85 of 100: 0.767 to 0.907 (Newcombe 1998, method 3, worked by hand)."""
    low, high = wilson(0.85, 100)
    assert (round(low, 3), round(high, 3)) == (0.767, 0.907)


def test_nothing_here_can_open_a_case() -> None:
    for module in (checklists, prevalence):
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        names = {
            name
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in ([getattr(node, "module", "") or ""] + [alias.name for alias in node.names])
        }
        assert not any("django" in name or "models" in name or "services" in name for name in names)
