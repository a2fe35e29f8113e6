"""Codes of twenty digits: four to find them by, sixteen drawn by chance and hashed. Wrong tries are counted on them.

A packet's code locks for good at the fifth wrong try; a child's for a day, so that nobody can shut a child out by
typing, and five tries a day against 10^16 are nothing. The digits are shown once, to whoever makes them.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.children.models import AgeKnown, Child
from cobijo.web.care.children.rules import age_on, born_on, check_not_erased
from cobijo.web.care.children.writing import attempt, body_of
from cobijo.web.care.pack import load_care_tables
from cobijo.web.care.sharing.models import Code, Packet
from cobijo.web.care.sharing.models.codes import CodeKind
from cobijo.web.core import audit, country
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import check

LOCATOR, SECRET = 4, 16
TRIES = 5
LOCKED = timedelta(days=1)
PAGE_LASTS, PACKET_LASTS = timedelta(days=90), timedelta(days=7)
#: What a caseworker makes sure of before a child gets a code; all of it, or there is none.
SAFETY = ("asked_alone", "wants_it", "can_keep_it", "nobody_reads_along", "knows_to_leave", "given_to_child")
FOREVER = timedelta(days=36_500)


def grouped(code: str) -> str:
    """
    >>> grouped("12345678901234567890")
    '1234 5678 9012 3456 7890'
    """
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def give_page_code(*, by: Access, child: Child, safety: list[str]) -> str:
    """A code to the child's own page, after the safety check; an earlier one stops working. Returns the digits."""
    with attempt(by, "give_code", "child", [child.pk]):
        check(by, "change", "child", child)
        check_not_erased(child)
        if set(safety) != set(SAFETY):
            raise InputProblem("sharing.not_safe_yet")
        if _page_rule(child) == "nobody":
            raise InputProblem("sharing.too_young_for_page")
        _revoke(child)
        digits, made = _make(
            CodeKind.PAGE, child.scope_id, PAGE_LASTS, by, child_id=child.pk, safety=sorted(safety)
        )
        audit.record(
            "give_code", "child", [child.pk], access=by, detail={"code": made.pk, "safety": sorted(safety)}
        )
        return digits


def revoke_page_code(*, by: Access, child: Child) -> int:
    """End a child's code at once: it was seen by somebody, or is no longer wanted."""
    with attempt(by, "revoke_code", "child", [child.pk]):
        check(by, "change", "child", child)
        gone = _revoke(child)
        audit.record("revoke_code", "child", [child.pk], access=by, detail={"codes": gone})
        return gone


def page_code(access: Access, child: Child) -> Code | None:
    """The code that a child has now: when it was given, until when, whether it is locked; never its digits."""
    check(access, "see", "child", child)
    return Code.objects.filter(kind=CodeKind.PAGE, child_id=child.pk, revoked_at=None).first()


def packet_code(by: Access, packet: Packet) -> str:
    """For the service that sends to a recipient without an account."""
    return _make(CodeKind.PACKET, packet.scope_id, PACKET_LASTS, by, packet_id=packet.pk)[0]


def find(kind: str, typed: str) -> Code:
    """The code that somebody typed. Wrong, ended, locked: one sentence each, the attempt is counted and audited.

    Called outside of any transaction, so that a wrong try is counted whatever happens next.
    """
    digits = "".join(one for one in typed if one.isascii() and one.isdigit())
    now = timezone.now()
    rows = Code.objects.filter(kind=kind, locator=digits[:LOCATOR], revoked_at=None, expires_at__gt=now)
    found = list(rows.order_by("pk")) if len(digits) == LOCATOR + SECRET else []
    open_ = [one for one in found if one.locked_until is None or one.locked_until <= now]
    if not open_:
        check_password(_pepper(digits), _dummy())  # as long as if there were one
        _refused(kind, [], "sharing.code_locked" if found else "sharing.code_wrong")
    for one in open_:
        counted = Code.objects.filter(pk=one.pk, tries__lt=TRIES)
        if not counted.update(tries=F("tries") + 1):  # counted first, so that many at once are not many tries
            continue
        if check_password(_pepper(digits), one.secret_hash):
            Code.objects.filter(pk__in=[other.pk for other in open_]).update(tries=0, locked_until=None)
            return one
    _lock([one.pk for one in open_], kind)
    _refused(kind, [one.pk for one in open_], "sharing.code_wrong")
    raise AssertionError("refused above")


def still(pk: int) -> Code | None:
    """The page code of a visit that goes on: revoked or run out, it is over at once."""
    rows = Code.objects.filter(pk=pk, kind=CodeKind.PAGE, revoked_at=None, expires_at__gt=timezone.now())
    return rows.first()


def _refused(kind: str, ids: list[int], code: str) -> None:
    problem = InputProblem(code)
    audit.record_refusal(problem, action=f"open_{kind}", kind="code", ids=ids)
    raise problem


def _lock(ids: list[int], kind: str) -> None:
    until = timezone.now() + (LOCKED if kind == CodeKind.PAGE else FOREVER)
    full = Code.objects.filter(pk__in=ids, tries__gte=TRIES)
    if full.update(locked_until=until, tries=0 if kind == CodeKind.PAGE else TRIES):
        audit.record("lock", "code", ids)


@transaction.atomic
def _make(kind: CodeKind, scope_id: int, lasts: timedelta, by: Access, **what: object) -> tuple[str, Code]:
    now = timezone.now()
    locator = _locator(kind)
    secret = "".join(str(secrets.randbelow(10)) for _ in range(SECRET))
    made = Code.objects.create(
        kind=kind, locator=locator, secret_hash=make_password(_pepper(locator + secret)), scope_id=scope_id,
        expires_at=now + lasts, made_by_id=by.by_id, **what,
    )  # fmt: skip
    return locator + secret, made


def _locator(kind: str) -> str:
    """One that is free, where there is one; two codes may share theirs."""
    drawn = [f"{secrets.randbelow(10**LOCATOR):0{LOCATOR}d}" for _ in range(20)]
    live = Code.objects.filter(kind=kind, locator__in=drawn, revoked_at=None, expires_at__gt=timezone.now())
    taken = set(live.values_list("locator", flat=True))
    return next((one for one in drawn if one not in taken), drawn[0])


def _pepper(digits: str) -> str:
    """Without the site's own key, hashes that leaked from the database cannot be tried at all."""
    return hmac.digest(str(settings.SECRET_KEY).encode(), b"cobijo code" + digits.encode(), "sha256").hex()


_nothing: list[str] = []


def _dummy() -> str:
    if not _nothing:
        _nothing.append(make_password("nothing"))
    return _nothing[0]


def _revoke(child: Child) -> int:
    rows = Code.objects.filter(kind=CodeKind.PAGE, child_id=child.pk, revoked_at=None)
    return rows.update(revoked_at=timezone.now())


def _page_rule(child: Child) -> str:
    age = age_on(born_on(body_of(child)), timezone.localdate())
    sure = child.age_known not in {AgeKnown.UNKNOWN, AgeKnown.DISPUTED}
    tables = load_care_tables(country.pack_name())
    return tables.capacity_at("own_page", age if sure else None).consent_by


def end_all(*, by: Access) -> None:
    """The site came back from a copy, which does not know the codes that were taken back or used since."""
    Code.objects.filter(revoked_at=None).update(revoked_at=timezone.now())
