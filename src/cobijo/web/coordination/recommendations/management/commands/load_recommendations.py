"""`cobijo manage load_recommendations`: the recommendations that the country pack names, with their documents."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cobijo.web.coordination.recommendations.services import load_pack_recommendations
from cobijo.web.core.access.context import acting_as_system


class Command(BaseCommand):
    help = "Add the recommendations of the country pack. May be repeated; what is there is left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        with acting_as_system("pack_recommendations") as by:
            new = load_pack_recommendations(by=by)
        self.stdout.write(f"{new} recommendations were new.")
