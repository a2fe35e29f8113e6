"""Recommendations and their links; the advocacy record, as far as its actors still agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cobijo.web.coordination.recommendations.choices import Progress
from cobijo.web.coordination.recommendations.models import Action, Actor, Pressure, Recommendation
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import decide, visible

#: The fields of a link, and the kind of what each leads to.
LINKED: Mapping[str, str] = {
    "decision": "decision", "request": "request", "line": "plan_line", "duty": "duty", "figure": "figure",
}  # fmt: skip


def recommendations(access: Access) -> QuerySet[Recommendation]:
    return visible(access, "recommendation", Recommendation.objects.select_related("organisation"))


def actions(access: Access) -> QuerySet[Action]:
    rows = Action.objects.select_related("recommendation", "decision", "request", "line", "duty", "figure")
    return visible(access, "recommendation_action", rows)


def by_state(access: Access) -> list[tuple[str, int]]:
    """How many recommendations stand where; every state, also the empty ones."""
    counted = Counter(recommendations(access).order_by().values_list("state", flat=True))
    return [(str(one.label), counted[one.value]) for one in Progress]


def named(access: Access | None, kind: str, record: Any) -> str:
    """What a record of another room is called, as far as the person may see it. Its title may be confidential."""
    if record is None:
        return ""
    return str(record) if decide(access, "see", kind, record) else _("Not for you to see")


def links_of(access: Access, one: Recommendation) -> list[dict[str, Any]]:
    """What is done about one recommendation; what the person may not open is left out."""
    found = []
    for action in actions(access).filter(recommendation=one).order_by("pk"):
        for field, kind in LINKED.items():
            record = getattr(action, field)
            if record is not None and decide(access, "see", kind, record):
                found.append(
                    {"record": record, "url_name": f"{kind}:detail", "action": action, "field": field}
                )
    return found


# --- The advocacy record -------------------------------------------------------------------------------------------


def _agreed(access: Access, lookup: str) -> Q:
    """Who withdrew is seen by the own organisation only."""
    return Q(**{f"{lookup}until": None}) | Q(**{f"{lookup}organisation": access.organisation_id})


def actors(access: Access) -> QuerySet[Actor]:
    rows = Actor.objects.select_related("organisation")
    return visible(access, "advocacy_actor", rows).filter(_agreed(access, ""))


def pressures(access: Access) -> QuerySet[Pressure]:
    rows = Pressure.objects.select_related("actor__organisation", "target", "request", "recommendation")
    return visible(access, "advocacy", rows).filter(_agreed(access, "actor__"))


def agreeing(access: Access) -> QuerySet[Actor]:
    """Who can be written about: actors that agree today."""
    return actors(access).filter(until=None)
