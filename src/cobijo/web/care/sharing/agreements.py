"""Agreements between two organisations: proposed by one, signed by both, ended by either."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.children.writing import attempt, fresh
from cobijo.web.care.sharing.fields import BY_CODE, GROUPS
from cobijo.web.care.sharing.models import SharingAgreement, Signature
from cobijo.web.care.sharing.recipients import HELPS, is_never, is_prosecutor
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import check, decide, visible
from cobijo.web.core.reactions import react
from cobijo.web.core.screens.writing import add_rows, change_rows

PURPOSES = ("referral", "transfer", "concern", "search", "records")


def add(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[SharingAgreement]:
    """Propose agreements of the own organisation with another. None counts before both have signed."""
    with attempt(by, "add", "agreement"):
        return add_rows(by=by, kind="agreement", rows=rows, rule=check_agreement_row)


def change(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[SharingAgreement]:
    """Rows of pk, version and the fields to change; refused once anybody has signed."""
    with attempt(by, "change", "agreement", [row["pk"] for row in rows]):
        return change_rows(by=by, kind="agreement", rows=rows, rule=check_agreement_row)


def sign(*, by: Access, ids: Collection[int], read: Mapping[int, int] | None = None) -> list[Signature]:
    """Sign for the own organisation, as the agreements stand now.

    `read`: by id, the version whose terms the person read. Nobody signs what was put in their place meanwhile.
    """
    made = []
    with attempt(by, "sign", "agreement", ids):
        for one in SharingAgreement.objects.select_for_update().filter(pk__in=ids).order_by("pk"):
            if by.organisation_id not in (one.organisation_id, one.other_id):
                raise InputProblem("sharing.not_a_party")
            signature = Signature(agreement=one, organisation_id=by.organisation_id, by_id=by.account_id)
            check(by, "add", "signature", signature)
            if one.ended_at is not None or one.ends_on < timezone.localdate():
                raise InputProblem("sharing.agreement_over")
            if by.organisation_id in one.signed_by():
                raise InputProblem("sharing.signed_already")
            if read is not None:
                fresh("agreement", one, {"version": read.get(one.pk, 0)})
            signature.save()
            made.append(signature)
        audit.record("sign", "agreement", sorted(ids), access=by)
    return made


def end(*, by: Access, ids: Collection[int]) -> int:
    """End agreements before their last day: nothing new is shared under them; what was shared stays."""
    with attempt(by, "end", "agreement", ids):
        for one in SharingAgreement.objects.select_for_update().filter(pk__in=ids).order_by("pk"):
            if by.organisation_id not in (one.organisation_id, one.other_id):
                raise InputProblem("sharing.not_a_party")
            check(by, "add", "signature", Signature(agreement=one, organisation_id=by.organisation_id))
            if one.ended_at is None:
                one.ended_at = timezone.now()
                one.version += 1
                one.changed_by_id = by.by_id
                one.save(update_fields=["ended_at", "version", "changed_by", "changed_at"])
        audit.record("end", "agreement", sorted(ids), access=by)
        react("agreement_ended", by=by, ids=list(ids))
    return len(ids)


def agreements(access: Access) -> QuerySet[SharingAgreement]:
    """The agreements that may be listed."""
    rows = SharingAgreement.objects.select_related("organisation", "other").prefetch_related("signatures")
    return visible(access, "agreement", rows)


def unsigned(access: Access) -> QuerySet[SharingAgreement]:
    """Those that wait for the own organisation's signature, for whoever may sign."""
    mine = Q(organisation_id=access.organisation_id) | Q(other_id=access.organisation_id)
    rows = agreements(access).filter(mine, ended_at=None, ends_on__gte=timezone.localdate())
    return rows.exclude(signatures__organisation_id=access.organisation_id).order_by("pk")


def to_sign(access: Access) -> list[SharingAgreement]:
    """The same, for a page."""
    return list(unsigned(access)[:50]) if decide(access, "add", "signature") else []


def active(organisation_id: int, other_id: int | None, purpose: str) -> QuerySet[SharingAgreement]:
    """The agreements that count today between two (or of one with anybody), for a purpose. Unknown purposes: none."""
    if purpose not in PURPOSES:
        return SharingAgreement.objects.none()
    today = timezone.localdate()
    either = Q(organisation_id=organisation_id) | Q(other_id=organisation_id)
    if other_id is not None:
        either = Q(organisation_id=organisation_id, other_id=other_id) | Q(
            organisation_id=other_id, other_id=organisation_id
        )
    rows = SharingAgreement.objects.filter(
        either, ended_at=None, starts_on__lte=today, ends_on__gte=today, **{f"for_{purpose}": True}
    )
    parties = Q(organisation__active=True, other__active=True)
    parties &= Q(organisation__kind__in=HELPS, other__kind__in=HELPS)
    return rows.filter(parties).annotate(signed=Count("signatures")).filter(signed=2)


def covers(organisation_id: int, other_id: int | None, purpose: str) -> bool:
    """Fills the door `children.rules.agreement_between`."""
    return active(organisation_id, other_id, purpose).exists()


def check_fields_agreed(organisation_id: int, other_id: int, purpose: str, fields: Collection[str]) -> None:
    """An active agreement that names every group of these fields. Within one organisation none is needed."""
    if organisation_id == other_id:
        return
    rows = list(active(organisation_id, other_id, purpose))
    if not rows:
        raise InputProblem("children.no_agreement")
    groups = {BY_CODE[one].group for one in fields}
    if not any(all(getattr(row, f"share_{group}") for group in groups) for row in rows):
        allowed = {one.code for one in GROUPS if any(getattr(row, f"share_{one.code}") for row in rows)}
        missing = [str(one.title) for one in GROUPS if one.code in groups - allowed]
        raise InputProblem("sharing.fields_not_agreed", fields=", ".join(missing) or "?")


def check_agreement_row(by: Access, agreement: SharingAgreement, row: int) -> None:
    """Two parties, a purpose, a group of fields, days in order, nothing signed yet."""
    if agreement.organisation_id == agreement.other_id:
        raise InputProblem("sharing.agreement_with_oneself", row=row)
    for party in (agreement.organisation, agreement.other):
        if is_never(party):
            raise InputProblem("sharing.never_police", name=party.name)
        if is_prosecutor(party):
            raise InputProblem("sharing.prosecutor_by_law", name=party.name)
    if agreement.starts_on > agreement.ends_on:
        raise InputProblem("sharing.days_in_order", row=row)
    if not any(getattr(agreement, f"for_{one}") for one in PURPOSES):
        raise InputProblem("sharing.purpose_missing", row=row)
    if not any(getattr(agreement, f"share_{one.code}") for one in GROUPS):
        raise InputProblem("sharing.no_fields", row=row)
    if agreement.pk is not None and Signature.objects.filter(agreement=agreement.pk).exists():
        raise InputProblem("sharing.signed_as_it_stands", row=row)
