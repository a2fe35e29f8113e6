"""Row-level security over all that lies under a case; the table of its states; what is added and never changed."""

from __future__ import annotations

from django.db import migrations

from cobijo.web.care.children.guards import added_only, only_steps
from cobijo.web.core.access.rls import enable_rls, enable_rls_by_kind

#: As `states.STEPS` was when this was written; a test holds the two together.
STEPS = {
    "open": ("assessment", "transfer", "closed"),
    "assessment": ("plan", "transfer", "closed"),
    "plan": ("assessment", "follow_up", "transfer", "closed"),
    "follow_up": ("assessment", "plan", "transfer", "closed"),
    "transfer": ("open", "assessment", "plan", "follow_up", "reopened"),
    "closed": ("reopened",),
    "reopened": ("assessment", "plan", "transfer", "closed"),
}


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("children", "0002_guards")]

    operations = [
        *(
            enable_rls(f"cases_{kind.replace('_', '')}", kind, under=("child", "child_id"))
            for kind in (
                "case",
                "approval",
                "assessment",
                "safety_plan",
                "plan_item",
                "task",
                "follow_up",
                "outcome",
                "determination",
                "sibling",
            )
        ),
        enable_rls("cases_transfer", "transfer"),
        enable_rls_by_kind("cases_caserevision", author="account_id", key_of="children_child"),
        added_only("cases", "Assessment", blanked=("sealed", "assessed_on", "made_at", "changed_at")),
        added_only("cases", "Determination", blanked=("body", "decided_on", "made_at", "changed_at")),
        only_steps("cases", "Case", STEPS),
    ]
