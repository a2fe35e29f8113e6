"""History of this room."""

from __future__ import annotations

from django.db import models

from cobijo.web.core.screens.models import ProtectedRevision
from cobijo.web.core.vault.places import place


class ChildRevision(ProtectedRevision):
    """History of this room's kinds: codes as they were, sealed bytes as they were, under the same key."""

    key_id = models.UUIDField(db_index=True)
    sealed = models.BinaryField()
    sealed_version = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "record_id", "number"), name="one_child_revision_a_version"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}, version {self.number}"

    def place(self) -> str:
        """The place for which the record's own bytes were sealed."""
        return sealed_place(self.kind, self.record_id, self.sealed_version)


def sealed_place(kind: str, record_id: int, version: int) -> str:
    """Where bytes of a kind were sealed, found by the kind's name."""
    from cobijo.web.core.access.kinds import kind_of

    known = kind_of(kind)
    if known is None:
        raise ValueError(f"no kind is called {kind}")
    return place(known.model, "sealed", record_id, version)
