"""Row-level security over all that is about a child; decisions on status are added, never changed."""

from __future__ import annotations

from django.db import migrations

from cobijo.web.care.children.guards import added_only
from cobijo.web.core.access.rls import enable_rls


class Migration(migrations.Migration):
    dependencies = [("children", "0001_initial"), ("access", "0001_initial")]

    operations = [
        *(
            enable_rls(f"children_{name}")
            for name in ("child", "concern", "event", "concept", "statusdecision")
        ),
        enable_rls("children_childrevision", author="account_id"),
        added_only("children", "StatusDecision"),
    ]
