"""Backups made while people work, restored elsewhere; damaged, cut off, for another key, without room."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cobijo.errors import CobijoError
from cobijo.sentences import render
from cobijo.web.operations import box
from tests.web.house import POSTGRESQL, House, house, until

BACKUP = (
    "import sys\nfrom pathlib import Path\nfrom cobijo.web.operations.backup import as_dict, backup\n"
    "answer = as_dict(backup(Path({out!r}), Path({key!r})))"
)
RESTORE = (
    "import os\nfrom pathlib import Path\nfrom cobijo.errors import CobijoError\n"
    "from cobijo.web.operations.backup import restore\n"
    "try:\n"
    "    done = restore(Path({file!r}), Path({key!r}), Path(os.environ['COBIJO_DATA_DIR']), **{more})\n"
    "    answer = dict(hashes=done.hashes, rows=done.rows, erasures=done.erasures, destroyed=done.keys_destroyed)\n"
    "except CobijoError as problem:\n"
    "    answer = dict(code=problem.code, params=problem.params)"
)
#: Pairs of rows and an audit event, each in one transaction, for as long as it runs.
LOAD = """
import itertools, os
from cobijo.web.core.access.context import acting_as_system
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.core.audit.services import record
from cobijo.web.core.audit.sealer import seal_once
for number in itertools.count():
    with acting_as_system("load") as access:
        for half in "ab":
            Organisation.objects.create(code=f"load-{os.getpid()}-{number}-{half}", name="x", kind="ngo")
        record("add", "organisation", [number], access=access)
    if number % 10 == 0:
        seal_once()
"""
COUNT = (
    "from cobijo.web.core.accounts.models import Organisation\n"
    "answer = Organisation.objects.filter(code__startswith='load-').count()"
)
#: A token under row-level security, in a scope of its own.
GUARDED = """
from cobijo.web.core.access.context import acting_as_system
from cobijo.web.core.access.models import Scope, ScopeKind
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.core.vault.models import BlindToken
from cobijo.web.core.vault.keystore.models import SubjectKey
organisation = Organisation.objects.create(code="guarded", name="x", kind="ngo")
scope = Scope.objects.create(kind=ScopeKind.TRAY, organisation=organisation)
key = SubjectKey.objects.create(wrapped=b"w", kek_id="0" * 16)
with acting_as_system("test", scopes="all"):
    BlindToken.objects.bulk_create([BlindToken(
        token=b"t" * 16, kind="child", record_id=1, scope_id=scope.pk, key_id=key.pk, purpose="match", epoch=1)])
answer = str(key.pk)
"""
GUARDED_COUNT = """
from cobijo.web.core.access.context import acting_as_system
from cobijo.web.core.vault.models import BlindToken
with acting_as_system("test", scopes="all"):
    answer = BlindToken.objects.count()
"""
VERIFY = (
    "from cobijo.web.core.audit.commands import audit_verify\nfrom cobijo.web.core.audit.sealer import seal_once\n"
    "while seal_once(sweep=True): pass\nanswer = [one.code for one in audit_verify().findings]"
)


@dataclass
class Kept:
    site: House
    folder: Path
    key: Path
    child: str  # id of a child's key

    def backup(self, name: str) -> Path:
        out = self.folder / name
        self.site.ask(BACKUP.format(out=str(out), key=str(self.key / "backup.public")))
        return out


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    base = tmp_path_factory.mktemp("backup")
    box.make_key(base / "key")
    with house(base / "site") as site:
        yield Kept(site, base, base / "key", site.ask(GUARDED))


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path / "elsewhere", migrated=False) as site:
        yield site


def restore(site: House, kept: Kept, file: Path, key: str = "backup.private", **more: Path) -> dict[str, Any]:
    said = "dict(" + ", ".join(f"{name}=Path({str(path)!r})" for name, path in more.items()) + ")"
    return dict(site.ask(RESTORE.format(file=str(file), key=str(kept.key / key), more=said)))


def manifest(kept: Kept, file: Path) -> dict[str, str]:
    from cobijo.web.operations import parcels

    found = {}
    for path, store in ((file, "site"), (file.with_name(file.name + ".keys"), "keys")):
        with box.opened_file(path, box.read_private(kept.key / "backup.private")) as (_facts, content):
            for name, blocks in parcels.parcels(content):
                if name == "manifest":
                    tables = json.loads(b"".join(blocks))["tables"]
                    found |= {f"{store}.{table}": facts["sha256"] for table, facts in tables.items()}
    return found


def test_a_backup_made_under_load_comes_back_elsewhere(kept: Kept, elsewhere: House) -> None:
    from tests.web.house import SETUP

    writers = [kept.site.start("-c", SETUP + LOAD) for _ in range(2)]
    until(lambda: kept.site.ask(COUNT) > 20)
    file = kept.backup("under-load")
    before = kept.site.ask(COUNT)
    time.sleep(0.5)
    assert kept.site.ask(COUNT) > before, "the writers were to go on"
    for writer in writers:
        writer.kill()
        writer.wait()
    done = restore(elsewhere, kept, file)
    assert done["hashes"] == manifest(kept, file)
    count = elsewhere.ask(COUNT)
    assert count > 20
    assert count % 2 == 0  # no transaction was cut in half
    assert elsewhere.ask(GUARDED_COUNT) == 1  # rows under row-level security came along
    assert elsewhere.ask(VERIFY) == []
    again = restore(elsewhere, kept, file)
    assert again["code"] == "operations.restore_not_empty"


def test_an_erased_child_stays_erased_whatever_is_restored(
    kept: Kept, elsewhere: House, tmp_path: Path
) -> None:
    old = kept.backup("before-erasure")
    kept.site.python(
        "from uuid import UUID\nfrom cobijo.web.core.access.context import acting_as_system\n"
        "from cobijo.web.core.vault.services import destroy_keys\n"
        f"with acting_as_system('test') as access: destroy_keys(by=access, ids=[UUID({kept.child!r})], reason='asked')"
    )
    new = kept.backup("after-erasure")
    ask = (
        "from cobijo.web.core.vault.keystore.models import SubjectKey\n"
        f"row = SubjectKey.objects.get(pk={kept.child!r})\nanswer = [row.wrapped is None, row.destroyed_at is not None]"
    )
    # The old site's file with the newest keys, which is how it should be done.
    restore(
        elsewhere,
        kept,
        old,
        keys=new.with_name(new.name + ".keys"),
        erasures=new.with_name(new.name + ".erasures"),
    )
    assert elsewhere.ask(ask) == [True, True]
    assert elsewhere.ask(GUARDED_COUNT) == 0
    # Both files old: the list of erasures alone destroys the key again.
    with house(tmp_path / "third", migrated=False) as third:
        done = restore(third, kept, old, erasures=new.with_name(new.name + ".erasures"))
        assert done["destroyed"] == 1
        assert third.ask(ask) == [True, True]
        assert third.ask(GUARDED_COUNT) == 0


def _spoil(file: Path, how: str) -> None:
    raw = bytearray(file.read_bytes())
    if how == "a byte":
        raw[len(raw) // 2] ^= 1
    elif how == "the head":
        raw[40] ^= 1
    elif how == "cut off":
        del raw[-1000:]
    elif how == "cut at a chunk":
        from cobijo.web.core.jobs.sealing import CHUNK, PREFIX, TAG

        head = len(box.MAGIC) + 4 + int.from_bytes(raw[len(box.MAGIC) : len(box.MAGIC) + 4], "big")
        del raw[head + PREFIX + CHUNK + TAG :]
    elif how == "empty":
        raw.clear()
    file.write_bytes(raw)


HOWS = ("a byte", "the head", "cut off", "cut at a chunk", "empty", "keys")
REFUSED = """
import os
from pathlib import Path
from cobijo.errors import CobijoError
from cobijo.web.operations.backup import restore
answer = []
for file, key in {cases}:
    try:
        restore(Path(file), Path(key), Path(os.environ["COBIJO_DATA_DIR"]))
        answer.append(["restored", {{}}])
    except CobijoError as problem:
        answer.append([problem.code, problem.params])
"""


def test_damaged_cut_off_or_for_another_key_is_one_sentence_and_nothing_changes(
    kept: Kept, elsewhere: House, tmp_path: Path
) -> None:
    file = kept.backup("whole")
    private = str(kept.key / "backup.private")
    box.make_key(kept.folder / "other")
    cases = [
        (str(file), str(kept.folder / "other" / "backup.private")),
        (str(file), str(kept.key / "backup.public")),
    ]
    for number, how in enumerate(HOWS):
        for ending in ("", ".keys", ".erasures"):
            (tmp_path / f"{number}{ending}").write_bytes(file.with_name(file.name + ending).read_bytes())
        _spoil(
            tmp_path / (f"{number}.keys" if how == "keys" else str(number)),
            "a byte" if how == "keys" else how,
        )
        cases.append((str(tmp_path / str(number)), private))
    answers = elsewhere.ask(REFUSED.format(cases=cases))
    assert [code for code, _params in answers] == [
        "operations.other_key", "operations.other_half_of_the_key", "operations.backup_damaged",
        "operations.backup_damaged", "operations.backup_damaged", "operations.backup_damaged",
        "operations.no_backup", "operations.backup_damaged",
    ]  # fmt: skip
    for code, params in answers:
        assert "{" not in render(code, params, "en")
        assert render(code, params, "en") != code
    assert not list(elsewhere.data.iterdir())
    if POSTGRESQL:
        tables = "from django.db import connection\nanswer = connection.introspection.table_names()"
        assert elsewhere.ask(tables) == []


def test_without_room_there_is_a_sentence_and_no_half_file(kept: Kept) -> None:
    out = kept.folder / "full"
    limited = (
        "import resource, signal\nresource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    )
    said = kept.site.ask(
        limited + "from cobijo.errors import CobijoError\ntry:\n    "
        + BACKUP.format(out=str(out), key=str(kept.key / "backup.public")).replace("\n", "\n    ")
        + "\nexcept CobijoError as problem: answer = problem.code"
    )  # fmt: skip
    assert said == "operations.no_room"
    assert not list(kept.folder.glob("*full*"))
    assert not list(kept.site.data.glob(".backup-*"))


def test_nothing_readable_is_in_a_backup(kept: Kept) -> None:
    kept.site.python(
        "from cobijo.web.core.accounts.models import Organisation\n"
        "Organisation.objects.create(code='canary', name='Xóchitl Canario', kind='ngo')"
    )
    file = kept.backup("canary")
    for path in kept.folder.glob("canary*"):
        assert b"Canario" not in path.read_bytes()
    assert box.facts_of(file)["store"] == "site"


NO_KEYS = ("", "cobijo-backup-public-1 00 11", "cobijo-backup-public-1 " + "0" * 64 + " 00000000")


@pytest.mark.parametrize("text", NO_KEYS)
def test_what_is_no_key_gets_a_sentence(text: str, tmp_path: Path) -> None:
    (tmp_path / "k").write_text(text)
    with pytest.raises(CobijoError) as problem:
        box.read_public(tmp_path / "k")
    assert problem.value.code == "operations.key_unreadable"
