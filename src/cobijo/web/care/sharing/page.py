"""What a child sees on its own page: kinds of data, who holds them and why, who received and opened them and when.

Never where it is placed, who reported, other people, steps of justice, or the name of anybody on the staff. The name
of an organisation that shelters is left out too: a reader over the child's shoulder must not learn where it sleeps.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.cases.models import Assessment, Case, SafetyPlan
from cobijo.web.care.children.models import SAYS_SOMETHING, Child, Event
from cobijo.web.care.children.writing import body_of
from cobijo.web.care.sharing import asks
from cobijo.web.care.sharing.consents import grounds, guardian_stands
from cobijo.web.care.sharing.fields import PACKET_FIELDS, Group, groups_of
from cobijo.web.care.sharing.keeping import kept_until
from cobijo.web.care.sharing.models import Code, Consent, Opening, Referral, Wish
from cobijo.web.care.sharing.models.consents import Purpose, Verdict, Way
from cobijo.web.care.sharing.withdrawing import withdraw
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.core.accounts.roles import Role
from cobijo.web.directory.services.models import Service, ServiceKind


@dataclass(frozen=True)
class Shared:
    """One organisation that received something. `name` is empty where it must not be read here."""

    name: str
    groups: tuple[Group, ...]
    sent: date
    opened: tuple[tuple[str, date], ...]  # role in words ("" by a code), day
    state: str
    law: str  # under which it keeps the least, after sharing stopped
    until: date | None  # for how long, then
    closing: str


@dataclass(frozen=True)
class May:
    """Something that may be shared now, and can be stopped."""

    id: int
    name: str
    groups: tuple[Group, ...]
    until: date | None
    by_law: str  # then it cannot be stopped, and this says which law


@dataclass(frozen=True)
class About:
    """One organisation about whose staff one can complain. `key` is what the form posts, `name` as in `Shared`."""

    key: str
    id: int
    name: str
    since: date | None  # when it received something, where it has no name here


@dataclass(frozen=True)
class Page:
    holder: str  # empty where it must not be read here
    held: tuple[Group, ...]
    may: tuple[May, ...]
    shared: tuple[Shared, ...]
    others: tuple[About, ...]
    asked: int  # requests that wait for an answer


@contextmanager
def of_code(code: Code) -> Iterator[tuple[Access, Child]]:
    """Act for the child of a code, as the system, for one request."""
    with acting_as_system("child_page", scopes="all") as system:
        child = (
            Child.objects.select_related("scope__organisation")
            .filter(pk=code.child_id or 0, erased_at=None)
            .first()
        )
        if child is None:
            raise InputProblem("sharing.code_wrong")
        yield system, child


def read(system: Access, child: Child, code: Code) -> Page:
    """The page, and an event that it was read."""
    Code.objects.filter(pk=code.pk).update(used_at=timezone.now())
    held_by = child.scope.organisation
    rows = list(
        Referral.objects.filter(child=child)
        .exclude(purpose=Purpose.JUSTICE)
        .select_related("recipient", "service")
        .order_by("-sent_at", "-pk")
    )
    consents = [one for one in grounds(child.pk) if one.purpose != Purpose.JUSTICE and guardian_stands(one)]
    hidden = _hidden({one.recipient_id for one in rows} | {one.recipient_id for one in consents})
    audit.record("see_page", "child", [child.pk], access=system, detail={"code": code.pk})
    return Page(
        holder=held_by.name if held_by.pk not in _hidden({held_by.pk}) else "",
        held=_held(child),
        may=tuple(_may(one, hidden) for one in consents),
        shared=tuple(_shared(one, hidden) for one in rows),
        others=_about(child),
        asked=Wish.objects.filter(child=child, answered_at=None).count(),
    )


def stop(system: Access, child: Child, consent_id: int) -> None:
    """The child withdraws a consent of its own. Of another child there is none here."""
    consent = Consent.objects.filter(pk=consent_id, child=child).exclude(purpose=Purpose.JUSTICE).first()
    if consent is None:
        raise InputProblem("sharing.withdrawn_already")
    withdraw(by=system, consents=[consent], way=Way.CODE)


def complain(system: Access, child: Child, code: Code, about: str, words: str) -> str:
    """To somebody outside; returns the code by which they know the complaint. `about` is one of `Page.others`."""
    one = next((each for each in _about(child) if each.key == about), None)
    if one is None:
        raise InputProblem("sharing.answer_missing")
    asks.check_complaints(code)
    organisation = Organisation.objects.get(pk=one.id)
    return asks.complain(by=system, about=organisation, words=words).answer_to


def _held(child: Child) -> tuple[Group, ...]:
    """Kinds of data that are there, not what they say."""
    body = body_of(child)
    there = {one.code for one in PACKET_FIELDS if one.kind == "child" and body.get(one.name)}
    cases = list(Case.objects.filter(child=child))
    if any(one.risk for one in cases):
        there.add("case.risk")
    if SafetyPlan.objects.filter(SAYS_SOMETHING, case__in=cases).exists():
        there.add("safety_plan.tonight")
    if Assessment.objects.filter(SAYS_SOMETHING, case__in=cases).exists():
        there.add("assessment.wishes")
    if Event.objects.filter(child=child).exists():
        there.add("child_event.events")
    return tuple(groups_of(there))


def _hidden(ids: set[int]) -> set[int]:
    """Organisations that shelter, or keep an address hidden: their names are places."""
    places = Service.objects.filter(
        Q(kind=ServiceKind.SHELTER) | Q(hidden_address=True), organisation__in=ids
    )
    return set(places.values_list("organisation_id", flat=True))


def _may(one: Consent, hidden: set[int]) -> May:
    law = f"{one.law}, {one.article}" if one.verdict == Verdict.LAW else ""
    name = "" if one.recipient_id in hidden else one.recipient.name
    return May(one.pk, name, tuple(groups_of(one.fields)), one.until, law)


def _shared(one: Referral, hidden: set[int]) -> Shared:
    opened = Opening.objects.filter(referral=one).order_by("on", "pk").values_list("role", "on")
    law = f"{one.closing_law}, {one.closing_article}" if one.closing_law else ""
    return Shared(
        "" if one.recipient_id in hidden else one.recipient.name,
        tuple(groups_of(one.fields)),
        timezone.localdate(one.sent_at),
        tuple((_role(role), day) for role, day in opened),
        one.state,
        law,
        kept_until(one) if law else None,
        one.closing,
    )


def _role(code: str) -> str:
    return str(Role(code).label) if code else ""


def _about(child: Child) -> tuple[About, ...]:
    """The organisation that holds the record, and those that received something.

    Of one whose name is a place there is the day on which it received it: the child knows which it was, and whoever
    looks on learns no name, also not from what the form posts.
    """
    rows = Referral.objects.filter(child=child).exclude(purpose=Purpose.JUSTICE).select_related("recipient")
    first: dict[int, Referral] = {}
    for one in rows.order_by("sent_at", "pk"):
        first.setdefault(one.recipient_id, one)
    holder = child.scope.organisation
    first.pop(holder.pk, None)
    hidden = _hidden({holder.pk, *first})
    found = [About("holder", holder.pk, "" if holder.pk in hidden else holder.name, None)]
    named = [one.recipient for one in first.values() if one.recipient_id not in hidden]
    found += [About(str(one.pk), one.pk, one.name, None) for one in sorted(named, key=lambda one: one.name)]
    found += [
        About(f"place-{number}", one.recipient_id, "", timezone.localdate(one.sent_at))
        for number, one in enumerate((each for pk, each in first.items() if pk in hidden), 1)
    ]
    return tuple(found)
