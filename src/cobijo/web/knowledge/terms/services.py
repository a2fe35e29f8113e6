"""Writes on the words that a country adds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from cobijo.errors import InputProblem
from cobijo.web.core.access.context import Access
from cobijo.web.core.screens.writing import add_rows, change_rows, remove_rows
from cobijo.web.knowledge.terms.models import OwnTerm
from cobijo.web.knowledge.terms.rules import check_own_term

Rows = Sequence[Mapping[str, Any]]


def add(*, by: Access, rows: Rows) -> list[OwnTerm]:
    """Rows of words, language, concept, what to write instead, why and source."""
    counted = Counter((row.get("language", "es"), str(row.get("words", "")).casefold()) for row in rows)
    for number, row in enumerate(rows, 1):
        if counted[row.get("language", "es"), str(row.get("words", "")).casefold()] > 1:
            raise InputProblem("terms.own_twice", row=number, words=str(row.get("words")))
    return add_rows(by=by, kind="own_term", rows=rows, rule=check_own_term)


def change(*, by: Access, rows: Rows) -> list[OwnTerm]:
    """Rows of pk, version and the fields to change."""
    return change_rows(by=by, kind="own_term", rows=rows, rule=check_own_term)


def remove(*, by: Access, rows: Rows) -> int:
    """Rows of pk and version; the words are no longer looked for."""
    return remove_rows(by=by, kind="own_term", rows=rows)
