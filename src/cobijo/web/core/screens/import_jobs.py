"""Imports as long work: the dry run of a large table, and the writing, chunk by chunk, each row once."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import translation

from cobijo.errors import CobijoError, InputProblem
from cobijo.web.core.access.policy import check
from cobijo.web.core.jobs import outbox, queries
from cobijo.web.core.jobs import services as job_services
from cobijo.web.core.screens import importing, trying
from cobijo.web.core.screens.register import Register, register_of
from cobijo.web.core.screens.showing import language

if TYPE_CHECKING:
    from cobijo.web.core.accounts.models import Account
    from cobijo.web.core.jobs.models import Job, StoredFile
    from cobijo.web.core.jobs.running import Context

TRY, IMPORT = "screens.try", "screens.import"


@dataclass(frozen=True)
class Handed:
    """Into what a table goes, and the page that reads what was found: `url?tried=<job>`."""

    title: str
    url: str


Place = Callable[[Mapping[str, Any]], Handed | None]
_elsewhere: dict[str, tuple[bool, Place]] = {}


def register_table(*, tries: str, imports: str, place: Place) -> None:
    """A page of its own takes tables in, by two kinds of job: they stand in the list of tables handed in, too."""
    _elsewhere.update({tries: (True, place), imports: (False, place)})


def handed_kinds() -> tuple[str, ...]:
    return (TRY, IMPORT, *_elsewhere)


def handed(job: Job) -> tuple[Handed | None, bool]:
    """Where a job belongs, if that is still there, and whether it was a dry run."""
    if job.kind in _elsewhere:
        tried, place = _elsewhere[job.kind]
        return place(job.arguments), tried
    register = register_of(job.arguments.get("kind", ""))
    found = Handed(str(register.title), reverse(f"{register.kind}:import")) if register is not None else None
    return found, job.kind == TRY


def upload_name(register: Register) -> str:
    return f"import-{register.kind}"


def ask(
    *, by: Account, kind: str, register: Register, file: uuid.UUID, mapping: Sequence[str], rows: int = 0
) -> Job:
    """Ask for a dry run or an import of an uploaded table."""
    arguments = {
        "kind": register.kind, "file": str(file), "map": list(mapping), "rows": rows, "language": language(),
    }  # fmt: skip
    return job_services.enqueue(by=by, kind=kind, arguments=arguments, purpose=register.purpose)


def hand_in(*, by: Account, register: Register, file: uuid.UUID, mapping: Sequence[str], rows: int) -> Job:
    """Ask for the import of a table, once."""
    if not job_services.take_upload(by=by, file=file, name=upload_name(register)):
        raise InputProblem("screens.file_gone")
    return ask(by=by, kind=IMPORT, register=register, file=file, mapping=mapping, rows=rows)


def try_register(context: Context) -> None:
    """The dry run. What it found is kept sealed for the person; the job itself says only how many rows are in order."""
    with _reading(context) as (register, _file, source):
        attempt = trying.Trying(register)
        for batch in importing.batches(importing.rows(source, context.arguments["map"]), trying.chunk_size()):
            with context.acting() as access:
                assert access is not None
                attempt.batch(access, batch)
            context.progress("screens.trying", attempt.rows, context.arguments.get("rows", 0))
        found = attempt.trial()
    with context.acting() as access:
        assert access is not None
        trying.keep(access, context.job_id, found)
    context.say("screens.tried", good=found.good, rows=found.rows)


def import_register(context: Context) -> None:
    """The import. Rows and the place reached are committed together, so no row comes twice."""
    reached = context.resume_from or {"row": 1, "count": 0}
    last, count = int(reached["row"]), int(reached["count"])
    with _reading(context) as (register, file, source), ExitStack() as ending:
        assert register.add is not None
        with context.acting() as access:
            assert access is not None
            check(access, "import", register.kind)
            reader = importing.Reader(access, register)
        found = importing.batches(importing.rows(source, context.arguments["map"], last), trying.chunk_size())
        made = importing.made_ahead((batch, _values(reader, batch)) for batch in found)
        for batch, values in ending.enter_context(closing(made)):
            context.progress("screens.reading", count, context.arguments.get("rows", 0))
            with context.acting() as access:
                assert access is not None
                check(access, "import", register.kind)
                try:
                    if isinstance(values, InputProblem):
                        raise values
                    register.add(by=access, rows=values)
                except CobijoError as wrong:
                    place = wrong.params.get("row")
                    number = batch[place - 1][0] if isinstance(place, int) else batch[0][0]
                    code = "screens.import_stopped" if isinstance(place, int) else wrong.code
                    raise CobijoError(code, row=number, count=count, last=last) from wrong
                last, count = batch[-1][0], count + len(batch)
                context.save({"row": last, "count": count})
    outbox.forget(file)
    context.say("screens.imported", count=count)


def _values(reader: importing.Reader, batch: Sequence[importing.Row]) -> list[dict[str, Any]] | InputProblem:
    """What a service takes, or what is wrong with the first row that is."""
    made = []
    for place, (_number, row) in enumerate(batch, 1):
        values, problems = reader.values(row)
        if problems:
            return InputProblem("screens.field_wrong", row=place, field=problems[0][0])
        made.append(values)
    return made


@contextmanager
def _reading(context: Context) -> Iterator[tuple[Register, StoredFile, Any]]:
    """The register and the person's own file that a job speaks of, in the person's language."""
    register = register_of(context.arguments["kind"])
    with context.acting() as access:
        file = queries.uploads(access).filter(pk=context.arguments["file"]).first()
    if register is None or register.add is None or file is None:
        raise CobijoError("screens.file_gone")
    with translation.override(context.arguments.get("language", "es")), outbox.reading(file) as source:
        yield register, file, source
