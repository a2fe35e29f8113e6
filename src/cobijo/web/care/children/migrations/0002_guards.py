"""Row-level security over all that is about a child; decisions on status are added, never changed but by an erasure."""

from __future__ import annotations

from django.db import migrations

from cobijo.web.care.children.guards import added_only, only_steps
from cobijo.web.care.children.states import MATCH_STEPS
from cobijo.web.core.access.rls import enable_rls


class Migration(migrations.Migration):
    dependencies = [("children", "0001_initial"), ("access", "0001_initial")]

    operations = [
        *(
            enable_rls(f"children_{name}")
            for name in ("child", "concern", "event", "concept", "statusdecision")
        ),
        enable_rls("children_childrevision", author="account_id"),
        added_only("children", "StatusDecision", blanked=("body", "decided_on", "made_at", "changed_at")),
        only_steps("children", "Match", MATCH_STEPS, column="verdict"),
    ]
