"""Capture designs do what their names say."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from cobijo.engine.population.shape import Histories
from cobijo.engine.simulate import DESIGNS, CaptureDesign, Dependence, Reach, capture_only
from cobijo.errors import WrongUsage

CHILDREN = 200_000


def log_odds(histories: Histories, children: int, one: str, other: str) -> float:
    """The log odds ratio of being on two lists, over all children, the unseen included."""
    a, b = (histories.lists.index(name) for name in (one, other))
    table = np.zeros((2, 2))
    for cell, count in zip(histories.cells.tolist(), histories.counts.tolist(), strict=True):
        table[cell >> a & 1, cell >> b & 1] += count
    table[0, 0] += children - histories.observed
    return float(np.log(table[0, 0] * table[1, 1] / (table[0, 1] * table[1, 0])))


@pytest.mark.parametrize("design", DESIGNS)
def test_histories_are_well_formed_and_the_same_for_one_seed(design: str) -> None:
    histories, children = capture_only(design, 5_000, seed=3)
    again, _ = capture_only(design, 5_000, seed=3)
    assert children == 5_000
    assert histories.lists == again.lists
    assert (histories.cells == again.cells).all()
    assert (histories.counts == again.counts).all()
    assert histories.cells.dtype == np.uint16
    assert histories.cells[0] > 0
    assert (np.diff(histories.cells.astype(int)) > 0).all()
    assert (histories.counts > 0).all()
    assert 0 < histories.observed < children


def test_independent_lists_are_independent_and_reach_their_shares() -> None:
    histories, children = capture_only("independent", CHILDREN, seed=1)
    for one, other in combinations(histories.lists, 2):
        assert abs(log_odds(histories, children, one, other)) < 0.08
    for j, name in enumerate(histories.lists):
        share = histories.counts[histories.cells >> j & 1 == 1].sum() / children
        assert share == pytest.approx(DESIGNS["independent"].reach[name].share, abs=0.004)


def test_referral_makes_two_lists_alike_and_leaves_the_others() -> None:
    histories, children = capture_only("dependent", CHILDREN, seed=1)
    assert log_odds(histories, children, "dif", "health") > 0.8
    assert log_odds(histories, children, "police", "shelter") > 0.8
    assert abs(log_odds(histories, children, "dif", "ngo")) < 0.08


def test_one_list_stays_away_from_another() -> None:
    histories, children = capture_only("avoiding", CHILDREN, seed=1)
    assert log_odds(histories, children, "ngo", "police") < -0.7


def test_latent_classes_make_every_pair_alike() -> None:
    histories, children = capture_only("latent", CHILDREN, seed=1)
    for one, other in combinations(histories.lists, 2):
        assert log_odds(histories, children, one, other) > 0.15


def test_sparse_overlaps_are_few() -> None:
    histories, children = capture_only("sparse", 20_000, seed=1)
    several = np.array([cell.bit_count() > 1 for cell in histories.cells.tolist()])
    assert histories.counts[several].sum() < 0.015 * children


def test_a_design_of_ones_own() -> None:
    design = CaptureDesign(
        {"a": Reach(0.5), "b": Reach(0.2)}, (Dependence("a", "b", "referral", 1.0),), ((1.0, 0.0),)
    )
    histories, _ = capture_only(design, 10_000, seed=1)
    assert not (histories.cells == 1).any()  # whoever is on a is on b


def test_dependences_in_a_circle_are_a_mistake() -> None:
    circle = (Dependence("a", "b", "referral", 0.1), Dependence("b", "a", "referral", 0.1))
    with pytest.raises(ValueError, match="circle"):
        capture_only(CaptureDesign({"a": Reach(0.5), "b": Reach(0.2)}, circle), 100, seed=1)


def test_unknown_design_is_refused() -> None:
    with pytest.raises(WrongUsage) as refused:
        capture_only("perfect", 100, seed=1)
    assert refused.value.code == "simulate.design_unknown"
