"""What a notebook shows: the answer, its checks, strata, histories; never a number as something that it is not."""

from __future__ import annotations

import pytest

import cobijo.engine as cb
from cobijo.engine.population.notebook import card, kind_of
from cobijo.engine.population.notebook_tables import robustness_card, strata_card

THIN = "\u202f"


def test_a_floor_is_called_one() -> None:
    shown = card(cb.estimate(cb.load("UKdat_5"), "chao"), "en")
    assert f"At least 13{THIN}570 in all" in shown
    assert "best guess" not in shown


def test_a_number_without_an_interval_is_no_refusal() -> None:
    shown = card(cb.estimate(cb.load("Kosovo"), "closedp", model="Mb"), "en")
    assert f"About 5{THIN}190 in all" in shown
    assert "Model Mb; this model gives no interval" in shown


def test_an_ensemble_says_what_it_thinks_of_its_range() -> None:
    answer = cb.estimate(cb.load("UKdat_5"), "ensemble", resamples=100, seed=1)
    assert "The methods disagree (from 11" in card(answer, "en")
    assert "Los métodos no coinciden" in card(answer, "es")


@pytest.mark.parametrize(
    ("method", "options", "kind"),
    [
        ("closedp", {"model": "Mth Darroch"}, "closedp"),
        ("closedp", {}, "closedp_named"),
        ("loglinear", {"model": "pairs"}, "loglinear"),
        ("loglinear", {}, "loglinear_named"),
        ("loglinear", {"model": ["EXH:ABA"]}, "loglinear_named"),
        ("chao", {}, "chao"),
    ],
)
def test_a_model_has_its_own_name(method: str, options: dict[str, object], kind: str) -> None:
    assert kind_of(cb.estimate(cb.load("Kosovo"), method, **options)) == kind


def test_histories_pooled_answers_and_checks_show_themselves() -> None:
    table = cb.load("Kosovo")
    assert "<td style=" in table._repr_html_()
    assert f"4{THIN}400" in table._repr_html_()
    pooled = cb.pool([table] * 2, "chao")._repr_html_()
    assert f"0{THIN}%" in pooled
    shown = robustness_card(cb.examine(table, resamples=50, tables=0), "en")
    assert "<strong>Weakens the figure.</strong>" in shown
    assert "EXH, ABA, OSCE" in shown
    assert "<script" not in shown + pooled


def test_strata_show_their_sum_and_what_was_joined() -> None:
    tables = {("north", "f"): [210, 160, 40, 120, 30, 25, 9], ("<south>", "f"): [20, 15, 1, 9, 1, 0, 0]}
    groups = {key: cb.from_masks("abc", range(1, 8), counts) for key, counts in tables.items()}
    found = cb.estimate_strata(cb.strata_by_histories(groups, dimensions=("state", "sex")), seed=1, least=5)
    shown = strata_card(found, "en")
    assert "All together" in shown
    assert "&lt;south&gt;" in shown
    assert "<south>" not in shown
    alone = {"x": cb.from_masks("ab", [1, 2], [5, 6]), "y": cb.from_masks("ab", [1, 2], [7, 8])}
    refused = cb.estimate_strata(cb.strata_by_histories(alone))
    assert "No estimate" in strata_card(refused, "en")
