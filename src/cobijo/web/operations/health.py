"""Whether the site is well: for probes as codes and numbers, for people as sentences on the work page."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

LEAST_FREE = 500 * 2**20  # bytes: below, say it
HARDLY_FREE = 100 * 2**20  # bytes: below, the site is not well
SILENT = timedelta(seconds=30)  # a worker beats every 5 s
UNSEALED = timedelta(seconds=5)
LATELY = 15.0  # seconds


@dataclass(frozen=True)
class Notice:
    """Something everybody who works here should know: a code with a sentence."""

    code: str
    params: dict[str, int] = field(default_factory=dict)
    grave: bool = False


_looked: tuple[float, list[Notice]] | None = None


def facts() -> dict[str, Any]:
    """What `/health` adds: `ill` names what somebody should look at while the pages still work."""
    found = look()
    return {"ill": ailments(found), **{name: value for name, value in found.items() if name != "database"}}


def look() -> dict[str, Any]:
    """Everything that is looked at. Codes and numbers only; never raises."""
    found: dict[str, Any] = {"database": _database(), "disk_free_mb": free_bytes() // 2**20}
    if found["database"] != "ok":
        return found
    try:
        found |= {
            "worker_seconds": _since_beat(),
            "jobs_waiting": _waiting(),
            "unsealed_seconds": _unsealed(),
            "mail_waiting": _mail(),
        }
    except DatabaseError as problem:
        found["database"] = type(problem).__name__
    return found


def ailments(found: dict[str, Any]) -> list[str]:
    """What is not as it should be, as codes; empty is well."""
    ill = []
    if found["database"] != "ok":
        ill.append("database")
    if found["disk_free_mb"] * 2**20 < HARDLY_FREE:
        ill.append("disk")
    beat = found.get("worker_seconds")
    if "worker_seconds" in found and (beat is None or beat > SILENT.total_seconds()):
        ill.append("worker")
    if (found.get("unsealed_seconds") or 0) > UNSEALED.total_seconds():
        ill.append("audit")
    if found.get("mail_waiting"):
        ill.append("mail")
    return ill


def notices() -> list[Notice]:
    """What the work page says at its head: mail that does not leave, a disk that fills, work that nobody does."""
    found = look()
    said = []
    free = found["disk_free_mb"]
    if free * 2**20 < LEAST_FREE:
        said.append(Notice("operations.disk_full", {"free": free}, grave=free * 2**20 < HARDLY_FREE))
    ill = ailments(found)
    if "worker" in ill:
        said.append(Notice("operations.no_worker", grave=True))
    if "mail" in ill:
        said.append(Notice("operations.mail_down", {"count": found["mail_waiting"]}))
    if "audit" in ill:
        said.append(
            Notice("operations.audit_unsealed", {"seconds": int(found["unsealed_seconds"])}, grave=True)
        )
    return said


def lately() -> list[Notice]:
    """The same, as of some seconds ago: one look serves every work page of this process in that time."""
    global _looked
    now = time.monotonic()
    if _looked is None or now - _looked[0] > LATELY:
        _looked = (now, notices())
    return _looked[1]


def free_bytes() -> int:
    try:
        return shutil.disk_usage(Path(settings.DATA_DIR)).free
    except OSError:
        return 0


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as problem:
        return type(problem).__name__
    return "ok"


def _since_beat() -> float | None:
    from cobijo.web.core.jobs.models import Worker

    last = Worker.objects.order_by("-beat_at").values_list("beat_at", flat=True).first()
    return None if last is None else round((timezone.now() - last).total_seconds(), 1)


def _waiting() -> int:
    from cobijo.web.core.jobs.models import Job, State

    return Job.objects.filter(state=State.WAITING).count()


def _mail() -> int:
    from cobijo.web.core.jobs.post import stuck

    return stuck()


def _unsealed() -> float:
    """Age of the oldest event that is not in the chain yet."""
    from cobijo.web.core.audit.sealer import unsealed_since

    since = unsealed_since()
    return 0.0 if since is None else max(0.0, round((timezone.now() - since).total_seconds(), 1))
