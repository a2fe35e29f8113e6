"""Write down what happened, inside the transaction in which it happens: both are there, or neither."""

from __future__ import annotations

import hmac
import json
import logging
import re
import secrets
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.db import DatabaseError, connection
from django.utils import timezone

from cobijo.errors import CobijoError
from cobijo.web.core import prepared
from cobijo.web.core.access.context import Access, current
from cobijo.web.core.audit.keys import Keys, keys
from cobijo.web.core.audit.models import Event

log = logging.getLogger(__name__)
Id = int | str
#: A code, a field name, an id. No spaces: no sentence and no full name ever fits.
CODE = re.compile(r"[A-Za-z0-9_.:+/-]{0,80}")


def record(
    action: str,
    kind: str,
    ids: Collection[Any],
    *,
    access: Access | None = None,
    outcome: str = "done",
    code: str = "",
    detail: Mapping[str, Any] | None = None,
) -> Event:
    """Add one event for one batch. `access` is the current context where none is given.

    `detail` holds codes, field names and counts; anything that could be a sentence or a name raises `ValueError`.
    """
    who = access or current()
    event = Event(
        at=timezone.now(),
        account_id=who.account_id if who else 0,
        organisation_id=who.organisation_id if who else 0,
        via=who.via if who else "web",
        action=_code(action),
        kind=_code(kind),
        ids=[one if isinstance(one, int) else _code(str(one)) for one in ids],
        count=len(ids),
        purpose=_code(who.purpose) if who else "",
        outcome=outcome,
        code=_code(code),
        detail=_harmless(dict(detail or {})),
        nonce=secrets.token_bytes(16),
    )
    if who is not None and who.glass:
        event.detail["glass"] = list(who.grants)
    made = keys()
    event.key_id = made.id
    event.mac = mac(event, made)
    _insert(event)
    return event


_COLUMNS = [field.attname for field in Event._meta.concrete_fields if not field.primary_key]
_INSERT = (
    f"INSERT INTO {Event._meta.db_table} ({', '.join(_COLUMNS)})"  # noqa: S608 - names of our own columns
    f" VALUES ({', '.join(['%s'] * len(_COLUMNS))}) RETURNING id"
)


def _insert(event: Event) -> None:
    values = []
    for name in _COLUMNS:
        value = getattr(event, name)
        if isinstance(value, list | dict):
            value = json.dumps(value)
        elif isinstance(value, datetime):
            value = connection.ops.adapt_datetimefield_value(value)
        values.append(value)
    [event.pk] = prepared.execute(_INSERT, values)


def record_refusal(
    problem: CobijoError,
    *,
    access: Access | None = None,
    action: str = "",
    kind: str = "",
    ids: Collection[Any] = (),
) -> Event | None:
    """Write down a refused attempt. Call it after the refused transaction has been rolled back.

    A refusal stays a refusal where it cannot be written down; then the log says so.
    """
    try:
        return record(
            action or getattr(problem, "action", "") or "unknown",
            kind or getattr(problem, "kind", "") or "unknown",
            ids or getattr(problem, "ids", ()),
            access=access,
            outcome="refused",
            code=problem.code,
        )
    except (DatabaseError, ValueError):
        log.exception("a refusal could not be recorded: %s", problem.code)
        return None


def put_on_record(
    problem: CobijoError, *, access: Access, action: str, kind: str, ids: Collection[Any] = ()
) -> None:
    """Write down a refused attempt that a page may catch and answer. Call it once what the attempt began is undone.

    Where nobody catches it, the whole transaction is undone and this event with it. So the error carries how it is
    written, and `acting_as` writes it anew after its rollback: over the API and in a job as on a page.
    """
    tried = tuple(ids)
    problem.on_record = partial(record_refusal, problem, access=access, action=action, kind=kind, ids=tried)
    problem.on_record()


def mac(event: Event, made: Keys) -> bytes:
    """The MAC over everything an event says, in one canonical form that both databases give back alike."""
    at = event.at.astimezone(UTC) if isinstance(event.at, datetime) else event.at
    said = [
        at.strftime("%Y-%m-%dT%H:%M:%S.%f"), event.account_id, event.organisation_id, event.via, event.action,
        event.kind, event.ids, event.count, event.purpose, event.outcome, event.code, event.detail,
        event.key_id, bytes(event.nonce).hex(),
    ]  # fmt: skip
    text = json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hmac.digest(made.event, text.encode(), "sha256")


def _code(text: str) -> str:
    if not CODE.fullmatch(text):
        raise ValueError("an event holds codes, field names and counts only")
    return text


def _harmless(detail: Any) -> Any:
    if detail is None or isinstance(detail, bool | int):
        return detail
    if isinstance(detail, str):
        return _code(detail)
    if isinstance(detail, Mapping):
        return {_code(str(name)): _harmless(one) for name, one in detail.items()}
    if isinstance(detail, list | tuple | set | frozenset):
        return [_harmless(one) for one in (sorted(detail) if isinstance(detail, set | frozenset) else detail)]
    raise ValueError("an event holds codes, field names and counts only")
