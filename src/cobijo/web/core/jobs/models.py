"""Long work, the files it makes, mail that waits to leave, and the workers that do it all."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


ENDED = (State.DONE, State.FAILED, State.CANCELLED)


class Job(models.Model):
    """One piece of long work. It holds ids and codes only: nothing that was written about a person.

    `attempts` is also the fence: whoever writes as attempt 1 after attempt 2 has begun, writes nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=60, blank=True)
    arguments = models.JSONField(default=dict)
    private = models.BinaryField(null=True)  # what must not be read from the table; emptied when the job ends
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    stage = models.CharField(max_length=80, blank=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    code = models.CharField(max_length=80, blank=True)  # the sentence of how it ended
    params = models.JSONField(default=dict)
    cursor = models.JSONField(null=True)  # where a resumed job goes on
    cancel_asked = models.BooleanField(default=False)
    attempts = models.PositiveIntegerField(default=0)
    lost = models.PositiveSmallIntegerField(default=0)  # attempts that ended with the death of their worker
    worker = models.CharField(max_length=60, blank=True)
    task_id = models.UUIDField(null=True)  # its entry in the queue
    lease_until = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at",)
        indexes = (
            models.Index(fields=("asked_by", "-made_at"), name="jobs_of_a_person"),
            models.Index(fields=("lease_until",), condition=Q(state="running"), name="jobs_running"),
            models.Index(fields=("made_at",), condition=Q(state="waiting"), name="jobs_waiting"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False)
                | (~Q(state="running") & Q(lease_until=None)),
                name="a_running_job_has_a_lease",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("done", "failed", "cancelled"), ended_at__isnull=False)
                | (Q(state__in=("waiting", "running")) & Q(ended_at=None)),
                name="an_ended_job_has_its_end",
            ),
        )

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    @property
    def per_cent(self) -> int | None:
        """Whole per cent, or none where the size of the stage is not known."""
        return min(100, 100 * self.done // self.total) if self.total else None


class StoredFile(models.Model):
    """A file outside the database, under a key of its own: an export that waits to be fetched, an upload to be read.

    Without this row the file cannot be read by anybody, so removing the row is what removes the file.
    """

    EXPORT, UPLOAD = "export", "upload"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=((EXPORT, _("export")), (UPLOAD, _("upload"))))
    job = models.OneToOneField(Job, models.CASCADE, null=True, related_name="file")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120)  # offered to the browser; a code and a day, never a person's name
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(default=0)
    rows = models.PositiveBigIntegerField(null=True)
    key = models.BinaryField()  # wrapped
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)


class Post(models.Model):
    """An e-mail that waits to leave, sealed: it may hold an invitation. Removed once it has left."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sealed = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(db_index=True)
    trouble = models.CharField(max_length=60, blank=True)  # the kind of failure, nothing that was in it


class Worker(models.Model):
    """A worker that lives, by its last beat."""

    name = models.CharField(primary_key=True, max_length=60)
    started_at = models.DateTimeField(auto_now_add=True)
    beat_at = models.DateTimeField()
