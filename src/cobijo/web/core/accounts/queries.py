"""Reads of this room: each takes the context of whoever asks."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from cobijo.web.core.access.context import Access
from cobijo.web.core.access.kinds import Kind, kinds
from cobijo.web.core.access.policy import decide, visible
from cobijo.web.core.accounts.models import Account, Holding, Invitation, Organisation, Token

#: Kinds that a key to the API has no business with.
NOT_BY_KEY = frozenset({"token", "account", "holding", "invitation", "break_glass", "event"})
BY_KEY = ("list", "see", "history", "export", "add", "change", "remove", "import", "review")


def organisations(access: Access) -> QuerySet[Organisation]:
    """Those that are open, by name."""
    return visible(access, "organisation", Organisation.objects.filter(active=True)).order_by("name")


def people(access: Access, organisation_id: int) -> QuerySet[Account]:
    """People of an organisation with the roles that they hold now, whoever has left last."""
    held = Holding.objects.filter(ended_at=None).order_by("role")
    rows = visible(access, "account", Account.objects.filter(organisation=organisation_id))
    return rows.prefetch_related(Prefetch("holdings", held, to_attr="held")).order_by(
        "-is_active", "name", "pk"
    )


def person(access: Access, account_id: int) -> Account | None:
    held = Holding.objects.select_related("given_by").order_by("ended_at", "-given_at")
    rows = visible(access, "account", Account.objects.filter(pk=account_id), "see")
    rows = rows.select_related("organisation")
    return rows.prefetch_related(Prefetch("holdings", held, to_attr="all_holdings")).first()


def waiting(access: Access, organisation_id: int) -> QuerySet[Invitation]:
    """Invitations that can still be accepted."""
    rows = Invitation.objects.filter(
        organisation=organisation_id, used_at=None, expires_at__gt=timezone.now()
    )
    return visible(access, "invitation", rows).order_by("expires_at")


def tokens(access: Access) -> QuerySet[Token]:
    """The own keys to the API that work, or worked until lately."""
    rows = Token.objects.filter(account_id=access.account_id, revoked_at=None)
    return visible(access, "token", rows).order_by("expires_at")


def actions_for_keys(access: Access) -> Iterator[tuple[Kind, list[str]]]:
    """What a key of this person could be allowed to do, by kind."""
    for name, kind in kinds().items():
        if name in NOT_BY_KEY:
            continue
        actions = [action for action in BY_KEY if decide(access, action, name)]
        if actions:
            yield kind, actions
