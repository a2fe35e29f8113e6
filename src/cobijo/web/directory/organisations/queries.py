"""Organisations, the people to ask there, where they work: what each person may see of it."""

from __future__ import annotations

from typing import Any

from django.db.models import IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import visible
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.core.screens.models import Revision
from cobijo.web.directory.organisations.models import Contact, WorkArea


def organisations(access: Access) -> QuerySet[Organisation]:
    """Those that may be listed, the closed ones too, each with its version."""
    return visible(access, "organisation", Organisation.objects.annotate(version=_version()))


def contacts(access: Access) -> QuerySet[Contact]:
    """The whole of the own ones; of others, those that are marked public."""
    rows = Contact.objects.select_related("organisation")
    whole = visible(access, "contact", Contact.objects.all(), whole=True)
    return visible(access, "contact", rows).filter(Q(public=True) | Q(pk__in=whole.order_by().values("pk")))


def work_areas(access: Access) -> QuerySet[WorkArea]:
    return visible(access, "work_area", WorkArea.objects.select_related("organisation"))


def asked_at(organisation_id: int) -> Contact | None:
    """Whom the system asks whether the entries are right: who keeps them, else who is public, else anybody."""
    rows = Contact.objects.filter(organisation_id=organisation_id).exclude(email="")
    return rows.order_by("-keeps_entries", "-public", "pk").first()


def last_version(organisation_id: int) -> int:
    """The number of the last revision; 0 where the organisation was never edited here."""
    rows = Revision.objects.filter(kind="organisation", record_id=organisation_id)
    return int(rows.aggregate(last=Max("number"))["last"] or 0)


def _version() -> Any:
    rows = Revision.objects.filter(kind="organisation", record_id=OuterRef("pk")).order_by("-number")
    return Coalesce(Subquery(rows.values("number")[:1], output_field=IntegerField()), Value(0))
