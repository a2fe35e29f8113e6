"""What goes when a child is erased: words, amounts and whatever is about other people.

Codes stay, and days become years as everywhere (see `cases.retention`), so that nothing can be laid beside a court's
public diary.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from cobijo.web.care.children.models import Child
from cobijo.web.care.justice.models import (
    AllegedChild,
    Delay,
    JusticeRevision,
    Measure,
    Reparation,
)
from cobijo.web.core.access.context import Access


def forget(*, by: Access, ids: Collection[int]) -> None:
    """The reaction to `child_erased`. The key is gone already, so what was sealed can never be read again."""
    keys = list(Child.objects.filter(pk__in=ids).values_list("key_id", flat=True))
    JusticeRevision.objects.filter(key_id__in=keys).delete()
    gone: tuple[Any, ...] = (Delay, Measure, AllegedChild)
    for model in gone:
        model.objects.filter(child__in=ids).delete()
    Reparation.objects.filter(child__in=ids).update(amount=None, received=None)
