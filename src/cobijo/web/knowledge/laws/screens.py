"""The registers of the room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cobijo.web.core.screens.register import Column, Group, Register, register_screens
from cobijo.web.knowledge.laws import queries, services, showing
from cobijo.web.knowledge.laws.models import Amendment, Article, Instrument, Penalty, Proposal, Study

SECTION = _("Laws and studies")
HOW = Group(_("How we know"), ("source", "evidence"))

INSTRUMENTS = register_screens(
    Register(
        kind="instrument", path="knowledge/laws", section=SECTION, title=_("Treaties and laws"),
        lead=_("What binds the country and its states, since when, and what came in its place."),
        empty=_("No treaty or law is entered yet. Add one, or load the country pack’s by: cobijo manage load_laws."),
        model=Instrument, queries=queries.instruments,
        columns=(
            "name", "abbreviation", "kind", Column("area", text=showing.area),
            Column("holds", _("holds"), showing.holds),
        ),
        groups=(
            Group(_("What it is"), ("name", "code", "abbreviation", "kind", "area", "symbol", "about", "address")),
            Group(_("Since when"), ("adopted", "in_force", "ratified", "dates_said", "ended", "replaced_by")),
            HOW,
        ),
        add=services.add_instruments, change=services.change_instruments, remove=services.remove_instruments,
        search=("name", "abbreviation", "symbol"), filters=("kind", "area"), sort="name",
    )
)  # fmt: skip

ARTICLES = register_screens(
    Register(
        kind="article", path="knowledge/articles", section=SECTION, title=_("Articles"),
        part_of="instrument",
        lead=_("Articles that matter here, in words of our own: the law’s text stands where it is published."),
        empty=_("No article is entered yet. Add its treaty or law first, then the article."),
        model=Article, queries=queries.articles, columns=("number", "instrument", "title", "evidence"),
        groups=(Group(_("Which article"), ("instrument", "number", "title", "about")), HOW),
        add=services.add_articles, change=services.change_articles, remove=services.remove_articles,
        search=("number", "title", "about"), filters=("instrument",), sort="instrument",
    )
)  # fmt: skip

AMENDMENTS = register_screens(
    Register(
        kind="amendment", path="knowledge/amendments", section=SECTION, title=_("Amendments"),
        part_of="instrument",
        lead=_("When a law was changed, and what is different since."),
        empty=_("No amendment is entered yet. Add the law first, then what changed in it."),
        model=Amendment, queries=queries.amendments,
        columns=("title", "instrument", Column("on", _("published"), showing.amended), "articles"),
        groups=(
            Group(_("Which change"), ("instrument", "title", "code", "articles", "changed")),
            Group(_("Since when"), ("on", "in_force", "dates_said")),
            HOW,
        ),
        add=services.add_amendments, change=services.change_amendments, remove=services.remove_amendments,
        search=("title", "changed"), filters=("instrument",), sort="-on",
    )
)  # fmt: skip

PENALTIES = register_screens(
    Register(
        kind="penalty", path="knowledge/penalties", section=SECTION, title=_("Penalties"),
        part_of="instrument",
        lead=_("What a law threatens for an offence, for as long as it was the law. Ended ones stay, to be compared."),
        empty=_("No penalty is entered yet. Add the article first, or load the pack’s by: cobijo manage load_laws."),
        model=Penalty, queries=queries.penalties,
        columns=(
            "called", Column("area", text=showing.area), "article", Column("years", _("prison"), showing.years),
            Column("fine", _("fine"), showing.fine), Column("time", _("in force"), showing.time),
        ),
        groups=(
            Group(_("Which offence"), ("offence", "called", "area", "article")),
            Group(_("What is threatened"), ("min_years", "max_years", "min_fine_days", "max_fine_days", "note")),
            Group(_("Since when"), ("since", "until")),
            HOW,
        ),
        add=services.add_penalties, change=services.change_penalties, remove=services.remove_penalties,
        search=("called", "offence"), filters=("offence", "area"), sort="offence",
        careful=frozenset({"min_years", "max_years"}),
    )
)  # fmt: skip

PROPOSALS = register_screens(
    Register(
        kind="proposal", path="knowledge/law-reform", section=SECTION, title=_("Law reform"),
        lead=_("Proposals to change a law: who proposes, how far it has come, what we think, what is next."),
        empty=_("No proposal is entered yet. Add one with its text and its next date, and it will remind you."),
        model=Proposal, queries=queries.proposals,
        columns=("title", Column("area", text=showing.area), "stage", "position", "next_on", "next_what"),
        groups=(
            Group(_("What is proposed"), ("title", "code", "instrument", "area", "sponsor", "text", "why", "address")),
            Group(_("How far it has come"), ("stage", "stage_on", "next_on", "next_what", "result")),
            Group(_("What we think"), ("position", "position_why")),
        ),
        add=services.add_proposals, change=services.change_proposals, remove=services.remove_proposals,
        search=("title", "sponsor"), filters=("stage", "position", "area"), sort="next_on",
        careful=frozenset({"stage", "position"}),
    )
)  # fmt: skip

STUDIES = register_screens(
    Register(
        kind="study", path="knowledge/studies", section=SECTION, title=_("Studies"),
        lead=_("Who studied the exploitation of children and its victims, how, and who approved it."),
        empty=_("No study is entered yet. Add one with what a committee on ethics said of it."),
        model=Study, queries=queries.studies,
        columns=("title", "who", "year", Column("approval", _("ethics"), showing.approval)),
        groups=(
            Group(_("Which study"), ("title", "code", "who", "year", "address")),
            Group(_("What it did"), ("about", "method", "children_took_part", "found")),
            Group(
                _("Ethics"),
                ("ethics", "approved_by", "approval_number", "approved_on"),
                _("A study without an approval says so wherever it is named."),
            ),
            HOW,
        ),
        more=(Group(_("What to say of it"), ("approval",)),),
        add=services.add_studies, change=services.change_studies, remove=services.remove_studies,
        search=("title", "who"), filters=("ethics", "year", "children_took_part"), sort="-year",
    )
)  # fmt: skip
