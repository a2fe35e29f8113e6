"""A new key-encryption key, and new index secrets, while people work."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django import Settings

from cobijo.web.core.access.context import acting_as
from cobijo.web.core.vault import custody, reindexing, ring, rotation, sealing
from cobijo.web.core.vault.envelope import Kek
from cobijo.web.core.vault.errors import Custody
from cobijo.web.core.vault.keystore.models import IndexKey, KekRow, SubjectKey
from cobijo.web.core.vault.models import BlindToken
from cobijo.web.core.vault.queries import find
from cobijo.web.core.vault.sealing import new_keys, seal, unseal
from tests.web.house import house
from tests.web.people import People
from tests.web.vault.folder import CHILD, add

both = pytest.mark.django_db(databases=["default", "keys"])


@both
def test_a_rotation_wraps_every_key_anew_and_changes_no_sealed_byte(vault: Path, people: People) -> None:
    ids = new_keys(25)
    sealed = {one: seal(one, "x", str(one)) for one in ids}
    ring.index_secrets()
    before = custody.keks().current.id
    told: list[tuple[str, int, int]] = []
    rotated = rotation.rotate(progress=lambda *step: told.append(step))
    assert rotated.keys == 25
    assert told[-1] == ("vault.rotating", 25, 25)
    assert rotated.kek_id == custody.keks().current.id != before
    assert list(custody.keks().all) == [rotated.kek_id]  # the former one is out of the file
    assert set(SubjectKey.objects.values_list("kek_id", flat=True)) == {rotated.kek_id}
    assert set(IndexKey.objects.values_list("kek_id", flat=True)) == {rotated.kek_id}
    assert KekRow.objects.get(pk=before).retired_at is not None
    ring.forget()
    assert {one: unseal(one, "x", body) for one, body in sealed.items()} == {one: str(one) for one in ids}


@both
def test_a_rotation_that_was_cut_off_goes_on(vault: Path, people: People) -> None:
    ids = new_keys(7)
    body = seal(ids[0], "x", "y")
    rotation.begin()
    assert rotation.rewrap(3) == 3
    ring.forget()
    assert unseal(ids[0], "x", body) == "y"
    (later,) = new_keys(1)
    assert SubjectKey.objects.get(pk=later).kek_id == custody.keks().current.id
    rotation.finish()  # too early: nothing happens
    assert rotation.under_way()
    assert len(custody.keks().all) == 2
    assert rotation.begin() == custody.keks().current.id  # no second new key
    assert rotation.rotate().keys == 4
    assert not rotation.under_way()


@both
def test_cut_off_between_file_and_store_a_rotation_uses_the_key_that_it_wrote(
    vault: Path, people: People
) -> None:
    new_keys(2)
    old = custody.keks().current
    custody.write_file(new := Kek(bytes(range(32))), old)
    assert sealing.is_open()
    assert rotation.rotate() == rotation.Rotated(new.id, 2)


@both
def test_a_key_destroyed_during_a_rotation_does_not_come_back(vault: Path, people: People) -> None:
    from cobijo.web.core.vault.services import Line, _settle, timezone

    ids = new_keys(3)
    rotation.begin()
    rows = [(b"wrapped anew", custody.keks().current.id, ids[0], SubjectKey.objects.get(pk=ids[0]).kek_id)]
    _settle([Line(ids[0], timezone.now(), "asked")])
    rotation._change(rows)  # what was read before the erasure
    assert SubjectKey.objects.get(pk=ids[0]).wrapped is None
    assert rotation.rotate().keys == 2


@both
def test_a_command_has_to_give_the_new_key_first(vault: Path, people: People, settings: Settings) -> None:
    (one,) = new_keys(1)
    body = seal(one, "x", "y")
    old = custody.keks().current
    settings.KEK_COMMAND = f"{sys.executable} -c \"print(open('{vault}').read())\""
    with pytest.raises(Custody) as found:
        rotation.rotate()
    assert found.value.code == "vault.rotate_command_first"
    custody.write_file(Kek(bytes(range(32))), old)
    custody._held = None
    assert rotation.rotate() == rotation.Rotated(Kek(bytes(range(32))).id, 1)
    ring.forget()
    assert unseal(one, "x", body) == "y"
    assert len(custody.keks().all) == 2  # the operator takes the former one away


@both
def test_a_reader_that_holds_the_former_file_looks_again(vault: Path, people: People) -> None:
    (one,) = new_keys(1)
    body = seal(one, "x", "y")
    stale = custody._held
    rotation.rotate()
    custody._held = stale
    ring.forget()
    assert unseal(one, "x", body) == "y"


@both
def test_reindexing_finds_the_same_before_during_and_after(vault: Path, people: People) -> None:
    asked = {"given": "Guadalupe", "surname1": "Vázquez"}
    with acting_as(people.ana, "follow_up") as access:
        rows = add(access, [CHILD | {"official_id": ""} for _ in range(5)])
        before = set(BlindToken.objects.values_list("token", flat=True))
        found = find(access, "search", kind="folder", **asked)
        assert found == [row.pk for row in rows]
    assert reindexing.begin() == 2
    last, done = reindexing.some("folder", after=0, limit=2)
    assert done == 2
    with acting_as(people.ana, "follow_up") as access:
        assert find(access, "search", kind="folder", **asked) == found
    assert reindexing.some("folder", after=last or 0, limit=1) == (rows[2].pk, 1)
    assert reindexing.begin() == 2
    assert reindexing.reindex() == 5
    with acting_as(people.ana, "follow_up") as access:
        assert find(access, "search", kind="folder", **asked) == found
        after = BlindToken.objects.all()
        assert set(after.values_list("epoch", flat=True)) == {2}
        assert not before & set(after.values_list("token", flat=True))
    assert IndexKey.objects.get().epoch == 2


# --- Under load, with real processes: the rotation runs beside eight readers and writers

WORK = """
import pathlib, random, threading, time, sys
from django.db import connections
from cobijo.web.core.vault import custody, ring, rotation
from cobijo.web.core.vault.sealing import new_keys, seal, unseal
stop, until_rotated, seconds = pathlib.Path(sys.argv[1]), sys.argv[2], 300
kept, errors, count, lock = [], [], [0, 0], threading.Lock()
def work(number):
    end, rng = time.monotonic() + seconds, random.Random(number)
    while time.monotonic() < end and not stop.exists():
        try:
            if rng.random() < 0.2:
                ids = new_keys(5)
                new = [(one, f"t|s|{one}|1", seal(one, f"t|s|{one}|1", str(one))) for one in ids]
                with lock:
                    kept.extend(new); count[1] += 5
            if rng.random() < 0.4:
                ring.forget()
            for one, place, body in rng.sample(kept, 20):
                if unseal(one, place, body) != str(one):
                    raise ValueError("another text")
            count[0] += 20
        except Exception as problem:
            errors.append(f"{type(problem).__name__} {problem}")
    connections.close_all()
ids = []
while len(ids) < int(until_rotated):
    ids += new_keys(500)
kept += [(one, f"t|s|{one}|1", seal(one, f"t|s|{one}|1", str(one))) for one in ids]
print("ready", flush=True)
threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
[one.start() for one in threads]; [one.join() for one in threads]
ring.forget(); custody._held = None
lost = sum(unseal(one, place, body) != str(one) for one, place, body in kept)
print(json.dumps({"read": count[0], "written": count[1], "errors": errors[:5], "lost": lost, "keys": len(kept)}))
"""
LEFT = """
from cobijo.web.core.vault import rotation, custody
answer = {"left": rotation.left(), "under_way": rotation.under_way(), "keks": len(custody.keks().all)}
"""


def rotate_under_load(folder: Path, *, keys: int, times: int) -> dict[str, object]:
    stop = folder.parent / "stop"
    with house(folder) as site:
        site.manage("vault", "make")
        code = "import django, json; django.setup()\n" + WORK
        people = site.start("-c", code, str(stop), str(keys), stdout=subprocess.PIPE)
        assert people.stdout is not None
        assert people.stdout.readline() == b"ready\n"
        for _ in range(times):
            site.manage("vault", "rotate")
        assert people.poll() is None, "people work until the rotation has ended"
        stop.touch()
        answer: dict[str, object] = json.loads(people.stdout.readline())
        assert site.ask(LEFT) == {"left": 0, "under_way": False, "keks": 1}
    return answer


def test_eight_read_and_write_during_a_rotation(tmp_path: Path) -> None:
    answer = rotate_under_load(tmp_path / "house", keys=1_500, times=1)
    assert (answer["errors"], answer["lost"]) == ([], 0)
    assert int(str(answer["read"])) > 100
    assert int(str(answer["written"])) > 0


@pytest.mark.prove
def test_eight_read_and_write_during_five_rotations_of_many_keys(tmp_path: Path) -> None:
    answer = rotate_under_load(tmp_path / "house", keys=50_000, times=5)
    print(answer)
    assert (answer["errors"], answer["lost"]) == ([], 0)
