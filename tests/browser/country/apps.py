"""The invented people as a Django app; its tables are made by `tests.browser.country.filling`."""

from __future__ import annotations

from django.apps import AppConfig


class Country(AppConfig):
    name = "tests.browser.country"
    label = "country"

    def ready(self) -> None:
        from cobijo.web.core.access.grants import GRANTS, _index
        from tests.web import demo_person

        demo_person.register()
        for role, grants in demo_person.GRANTS.items():
            GRANTS[role] = (*GRANTS[role], *grants)
        _index.cache_clear()
