"""The how-to, followed to the letter, and the database's own functions, with real processes and real roles."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.web.house import POSTGRESQL, ROOT, house

GUIDE = ROOT / "docs" / "how-to" / "keys.md"
KEYS = "from cobijo.web.core.vault.sealing import new_keys, seal, unseal\n"


def steps() -> list[tuple[str, str]]:
    """Every command of the guide with the words that it should answer."""
    blocks = re.findall(r"```console\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    found: list[tuple[str, str]] = []
    for line in "".join(blocks).splitlines():
        if line.startswith("$ "):
            found.append((line[2:], ""))
        else:
            found[-1] = (found[-1][0], line.strip())
    return found


def test_the_rehearsal_of_the_guide_works_as_written(tmp_path: Path) -> None:
    media, programs = tmp_path / "media", tmp_path / "bin"
    for folder in (media / "first", media / "second", programs):
        folder.mkdir(parents=True)
    shim = programs / "cobijo"
    shim.write_text(f'#!/bin/sh\nshift\nexec "{sys.executable}" -m cobijo.web "$@"\n')
    shim.chmod(0o755)
    with house(tmp_path / "house") as site:
        environment = site.environment | {"PATH": f"{programs}:{os.environ['PATH']}"}
        sealed = ""
        for command, expected in steps():
            done = subprocess.run(
                ["sh", "-c", command.replace("/media/", f"{media}/")],
                env=environment, cwd=ROOT, capture_output=True, text=True, check=False,
            )  # fmt: skip
            said = done.stdout + done.stderr
            assert expected in said, (command, said)
            assert "Traceback" not in said
            if command.endswith("vault make") and not sealed:
                sealed = site.python(KEYS + "k, = new_keys(1); print(k, seal(k, 'x', 'Rosa').hex())")
        key, body = sealed.split()
        assert (
            site.python(
                KEYS + f"from uuid import UUID; print(unseal(UUID('{key}'), 'x', bytes.fromhex('{body}')))"
            )
            == "Rosa\n"
        )


def test_copies_are_not_written_side_by_side_nor_into_the_data_folder(tmp_path: Path) -> None:
    with house(tmp_path / "house") as site:
        site.manage("vault", "make")
        for first, second in (("a", "b"), ("house/x/a", "other/b")):
            for path in (first, second):
                (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            done = site.manage("vault", "copy", str(tmp_path / first), str(tmp_path / second), wrong=True)
            assert done.returncode == 3
            assert "two different folders" in done.stderr
        slip = tmp_path / "slip.txt"
        slip.write_text("1  babab babab babab babab  babab\n")
        done = site.manage("vault", "check-copy", str(slip), wrong=True)
        assert "Line 1 of the copy has a slip" in done.stderr


FUNCTIONS = """
from uuid import uuid4
from django.db import connection, transaction
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.vault.models import BlindToken
from cobijo.web.core.vault.queries import match
from cobijo.web.core.vault.indexing import _insert, Entry, tokens
from cobijo.web.core.vault.services import destroy_keys
from tests.web.people import make_people
people = make_people()
key = uuid4()
known = {"given": "Rosa", "surname1": "Luna"}
with acting_as(people.ana, "follow_up") as access:
    _insert("folder", [Entry(one, 1, access.scopes[0], key, "match", 1) for one in tokens("match", **known)])
answer = {}
with acting_as(people.carla, "match") as access:
    answer["known"] = match(access, "match", **known)
    answer["unknown"] = match(access, "match", given="Rosa", surname1="Sol")
    answer["seen"] = BlindToken.objects.filter(kind="folder").count()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.definer', 'on', true)")
        answer["seen"] += BlindToken.objects.count()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT vault_forget(ARRAY[%s]::uuid[])", [key])
            answer["seen"] += cursor.fetchone()[0]
with acting_as(people.ana, "follow_up") as access:
    destroy_keys(by=access, ids=[key], reason="asked")
    answer["own"] = BlindToken.objects.count()
with acting_as(people.carla, "match") as access:
    answer["after"] = match(access, "match", **known)
"""


def test_across_organisations_the_database_answers_yes_or_no_under_production_roles(tmp_path: Path) -> None:
    with house(tmp_path / "house") as site:
        site.manage("vault", "make")
        answer = site.ask(FUNCTIONS)
    seen = 0 if POSTGRESQL else len(answer) and answer["seen"]  # SQLite has one line of defence, the policy
    assert answer == {"known": True, "unknown": False, "seen": seen, "own": 0, "after": False}


def test_a_destroyed_key_leaves_the_file_of_the_key_store(tmp_path: Path) -> None:
    code = KEYS + (
        "from cobijo.web.core.vault.keystore.models import SubjectKey\n"
        "from cobijo.web.core.vault.services import Line, _settle, timezone\n"
        "ids = new_keys(200); found = SubjectKey.objects.get(pk=ids[7]); wrapped = bytes(found.wrapped)\n"
        "_settle([Line(ids[7], timezone.now(), 'asked')])\n"
        "answer = {'wrapped': wrapped.hex(), 'gone': SubjectKey.objects.get(pk=ids[7]).wrapped is None}"
    )
    with house(tmp_path / "house") as site:
        site.manage("vault", "make")
        answer = site.ask(code)
        assert answer["gone"]
        for file in (tmp_path / "house").glob("keys.sqlite3*"):
            assert bytes.fromhex(answer["wrapped"]) not in file.read_bytes()
