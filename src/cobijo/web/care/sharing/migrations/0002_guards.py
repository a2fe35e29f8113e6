"""Row-level security; consents and signatures are added, never changed; the table of a referral's states."""

from __future__ import annotations

from django.db import migrations

from cobijo.web.care.children.guards import added_only, only_steps
from cobijo.web.core.access.rls import append_only, enable_rls

#: As `states.STEPS` was when this was written; a test holds the two together.
STEPS = {
    "sent": ("accepted", "declined", "asked", "withdrawn", "expired"),
    "asked": ("sent", "accepted", "declined", "withdrawn", "expired"),
    "accepted": ("done", "withdrawn"),
    "done": ("withdrawn",),
    "declined": (),
    "withdrawn": (),
    "expired": (),
}


class Migration(migrations.Migration):
    dependencies = [("sharing", "0001_initial"), ("children", "0002_guards"), ("access", "0001_initial")]

    operations = [
        *(
            enable_rls(f"sharing_{kind}", kind, under=("child", "child_id"))
            for kind in ("consent", "referral", "opening", "wish")
        ),
        enable_rls("sharing_packet", "packet"),
        added_only("sharing", "Consent", blanked=("decided_on", "until", "made_at", "changed_at")),
        append_only("sharing_signature"),
        only_steps("sharing", "Referral", STEPS),
    ]
