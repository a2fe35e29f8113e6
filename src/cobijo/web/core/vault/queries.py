"""Reading identities, finding children, and asking across organisations whether one is known."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol
from uuid import UUID

from django.db import connection
from django.utils import timezone

from cobijo.errors import InputProblem, WrongUsage
from cobijo.web.core.access import policy
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.kinds import kinds
from cobijo.web.core.audit.models import Event, Outcome
from cobijo.web.core.audit.services import record
from cobijo.web.core.midnight import midnight
from cobijo.web.core.turns import wait_turn
from cobijo.web.core.vault import blind, ring
from cobijo.web.core.vault.blind import LENGTH
from cobijo.web.core.vault.indexing import search_tokens
from cobijo.web.core.vault.models import BlindToken
from cobijo.web.core.vault.sealing import Condition, unseal_many

FOUND_AT_MOST = 200
TOKENS_READ_AT_MOST = 5_000
#: Every question to `match` has this many tokens, whatever was known, so that its time says nothing.
MATCH_TOKENS = 32
#: Texts of an account; more than a person mistakes in a day, far fewer than it takes to try a list of names.
REFUSED_A_DAY = 5


class HasIdentity(Protocol):
    """A `Sealed` row, or a row of its history that says the same."""

    pk: Any
    key_id: UUID
    sealed: bytes | memoryview

    def place(self) -> str: ...


@dataclass(frozen=True)
class Identity(Mapping[str, Any]):
    """What one row says of who it is: a mapping of the fields asked for; empty unless `condition` is "open".

    Its text form never shows a value, so that no traceback and no log does.
    """

    pk: Any
    condition: Condition
    values_: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def __getitem__(self, name: str) -> Any:
        return self.values_[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_)

    def __len__(self) -> int:
        return len(self.values_)


def identities(
    access: Access, rows: Sequence[HasIdentity], *, fields: Collection[str], purpose: str, kind: str = ""
) -> list[Identity]:
    """The identities of a page of rows, in their order, and one audit event for all that were shown.

    Raises `Forbidden` where one row's identity is not for this person and purpose: queries give scoped rows, so that
    is a bug or an attack and nothing of the page is shown. `kind` is the registered kind; found by the rows' model if
    empty. Fields that the policy hides are left out.
    """
    if not purpose:
        raise WrongUsage("vault.purpose_missing")
    if not rows:
        return []
    asked = replace(access, purpose=purpose)
    name = kind or _kind_of(type(rows[0]))
    deciding = policy.Deciding(asked, "see_identity", name)
    allowed = [deciding.check(row).fields for row in rows]
    opened = unseal_many((row.key_id, row.place(), row.sealed) for row in rows)
    found = []
    for row, one, may in zip(rows, opened, allowed, strict=True):
        plain = one.plain if isinstance(one.plain, dict) else {}
        shown = {n: plain[n] for n in fields if n in plain and (may is None or n in may)}
        found.append(Identity(row.pk, one.condition, shown))
    seen = [one.pk for one in found if one.condition == "open"]
    altered = [one.pk for one in found if one.condition == "altered"]
    if seen:
        record("see_identity", name, seen, access=asked, detail={"fields": sorted(fields)})
    if altered:
        record("see_identity", name, altered, access=asked, outcome="refused", code="vault.altered")
    return found


def find(access: Access, purpose: str, *, kind: str, limit: int = FOUND_AT_MOST, **known: Any) -> list[int]:
    """Ids of records within the person's reach that fit what is known of a child, best first; no identity is read.

    `purpose` names the index ("search"), `known` is what `blind.forms` takes: name, given, surname1, surname2,
    birth_year, official_id. One known thing alone (a surname) finds nothing, by design.
    """
    policy.check(access, "list", kind)
    weights = search_tokens(purpose, **known)
    if not weights:
        return []
    scopes = {*access.scopes, *(one.scope_id for one in access.glass)}
    rows = BlindToken.objects.filter(
        token__in=list(weights), kind=kind, purpose=purpose, scope_id__in=scopes
    ).values_list("record_id", "token", "scope_id")[:TOKENS_READ_AT_MOST]
    under_glass = {(one.record_id, one.scope_id) for one in access.glass if one.kind == kind}
    score: dict[int, int] = {}
    for record_id, token, scope_id in rows:
        if scope_id in access.scopes or (record_id, scope_id) in under_glass:
            score[record_id] = score.get(record_id, 0) + weights[bytes(token)]
    return sorted(score, key=lambda one: (-score[one], one))[:limit]


def match(access: Access, purpose: str, **known: Any) -> bool:
    """Whether a child of whom this is known stands in any organisation's index of this purpose: yes or no, never who.

    The caller has checked the sharing agreement and the rate, and gives the person the same answer either way. On
    PostgreSQL only the database's own function can see across scopes. The event says that it was asked, not the answer.
    """
    listed = list(search_tokens(purpose, **known))[:MATCH_TOKENS]
    listed += [secrets.token_bytes(LENGTH) for _ in range(MATCH_TOKENS - len(listed))]
    answer = _stands(purpose, listed)
    record("match", "vault", [], access=access, detail={"index": purpose})
    return answer


def any_known(access: Access, purpose: str, forms: Iterable[tuple[str, str, str]]) -> bool:
    """Whether any of many forms (see `blind`) stands in any organisation's index: for a text that must name no child.

    Yes or no for the whole text, never which word. The event says that a text was looked at, not the answer.

    Whoever writes learns the answer, since a known text is not kept. So an account whose texts were refused
    `REFUSED_A_DAY` times today gets no answer until tomorrow, known or not. The caller puts each refusal on record as
    a refused "match" of "vault" (see `requests.identity`): that is what is counted, and it does not say why.

    What remains: up to that many names a day and account can be found out to be in some index, and a text that is
    kept says that none of its names is, without limit. It does not say in whose index, nor of which child; every
    text that was looked at is in the audit, and what was kept stays readable in the history.
    """
    if refused_today(access) >= REFUSED_A_DAY:
        raise InputProblem("vault.texts_spent", most=REFUSED_A_DAY)
    listed = list(forms)
    tokens = [
        blind.token(blind.purpose_key(one.secret, purpose), form)
        for one in ring.index_secrets()
        for form in listed
    ]
    pieces = (
        tokens[start : start + TOKENS_READ_AT_MOST] for start in range(0, len(tokens), TOKENS_READ_AT_MOST)
    )
    answers = [_stands(purpose, piece) for piece in pieces]  # all of them, so that the time says nothing
    answer = any(answers)
    record("match", "vault", [], access=access, detail={"index": purpose, "of": "text"})
    return answer


def refused_today(access: Access) -> int:
    """How many texts of this account were refused since midnight.

    On PostgreSQL the account's texts are looked at one after the other, so that many at once do not slip through.
    """
    wait_turn("vault.texts", access.account_id)
    today = midnight(timezone.localdate())
    refused = Event.objects.filter(account_id=access.account_id, at__gte=today, outcome=Outcome.REFUSED)
    return refused.filter(action="match", kind="vault").count()


def _stands(purpose: str, tokens: list[bytes]) -> bool:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT vault_match(%s, %s::bytea[])", [purpose, tokens])
            return bool(cursor.fetchone()[0])
    return BlindToken.objects.filter(token__in=tokens, purpose=purpose).count() > 0


def _kind_of(model: type[Any]) -> str:
    """The registered kind of a model; an unregistered one has no name and is refused by the policy."""
    return next((name for name, kind in kinds().items() if kind.model is model), "")
