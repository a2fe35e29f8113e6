"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "cobijo.web.directory.organisations"
    label = "organisations"

    def ready(self) -> None:
        from cobijo.web.core.access.kinds import register_kind
        from cobijo.web.directory.organisations.models import PUBLIC_CONTACT, Contact, WorkArea

        register_kind(
            "contact",
            model=Contact,
            organisation="organisation_id",
            area="area",
            public_fields=PUBLIC_CONTACT,
        )
        register_kind("work_area", model=WorkArea, organisation="organisation_id", area="area")
