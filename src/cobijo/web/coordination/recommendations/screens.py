"""The registers of recommendations and of the advocacy record."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cobijo.web.coordination.groups.screens import SECTION
from cobijo.web.coordination.recommendations import queries, services
from cobijo.web.coordination.recommendations.models import Action, Actor, Pressure, Recommendation
from cobijo.web.core.access.context import Access, current
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.core.screens.register import Column, Group, Register, register_screens


def itself(access: Access) -> QuerySet[Organisation]:
    """Only the own organisation can agree for itself."""
    return Organisation.objects.filter(pk=access.organisation_id)


def agreeing(access: Access) -> QuerySet[Any]:
    return queries.agreeing(access)


def named(field: str, kind: str) -> Column:
    """What a link leads to, by its name only where the person may see it."""
    return Column(field, text=lambda record: queries.named(current(), kind, getattr(record, field)))


RECOMMENDATIONS = register_screens(
    Register(
        kind="recommendation", path="coordination/recommendations", section=SECTION, title=_("Recommendations"),
        lead=_("What treaty bodies and the study ask of the State, and how far it is."),
        empty=_(
            "No recommendation is entered yet. Add one, or load the country pack’s by: "
            "cobijo manage load_recommendations."
        ),
        model=Recommendation, queries=queries.recommendations,
        columns=("code", "body", "symbol", "paragraph", "text", "state"),
        groups=(
            Group(_("What is recommended"), ("code", "text", "body", "symbol", "paragraph", "said_on", "source")),
            Group(_("Who must act"), ("responsible", "organisation")),
            Group(_("How far it is"), ("state", "reason", "measures")),
        ),
        add=services.add, change=services.change, remove=services.remove,
        search=("text", "symbol", "code"), filters=("body", "state", "organisation"), sort="code",
    )
)  # fmt: skip

ACTIONS = register_screens(
    Register(
        kind="recommendation_action", path="coordination/recommendation-links", section=SECTION,
        part_of="recommendation",
        title=_("Links of recommendations"),
        lead=_("What is done about each recommendation: decisions, requests, plan lines, duties, figures."),
        empty=_("Nothing is linked yet. Link the first decision or request to the recommendation that it carries out."),
        model=Action, queries=queries.actions,
        columns=("recommendation", *(named(field, kind) for field, kind in queries.LINKED.items())),
        groups=(
            Group(_("What is linked"), ("recommendation", "decision", "request", "line", "duty", "figure", "note")),
        ),
        add=services.link, change=services.change_links, remove=services.unlink, exports=False, imports=False,
        filters=("recommendation",), sort="recommendation",
    )
)  # fmt: skip

ACTORS = register_screens(
    Register(
        kind="advocacy_actor", path="coordination/advocacy-actors", section=SECTION, title=_("Who agreed to be named"),
        part_of="advocacy",
        lead=_("Organisations that agreed to stand in the advocacy record. They can withdraw at any time."),
        empty=_("Nobody agreed yet. Each organisation agrees for itself: add yours, if it is safe for you."),
        model=Actor, queries=queries.actors, columns=("organisation", "since", "until"),
        groups=(
            Group(
                _("Who agrees"), ("organisation", "since", "until"),
                _("Only your own organisation. Set the day of withdrawal, and nobody else sees what is written of it."),
            ),
        ),
        add=services.agree, change=services.change_agreement, exports=False, imports=False, sort="organisation",
        choices={"organisation": itself},
    )
)  # fmt: skip

ADVOCACY = register_screens(
    Register(
        kind="advocacy", path="coordination/advocacy", section=SECTION, title=_("Advocacy record"),
        lead=_("Who pressed whom about what, with which result. It never leaves this site."),
        empty=_("Nothing is entered. An actor agrees first, then what it did can be written here."),
        model=Pressure, queries=queries.pressures,
        columns=("about", "on", "actor", "target", "means", "result", named("request", "request")),
        groups=(
            Group(_("Who pressed whom"), ("actor", "target", "on", "means", "about")),
            Group(_("With which result"), ("result", "what_came")),
            Group(_("What it belongs to"), ("request", "recommendation")),
        ),
        add=services.press, change=services.change_pressures, remove=services.remove_pressures,
        exports=False, imports=False, search=("about",), filters=("target", "means", "result"), sort="-on",
        choices={"actor": agreeing},
    )
)  # fmt: skip
