"""History: of this room, and what the other rooms of care build theirs on."""

from __future__ import annotations

from django.db import models

from cobijo.web.core.access.kinds import kind_of
from cobijo.web.core.screens.models import SealedRevision
from cobijo.web.core.vault.places import place


class Past(SealedRevision):
    """Base for the histories of this wing: codes as they were, sealed bytes as they were, under the same key."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}, version {self.number}"

    def place(self) -> str:
        """The place for which the record's own bytes were sealed, found by the kind's name."""
        known = kind_of(self.kind)
        if known is None:
            raise ValueError(f"no kind is called {self.kind}")
        return place(known.model, "sealed", self.record_id, self.sealed_version)


class ChildRevision(Past):
    """History of this room's kinds."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "record_id", "number"), name="one_child_revision_a_version"
            ),
        )
