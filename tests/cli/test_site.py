"""The words that begin, keep and show a site, run as a person runs them: `init`, `audit`, `demo-code`."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


def cobijo(
    site: Path, *words: str | Path, language: str = "en", **more: str
) -> subprocess.CompletedProcess[str]:
    environment = _clean() | {"COBIJO_LANG": language, "COBIJO_DATA_DIR": str(site), "COLUMNS": "200"} | more
    return subprocess.run(
        [sys.executable, "-m", "cobijo", *map(str, words)],
        capture_output=True, text=True, env=environment, check=False, timeout=300,
    )  # fmt: skip


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A new site, and what `init` said."""
    site = tmp_path_factory.mktemp("begun") / "site"
    done = cobijo(site, "init", "--email", "ada@example.org")
    assert done.returncode == 0, done.stderr
    return site, done.stdout


def test_init_makes_the_key_and_a_link(begun: tuple[Path, str]) -> None:
    site, said = begun
    assert len(re.findall(r"http://localhost:8000/en/account/invitation/[\w-]{43}/", said)) == 1
    key = site / "kek.txt"
    assert str(key) in said
    assert "two copies" in said
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.read_bytes()
    again = cobijo(site, "init", "--email", "ada@example.org", "--address", "https://cobijo.example.org/")
    assert again.returncode == 0
    assert "https://cobijo.example.org/en/account/invitation/" in again.stdout
    assert key.read_bytes() == before  # the key stays; only the newest link works
    links = cobijo(site, "init", "--email", "ada@example.org", "--json")
    assert json.loads(links.stdout)["made"] is False


def test_init_says_no_with_a_sentence(begun: tuple[Path, str]) -> None:
    site, _said = begun
    wrong = cobijo(site, "init", "--email", "nobody")
    assert wrong.returncode == 3
    assert "e-mail address" in wrong.stderr
    assert cobijo(site, "init").returncode == 2
    kept = (site / "kek.txt").rename(site / "away")
    lost = cobijo(site, "init", "--email", "ada@example.org")
    assert lost.returncode == 3  # sheets of the first one may be printed: a new one would make them worthless
    assert "Restore the key from a copy" in lost.stderr
    assert not (site / "kek.txt").exists()
    kept.rename(site / "kek.txt")
    spanish = cobijo(site, "init", "--email", "ada@example.org", language="es")
    assert "/es/account/invitation/" in spanish.stdout


def test_the_audit_is_verified_and_signed(begun: tuple[Path, str], tmp_path: Path) -> None:
    site, _said = begun
    head = tmp_path / "head.json"
    made = cobijo(site, "audit", "checkpoint", head)
    assert made.returncode == 0, made.stderr
    assert json.loads(head.read_text())["number"] > 0
    whole = cobijo(site, "audit", "verify", "--checkpoint", head)
    assert whole.returncode == 0, whole.stdout
    assert "whole" in whole.stdout
    told: dict[str, Any] = json.loads(cobijo(site, "audit", "verify", "--json").stdout)
    assert told["whole"] is True
    assert told["events"] == told["sealed"] > 0
    _tamper(site)
    broken = cobijo(site, "audit", "verify", "--checkpoint", head)
    assert broken.returncode == 3
    assert "Event 1:" in broken.stdout
    assert "NOT whole" in broken.stdout
    assert cobijo(site, "audit", "verify", "--checkpoint", tmp_path / "no.json").returncode == 3


def test_troubles_of_the_machine_are_one_sentence(begun: tuple[Path, str], tmp_path: Path) -> None:
    """A folder that is not there, a database that does not answer, a wrong setting: no traceback, the right code."""
    site, _said = begun
    away = {"DATABASE_URL": "postgresql://somebody:secret@127.0.0.1:1/nowhere"}
    cobijo(tmp_path, "backup-key", "--out", tmp_path / "stick")
    public = tmp_path / "stick" / "backup.public"
    cases: list[tuple[tuple[str | Path, ...], dict[str, str], int, str]] = [
        (("audit", "checkpoint", tmp_path / "no" / "head"), {}, 3, "make the folder first"),
        (("audit", "checkpoint", tmp_path), {}, 3, "is a folder"),
        (("backup", "/proc/no/file", "--to", public), {}, 3, "make the folder first"),
        (("audit", "verify"), away, 3, "does not answer"),
        (("backup", tmp_path / "b", "--to", public), away, 3, "does not answer"),
        (("upgrade", "--to", public, "--backups", tmp_path), away, 3, "does not answer"),
        (("serve", "--port", "8917"), away, 3, "does not answer"),
        (("audit", "verify"), {"DATABASE_URL": "hello"}, 2, "DATABASE_URL must look like"),
        (("audit", "verify"), {"COBIJO_MAIL": "pigeon"}, 2, "COBIJO_MAIL must look like"),
    ]
    for words, environment, code, sentence in cases:
        done = cobijo(site, *words, **environment)
        assert (done.returncode, done.stdout) == (code, ""), (words, done.stderr)
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
        assert sentence in done.stderr
        assert "secret" not in done.stderr
    empty = cobijo(tmp_path / "empty", "audit", "verify")
    assert (empty.returncode, "There is no site here yet" in empty.stderr) == (3, True)


def test_a_key_command_that_does_not_answer_is_said_at_once(tmp_path: Path) -> None:
    silent = cobijo(tmp_path, "init", "--email", "ada@example.org", COBIJO_KEK_COMMAND="/bin/false")
    assert (silent.returncode, silent.stdout) == (4, "")
    assert "COBIJO_KEK_COMMAND" in silent.stderr
    line = cobijo(tmp_path, "manage", "vault", "new").stdout
    (tmp_path / "line").write_text(line)
    command = f"cat {tmp_path / 'line'}"
    begun = cobijo(tmp_path, "init", "--email", "ada@example.org", COBIJO_KEK_COMMAND=command)
    assert begun.returncode == 0, begun.stderr
    state = cobijo(tmp_path, "manage", "vault", "state", COBIJO_KEK_COMMAND=command, language="es")
    assert "abierta" in state.stdout
    assert line.split()[0] in state.stdout


def test_events_that_only_wait_for_their_seal_frighten_nobody(begun: tuple[Path, str]) -> None:
    from cobijo.web.core.audit.commands import Verified, sentences
    from cobijo.web.core.audit.verifying import Finding

    waits = Finding("audit.unsealed", 3)
    assert [code for code, _params in sentences(Verified(3, 2, (waits,)))] == ["operations.audit_waits"]
    both = [code for code, _params in sentences(Verified(3, 2, (waits, Finding("audit.altered", 1))))]
    assert both == ["audit.unsealed", "audit.altered", "operations.audit_is_not_whole"]


def _tamper(site: Path) -> None:
    with sqlite3.connect(site / "cobijo.sqlite3") as database:
        database.execute('DROP TRIGGER "append_only_update_audit_event"')
        database.execute("UPDATE audit_event SET action = 'see' WHERE id = 1")


def test_a_real_site_is_no_demonstration(begun: tuple[Path, str], tmp_path: Path) -> None:
    """The mark of a demonstration opens nothing where there is a database elsewhere, and none is made by hand."""
    site, _said = begun
    assert cobijo(site, "demo-code", "caseworker", "--dir", tmp_path).returncode == 2
    ask = "import django; django.setup()\nfrom django.urls import reverse\nprint(reverse('demonstration'))"
    done = _python(ask, COBIJO_DATA_DIR=str(site))
    assert "NoReverseMatch" in done.stderr
    (tmp_path / "demonstration.json").write_text('{"format": "cobijo.demonstration/1", "accounts": []}')
    marked = _python(ask, COBIJO_DATA_DIR=str(tmp_path))
    assert marked.returncode == 0, marked.stderr
    elsewhere = _python(ask, COBIJO_DATA_DIR=str(tmp_path), DATABASE_URL="postgresql://a:b@127.0.0.1/none")
    assert "NoReverseMatch" in elsewhere.stderr


def _python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    own = {"DJANGO_SETTINGS_MODULE": "cobijo.web.settings"} | environment
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=_clean() | own,
        check=False,
        timeout=120,
    )


def _clean() -> dict[str, str]:
    """The environment without anything that says where a site lies."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("COBIJO_", "DJANGO_")) and not name.endswith("DATABASE_URL")
    }
