"""Reads of this room. Rows are scoped; who they are about is read by `vault.queries.identities`, with a purpose."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cobijo.web.care.children import sheets
from cobijo.web.care.children.models import (
    SAYS_SOMETHING,
    Child,
    ChildRevision,
    Concept,
    Concern,
    ConcernState,
    Event,
    Match,
    StatusDecision,
    Verdict,
)
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.access.models import Scope
from cobijo.web.core.access.policy import check, visible
from cobijo.web.core.vault.indexing import search_tokens
from cobijo.web.core.vault.models import BlindToken
from cobijo.web.core.vault.queries import Identity, find, identities
from cobijo.web.directory.organisations.models import Contact


def children(access: Access) -> QuerySet[Child]:
    """The children within reach."""
    return visible(access, "child", Child.objects.select_related("scope__holder"))


def child(access: Access, pk: int) -> Child | None:
    return (
        visible(access, "child", Child.objects.filter(pk=pk), "see").select_related("scope__holder").first()
    )


def who(access: Access, child: Child, *, purpose: str, fields: tuple[str, ...] = ()) -> Identity:
    """Who a child is, as far as this person may see it for this purpose; audited. All of it if no field is named."""
    wanted = fields or tuple(sheets.sheet_of("child").sealed)
    return identities(access, [child], fields=wanted, purpose=purpose, kind="child")[0]


def who_all(
    access: Access, rows: Sequence[Child], *, purpose: str, fields: tuple[str, ...]
) -> dict[int, Identity]:
    """The same of several children, by their id, and one event for all."""
    found = identities(access, rows, fields=fields, purpose=purpose, kind="child")
    return {one.pk: one for one in found}


def opened(access: Access, kind: str, rows: list[Any], *, purpose: str) -> list[Identity]:
    """The sealed part of any rows of one kind (events, concerns, plan items, …), audited."""
    return identities(access, rows, fields=tuple(sheets.sheet_of(kind).sealed), purpose=purpose, kind=kind)


def concerns(access: Access) -> QuerySet[Concern]:
    """The concerns within reach of which the time of keeping is not over; by `waiting` the most urgent first."""
    rows = Concern.objects.filter(SAYS_SOMETHING).select_related("organisation", "scope", "child")
    return visible(access, "concern", rows)


def emptied_concerns(access: Access, child: Child) -> bool:
    """Whether there was a concern about this child of which the time of keeping is over."""
    return visible(access, "concern", Concern.objects.filter(child=child, sealed=b"")).exists()


def waiting(access: Access) -> QuerySet[Concern]:
    """Concerns that nobody has taken up yet, the oldest first."""
    return concerns(access).filter(state=ConcernState.WAITING).order_by("made_at", "pk")


def events(access: Access, child: Child) -> QuerySet[Event]:
    rows = Event.objects.filter(child=child).select_related("child").order_by("began_on", "pk")
    return visible(access, "child_event", rows)


def concepts(access: Access, child: Child, *, former: bool = False) -> QuerySet[Concept]:
    """The derived concepts of a child's events that hold now; with `former`, those that no longer follow too."""
    rows = Concept.objects.filter(child=child).order_by("event_id", "concept", "pk")
    return visible(access, "concept", rows if former else rows.filter(ended_at=None))


def decisions(access: Access, child: Child) -> QuerySet[StatusDecision]:
    """Decisions on status, the one that stands first."""
    rows = StatusDecision.objects.filter(child=child).select_related("event")
    return visible(access, "status", rows.order_by("-decided_on", "-pk"))


def matches(access: Access) -> QuerySet[Match]:
    """For the data steward: possible matches, the unsettled first."""
    rows = Match.objects.select_related("asking", "holding", "question__asked_by", "settled_by")
    return visible(access, "match", rows.order_by("settled_at", "made_at", "pk"))


def unsettled(access: Access) -> QuerySet[Match]:
    return matches(access).filter(verdict__in=(Verdict.NEW, Verdict.CONTACTED))


def contacts_of(access: Access, organisation_ids: Collection[int]) -> dict[int, list[Contact]]:
    """Whom to call at these organisations, as far as this person may see it in the directory."""
    found: dict[int, list[Contact]] = {}
    rows = Contact.objects.filter(organisation_id__in=list(organisation_ids))
    for one in visible(access, "contact", rows).order_by("post", "pk"):
        found.setdefault(one.organisation_id, []).append(one)
    return found


def codes_of_matches(access: Access, rows: Collection[Match]) -> dict[int, str]:
    """By which code the holding organisation finds the record that a match is about. A code says nothing of whom.

    It reads over all places, so the reading is on record, with the matches. Of an erased child there is none.
    """
    check(access, "list", "match")
    if not rows:
        return {}
    with acting_as_system("match_codes", scopes="all"):
        there = Child.objects.filter(pk__in=[one.record_id for one in rows], erased_at=None)
        codes = dict(there.values_list("pk", "code"))
    audit.record("see_code", "match", [one.pk for one in rows], access=access)
    return {one.pk: codes[one.record_id] for one in rows if one.record_id in codes}


# --- Search before create ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Here:
    """A child of the own organisation that fits: its code, how much agrees, on whose desk; whether one may open it."""

    child_id: int
    code: str
    weight: int
    holder: str
    within_reach: bool


@dataclass(frozen=True)
class Found:
    """What the search before a registration shows. Concerns are those within reach that wait and fit."""

    children: tuple[Here, ...]
    concerns: tuple[Concern, ...]


def known_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What the blind index makes tokens of, from the fields of a child or a concern."""
    born = fields.get("birth_date")
    year = (
        born.year if isinstance(born, date) else int(str(born)[:4]) if str(born or "")[:4].isdigit() else None
    )
    known = {
        "name": fields.get("chosen_name")
        or "",  # apart: put behind the given names it would blur the second one
        "given": fields.get("given") or "",
        "surname1": fields.get("surname1") or "",
        "surname2": fields.get("surname2") or "",
        "birth_year": year,
        "official_id": fields.get("official_id") or "",
    }
    return known if any(known.values()) else {}


def search(access: Access, *, purpose: str = "intake", **fields: Any) -> Found:
    """Search before create: who in the own organisation fits these fields of a child, best first; audited, by count.

    A colleague's child is named by code and desk only: enough not to register it twice.
    """
    check(access, "add", "child")
    known = known_of(fields)
    found = same_here(access, known) if known else ()
    numbers = find(access, "search", kind="concern", **known) if known else []
    rows = {one.pk: one for one in waiting(access).filter(pk__in=numbers)}
    detail = {"found": len(found), "concerns": len(rows), "for": purpose}
    audit.record("search", "child", [one.child_id for one in found], access=access, detail=detail)
    return Found(found, tuple(rows[number] for number in numbers if number in rows))


def same_here(access: Access, known: Mapping[str, Any], limit: int = 20) -> tuple[Here, ...]:
    """The own organisation's children that fit, on whatever desk. For services; a page asks `search`."""
    weights = search_tokens("search", **known)
    if not weights:
        return ()
    places = Scope.objects.filter(organisation_id=access.organisation_id).select_related("holder")
    scopes = {one.pk: one for one in places}
    with acting_as_system("search_before_create", scopes=tuple(scopes)):
        rows = BlindToken.objects.filter(
            token__in=list(weights), kind="child", purpose="search", scope_id__in=list(scopes)
        ).values_list("record_id", "token")[:5_000]
        score: dict[int, int] = {}
        for record_id, token in rows:
            score[record_id] = score.get(record_id, 0) + weights[bytes(token)]
        best = sorted(score, key=lambda one: (-score[one], one))[:limit]
        there = {one.pk: one for one in Child.objects.filter(pk__in=best, erased_at=None)}
    return tuple(_here(access, there[pk], score[pk], scopes) for pk in best if pk in there)


def _here(access: Access, child: Child, weight: int, scopes: Mapping[int, Scope]) -> Here:
    holder = scopes[child.scope_id].holder
    return Here(child.pk, child.code, weight, holder.name if holder else "", child.scope_id in access.scopes)


def first_event_day(child: Child) -> date:
    """The day before which the child must have been born, by its events; the last day there is where none is dated."""
    days = Event.objects.filter(child=child).values_list("began_on", "ended_on")
    return min((day for pair in days for day in pair if day is not None), default=date.max)


def past(access: Access, kind: str, record: Any) -> QuerySet[ChildRevision]:
    """Earlier versions of a record of this room, newest first; sealed parts by `vault.queries.identities`."""
    check(access, "history", kind, record)
    return ChildRevision.objects.filter(kind=kind, record_id=record.pk).order_by("-number")
