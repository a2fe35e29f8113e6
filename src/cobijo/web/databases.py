"""Which database: from an address such as `postgresql://name:password@host:5432/cobijo` or `sqlite:///file`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def sqlite(path: Path | str) -> dict[str, Any]:
    """One file. Writers take their lock at once, so that a reader never turns writer half-way."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


def database(url: str) -> dict[str, Any]:
    """Django's settings for one address. The address itself is never part of an error: it holds a password."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and parts.path.startswith("/"):
        # sqlite:///relative, sqlite:////absolute
        return sqlite(Path(unquote(parts.path[1:])).absolute())
    if parts.scheme in {"postgresql", "postgres"} and parts.path.strip("/"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.strip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise ImproperlyConfigured(
        "DATABASE_URL must look like postgresql://name:password@host:5432/database or sqlite:///file"
    )


def default_database(data_dir: Path, environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The site's database: `DATABASE_URL`, else one file in the data folder.

    `COBIJO_AS_OWNER` (set by `cobijo manage migrate`) takes `MIGRATE_DATABASE_URL` instead. For tests,
    `COBIJO_TEST_DATABASE=postgresql` takes a PostgreSQL, with a database of its own for each test process.
    """
    if environment.get("COBIJO_TEST_DATABASE") == "postgresql":
        url = environment.get("COBIJO_TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
        return database(url) | {"TEST": {"NAME": f"cobijo_test_{os.getpid()}"}, "CONN_MAX_AGE": 0}
    owners = environment.get("MIGRATE_DATABASE_URL", "") if environment.get("COBIJO_AS_OWNER") else ""
    url = owners or environment.get("DATABASE_URL", "")
    return database(url) if url else sqlite(data_dir / "cobijo.sqlite3")


def keys_database(data_dir: Path, environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The key store: `KEYS_DATABASE_URL`, else a file of its own in the data folder, which overwrites what it frees.

    `COBIJO_AS_OWNER` takes `MIGRATE_KEYS_DATABASE_URL` instead, where there is one.
    """
    if environment.get("COBIJO_TEST_DATABASE") == "postgresql":
        return default_database(data_dir, environment) | {
            "TEST": {"NAME": f"cobijo_test_keys_{os.getpid()}"},
        }
    owners = environment.get("MIGRATE_KEYS_DATABASE_URL", "") if environment.get("COBIJO_AS_OWNER") else ""
    url = owners or environment.get("KEYS_DATABASE_URL", "")
    found = database(url) if url else sqlite(data_dir / "keys.sqlite3")
    if found["ENGINE"].endswith("sqlite3"):
        found["OPTIONS"]["init_command"] += " PRAGMA secure_delete=ON;"
    return found
