"""Row-level security over all that is about a child; decisions on status are added, never changed but by an erasure."""

from __future__ import annotations

from django.db import migrations

from cobijo.web.care.children.guards import added_only, only_steps
from cobijo.web.care.children.states import MATCH_STEPS
from cobijo.web.core.access.rls import enable_rls, enable_rls_by_kind


class Migration(migrations.Migration):
    dependencies = [("children", "0001_initial"), ("access", "0001_initial")]

    operations = [
        enable_rls("children_child", "child"),
        *(
            enable_rls(f"children_{name}", kind, under=("child", "child_id"))
            for name, kind in (
                ("concern", "concern"),
                ("event", "child_event"),
                ("concept", "concept"),
                ("statusdecision", "status"),
            )
        ),
        enable_rls_by_kind("children_childrevision", author="account_id", key_of="children_child"),
        added_only("children", "StatusDecision", blanked=("body", "decided_on", "made_at", "changed_at")),
        only_steps("children", "Match", MATCH_STEPS, column="verdict"),
    ]
