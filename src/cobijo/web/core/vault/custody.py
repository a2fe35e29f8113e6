"""Whoever keeps the key-encryption key (KEK) keeps the children's names: from a file, or from a command.

Both give the same text: one key a line, `<id> <64 hexadecimal digits>`, the one in use first, former ones below it
until no child's key lies under them. `COBIJO_KEK_FILE` names the file (else `kek.txt` in the data folder; its owner's
only), `COBIJO_KEK_COMMAND` a command that prints the text (a key service, a smart card, `age -d …`), run without a
shell. Nothing here touches a database; keys are held in memory only and never logged.
"""

from __future__ import annotations

import os
import secrets
import shlex
import stat
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from cobijo.web.core.vault import paper
from cobijo.web.core.vault.envelope import SECRET, Kek
from cobijo.web.core.vault.errors import Custody, Locked

COMMAND_SECONDS = 20
ASK_AGAIN_SECONDS = 10
HEAD = "# Cobijo: key-encryption keys. The first is in use. Keep two copies on paper (docs/how-to/keys.md).\n"


@dataclass(frozen=True)
class Keks:
    """The KEKs at hand: the first is for wrapping, all are for unwrapping."""

    current: Kek
    all: Mapping[str, Kek] = field(repr=False)


@dataclass(frozen=True)
class _Held:
    source: tuple[object, ...]
    keks: Keks | None
    problem: str
    at: float


_lock = threading.Lock()
_held: _Held | None = None


def keks() -> Keks:
    """The KEKs, read anew when the file has changed. Raises `Locked`, whose code says what is missing."""
    global _held
    source = _source()
    with _lock:
        held = _held
        stale = held is None or held.source != source
        if held is not None and held.keks is None and time.monotonic() - held.at > ASK_AGAIN_SECONDS:
            stale = True  # a key service that was away may be back
        if stale or held is None:
            held = _held = _load(source)
    if held.keks is None:
        raise Locked(held.problem)
    return held.keks


def reload() -> None:
    """Forget what was read: somebody uses a KEK that we do not know. A command is asked again after a while only."""
    global _held
    with _lock:
        if _held is None or not command() or time.monotonic() - _held.at > ASK_AGAIN_SECONDS:
            _held = None


def command() -> str:
    return str(getattr(settings, "KEK_COMMAND", ""))


def file() -> Path:
    return Path(settings.KEK_FILE)


def make_kek() -> Kek:
    """Make a KEK and write it, where there is none; `cobijo init` and the demonstration do it once."""
    if command():
        raise Custody("vault.kek_from_command")
    kek = Kek(secrets.token_bytes(SECRET))
    write_file(kek, new=True)
    return kek


def write_file(*keys: Kek, new: bool = False) -> None:
    """Write the file whole or not at all, its owner's only. `new`: raises `Custody` where there is one already."""
    path = file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(HEAD + "".join(f"{kek.id} {kek.secret.hex()}\n" for kek in keys))
            out.flush()
            os.fsync(out.fileno())
        if new:
            os.link(draft, path)  # the first of two starters wins
        else:
            draft.replace(path)
    except FileExistsError:
        raise Custody("vault.kek_exists", file=path.name) from None
    finally:
        draft.unlink(missing_ok=True)
    reload()


def read_sheet(text: str) -> Kek:
    """The KEK that a typed-in paper copy holds. Raises `Custody` that names the line with a slip."""
    return paper.read_lines(text)


def restore_from_sheet(text: str, *, expected: str | None) -> Kek:
    """Write the KEK file anew from a paper copy. `expected`: id that the key store asks for; another one is refused."""
    kek = read_sheet(text)
    if expected is not None and kek.id != expected:
        raise Custody("vault.sheet_of_other_key", found=kek.id, expected=expected)
    write_file(kek, new=True)
    return kek


def parse(text: str) -> Sequence[Kek]:
    """The KEKs of a file or a command's answer. Raises `Locked` where it is not one, without quoting it."""
    found = []
    for line in text.splitlines():
        words = line.split("#")[0].split()
        if not words:
            continue
        with suppress(ValueError):
            kek = Kek(bytes.fromhex(words[-1]))
            if len(words) == 2 and kek.id == words[0].lower():
                found.append(kek)
                continue
        raise Locked("vault.kek_unreadable")
    if not found:
        raise Locked("vault.kek_unreadable")
    return found


def _source() -> tuple[object, ...]:
    if command():
        return ("command", command())
    try:
        seen = file().stat()
    except OSError:
        return ("file", str(file()), None)
    return ("file", str(file()), seen.st_mtime_ns, seen.st_ino, seen.st_size, seen.st_mode)


def _load(source: tuple[object, ...]) -> _Held:
    now = time.monotonic()
    try:
        found = parse(_from_command() if command() else _from_file())
    except Locked as problem:
        return _Held(source, None, problem.code, now)
    return _Held(source, Keks(found[0], {kek.id: kek for kek in reversed(found)}), "", now)


def _from_file() -> str:
    try:
        mode = file().stat().st_mode
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise Locked("vault.kek_open_to_others")
        return file().read_text(encoding="ascii")
    except FileNotFoundError:
        raise Locked("vault.kek_missing") from None
    except (OSError, ValueError):
        raise Locked("vault.kek_unreadable") from None


def _from_command() -> str:
    try:
        answer = subprocess.run(  # noqa: S603 - the operator's own setting, no shell
            shlex.split(command()), capture_output=True, timeout=COMMAND_SECONDS, check=True, text=True
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        raise Locked("vault.kek_command_failed") from None
    return answer.stdout
