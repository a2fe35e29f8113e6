"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SharingConfig(AppConfig):
    name = "cobijo.web.care.sharing"
    label = "sharing"

    def ready(self) -> None:
        from cobijo.web.care.cases.links import fill_referrals
        from cobijo.web.care.cases.parts import register_part
        from cobijo.web.care.children.moving import goes_along
        from cobijo.web.care.children.rules import fill_doors
        from cobijo.web.care.children.sheets import register_sheet
        from cobijo.web.care.sharing import (
            agreements,
            asks,
            clocks,
            codes,
            consents,
            ending,
            fields,
            invented,
            keeping,
            links,
            models,
            withdrawing,
        )
        from cobijo.web.core.access.kinds import register_kind
        from cobijo.web.core.jobs.registry import every
        from cobijo.web.core.reactions import on
        from cobijo.web.core.screens.clocks import register_clock
        from cobijo.web.core.screens.menu import register_page

        kinds = {"consent": models.Consent, "referral": models.Referral, "wish": models.Wish}
        below = ("child", "child_id")
        for sheet in fields.SHEETS:
            register_sheet(sheet)
            register_kind(
                sheet.kind,
                model=kinds[sheet.kind],
                protected=True,
                under=below,
                identity_fields=tuple(sheet.sealed),
            )
            goes_along(kinds[sheet.kind])
        register_kind("opening", model=models.Opening, protected=True, under=below)
        goes_along(models.Opening)
        goes_along(models.Code)
        register_kind("packet", model=models.Packet, protected=True, identity_fields=fields.PACKET_SEALED)
        register_kind("agreement", model=models.SharingAgreement, organisation="organisation_id")
        register_kind("signature", model=models.Signature, organisation="organisation_id")
        register_kind(
            "complaint",
            model=models.Complaint,
            organisation="handled_by_id",
            identity_fields=fields.COMPLAINT_SEALED,
        )
        fill_referrals(links.in_time, links.of_child)
        fill_doors(agreement=agreements.covers, ground=consents.ground)
        register_clock("sharing", clocks.due)
        every(60, clocks.run)
        every(3_600, asks.record_complaints)
        every(3_600, keeping.destroy_kept)
        every(3_600, keeping.destroy_complaints)
        register_part(ending.CONSENTS)
        on("consent_refused", withdrawing.heed_refusals)
        on("case_to_hold", consents.hold_of)
        on("guardian_noted", withdrawing.heed_guardians)
        on("child_erased", clocks.forget_children)
        on("site_restored", codes.end_all)
        on("demonstration", invented.add_mine)
        for kind in ("agreement", "referral", "packet"):
            register_page(
                _("Children"), _("Sharing and referrals"), url="sharing:home", action="list", kind=kind
            )
