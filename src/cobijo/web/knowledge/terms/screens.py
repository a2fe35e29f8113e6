"""The register of the words that a country adds."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cobijo.web.core.screens.register import Column, Group, Register, register_screens
from cobijo.web.knowledge.terms import queries, services
from cobijo.web.knowledge.terms.models import OwnTerm, concept_pairs


def _concept(term: OwnTerm) -> str:
    return dict(concept_pairs()).get(str(term.concept), str(term.concept))


OWN_TERMS = register_screens(
    Register(
        kind="own_term", path="knowledge/own-terms", section=_("Terms"), title=_("Our own terms"),
        lead=_("Discouraged words that are used in this country; the check looks for them besides the vocabulary’s."),
        empty=_("No word is added yet. Add one that is used here, with what to write instead and why."),
        model=OwnTerm, queries=queries.own_terms,
        columns=("words", "preferred", "language", Column("concept", text=_concept)),
        groups=(
            Group(_("Which words"), ("words", "language", "concept")),
            Group(_("What instead"), ("preferred", "why")),
            Group(_("How we know"), ("source",)),
        ),
        add=services.add, change=services.change, remove=services.remove,
        search=("words", "preferred"), filters=("language", "concept"), sort="words",
    )
)  # fmt: skip
