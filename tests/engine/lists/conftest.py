"""Lists made on the fly, read with the Mexican pack on a fixed day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cobijo.engine.lists.reading import read_list
from cobijo.engine.lists.schema import AgencyList
from cobijo.engine.pack import Pack, load_pack

TODAY = date(2026, 1, 1)

Reader = Callable[..., AgencyList]


@pytest.fixture(scope="session")
def mexico() -> Pack:
    return load_pack("mexico")


@pytest.fixture
def read(tmp_path: Path, mexico: Pack) -> Reader:
    """Write bytes or text to a file and read it as a list."""

    def write_and_read(
        content: bytes | str, file: str = "list.csv", mapping: str | None = None
    ) -> AgencyList:
        path = tmp_path / file
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        told = None
        if mapping is not None:
            told = tmp_path / "mapping.toml"
            told.write_text(mapping, encoding="utf-8")
        return read_list(path, pack=mexico, mapping=told, today=TODAY)

    return write_and_read


def rows(agency_list: AgencyList) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = agency_list.records.to_pylist()
    return found


def codes(agency_list: AgencyList, severity: str | None = None) -> list[str]:
    return [
        p["code"].removeprefix("lists.")
        for p in agency_list.problems.to_pylist()
        if severity is None or p["severity"] == severity
    ]
