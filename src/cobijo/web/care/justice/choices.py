"""The coded answers of this room. Whoever harmed the child is a relation and a role; no field holds a name."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Relation(models.TextChoices):
    """What the person is to the child."""

    PARENT = "parent", _("mother or father")
    STEP_PARENT = "step_parent", _("partner of a parent")
    RELATIVE = "relative", _("other relative")
    PARTNER = "partner", _("partner of the child")
    KNOWN = "known", _("somebody the family knows")
    CARER = "carer", _("in charge of the child: school, shelter, sport, faith")
    EMPLOYER = "employer", _("employer")
    OFFICIAL = "official", _("public servant")
    TRAVELLER = "traveller", _("traveller or tourist")
    ONLINE = "online", _("known only online")
    STRANGER = "stranger", _("stranger")
    GROUP = "group", _("several people or a group")
    UNKNOWN = "unknown", _("not known")


class Part(models.TextChoices):
    """What the person is alleged to have done."""

    ABUSED = "abused", _("abused the child")
    PAID = "paid", _("paid or gave something for it")
    ARRANGED = "arranged", _("arranged it or profited from it")
    RECRUITED = "recruited", _("recruited")
    MOVED = "moved", _("moved or housed the child")
    MATERIAL = "material", _("made, kept or passed on abuse material")
    ONLINE = "online", _("pressed or extorted online")
    ALLOWED = "allowed", _("knew of it and let it happen")
    SEVERAL = "several", _("several of these")
    UNKNOWN = "unknown", _("not known")


class OffenderAge(models.TextChoices):
    """Only adults stand in a proceeding of this room. Whoever may be a child is kept apart."""

    ADULT = "adult", _("an adult")
    UNKNOWN = "unknown", _("nobody knows who it is; nothing says that it is a child")


class Authority(models.TextChoices):
    """The body that took the step."""

    STATE_PROSECUTOR = "state_prosecutor", _("prosecutor’s office of the state")
    FEDERAL_PROSECUTOR = "federal_prosecutor", _("federal prosecutor’s office")
    CONTROL_COURT = "control_court", _("court of the investigation")
    TRIAL_COURT = "trial_court", _("trial court")
    APPEAL_COURT = "appeal_court", _("court of appeal")
    SENTENCE_COURT = "sentence_court", _("court that oversees sentences")
    FAMILY_COURT = "family_court", _("family court")
    YOUTH_COURT = "youth_court", _("court for adolescents")
    VICTIMS_BODY = "victims_body", _("commission for victims")
    PROTECTION_OFFICE = "protection_office", _("protection office")
    ADMINISTRATIVE = "administrative", _("administrative authority")
    OTHER = "other", _("other authority")


class Verdict(models.TextChoices):
    CONVICTED = "convicted", _("convicted")
    PARTLY = "partly", _("convicted of a part")
    ACQUITTED = "acquitted", _("acquitted")


class DelayReason(models.TextChoices):
    HEARING = "hearing", _("The hearing was put off")
    NO_DATE = "no_date", _("The authority gave no date")
    EXPERT = "expert", _("A report of an expert is missing")
    EVIDENCE = "evidence", _("Evidence has not been gathered")
    ACCUSED = "accused", _("The accused was not found or did not come")
    COMPETENCE = "competence", _("Two authorities disagree who is competent")
    DEFENCE = "defence", _("The defence asked for more time")
    INTERPRETER = "interpreter", _("No interpreter, or no support for a disability")
    REPRESENTATION = "representation", _("The child had no legal representative")
    CHILD = "child", _("The child was not ready, and was not pressed")
    CROSS_BORDER = "cross_border", _("Another country must answer")
    OTHER = "other", _("Other reason")


class MeasureKind(models.TextChoices):
    NO_CONTACT = "no_contact", _("No contact with the child")
    DISTANCE = "distance", _("Keep a distance")
    LEAVE_HOME = "leave_home", _("Leave the home of the child")
    RESERVED = "reserved", _("The child’s identity is kept out of the file and the press")
    EARLY_EVIDENCE = "early_evidence", _("The child is heard once, early, and recorded")
    SCREEN = "screen", _("Heard without meeting the accused")
    COMPANION = "companion", _("A person of trust beside the child")
    SAFE_PLACE = "safe_place", _("A safe place to live")
    ESCORT = "escort", _("Escort or patrols")
    ONLINE = "online", _("Material taken down or kept as evidence")
    OTHER = "other", _("Other measure")


class MeasureState(models.TextChoices):
    ASKED = "asked", _("asked for")
    ORDERED = "ordered", _("ordered")
    REFUSED = "refused", _("refused")
    ENDED = "ended", _("ended")


class ReparationKind(models.TextChoices):
    MONEY = "money", _("money")
    CARE = "care", _("care and rehabilitation")
    RESTORED = "restored", _("what was taken is restored: school, home, papers")
    SATISFACTION = "satisfaction", _("apology or public recognition")
    NOT_AGAIN = "not_again", _("steps so that it does not happen again")


class ReparationState(models.TextChoices):
    ORDERED = "ordered", _("ordered")
    PARTLY = "partly", _("arrived in part")
    DONE = "done", _("all of it arrived")
    UNPAID = "unpaid", _("not to be had")


class Done(models.TextChoices):
    """What was done to the child."""

    DETAINED = "detained", _("detained")
    CHARGED = "charged", _("charged")
    FINED = "fined", _("fined or otherwise punished")


class Ground(models.TextChoices):
    """What exploitation made the child do, and for which it is now punished."""

    SOLD_SEX = "sold_sex", _("being in prostitution or in the street")
    PAPERS = "papers", _("false or missing papers")
    MIGRATION = "migration", _("crossing a border or staying without papers")
    DRUGS = "drugs", _("using, carrying or selling drugs")
    THEFT = "theft", _("theft")
    BEGGING = "begging", _("begging or selling in the street")
    IMAGES = "images", _("pictures of itself")
    WATCHING = "watching", _("keeping watch or carrying messages")
    RECRUITING = "recruiting", _("bringing in other children")
    RESISTING = "resisting", _("defending itself")
    RAN_AWAY = "ran_away", _("running away")
    OTHER = "other", _("something else that it was made to do")


class AlertState(models.TextChoices):
    OPEN = "open", _("nobody represents the child yet")
    REPRESENTED = "represented", _("a legal representative acts")
    ENDED = "ended", _("over")


class AlertEnd(models.TextChoices):
    DROPPED = "dropped", _("Dropped: the child is not punished")
    NOT_OPENED = "not_opened", _("No proceeding was opened")
    ACQUITTED = "acquitted", _("Acquitted")
    UNDONE = "undone", _("The punishment was undone, and the record erased")
    PUNISHED = "punished", _("The child was punished all the same")
    MISTAKE = "mistake", _("Recorded by mistake")


class Alleged(models.TextChoices):
    """What a child is alleged to have done to another. It is an allegation about a child, never an offence."""

    RECRUITED = "recruited", _("brought in other children")
    WATCHED = "watched", _("kept watch or collected money")
    PASSED_ON = "passed_on", _("passed on pictures")
    HARMED = "harmed", _("hurt another child")
    OTHER = "other", _("other")


class AllegedIs(models.TextChoices):
    """What the alleged child is to the child of the case."""

    SIBLING = "sibling", _("brother, sister or cousin")
    PARTNER = "partner", _("partner")
    FRIEND = "friend", _("friend or classmate")
    SAME_PLACE = "same_place", _("exploited in the same place")
    ONLINE = "online", _("known only online")
    UNKNOWN = "unknown", _("not known")


class OwnHelp(models.TextChoices):
    """Whether somebody looks after the alleged child as a child."""

    NONE = "none", _("nobody yet")
    ASKED = "asked", _("asked for")
    HAS = "has", _("has a caseworker or representative of its own")
    UNKNOWN = "unknown", _("not known")
