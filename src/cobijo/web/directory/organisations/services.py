"""Writes on organisations, contacts and areas of work.

An organisation is made by the accounts room, which gives it its tray, and is never deleted: it closes. It keeps no
version of its own; the number of its last revision is one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cobijo.errors import InputProblem
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import check, visible
from cobijo.web.core.accounts import rules as accounts_rules
from cobijo.web.core.accounts import services as accounts
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.core.reactions import react
from cobijo.web.core.screens import history
from cobijo.web.core.screens.writing import Stale, add_rows, change_rows, remove_rows
from cobijo.web.directory.organisations import queries, rules
from cobijo.web.directory.organisations.models import Contact, WorkArea

FIELDS = frozenset({"code", "name", "kind", "area"})

# --- Organisations -----------------------------------------------------------------------------------------------


@transaction.atomic
def add(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Organisation]:
    """Rows of code, name, kind and, optionally, area."""
    rules.check_each_once((str(row["name"]).casefold() for row in rows), "organisations.name_taken")
    for number, row in enumerate(rows, 1):
        rules.check_name_free(str(row["name"]), number)
    made = accounts.create_organisations(by=by, rows=rows)
    _keep(by, "add", made)
    return made


@transaction.atomic
def change(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Organisation]:
    """Rows of pk, version and the fields to change: code, name, kind, area."""
    changed, names = [], set()
    for number, (row, one) in enumerate(zip(rows, _locked(by, "change", rows), strict=True), 1):
        differing = {name: row[name] for name in FIELDS & row.keys() if getattr(one, name) != row[name]}
        if not differing:
            continue
        if "name" in differing:
            rules.check_name_free(differing["name"], number, one.pk)
        if "code" in differing and Organisation.objects.filter(code=differing["code"]).exists():
            raise InputProblem("accounts.code_taken", row=number)
        for name, value in differing.items():
            setattr(one, name, value)
        try:
            one.clean_fields()
        except ValidationError as wrong:
            field = next(iter(wrong.message_dict))
            raise InputProblem("screens.field_wrong", row=number, field=field) from wrong
        if "kind" in differing:
            accounts_rules.check_kind_for_roles(one, number)
        names |= set(differing)
        changed.append(one)
    _save(by, changed, sorted(names))
    return changed


@transaction.atomic
def close(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Organisation]:
    """Rows of pk and version. Its people can no longer sign in; its services are offered to nobody; all stays."""
    closing = [one for one in _locked(by, "remove", rows) if one.active]
    rules.check_may_close(by, closing)
    return _turn(by, closing, active=False, happening="organisation_closed")


@transaction.atomic
def reopen(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Organisation]:
    """Rows of pk and version: people, services and contacts are there again as they were."""
    opening = [one for one in _locked(by, "remove", rows) if not one.active]
    return _turn(by, opening, active=True, happening="organisation_reopened")


def _turn(by: Access, found: list[Organisation], *, active: bool, happening: str) -> list[Organisation]:
    for one in found:
        one.active = active
    _save(by, found, ["active"])
    if found:
        react(happening, by=by, ids=[one.pk for one in found])
    return found


def _locked(by: Access, action: str, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    """The records, locked, each as the person who started from its version knew it."""
    check(by, action, "organisation")
    ids = [row["pk"] for row in rows]
    seen = visible(by, "organisation", Organisation.objects.filter(pk__in=ids), "see")
    found: dict[int, Any] = {one.pk: one for one in seen.select_for_update(of=("self",))}
    locked = []
    for row in rows:
        one = found.get(int(row["pk"]))
        if one is None:
            raise InputProblem("screens.gone")
        check(by, action, "organisation", one)
        one.version = queries.last_version(one.pk)
        if one.version != int(row["version"]):
            raise Stale("organisation", one, int(row["version"]))
        locked.append(one)
    return locked


def _save(by: Access, changed: Sequence[Any], names: Sequence[str]) -> None:
    if not changed:
        return
    for one in changed:
        if one.version == 0:  # made where no history is kept: what it said before is kept first
            before = Organisation.objects.get(pk=one.pk)
            before.version = 0  # type: ignore[attr-defined]
            history.keep(by=by, action="add", kind="organisation", records=[before])
        one.save(update_fields=list(names))
    _keep(by, "change", changed)
    audit.record(
        "change", "organisation", [one.pk for one in changed], access=by, detail={"fields": list(names)}
    )


def _keep(by: Access, action: str, records: Sequence[Any]) -> None:
    for one in records:
        one.version = getattr(one, "version", 0) + 1
    history.keep(by=by, action=action, kind="organisation", records=records)


# --- Contacts ----------------------------------------------------------------------------------------------------


def add_contacts(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Contact]:
    """Rows of the fields of a contact."""
    keys = (
        (_pk(row.get("organisation")), row.get("post"), row.get("name", ""), row.get("area", ""))
        for row in rows
    )
    rules.check_each_once(keys, "organisations.contact_twice")
    return add_rows(by=by, kind="contact", rows=rows, rule=rules.check_contact)


def change_contacts(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Contact]:
    """Rows of pk, version and the fields to change."""
    return change_rows(by=by, kind="contact", rows=rows, rule=rules.check_contact)


def remove_contacts(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> int:
    """Rows of pk and version."""
    return remove_rows(by=by, kind="contact", rows=rows)


# --- Areas of work -----------------------------------------------------------------------------------------------


def add_work_areas(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[WorkArea]:
    """Rows of organisation and area."""
    keys = ((_pk(row.get("organisation")), row.get("area")) for row in rows)
    rules.check_each_once(keys, "organisations.area_twice")
    return add_rows(by=by, kind="work_area", rows=rows, rule=rules.check_work_area)


def remove_work_areas(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> int:
    """Rows of pk and version."""
    return remove_rows(by=by, kind="work_area", rows=rows)


@transaction.atomic
def set_work_areas(*, by: Access, organisation: Organisation, areas: Collection[str]) -> None:
    """Make the areas of an organisation exactly these; what stays is not touched."""
    mine = WorkArea.objects.filter(organisation=organisation)
    known = {one.area: one for one in visible(by, "work_area", mine)}
    gone = [{"pk": one.pk, "version": one.version} for area, one in known.items() if area not in areas]
    new = [{"organisation": organisation, "area": area} for area in sorted(set(areas) - known.keys())]
    if gone:
        remove_work_areas(by=by, rows=gone)
    if new:
        add_work_areas(by=by, rows=new)


def _pk(organisation: Any) -> Any:
    return getattr(organisation, "pk", organisation)
