"""What goes when a child is erased: words, amounts, days and whatever is about other people. Codes and years stay."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models.functions import TruncYear

from cobijo.web.care.children.models import Child
from cobijo.web.care.justice.models import (
    Alert,
    AllegedChild,
    Delay,
    JusticeRevision,
    Measure,
    Proceeding,
    Reparation,
    Step,
)
from cobijo.web.core.access.context import Access

#: The days that become years, so that nothing here can be laid beside a court's public diary.
DAYS: dict[type[models.Model], tuple[str, ...]] = {
    Proceeding: ("opened_on", "expected_by", "rests_since"),
    Step: ("on",),
    Reparation: ("ordered_on", "due_by", "arrived_on"),
    Alert: ("happened_on", "represented_on", "ended_on"),
}


def forget(*, by: Access, ids: Collection[int]) -> None:
    """The reaction to `child_erased`. The key is gone already, so what was sealed can never be read again."""
    keys = list(Child.objects.filter(pk__in=ids).values_list("key_id", flat=True))
    JusticeRevision.objects.filter(key_id__in=keys).delete()
    gone: tuple[Any, ...] = (Delay, Measure, AllegedChild)
    for model in gone:
        model.objects.filter(child__in=ids).delete()
    Reparation.objects.filter(child__in=ids).update(amount=None, received=None)
    for model, days in DAYS.items():
        rows: Any = model._default_manager.filter(child__in=ids)
        rows.update(**{one: TruncYear(one) for one in days})
