"""A child is erased; the backup of the evening before is brought back: with today's keys nothing of it opens.

Everything runs in processes of a real site, on SQLite or PostgreSQL, and what is searched for plain traces is every
byte of the data folder, every row of both databases and all that the processes said.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.prove.site import ANA, proving
from tests.web.house import House
from tests.web.operations.test_backup import BACKUP, RESTORE

CANARY = "Xochiquetzalcanaria"
ADD = (
    ANA
    + f"""
child = {{"given": "{CANARY} Luz", "surname1": "Quetzalvazquez", "birth_year": 2012, "note": "{CANARY} is safe"}}
with acting_as(ana, "follow_up") as access:
    rows = add(access, [child, child | {{"given": "Rosa {CANARY}"}}])
    change(rows[0], child | {{"note": "{CANARY} moved"}})
    identities(access, rows, fields=("given",), purpose="follow_up")
    find(access, "search", kind="file", given="{CANARY} Luz", surname1="Quetzalvazquez")
from cobijo.web.core.jobs.services import enqueue
enqueue(by=ana, kind="tests.export", arguments={{}}, private={{"search": "{CANARY}"}})
enqueue(by=ana, kind="tests.bug", arguments={{}}, private={{"search": "{CANARY}"}})
answer = [str(rows[0].key_id), rows[0].pk]
"""
)
ERASE = (
    ANA
    + """
from uuid import UUID
from cobijo.web.core.vault.services import destroy_keys
with acting_as(ana, "follow_up") as access:
    destroy_keys(by=access, ids=[UUID(sys.argv[1])], reason="asked_by_child")
"""
)
#: What of the two children opens and is found, in this site.
LOOK = (
    ANA
    + f"""
with acting_as(ana, "follow_up") as access:
    rows = list(File.objects.order_by("pk"))
    shown = identities(access, rows, fields=("given",), purpose="follow_up")
    seen = [[one.condition, one.get("given")] for one in shown]
    past = [one.condition for one in unseal_many((p.key_id, p.place(), p.sealed) for p in Past.objects.all())]
    luz = find(access, "search", kind="file", given="{CANARY} Luz", surname1="Quetzalvazquez")
    rosa = find(access, "search", kind="file", given="Rosa {CANARY}", surname1="Quetzalvazquez")
    answer = dict(seen=seen, past=past, luz=rows[0].pk in luz, rosa=len(rosa) > 0)
"""
)
DUMP = """
from django.db import connections
from cobijo.web.core.access.context import acting_as_system
with acting_as_system("test", scopes="all"):
    for alias in ("default", "keys"):
        connection = connections[alias]
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                try:
                    cursor.execute(f'SELECT * FROM "{table}"')
                except Exception as problem:
                    raise RuntimeError(table) from problem
                for row in cursor.fetchall():
                    print(table, *[bytes(v).hex() if isinstance(v, (bytes, memoryview)) else v for v in row])
"""


def traces(site: House) -> list[str]:
    """Where the canary stands in plain: files, rows."""
    words = [text.encode() for word in (CANARY, "Quetzalvazquez", "Canario") for text in (word, word.lower())]
    words += [word.hex().encode() for word in words]
    found = [
        str(path) for path in site.data.rglob("*") if path.is_file()
        for word in words if word in path.read_bytes()
    ]  # fmt: skip
    dump = site.python(DUMP).encode()
    assert len(dump) > 2000
    return found + [f"rows: {word!r}" for word in words if word in dump]


def backup(site: House, folder: Path, name: str) -> Path:
    out = folder / name
    site.ask(BACKUP.format(out=str(out), key=str(folder / "key" / "backup.public")))
    return out


def restored(site: House, source: House, folder: Path, file: Path, keys: Path, erasures: Path | None) -> None:
    """Bring back into an empty site; the key over the keys was kept apart and is put back first."""
    more = (
        f"dict(keys=Path({str(keys)!r})" + (f", erasures=Path({str(erasures)!r})" if erasures else "") + ")"
    )
    key = str(folder / "key" / "backup.private")
    answer = site.ask(RESTORE.format(file=str(file), key=key, more=more))
    assert "code" not in answer, answer
    shutil.copy(source.data / "kek.txt", site.data / "kek.txt")


@pytest.mark.prove
def test_an_erased_child_does_not_come_back_with_an_older_backup(tmp_path: Path) -> None:
    from cobijo.web.operations import box

    box.make_key(tmp_path / "key")
    with proving(tmp_path / "site") as site:
        key, _pk = site.ask(ADD)
        site.manage("work", "--once")
        assert site.ask(LOOK)["luz"] is True
        assert traces(site) == [], "before the erasure nothing was plain either"
        old = backup(site, tmp_path, "evening-before")
        site.python(ERASE, key)
        new = backup(site, tmp_path, "today")
        gone = {
            "seen": [["erased", None], ["open", f"Rosa {CANARY}"]],
            "past": ["erased"],
            "luz": False,
            "rosa": True,
        }
        here = site.ask(LOOK)
        assert here == gone
        assert traces(site) == []
        for path in (old, new):
            for one in tmp_path.glob(f"{path.name}*"):
                assert CANARY.encode() not in one.read_bytes()
        with proving(tmp_path / "elsewhere", made=False) as elsewhere:
            todays = (new.with_name(f"{new.name}.keys"), new.with_name(f"{new.name}.erasures"))
            restored(elsewhere, site, tmp_path, old, *todays)
            assert elsewhere.ask(LOOK) == gone
            assert traces(elsewhere) == []
        with proving(tmp_path / "control", made=False) as control:
            # Old keys and no list of erasures: she opens. So the proof above can fail, and so key backups are short.
            restored(control, site, tmp_path, old, old.with_name(f"{old.name}.keys"), None)
            assert control.ask(LOOK)["seen"][0] == ["open", f"{CANARY} Luz"]
