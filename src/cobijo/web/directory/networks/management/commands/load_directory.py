"""`cobijo manage load_directory`: the networks and organisations that the country pack names."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cobijo.web.core.access.context import acting_as_system
from cobijo.web.directory.networks.services import load_pack_directory


class Command(BaseCommand):
    help = "Add the networks and organisations of the country pack to the directory. May be repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        with acting_as_system("pack_directory") as by:
            new = load_pack_directory(by=by)
        self.stdout.write(
            f"{new.organisations} organisations, {new.networks} networks and {new.memberships} memberships were new."
        )
