"""What lies outside a child's record has an end of its own: what a service keeps by law, and complaints about staff.

By the end of the pack's time for packets, what the law asks for stands in the service's own file; here it would only be
a copy that nobody looks after.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from cobijo.web.care.pack import load_care_tables
from cobijo.web.care.sharing import both
from cobijo.web.care.sharing.models import Complaint, Packet, Referral
from cobijo.web.care.sharing.models.asks import ComplaintState
from cobijo.web.care.sharing.models.referrals import Closing
from cobijo.web.core import audit, country
from cobijo.web.core.access.context import acting_as_system
from cobijo.web.core.dates import months_after
from cobijo.web.core.vault.services import destroy_keys

AT_ONCE = 200


def kept_until(row: Packet | Referral) -> date | None:
    """The day on which the kept part goes; for both sides and the child to read."""
    return months_after(timezone.localdate(row.closed_at), _months()) if row.closed_at else None


def destroy_kept() -> int:
    """Called by the worker every hour; may be called by two at once. How many went."""
    day = timezone.localdate()
    with acting_as_system("destroy_kept", scopes="all"):
        near = months_after(day, -_months()) + timedelta(days=3)  # months end on other days
        rows = Packet.objects.exclude(kept_law="").filter(closed_at__date__lte=near)
        found = list(rows.order_by("closed_at", "pk").values_list("referral_id", flat=True)[:AT_ONCE])
    gone = 0
    for pk in found:
        with (
            acting_as_system("destroy_kept", scopes="all") as access,
            both.pair(pk, "destroy_kept") as (referral, packet),
        ):
            until = kept_until(packet) if packet is not None and packet.kept_law else None
            if packet is None or until is None or until > day:
                continue
            referral.closing, referral.closing_law, referral.closing_article = Closing.DESTROYED, "", ""
            both.write(access, referral)
            both.destroy(access, packet, "retention")
            audit.record("erase", "packet", [packet.pk], access=access, detail={"reason": "retention"})
            gone += 1
    return gone


def destroy_complaints() -> int:
    """Complaints that were settled so long ago, with their keys; one that is not settled never goes. How many went."""
    over = months_after(timezone.localdate(), -_months("complaint"))
    with acting_as_system("destroy_complaints") as access:
        rows = Complaint.objects.select_for_update(skip_locked=True).filter(state=ComplaintState.SETTLED)
        gone = list(rows.filter(changed_at__date__lte=over).order_by("pk")[:AT_ONCE])
        if gone:
            ids = [one.pk for one in gone]
            destroy_keys(by=access, ids=[one.key_id for one in gone], reason="retention")
            Complaint.objects.filter(pk__in=ids).delete()
            audit.record("erase", "complaint", ids, access=access, detail={"reason": "retention"})
    return len(gone)


def _months(purpose: str = "packet") -> int:
    return load_care_tables(country.pack_name()).keep(purpose).months
