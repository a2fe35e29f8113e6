"""`cobijo manage work`: a worker."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Do the long work and keep the clocks, until asked to stop. Several may run, on several machines."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when the queue is empty")
        parser.add_argument("--lifeline", action="store_true", help="stop when standard input ends")

    def handle(self, *args: Any, **options: Any) -> None:
        from cobijo.web.core.jobs.worker import work

        work(once=options["once"], lifeline=options["lifeline"])
