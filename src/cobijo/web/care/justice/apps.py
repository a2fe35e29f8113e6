"""The room as a Django app."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class JusticeConfig(AppConfig):
    name = "cobijo.web.care.justice"
    label = "justice"

    def ready(self) -> None:
        from cobijo.web.care.cases.parts import register_part
        from cobijo.web.care.children.moving import goes_along, past_goes_along
        from cobijo.web.care.children.sheets import register_sheet
        from cobijo.web.care.justice import clocks, erasing, models
        from cobijo.web.care.justice.sheets import SHEETS
        from cobijo.web.core.access.kinds import register_kind
        from cobijo.web.core.reactions import on
        from cobijo.web.core.screens.clocks import register_clock
        from cobijo.web.core.screens.history import register_revisions

        kinds: dict[str, Any] = {
            "proceeding": models.Proceeding,
            "justice_step": models.Step,
            "justice_delay": models.Delay,
            "protection_measure": models.Measure,
            "reparation": models.Reparation,
            "non_punishment": models.Alert,
            "alleged_child": models.AllegedChild,
        }
        for sheet in SHEETS:
            register_sheet(sheet)
            if sheet.revised:
                register_revisions(sheet.kind, models.JusticeRevision)
            register_kind(
                sheet.kind,
                model=kinds[sheet.kind],
                protected=True,
                # An emergency access to the child of the case does not open what is said of another child.
                under=None if sheet.kind == "alleged_child" else ("child", "child_id"),
                identity_fields=tuple(sheet.sealed),
            )
            goes_along(kinds[sheet.kind])
        past_goes_along(models.JusticeRevision)
        register_clock("justice", clocks.due)
        for part in erasing.PARTS:
            register_part(part)
        on("child_erased", erasing.forget)
