"""A child goes to another desk or organisation as one: its rows, all that is under it, their past, their tokens."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.db import models

from cobijo.web.care.children.models import Child, ChildRevision, Concept, Concern, Event, StatusDecision
from cobijo.web.core.vault import indexing

_under: dict[type[models.Model], str] = {}


def goes_along(model: type[models.Model], lookup: str = "child_id") -> None:
    """Say that a table's rows lie where their child lies; called in `ready()` by every room of the wing."""
    _under[model] = lookup


def tables() -> tuple[type[models.Model], ...]:
    """What goes along, to be read and tested: every guarded table with a child must be here."""
    return tuple(_under)


def rows_of(ids: Collection[int]) -> Iterator[models.QuerySet[Any]]:
    """What is under some children, a table at a time."""
    for model, lookup in _under.items():
        yield model._default_manager.filter(**{f"{lookup}__in": ids})


def move_child(child: Child, scope_id: int) -> int:
    """Put a child and everything under it into another scope; returns how many rows. For services that checked it.

    The caller reaches both scopes, or acts as the system with both named. History moves by the child's key.
    """
    moved = 0
    for model, lookup in _under.items():
        found: Any = model._default_manager.filter(**{lookup: child.pk})
        moved += found.exclude(scope_id=scope_id).update(scope_id=scope_id)
    for revisions in _pasts():
        revisions._default_manager.filter(key_id=child.key_id).update(scope_id=scope_id)
    indexing.move_tokens("child", [child], scope_id)
    Child.objects.filter(pk=child.pk).update(scope_id=scope_id)
    child.scope_id = scope_id
    return moved + 1


_revisions: list[type[models.Model]] = [ChildRevision]


def past_goes_along(model: type[models.Model]) -> None:
    """A table of history with `key_id` that moves with the child."""
    if model not in _revisions:
        _revisions.append(model)


def _pasts() -> tuple[Any, ...]:
    return tuple(_revisions)


for _model in (Event, Concept, Concern, StatusDecision):
    goes_along(_model)
