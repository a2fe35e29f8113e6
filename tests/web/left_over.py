"""`python -m tests.web.left_over`: remove databases and roles of test runs that were killed. `make test` does it first.

Their names hold the process that made them; those of a process that still lives are left alone.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import psycopg
from psycopg import sql

SERVER = os.environ.get("COBIJO_TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
OURS = re.compile(r"(?:cobijo_test(?:_keys)?|house(?:_keys)?|owner|app|keys)_(\d+)(?:_\w+)?")


def abandoned(names: list[str]) -> list[str]:
    """Those of the names that belong to a process which is gone."""
    found = [(name, OURS.fullmatch(name)) for name in names]
    return [name for name, made in found if made and not Path(f"/proc/{made[1]}").exists()]


def clear() -> list[str]:
    with psycopg.connect(SERVER, autocommit=True) as server:
        databases = abandoned(
            [name for (name,) in server.execute("SELECT datname FROM pg_database").fetchall()]
        )
        for name in databases:
            server.execute(
                sql.SQL("DROP DATABASE IF EXISTS {name} WITH (FORCE)").format(name=sql.Identifier(name))
            )
        roles = abandoned([name for (name,) in server.execute("SELECT rolname FROM pg_roles").fetchall()])
        for name in roles:
            server.execute(sql.SQL("DROP OWNED BY {name}").format(name=sql.Identifier(name)))
        for name in roles:
            server.execute(sql.SQL("DROP ROLE IF EXISTS {name}").format(name=sql.Identifier(name)))
    return [*databases, *roles]


if __name__ == "__main__":
    cleared = clear()
    if cleared:
        sys.stdout.write(f"Removed what killed test runs had left: {', '.join(cleared)}\n")
