"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "cobijo.web.coordination.plans"
    label = "plans"

    def ready(self) -> None:
        from cobijo.web.coordination.plans import invented, jobs, models, queries
        from cobijo.web.core.access.kinds import register_kind
        from cobijo.web.core.jobs.registry import register_job
        from cobijo.web.core.reactions import on
        from cobijo.web.core.screens.clocks import register_clock
        from cobijo.web.core.screens.import_jobs import register_table

        register_kind("plan", model=models.Plan)
        register_kind("plan_objective", model=models.Objective)
        register_kind("plan_line", model=models.Line, organisation="owner_id")
        register_kind("plan_activity", model=models.Activity, organisation="line__owner_id")
        register_kind("plan_indicator", model=models.Indicator, organisation="activity__line__owner_id")
        register_kind("plan_target", model=models.Target, organisation="indicator__activity__line__owner_id")
        register_kind("plan_funder", model=models.Funder)
        register_kind("plan_budget", model=models.Budget, organisation="line__owner_id")
        register_kind("plan_report", model=models.ProgressReport, organisation="line__owner_id")
        register_kind("plan_rating", model=models.Rating, organisation="organisation_id")
        register_kind("plan_evaluation", model=models.Evaluation)
        register_clock("plans", queries.due)
        register_job(
            jobs.TRY, jobs.try_table, _("Dry run of a table for a plan"), resumable=True, back="imports"
        )
        register_job(jobs.IMPORT, jobs.import_table, _("Import of a plan"), resumable=True, back="imports")
        register_table(tries=jobs.TRY, imports=jobs.IMPORT, place=jobs.handed)
        on("demonstration", invented.add_mine)
