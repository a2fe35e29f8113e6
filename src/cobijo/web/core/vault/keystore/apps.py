from __future__ import annotations

from django.apps import AppConfig


class KeyStore(AppConfig):
    """Its own app, because it is its own database (see `vault.router`)."""

    name = "cobijo.web.core.vault.keystore"
    label = "keystore"
    default_auto_field = "django.db.models.BigAutoField"
