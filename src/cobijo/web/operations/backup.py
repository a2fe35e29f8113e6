"""`cobijo backup` and `cobijo restore`: both stores, sealed for a key that is kept elsewhere.

A backup is three files: NAME (the site), NAME.keys (the children's keys, to be kept for a short time only) and
NAME.erasures (which keys were destroyed: no secret, to be kept for ever). Whoever restores takes the newest keys
and the newest erasures, whatever the age of the site's file: then an erased child stays erased.

Left out: the outbox, sessions, and the key-encryption key, of which two copies lie elsewhere (docs/how-to/keys.md).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from cobijo import __version__
from cobijo.errors import InputProblem, Refused, with_code
from cobijo.web.core.jobs.sealing import Damaged
from cobijo.web.data import data_dir
from cobijo.web.databases import default_database, keys_database
from cobijo.web.operations import on_postgresql, on_sqlite, parcels
from cobijo.web.operations.box import Recipient, opened_file, read_private, read_public, sealed_file

STORES = {"site": default_database, "keys": keys_database}
SITE_FILES = ("secret.key", "audit.key", "audit-*.key")  # what the rows are signed and sealed with


@dataclass(frozen=True)
class Made:
    """What a backup holds."""

    files: tuple[str, ...]
    tables: int
    rows: int
    erasures: int
    for_key: str


@dataclass(frozen=True)
class Restored:
    """What a restore brought back, and what it did before the site may open."""

    made_at: str
    tables: int
    rows: int
    erasures: int
    keys_destroyed: int
    jobs_ended: int
    ways_in_ended: int
    key_encryption_key: bool
    hashes: dict[str, str] = field(repr=False, default_factory=dict)


def backup(out: Path, recipient: Path | str) -> Made:
    """Back up the site that the environment names, while it runs, for the holder of a key.

    The site's store is read first and the keys after it, so that every key a record needs is there.
    """
    to = read_public(recipient)
    folder = data_dir()
    lines = _erasures_of_site()
    with _room_needed(), _scratch(folder) as scratch:
        site = _store("site", out, to, folder, scratch)
        keys = _store("keys", keys_file(out), to, folder, scratch)
        lines = [*lines, *(one for one in _erasures_of_site() if one not in lines)]
        _write_whole(erasures_file(out), "".join(f"{json.dumps(line)}\n" for line in lines))
    tables = [*site["tables"].values(), *keys["tables"].values()]
    files = (out.name, keys_file(out).name, erasures_file(out).name)
    return Made(files, len(tables), sum(one["rows"] for one in tables), len(lines), to.name)


def keys_file(out: Path) -> Path:
    return out.with_name(f"{out.name}.keys")


def erasures_file(out: Path) -> Path:
    return out.with_name(f"{out.name}.erasures")


def _store(store: str, out: Path, to: Recipient, folder: Path, scratch: Path) -> dict[str, Any]:
    facts = {
        "store": store,
        "cobijo": __version__,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    settings = STORES[store](folder, _owner())
    with sealed_file(out, to, facts) as target:
        if store == "site":
            for pattern in SITE_FILES:
                for path in sorted(folder.glob(pattern)):
                    parcels.put(target, f"file {path.name}", path.read_bytes())
        if settings["ENGINE"].endswith("sqlite3"):
            manifest = on_sqlite.take(Path(settings["NAME"]), target, scratch)
        else:
            manifest = on_postgresql.take(settings, target)
        parcels.put_manifest(target, manifest)
    return manifest


def _owner() -> dict[str, str]:
    return dict(os.environ) | {"COBIJO_AS_OWNER": "1"}


@contextmanager
def _room_needed() -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        if problem.errno in (ENOSPC, EDQUOT, EFBIG):
            raise Refused("operations.no_room") from problem
        raise


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """Beside the database, which is no less open than a copy of it; a killed backup's is removed by the next."""
    for left in folder.glob(".backup-*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=folder) as made:
        yield Path(made)


def _write_whole(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.partial")
    try:
        draft.write_text(text, encoding="ascii")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _erasures_of_site() -> list[dict[str, str]]:
    found: list[dict[str, str]] = _inside("erasures", {})
    return found


# --- Restore


def restore(
    file: Path,
    private_key: Path | str,
    into: Path,
    *,
    keys: Path | None = None,
    erasures: Path | None = None,
) -> Restored:
    """Bring a backup back into an empty data folder (and, on PostgreSQL, into the empty databases of the environment).

    `keys` and `erasures` are the newest that there are; by default those made with `file`. Nothing is in its place
    before everything has been read to its end and found as it was. Erasures are replayed before this returns.
    """
    private = read_private(private_key)
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    environment = _owner() | {"COBIJO_DATA_DIR": str(into.absolute())}
    if any(into.glob("audit*.key")):
        raise Refused("operations.restore_not_empty")  # another site's record could never be verified again
    for store, settings in STORES.items():
        _check_empty(store, settings(into.absolute(), environment))
    lines = _read_erasures(erasures or erasures_file(file), needed=erasures is not None)
    sources = {"site": file, "keys": keys or keys_file(file)}
    for path in sources.values():
        _read_through(path, private)
    with _room_needed(), ExitStack() as stack:
        staging = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=".restore-", dir=into)))
        found = {
            store: _bring(store, path, private, into, staging, environment) for store, path in sources.items()
        }
        for path in staging.iterdir():
            path.chmod(0o600)
            path.replace(into / path.name)
    settled = _inside("settle", {"COBIJO_DATA_DIR": str(into.absolute())}, json.dumps(lines))
    tables = {
        f"{store}.{name}": facts
        for store, (_f, one) in found.items()
        for name, facts in one["tables"].items()
    }
    return Restored(
        made_at=found["site"][0]["made_at"],
        tables=len(tables),
        rows=sum(facts["rows"] for facts in tables.values()),
        hashes={name: facts["sha256"] for name, facts in tables.items()},
        **settled,
    )


def _read_through(path: Path, private: X25519PrivateKey) -> None:
    """To the last byte, before anything is changed anywhere."""
    with opened_file(path, private) as (_facts, content):
        if "manifest" not in [name for name, _blocks in parcels.parcels(content)]:
            raise Damaged


def _check_empty(store: str, settings: Mapping[str, Any]) -> None:
    if settings["ENGINE"].endswith("sqlite3"):
        empty = not Path(settings["NAME"]).exists()
    else:
        empty = on_postgresql.is_empty(settings)
    if not empty:
        raise Refused("operations.restore_not_empty")


def _bring(
    store: str,
    path: Path,
    private: X25519PrivateKey,
    into: Path,
    staging: Path,
    environment: Mapping[str, str],
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read one store's file to its end, into the staging folder or one transaction of its database."""
    settings = STORES[store](into.absolute(), environment)
    sqlite = settings["ENGINE"].endswith("sqlite3")
    with opened_file(path, private) as (facts, content), ExitStack() as stack:
        if facts["store"] != store:
            raise InputProblem("operations.other_store", file=path.name, kind=facts["store"])
        if sqlite:
            manifest = _to_sqlite(content, staging, Path(settings["NAME"]).name)
        else:
            _make_tables(path, private, store, environment)
            connection = stack.enter_context(on_postgresql.putting_back(settings))
            manifest = _to_postgresql(content, staging, connection)
    return facts, manifest


def _to_sqlite(content: BinaryIO, staging: Path, name: str) -> dict[str, Any]:
    manifest = None
    for parcel, blocks in parcels.parcels(content):
        if parcel == "sqlite3":
            on_sqlite.put_back(blocks, staging / name)
        elif parcel == "manifest":
            manifest = json.loads(b"".join(blocks))
        elif parcel.startswith("table "):
            raise InputProblem("operations.other_vendor", kind="PostgreSQL")
        else:
            _put_file(parcel, blocks, staging)
    if manifest is None:
        raise Damaged
    on_sqlite.check(staging / name, manifest)
    return dict(manifest)


def _to_postgresql(content: BinaryIO, staging: Path, connection: Any) -> dict[str, Any]:
    manifest = None
    for parcel, blocks in parcels.parcels(content):
        if parcel.startswith("table "):
            on_postgresql.copy_in(connection, parcel.removeprefix("table "), blocks)
        elif parcel == "manifest":
            manifest = json.loads(b"".join(blocks))
        elif parcel == "sqlite3":
            raise InputProblem("operations.other_vendor", kind="SQLite")
        else:
            _put_file(parcel, blocks, staging)
    if manifest is None:
        raise Damaged
    on_postgresql.check(connection, manifest)
    return dict(manifest)


def _put_file(parcel: str, blocks: Iterator[bytes], staging: Path) -> None:
    name = parcel.removeprefix("file ")
    if parcel == name or Path(name).name != name or not any(Path(name).match(one) for one in SITE_FILES):
        raise Damaged
    (staging / name).write_bytes(b"".join(blocks))


def _make_tables(path: Path, private: X25519PrivateKey, store: str, environment: Mapping[str, str]) -> None:
    """Tables as they were at the backup: rows of an older version go into an older version's tables, then forward."""
    with opened_file(path, private) as (_facts, content):
        manifest = None
        for parcel, blocks in parcels.parcels(content):
            if parcel == "sqlite3":
                raise InputProblem("operations.other_vendor", kind="SQLite")
            if parcel == "manifest":
                manifest = json.loads(b"".join(blocks))
    if manifest is None:
        raise Damaged
    alias = "default" if store == "site" else "keys"
    _inside("tables", environment, json.dumps({"alias": alias, "migrations": manifest["migrations"]}))


def _read_erasures(path: Path, *, needed: bool) -> list[dict[str, str]]:
    try:
        return [json.loads(line) for line in path.read_text(encoding="ascii").splitlines() if line.strip()]
    except FileNotFoundError:
        if needed:
            raise InputProblem("operations.backup_missing", file=path.name) from None
        raise InputProblem("operations.erasures_missing", file=path.name) from None
    except ValueError:
        raise InputProblem("operations.backup_damaged", file=path.name) from None


def _inside(verb: str, environment: Mapping[str, str], given: str = "") -> Any:
    """Run one step inside the site, in a process of its own: this one may belong to another site, or to none."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "cobijo.web.operations.inside", verb],
        input=given, env=os.environ | dict(environment), capture_output=True, text=True, check=False,
    )  # fmt: skip
    try:
        answer = json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        sys.stderr.write(done.stderr)
        raise InputProblem("operations.step_failed", stage=verb) from None
    if "problem" in answer:
        raise with_code(answer["exit_code"])(answer["problem"], **answer["params"])
    return answer["result"]


def as_dict(result: Made | Restored) -> dict[str, Any]:
    """For the command line to show; without the hashes."""
    return {name: value for name, value in asdict(result).items() if name != "hashes"}
