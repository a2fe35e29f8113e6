"""The registers of concerns and of children. What is sealed stands on the pages of one record only.

A child is registered after a search (`children:search`), so the register itself has no form and no API to add one.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cobijo.web.care.children import queries, words
from cobijo.web.care.children.models import Child, Concern
from cobijo.web.core.screens.register import Column, Group, Register, register_screens

CHILDREN = register_screens(
    Register(
        kind="child",
        path="care/children",
        section=_("Children"),
        title=_("Children"),
        lead=_(
            "The children on your desk, by code. Names stand on the page of one child; each reading is recorded."
        ),
        empty=_(
            "No child is on your desk. A record begins with a search, so that nobody is registered twice."
        ),
        model=Child,
        queries=queries.children,
        columns=(
            "code",
            "age_known",
            Column("made_at", _("registered")),
            Column("changed_at", _("last changed")),
        ),
        groups=(Group(_("Age"), ("age_known",)),),
        more=(Group(_("Record"), ("code", "hold", "keep_until")),),
        search=("code",),
        filters=("age_known",),
        sort="-made_at",
        exports=False,
        imports=False,
    )
)
CONCERNS = register_screens(
    Register(
        kind="concern",
        path="care/concerns",
        section=_("Children"),
        title=_("Concerns"),
        lead=_("What somebody noticed and handed over. Take up the most urgent first."),
        empty=_("No concern was handed over to you. When somebody notices something, it appears here."),
        model=Concern,
        queries=queries.concerns,
        columns=(
            "code",
            "urgency",
            "state",
            "noticed_on",
            "noticer",
            Column("area", text=lambda one: words.area_name(one.area)),
        ),
        groups=(Group(_("What was noticed"), ("noticer", "noticed_on", "area", "urgency", "age_band")),),
        more=(Group(_("Where it stands"), ("code", "state")),),
        search=("code",),
        filters=("state", "urgency", "noticer"),
        sort="-made_at",
        exports=False,
        imports=False,
    )
)
