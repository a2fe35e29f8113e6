"""Charts: drawn from published figures only, readable by everyone, the same every time."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from cobijo.engine.charts import draw
from cobijo.engine.charts.words import number
from cobijo.engine.pack import Pack
from cobijo.sentences import LANGUAGES

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return ["".join(one.itertext()) for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_tells_its_question_and_its_content_in_words(
    picture: dict[str, Any], pack: Pack, language: str
) -> None:
    charts = draw(picture, language, pack=pack)
    assert set(charts) == {"estimates", "overlap", "map"}
    for svg in charts.values():
        root = ElementTree.fromstring(svg)
        assert root.get("role") == "img"
        assert root.findtext(f"{SVG}title", "").endswith("?")
        assert len(root.findtext(f"{SVG}desc", "")) > 80
        assert set(root.get("aria-labelledby", "").split()) <= {one.get("id") for one in root.iter()}
        assert svg.count("http") == 1  # the namespace
        assert "<script" not in svg
        assert "<image" not in svg


def test_ids_do_not_collide_in_one_page(picture: dict[str, Any], pack: Pack) -> None:
    ids = [
        one.get("id")
        for svg in draw(picture, "en", pack=pack).values()
        for one in ElementTree.fromstring(svg).iter()
        if one.get("id")
    ]
    assert len(ids) == len(set(ids))


def test_only_published_figures_are_drawn(picture: dict[str, Any], pack: Pack) -> None:
    charts = draw(picture, "en", pack=pack)
    rows = {table["id"]: table["rows"] for table in picture["tables"]}
    published = {number(row["children"]) for row in rows["overlap"] if row["children"] is not None}
    drawn = {text for text in texts(charts["overlap"]) if re.fullmatch(r"[\d\u202f]+", text)}
    assert drawn
    assert drawn <= published
    assert "·" in texts(charts["overlap"])


def test_a_hidden_figure_looks_the_same_everywhere(picture: dict[str, Any], pack: Pack) -> None:
    """Boxes of one size, in an order that follows the names: neither tells how large the figure is."""
    svg = draw(picture, "en", pack=pack)["overlap"]
    boxes = re.findall(r'd="M[\d.]+,[\d.]+(h[\d.]+v[\d.]+h-[\d.]+Z)"[^>]*url\(#cobijo-overlap-hatch\)', svg)
    assert len(boxes) > 3
    assert len(set(boxes)) == 1


def test_hidden_states_are_hatched_and_the_unknown_stands_apart(picture: dict[str, Any], pack: Pack) -> None:
    svg = draw(picture, "es", pack=pack)["map"]
    assert svg.count("url(#cobijo-map-hatch)") == 3 + 1  # three states and the legend
    assert "Entidad desconocida: 44" in texts(svg)
    description = ElementTree.fromstring(svg).findtext(f"{SVG}desc", "")
    assert "Aguascalientes, Chiapas y Sinaloa" in description


def test_the_recommended_figure_is_named_in_words(picture: dict[str, Any], pack: Pack) -> None:
    drawn = texts(draw(picture, "en", pack=pack)["estimates"])
    assert " ".join(drawn).count("Stepwise model with linkage doubt") == 1
    assert drawn.count("recommended") == 1
    assert "On the lists: 9\u202f120" in drawn
    assert any(text.startswith("No estimate.") for text in drawn)
    assert any(text.endswith("–…)") for text in drawn)  # the interval without an upper limit


def test_the_recommended_method_is_not_drawn_twice(picture: dict[str, Any], pack: Pack) -> None:
    picture["estimates"][0]["interval"] = picture["estimate"]["interval"]
    drawn = texts(draw(picture, "en", pack=pack)["estimates"])
    assert drawn.count("Stepwise model") == 1


def test_a_wild_interval_does_not_flatten_the_others(picture: dict[str, Any], pack: Pack) -> None:
    picture["estimates"][1] |= {"total": 900_000, "interval": [20_000, 4_000_000]}
    drawn = texts(draw(picture, "en", pack=pack)["estimates"])
    ticks = [text for text in drawn if re.fullmatch(r"[\d\u202f]+", text)]
    assert max(int(text.replace("\u202f", "")) for text in ticks) < 30_000


def test_charts_are_left_out_where_there_is_no_table(picture: dict[str, Any], pack: Pack) -> None:
    picture["tables"] = []
    assert set(draw(picture, "en", pack=pack)) == {"estimates"}


def test_same_picture_same_bytes(picture: dict[str, Any], pack: Pack, published: Path) -> None:
    for name, svg in draw(picture, "es", pack=pack).items():
        assert (published / "charts" / f"{name}.es.svg").read_text(encoding="utf-8") == svg
