"""Writes on laws, penalties, proposals and studies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from cobijo.errors import InputProblem
from cobijo.web.core.access.context import Access
from cobijo.web.core.screens.writing import add_rows, change_rows, remove_rows
from cobijo.web.knowledge.laws import rules
from cobijo.web.knowledge.laws.models import Amendment, Article, Instrument, Penalty, Proposal, Study

Rows = Sequence[Mapping[str, Any]]


def add_instruments(*, by: Access, rows: Rows) -> list[Instrument]:
    """Rows of the fields of a treaty or law."""
    _each_once(row.get("code") for row in rows)
    return add_rows(by=by, kind="instrument", rows=rows, rule=rules.check_instrument)


def change_instruments(*, by: Access, rows: Rows) -> list[Instrument]:
    """Rows of pk, version and the fields to change."""
    return change_rows(by=by, kind="instrument", rows=rows, rule=rules.check_instrument)


def remove_instruments(*, by: Access, rows: Rows) -> int:
    """Rows of pk and version; a law with articles, amendments or proposals stays."""
    return remove_rows(by=by, kind="instrument", rows=rows)


def add_articles(*, by: Access, rows: Rows) -> list[Article]:
    """Rows of instrument, number and what it says."""
    _each_once((getattr(row.get("instrument"), "pk", None), row.get("number")) for row in rows)
    return add_rows(by=by, kind="article", rows=rows, rule=rules.check_article)


def change_articles(*, by: Access, rows: Rows) -> list[Article]:
    """Rows of pk, version and the fields to change."""
    return change_rows(by=by, kind="article", rows=rows, rule=rules.check_article)


def remove_articles(*, by: Access, rows: Rows) -> int:
    """Rows of pk and version; an article with penalties stays."""
    return remove_rows(by=by, kind="article", rows=rows)


def add_amendments(*, by: Access, rows: Rows) -> list[Amendment]:
    """Rows of the fields of an amendment."""
    _each_once(row.get("code") for row in rows)
    return add_rows(by=by, kind="amendment", rows=rows, rule=rules.check_amendment)


def change_amendments(*, by: Access, rows: Rows) -> list[Amendment]:
    """Rows of pk, version and the fields to change."""
    return change_rows(by=by, kind="amendment", rows=rows, rule=rules.check_amendment)


def remove_amendments(*, by: Access, rows: Rows) -> int:
    """Rows of pk and version: for what was entered by mistake."""
    return remove_rows(by=by, kind="amendment", rows=rows)


def add_penalties(*, by: Access, rows: Rows) -> list[Penalty]:
    """Rows of the fields of a penalty. Within one call too, one offence has one penalty at a time in one law."""
    seen: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for number, row in enumerate(rows, 1):
        article = row.get("article")
        law = (row.get("offence"), row.get("area"), getattr(article, "instrument_id", None))
        for other in seen.setdefault(law, []):
            if _overlap(row, other):
                raise InputProblem("laws.penalty_overlaps", row=number, offence=str(row.get("offence")))
        seen[law].append(row)
    return add_rows(by=by, kind="penalty", rows=rows, rule=rules.check_penalty)


def change_penalties(*, by: Access, rows: Rows) -> list[Penalty]:
    """Rows of pk, version and the fields to change; to end one, give it `until`."""
    return change_rows(by=by, kind="penalty", rows=rows, rule=rules.check_penalty)


def remove_penalties(*, by: Access, rows: Rows) -> int:
    """Rows of pk and version: for what was entered by mistake."""
    return remove_rows(by=by, kind="penalty", rows=rows)


def add_proposals(*, by: Access, rows: Rows) -> list[Proposal]:
    """Rows of the fields of a proposal, in whatever stage it is."""
    _each_once(row.get("code") for row in rows)
    return add_rows(by=by, kind="proposal", rows=rows, rule=rules.check_proposal)


def change_proposals(*, by: Access, rows: Rows) -> list[Proposal]:
    """Rows of pk, version and the fields to change; a stage only by the table of stages."""
    return change_rows(by=by, kind="proposal", rows=rows, rule=rules.check_proposal)


def remove_proposals(*, by: Access, rows: Rows) -> int:
    """Rows of pk and version: for what was entered by mistake."""
    return remove_rows(by=by, kind="proposal", rows=rows)


def add_studies(*, by: Access, rows: Rows) -> list[Study]:
    """Rows of the fields of a study."""
    _each_once(row.get("code") for row in rows)
    return add_rows(by=by, kind="study", rows=rows, rule=rules.check_study)


def change_studies(*, by: Access, rows: Rows) -> list[Study]:
    """Rows of pk, version and the fields to change."""
    return change_rows(by=by, kind="study", rows=rows, rule=rules.check_study)


def remove_studies(*, by: Access, rows: Rows) -> int:
    """Rows of pk and version: for what was entered by mistake."""
    return remove_rows(by=by, kind="study", rows=rows)


def _each_once(keys: Iterable[Hashable]) -> None:
    """Two rows of one call that would be one record."""
    for key, number in Counter(key for key in keys if key).items():
        if number > 1:
            raise InputProblem("laws.twice", value=str(key[-1] if isinstance(key, tuple) else key))


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    first, second = sorted((one, other), key=lambda row: row["since"])
    return first.get("until") is None or first["until"] >= second["since"]
