"""The dry run of an import: every row is checked; the first ones are written too, and taken back."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection, transaction

from cobijo.errors import CobijoError
from cobijo.sentences import render
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.jobs import outbox, queries
from cobijo.web.core.screens.importing import Reader, Row
from cobijo.web.core.screens.register import Register
from cobijo.web.core.screens.showing import language
from cobijo.web.core.vault.router import KEYS

TRIED = 5_000  # rows that are really written, and taken back: what only the database knows is found in them
SAID = 100  # problems shown


def chunk_size() -> int:
    """Rows a transaction. On SQLite a fifth of a second, since nobody else writes meanwhile; PostgreSQL likes many."""
    return 10_000 if connection.vendor == "postgresql" else 250


class TakenBack(Exception):
    """Ends a trial: what it wrote is undone."""


@dataclass(frozen=True)
class Trial:
    """What an import would do: how many rows are in order, and what is wrong with which."""

    rows: int
    good: int
    written: int  # rows that were written and taken back
    problems: tuple[tuple[int, str, str], ...]  # row of the file (0: not known), field, sentence
    more: bool  # there are further problems


class Trying:
    """A dry run, a batch of rows at a time."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.reader: Reader | None = None
        self.rows = self.written = 0
        self.problems: list[tuple[int, str, str]] = []
        self.bad: set[int] = set()

    def batch(self, access: Access, rows: Sequence[Row]) -> None:
        """Check some rows as the person who will import them."""
        check(access, "import", self.register.kind)
        check(access, "add", self.register.kind)
        self.reader = self.reader or Reader(access, self.register)
        good: list[tuple[int, dict[str, Any]]] = []
        for number, row in rows:
            values, wrong = self.reader.values(row)
            for field, said in wrong:
                self._note(number, field, said)
            if not wrong:
                good.append((number, values))
        self.rows += len(rows)
        if self.written < TRIED and len(self.problems) <= SAID:
            self._write(access, good)

    def trial(self) -> Trial:
        bad = len(self.bad)
        problems = tuple(sorted(self.problems)[:SAID])
        return Trial(self.rows, self.rows - bad, self.written, problems, len(self.problems) > SAID)

    def _note(self, number: int, field: str, said: str) -> None:
        self.bad.add(number)
        if len(self.problems) <= SAID:
            self.problems.append((number, field, said))

    def _write(self, access: Access, good: list[tuple[int, dict[str, Any]]]) -> None:
        assert self.register.add is not None
        while good:
            try:
                with ExitStack() as stack:
                    stack.enter_context(transaction.atomic())
                    if self.register.sealed:
                        stack.enter_context(transaction.atomic(using=KEYS))
                    self.register.add(by=access, rows=[values for _number, values in good])
                    raise TakenBack
            except TakenBack:
                self.written += len(good)
                return
            except Forbidden:
                raise
            except CobijoError as wrong:
                place = wrong.params.get("row")
                number = good[place - 1][0] if isinstance(place, int) else 0
                self._note(number, "", render(wrong.code, {**wrong.params, "row": number}, language()))
                if not isinstance(place, int) or len(self.problems) > SAID:
                    return
                del good[place - 1]


def keep(access: Access, job_id: Any, trial: Any) -> None:
    """Keep what a dry run found (a dataclass), sealed: its sentences may repeat what stood in the table."""
    content = io.BytesIO(json.dumps(asdict(trial)).encode())
    account = Account.objects.get(pk=access.account_id)
    outbox.keep_upload(by=account, source=content, name=f"tried-{job_id}", media_type="application/json")


def kept(access: Access, job_id: Any) -> Trial | None:
    """What a dry run of this person found in the table of a register; None where it is gone."""
    said = kept_content(access, job_id)
    return Trial(**{**said, "problems": tuple(said["problems"])}) if said is not None else None


def kept_content(access: Access, job_id: Any) -> dict[str, Any] | None:
    """The fields of what was kept."""
    file = queries.uploads(access).filter(name=f"tried-{job_id}").first()
    if file is None:
        return None
    with outbox.reading(file) as source:
        said: dict[str, Any] = json.loads(source.read() or b"{}")
    return {**said, "problems": [(row, field, text) for row, field, text in said["problems"]]}
