"""`cobijo manage write_forms FOLDER`: the concern and the case as XLSForms."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone


class Command(BaseCommand):
    help = "Write the forms for telephones (XLSForm) of concern and case into a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--languages", nargs="+", default=["es", "en"], choices=["es", "en"])

    def handle(self, *_args: Any, **options: Any) -> None:
        from cobijo.web.care.systems.phone_forms import FORMS, make_form

        folder: Path = options["folder"]
        folder.mkdir(parents=True, exist_ok=True)
        for form in FORMS:
            made = make_form(form, day=timezone.localdate(), languages=options["languages"])
            path = folder / f"{form}.xlsx"
            path.write_bytes(made.content)
            self.stdout.write(
                f"{path.name}: {len(made.left_out)} fields left out: {', '.join(made.left_out)}"
            )
