"""A published picture, made by hand, and the reports of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cobijo.engine.charts import write_charts
from cobijo.engine.pack import Pack, load_pack
from cobijo.engine.report import write_report

Picture = dict[str, Any]
Make = Callable[..., Path]


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack("mexico")


def example(pack: Pack) -> Picture:
    """Five lists, three states and eight combinations hidden, methods that disagree, one that refuses."""
    names = ["dif", "health", "ngo", "police", "shelter"]
    hidden = {"MX-AGU", "MX-CHP", "MX-SIN"}
    areas = [
        {"area": area.code, "children": None if area.code in hidden else 101 + 13 * index}
        for index, area in enumerate(pack.areas)
    ]
    combinations = []
    for mask in range(1, 32):
        history = "+".join(name for bit, name in enumerate(names) if mask >> bit & 1)
        combinations.append({"history": history, "children": None if mask % 4 == 3 else 1000 - 29 * mask})
    bands = ["0-5", "6-11", "12-14", "15-17", "unknown", "total"]
    sexes = ["female", "male", "other", "unknown", "total"]
    crossed = [
        {
            "sex": sex,
            "age_band": band,
            "children": None if (row + column) % 5 == 4 else 210 + 37 * row + column,
        }
        for row, sex in enumerate(sexes)
        for column, band in enumerate(bands)
    ]
    return {
        "format": "cobijo.picture/1",
        "invented": True,
        "pack": "mexico",
        "population": {"under_age": 18, "status": "identified", "unknown_age_counts_as_child": True},
        "period": {"from": "2025-01-01", "to": "2025-12-31"},
        "lists": [{"name": name, "children": 2000 + index} for index, name in enumerate(names)],
        "records": {"read": 30211, "rejected": 14, "of_period_and_population": 24010},
        "observed": 9120,
        "estimate": {
            "total": 20100,
            "interval": [18200, 22600],
            "level": 0.95,
            "method": "stepwise",
            "hidden": 11000,
            "hidden_interval": [9080, 13500],
        },
        "estimates": [
            {
                "method": "stepwise",
                "total": 20100,
                "interval": [18800, 22400],
                "level": 0.95,
                "diagnostics": {"model": ["dif", "health", "ngo", "police", "shelter", "dif:health"]},
            },
            {
                "method": "chapman",
                "lists": ["dif", "health"],
                "total": 15100,
                "interval": [14200, 16100],
                "level": 0.95,
            },
            {"method": "latent", "refused": {"code": "population.no_such_code", "params": {}}},
            {"method": "chao", "total": 18300, "interval": [17700, None], "level": 0.95},
        ],
        "disagreement": {"ratio": 1.33, "flag": True},
        "linkage": {"share_of_variance": 0.31, "draws": 20},
        "apart": [{"status": "presumed", "children": 1210}, {"status": "unknown", "children": None}],
        "tables": [
            {
                "id": "area",
                "dimensions": ["area"],
                "file": "tables/area.csv",
                "rows": [*areas, {"area": "unknown", "children": 44}, {"area": "total", "children": 9120}],
            },
            {
                "id": "sex_age",
                "dimensions": ["sex", "age_band"],
                "file": "tables/sex_age.csv",
                "rows": crossed,
            },
            {
                "id": "overlap",
                "dimensions": ["history"],
                "file": "tables/overlap.csv",
                "rows": combinations,
            },
        ],
        "charts": [],
        "protection": {"threshold": 10, "symbol": "·", "suppressed_cells": 31, "audit": "passed"},
        "limits": [{"code": "picture.limit_assumption", "params": {}}],
        "trace": {
            "cobijo": "0.1.0",
            "seed": 1,
            "settings": {"resamples": 1000},
            "inputs": [{"list": name, "sha256": "ab" * 32, "rows": 6012} for name in names],
        },
    }


@pytest.fixture
def picture(pack: Pack) -> Picture:
    return example(pack)


def publish(folder: Path, picture: Picture, pack: Pack, language: str = "es") -> Path:
    """What `cobijo picture` does at its end: charts, picture.json, report."""
    folder.mkdir(exist_ok=True)
    charts = write_charts(picture, folder, pack=pack)
    (folder / "picture.json").write_text(json.dumps({**picture, "charts": charts}), encoding="utf-8")
    write_report(folder, language, pack=pack)
    return folder


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, pack: Pack) -> Path:
    """The example with its report in Spanish (`report.*`) and English (`report.en.*`)."""
    return publish(tmp_path_factory.mktemp("published") / "public", example(pack), pack)


@pytest.fixture
def make(tmp_path: Path, pack: Pack) -> Make:
    """Publish a changed picture with its report in English (`report.*`)."""

    def write(picture: Picture, language: str = "en") -> Path:
        return publish(tmp_path / "public", picture, pack, language)

    return write
