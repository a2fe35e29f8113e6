"""Entries that verify themselves: a link by e-mail, signed, for a while, for one answer, without an account.

Whoever holds the link sees what other organisations see of the entry, never more, and the system writes the answer.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.access.policy import check
from cobijo.web.core.screens.writing import change_rows
from cobijo.web.directory.organisations.models import Contact
from cobijo.web.directory.organisations.queries import asked_at
from cobijo.web.directory.services.models import Answer, Service, VerifyLink
from cobijo.web.directory.services.rules import check_askable, check_service

LINK_LASTS = timedelta(days=14)
#: What may be corrected by a link: nothing by which a child could be led to another place.
CORRECTED = ("capacity", "hours", "phone")
_signer = Signer(salt="cobijo.directory.verify", sep=".")


class Asked(NamedTuple):
    """A link, its secret for the e-mail and for nowhere else, and whom it goes to."""

    link: VerifyLink
    secret: str
    to: Contact


@transaction.atomic
def ask(*, by: Access, services: Collection[Service]) -> list[Asked]:
    """A link for each entry. An earlier one of the same entry stops working."""
    check(by, "change", "service")
    now = timezone.now()
    made = []
    for one in services:
        check(by, "change", "service", one)
        check_askable(one, now)
        to = asked_at(one.organisation_id)
        if to is None:
            raise InputProblem("services.nobody_to_ask", organisation=one.organisation.name)
        VerifyLink.objects.filter(service=one, used_at=None, expires_at__gt=now).update(expires_at=now)
        secret = _signer.sign(secrets.token_urlsafe(32))
        link = VerifyLink.objects.create(
            service=one, secret_hash=_hash(secret), by_id=by.by_id, expires_at=now + LINK_LASTS
        )
        made.append(Asked(link, secret, to))
    ids = [one.link.service_id for one in made]
    audit.record("ask_to_verify", "service", ids, access=by, detail={"links": [one.link.pk for one in made]})
    return made


def find(secret: str) -> VerifyLink:
    """The link of a secret that works now. Wrong, forged, expired, used, or the entry is gone: one and the same."""
    try:
        _signer.unsign(secret)
    except BadSignature:
        raise InputProblem("services.link_closed") from None
    rows = VerifyLink.objects.select_related("service__organisation").filter(
        secret_hash=_hash(secret), used_at=None, expires_at__gt=timezone.now()
    )
    found = rows.filter(service__ended_on=None, service__organisation__active=True).first()
    if found is None:
        raise InputProblem("services.link_closed")
    return found


def answer(*, secret: str, version: int, said: str, corrected: Mapping[str, Any] | None = None) -> Service:
    """Write what the link's holder says, once: of two who send at the same moment, one finds it closed.

    Raises `Stale` where somebody edited the entry while the page stood open; the link works on then.
    """
    with acting_as_system("verify_link") as system:
        link = find(secret)
        today, now = timezone.localdate(), timezone.now()
        if said not in Answer.values:
            raise InputProblem("services.answer_missing")
        open_ = VerifyLink.objects.filter(pk=link.pk, used_at=None, expires_at__gt=now)
        if not open_.update(used_at=now, answer=said):
            raise InputProblem("services.link_closed")
        row: dict[str, Any] = {"verified_on": today, "verified_by_id": None}
        if said == Answer.ENDED:
            row["ended_on"] = today
        elif said == Answer.CORRECTED:
            row |= {name: value for name, value in (corrected or {}).items() if name in CORRECTED}
            if "capacity" in row:
                row["capacity_on"] = today if row["capacity"] is not None else None
        change_rows(
            by=system,
            kind="service",
            rows=[{"pk": link.service_id, "version": version, **row}],
            rule=check_service,
        )
        audit.record(
            "verify", "service", [link.service_id], access=system, detail={"link": link.pk, "answer": said}
        )
    return link.service


def _hash(secret: str) -> bytes:
    """256 random bits: there is nothing to guess, one round is enough."""
    return sha256(secret.encode()).digest()
