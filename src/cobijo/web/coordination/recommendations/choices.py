"""The closed lists of the room, and the table of what a recommendation can become."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


class Body(models.TextChoices):
    CRC = "crc", _("Committee on the Rights of the Child")
    CEDAW = "cedaw", _("Committee on discrimination against women")
    CMW = "cmw", _("Committee on migrant workers")
    HRC = "hrc", _("Human Rights Council and its rapporteurs")
    UPR = "upr", _("Universal Periodic Review")
    INTER_AMERICAN = "inter_american", _("Inter-American system")
    STUDY = "study", _("The study of 2017")
    OTHER = "other", _("Another body")


class Progress(models.TextChoices):
    NOT_BEGUN = "not_begun", _("not begun")
    UNDER_WAY = "under_way", _("under way")
    PARTLY = "partly", _("partly carried out")
    CARRIED_OUT = "carried_out", _("carried out")
    REJECTED = "rejected", _("rejected by the State")
    OVERTAKEN = "overtaken", _("overtaken by events")


class Means(models.TextChoices):
    """How somebody pressed."""

    LETTER = "letter", _("letter or request")
    MEETING = "meeting", _("meeting")
    HEARING = "hearing", _("hearing")
    MEDIA = "media", _("press or broadcast")
    REPORT = "report", _("report to a body")
    COURT = "court", _("court or complaint")
    STREET = "street", _("public action")


class Result(models.TextChoices):
    NONE = "none", _("nothing yet")
    PROMISED = "promised", _("a promise")
    PARTLY = "partly", _("part of it")
    DONE = "done", _("all that was asked")
    WORSE = "worse", _("a setback")


_ENDS = frozenset({Progress.CARRIED_OUT, Progress.REJECTED, Progress.OVERTAKEN})
#: What a recommendation can become. One that was carried out can fall back, since practice does.
STEPS: Mapping[str, frozenset[str]] = {
    Progress.NOT_BEGUN: frozenset({Progress.UNDER_WAY, Progress.PARTLY}) | _ENDS,
    Progress.UNDER_WAY: frozenset({Progress.NOT_BEGUN, Progress.PARTLY}) | _ENDS,
    Progress.PARTLY: frozenset({Progress.UNDER_WAY}) | _ENDS,
    Progress.CARRIED_OUT: frozenset({Progress.PARTLY}),
    Progress.REJECTED: frozenset({Progress.NOT_BEGUN, Progress.UNDER_WAY}),
    Progress.OVERTAKEN: frozenset({Progress.NOT_BEGUN}),
}
#: Nothing more is expected of it, and somebody said why.
ENDED = tuple(one.value for one in Progress if one in _ENDS)
