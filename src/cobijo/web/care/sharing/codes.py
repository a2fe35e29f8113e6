"""Codes of twenty digits: four to find them by, sixteen drawn by chance and hashed. The digits are shown once.

After five wrong tries a code rests for a day, for the place that typed them and for no other: whoever guesses its first
four digits shuts neither a child nor a service out. That many places try is no way in either: a million of them, for
as long as a code lasts, guess one of 10^16 with a chance of one in twenty million. Whoever gave the code is told that
somebody tries it, and can give another.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.children.models import AgeKnown, Child
from cobijo.web.care.children.rules import age_on, born_on, check_not_erased
from cobijo.web.care.children.writing import attempt, body_of, locked
from cobijo.web.care.pack import load_care_tables
from cobijo.web.care.sharing import both
from cobijo.web.care.sharing.models import Code, Packet, Referral
from cobijo.web.care.sharing.models.codes import CodeKind
from cobijo.web.care.sharing.states import WAITING
from cobijo.web.core import audit, country
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.access.policy import check
from cobijo.web.core.accounts.attempts import number_of
from cobijo.web.core.midnight import midnight
from cobijo.web.core.turns import wait_turn

LOCATOR, SECRET = 4, 16
TRIES = 5
MANY = 50  # so many wrong ones in a row from anywhere are nobody's slip: the desk is told
MOST = 30_000  # what the column holds
LOCKED = timedelta(days=1)
PAGE_LASTS, PACKET_LASTS = timedelta(days=90), timedelta(days=7)
#: What a caseworker makes sure of before a child gets a code; all of it, or there is none.
SAFETY = ("asked_alone", "wants_it", "can_keep_it", "nobody_reads_along", "knows_to_leave", "given_to_child")


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
    """For the service that sends to a recipient without an account; an earlier one stops working."""
    Code.objects.filter(kind=CodeKind.PACKET, packet_id=packet.pk, revoked_at=None).update(
        revoked_at=timezone.now()
    )
    return _make(CodeKind.PACKET, packet.scope_id, PACKET_LASTS, by, packet_id=packet.pk)[0]


def lasts(code: Code, until: date | None) -> None:
    """A packet was accepted: its code works as long as the consent, so that the service can say how it went."""
    if until is not None:
        over = midnight(until + timedelta(days=1))
        Code.objects.filter(pk=code.pk, expires_at__lt=over).update(expires_at=over)


def another_packet_code(*, by: Access, referral: Referral) -> str:
    """Another code for a packet that nobody opened: the first was lost, ran out, or is tried by others."""
    with attempt(by, "give_code", "referral", [referral.pk]):
        locked(by, "referral", [referral.pk])
        with both.pair(referral.pk, "another_code") as (now, packet):
            if packet is None or not packet.by_code or not packet.sealed or now.state not in WAITING:
                raise InputProblem("sharing.no_more_codes")
            digits = packet_code(by, packet)
        audit.record("give_code", "referral", [referral.pk], access=by)
        return digits


def of_packet(referral: Referral) -> Code | None:
    """The code of the packet of a referral within reach: until when it works and whether others try it."""
    if not referral.by_code:
        return None
    with acting_as_system("packet_code", scopes="all"):
        packets = Packet.objects.filter(referral_id=referral.pk).exclude(sealed=b"").values("pk")
        return Code.objects.filter(kind=CodeKind.PACKET, packet_id__in=packets, revoked_at=None).first()


def find(kind: str, typed: str, place: str = "") -> Code:
    """The code that somebody typed. Wrong, ended, resting: one sentence each, the attempt is counted and audited.

    `place` is where it was typed, as a code that names nobody. Called outside of any transaction, so that a wrong try
    is counted whatever happens next.
    """
    digits = "".join(one for one in typed if one.isascii() and one.isdigit())
    now = timezone.now()
    rows = Code.objects.filter(kind=kind, locator=digits[:LOCATOR], revoked_at=None, expires_at__gt=now)
    found = list(rows.order_by("pk")) if len(digits) == LOCATOR + SECRET else []
    # Counted first: many at once are not many tries.
    open_ = [one for one in found if _count(one, place) <= TRIES]
    if not open_:
        check_password(_pepper(digits), _dummy())  # as long as if there were one
        _refused(kind, [], "sharing.code_locked" if found else "sharing.code_wrong")
    for one in open_:
        if check_password(_pepper(digits), one.secret_hash):
            cache.delete_many([_counter(other, place) for other in open_])
            Code.objects.filter(pk=one.pk).update(tries=0)
            return one
    ids = [one.pk for one in open_]
    full = [one.pk for one in open_ if int(cache.get(_counter(one, place), 0)) >= TRIES]
    if full:
        audit.record("lock", "code", full)
    _refused(kind, ids, "sharing.code_wrong")
    raise AssertionError("refused above")


def tried(code: Code | None) -> bool:
    """Whether so many wrong tries came that somebody guesses: another code has other digits to find it by."""
    return code is not None and code.tries >= MANY


def _count(code: Code, place: str) -> int:
    """One more try of a code from a place; which number it is."""
    with transaction.atomic():
        wait_turn("codes.tries", code.pk)
        number = number_of(_counter(code, place), TRIES, int(LOCKED.total_seconds()))
        if number <= TRIES:
            Code.objects.filter(pk=code.pk, tries__lt=MOST).update(tries=F("tries") + 1)
    return number


def _counter(code: Code, place: str) -> str:
    return f"tried-{code.pk}-{place}"


def still(pk: int) -> Code | None:
    """The page code of a visit that goes on: revoked or run out, it is over at once."""
    rows = Code.objects.filter(pk=pk, kind=CodeKind.PAGE, revoked_at=None, expires_at__gt=timezone.now())
    return rows.first()


def _refused(kind: str, ids: list[int], code: str) -> None:
    problem = InputProblem(code)
    audit.record_refusal(problem, action=f"open_{kind}", kind="code", ids=ids)
    raise problem


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
