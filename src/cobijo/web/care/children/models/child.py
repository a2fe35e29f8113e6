"""The child, the concern, the event, the decision. Names, dates of birth and free text lie sealed; codes lie plain."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cobijo.web.core.access.models import Protected
from cobijo.web.core.vault.models import Sealed

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is misread or misheard


def new_code() -> str:
    """A name for lists and slips that says nothing: eight signs, 39 bits, drawn anew for every record."""
    return "".join(secrets.choice(ALPHABET) for _ in range(8))


class AgeKnown(models.TextChoices):
    KNOWN = "known", _("Known")
    ESTIMATED = "estimated", _("Estimated")
    UNKNOWN = "unknown", _("Unknown")
    DISPUTED = "disputed", _("Disputed")


class HoldReason(models.TextChoices):
    PROCEEDINGS = "proceedings", _("Proceedings under way")
    COMPLAINT = "complaint", _("Complaint about staff")
    ORDER = "order", _("Order of a court")
    CHILD_ASKED = "child_asked", _("The child asked for it")


class Child(Sealed, Protected):
    """One child, or one adult who was harmed as a child. Who it is stands in the sealed part (see `sheets.py`).

    There is no plain year of birth: lists do without, and a year with a state and a day would tell too much.
    """

    code = models.CharField(_("code"), max_length=12, unique=True, default=new_code, editable=False)
    age_known = models.CharField(_("age is"), max_length=10, choices=AgeKnown, default=AgeKnown.UNKNOWN)
    hold = models.CharField(_("legal hold"), max_length=12, choices=HoldReason, blank=True)
    hold_at = models.DateTimeField(_("held since"), null=True, editable=False)
    hold_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    keep_until = models.DateField(_("kept until"), null=True, editable=False)  # null while a case is open
    erased_at = models.DateTimeField(_("erased"), null=True, editable=False)

    class Meta:
        verbose_name = _("child")
        verbose_name_plural = _("children")
        indexes = (models.Index(fields=("keep_until",), name="children_to_review"),)
        constraints = (
            models.CheckConstraint(condition=Q(age_known__in=AgeKnown.values), name="child_age_known"),
            models.CheckConstraint(
                condition=Q(hold="", hold_at=None) | (~Q(hold="") & Q(hold_at__isnull=False)),
                name="child_hold_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(hold=""), name="child_under_hold_is_not_erased"
            ),
        )

    def __str__(self) -> str:
        return self.code


#: Of rows that may be emptied before their child is erased (see `cases.parts`): those that still say something.
SAYS_SOMETHING = ~Q(sealed=b"")


class OfChild(Sealed, Protected):
    """Base of everything about one child: it lies where the child lies and is sealed with the child's key."""

    child = models.ForeignKey(Child, models.PROTECT, related_name="+", verbose_name=_("child"))

    class Meta:
        abstract = True


class Noticer(models.TextChoices):
    HEALTH = "health", _("Health worker")
    EDUCATION = "education", _("School")
    SOCIAL = "social", _("Social worker")
    HELPLINE = "helpline", _("Help line")
    JUSTICE = "justice", _("Justice or police")
    TOURISM = "tourism", _("Travel and tourism staff")
    ONLINE = "online", _("Online service")
    FAMILY = "family", _("Family")
    CHILD = "child", _("The child")
    COMMUNITY = "community", _("Somebody nearby")
    OTHER = "other", _("Other")


class Sign(models.TextChoices):
    """Things that can be noticed. None proves anything, and none is a diagnosis."""

    TOLD = "told", _("The child told somebody")
    ADULT_SPEAKS = "adult_speaks", _("An adult speaks for the child and does not leave")
    FEAR = "fear", _("Fear of somebody")
    INJURY = "injury", _("Injuries that nobody explains")
    GIFTS = "gifts", _("Money, gifts or goods that nobody explains")
    AWAY = "away", _("Often away or missing")
    OLDER = "older", _("A much older “partner”")
    PAPERS = "papers", _("Somebody else keeps the papers or telephone")
    IMAGES = "images", _("Pictures or messages used as a threat")
    CONTACT_ONLINE = "contact_online", _("Pressed by somebody online")
    MOVED = "moved", _("Brought here by somebody who is not family")
    DEBT = "debt", _("Speaks of a debt to pay off")
    OTHER = "other", _("Other")


class Urgency(models.TextChoices):
    NOW = "now", _("In danger now")
    TODAY = "today", _("Today")
    DAYS = "days", _("Within days")
    CAN_WAIT = "can_wait", _("Can wait")


class AgeBand(models.TextChoices):
    B0 = "0-5", _("0 to 5")
    B6 = "6-11", _("6 to 11")
    B12 = "12-14", _("12 to 14")
    B15 = "15-17", _("15 to 17")
    ADULT = "18+", _("18 or older")
    UNKNOWN = "unknown", _("Not known")


class ConcernState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    JOINED = "joined", _("joined to a child")
    SET_ASIDE = "set_aside", _("set aside")


class SetAside(models.TextChoices):
    NO_CHILD = "no_child", _("Not about a child")
    NOT_OURS = "not_ours", _("Handed to the competent body")
    DOUBLE = "double", _("Noticed twice")
    NO_GROUND = "no_ground", _("Looked into; no ground for concern")


class Concern(Sealed, Protected):
    """What was noticed. Its code is on the slip that the noticer keeps; whoever only noticed reads nothing back.

    It has a key of its own until it is joined to a child; then it is sealed with the child's.
    """

    code = models.CharField(_("hand-over code"), max_length=12, unique=True, default=new_code, editable=False)
    noticer = models.CharField(_("who noticed"), max_length=10, choices=Noticer)
    organisation = models.ForeignKey(
        "accounts.Organisation",
        models.PROTECT,
        related_name="+",
        verbose_name=_("organisation that noticed"),
    )
    signs = models.JSONField(_("signs"), default=list, blank=True)
    noticed_on = models.DateField(_("noticed on"))
    area = models.CharField(_("state"), max_length=16)
    urgency = models.CharField(_("urgency"), max_length=8, choices=Urgency)
    age_band = models.CharField(_("age"), max_length=8, choices=AgeBand, default=AgeBand.UNKNOWN)
    material_shown = models.BooleanField(_("abuse material was shown or mentioned"), default=False)
    duty = models.CharField(_("duty to report that was shown"), max_length=60, blank=True)  # the pack's code
    state = models.CharField(max_length=10, choices=ConcernState, default=ConcernState.WAITING)
    aside = models.CharField(_("why set aside"), max_length=10, choices=SetAside, blank=True)
    child = models.ForeignKey(Child, models.PROTECT, null=True, related_name="concerns", editable=False)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    taken_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        indexes = (models.Index(fields=("scope", "state", "made_at"), name="concerns_waiting"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state="waiting", child=None, taken_at=None, aside="")
                | Q(state="joined", child__isnull=False, taken_at__isnull=False, aside="")
                | (Q(state="set_aside", child=None, taken_at__isnull=False) & ~Q(aside="")),
                name="concern_state_and_pairs",
            ),
            models.CheckConstraint(condition=Q(urgency__in=Urgency.values), name="concern_urgency_known"),
        )

    def __str__(self) -> str:
        return self.code
