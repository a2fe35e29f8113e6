"""Concepts from elements: by the pack's published rules, now for a new event and again for old ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from typing import Any

from django.db import transaction
from django.utils import timezone

from cobijo.web.care.children.concepts import Derived, Elements, derive
from cobijo.web.care.children.concepts import elements_of as elements_from
from cobijo.web.care.children.models import AgeKnown, Concept, Event
from cobijo.web.care.children.rule_reading import load_rules
from cobijo.web.care.children.rules import MAJORITY, age_on, born_on
from cobijo.web.care.children.writing import body_of
from cobijo.web.core import audit, country
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import check, visible

AT_ONCE = 500
#: Every element with what it holds: bool (yes, no, not known) or str (a code).
ELEMENTS: dict[str, type] = {one.name: bool if "bool" in str(one.type) else str for one in fields(Elements)}


def elements_of(body: Mapping[str, Any]) -> Elements:
    """The elements that an event's sealed part holds; what is not said is not known."""
    return elements_from(body.get("elements", {}))


def derive_new(by: Access, events: Sequence[Event], bodies: Sequence[Mapping[str, Any]]) -> list[Concept]:
    """Derive for events as they now are; ends what no longer follows. Returns the rows that were added."""
    held: dict[int, list[Concept]] = {}
    for one in Concept.objects.filter(event__in=[event.pk for event in events], ended_at=None):
        held.setdefault(one.event_id, []).append(one)
    added, ended = [], []
    for event, body in zip(events, bodies, strict=True):
        now = {_key(one): one for one in _holding(event, body)}
        before = {
            (one.concept, one.rule, one.article, one.rules_version): one for one in held.get(event.pk, [])
        }
        ended += [one.pk for key, one in before.items() if key not in now]
        added += [_row(by, event, one) for key, one in now.items() if key not in before]
    Concept.objects.filter(pk__in=ended).update(ended_at=timezone.now(), changed_by_id=by.by_id)
    Concept.objects.bulk_create(added, batch_size=500)
    return added


def rederive(*, by: Access, ids: Collection[int] | None = None) -> int:
    """Derive again for these events, or for all within reach: after new rules of the pack. Returns how many changed."""
    check(by, "change", "child_event")
    rows = visible(by, "child_event", Event.objects.select_related("child"), "change").filter(
        child__erased_at=None
    )
    wanted = rows if ids is None else rows.filter(pk__in=list(ids))
    numbers = list(wanted.order_by("pk").values_list("pk", flat=True))
    changed = 0
    for start in range(0, len(numbers), AT_ONCE):
        with transaction.atomic():
            some = list(rows.filter(pk__in=numbers[start : start + AT_ONCE]).order_by("pk"))
            changed += len({one.event_id for one in derive_new(by, some, [body_of(one) for one in some])})
            audit.record("rederive", "child_event", [one.pk for one in some], access=by)
    return changed


def derived(event: Event, body: Mapping[str, Any]) -> tuple[Derived, ...]:
    """What every rule says of an event: holds, not, or cannot be told and what is missing. For its page."""
    child = event.child
    born = born_on(body_of(child))
    day = event.began_on or event.ended_on
    age = age_on(born, day)
    if age is not None and age >= MAJORITY and child.age_known in {AgeKnown.UNKNOWN, AgeKnown.DISPUTED}:
        age = None  # counts as a child's until it is decided
    return derive(elements_of(body), age=age, rules=load_rules(country.pack_name()))


def _holding(event: Event, body: Mapping[str, Any]) -> list[Derived]:
    return [one for one in derived(event, body) if one.answer == "holds"]


def _key(one: Derived) -> tuple[str, str, str, str]:
    return (one.concept, one.rule, one.article[:120], str(one.version))


def _row(by: Access, event: Event, one: Derived) -> Concept:
    concept, rule, article, version = _key(one)
    return Concept(
        event=event, child_id=event.child_id, scope_id=event.scope_id, concept=concept, rule=rule,
        article=article, rules_version=version, made_by_id=by.by_id, changed_by_id=by.by_id,
    )  # fmt: skip
