"""Requests, as far as a person may see them; which are overdue, where, and which nobody moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from cobijo.web.coordination.groups.rules import today
from cobijo.web.coordination.requests.choices import WAITING, State
from cobijo.web.coordination.requests.models import Escalation, PublicRequest, Request, Support
from cobijo.web.coordination.requests.opening import open_now
from cobijo.web.coordination.requests.pack import Rung
from cobijo.web.coordination.requests.rules import language, tables
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import visible
from cobijo.web.directory.networks.models import Membership
from cobijo.web.directory.networks.queries import memberships

LISTED = 500
QUIET = timedelta(days=30)  # a request without a known deadline that nobody has touched for so long
LOOK_AGAIN = timedelta(hours=1)
GRADED_QUIET = timedelta(days=14)  # a bad answer after which nothing was done


def requests(access: Access) -> QuerySet[Request]:
    rows = Request.objects.select_related("organisation", "addressee", "decision")
    return visible(access, "request", rows)


def public_requests(access: Access) -> QuerySet[PublicRequest]:
    """What everybody who signs in may read: public, sent, and no child found in it by a look of the last hours."""
    rows = PublicRequest.objects.filter(open_now()).select_related("organisation", "addressee")
    return visible(access, "public_request", rows)


def to_look_at() -> QuerySet[Request]:
    """For the worker: public requests whose texts nobody has looked at for an hour, the longest first."""
    before = timezone.now() - LOOK_AGAIN
    rows = Request.objects.filter(public=True).exclude(sent_on=None)
    rows = rows.filter(Q(looked_at=None) | Q(looked_at__lt=before))
    return rows.order_by(F("looked_at").asc(nulls_first=True), "pk")


# --- One request ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Climbed:
    """One rung of the ladder: what the pack says of it, and what was done on it so far."""

    name: str
    what: str
    rung: Rung
    done: Escalation | None
    supporters: tuple[str, ...]


def ladder(access: Access, request: Request) -> list[Climbed]:
    """Every rung, those that were climbed with who supports them. Two queries."""
    rows = visible(access, "request_escalation", Escalation.objects.filter(request=request))
    climbed = {one.rung: one for one in rows}
    named: dict[int, list[str]] = {}
    supports = Support.objects.filter(escalation__in=[one.pk for one in climbed.values()])
    for one in supports.select_related("membership__member", "membership__network").order_by(
        "membership__member__name"
    ):
        said = f"{one.membership.member} ({one.membership.network.abbreviation or one.membership.network})"
        named.setdefault(one.escalation_id, []).append(said)
    made = []
    for rung in tables().rungs:
        done = climbed.get(rung.code)
        supported = tuple(named.get(done.pk, ())) if done is not None else ()
        made.append(Climbed(rung.names[language()], rung.what[language()], rung, done, supported))
    return made


def rungs_left(request: Request) -> list[Rung]:
    """The rungs above the highest that was climbed."""
    highest = (
        Escalation.objects.filter(request=request)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    return [one for one in tables().rungs if one.number > (highest or 0)]


def supporters(access: Access) -> QuerySet[Membership]:
    """Who can be named as supporting a rung: members of a network today."""
    now = today()
    return (
        memberships(access)
        .filter(Q(until=None) | Q(until__gte=now))
        .order_by("network__name", "member__name")
    )


# --- What is overdue -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Late:
    """All that one authority owes in one state."""

    addressee: str
    area: str
    requests: tuple[Request, ...]
    days: int  # the longest

    @property
    def count(self) -> int:
        return len(self.requests)


def overdue(access: Access) -> QuerySet[Request]:
    """The authority's day has passed and it has not answered; the longest first."""
    return requests(access).filter(state__in=WAITING, due_on__lt=today()).order_by("due_on", "pk")


def overdue_by_authority(access: Access) -> list[Late]:
    """The same by authority and state, who owes most first. One query."""
    found: dict[tuple[str, str], list[Request]] = {}
    for one in overdue(access)[:LISTED]:
        found.setdefault((str(one.addressee or ""), one.area), []).append(one)
    made = [Late(who, area, tuple(rows), _days(rows)) for (who, area), rows in found.items()]
    return sorted(made, key=lambda one: (-one.count, -one.days, one.addressee, one.area))


def _days(rows: Sequence[Request]) -> int:
    return max((today() - one.due_on).days for one in rows if one.due_on is not None)


def unknown(access: Access) -> QuerySet[Request]:
    """They wait for an answer and nobody knows until when: the deadline stands in no row that names its article."""
    return requests(access).filter(state__in=WAITING, due_on=None).order_by("sent_on", "pk")


def to_move(access: Access) -> QuerySet[Request]:
    """Requests that somebody here must move: overdue, to be asked again, quiet for too long, or graded and left."""
    now = today()
    waits = Q(state__in=WAITING) & (
        Q(due_on__lt=now) | Q(ask_again_on__lte=now) | Q(due_on=None, moved_on__lte=now - QUIET)
    )
    left = Q(state__in=(State.ANSWERED, State.GRADED), moved_on__lte=now - GRADED_QUIET)
    unowned = Q(state=State.DRAFT, organisation=None)
    withheld = Q(public=True, withheld_on__isnull=False)
    rows = requests(access).filter(waits | left | unowned | withheld)
    return rows.order_by("due_on", "ask_again_on", "moved_on", "pk")


def by_when(one: Request, now: date) -> date:
    """The day from which the clock says that it is late."""
    if one.is_withheld and one.withheld_on is not None:
        return one.withheld_on
    days = [day for day in (one.due_on, one.ask_again_on) if day is not None and day <= now]
    if one.state in WAITING and days:
        return max(days) if one.state == State.ESCALATED else min(days)
    return one.moved_on + (QUIET if one.state in WAITING else GRADED_QUIET)
