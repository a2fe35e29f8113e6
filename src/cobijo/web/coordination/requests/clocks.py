"""What is due in this room: authorities that do not answer, and requests that nobody here moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone

from cobijo.errors import Param
from cobijo.web.coordination.groups.rules import today
from cobijo.web.coordination.requests import queries, services
from cobijo.web.coordination.requests.choices import WAITING, State
from cobijo.web.coordination.requests.models import Request
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.access.policy import decide
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.audit.models import Event, Outcome
from cobijo.web.core.screens.clocks import Due
from cobijo.web.core.vault import sealing
from cobijo.web.core.vault.queries import REFUSED_A_DAY

NAMED = 30
LATELY = timedelta(days=7)
EVERY = 600  # seconds between two turns of the worker's clock
AT_ONCE = 200  # requests of one turn; 30 ms each


def due(access: Access) -> Iterator[Due]:
    """One query. Whoever may change requests sees them: the own organisation's, or the country's."""
    if not decide(access, "change", "request"):
        return
    now = today()
    for one in queries.to_move(access)[:NAMED]:
        if not decide(access, "change", "request", one):
            continue
        url = reverse("request:detail", args=[one.pk])
        params: dict[str, Param] = {
            "title": one.title,
            "who": str(one.addressee or ""),
            "number": one.pk,
        }
        when = queries.by_when(one, now)
        yield Due(_code(one), params, url, when, "urgent" if one.is_overdue or one.is_withheld else "usual")


def _code(one: Request) -> str:
    if one.is_withheld:
        return "requests.hide"
    if one.state == State.DRAFT:
        return "requests.take_up"
    if one.is_overdue and one.state != State.ESCALATED:
        return "requests.overdue"
    return "requests.ask_again" if one.state in WAITING else "requests.nobody_moves"


def look_again() -> int:
    """By the worker's clock: a child may have become known since a public request was written. How many were looked at.

    Each in a transaction of its own, as the site itself. While the vault is locked nobody can look, and no child
    becomes known either; after `opening.LOOKED_WITHIN` nobody reads them until it is open again.
    """
    if not sealing.is_open():
        return 0
    ids = list(queries.to_look_at().values_list("pk", flat=True)[:AT_ONCE])
    for pk in ids:
        with acting_as_system("public_requests") as by:
            services.look_at(by=by, ids=[pk])
    return len(ids)


def many_texts(access: Access) -> Iterator[Due]:
    """Who was refused many texts of a week, for auditors and, of the own organisation, for supervisors.

    One query; the names only where there is somebody. It cannot say whether a child was known: no event says it.
    """
    since = timezone.now() - LATELY
    refused = Event.objects.filter(action="match", kind="vault", outcome=Outcome.REFUSED, at__gte=since)
    if not decide(access, "list", "event"):
        if Role.SUPERVISOR not in access.roles:
            return
        refused = refused.filter(organisation_id=access.organisation_id)
    per_account = refused.order_by().values("account_id").annotate(many=Count("pk"), last=Max("at"))
    found = dict(per_account.filter(many__gte=REFUSED_A_DAY).values_list("account_id", "last")[:NAMED])
    names = dict(Account.objects.filter(pk__in=found).values_list("pk", "name")) if found else {}
    for account, last in found.items():
        who = {"who": names.get(account, str(account))}
        yield Due("requests.many_texts", who, "", timezone.localdate(last), "urgent")
