"""Troubles of the machine as sentences: a file that cannot be written, a database that is away, a wrong setting.

Used at the edges only (the command line, the steps in processes of their own): what is not known here stays a bug.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from errno import EACCES, EDQUOT, EEXIST, EISDIR, ENOENT, ENOSPC, ENOTDIR, EPERM, EROFS
from pathlib import Path

from cobijo.errors import CobijoError, InputProblem, Refused, WrongUsage
from cobijo.sentences import reader_language, render

FULL = frozenset({ENOSPC, EDQUOT})
#: What a person can mend by another name or by a right; any other error of a file is looked into as a bug.
MENDABLE = {
    ENOENT: "operations.file_missing",
    ENOTDIR: "operations.file_missing",
    EACCES: "operations.file_forbidden",
    EPERM: "operations.file_forbidden",
    EROFS: "operations.file_forbidden",
    EISDIR: "operations.file_is_folder",
    EEXIST: "operations.file_exists",
}
#: Classes of PostgreSQL's codes: 08 connection, 28 wrong name or password, 3D no such database, 57 going down.
AWAY = ("08", "28", "3D", "57")
NO_TABLE = "42P01"


def named(trouble: BaseException) -> CobijoError | None:
    """The sentence for a trouble of the machine; None where it is a bug. Passwords and addresses are not repeated."""
    if isinstance(trouble, CobijoError):
        return trouble
    if isinstance(trouble, OSError):
        return _file(trouble)
    kind = type(trouble)
    if kind.__module__ == "django.core.exceptions" and kind.__name__ == "ImproperlyConfigured":
        return WrongUsage("operations.setting_wrong", what=str(trouble))
    if kind.__module__.partition(".")[0] in {"django", "psycopg", "sqlite3"}:
        return _database(trouble)
    return None


def in_sentences(step: Callable[[], object]) -> int:
    """Run a step that is a process of its own: what it cannot do is said on standard error; returns the exit code."""
    try:
        step()
    except Exception as trouble:
        problem = named(trouble)
        if problem is None:
            raise
        sys.stderr.write(render(problem.code, problem.params, reader_language()) + "\n")
        return problem.exit_code
    return 0


def _file(trouble: OSError) -> CobijoError | None:
    if trouble.errno in FULL:
        return Refused("operations.no_room")
    code = MENDABLE.get(trouble.errno or 0)
    name = trouble.filename2 or trouble.filename
    if code is None or not isinstance(name, str | Path):
        return None
    return InputProblem(code, file=str(name))


def _database(trouble: BaseException) -> CobijoError | None:
    """Django wraps the driver's error; what it was lies beneath."""
    driver = trouble.__cause__ if trouble.__cause__ is not None else trouble
    if type(driver).__module__ == "sqlite3":
        return _sqlite(driver)
    state = str(getattr(driver, "sqlstate", None) or "")
    if state == NO_TABLE:
        return InputProblem("operations.no_site")
    away = type(driver).__name__ == "OperationalError" and not state
    return InputProblem("operations.database_unreachable") if away or state[:2] in AWAY else None


def _sqlite(driver: BaseException) -> CobijoError | None:
    name = str(getattr(driver, "sqlite_errorname", ""))
    if name.startswith("SQLITE_FULL"):
        return Refused("operations.no_room")
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")):
        return InputProblem("operations.database_unreachable")
    if name in {"SQLITE_CORRUPT", "SQLITE_NOTADB"}:
        return InputProblem("operations.database_damaged")
    return InputProblem("operations.no_site") if "no such table" in str(driver) else None
