"""The whole rehearsal of the how-to, by its own words: a site is begun, filled, backed up while it writes, a child is
erased, and the backup of before is brought back elsewhere. What is refused on the way leaves nothing behind.

Where `COBIJO_TEST_DATABASE=postgresql` it is done with the roles of production: the application owns nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cobijo.web.operations import box
from tests.web.house import POSTGRESQL, ROOT, SETUP, House, house, until

GIVEN, SURNAME = "Xochitl Inventada", "Borrada"
ANA = """
import sys
from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.accounts.models import Account
from cobijo.web.care.children import queries, services
from cobijo.web.care.children.models import Child
"""
WORKER = "ana = Account.objects.get(email='ana@refuge.example')\n"
#: Invented children with cases, concerns and plans, and one more without a case, who will be erased.
FILL = (
    ANA
    + f"""
from datetime import date
from cobijo.web.care.cases import invented
from cobijo.web.core.accounts.roles import Role
from tests.web.people import organisation, person
ana = person("Ana", Role.CASEWORKER, of=organisation("refuge"))
invented.add_mine(by=None, accounts={{Role.CASEWORKER: ana}})
with acting_as(ana, "intake") as access:
    row = {{"given": "{GIVEN}", "surname1": "{SURNAME}", "birth_date": date(2012, 3, 4), "age_known": "known"}}
    [child] = services.register(by=access, rows=[row])
    event = {{"child": child, "began_on": date(2025, 2, 3), "area": "MX-OAX", "elements": {{"sexual_act": True}}}}
    services.record_events(by=access, rows=[event])
answer = dict(pk=child.pk, key=str(child.key_id))
"""
)
#: Children in pairs, a pair in one transaction, for as long as it runs.
WRITE = (
    ANA
    + WORKER
    + """
import random
def word():  # so unlike any other that nobody is known already
    return "".join(random.choice("bdfglmnprst") + random.choice("aeiou") for _ in range(6)).title()
while True:
    with acting_as(ana, "intake") as access:
        pair = [{"given": word(), "surname1": word(), "age_known": "unknown"} for _half in "ab"]
        services.register(by=access, rows=pair)
"""
)
COUNT = (
    ANA
    + """
with acting_as_system("test", scopes="all"):
    answer = Child.objects.filter(age_known="unknown").count() - 1  # one of the invented children is so too
"""
)
ERASE = (
    ANA
    + WORKER
    + """
from cobijo.web.care.cases import retention
with acting_as(ana, "intake") as access:
    child = queries.children(access).get(pk=int(sys.argv[1]))
    retention.erase(by=access, children=[child], reason="asked_by_child")
answer = None
"""
)
#: Every row that is sealed for a child, as a hash, by table and number.
DIGESTS = """
import hashlib
from django.db import connection
from cobijo.web.core.access.context import acting_as_system
answer = {}
with acting_as_system("test", scopes="all"), connection.cursor() as cursor:
    for table in sorted(connection.introspection.table_names(cursor)):
        cursor.execute('SELECT * FROM "%s" LIMIT 0' % table)
        columns = [one[0] for one in cursor.description]
        if not {"id", "key_id", "sealed"} <= set(columns):
            continue
        cursor.execute('SELECT id, key_id, "%s" FROM "%s"' % ('", "'.join(sorted(columns)), table))
        for pk, key, *values in cursor.fetchall():
            plain = [bytes(one).hex() if isinstance(one, (bytes, memoryview)) else str(one) for one in values]
            answer[f"{table} {pk}"] = [str(key).replace("-", ""), hashlib.sha256(repr(plain).encode()).hexdigest()]
"""
#: What the erased child and her neighbour still give.
LOOK = (
    ANA
    + WORKER
    + f"""
from cobijo.web.care.children.models import Event
from cobijo.web.core.vault.keystore.models import SubjectKey
from cobijo.web.core.vault.models import BlindToken
with acting_as(ana, "intake") as access:
    rows = list(queries.children(access).order_by("pk"))
    gone = next(one for one in rows if one.pk == int(sys.argv[1]))
    known = next(one for one in rows if one.pk != gone.pk and not one.erased_at)
    names = queries.who_all(access, [gone, known], purpose="intake", fields=("given", "surname1"))
    other = dict(names[known.pk])
    found = [one.child_id for one in queries.search(access, given="{GIVEN}", surname1="{SURNAME}").children]
    hers = [one.child_id for one in queries.search(access, **other).children]
    days = [str(day) for day in Event.objects.filter(child=gone).values_list("began_on", flat=True)]
with acting_as_system("test", scopes="all"):
    answer = dict(
        condition=names[gone.pk].condition, given=names[gone.pk].get("given"), found=found, days=days,
        erased=gone.erased_at is not None, wrapped=SubjectKey.objects.get(pk=sys.argv[2]).wrapped is not None,
        tokens=BlindToken.objects.filter(key_id=sys.argv[2]).count(),
        other=other["given"], other_found=known.pk in hers,
    )
"""
)
OWNED = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = current_user")
    answer = cursor.fetchone()[0]
"""
TABLES = """
from django.db import connections
answer = [name for alias in connections for name in connections[alias].introspection.table_names()]
"""


@dataclass
class Rehearsal:
    folder: Path
    site: House
    child: dict[str, Any]

    @property
    def public(self) -> Path:
        return self.folder / "stick" / "backup.public"

    def backup(self, name: str) -> Path:
        out = self.folder / "backups" / name
        self.site.cobijo("backup", str(out), "--to", str(self.public))
        return out

    def look(self, site: House) -> dict[str, Any]:
        return dict(json.loads(site.python(LOOK + SHOW, str(self.child["pk"]), self.child["key"])))


SHOW = "\nprint(json.dumps(answer, default=str))"


@pytest.fixture
def rehearsal(tmp_path: Path) -> Iterator[Rehearsal]:
    """A site begun by the words of the how-to, with invented children in it."""
    with house(tmp_path / "site", migrated=False) as site:
        one = Rehearsal(tmp_path, site, {})
        site.cobijo("backup-key", "--out", str(tmp_path / "stick"))
        site.cobijo("upgrade", "--to", str(one.public), "--backups", str(tmp_path / "backups"))
        site.cobijo("init", "--email", "ada@example.org", "--address", "https://cobijo.example.org")
        if POSTGRESQL:
            assert site.ask(OWNED) == 0, "the application owns a table"
        one.child = site.ask(FILL)
        yield one


def says(site: House, *words: str | Path) -> tuple[int, list[str]]:
    """Exit code and lines of a word of the command line, which should have failed."""
    done = subprocess.run(
        [sys.executable, "-m", "cobijo", *map(str, words)],
        env=site.environment | {"COBIJO_LANG": "en"}, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout == ""
    return done.returncode, done.stderr.strip().splitlines()


def endings(file: Path, suffix: str) -> Path:
    return file.with_name(file.name + suffix)


@pytest.mark.prove
def test_the_rehearsal_of_the_how_to(rehearsal: Rehearsal) -> None:
    folder, site, child = rehearsal.folder, rehearsal.site, rehearsal.child
    before = rehearsal.look(site)
    assert before["condition"] == "open"
    assert before["found"] == [child["pk"]]
    writer = site.start("-c", SETUP + WRITE)
    until(lambda: int(site.ask(COUNT)) > 20, 240)
    file = rehearsal.backup("during")
    known = int(site.ask(COUNT))
    until(lambda: int(site.ask(COUNT)) > known, 240)
    writer.kill()
    writer.wait()
    site.cobijo("audit", "checkpoint", str(folder / "head.json"))
    site.cobijo("manage", "vault", "copy", str(folder / "sheet.txt"), str(folder / "stick" / "sheet.txt"))
    site.python(ERASE, str(child["pk"]))
    gone = rehearsal.look(site)
    assert (gone["condition"], gone["wrapped"], gone["tokens"]) == ("erased", False, 0)
    newest = rehearsal.backup("after-erasure")

    with house(folder / "elsewhere", migrated=False) as elsewhere:
        refused(rehearsal, elsewhere, file)
        into = elsewhere.data
        words = ["restore", str(file), "--key", str(folder / "stick" / "backup.private"), "--into", str(into)]
        words += ["--keys", str(endings(newest, ".keys")), "--erasures", str(endings(newest, ".erasures"))]
        done = json.loads(elsewhere.cobijo(*words, "--json"))
        assert done["erasures"] >= 1
        assert done["key_encryption_key"] is False
        head = str(folder / "head.json")
        whole = elsewhere.cobijo("audit", "verify")  # before a worker ever ran here
        assert "NOT" not in whole
        elsewhere.cobijo("manage", "vault", "restore", str(folder / "sheet.txt"))
        assert rehearsal.look(elsewhere) == gone | {"other": before["other"], "other_found": True}
        assert int(elsewhere.ask(COUNT)) % 2 == 0  # no transaction was cut in half
        same_rows(site, elsewhere, child["key"])
        upgraded = elsewhere.cobijo(
            "upgrade", "--to", str(rehearsal.public), "--backups", str(folder / "backups"), "--json"
        )
        assert json.loads(upgraded) == {"backup": "-", "migrations": 0}
        # A head that was signed after the backup is not in it: the loss of what came in between is noticed.
        code, _lines = verify_against(elsewhere, head)
        assert code == 3
        code, lines = says(elsewhere, *words)
        assert (code, len(lines)) == (4, 1)
        assert rehearsal.look(elsewhere)["other_found"] is True


def same_rows(site: House, elsewhere: House, erased: str) -> None:
    """Every sealed row that came back is the row that it was, but for the erased child's."""
    there, here = elsewhere.ask(DIGESTS), site.ask(DIGESTS)
    kept = {place: one for place, one in there.items() if one[0] != erased.replace("-", "")}
    assert len(kept) > 30
    assert {place: here.get(place) for place in kept} == kept


def verify_against(site: House, head: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "cobijo", "audit", "verify", "--checkpoint", head],
        env=site.environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


def refused(rehearsal: Rehearsal, elsewhere: House, file: Path) -> None:
    """No key, half a key, a cut-off file of either store, no list of erasures: a sentence, and nothing half done."""
    folder, into = rehearsal.folder, elsewhere.data
    private = folder / "stick" / "backup.private"
    cut, cut_keys, alone = folder / "cut", folder / "cut-keys", folder / "alone"
    for copy in (cut, cut_keys, alone):
        for suffix in ("", ".keys", ".erasures"):
            endings(copy, suffix).write_bytes(endings(file, suffix).read_bytes())
    cut.write_bytes(file.read_bytes()[:-500])
    endings(cut_keys, ".keys").write_bytes(endings(file, ".keys").read_bytes()[:-50])
    endings(alone, ".erasures").unlink()
    box.make_key(folder / "other")
    cases: list[tuple[Path, Path, str]] = [
        (file, folder / "nowhere" / "backup.private", "is not a key for backups"),
        (file, rehearsal.public, "the other half of the key"),
        (file, folder / "other" / "backup.private", "was made for another key"),
        (cut, private, "is damaged or cut off"),
        (cut_keys, private, "is damaged or cut off"),
        (alone, private, "alone.erasures is missing"),
        (folder / "no-such-file", private, "is missing"),
        (endings(file, ".keys"), private, ""),
    ]
    for source, key, words in cases:
        code, lines = says(elsewhere, "restore", source, "--key", key, "--into", into)
        assert (code, len(lines)) == (3, 1), lines
        assert words in lines[0]
        assert not list(into.iterdir()), source.name
    if POSTGRESQL:
        assert elsewhere.ask(TABLES) == []
