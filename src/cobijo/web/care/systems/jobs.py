"""Large files as long work: a page of cases a transaction, one file at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cobijo.web.care.systems import sending
from cobijo.web.care.systems.queries import to_send
from cobijo.web.care.systems.rules import check_some
from cobijo.web.core.jobs import services as job_services

if TYPE_CHECKING:
    from cobijo.web.core.access.context import Access
    from cobijo.web.core.accounts.models import Account
    from cobijo.web.core.jobs.models import Job
    from cobijo.web.core.jobs.running import Context

SEND = "systems.send"
CHUNK = 200


def ask(*, by: Account, asked: sending.Asked) -> Job:
    """Ask for a large file."""
    arguments = {
        name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(asked).items()
    }
    return job_services.enqueue(by=by, kind=SEND, arguments=arguments, purpose=sending.PURPOSE)


def send(context: Context) -> None:
    """Write the file. The agreement is asked for anew with every page: one that ends meanwhile stops it."""
    asked = _asked(context.arguments)
    records: list[dict[str, Any]] = []
    left_out: Counter[str] = Counter()
    last, cases, total = 0, 0, 0
    while True:
        with context.acting() as access:
            assert access is not None
            agreement = sending.checked(access, asked)
            rows = to_send(access, asked.since, asked.until)
            total = total or rows.count()
            page = list(rows.filter(pk__gt=last)[:CHUNK])
            if not page:
                check_some(records)
                break
            found, missing = sending.read(access, agreement, page)
        records += found
        left_out += missing
        last, cases = page[-1].pk, cases + len(page)
        context.progress("systems.reading", cases, max(total, cases))
    made = sending.document(records)
    with context.export(file_name(asked), sending.FORMATS[asked.form]) as file:
        file.write(sending.write(made, asked.form))
        file.rows = len(records)
        with context.acting() as access:  # on record first: the file can be fetched when this block has ended
            assert access is not None
            agreement = sending.checked(access, asked)
            sending.note(access, agreement, asked, rows=len(records), cases=cases)
    context.say("systems.sent", rows=len(records), cases=cases)


def may_fetch(access: Access, arguments: Mapping[str, Any]) -> None:
    """An agreement that ended meanwhile is none: the file stays where it is."""
    sending.checked(access, _asked(arguments))


def file_name(asked: sending.Asked) -> str:
    return f"htcds-{timezone.localdate().isoformat()}.{asked.form}"


def _asked(arguments: Any) -> sending.Asked:
    def day(name: str) -> date | None:
        return date.fromisoformat(arguments[name]) if arguments.get(name) else None

    return sending.Asked(
        int(arguments["agreement"]), str(arguments["why"]), str(arguments["form"]), day("since"), day("until"),
    )  # fmt: skip
