"""Groups with their seats, meetings and decisions. No child and no child's record can stand in any of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cobijo.web.coordination.groups.choices import (
    GOING_ON,
    DecisionState,
    GroupKind,
    MeetingState,
    PlaceKind,
    SentList,
)
from cobijo.web.core.access.models import Edited


def known(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """The database takes only the codes of the list."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)


class Group(Edited):
    """Who coordinates, on what ground, and how often it must meet. The cadence is a clock."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=GroupKind)
    mandate = models.TextField(_("mandate"), max_length=2000, help_text=_("What it is for, in your words."))
    legal_ground = models.CharField(
        _("legal ground"), max_length=300, blank=True,
        help_text=_("Law and article, or the agreement that set it up. Empty: none is known."),
    )  # fmt: skip
    area = models.CharField(_("state"), max_length=16, blank=True, help_text=_("Empty: the whole country."))
    cadence_months = models.PositiveSmallIntegerField(
        _("meets every … months"), null=True, blank=True,
        help_text=_("How often the mandate says that it meets. Empty: the mandate does not say."),
    )  # fmt: skip
    since = models.DateField(
        _("since"), help_text=_("The cadence is counted from here until it first meets.")
    )
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("Empty: it exists today."))
    source = models.CharField(_("source"), max_length=250, blank=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        constraints = (
            known("kind", GroupKind, "group_kind_known"),
            models.CheckConstraint(
                condition=Q(cadence_months=None) | Q(cadence_months__gte=1, cadence_months__lte=120),
                name="group_cadence_possible",
                violation_error_message=_("Give the cadence in months, from 1 to 120."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since__lte=F("until")),
                name="group_days_in_order",
                violation_error_message=_("A group cannot end before it began."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Seat(Edited):
    """A place in a group. It is called by its office; who sits there is an organisation, never a named person."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="seats", verbose_name=_("group"))
    office = models.CharField(
        _("seat"), max_length=160, help_text=_("The office that sits there, not the person.")
    )
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("organisation"), help_text=_("Empty: the seat is vacant."),
    )  # fmt: skip
    since = models.DateField(_("since"), null=True, blank=True, help_text=_("Empty: not known."))
    until = models.DateField(_("term ends"), null=True, blank=True, help_text=_("Empty: no term is set."))
    sent_list = models.CharField(
        _("list of the agency"), max_length=12, choices=SentList, default=SentList.NOT_ASKED
    )

    class Meta:
        ordering = ("group", "office")
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = (
            known("sent_list", SentList, "seat_list_known"),
            models.UniqueConstraint(
                fields=("group", "office"), name="seat_once",
                violation_error_message=_("This group has this seat already."),
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(since__lte=F("until")),
                name="seat_days_in_order",
                violation_error_message=_("A term cannot end before it began."),
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(sent_list="not_asked"),
                name="seat_vacant_sends_no_list",
                violation_error_message=_("Nobody sits there, so nobody can have been asked for a list."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.office


class Meeting(Edited):
    """A day on which a group meets. Its state is changed by the steps of the room, never by an edit."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="meetings", verbose_name=_("group"))
    on = models.DateField(_("day"))
    at = models.TimeField(_("hour"), null=True, blank=True, help_text=_("Empty: not fixed yet."))
    place_kind = models.CharField(_("how"), max_length=12, choices=PlaceKind, default=PlaceKind.IN_PERSON)
    place = models.CharField(_("place"), max_length=200, blank=True)
    agenda = models.TextField(_("agenda"), max_length=4000, blank=True)
    minutes = models.TextField(_("minutes"), max_length=20_000, blank=True, editable=False)
    reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True, editable=False)
    state = models.CharField(
        _("state"), max_length=12, choices=MeetingState, default=MeetingState.PLANNED, editable=False
    )

    class Meta:
        ordering = ("-on", "-pk")
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        indexes = (models.Index(fields=("group", "state", "on"), name="meetings_of_a_group"),)
        constraints = (
            known("state", MeetingState, "meeting_state_known"),
            known("place_kind", PlaceKind, "meeting_place_known"),
            models.CheckConstraint(
                condition=Q(state="held") | Q(minutes=""), name="meeting_minutes_when_held"
            ),
            models.CheckConstraint(
                condition=(Q(state="cancelled") & ~Q(reason="")) | (~Q(state="cancelled") & Q(reason="")),
                name="meeting_cancelled_for_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.group} · {self.on.isoformat()}"


class Attendance(models.Model):
    """Whether a seat was filled on the day. Written with the meeting, read with it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+", verbose_name=_("seat"))
    present = models.BooleanField(_("present"))

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = (models.UniqueConstraint(fields=("meeting", "seat"), name="attendance_once"),)

    def __str__(self) -> str:
        return f"{self.meeting_id} · {self.seat_id}"


class Decision(Edited):
    """What a meeting decided, as a task: an organisation owns it, until a day. Without an owner it is refused."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="decisions", verbose_name=_("meeting"),
        help_text=_("The meeting that decided it."),
    )  # fmt: skip
    text = models.CharField(_("what was decided"), max_length=600)
    # `blank`: the form lets it pass, so that form, table, key and service refuse it with one sentence.
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, blank=True, related_name="+", verbose_name=_("who does it"),
        help_text=_("The organisation that answers for it."),
    )  # fmt: skip
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("person"), help_text=_("Somebody of that organisation who sees it among the own work."),
    )  # fmt: skip
    due_on = models.DateField(_("until"))
    state = models.CharField(_("state"), max_length=12, choices=DecisionState, default=DecisionState.OPEN)
    result = models.CharField(
        _("what became of it"), max_length=600, blank=True,
        help_text=_("Needed where it is done or dropped: what was done, or why not."),
    )  # fmt: skip

    class Meta:
        ordering = ("due_on", "pk")
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes = (
            models.Index(
                fields=("organisation", "due_on"),
                condition=Q(state__in=[one.value for one in GOING_ON]),
                name="decisions_going_on",
            ),
        )
        constraints = (
            known("state", DecisionState, "decision_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in GOING_ON]) | ~Q(result=""),
                name="decision_over_with_a_result",
                violation_error_message=_("Say what became of it: what was done, or why it was dropped."),
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def is_late(self) -> bool:
        """Its day has passed and nobody said what became of it."""
        return self.state in GOING_ON and self.due_on < timezone.localdate()
