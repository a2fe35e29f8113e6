"""The room's long work: writing an uploaded 4W table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation

from cobijo.errors import CobijoError

if TYPE_CHECKING:
    from cobijo.web.core.jobs.running import Context

CHUNK = 100


def import_table(context: Context) -> None:
    """In chunks, each planned anew: a row that an attempt cut off had already written is found and left as it is."""
    from cobijo.web.core.jobs import outbox
    from cobijo.web.core.jobs.models import StoredFile
    from cobijo.web.directory.coverage import services
    from cobijo.web.directory.coverage.reading import read_table

    file = StoredFile.objects.filter(pk=context.arguments["file"]).first()
    if file is None:
        raise CobijoError("screens.file_gone")
    with translation.override(context.arguments.get("language", "es")):
        with outbox.reading(file) as source:
            table = read_table(source.read() or b"")
        made, changed, last = (context.resume_from or [0, 0, 0])[:3]
        for place in range(last, len(table.rows), CHUNK):
            context.progress("screens.reading", place, len(table.rows))
            chunk = table.rows[place : place + CHUNK]
            with context.acting() as access:
                assert access is not None
                plan = services.plan(by=access, table=table, rows=chunk)
                if plan.problems:
                    raise CobijoError("coverage.import_stopped", row=plan.problems[0][0], count=place)
                new, other = services.write(by=access, planned=plan.rows)
                made, changed = made + new, changed + other
                context.save([made, changed, place + len(chunk)])
    outbox.forget(file)
    context.say("coverage.imported", made=made, changed=changed, same=len(table.rows) - made - changed)
