"""Writes on recommendations, their links and the advocacy record; and the recommendations of the country pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction

from cobijo.web.coordination.recommendations.models import Action, Actor, Pressure, Recommendation
from cobijo.web.coordination.recommendations.pack import load_recommendations
from cobijo.web.coordination.recommendations.rules import (
    check_action,
    check_actor,
    check_pressure,
    check_recommendation,
)
from cobijo.web.coordination.requests.identity import counted
from cobijo.web.core import country
from cobijo.web.core.access.context import Access
from cobijo.web.core.screens.writing import add_rows, change_rows, remove_rows
from cobijo.web.directory.organisations.rules import check_each_once

Rows = Sequence[Mapping[str, Any]]


def add(*, by: Access, rows: Rows) -> list[Recommendation]:
    check_each_once((row["code"] for row in rows), "recommendations.code_taken")
    return add_rows(by=by, kind="recommendation", rows=rows, rule=check_recommendation)


def change(*, by: Access, rows: Rows) -> list[Recommendation]:
    """Rows of pk, version and the fields to change; `state` takes only a step of the table."""
    return change_rows(by=by, kind="recommendation", rows=rows, rule=check_recommendation)


def remove(*, by: Access, rows: Rows) -> int:
    return remove_rows(by=by, kind="recommendation", rows=rows)


def link(*, by: Access, rows: Rows) -> list[Action]:
    """What is done about it: rows of recommendation and decision, request, line, duty or figure."""
    return add_rows(by=by, kind="recommendation_action", rows=rows, rule=check_action)


def change_links(*, by: Access, rows: Rows) -> list[Action]:
    return change_rows(by=by, kind="recommendation_action", rows=rows, rule=check_action)


def unlink(*, by: Access, rows: Rows) -> int:
    return remove_rows(by=by, kind="recommendation_action", rows=rows)


def agree(*, by: Access, rows: Rows) -> list[Actor]:
    """The own organisation agrees to stand in the advocacy record: rows of organisation and since."""
    return add_rows(by=by, kind="advocacy_actor", rows=rows, rule=check_actor)


def change_agreement(*, by: Access, rows: Rows) -> list[Actor]:
    """Rows of pk, version and until: from then on nobody else sees what is written of it."""
    return change_rows(by=by, kind="advocacy_actor", rows=rows, rule=check_actor)


@counted
def press(*, by: Access, rows: Rows) -> list[Pressure]:
    """Who pressed whom: rows of actor, target, on, means, about and, later, result and what_came."""
    return add_rows(by=by, kind="advocacy", rows=rows, rule=check_pressure)


@counted
def change_pressures(*, by: Access, rows: Rows) -> list[Pressure]:
    return change_rows(by=by, kind="advocacy", rows=rows, rule=check_pressure)


def remove_pressures(*, by: Access, rows: Rows) -> int:
    return remove_rows(by=by, kind="advocacy", rows=rows)


@transaction.atomic
def load_pack_recommendations(*, by: Access) -> int:
    """Add those of the country pack. What is there already, or was edited, is left alone. Returns how many are new."""
    there = set(Recommendation.objects.values_list("code", flat=True))
    language = (settings.LANGUAGE_CODE or "es")[:2]
    rows = [
        {
            "code": one.code, "body": one.body, "symbol": one.symbol, "paragraph": one.paragraph,
            "said_on": one.said_on, "text": one.text[language], "responsible": one.responsible[language],
            "source": f"{one.source} ({one.evidence})",
        }
        for one in load_recommendations(country.pack_name())
        if one.code not in there
    ]  # fmt: skip
    return len(add(by=by, rows=rows)) if rows else 0
