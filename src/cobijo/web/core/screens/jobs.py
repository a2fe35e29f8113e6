"""Registers' long work: large exports."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone, translation

from cobijo.errors import CobijoError
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import check
from cobijo.web.core.screens import exporting
from cobijo.web.core.screens.listing import narrowed
from cobijo.web.core.screens.register import Register, register_of

if TYPE_CHECKING:
    from cobijo.web.core.jobs.running import Context

CHUNK = 1_000


def export_register(context: Context) -> None:
    """Write an export a chunk a transaction, so that nobody waits for it; in the order of the records' numbers."""
    register = register_of(context.arguments["kind"])
    if register is None:
        raise CobijoError("jobs.unknown_kind")
    form, identities = context.arguments["format"], bool(context.arguments.get("identities"))
    asked = context.private()
    name = exporting.file_name(register, form, timezone.localdate())
    with translation.override(context.arguments.get("language", "es")):
        with context.export(name, exporting.FORMATS[form]) as file:
            rows = _Counted(_rows(context, register, asked, form, identities))
            if form == "csv":
                file.write(exporting.csv_head(register, identities))
                for line in exporting.csv_rows(rows):
                    file.write(line)
            elif form == "json":
                file.write(b"[")
                for place, one in enumerate(rows):
                    text = json.dumps(one, ensure_ascii=False)
                    file.write(((",\n" if place else "\n") + text).encode())
                file.write(b"\n]\n")
            else:
                file.write(exporting.xlsx(register, rows, identities))
            file.rows = rows.count
        with context.acting() as access:
            detail = {"rows": rows.count, "format": form, **({"identities": True} if identities else {})}
            audit.record("export", register.kind, [], access=access, detail=detail)
    context.say("screens.exported", count=rows.count)


def may_fetch(access: Access, arguments: Mapping[str, Any]) -> None:
    """What was asked of whoever asked for the export is asked again of whoever fetches it."""
    check(access, "export", arguments["kind"])
    if arguments.get("identities"):
        check(access, "see_identity", arguments["kind"])


class _Counted:
    """An iterator that knows how many it gave."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self.rows, self.count = rows, 0

    def __iter__(self) -> Iterator[Any]:
        for one in self.rows:
            self.count += 1
            yield one


def _rows(
    context: Context, register: Register, asked: dict[str, str], form: str, identities: bool
) -> Iterator[Any]:
    last, done, total = 0, 0, 0
    for turn in itertools.count():
        with context.acting() as access:
            assert access is not None
            check(access, "export", register.kind)
            rows = exportable(access, register, asked)
            if turn == 0:
                total = rows.count()
            records = list(rows.order_by("pk").filter(pk__gt=last)[:CHUNK])
            made = exporting.objects if form == "json" else exporting.table
            chunk: list[Any] = list(made(access, register, records, identities))
        if not records:
            return
        last = records[-1].pk
        done += len(records)
        context.progress("screens.writing", done, max(done, total))
        yield from chunk


def exportable(access: Access, register: Register, asked: dict[str, str]) -> Any:
    """The records of a list that the person may export: not always all that may be listed."""
    from cobijo.web.core.access.policy import visible

    return visible(access, register.kind, narrowed(access, register, asked)[0], "export")
