"""Two people edited one record: both versions field by field, the sealed ones too, for the page of a `Stale` edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cobijo.web.care.children import sheets
from cobijo.web.core.access.context import Access
from cobijo.web.core.screens import history
from cobijo.web.core.screens.writing import Stale
from cobijo.web.core.vault.queries import identities


@dataclass(frozen=True)
class Both:
    """A field on which two versions differ. `pick`: what a page may propose, "mine" or "theirs"; "": it must ask."""

    name: str
    before: Any
    theirs: Any
    mine: Any
    pick: str
    careful: bool


def both(access: Access, stale: Stale, mine: Mapping[str, Any], *, purpose: str) -> tuple[Both, ...]:
    """What the page of a stale edit shows. `mine`: the fields as the person sent them; audited as a reading.

    Nothing is proposed for a careful field (risk, consent, safety, status, guardian, …): the person must say. Whoever
    answers sends the row again with the version of `stale.record` and every field they chose.
    """
    record, kind = stale.record, str(stale.params["kind"])
    sheet = sheets.sheet_of(kind)
    now = _said(access, kind, record, history.snapshot(record), purpose)
    before = _before(access, kind, record, stale.started_from, purpose)
    found = []
    for name, value in mine.items():
        if name in {"pk", "version"}:
            continue
        own = value.isoformat() if hasattr(value, "isoformat") else value
        theirs = now.get(name)
        if own == theirs or (own in ("", None, []) and theirs in ("", None, [])):
            continue
        careful = name in sheet.careful
        pick = "" if careful or before is None else _pick(before.get(name), theirs, own)
        found.append(Both(name, before.get(name) if before else None, theirs, own, pick, careful))
    return tuple(found)


def _pick(before: Any, theirs: Any, mine: Any) -> str:
    """Where one side only changed a field, its version is proposed."""
    if mine == before:
        return "theirs"
    return "mine" if theirs == before else ""


def _said(access: Access, kind: str, record: Any, plain: Mapping[str, Any], purpose: str) -> dict[str, Any]:
    sealed = identities(
        access, [record], fields=tuple(sheets.sheet_of(kind).sealed), purpose=purpose, kind=kind
    )[0]
    return {**plain, **sealed}


def _before(access: Access, kind: str, record: Any, number: int, purpose: str) -> dict[str, Any] | None:
    """What the record said in the version that the person started from, where it is kept."""
    rows: Any = history.table_of(kind)._default_manager  # lies where the record lies
    revision = rows.filter(kind=kind, record_id=record.pk, number=number, scope_id=record.scope_id).first()
    if revision is None:
        return None
    return _said(access, kind, revision, revision.values, purpose)
