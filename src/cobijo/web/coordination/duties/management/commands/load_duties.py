"""`cobijo manage load_duties`: the duties of authorities that the country pack names."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cobijo.web.coordination.duties.services import load_pack_duties
from cobijo.web.core.access.context import acting_as_system


class Command(BaseCommand):
    help = "Add the duties of authorities that the country pack names. May be repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        with acting_as_system("pack_duties") as by:
            new = load_pack_duties(by=by)
        self.stdout.write(f"{new} duties were new.")
