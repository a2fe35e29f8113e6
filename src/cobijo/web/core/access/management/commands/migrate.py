"""Django's `migrate`, in a fifth of its time where many tables are new.

For each new table Django draws anew every table that is related to it, however far away. Here nearly every table names
who made it, so all are related through the accounts, and a new site of 130 tables drew 15,000 (22 s of processor). A
table that is new is pointed to by nobody yet: it is enough to draw it alone. `tests/prove/test_schema.py` compares the
tables with those that Django's own way makes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db.migrations.state import ModelState, ProjectState


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with new_tables_drawn_alone():
            super().handle(*args, **options)


@contextmanager
def new_tables_drawn_alone() -> Iterator[None]:
    """While it is open, a state of the migrations that learns of a new model draws that one and no other."""
    before = ProjectState.add_model

    def add_model(self: Any, model_state: ModelState) -> None:
        drawn = self.__dict__.pop("apps", None)  # without it, Django only writes the new model down
        try:
            before(self, model_state)
        finally:
            if drawn is not None:
                self.__dict__["apps"] = drawn
        if drawn is not None:
            drawn.render_multiple([model_state])
            drawn.clear_cache()

    ProjectState.add_model = add_model  # type: ignore[method-assign]
    try:
        yield
    finally:
        ProjectState.add_model = before  # type: ignore[method-assign]
