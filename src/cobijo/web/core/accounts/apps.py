"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "cobijo.web.core.accounts"
    label = "accounts"

    def ready(self) -> None:
        from cobijo.web.core.access.kinds import register_kind
        from cobijo.web.core.accounts.models import Account, Holding, Invitation, Organisation, Token

        register_kind(
            "organisation",
            model=Organisation,
            organisation="pk",
            area="area",
            public_fields=("code", "name", "kind", "area"),
        )
        register_kind("account", model=Account, owner="pk", organisation="organisation_id")
        register_kind("holding", model=Holding, owner="account_id", organisation="account__organisation_id")
        register_kind("invitation", model=Invitation, organisation="organisation_id")
        register_kind("token", model=Token, owner="account_id", organisation="account__organisation_id")
