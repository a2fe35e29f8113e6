"""The registers of sources, figures, ratings, and the series of the contextual factors."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cobijo.web.core.screens.register import Column, Group, Register, register_screens
from cobijo.web.knowledge.evidence import queries, saying, services
from cobijo.web.knowledge.evidence.models import Figure, Indicator, IndicatorValue, Rating, Source

SECTION = _("Figures and evidence")

SOURCES = register_screens(
    Register(
        kind="source", path="knowledge/sources", section=SECTION, title=_("Sources"),
        lead=_("Who said something about the exploitation of children, and how well it is founded."),
        empty=_("No source is entered yet. Add one, or load the country pack’s by: cobijo manage load_figures."),
        model=Source, queries=queries.sources, columns=("who", "year", "kind", "grade", "title"),
        groups=(
            Group(_("Who said it"), ("who", "code", "kind", "title", "year", "day", "address")),
            Group(_("How well it is founded"), ("grade", "method")),
            Group(_("How we know"), ("via", "evidence")),
        ),
        add=services.add_sources, change=services.change_sources, remove=services.remove_sources,
        search=("who", "title"), filters=("kind", "grade", "year"), sort="-year",
    )
)  # fmt: skip

FIGURES = register_screens(
    Register(
        kind="figure", path="knowledge/figures", section=SECTION, title=_("Figures"),
        lead=_("Numbers that somebody published, each with exactly what it counts. None is made to fit another."),
        empty=_("No figure is entered yet. Add its source first, or load the pack’s: cobijo manage load_figures."),
        model=Figure, queries=queries.figures,
        columns=(
            Column("says", _("figure"), saying.counted),
            Column("concept", text=lambda one: saying.concept(one.concept)),
            Column("area", text=saying.place),
            Column("when", _("period"), saying.period),
            Column("source", text=lambda one: saying.source_named(one.source)),
            "grade",
        ),
        groups=(
            Group(_("Who said it"), ("code", "source", "locator", "repeats")),
            Group(
                _("What it counts"),
                ("concept", "unit", "status", "age_from", "age_to", "area", "area_part", "period_from", "period_until",
                 "period_said", "measure"),
                _("As the source says it. Leave open what it leaves open."),
            ),
            Group(_("What it says"), ("bound", "value", "low", "high"), _("A value, or a range, or both.")),
            Group(_("How well it is founded"), ("grade", "method", "evidence")),
            Group(_("For whoever quotes it"), ("do_not_say", "public")),
        ),
        more=(Group(_("Ready to be copied"), ("citation",)),),
        add=services.add_figures, change=services.change_figures, remove=services.remove_figures,
        search=("code", "source__who", "method"),
        filters=("concept", "unit", "area", "measure", "source", "grade", "public"),
        sort="concept", careful=frozenset({"value", "low", "high", "concept"}),
    )
)  # fmt: skip

RATINGS = register_screens(
    Register(
        kind="rating", path="knowledge/ratings", section=SECTION, title=_("Ratings of the country"),
        lead=_("Grades that a foreign government or another body gave the country: its assessment, and no count."),
        empty=_("No rating is entered yet. Load the country pack’s by: cobijo manage load_figures."),
        model=Rating, queries=queries.ratings,
        columns=(
            "year", "grade", Column("area", text=lambda one: saying.area(one.area)), "scheme", "source", "evidence",
        ),
        groups=(Group(_("Who gave which grade"), ("scheme", "source", "area", "year", "grade", "evidence")),),
        add=services.add_ratings, change=services.change_ratings, filters=("scheme", "year", "grade"), sort="-year",
    )
)  # fmt: skip

INDICATORS = register_screens(
    Register(
        kind="factor_series", path="knowledge/factors/series", section=SECTION, title=_("Series of factors"),
        lead=_("Published series that stand for one of the ten contextual factors, under the licence of their owner."),
        empty=_("No series, and nothing stands in for one. Add one with its source and licence, then its values."),
        model=Indicator, queries=queries.indicators, columns=("name", "factor", "unit", "source", "licence"),
        groups=(
            Group(_("What it is"), ("name", "code", "factor", "unit", "definition")),
            Group(_("Whose it is"), ("source", "licence")),
        ),
        add=services.add_indicators, change=services.change_indicators, remove=services.remove_indicators,
        search=("name",), filters=("factor",), sort="name",
    )
)  # fmt: skip

VALUES = register_screens(
    Register(
        kind="factor_value", path="knowledge/factors/values", section=SECTION, title=_("Values of factors"),
        part_of="factor_series",
        lead=_("What a series says of one state in one year. It describes a place, never a child."),
        empty=_("No value is loaded. Add the series first, then import a table with series, area, year and value."),
        model=IndicatorValue, queries=queries.values,
        columns=("indicator", Column("area", text=lambda one: saying.area(one.area)), "year", "value"),
        groups=(Group(_("What it says"), ("indicator", "area", "year", "value")),),
        add=services.add_values, change=services.change_values, remove=services.remove_values,
        filters=("indicator", "area", "year"), sort="indicator",
    )
)  # fmt: skip
