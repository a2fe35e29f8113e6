"""Law reform: a proposal, how far it has come, what we think of it and when something is next."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cobijo.web.core.access.models import Edited
from cobijo.web.knowledge.laws.fields import LawAreaField
from cobijo.web.knowledge.laws.models.instruments import Instrument


class Stage(models.TextChoices):
    DRAFT = "draft", _("Being drafted")
    INTRODUCED = "introduced", _("Introduced")
    COMMITTEE = "committee", _("In committee")
    FIRST_CHAMBER = "first_chamber", _("Before the first chamber, or the only one")
    SECOND_CHAMBER = "second_chamber", _("Before the second chamber")
    APPROVED = "approved", _("Approved, not published yet")
    PUBLISHED = "published", _("Published: it is law")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed without a vote")


_GIVEN_UP = frozenset({Stage.REJECTED, Stage.WITHDRAWN, Stage.LAPSED})
#: Which stage may follow which. A chamber may send a proposal back; what has ended does not begin again.
NEXT_STAGES: Mapping[str, frozenset[str]] = {
    Stage.DRAFT: frozenset({Stage.INTRODUCED, Stage.WITHDRAWN}),
    Stage.INTRODUCED: frozenset({Stage.COMMITTEE, Stage.FIRST_CHAMBER, *_GIVEN_UP}),
    Stage.COMMITTEE: frozenset({Stage.FIRST_CHAMBER, *_GIVEN_UP}),
    Stage.FIRST_CHAMBER: frozenset({Stage.COMMITTEE, Stage.SECOND_CHAMBER, Stage.APPROVED, *_GIVEN_UP}),
    Stage.SECOND_CHAMBER: frozenset({Stage.FIRST_CHAMBER, Stage.APPROVED, *_GIVEN_UP}),
    Stage.APPROVED: frozenset({Stage.FIRST_CHAMBER, Stage.PUBLISHED}),  # a veto sends it back
    Stage.PUBLISHED: frozenset(),
    Stage.REJECTED: frozenset(),
    Stage.WITHDRAWN: frozenset(),
    Stage.LAPSED: frozenset(),
}
OPEN_STAGES = tuple(stage for stage, following in NEXT_STAGES.items() if following)


class Position(models.TextChoices):
    NONE = "none", _("Not decided yet")
    SUPPORT = "support", _("We support it")
    WITH_CHANGES = "with_changes", _("We support it with changes")
    OPPOSE = "oppose", _("We oppose it")


class Proposal(Edited):
    """A proposal to make or to change a law."""

    code = models.SlugField(_("short name"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=300)
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="proposals",
        verbose_name=_("law to be changed"), help_text=_("Empty: it would be a new law."),
    )  # fmt: skip
    area = LawAreaField(_("where it would hold"), max_length=16)
    sponsor = models.CharField(
        _("who proposes it"), max_length=200, help_text=_("The body, group or office, as it is published.")
    )
    text = models.TextField(
        _("text"), max_length=20_000, help_text=_("What would be changed, word for word or in short.")
    )
    why = models.TextField(_("why"), max_length=3000, blank=True)
    address = models.CharField(
        _("where it can be read"), max_length=300, blank=True, validators=[URLValidator(["https", "http"])]
    )
    stage = models.CharField(_("stage"), max_length=16, choices=Stage, default=Stage.DRAFT)
    stage_on = models.DateField(_("in this stage since"))
    position = models.CharField(_("our position"), max_length=16, choices=Position, default=Position.NONE)
    position_why = models.TextField(_("why we think so"), max_length=3000, blank=True)
    next_on = models.DateField(_("next date"), null=True, blank=True)
    next_what = models.CharField(_("what happens then"), max_length=200, blank=True)
    result = models.TextField(_("result"), max_length=2000, blank=True, help_text=_("Once it is decided."))

    class Meta:
        ordering = ("next_on", "title")
        verbose_name = _("proposal for law reform")
        verbose_name_plural = _("proposals for law reform")
        indexes = (models.Index(fields=("stage", "next_on"), name="proposal_by_next_date"),)
        constraints = (
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="proposal_stage_known"),
            models.CheckConstraint(condition=Q(position__in=Position.values), name="proposal_position_known"),
            models.CheckConstraint(
                condition=Q(next_on=None, next_what="") | (Q(next_on__isnull=False) & ~Q(next_what="")),
                name="proposal_next_date_says_what",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=OPEN_STAGES) | (~Q(result="") & Q(next_on=None)),
                name="proposal_ended_has_a_result",
            ),
            models.CheckConstraint(
                condition=Q(position=Position.NONE) | ~Q(position_why=""), name="proposal_position_says_why"
            ),
            models.CheckConstraint(
                condition=Q(next_on=None) | Q(next_on__gte=F("stage_on")), name="proposal_days_in_order"
            ),
        )

    def __str__(self) -> str:
        return self.title
