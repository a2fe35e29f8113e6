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
        from cobijo.web.knowledge.terms.models import OwnTerm

        register_kind("own_term", model=OwnTerm)
        register_page(_("Terms"), _("Vocabulary"), url="terms:vocabulary", action="list", kind="own_term")
        register_page(_("Terms"), _("Check a text"), url="terms:check", action="list", kind="own_term")
