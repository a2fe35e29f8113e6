"""What happened: events that are added and never changed, and the chain that seals them in one order."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")


class Event(models.Model):
    """Who did what to which records, why. No foreign keys and no identities: it outlives what it speaks of."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("when"))
    account_id = models.BigIntegerField(_("who"))  # 0: the system, or nobody who was signed in
    organisation_id = models.BigIntegerField(_("organisation"))
    via = models.CharField(_("by way of"), max_length=8)
    action = models.CharField(_("what"), max_length=40)
    kind = models.CharField(_("kind of record"), max_length=40)
    ids = models.JSONField(_("records"))  # list of ids
    count = models.PositiveIntegerField(_("how many"))
    purpose = models.CharField(_("purpose"), max_length=80, blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    code = models.CharField(_("reason"), max_length=80, blank=True)  # of a refusal
    detail = models.JSONField(_("detail"))  # codes, field names and counts only
    key_id = models.CharField(max_length=16)
    nonce = models.BinaryField(max_length=16)  # makes two equal events differ, so that a copied row is found
    mac = models.BinaryField(max_length=32, unique=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = (
            models.Index(fields=("account_id", "at"), name="event_who_when"),
            models.Index(fields=("kind", "action", "at"), name="event_what_when"),
        )

    def __str__(self) -> str:
        return f"{self.action} {self.kind} ({self.count})"


class Seal(models.Model):
    """One link of the chain: the place of an event in the order, bound to all links before it."""

    number = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")

    def __str__(self) -> str:
        return f"{self.number}: event {self.event_id}"


class Checkpoint(models.Model):
    """A signed head of the chain that was handed out; the file of it is kept elsewhere."""

    number = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    signature = models.BinaryField(max_length=64)

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")

    def __str__(self) -> str:
        return f"checkpoint at {self.number}"
