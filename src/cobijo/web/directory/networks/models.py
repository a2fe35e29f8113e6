"""Networks of organisations, and who belongs to them since when."""

from __future__ import annotations

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cobijo.web.core.access.models import Edited


class NetworkRole(models.TextChoices):
    MEMBER = "member", _("Member")
    COORDINATION = "coordination", _("Coordinates it")
    SECRETARIAT = "secretariat", _("Keeps its office")
    OBSERVER = "observer", _("Observer")


class Network(Edited):
    code = models.SlugField(_("short name"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200, unique=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=40, blank=True)
    about = models.TextField(_("what it is for"), max_length=1000, blank=True)
    website = models.CharField(
        _("web address"), max_length=200, blank=True, validators=[URLValidator(["https", "http"])]
    )
    source = models.CharField(
        _("source"), max_length=250, blank=True, help_text=_("Where this was read, and how sure it is.")
    )

    class Meta:
        ordering = ("name",)
        verbose_name = _("network")
        verbose_name_plural = _("networks")

    def __str__(self) -> str:
        return self.name


class Membership(Edited):
    """An organisation in a network. One that has ended stays readable; a member may come back."""

    network = models.ForeignKey(
        Network, models.PROTECT, related_name="memberships", verbose_name=_("network")
    )
    member = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="memberships", verbose_name=_("member")
    )
    role = models.CharField(
        _("role in the network"), max_length=16, choices=NetworkRole, default=NetworkRole.MEMBER
    )
    since = models.DateField(_("since"), null=True, blank=True, help_text=_("Empty: not known."))
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("Empty: it is a member today."))

    class Meta:
        ordering = ("network", "member")
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = (
            models.UniqueConstraint(
                fields=("network", "member"),
                condition=Q(until=None),
                name="membership_once",
                violation_error_message=_("This organisation is a member of this network already."),
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(since__lte=F("until")),
                name="membership_days_in_order",
                violation_error_message=_("A membership cannot end before it began."),
            ),
            models.CheckConstraint(condition=Q(role__in=NetworkRole.values), name="membership_role_known"),
        )

    def __str__(self) -> str:
        return f"{self.member} · {self.network}"
