"""What happened is written down whole, in one order, and whatever is done to it afterwards is found."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.core import audit
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.audit import keys as audit_keys
from cobijo.web.core.audit.commands import audit_checkpoint, audit_verify
from cobijo.web.core.audit.models import Checkpoint, Event, Seal
from cobijo.web.core.audit.sealer import SEALED_LATE, sealed_in_time, unsealed
from cobijo.web.core.audit.verifying import Finding, verify
from tests.web.guard import as_owner, without_append_only
from tests.web.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(db: None) -> list[int]:
    """Twelve events, sealed in two rounds."""
    ids = [audit.record("change", "note", [number], detail={"fields": ["title"]}).pk for number in range(12)]
    assert (audit.seal_once(limit=7), audit.seal_once(), audit.seal_once()) == (7, 5, 0)
    return ids


def tamper(*statements: tuple[str, list[Any]]) -> None:
    """What somebody with every right in the database can do."""
    with as_owner(), without_append_only(), connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)


def codes(findings: list[Finding]) -> set[tuple[str, int | None]]:
    return {(one.code, one.event_id) for one in findings}


def test_a_whole_chain_has_no_findings(chain: list[int]) -> None:
    assert verify() == []
    assert audit_verify().whole
    assert list(Seal.objects.order_by("number").values_list("event_id", flat=True)) == chain


def test_an_event_says_who_what_which_why(people: People) -> None:
    with acting_as(people.ana, "follow_case", via="api"):
        event = audit.record("see_identity", "note", [4, 5], detail={"fields": ["child_name"], "rows": 2})
    event.refresh_from_db()
    assert (event.account_id, event.organisation_id, event.via) == (people.ana.pk, people.refuge.pk, "api")
    assert (event.ids, event.count, event.purpose, event.outcome) == ([4, 5], 2, "follow_case", "done")


@pytest.mark.parametrize(
    "detail",
    [{"name": "María López"}, {"note": "she said"}, {"María": 1}, {"birth": timezone.now()}, {"score": 0.5}],
)
def test_an_event_takes_no_names_and_no_sentences(detail: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="codes, field names and counts only"):
        audit.record("change", "note", [1], detail=detail)


def test_what_is_undone_is_not_recorded_and_leaves_no_finding(chain: list[int]) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        audit.record("change", "note", [99])
        raise RuntimeError
    audit.record("change", "note", [100])
    audit.seal_once()
    assert verify() == []
    assert Event.objects.count() == 13


# --- Whatever is done to it is found -------------------------------------------------------------------------------

BYTES = [
    ("account_id", 8), ("action", "see"), ("at", timezone.now() - timedelta(days=3)), ("ids", "[5]"), ("count", 2),
    ("purpose", "x"), ("outcome", "refused"), ("detail", '{"fields": ["titlf"]}'), ("mac", bytes(32)),
    ("nonce", bytes(16)), ("organisation_id", 4), ("via", "cli"), ("kind", "notf"), ("code", "x"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "value"), BYTES)
def test_a_changed_byte_is_found(chain: list[int], column: str, value: Any) -> None:
    tamper((f"UPDATE audit_event SET {column} = %s WHERE id = %s", [value, chain[4]]))
    assert codes(verify()) == {("audit.altered", chain[4])}


def test_a_removed_row_is_found(chain: list[int]) -> None:
    for number in (0, 5, 11):
        tamper(("DELETE FROM audit_event WHERE id = %s", [chain[number]]))
    assert codes(verify()) == {("audit.missing", chain[number]) for number in (0, 5, 11)}


def test_two_swapped_rows_are_found(chain: list[int]) -> None:
    one, other = chain[3], chain[8]
    tamper(
        ("UPDATE audit_event SET id = -1 WHERE id = %s", [one]),
        ("UPDATE audit_event SET id = %s WHERE id = %s", [one, other]),
        ("UPDATE audit_event SET id = %s WHERE id = -1", [other]),
    )
    assert codes(verify()) == {("audit.reordered", one), ("audit.reordered", other)}


def test_two_swapped_seals_are_found(chain: list[int]) -> None:
    tamper(
        ("UPDATE audit_seal SET number = -1 WHERE number = 4", []),
        ("UPDATE audit_seal SET number = 4 WHERE number = 9", []),
        ("UPDATE audit_seal SET number = 9 WHERE number = -1", []),
    )
    assert {one.number for one in verify()} >= {4, 9}


def test_a_removed_event_with_its_seal_is_found(chain: list[int]) -> None:
    tamper(
        ("DELETE FROM audit_seal WHERE number = 6", []), ("DELETE FROM audit_event WHERE id = %s", [chain[5]])
    )
    assert [(one.code, one.number) for one in verify()] == [("audit.seal_missing", 6)]


def test_a_removed_event_whose_chain_was_closed_up_is_found(chain: list[int]) -> None:
    tamper(
        ("DELETE FROM audit_seal WHERE number = 6", []),
        ("DELETE FROM audit_event WHERE id = %s", [chain[5]]),
        *(
            ("UPDATE audit_seal SET number = %s WHERE number = %s", [number - 1, number])
            for number in range(7, 13)
        ),
    )
    assert len(verify()) >= 6


def test_a_removed_seal_alone_is_found(chain: list[int]) -> None:
    tamper(("DELETE FROM audit_seal WHERE number = 6", []))
    found = codes(verify(late=timedelta(0)))
    assert found == {("audit.seal_missing", None), ("audit.unsealed", chain[5])}


def test_an_event_written_past_the_site_is_found(chain: list[int]) -> None:
    copied = (
        "INSERT INTO audit_event (at, account_id, organisation_id, via, action, kind, ids, count, purpose, outcome,"
        " code, detail, key_id, nonce, mac) SELECT at, account_id, organisation_id, via, action, kind, ids, count,"
        " purpose, outcome, code, detail, key_id, nonce, {mac} FROM audit_event WHERE id = %s"
    )
    with pytest.raises(DatabaseError), transaction.atomic():  # a copy has a MAC that is there already
        tamper((copied.format(mac="mac"), [chain[2]]))
    tamper((copied.format(mac="%s"), [bytes(32), chain[2]]))
    forged = max(Event.objects.values_list("pk", flat=True))
    assert codes(verify()) == {("audit.altered", forged)}
    audit.seal_once()
    assert codes(verify()) == {("audit.altered", forged)}


def test_an_event_that_waits_too_long_is_found(chain: list[int]) -> None:
    assert sealed_in_time()
    late = audit.record("change", "note", [1]).pk
    assert sealed_in_time()
    assert not sealed_in_time(timezone.now() + SEALED_LATE + timedelta(seconds=1))
    assert codes(verify(late=timedelta(0))) == {("audit.unsealed", late)}


def test_a_cut_off_end_shows_against_a_checkpoint(chain: list[int], tmp_path: Path) -> None:
    kept = tmp_path / "head.json"
    audit_checkpoint(kept)
    assert verify(checkpoint=kept) == []
    tamper(
        ("DELETE FROM audit_seal WHERE number > 9", []),
        *(("DELETE FROM audit_event WHERE id = %s", [one]) for one in chain[9:]),
    )
    assert codes(verify()) == {("audit.head_lost", None)}
    tamper(("DELETE FROM audit_checkpoint", []))
    assert verify() == []  # nothing left in the database shows it …
    assert [one.code for one in verify(checkpoint=kept)] == ["audit.head_lost"]  # … the kept file does


def test_a_chain_made_anew_shows_against_a_checkpoint(chain: list[int], tmp_path: Path) -> None:
    """Even whoever has the key cannot make another past fit the head that was handed out."""
    kept = tmp_path / "head.json"
    audit_checkpoint(kept)
    tamper(
        ("DELETE FROM audit_seal", []), ("DELETE FROM audit_checkpoint", []),
        ("DELETE FROM audit_event WHERE id = %s", [chain[0]]),
    )  # fmt: skip
    audit.record("change", "note", [1])
    audit.seal_once()
    assert verify() == []
    assert [one.code for one in verify(checkpoint=kept)] == ["audit.head_differs"]


def test_a_forged_checkpoint_is_found(chain: list[int], tmp_path: Path) -> None:
    kept = tmp_path / "head.json"
    content = audit_checkpoint(kept)
    kept.write_text(json.dumps(content | {"number": 3}))
    assert [one.code for one in verify(checkpoint=kept)] == ["audit.checkpoint_altered"]
    kept.write_text("{}")
    with pytest.raises(InputProblem, match="no_checkpoint_file"):
        verify(checkpoint=kept)
    Checkpoint.objects.all()


def test_nothing_sealed_nothing_to_sign(db: None, tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="nothing_sealed"):
        audit_checkpoint(tmp_path / "head.json")


# --- Nobody changes it ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["audit_event", "audit_seal", "audit_checkpoint"])
@pytest.mark.parametrize("owner", [False, True])
def test_the_database_refuses_to_change_it(chain: list[int], table: str, owner: bool) -> None:
    audit.checkpoint()
    column = {"audit_event": "kind", "audit_seal": "at", "audit_checkpoint": "at"}[table]
    for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError), transaction.atomic():
            if owner:
                with as_owner(), connection.cursor() as cursor:
                    cursor.execute(statement)
            else:
                with connection.cursor() as cursor:
                    cursor.execute(statement)


def test_the_application_has_no_right_to_change_it(on_postgresql: None) -> None:
    with connection.cursor() as cursor:
        for table in ("audit_event", "audit_seal", "audit_checkpoint"):
            cursor.execute(
                "SELECT has_table_privilege(t, 'INSERT'), has_table_privilege(t, 'SELECT'), has_table_privilege(t,"
                " 'UPDATE'), has_table_privilege(t, 'DELETE'), has_table_privilege(t, 'TRUNCATE') FROM (SELECT %s t) x",
                [table],
            )
            assert cursor.fetchone() == (True, True, False, False, False)


# --- Refusals, keys, the sealer ------------------------------------------------------------------------------------


def test_a_refusal_is_recorded_after_the_rollback(people: People) -> None:
    with pytest.raises(Forbidden) as caught, acting_as(people.ana, "follow_case") as access:
        audit.record("change", "note", [1])
        raise Forbidden("access.not_assigned", action="see", kind="note", ids=(5,))
    audit.record_refusal(caught.value, access=access)
    [event] = Event.objects.all()
    assert (event.outcome, event.code, event.action, event.ids, event.account_id) == (
        "refused", "access.not_assigned", "see", [5], people.ana.pk,
    )  # fmt: skip


def test_a_former_key_still_verifies(
    chain: list[int], tmp_path: Path, settings: Any, monkeypatch: Any
) -> None:
    import os

    former = os.environ["COBIJO_AUDIT_KEY"]
    settings.DATA_DIR = tmp_path
    monkeypatch.setenv("COBIJO_AUDIT_KEY", "another secret that is long enough to be taken")
    assert {one.code for one in verify()} == {"audit.key_unknown"}
    (tmp_path / f"audit-{audit_keys.derive(former).id}.key").write_text(former)
    assert verify() == []
    audit.record("change", "note", [1])
    audit.seal_once()
    assert verify() == []


def test_the_key_is_made_once_and_is_its_owners(tmp_path: Path, settings: Any, monkeypatch: Any) -> None:
    monkeypatch.delenv("COBIJO_AUDIT_KEY")
    settings.DATA_DIR = tmp_path / "data"
    first = audit_keys.keys()
    assert audit_keys.keys() == first
    assert (tmp_path / "data" / "audit.key").stat().st_mode & 0o777 == 0o600
    assert [one.name for one in (tmp_path / "data").iterdir()] == ["audit.key"]
    monkeypatch.setenv("COBIJO_AUDIT_KEY", "short")
    with pytest.raises(InputProblem, match="key_too_short"):
        audit_keys.keys()


def test_a_sweep_finds_what_committed_very_late(chain: list[int], monkeypatch: Any) -> None:
    monkeypatch.setattr("cobijo.web.core.audit.sealer.WINDOW", 3)
    tamper(("DELETE FROM audit_seal WHERE number = 1", []))
    assert list(unsealed(sweep=False)) == []
    assert audit.seal_once() == 0
    assert audit.seal_once(sweep=True) == 1


def test_every_finding_has_a_sentence() -> None:
    from cobijo.sentences import catalogue, render

    for code in (code for code in catalogue() if code.startswith("audit.")):
        assert render(code, {"event": 1, "number": 2, "file": "x", "least": 32})
