"""A destroyed key is an erased child: in both stores, in backups, in the index, in the history."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections, transaction

from cobijo.errors import WrongUsage
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.audit.models import Event
from cobijo.web.core.vault import ring
from cobijo.web.core.vault.errors import Erased
from cobijo.web.core.vault.keystore.models import ErasedKey, SubjectKey
from cobijo.web.core.vault.models import BlindToken, Erasure
from cobijo.web.core.vault.queries import find, identities, match
from cobijo.web.core.vault.sealing import new_keys, seal, unseal
from cobijo.web.core.vault.services import Replay, destroy_keys, ledger, replay_erasures, unsettled
from tests.web.guard import as_owner
from tests.web.people import People, make_people
from tests.web.vault.folder import CANARY, CHILD, Folder, FolderPast, add, change, registered

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
Callbacks = Callable[..., Any]
KNOWN = {"given": "Guadalupe", "surname1": "Vázquez"}


@pytest.fixture
def erased(vault: Path, people: People, django_capture_on_commit_callbacks: Callbacks) -> dict[str, Any]:
    """Ana's folder of a child, with a history, and what a backup of that evening held; the child is erased since."""
    with acting_as(people.ana, "follow_up") as access:
        row, other = add(access, [CHILD, CHILD | {"given": "Rosa", "official_id": ""}])
        change(row, CHILD)
        tokens = list(BlindToken.objects.filter(record_id=row.pk).values())
    key = SubjectKey.objects.filter(pk=row.key_id).values().get()
    with django_capture_on_commit_callbacks(execute=True), acting_as(people.ana, "follow_up") as access:
        destroy_keys(by=access, ids=[row.key_id], reason="asked_by_child")
    return {"row": row, "other": other, "tokens": tokens, "key": key}


def test_nothing_of_an_erased_child_opens_or_is_found(erased: dict[str, Any], people: People) -> None:
    row, other = erased["row"], erased["other"]
    with acting_as(people.ana, "follow_up") as access:
        gone, there = identities(access, [row, other], fields=("given",), purpose="follow_up")
        assert (gone.condition, dict(gone), there["given"]) == ("erased", {}, "Rosa")
        for one in (row, FolderPast.objects.get()):
            with pytest.raises(Erased):
                unseal(one.key_id, one.place(), one.sealed)
        with pytest.raises(Erased):
            seal(row.key_id, "x", "y")
        assert find(access, "search", kind="folder", **KNOWN) == []
        assert find(access, "search", kind="folder", official_id=CHILD["official_id"]) == []
        assert match(access, "match", **KNOWN) is False
        event = Event.objects.get(action="erase")
    assert (event.ids, event.detail) == ([str(row.key_id)], {"reason": "asked_by_child"})


def test_the_ledger_stands_in_both_stores_and_names_nobody(erased: dict[str, Any]) -> None:
    for model in (Erasure, ErasedKey):
        line = model.objects.get()
        assert (line.key_id, line.reason) == (erased["row"].key_id, "asked_by_child")
    assert SubjectKey.objects.get(pk=erased["row"].key_id).wrapped is None
    assert unsettled() == 0


def test_an_older_backup_of_the_key_store_is_made_true_again(erased: dict[str, Any]) -> None:
    row = erased["row"]
    SubjectKey.objects.filter(pk=row.key_id).update(**erased["key"])
    ErasedKey.objects.all().delete()
    ring.forget()
    assert unseal(row.key_id, row.place(), row.sealed) == CHILD  # why the replay comes before the opening
    assert replay_erasures() == Replay(lines=1, keys=1, tokens=0)
    with pytest.raises(Erased):
        unseal(row.key_id, row.place(), row.sealed)
    assert ErasedKey.objects.count() == 1
    assert replay_erasures() == Replay(lines=1, keys=0, tokens=0)


def test_an_older_backup_of_the_records_is_made_true_again(erased: dict[str, Any], people: People) -> None:
    with acting_as(people.ana, "follow_up") as access:
        BlindToken.objects.bulk_create([BlindToken(**token) for token in erased["tokens"]])
        Erasure.objects.all().delete()
        assert find(access, "search", kind="folder", **KNOWN) == [erased["row"].pk]
    assert replay_erasures() == Replay(lines=1, keys=0, tokens=len(erased["tokens"]))
    with acting_as(people.ana, "follow_up") as access:
        assert find(access, "search", kind="folder", **KNOWN) == []


def test_older_backups_of_both_need_the_ledger_that_was_read_before(
    erased: dict[str, Any], people: People
) -> None:
    kept = ledger()
    SubjectKey.objects.filter(pk=erased["row"].key_id).update(**erased["key"])
    ErasedKey.objects.all().delete()
    with acting_as(people.ana, "follow_up"):
        BlindToken.objects.bulk_create([BlindToken(**token) for token in erased["tokens"]])
        Erasure.objects.all().delete()
    assert replay_erasures() == Replay(0, 0, 0)
    assert replay_erasures(also=kept) == Replay(1, 1, len(erased["tokens"]))


def test_what_is_rolled_back_destroys_nothing(
    vault: Path, people: People, django_capture_on_commit_callbacks: Callbacks
) -> None:
    with acting_as(people.ana, "follow_up") as access:
        (row,) = add(access, [CHILD])
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(ZeroDivisionError),
        acting_as(people.ana, "follow_up") as access,
    ):
        destroy_keys(by=access, ids=[row.key_id], reason="asked_by_child")
        raise ZeroDivisionError
    with acting_as(people.ana, "follow_up") as access:
        assert find(access, "search", kind="folder", **KNOWN) == [row.pk]
    assert unseal(row.key_id, row.place(), row.sealed) == CHILD
    assert ledger() == []


def test_a_process_that_died_after_its_commit_is_made_good(vault: Path, people: People) -> None:
    with acting_as(people.ana, "follow_up") as access:
        (row,) = add(access, [CHILD])
        destroy_keys(by=access, ids=[row.key_id], reason="asked_by_child")  # the callback never runs here
    assert unsettled() == 1
    assert replay_erasures().keys == 1
    assert unsettled() == 0
    with pytest.raises(Erased):
        unseal(row.key_id, row.place(), row.sealed)


def test_the_reason_is_a_code(vault: Path, people: People) -> None:
    with acting_as(people.ana, "follow_up") as access, pytest.raises(WrongUsage):
        destroy_keys(by=access, ids=[uuid4()], reason=f"{CANARY} asked for it")


def test_a_key_that_the_store_never_had_is_lost_not_erased(vault: Path) -> None:
    new_keys(1)
    with pytest.raises(Erased) as found:
        unseal(uuid4(), "x", b"\x01" + bytes(60))
    assert found.value.code == "vault.lost"


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_a_dump_of_both_stores_holds_no_name(vault: Path) -> None:
    people = make_people()
    with registered():
        with acting_as(people.ana, "follow_up") as access:
            one, other = add(access, [CHILD, CHILD | {"given": CANARY}])
            change(one, CHILD | {"surname1": "Luna"})
            identities(access, [one, other], fields=("given",), purpose="follow_up")
            find(access, "search", kind="folder", given=CANARY, surname1="Vázquez")
        with acting_as(people.ana, "follow_up") as access:
            destroy_keys(by=access, ids=[one.key_id], reason="asked_by_child")
        assert SubjectKey.objects.get(pk=one.key_id).wrapped is None  # with no help from the test
        with acting_as(people.ana, "follow_up"):
            assert Folder.objects.count() == 2
    for alias in ("default", "keys"):
        with as_owner():
            text = dump(alias).lower()
        assert len(text) > 500
        for word in (CANARY, "peñaloza", CHILD["official_id"]):
            assert word.lower() not in text
            assert word.encode().hex() not in text
            assert word.lower().encode().hex() not in text


def dump(alias: str) -> str:
    """Every row of every table as text."""
    connection = connections[alias]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        return "\n".join(connection.connection.iterdump())
    with connection.cursor() as cursor, transaction.atomic(using=alias):
        tables = connection.introspection.table_names(cursor)
        rows = []
        for table in tables:
            with cursor.cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                rows += [f"{table} {bytes(row).decode()}" for row in copy]
    return "\n".join(rows)
