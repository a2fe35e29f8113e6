"""Writing results whole or not at all.

Everything is written into a neighbour folder first and takes its place by one rename, so that a run killed at any
moment leaves the former result or the new one, never a mixture.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from cobijo.errors import WrongUsage

#: A folder that we made carries this file; any other folder that is not empty is somebody's and is left alone.
MARK = ".cobijo"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """A folder to write into, which becomes `out` when the block ends well and vanishes when it does not.

    Raises `WrongUsage` where `out` is a file, or a folder with content that no earlier run of ours made.
    """
    out = Path(os.path.abspath(out))
    if out.exists() and not out.is_dir():
        raise WrongUsage("output.is_a_file", path=str(out))
    if out.is_dir() and any(out.iterdir()) and not (out / MARK).exists():
        raise WrongUsage("output.not_ours", path=str(out))
    out.parent.mkdir(parents=True, exist_ok=True)
    _sweep(out)
    work = out.with_name(f"{out.name}.tmp-{uuid4().hex[:8]}")
    work.mkdir(mode=0o755)
    with (work / MARK).open("w", encoding="utf-8") as mark:
        mark.write("made by cobijo; replaced whole by the next run\n")
        mark.flush()
        fcntl.flock(mark, fcntl.LOCK_EX)  # held while this run lives: see _sweep
        try:
            yield work
            _take_place(work, out)
        finally:
            shutil.rmtree(work, ignore_errors=True)


def _sweep(out: Path) -> None:
    """Remove what runs that were killed left beside `out`; a run still alive holds a lock on its own folder."""
    for left in out.parent.glob(f"{out.name}.tmp-*"):
        try:
            with (left / MARK).open() as mark:
                fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left, ignore_errors=True)
        except OSError:
            continue


def _take_place(work: Path, out: Path) -> None:
    """Put `work` where `out` is. Swapping both names in one step leaves no moment without a result."""
    if not out.exists():
        work.rename(out)
        return
    if _exchange(work, out):
        return  # `work` is now the old result, removed by the caller
    old = out.with_name(f"{work.name}-old")
    out.rename(old)
    work.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two names atomically where the system can (Linux); False where it cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done: int = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return done == 0


def write_json(path: Path, value: Mapping[str, object]) -> None:
    """Plain JSON in one fixed form: same value, same bytes. Not-a-number is a bug and raises."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n", encoding="utf-8")


def private_folder(path: Path) -> Path:
    """A folder that only its owner can open."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
    return path
