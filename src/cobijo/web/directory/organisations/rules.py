"""What must be so of an organisation, its contacts and its areas of work."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from cobijo.errors import InputProblem, Refused
from cobijo.web.core.access.context import Access
from cobijo.web.core.accounts import rules as accounts
from cobijo.web.core.accounts.models import Holding, Organisation
from cobijo.web.directory.organisations.models import Contact, WorkArea


def check_name_free(name: str, row: int, but: int | None = None) -> None:
    """Two organisations of one name would be taken for one another."""
    others = Organisation.objects.exclude(pk=but) if but is not None else Organisation.objects
    if others.filter(name__iexact=name.strip()).exists():
        raise InputProblem("organisations.name_taken", row=row)


def check_may_close(by: Access, organisations: Collection[Organisation]) -> None:
    """Not the own one, and never the last administrator's."""
    ids = [one.pk for one in organisations]
    if by.organisation_id in ids:
        raise Refused("organisations.close_own")
    held = Holding.objects.filter(account__organisation__in=ids, ended_at=None)
    accounts.check_administrator_stays(list(held.values_list("pk", flat=True)))


def check_contact(by: Access, contact: Contact, row: int) -> None:
    """Reachable, by mail where it is to be asked by mail, and of an open organisation when it is new."""
    if not contact.phone and not contact.email:
        raise InputProblem("organisations.contact_unreachable", row=row)
    if contact.keeps_entries and not contact.email:
        raise InputProblem("organisations.contact_without_mail", row=row)
    same = Contact.objects.filter(
        organisation=contact.organisation_id, post=contact.post, name=contact.name, area=contact.area
    )
    if same.exclude(pk=contact.pk).exists():
        raise InputProblem("organisations.contact_twice", row=row)
    if contact._state.adding and not contact.organisation.active:
        raise InputProblem("organisations.closed", row=row)


def check_work_area(by: Access, work: WorkArea, row: int) -> None:
    """Named, once, and of an open organisation."""
    if not work.area:
        raise InputProblem("organisations.area_missing", row=row)
    if WorkArea.objects.filter(organisation=work.organisation_id, area=work.area).exists():
        raise InputProblem("organisations.area_twice", row=row)
    if not work.organisation.active:
        raise InputProblem("organisations.closed", row=row)


def check_each_once(keys: Iterable[Any], code: str) -> None:
    """No two rows of one table say the same: the database would stop both and name neither."""
    seen: dict[Any, int] = {}
    for row, key in enumerate(keys, 1):
        if key in seen:
            raise InputProblem(code, row=row, other=seen[key])
        seen[key] = row
