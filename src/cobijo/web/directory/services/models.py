"""A service: one thing that an organisation offers to children, where, to whom; and the links that verify it."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cobijo.web.core.access.models import Edited


class ServiceKind(models.TextChoices):
    SHELTER = "shelter", _("Shelter")
    HEALTH = "health", _("Health care")
    MENTAL_HEALTH = "mental_health", _("Psychological care")
    LEGAL = "legal", _("Legal aid and representation")
    SOCIAL = "social", _("Social work")
    EDUCATION = "education", _("School and training")
    HOTLINE = "hotline", _("Help line")
    REINTEGRATION = "reintegration", _("Return to family and community")
    PREVENTION = "prevention", _("Prevention")
    OTHER = "other", _("Other")


class ForWhom(models.TextChoices):
    ANY = "any", _("Everybody")
    GIRLS = "girls", _("Girls")
    BOYS = "boys", _("Boys")


class Cost(models.TextChoices):
    FREE = "free", _("Free")
    BY_MEANS = "by_means", _("According to means")
    PAID = "paid", _("Paid")


#: What other organisations see of a service. Where it lies is not among it: some must stay hidden.
PUBLIC = (
    "organisation", "name", "kind", "area", "for_whom", "age_from", "age_to", "disability", "languages", "any_papers",
    "capacity", "capacity_on", "hours", "cost", "child_friendly", "phone", "verified_on", "public_address", "ended_on",
    "state",
)  # fmt: skip

#: Services that somebody can be sent to: choices, public pages and the map show no other.
OFFERED = Q(ended_on=None, organisation__active=True)


class Service(Edited):
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="services", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=20, choices=ServiceKind)
    area = models.CharField(_("state"), max_length=16, blank=True, help_text=_("Empty: the whole country."))
    municipality = models.CharField(_("municipality"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=250, blank=True)
    hidden_address = models.BooleanField(
        _("the address must stay hidden"),
        default=False,
        help_text=_("For shelters: no other organisation and no public page ever shows where it is."),
    )
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    for_whom = models.CharField(_("for whom"), max_length=8, choices=ForWhom, default=ForWhom.ANY)
    age_from = models.PositiveSmallIntegerField(
        _("from age"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    age_to = models.PositiveSmallIntegerField(
        _("to age"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    disability = models.BooleanField(_("open to children with a disability"), default=False)
    languages = models.CharField(
        _("languages"), max_length=200, blank=True, help_text=_("Separated by commas, sign language too.")
    )
    any_papers = models.BooleanField(_("whatever the migration papers"), default=True)
    capacity = models.PositiveIntegerField(
        _("free places now"), null=True, blank=True, validators=[MaxValueValidator(100_000)]
    )
    capacity_on = models.DateField(_("places counted on"), null=True, blank=True)
    hours = models.CharField(_("hours"), max_length=120, blank=True)
    cost = models.CharField(_("cost"), max_length=10, choices=Cost, default=Cost.FREE)
    child_friendly = models.BooleanField(_("child-friendly"), default=False)
    public = models.BooleanField(_("may be shown to the public"), default=False)
    verified_on = models.DateField(_("last verified"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("verified by"),
        editable=False,
    )
    ended_on = models.DateField(
        _("no longer offered since"),
        null=True,
        blank=True,
        help_text=_("The entry stays readable; it is offered to nobody and shown on no public page."),
    )

    class Meta:
        ordering = ("name",)
        verbose_name = _("service")
        verbose_name_plural = _("services")
        indexes = (
            models.Index(fields=("kind", "area"), name="services_of_a_kind"),
            models.Index(fields=("name", "id"), name="services_by_name"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "name", "area", "municipality"),
                name="service_once",
                violation_error_message=_("This organisation has a service with this name there already."),
            ),
            models.CheckConstraint(
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_from__lte=F("age_to")),
                name="service_ages_in_order",
                violation_error_message=_("The first age must not be above the last."),
            ),
            models.CheckConstraint(condition=Q(kind__in=ServiceKind.values), name="service_kind_known"),
        )

    def __str__(self) -> str:
        return self.name

    def public_address(self) -> str:
        """Where it is, unless that must stay hidden; of a shelter always, since a tick is easily forgotten."""
        hidden = self.hidden_address or self.kind == ServiceKind.SHELTER
        return "" if hidden else ", ".join(filter(None, (self.address, self.municipality)))

    public_address.short_description = _("where")  # type: ignore[attr-defined]

    def state(self) -> str:
        """Whether somebody can be sent there, in words."""
        if not self.organisation.active:
            return gettext("organisation closed")
        return gettext("no longer offered") if self.ended_on is not None else gettext("offered")

    state.short_description = _("offered now")  # type: ignore[attr-defined]


class Answer(models.TextChoices):
    RIGHT = "right", _("still right")
    CORRECTED = "corrected", _("corrected")
    ENDED = "ended", _("no longer offered")


class VerifyLink(models.Model):
    """A link by which whoever got it says, once and until a day, whether an entry is right. A hash of it is kept."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="verify_links")
    secret_hash = models.BinaryField(max_length=32, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=12, choices=Answer, blank=True)

    class Meta:
        verbose_name = _("link to verify an entry")
        verbose_name_plural = _("links to verify entries")
        indexes = (models.Index(fields=("service", "-made_at"), name="links_of_a_service"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(used_at=None, answer="") | Q(used_at__isnull=False, answer__in=Answer.values),
                name="verify_link_used_says_how",
            ),
        )

    def __str__(self) -> str:
        return f"link {self.pk}"
