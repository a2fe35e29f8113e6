"""The proofs' own room as a Django app."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import AppConfig


def known(identity: Mapping[str, Any]) -> dict[str, Any]:
    return {name: identity[name] for name in identity if name != "note"}


class Country(AppConfig):
    name = "tests.prove.country"
    label = "prove"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cobijo.web.core.access.grants import GRANTS, OWN, _index, may
        from cobijo.web.core.access.kinds import register_kind
        from cobijo.web.core.accounts.roles import Role
        from cobijo.web.core.vault.indexing import register_index
        from tests.prove.country.models import File

        register_kind("file", model=File, protected=True, identity_fields=("given", "surname1", "note"))
        register_index("file", model=File, purposes=("search",), known=known)
        mine = may("list, see, see_identity, add, change, history", "file", OWN)
        GRANTS[Role.CASEWORKER] = (*GRANTS[Role.CASEWORKER], *mine)
        _index.cache_clear()
