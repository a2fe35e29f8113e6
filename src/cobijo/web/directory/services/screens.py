"""The register of services."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cobijo.web.core.screens.register import Group, Register, register_screens
from cobijo.web.directory.services import queries, services
from cobijo.web.directory.services.models import Service

SERVICES = register_screens(
    Register(
        kind="service",
        path="directory/services",
        section=_("Directory"),
        title=_("Services"),
        lead=_(
            "What organisations offer to children: where, to whom, and when somebody last made sure of it."
        ),
        empty=_("No service is entered yet. Add the first one, or import a table."),
        model=Service,
        queries=queries.services,
        columns=("name", "organisation", "kind", "area", "for_whom", "capacity", "verified_on", "state"),
        groups=(
            Group(_("What it is"), ("organisation", "name", "kind", "public")),
            Group(
                _("Where it is"),
                ("area", "municipality", "address", "hidden_address", "phone", "hours"),
                help=_(
                    "The address of a shelter that must stay hidden is seen by its own organisation only."
                ),
            ),
            Group(_("For whom"), ("for_whom", "age_from", "age_to", "disability", "languages", "any_papers")),
            Group(
                _("Places and quality"),
                ("capacity", "capacity_on", "cost", "child_friendly", "verified_on", "ended_on"),
            ),
        ),
        more=(Group(_("How to find it"), ("public_address", "state")),),
        add=services.add,
        change=services.change,
        remove=services.remove,
        search=("name",),
        filters=("kind", "area", "for_whom", "child_friendly"),
        sort="name",
        choices={"area": queries.areas},
        careful=frozenset({"hidden_address", "public", "address"}),
    )
)
