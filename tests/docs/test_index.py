"""Every page of the documentation is in its index, and every file of the pack in its reference."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

from cobijo.engine.pack import PACKS
from cobijo.web.coordination.plans.sheet import COLUMNS, KINDS

DOCS = Path(__file__).parents[2] / "docs"
INDEX = (DOCS / "README.md").read_text(encoding="utf-8")
PAGES = sorted(one.relative_to(DOCS).as_posix() for one in DOCS.rglob("*.md") if one != DOCS / "README.md")


def linked(text: str) -> list[str]:
    return re.findall(r"^- \[[^\]]+\]\(([^)#]+)\): .+\.$", text, re.MULTILINE)


def test_every_page_stands_once_in_the_index_with_one_line() -> None:
    assert sorted(linked(INDEX)) == PAGES


@pytest.mark.parametrize("page", [*PAGES, "README.md"])
def test_links_between_pages_lead_somewhere(page: str) -> None:
    path = DOCS / page
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_the_reference_names_every_file_of_the_pack() -> None:
    said = (DOCS / "reference" / "packs.md").read_text(encoding="utf-8")
    folder = PACKS / "mexico"
    files = [one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()]
    assert files
    assert [one for one in files if one not in said] == []


def test_the_reference_names_every_column_and_kind_of_a_plans_table() -> None:
    said = (DOCS / "reference" / "plan-table.md").read_text(encoding="utf-8")
    with translation.override("en"):
        names = [str(one) for one in (*COLUMNS.values(), *KINDS.values())]
    assert [one for one in names if f"`{one}`" not in said] == []
