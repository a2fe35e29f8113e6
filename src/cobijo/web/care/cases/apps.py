"""The room as a Django app."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

DAY = 86_400


class CasesConfig(AppConfig):
    name = "cobijo.web.care.cases"
    label = "cases"

    def ready(self) -> None:
        from cobijo.web.care.cases import (
            clocks,
            ending,
            invented,
            links,
            models,
            parts,
            retention,
            transfers,
        )
        from cobijo.web.care.cases.sheets import SHEETS
        from cobijo.web.care.children.links import fill_cases
        from cobijo.web.care.children.moving import goes_along, past_goes_along
        from cobijo.web.care.children.sheets import register_sheet
        from cobijo.web.core.access.kinds import register_kind
        from cobijo.web.core.jobs.registry import every, register_job
        from cobijo.web.core.reactions import on
        from cobijo.web.core.screens.clocks import register_clock
        from cobijo.web.core.screens.history import register_revisions
        from cobijo.web.core.screens.menu import register_page

        kinds: dict[str, Any] = {
            "case": models.Case,
            "assessment": models.Assessment,
            "safety_plan": models.SafetyPlan,
            "plan_item": models.PlanItem,
            "task": models.Task,
            "follow_up": models.FollowUp,
            "outcome": models.Outcome,
            "determination": models.Determination,
            "sibling": models.Sibling,
        }
        below = ("child", "child_id")
        for sheet in SHEETS:
            register_sheet(sheet)
            if sheet.revised:
                register_revisions(sheet.kind, models.CaseRevision)
            register_kind(
                sheet.kind,
                model=kinds[sheet.kind],
                protected=True,
                under=below,
                identity_fields=tuple(sheet.sealed),
            )
            goes_along(kinds[sheet.kind])
        register_kind("approval", model=models.Approval, protected=True, under=below)
        goes_along(models.Approval)
        past_goes_along(models.CaseRevision)
        register_kind("transfer", model=models.Transfer, protected=True)
        register_kind(
            "escalation", model=models.Escalation, owner="account_id", organisation="organisation_id"
        )
        register_clock("care", clocks.due)
        register_job("cases.retention", retention.run, _("Erasure after the time of keeping"), resumable=True)
        for part in ending.PARTS:
            parts.register_part(part)
        every(60, clocks.escalate)
        every(DAY, retention.erase_concerns)
        every(DAY, parts.erase_parts)
        every(DAY, retention.erase_children)
        fill_cases(links.cases_of_child)
        on("consent_withdrawn", transfers.heed_consents)
        on("consent_refused", transfers.heed_consents)
        on("erasures_replayed", retention.erase_again)
        on("demonstration", invented.add_mine)
        section = _("Children")
        register_page(section, _("The team’s cases"), url="cases:team", action="review", kind="case")
        register_page(section, _("To approve"), url="cases:approvals", action="review", kind="case")
        register_page(section, _("Keeping and erasing"), url="cases:keeping", action="review", kind="child")
        register_page(section, _("Cases offered"), url="cases:offers", action="review", kind="case")
