"""The register of sharing agreements."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cobijo.web.care.sharing import agreements
from cobijo.web.care.sharing.models import SharingAgreement
from cobijo.web.core.screens.register import Group, Register, register_screens

AGREEMENTS = register_screens(
    Register(
        kind="agreement",
        path="sharing/agreements",
        section=_("Sharing"),
        title=_("Sharing agreements"),
        lead=_(
            "Which organisations may share what about a child, for what, and until when. Both sign before it counts."
        ),
        empty=_(
            "There is no agreement yet, so nothing of a child leaves any organisation. A supervisor can propose one."
        ),
        model=SharingAgreement,
        queries=agreements.agreements,
        columns=("organisation", "other", "starts_on", "ends_on", "state"),
        groups=(
            Group(_("Who"), ("organisation", "other")),
            Group(
                _("What for"),
                ("for_referral", "for_transfer", "for_concern", "for_search", "for_records"),
            ),
            Group(
                _("What may be shared"),
                (
                    "share_names",
                    "share_contact",
                    "share_needs",
                    "share_safety",
                    "share_situation",
                    "share_events",
                ),
                help=_("Every packet also needs the consent of the child, or a legal basis, for each field."),
            ),
            Group(_("How long"), ("starts_on", "ends_on")),
        ),
        more=(Group(_("Where it stands"), ("state",)),),
        add=agreements.add,
        change=agreements.change,
        sort="-starts_on",
        imports=False,
    )
)
