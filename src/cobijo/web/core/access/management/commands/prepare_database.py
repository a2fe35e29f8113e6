"""`cobijo manage prepare_database`: tables, the application's role, its rights, in the key store too."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, connections

from cobijo.web.core.access.database import application_role, prepare_role, unguarded_tables


class Command(BaseCommand):
    help = "Bring the tables up to date and give the application's role its rights. May be repeated."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-migrate", action="store_true", help="only the role and its rights")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["no_migrate"]:
            for alias in connections:
                call_command("migrate", database=alias, verbosity=options["verbosity"], interactive=False)
        if connection.vendor != "postgresql":
            self.stdout.write("SQLite has no roles: nothing more to do.")
            return
        name, password = application_role()
        prepare_role(name, password)
        call_command("vault", "prepare")  # the room above knows what the application needs in its store
        open_tables = unguarded_tables()
        if open_tables:
            raise CommandError(f"without row-level security: {', '.join(open_tables)}")
        self.stdout.write(f"The role {name} is ready.")
