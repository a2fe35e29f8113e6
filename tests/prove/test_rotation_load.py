"""Key rotations while eight clients, each a process with its own connections, write and read children's files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.prove.site import ANA, proving
from tests.web.house import SETUP, until

CLIENT = (
    ANA
    + """
import pathlib, random
stop, number = pathlib.Path(sys.argv[1]), int(sys.argv[2])
rng, known, errors, read = random.Random(number), {}, [], 0
while not stop.exists():
    try:
        with acting_as(ana, "follow_up") as access:
            names = [f"Child {number} {len(known) + turn}" for turn in range(3)]
            rows = add(access, [{"given": one, "surname1": f"Prueba {one}"} for one in names])
        known |= {row.pk: name for row, name in zip(rows, names)}
        some = rng.sample(sorted(known), min(20, len(known)))
        with acting_as(ana, "follow_up") as access:
            rows = list(File.objects.filter(pk__in=some))
            for one in identities(access, rows, fields=("given",), purpose="follow_up"):
                if one.condition != "open" or one["given"] != known[one.pk]:
                    errors.append(f"{one.pk} {one.condition}")
                read += 1
    except Exception as problem:
        errors.append(f"{type(problem).__name__} {problem}")
(stop.parent / f"client-{number}.json").write_text(json.dumps(dict(known=known, errors=errors[:5], read=read)))
"""
)
CHECK = (
    ANA
    + """
from pathlib import Path
from cobijo.web.core.vault import custody, rotation
lost, total = 0, 0
for path in Path(sys.argv[1]).glob("client-*.json"):
    known = {int(pk): name for pk, name in json.loads(path.read_text())["known"].items()}
    with acting_as(ana, "follow_up") as access:
        rows = list(File.objects.filter(pk__in=known))
        found = {one.pk: one.get("given") for one in identities(access, rows, fields=("given",), purpose="follow_up")}
    lost += sum(found.get(pk) != name for pk, name in known.items())
    total += len(known)
print(json.dumps([lost, total, rotation.left(), rotation.under_way(), len(custody.keks().all)]))
"""
)


@pytest.mark.prove
@pytest.mark.parametrize("clients", [8])
def test_rotations_while_eight_clients_read_and_write(tmp_path: Path, clients: int) -> None:
    stop = tmp_path / "stop"
    with proving(tmp_path / "site") as site:
        started = [site.start("-c", SETUP + CLIENT, str(stop), str(number)) for number in range(clients)]
        until(lambda: int(site.ask(ANA + "with acting_as(ana, ''): answer = File.objects.count()")) > 100, 60)
        for _turn in range(3):
            site.manage("vault", "rotate")
        assert all(one.poll() is None for one in started), (
            "the clients were to work until the rotations had ended"
        )
        stop.touch()
        for one in started:
            one.wait(timeout=60)
        answers = [json.loads((tmp_path / f"client-{number}.json").read_text()) for number in range(clients)]
        lost, total, left, under_way, keks = json.loads(site.python(CHECK, str(tmp_path)))
    print(
        f"{total} files written, {sum(one['read'] for one in answers)} read beside 3 rotations, {lost} lost"
    )
    assert [one["errors"] for one in answers] == [[]] * clients
    assert all(one["read"] > 0 for one in answers)
    assert (lost, left, under_way, keks) == (0, 0, False, 1)
