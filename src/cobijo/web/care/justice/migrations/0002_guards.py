"""Row-level security over all of this room; the table of a proceeding's states, of an alert's; a step stays what it is."""

from __future__ import annotations

from django.db import migrations

from cobijo.web.care.children.guards import only_steps
from cobijo.web.core.access.rls import enable_rls, enable_rls_by_kind

#: As `states.STEPS` was when this was written; a test holds the two together.
STEPS = {
    "complaint": ("investigation", "archived"),
    "investigation": ("charge", "archived", "dismissed"),
    "charge": ("trial", "judgment", "dismissed"),
    "trial": ("judgment", "dismissed"),
    "judgment": ("sentence", "appeal", "ended"),
    "sentence": ("reparation", "appeal", "ended"),
    "reparation": ("appeal", "ended"),
    "appeal": ("trial", "judgment", "sentence", "reparation", "ended"),
    "archived": ("investigation",),
    "dismissed": ("appeal",),
    "ended": (),
}
ALERT_STEPS = {"open": ("represented", "ended"), "represented": ("ended",), "ended": ()}
#: A recorded step goes from itself to itself and nowhere else.
STAYS = {one: (one,) for one in STEPS}


class Migration(migrations.Migration):
    dependencies = [("justice", "0001_initial"), ("children", "0002_guards"), ("cases", "0002_guards")]

    operations = [
        *(
            enable_rls(f"justice_{name}", kind, under=("child", "child_id"))
            for name, kind in (
                ("proceeding", "proceeding"),
                ("step", "justice_step"),
                ("delay", "justice_delay"),
                ("measure", "protection_measure"),
                ("reparation", "reparation"),
                ("alert", "non_punishment"),
            )
        ),
        enable_rls("justice_allegedchild", "alleged_child"),
        enable_rls_by_kind("justice_justicerevision", author="account_id", key_of="children_child"),
        only_steps("justice", "Proceeding", STEPS),
        only_steps("justice", "Alert", ALERT_STEPS),
        only_steps("justice", "Step", STAYS),
    ]
