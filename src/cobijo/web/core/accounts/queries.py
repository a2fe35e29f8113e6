"""Reads of this room: each takes the context of whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import decide, visible
from cobijo.web.core.accounts.models import Account, Holding, Invitation, Organisation, Token


class ByKey(NamedTuple):
    """What a key could do with one register."""

    section: str
    title: str
    kind: str
    actions: tuple[str, ...]


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


def actions_for_keys(access: Access) -> Iterator[ByKey]:
    """What a key of this person could be allowed to do: what the API answers to, and no more."""
    from cobijo.web.core.screens.register import registers

    for one in registers().values():
        answered = {
            "list": True, "see": True, "history": one.change,
            "add": one.add, "change": one.change, "remove": one.remove,
        }  # fmt: skip
        actions = tuple(name for name, there in answered.items() if there and decide(access, name, one.kind))
        if actions:
            yield ByKey(str(one.section), str(one.title), one.kind, actions)
