"""The page of one estimate, its charts and the notebook's card."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from cobijo.cli import app
from cobijo.engine.charts.curves import prior_chart, threshold_chart
from cobijo.engine.charts.robustness import changes_chart, consistency_chart
from cobijo.engine.charts.sharing import heat_map, upset_chart
from cobijo.engine.datasets import load
from cobijo.engine.population import estimate, from_masks
from cobijo.engine.population.notebook import card
from cobijo.engine.population.robustness import Overlaps, Robustness, examine
from cobijo.engine.report.estimating import Page, document, gather, write_estimate_report
from cobijo.engine.report.html import to_html
from cobijo.errors import WrongUsage

METHODS = ("independence", "chao", "decomposable", "closedp", "chapman")


@pytest.fixture(scope="module")
def checked() -> Robustness:
    return examine(load("UKdat_5"), resamples=20, tables=10, seed=1)


@pytest.fixture(scope="module")
def page(checked: Robustness) -> Page:
    histories = load("UKdat_5")
    chosen = estimate(histories, "stepwise", resamples=50, seed=1)
    beside = tuple(estimate(histories, method) for method in METHODS)
    return Page(histories, chosen, beside, checked, "<uk>&.csv")


@pytest.mark.parametrize("language", ["es", "en"])
def test_charts_are_whole_and_static(checked: Robustness, language: str) -> None:
    drawn = [
        threshold_chart(checked.thresholds, language),
        prior_chart(checked.priors, language),
        changes_chart(checked.base, [*checked.omissions, *checked.merges], language),
        consistency_chart(checked.consistency, language),
        heat_map(checked.overlaps, language),
        upset_chart(load("UKdat_5"), language),
    ]
    for svg in drawn:
        assert svg is not None
        root = ElementTree.fromstring(svg)
        assert root.get("lang") == language
        assert float(root.get("width", "0")) <= 360
        assert "<script" not in svg
        assert "http" not in svg.replace("http://www.w3.org/", "")
        assert len(root.findtext("{http://www.w3.org/2000/svg}desc") or "") > 60
        assert "NaN" not in svg


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_page_is_self_contained(page: Page, language: str) -> None:
    html = to_html(document(page, language))
    assert f'<html lang="{language}">' in html
    assert not re.findall(r'(?:src|href)="(?!#)', html)
    assert "<script" not in html
    assert "&lt;uk&gt;&amp;.csv" in html
    assert "<uk>" not in html
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert "robustness." not in re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    assert "\0" not in html
    assert html.count("<figure") == 7
    headings = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert all(b - a <= 1 for a, b in itertools.pairwise(headings))


def test_refusals_stand_beside_the_answers(page: Page) -> None:
    html = to_html(document(page, "en"))
    assert "Chapman" in html
    assert "takes two lists" in html
    assert "weaken this figure" in html


def test_a_page_says_what_its_figure_is(checked: Robustness) -> None:
    histories = load("UKdat_5")
    together = estimate(histories, "ensemble", resamples=50, seed=1)
    for chosen, said in (
        (estimate(histories, "chao"), "a floor, between"),
        (together, "The methods disagree (from 11"),
        (estimate(histories, "closedp", model="Mbh"), "people and no interval, and a figure without one"),
        (estimate(histories, "loglinear", model=["LA:NG"]), "Exactly the dependences that were named"),
        (estimate(histories, "closedp"), "Model Mt"),
    ):
        html = to_html(document(Page(histories, chosen, (), checked, "uk.csv"), "en"))
        assert said in html, chosen.method
        assert "weaken the stepwise estimate" in html
        assert "weaken this figure" not in html


def test_the_checks_stand_on_the_figure_of_the_page() -> None:
    histories = load("Korea")
    chosen = estimate(histories, "stepwise", resamples=60, seed=1)
    assert gather(histories, chosen, quick=True, resamples=60, seed=1).robustness.base is chosen


def test_ten_long_names_still_fit() -> None:
    names = tuple(f"organisation number {i}" for i in range(10))
    shared = tuple(tuple(12_345 if i == j else i * j for j in range(10)) for i in range(10))
    root = ElementTree.fromstring(heat_map(Overlaps(names, shared), "en"))
    assert float(root.get("width", "0")) == 360


def test_a_page_without_a_figure_still_says_what_holds(tmp_path: Path) -> None:
    table = tmp_path / "apart.csv"
    table.write_text("a,b,count\n1,0,40\n0,1,30\n", encoding="utf-8")
    out = tmp_path / "page.html"
    done = CliRunner().invoke(app, ["estimate", str(table), "--report", str(out), "--quick"])
    assert done.exit_code == 4
    html = out.read_text(encoding="utf-8")
    assert "cannot be said from this table" in html or "no se puede decir" in html


def test_a_folder_that_is_not_there_is_said(page: Page, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage) as told:
        write_estimate_report(tmp_path / "nowhere" / "page.html", page, "en")
    assert told.value.code == "robustness.not_written"


def test_the_card_of_a_notebook() -> None:
    html = estimate(load("Kosovo"), "independence")._repr_html_()
    assert "7\u202f395" in html
    assert "<script" not in html
    assert "http" not in html
    refused = estimate(from_masks(["<a>", "b"], [1, 2], [3, 4]), "independence")
    assert "&lt;a&gt;" in card(refused, "es")
    assert "Sin estimación" in card(refused, "es") or "No estimate" in card(refused, "es")
