"""What the directory knows of an organisation beyond its name: whom to ask, and in which states it works."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cobijo.web.core.access.models import Edited

#: What other organisations see of a contact that is marked public; of any other contact they see nothing.
PUBLIC_CONTACT = ("organisation", "post", "name", "phone", "email", "area", "public")


class Contact(Edited):
    """Somebody to ask at an organisation. It is called by its post: the name is personal data and may be missing."""

    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="contacts", verbose_name=_("organisation")
    )
    post = models.CharField(_("post"), max_length=120, help_text=_("What the person does there."))
    name = models.CharField(
        _("name"), max_length=120, blank=True, help_text=_("Only where it is needed: posts outlast people.")
    )
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    area = models.CharField(_("state"), max_length=16, blank=True, help_text=_("Empty: the whole country."))
    public = models.BooleanField(
        _("other organisations may see it"),
        default=False,
        help_text=_(
            "The person agreed. Without the mark, only the own organisation and the directory’s keepers know of it."
        ),
    )
    keeps_entries = models.BooleanField(
        _("is asked whether the entries are still right"),
        default=False,
        help_text=_("A link to check an entry goes to this e-mail address first."),
    )

    class Meta:
        ordering = ("post", "pk")
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        indexes = (models.Index(fields=("organisation", "post"), name="contacts_of_organisation"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(email=""),
                name="contact_reachable",
                violation_error_message=_("Give a telephone or an e-mail address: one of them is needed."),
            ),
            models.CheckConstraint(
                condition=Q(keeps_entries=False) | ~Q(email=""),
                name="contact_asked_by_mail",
                violation_error_message=_("Whoever is asked about the entries needs an e-mail address."),
            ),
            models.UniqueConstraint(
                fields=("organisation", "post", "name", "area"),
                name="contact_once",
                violation_error_message=_("This organisation has this contact already."),
            ),
        )

    def __str__(self) -> str:
        """Never the name: this is said in headings, lists of choices and "who can see this?"."""
        return self.post


class WorkArea(models.Model):
    """One state in which an organisation works; none at all: where its own `area` says."""

    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="work_areas", verbose_name=_("organisation")
    )
    area = models.CharField(_("state"), max_length=16)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("area", "organisation")
        verbose_name = _("area of work")
        verbose_name_plural = _("areas of work")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "area"),
                name="work_area_once",
                violation_error_message=_("It is entered already that this organisation works there."),
            ),
            models.CheckConstraint(
                condition=~Q(area=""),
                name="work_area_named",
                violation_error_message=_("Choose the state in which it works."),
            ),
        )

    def __str__(self) -> str:
        return self.area
