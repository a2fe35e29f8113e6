"""The data folder: where the site keeps its database, its secret key and the gathered static files."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

SECRET = "secret.key"  # noqa: S105 - the name of a file
DEMONSTRATION = "demonstration.json"  # only `cobijo demo` writes it, into a folder that it has just made
#: What could lead a demonstration to a real database, key or mail server.
ELSEWHERE = (
    "DATABASE_URL", "MIGRATE_DATABASE_URL", "KEYS_DATABASE_URL", "MIGRATE_KEYS_DATABASE_URL", "COBIJO_KEK_FILE",
    "COBIJO_KEK_COMMAND", "COBIJO_AUDIT_KEY", "COBIJO_SECRET_KEY", "COBIJO_OUTBOX_DIR", "COBIJO_MAIL",
)  # fmt: skip


def data_dir(environment: Mapping[str, str] = os.environ) -> Path:
    """`COBIJO_DATA_DIR`, else the place where the system keeps a person's application data."""
    given = environment.get("COBIJO_DATA_DIR")
    if given:
        return Path(given).expanduser().absolute()
    base = environment.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser().absolute() / "cobijo"


def make_ready(folder: Path) -> None:
    """Make the folder, its owner's only, with a secret key that stays the same at the next start."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f"{SECRET}.{secrets.token_hex(4)}"
    if (folder / SECRET).exists():
        return
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(draft, folder / SECRET)  # whole or not at all; the first of two starters wins
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def is_demonstration(folder: Path, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the folder is a demonstration's and nothing of the site lies anywhere else."""
    return (folder / DEMONSTRATION).is_file() and not any(environment.get(name) for name in ELSEWHERE)


def secret_key(folder: Path, environment: Mapping[str, str] = os.environ) -> str:
    """`COBIJO_SECRET_KEY`, else the kept one, else one for this process: reading settings writes nothing."""
    given = environment.get("COBIJO_SECRET_KEY")
    if given:
        return given
    try:
        kept = (folder / SECRET).read_text(encoding="ascii").strip()
    except OSError:
        kept = ""
    return kept or secrets.token_urlsafe(48)
