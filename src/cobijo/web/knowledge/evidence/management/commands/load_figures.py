"""`cobijo manage load_figures`: the sources, figures and ratings that the country pack brings along."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cobijo.web.core.access.context import acting_as_system
from cobijo.web.knowledge.evidence.loading import load_evidence


class Command(BaseCommand):
    help = "Add the sources, figures and ratings of the country pack. May be repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        with acting_as_system("pack_figures") as by:
            new = load_evidence(by=by)
        self.stdout.write(
            f"{new.sources} sources, {new.figures} figures and {new.ratings} ratings were new;"
            f" {new.contradictions} contradictions were opened."
        )
