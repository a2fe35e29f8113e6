"""Concerns: somebody notices, a desk takes it up. Whoever only noticed gets a slip with a code, and reads no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.children import services
from cobijo.web.care.children.models import Child, Concern, ConcernState, SetAside
from cobijo.web.care.children.rules import agreement_between, check_concern, check_not_erased
from cobijo.web.care.children.taking_up import waits_at
from cobijo.web.care.children.writing import (
    add_sealed,
    attempt,
    body_of,
    fresh,
    locked,
    own_desk,
    save,
)
from cobijo.web.core.access.context import Access, acting_as_system, handing_to
from cobijo.web.core.access.policy import check
from cobijo.web.core.access.scopes import desk_of
from cobijo.web.core.accounts.models import Account, Organisation, OrganisationKind
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.reactions import react
from cobijo.web.core.vault import indexing
from cobijo.web.core.vault.sealing import seal_rows
from cobijo.web.core.vault.services import destroy_keys

#: Of a concern's sealed part, what a child's takes over.
WHO = (
    "chosen_name", "given", "surname1", "surname2", "birth_date", "official_id", "contact", "safe_contact", "language",
)  # fmt: skip


@dataclass(frozen=True)
class Slip:
    """What whoever noticed takes along: a code, who has it now, when. Nothing of what was written."""

    code: str
    handed_to: str
    at: datetime


def notice(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Slip]:
    """Write down concerns. Rows of the fields of a concern and, optionally, `to` (an organisation).

    Without `to`, it lies on the own desk of whoever has one, else where somebody of the own organisation takes it up.
    Another organisation's tray takes it under an active agreement, or where the law's duty to report (`duty`) is met at
    a child protection office. Where nobody would see it, it is not taken (`taking_up`).
    """
    check(by, "add", "concern")
    own = Organisation.objects.get(pk=by.organisation_id)
    with attempt(by, "add", "concern"), ExitStack() as stack:
        placed, names = [], []
        drops: set[int] = set()
        for row in rows:
            rest: dict[str, Any] = {"organisation_id": own.pk, "noticed_on": timezone.localdate(), **row}
            to = rest.pop("to", None) or own
            _check_recipient(own, to, str(rest.get("duty", "")))
            if to.pk == own.pk and by.roles & {Role.CASEWORKER, Role.SUPERVISOR}:
                rest["scope_id"] = own_desk(by)
            else:
                rest["scope_id"] = _waits_at(to, own=to.pk == own.pk)
                drops.add(rest["scope_id"])
            names.append(to.name)
            placed.append(rest)
        wider = stack.enter_context(handing_to(*sorted(drops))) if drops else by
        made = add_sealed(by=wider, kind="concern", rows=placed, rule=check_concern)
        react("concern_noticed", by=wider, concerns=made)
        return [Slip(one.code, name, one.made_at) for one, name in zip(made, names, strict=True)]


def assign_concerns(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Concern]:
    """Put concerns on a colleague's desk: rows of pk and account, of the own organisation."""
    ids = [row["pk"] for row in rows]
    with attempt(by, "assign", "concern", ids):
        found = locked(by, "concern", ids)
        desks = {int(row["pk"]): desk_of(check_worker(by, row["account"])).pk for row in rows}
        for concern in found.values():
            _check_waiting(concern)
        # Whoever works from the tray does not reach the desk, so the move itself is the system's.
        both = {*desks.values(), *(one.scope_id for one in found.values())}
        with acting_as_system("assign", scopes=both):
            for concern in found.values():
                concern.scope_id = desks[concern.pk]
                indexing.move_tokens("concern", [concern], concern.scope_id)
            save(by, "concern", list(found.values()), ["scope"], event="assign")
        return list(found.values())


def join(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Concern]:
    """Join concerns to a child on whose record the person may write: rows of pk, version and child.

    The concern is sealed anew with the child's key, lies where the child lies, and its own key is destroyed.
    """
    ids = [row["pk"] for row in rows]
    with attempt(by, "change", "concern", ids):
        found = locked(by, "concern", ids)
        former = []
        for row in rows:
            concern, child = found[int(row["pk"])], row["child"]
            fresh("concern", concern, row)
            _check_waiting(concern)
            check_not_erased(child)
            check(by, "change", "child", child)
            former.append(concern.key_id)
            _join(by, concern, child)
        save(by, "concern", list(found.values()), ["child", "state"], event="join")
        destroy_keys(by=by, ids=former, reason="joined")
        return list(found.values())


def take(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Child]:
    """Register a child from each concern and join it: rows of pk, version and any field of a child, which goes first.

    As `services.register`, it searches before it creates.
    """
    ids = [row["pk"] for row in rows]
    with attempt(by, "change", "concern", ids):
        found = locked(by, "concern", ids)
        children = []
        for row in rows:
            concern = found[int(row["pk"])]
            fresh("concern", concern, row)
            _check_waiting(concern)
            body = body_of(concern)
            said = {name: body[name] for name in WHO if name in body}
            given = {name: value for name, value in row.items() if name not in {"pk", "version"}}
            if "birth_date" in said | given and "age_known" not in given:
                given["age_known"] = "estimated"
            children += services.register(by=by, rows=[said | given])
        join(
            by=by,
            rows=[{"pk": row["pk"], "child": child} for row, child in zip(rows, children, strict=True)],
        )
        return children


def set_aside(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Concern]:
    """Close concerns that lead to no child here: rows of pk, version and reason (`SetAside`)."""
    ids = [row["pk"] for row in rows]
    with attempt(by, "set_aside", "concern", ids):
        found = locked(by, "concern", ids)
        for number, row in enumerate(rows, 1):
            concern = found[int(row["pk"])]
            fresh("concern", concern, row)
            _check_waiting(concern)
            if row["reason"] not in SetAside.values:
                raise InputProblem("screens.field_wrong", row=number, field="reason")
            concern.state, concern.aside = ConcernState.SET_ASIDE, row["reason"]
            concern.taken_by_id, concern.taken_at = by.by_id, timezone.now()
        save(by, "concern", list(found.values()), ["state", "aside"], event="set_aside")
        return list(found.values())


def check_worker(by: Access, account: Account) -> Account:
    """An active person of the own organisation with a desk: who is handed a child's record must be able to open it."""
    works = account.holdings.filter(ended_at=None, role__in=(Role.CASEWORKER, Role.SUPERVISOR)).exists()
    if account.organisation_id != by.organisation_id or not account.is_active or not works:
        raise InputProblem("children.no_desk")
    return account


def _check_recipient(own: Organisation, to: Organisation, duty: str) -> None:
    if to.pk == own.pk:
        return
    by_duty = bool(duty) and to.kind == OrganisationKind.CHILD_PROTECTION
    if not to.active or not (by_duty or agreement_between(own.pk, to.pk, "concern")):
        raise InputProblem("children.no_agreement")


def _waits_at(to: Organisation, *, own: bool) -> int:
    found = waits_at(to, own=own)
    if found is None:
        raise InputProblem("children.nobody_takes_up", name=to.name)
    return found


def _check_waiting(concern: Concern) -> None:
    if concern.state != ConcernState.WAITING:
        raise InputProblem("children.taken_already", code=concern.code)


def _join(by: Access, concern: Concern, child: Child) -> None:
    body = body_of(concern)
    indexing.remove_tokens("concern", [concern])  # the child has its own
    concern.child, concern.key_id, concern.scope_id = child, child.key_id, child.scope_id
    concern.state, concern.taken_by_id, concern.taken_at = ConcernState.JOINED, by.by_id, timezone.now()
    seal_rows([concern], [body])
