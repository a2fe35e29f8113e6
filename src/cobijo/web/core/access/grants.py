"""Who may do what, as a table to be read aloud: "A supervisor may list, see and review emergency accesses within the
organisation."

Nothing is allowed that does not stand here. For records that lie in scopes (children's), OWN is what lies on the own
desk or with the own team, ORGANISATION is every place of the own organisation, and nothing reaches further.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from cobijo.web.core.accounts.roles import Role

ACTIONS = (
    "list", "see", "see_identity", "add", "change", "remove", "export", "import", "history", "review",
)  # fmt: skip


class Reach(StrEnum):
    OWN = "own"
    ORGANISATION = "organisation"
    AREA = "area"  # the areas of the role; where it is bound to none, the organisation's
    NATIONAL = "national"


class Grant(NamedTuple):
    action: str
    kind: str
    reach: Reach
    public_only: bool = False


def may(actions: str, kinds: str, within: Reach, *, public_only: bool = False) -> tuple[Grant, ...]:
    """Every one of these actions on every one of these kinds."""
    return tuple(
        Grant(action, kind, within, public_only)
        for kind in kinds.replace(",", " ").split()
        for action in actions.replace(",", " ").split()
    )


OWN, ORGANISATION, AREA, COUNTRY = Reach.OWN, Reach.ORGANISATION, Reach.AREA, Reach.NATIONAL

#: What everybody may who is signed in and holds any role at all.
EVERYBODY = (
    *may("list, see", "organisation, network, membership, coverage", COUNTRY),
    *may("list, see", "service, contact", COUNTRY, public_only=True),
    *may("list, see, export", "service, contact", ORGANISATION),
    *may("see, change", "account", OWN),
    *may("list, see, add, remove", "token, job", OWN),
    *may("list, see", "break_glass", OWN),
)

#: Whoever keeps the directory entries of the own organisation.
KEEPS_OWN_ENTRIES = may("add, change, history", "service, contact", ORGANISATION)

GRANTS: dict[Role, tuple[Grant, ...]] = {
    Role.CASEWORKER: (
        *EVERYBODY,
    ),
    Role.SUPERVISOR: (
        *EVERYBODY,
        *KEEPS_OWN_ENTRIES,
        *may("remove, import", "service, contact", ORGANISATION),
        *may("list, see", "account", ORGANISATION),
        *may("list, see, review, history", "break_glass", ORGANISATION),
        *may("list, see", "job", ORGANISATION),
    ),
    Role.RECEIVING_SERVICE: (
        *EVERYBODY,
        *KEEPS_OWN_ENTRIES,
    ),
    Role.HEALTH_WORKER: (
        *EVERYBODY,
    ),
    Role.ANALYST: (
        *EVERYBODY,
        *may("export", "organisation, network, membership, coverage", COUNTRY),
    ),
    Role.DATA_STEWARD: (
        *EVERYBODY,
        *may("list, see, add, change, export, import, history", "service, contact", AREA),
        *may("add, change, export, import, history", "network, membership, coverage", COUNTRY),
    ),
    Role.COORDINATOR: (
        *EVERYBODY,
        *may("list, see, add, change, remove, export, import, history", "service, contact", AREA),
        *may("add, change, remove, export, import, history", "network, membership, coverage", COUNTRY),
        *may("export, history", "organisation", COUNTRY),
    ),
    Role.PROGRAMME_OFFICER: (
        *EVERYBODY,
        *KEEPS_OWN_ENTRIES,
        *may("export", "coverage", COUNTRY),
    ),
    Role.COMPANY_CONTACT: (
        *EVERYBODY,
        *KEEPS_OWN_ENTRIES,
    ),
    Role.PUBLISHER: (
        *EVERYBODY,
    ),
    Role.AUDITOR: (
        *EVERYBODY,
        *may("list, see, export", "event", COUNTRY),
        *may("list, see, history", "account, holding, invitation, break_glass, token", COUNTRY),
        *may("history", "organisation, service, contact, network, membership", COUNTRY),
        *may("list, see", "job", COUNTRY),
    ),
    Role.ADMINISTRATOR: (
        *EVERYBODY,
        *may("add, change, remove, export, import, history", "organisation", COUNTRY),
        *may("list, see, add, change, remove, export, history", "account, holding, invitation", COUNTRY),
        *may("list, see, remove", "token", COUNTRY),
        *may("list, see, remove", "job", COUNTRY),
    ),
}  # fmt: skip


@cache
def _index() -> dict[tuple[Role, str, str], tuple[Grant, ...]]:
    index: dict[tuple[Role, str, str], tuple[Grant, ...]] = {}
    for role, grants in GRANTS.items():
        for one in grants:
            if one.action not in ACTIONS:
                raise ValueError(f"{role}: no such action: {one.action}")
            key = (role, one.action, one.kind)
            index[key] = (*index.get(key, ()), one)
    return index


def granted(role: Role, action: str, kind: str) -> tuple[Grant, ...]:
    """The rows of the table for one role, action and kind."""
    return _index().get((role, action, kind), ())


@contextmanager
def granting(extra: dict[Role, tuple[Grant, ...]]) -> Iterator[None]:
    """For tests with a kind of their own: more rows for a while."""
    before = dict(GRANTS)
    for role, grants in extra.items():
        GRANTS[role] = (*GRANTS[role], *grants)
    _index.cache_clear()
    try:
        yield
    finally:
        GRANTS.clear()
        GRANTS.update(before)
        _index.cache_clear()
