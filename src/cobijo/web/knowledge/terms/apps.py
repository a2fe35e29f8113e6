"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TermsConfig(AppConfig):
    name = "cobijo.web.knowledge.terms"
    label = "terms"

    def ready(self) -> None:
        from cobijo.web.core.access.kinds import register_kind
        from cobijo.web.core.screens.menu import register_page
        from cobijo.web.core.screens.wording import register_reader
        from cobijo.web.knowledge.terms.models import OwnTerm
        from cobijo.web.knowledge.terms.queries import hints_on_a_page

        register_kind("own_term", model=OwnTerm)
        register_reader(hints_on_a_page)
        register_page(_("Terms"), _("Vocabulary"), url="terms:vocabulary", action="list", kind="own_term")
        register_page(_("Terms"), _("Check a text"), url="terms:check", action="list", kind="own_term")
