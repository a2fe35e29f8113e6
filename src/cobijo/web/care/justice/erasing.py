"""What goes when a child is erased, or earlier, when the time of a proceeding is over: words, amounts and whatever is
about other people.

Codes stay, and days become years as everywhere (see `cases.retention`), so that nothing can be laid beside a court's
public diary.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Greatest

from cobijo.web.care.cases.parts import ITSELF, Part
from cobijo.web.care.children.models import Child
from cobijo.web.care.justice.choices import AlertState
from cobijo.web.care.justice.models import (
    Alert,
    AllegedChild,
    Delay,
    JusticeRevision,
    Measure,
    Proceeding,
    Reparation,
)
from cobijo.web.care.justice.states import AT_REST, GOING_ON
from cobijo.web.core.access.context import Access

AMOUNTS: dict[str, Any] = {"amount": None, "received": None}


def forget(*, by: Access, ids: Collection[int]) -> None:
    """The reaction to `child_erased`. The key is gone already, so what was sealed can never be read again."""
    keys = list(Child.objects.filter(pk__in=ids).values_list("key_id", flat=True))
    JusticeRevision.objects.filter(key_id__in=keys).delete()
    gone: tuple[Any, ...] = (Delay, Measure, AllegedChild)
    for model in gone:
        model.objects.filter(child__in=ids).delete()
    Reparation.objects.filter(child__in=ids).update(**AMOUNTS)


def _at_rest(day: date) -> QuerySet[Proceeding]:
    """From the last step: one that is taken up again is needed again."""
    return Proceeding.objects.filter(state__in=AT_REST, rests_since__lte=day).annotate(began=F("rests_since"))


def _ended(day: date) -> QuerySet[Alert]:
    return Alert.objects.filter(state=AlertState.ENDED, ended_on__lte=day).annotate(began=F("ended_on"))


def _apart(day: date) -> QuerySet[AllegedChild]:
    """A child kept apart hangs on no proceeding: while the case or a proceeding of it goes on, it is needed."""
    going_on = Proceeding.objects.filter(case=OuterRef("case"), state__in=GOING_ON)
    rows = AllegedChild.objects.filter(~Exists(going_on), noted_on__lte=day, case__closed_on__lte=day)
    return rows.annotate(began=Greatest("noted_on", "case__closed_on"))


def _part(**more: Any) -> Part:
    return Part(purpose="justice", starts="final_judgment", past=JusticeRevision, **more)


PARTS = (
    _part(
        kind="proceeding", begun=_at_rest,
        emptied={"proceeding": ITSELF, "justice_step": "proceeding", "reparation": "proceeding"},
        removed={"justice_delay": "proceeding", "protection_measure": "proceeding"},
        cleared={"reparation": AMOUNTS},
    ),
    _part(kind="non_punishment", begun=_ended, emptied={"non_punishment": ITSELF}),
    _part(kind="alleged_child", begun=_apart, removed={"alleged_child": ITSELF}),
)  # fmt: skip
