"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "cobijo.web.directory.organisations"
    label = "organisations"
