"""`cobijo manage load_laws`: the treaties, laws, penalties and studies that the country pack brings along."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cobijo.web.core.access.context import acting_as_system
from cobijo.web.knowledge.laws.loading import load_pack_laws


class Command(BaseCommand):
    help = "Add the treaties, laws, articles, amendments, penalties and studies of the country pack. May be repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        with acting_as_system("pack_laws") as by:
            new = load_pack_laws(by=by)
        self.stdout.write(
            f"{new.instruments} treaties and laws, {new.articles} articles, {new.amendments} amendments,"
            f" {new.penalties} penalties and {new.studies} studies were new."
        )
