"""What the tests have done by a worker."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import AppConfig

from cobijo.web.core.jobs.registry import every, register_job

if TYPE_CHECKING:
    from cobijo.web.core.jobs.running import Context

CANARY = "Xóchitl Canario Nezahualcóyotl"


class Kinds(AppConfig):
    name = "tests.web.kinds"
    label = "test_kinds"

    def ready(self) -> None:
        register()
        if os.environ.get("TESTS_TOUCH"):
            every(1, _touch)


def register() -> None:
    register_job("tests.rows", rows, "Rows", resumable=True)
    register_job("tests.slow", slow, "Slow")
    register_job("tests.bug", bug, "Bug")
    register_job("tests.full", full, "Full")
    register_job("tests.export", export, "Export")
    register_job("tests.child", child, "Child", resumable=True)


def rows(context: Context) -> None:
    """Adds organisations in chunks of ten, each chunk with its cursor in one transaction; half way it waits for as long
    as the file `hold` is there, so that a test can come upon it, however slow the machine is."""
    from cobijo.web.core.accounts.models import Organisation

    total = context.arguments["total"]
    begin = context.resume_from or 0
    while begin < total:
        with context.acting():
            Organisation.objects.bulk_create(
                Organisation(code=f"row-{number}", name=f"Row {number}", kind="ngo")
                for number in range(begin, min(total, begin + 10))
            )
            begin = min(total, begin + 10)
            context.save(begin)
        context.progress("jobs.tests", begin, total)
        time.sleep(context.arguments.get("pause", 0))
        while begin >= total / 2 and Path(context.arguments.get("hold", "/no such file")).exists():
            context.progress("jobs.tests", begin, total)
            time.sleep(0.05)


def slow(context: Context) -> None:
    for number in range(600):
        context.progress("jobs.tests", number, 600)
        time.sleep(0.05)


def bug(context: Context) -> None:
    raise ValueError(f"bad name: {CANARY}")


def full(context: Context) -> None:
    raise OSError(28, f"No space left on device: {CANARY}")


def export(context: Context) -> None:
    with context.export("list.csv", "text/csv") as file:
        file.write(b"name\n" + CANARY.encode() + b"\n" + context.private().get("search", "").encode())
        file.rows = 1


def child(context: Context) -> None:
    answer = context.run_in_child("tests.web.kinds.engine:count", to=context.arguments["to"])
    context.say("jobs.worker_gone_often", times=answer)


def _touch() -> None:
    with open(os.environ["TESTS_TOUCH"], "a", encoding="ascii") as file:
        file.write("x")
