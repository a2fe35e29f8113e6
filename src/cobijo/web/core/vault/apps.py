from __future__ import annotations

from django.apps import AppConfig


class Vault(AppConfig):
    name = "cobijo.web.core.vault"
    label = "vault"
    default_auto_field = "django.db.models.BigAutoField"
