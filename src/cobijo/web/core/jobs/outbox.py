"""Files outside the database, each under a key of its own: exports to be fetched, uploads to be read by a job.

The key lies, wrapped, in the file's row. To remove the row is to remove what the file says, whatever becomes of the
bytes on the disk. A backup takes neither these files nor their rows.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cobijo.errors import CobijoError, Refused
from cobijo.web.core.access.context import Access, acting_as
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.jobs.models import StoredFile
from cobijo.web.core.jobs.registry import kind_of
from cobijo.web.core.jobs.sealing import Damaged, Opening, Sealing, unwrap, wrap

if TYPE_CHECKING:
    from cobijo.web.core.accounts.models import Account, Holding

KEPT = timedelta(hours=24)
ORPHAN = timedelta(hours=1)


class Export(Sealing):
    """What a job writes into. `rows` is said to the person and to the audit."""

    rows: int | None = None


def folder() -> Path:
    """`COBIJO_OUTBOX_DIR`, to be shared where web and workers run on several machines; else in the data folder."""
    path = Path(getattr(settings, "OUTBOX_DIR", None) or Path(settings.DATA_DIR) / "outbox")
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


@contextmanager
def export(*, job_id: uuid.UUID, account_id: int | None, name: str, media_type: str) -> Iterator[Export]:
    """Write an export of a job. It can be fetched once the block has ended well; else nothing is left of it."""
    identity = uuid.uuid4()
    with _written(identity) as (sealing, key):
        yield sealing
    with transaction.atomic():
        StoredFile.objects.filter(job_id=job_id).delete()  # an earlier attempt's
        StoredFile.objects.create(
            id=identity,
            kind=StoredFile.EXPORT,
            job_id=job_id,
            account_id=account_id,
            name=name,
            media_type=media_type,
            size=sealing.size,
            rows=sealing.rows,
            key=wrap(key, f"file|{identity}"),
            expires_at=timezone.now() + KEPT,
        )


def keep_upload(
    *, by: Account, source: IO[bytes], name: str, media_type: str, kept: timedelta = KEPT
) -> StoredFile:
    """Keep an uploaded file, sealed, for a job to read. `name` is what the site calls it, not what the person did."""
    identity = uuid.uuid4()
    with _written(identity) as (sealing, key):
        while block := source.read(1 << 20):
            sealing.write(block)
    return StoredFile.objects.create(
        id=identity,
        kind=StoredFile.UPLOAD,
        account=by,
        name=name,
        media_type=media_type,
        size=sealing.size,
        key=wrap(key, f"file|{identity}"),
        expires_at=timezone.now() + kept,
    )


@contextmanager
def _written(identity: uuid.UUID) -> Iterator[tuple[Export, bytes]]:
    path = folder() / str(identity)
    key = os.urandom(32)
    try:
        with open(path, "xb", opener=_own) as target:
            sealing = Export(target, key, identity.bytes)
            yield sealing, key
            sealing.finish()
            target.flush()
            os.fsync(target.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _own(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@contextmanager
def reading(file: StoredFile) -> Iterator[Opening]:
    """Read a kept file. Raises one sentence where it is damaged, too old or gone."""
    if file.expires_at < timezone.now():
        raise CobijoError("jobs.file_too_old")
    try:
        source: BinaryIO
        with (folder() / str(file.pk)).open("rb") as source:
            yield Opening(source, unwrap(file.key, f"file|{file.pk}"), file.pk.bytes)
    except (FileNotFoundError, Damaged) as problem:
        raise CobijoError("jobs.file_damaged") from problem


def fetch(*, by: Account, job_id: uuid.UUID) -> tuple[StoredFile, bytes]:
    """The export of a job, for the person who asked for it, once: with this its key is gone. Writes the audit event.

    Asked with the rights that the person has now: where a role has ended, what was written before is no longer theirs.
    """
    from cobijo.web.core.audit.services import record

    with transaction.atomic():
        found = StoredFile.objects.select_for_update().filter(job_id=job_id, kind=StoredFile.EXPORT).first()
        if found is None or found.expires_at < timezone.now():
            raise Refused("jobs.export_gone")
        if found.account_id != by.pk:
            raise Forbidden("jobs.not_yours", action="export", kind="job", ids=(str(job_id),))
        _check_still(by, found)
        with reading(found) as source:
            content = source.read()
        record("export", "job", [str(job_id)], detail={"rows": found.rows or 0, "bytes": found.size})
        StoredFile.objects.filter(pk=found.pk).delete()
        _unlink_after(found)
    return found, content or b""


def _check_still(by: Account, file: StoredFile) -> None:
    job = file.job
    assert job is not None  # every export is a job's
    if by.holdings.filter(ended_at__gte=job.started_at or job.made_at).exists():
        # Another role may still allow an export of this kind, but of fewer records than are in the file.
        raise Forbidden("jobs.role_ended", action="export", kind="job", ids=(str(job.pk),))
    kind = kind_of(job.kind)
    if kind is not None and kind.may_fetch is not None:
        with acting_as(by, job.purpose) as access:
            kind.may_fetch(access, job.arguments)


def forget_exports_of(accounts: Collection[int]) -> None:
    """Exports that wait for these people are nobody's any more: with their rows their keys go."""
    gone = list(StoredFile.objects.filter(account__in=accounts, kind=StoredFile.EXPORT))
    StoredFile.objects.filter(pk__in=[one.pk for one in gone]).delete()
    for one in gone:
        _unlink_after(one)


def on_roles_ended(*, by: Access, holdings: Collection[Holding]) -> None:
    """A reaction: an export was written with rights that the person no longer has."""
    forget_exports_of({one.account_id for one in holdings})


def on_account_closed(*, by: Access, ids: Collection[int]) -> None:
    forget_exports_of(ids)


def forget(file: StoredFile) -> None:
    """Remove a kept file before its time: an upload that was read to its end."""
    StoredFile.objects.filter(pk=file.pk).delete()
    _unlink_after(file)


def _unlink_after(file: StoredFile) -> None:
    """Remove the bytes once it is certain that their key is gone."""
    path = folder() / str(file.pk)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def purge() -> None:
    """Remove what is too old, and files without a row that a killed writer left."""
    StoredFile.objects.filter(expires_at__lt=timezone.now()).delete()
    known = {str(key) for key in StoredFile.objects.values_list("pk", flat=True)}
    for path in folder().iterdir():
        try:
            age = timezone.now().timestamp() - path.stat().st_mtime
            if path.name not in known and age > ORPHAN.total_seconds():
                path.unlink()
        except FileNotFoundError:
            continue
