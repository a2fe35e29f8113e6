"""The how-to, followed to the letter, and the database's own functions, with real processes and real roles."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from io import StringIO
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override
from pytest_django import Settings

from cobijo.web.core.vault import custody, paper, ring
from cobijo.web.core.vault.envelope import Kek
from cobijo.web.core.vault.sealing import new_keys, seal, unseal
from tests.web.house import POSTGRESQL, ROOT, house

both = pytest.mark.django_db(databases=["default", "keys"])
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


@pytest.fixture
def media(kek_file: Path, tmp_path: Path, settings: Settings) -> Path:
    """A data folder without a key, and two places to put copies."""
    settings.DATA_DIR = kek_file.parent
    for folder in ("kept", "media/first", "media/second"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path / "media"


def run(command: str, media: Path) -> str:
    """One command of the guide; what it says."""
    command = command.replace("/media/", f"{media}/")
    words = shlex.split(command)
    if words[:3] != ["cobijo", "manage", "vault"]:
        environment = os.environ | {"COBIJO_DATA_DIR": str(media.parent / "kept")}
        subprocess.run(["sh", "-c", command], env=environment, check=True)
        return ""
    out = StringIO()
    try:
        with override("en"):
            call_command("vault", *words[3:], stdout=out)
    except CommandError as problem:
        return str(problem)
    return out.getvalue()


@both
@pytest.mark.parametrize("children", [True, False], ids=["with a child", "before the first child"])
def test_the_rehearsal_of_the_guide_works_as_written(media: Path, children: bool) -> None:
    sealed: tuple[UUID, bytes] | None = None
    for command, expected in steps():
        said = run(command, media)
        assert expected in said, (command, said)
        if children and sealed is None and command.endswith("vault make"):
            (key,) = new_keys(1)
            sealed = key, seal(key, "x", "Rosa")
    ring.forget()
    if children:
        assert sealed is not None
        assert unseal(sealed[0], "x", sealed[1]) == "Rosa"
    assert not list(media.glob("*/away.txt"))


@both
def test_a_lost_first_key_is_made_anew_only_when_somebody_says_so_and_nothing_is_sealed(media: Path) -> None:
    """Between the sheets and the first child nothing lies under the key, and still a second one is no answer."""
    run("cobijo manage vault make", media)
    run("cobijo manage vault copy /media/first/key.txt /media/second/key.txt", media)
    Path(custody.file()).unlink()
    said = run("cobijo manage vault make", media)
    assert "Restore the key from a copy" in said and "vault make --anew" in said
    assert "is in its file again" in run("cobijo manage vault restore /media/first/key.txt", media)
    Path(custody.file()).unlink()
    assert "Made key" in run("cobijo manage vault make --anew", media)
    assert "Look for the newer copy" in run("cobijo manage vault check-copy /media/first/key.txt", media)
    assert "key file already" in run("cobijo manage vault make --anew", media)
    new_keys(1)
    Path(custody.file()).unlink()
    assert "There are records under a key" in run("cobijo manage vault make --anew", media)


@both
def test_copies_are_not_written_side_by_side_nor_into_the_data_folder(media: Path) -> None:
    run("cobijo manage vault make", media)
    for words in ("/media/first/a /media/first/b", f"{media.parent}/kept/a /media/first/b"):
        assert "two different folders" in run(f"cobijo manage vault copy {words}", media)
    assert not list(media.glob("*/*"))


@both
def test_a_slip_and_a_sheet_of_another_key_are_told(media: Path) -> None:
    run("cobijo manage vault make", media)
    new_keys(1)
    (media / "first/slip.txt").write_text("1  babab babab babab babab  babab\n")
    assert "Line 1 of the copy has a slip" in run(
        "cobijo manage vault check-copy /media/first/slip.txt", media
    )
    (media / "first/old.txt").write_text("\n".join(paper.lines_of(Kek(bytes(32)))))
    for verb in ("check-copy", "restore"):
        assert "Look for the newer copy" in run(f"cobijo manage vault {verb} /media/first/old.txt", media)


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
    _insert("child", [Entry(tokens("match", **known), 1, access.scopes[0], key, "match", 1)])
answer = {}
with acting_as(people.carla, "match") as access:
    answer["known"] = match(access, "match", **known)
    answer["unknown"] = match(access, "match", given="Rosa", surname1="Sol")
    answer["seen"] = BlindToken.objects.filter(kind="child").count()
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
