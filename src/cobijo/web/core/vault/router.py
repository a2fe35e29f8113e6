"""Which table lies in which database: keys in the key store, all else in the default one, never both."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

KEYS = "keys"
LABEL = "keystore"


class KeyStoreRouter:
    """`DATABASE_ROUTERS` names it."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return KEYS if model._meta.app_label == LABEL else None

    def db_for_write(self, model: type[Model], **hints: Any) -> str | None:
        return KEYS if model._meta.app_label == LABEL else None

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool | None:
        if one._meta.app_label == other._meta.app_label == LABEL:
            return True
        return False if LABEL in (one._meta.app_label, other._meta.app_label) else None

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **hints: Any
    ) -> bool | None:
        """The key store takes its own app only, also where an operation is plain SQL."""
        return app_label == LABEL if db == KEYS else (False if app_label == LABEL else None)
