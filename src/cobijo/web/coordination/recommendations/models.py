"""Recommendations with what is done about them; actors who agreed to be named, and whom they pressed about what."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cobijo.web.coordination.groups.models import Decision, known
from cobijo.web.coordination.recommendations.choices import ENDED, Body, Means, Progress, Result
from cobijo.web.coordination.requests.models import Request
from cobijo.web.core.access.models import Edited


class Recommendation(Edited):
    """What a body asks of the State, in our words, with the paragraph where it stands."""

    code = models.SlugField(_("short name"), max_length=40, unique=True)
    body = models.CharField(_("who recommends"), max_length=16, choices=Body)
    symbol = models.CharField(
        _("document"), max_length=60, blank=True, help_text=_("Such as CRC/C/OPSC/MEX/Q/1.")
    )
    paragraph = models.CharField(_("paragraph"), max_length=20, blank=True)
    said_on = models.DateField(_("day of the document"), null=True, blank=True)
    text = models.TextField(_("what is recommended"), max_length=2000, help_text=_("In your own words."))
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("responsible here"),
        help_text=_("The authority in the register of organisations, if it is there."),
    )  # fmt: skip
    responsible = models.CharField(_("who must act"), max_length=200, blank=True)
    measures = models.TextField(
        _("measures"), max_length=2000, blank=True, help_text=_("What has been done about it so far.")
    )
    state = models.CharField(_("state"), max_length=12, choices=Progress, default=Progress.NOT_BEGUN)
    reason = models.CharField(
        _("how we know"), max_length=600, blank=True,
        help_text=_("Needed where it is carried out, rejected or overtaken: what shows that."),
    )  # fmt: skip
    source = models.CharField(_("source"), max_length=250, blank=True)

    class Meta:
        ordering = ("body", "symbol", "paragraph", "pk")
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        constraints = (
            known("body", Body, "recommendation_body_known"),
            known("state", Progress, "recommendation_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=ENDED) | ~Q(reason=""),
                name="recommendation_ended_for_a_reason",
                violation_error_message=_("Say what shows that it is so."),
            ),
            models.CheckConstraint(
                condition=Q(body="study") | ~Q(symbol=""),
                name="recommendation_of_a_document",
                violation_error_message=_("Give the document, so that everybody can look it up."),
            ),
        )

    def __str__(self) -> str:
        where = " ".join(one for one in (self.symbol, f"§{self.paragraph}" if self.paragraph else "") if one)
        return where or self.code


class Action(Edited):
    """One thing that is done about a recommendation: a decision, a request, a plan line, a duty, or a figure of it."""

    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, related_name="actions", verbose_name=_("recommendation")
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decision")
    )
    request = models.ForeignKey(
        Request, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("request")
    )
    line = models.ForeignKey(
        "plans.Line", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("plan line")
    )
    duty = models.ForeignKey(
        "duties.Duty", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("duty")
    )
    figure = models.ForeignKey(
        "evidence.Figure", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("figure")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ("recommendation", "pk")
        verbose_name = _("link of a recommendation")
        verbose_name_plural = _("links of recommendations")
        constraints = (
            models.CheckConstraint(
                condition=Q(decision__isnull=False) | Q(request__isnull=False) | Q(line__isnull=False)
                | Q(duty__isnull=False) | Q(figure__isnull=False),
                name="action_links_something",
                violation_error_message=_("Choose at least one thing to link."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        """The recommendation: whoever sees the link may not see what it leads to (`queries.named`)."""
        return str(self.recommendation)


class Actor(Edited):
    """An organisation that agreed to stand in the advocacy record. Without that, nothing of it is written.

    Whoever speaks up can be in danger: once `until` is set, nobody but the organisation itself sees what is written.
    """

    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    since = models.DateField(_("agreed on"))
    until = models.DateField(_("withdrawn on"), null=True, blank=True, help_text=_("Empty: it still agrees."))

    class Meta:
        ordering = ("organisation__name", "pk")
        verbose_name = _("actor of the advocacy record")
        verbose_name_plural = _("actors of the advocacy record")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation",), condition=Q(until=None), name="actor_once",
                violation_error_message=_("This organisation agreed already."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="actor_days_in_order",
                violation_error_message=_("Nobody can withdraw before agreeing."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return str(self.organisation)


class Pressure(Edited):
    """Who pressed whom about what, with which result. Internal: no export, no public page, no person named."""

    actor = models.ForeignKey(Actor, models.PROTECT, related_name="pressures", verbose_name=_("who pressed"))
    target = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="+", verbose_name=_("whom")
    )
    on = models.DateField(_("day"))
    means = models.CharField(_("how"), max_length=12, choices=Means)
    about = models.CharField(_("about what"), max_length=600)
    result = models.CharField(_("result"), max_length=12, choices=Result, default=Result.NONE)
    what_came = models.CharField(_("what came of it"), max_length=600, blank=True)
    request = models.ForeignKey(
        Request, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("request")
    )
    recommendation = models.ForeignKey(
        Recommendation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recommendation"),
    )

    class Meta:
        ordering = ("-on", "-pk")
        verbose_name = _("entry of the advocacy record")
        verbose_name_plural = _("advocacy record")
        constraints = (
            known("means", Means, "pressure_means_known"),
            known("result", Result, "pressure_result_known"),
            models.CheckConstraint(
                condition=Q(result="none") | ~Q(what_came=""),
                name="pressure_result_said",
                violation_error_message=_("Say what came of it."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.on.isoformat()} · {self.about[:60]}"
