"""What is sealed in rows, who reads it, what the audit says of it, and what happens without the key."""

from __future__ import annotations

import logging
import stat
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from cobijo.errors import WrongUsage
from cobijo.sentences import catalogue
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.access.policy import Forbidden
from cobijo.web.core.audit.models import Event
from cobijo.web.core.vault import custody, ring, sealing
from cobijo.web.core.vault.errors import Altered, Locked
from cobijo.web.core.vault.queries import find, identities, match
from cobijo.web.core.vault.sealing import new_keys, place, seal, unseal
from tests.web.people import People
from tests.web.vault.folder import CANARY, CHILD, Folder, FolderPast, add, change

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
FIELDS = ("given", "surname1", "birth_year")


def test_an_identity_is_read_for_a_purpose_and_one_event_says_so(vault: Path, people: People) -> None:
    with acting_as(people.ana, "follow_up") as access:
        rows = add(access, [CHILD, CHILD | {"given": "Rosa"}])
        before = Event.objects.count()
        first, second = identities(access, rows, fields=FIELDS, purpose="follow_up")
        events = list(Event.objects.order_by("pk")[before:])
    assert (first["given"], second["given"]) == (CHILD["given"], "Rosa")
    assert set(first) == set(FIELDS)
    (event,) = events
    assert (event.action, event.kind, event.purpose) == ("see_identity", "folder", "follow_up")
    assert event.ids == [row.pk for row in rows]
    assert CANARY not in str(event.detail)


def test_no_purpose_no_identity(vault: Path, people: People) -> None:
    with acting_as(people.ana, "follow_up") as access:
        rows = add(access, [CHILD])
        with pytest.raises(WrongUsage):
            identities(access, rows, fields=FIELDS, purpose="")


def test_neither_colleague_nor_stranger_nor_another_role_reads(vault: Path, people: People) -> None:
    with acting_as(people.ana, "follow_up") as access:
        rows = add(access, [CHILD])
    for other in (people.berta, people.carla, people.adela, people.rita, people.aura):
        with acting_as(other, "follow_up") as access, pytest.raises(Forbidden):
            identities(access, rows, fields=FIELDS, purpose="follow_up")


def test_two_rows_swapped_in_the_database_show_nothing(vault: Path, people: People) -> None:
    with acting_as(people.ana, "follow_up") as access:
        one, other = add(access, [CHILD, CHILD | {"given": "Rosa"}])
        # Whoever swaps has the whole row: key id, bytes and version.
        one.key_id, other.key_id = other.key_id, one.key_id
        one.sealed, other.sealed = other.sealed, one.sealed
        found = identities(access, [one, other], fields=FIELDS, purpose="follow_up")
        refused = Event.objects.filter(outcome="refused", code="vault.altered").get()
    assert [(seen.condition, dict(seen)) for seen in found] == [("altered", {})] * 2
    assert refused.ids == [one.pk, other.pk]


def test_an_older_version_put_back_does_not_open_as_the_newer(vault: Path, people: People) -> None:
    with acting_as(people.ana, "follow_up") as access:
        (row,) = add(access, [CHILD])
        old = row.sealed
        change(row, CHILD | {"given": "Rosa"})
        row.sealed = old
        with pytest.raises(Altered):
            unseal(row.key_id, row.place(), row.sealed)


def test_history_stays_sealed_and_opens_in_its_own_place(vault: Path, people: People) -> None:
    with acting_as(people.ana, "follow_up") as access:
        (row,) = add(access, [CHILD])
        change(row, CHILD | {"given": "Rosa"})
        past = FolderPast.objects.get()
        assert CANARY.encode() not in bytes(past.sealed)
        opened = unseal(past.key_id, past.place(), past.sealed)
    assert opened == CHILD


def test_a_secret_never_shows_in_text_forms_logs_or_errors(
    vault: Path, people: People, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with acting_as(people.ana, "follow_up") as access:
        (row,) = add(access, [CHILD])
        (seen,) = identities(access, [row], fields=("given", "note"), purpose="follow_up")
        opened = sealing.unseal_many([(row.key_id, row.place(), row.sealed)])
        try:
            unseal(row.key_id, "elsewhere", row.sealed)
        except Altered as problem:
            said = f"{problem!r} {problem} {problem.params} {problem.__cause__!r}"
        texts = [repr(seen), str(seen), f"{seen}", repr(opened), repr(row), said, caplog.text]
        find(access, "search", kind="folder", **{n: CHILD[n] for n in ("given", "surname1")})
    assert seen["given"] == CHILD["given"]
    assert not [text for text in texts if CANARY in text]
    secret = custody.keks().current.secret.hex()
    assert not [text for text in [*texts, repr(custody.keks()), repr(ring.index_secrets())] if secret in text]


def test_a_page_of_fifty_asks_the_key_store_once(
    vault: Path, people: People, django_assert_num_queries: Any
) -> None:
    with acting_as(people.ana, "follow_up") as access:
        rows = add(access, [CHILD] * 50)
        ring.forget()
        ring._pulse_at = 0.0
        with django_assert_num_queries(2, using="keys"):  # the pulse, the keys
            sealing.unseal_many((row.key_id, row.place(), row.sealed) for row in rows)
        with django_assert_num_queries(0, using="keys"):
            sealing.unseal_many((row.key_id, row.place(), row.sealed) for row in rows)


def test_keys_in_memory_are_bounded_in_number_and_time(
    vault: Path, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ring, "LIMIT", 10)
    ids = new_keys(25)
    assert ring.held() == 10
    monkeypatch.setattr(ring, "SECONDS", -1.0)
    ring.forget()
    ring.keys_of(ids)
    assert not [until for until, _key in ring._keys.values() if until > ring.time.monotonic()]


def test_a_pulse_from_another_process_empties_the_memory(vault: Path, people: People) -> None:
    new_keys(3)
    ring.keys_of([])
    ring.beat()  # as another process does
    assert ring.held() == 3
    ring._pulse_at = 0.0  # a second later
    ring.keys_of([])
    assert ring.held() == 0


def test_reserved_numbers_are_new_and_not_given_twice(vault: Path, people: People) -> None:
    with acting_as(people.ana, "follow_up") as access:
        one = add(access, [CHILD] * 3)
        Folder.objects.filter(pk=one[-1].pk).delete()
        two = add(access, [CHILD] * 2)
    numbers = [row.pk for row in one + two]
    assert len(set(numbers)) == 5
    with pytest.raises(ValueError, match="reserve_ids"):
        place(Folder, "sealed", Folder().pk, 1)


# --- Without the key


def test_without_a_key_the_site_starts_and_shows_no_identity(vault: Path, people: People) -> None:
    with acting_as(people.ana, "follow_up") as access:
        rows = add(access, [CHILD])
        kept = vault.read_text()
        vault.unlink()
        ring.forget()
        before = Event.objects.filter(action="see_identity").count()
        (seen,) = identities(access, rows, fields=FIELDS, purpose="follow_up")
        assert (seen.condition, dict(seen)) == ("locked", {})
        assert Event.objects.filter(action="see_identity").count() == before
        for attempt in (
            lambda: seal(rows[0].key_id, "x", "y"),
            lambda: new_keys(1),
            lambda: unseal(*_item(rows[0])),
        ):
            with pytest.raises(Locked) as found:
                attempt()
            assert found.value.code in catalogue()
        assert sealing.state() == sealing.State(False, "vault.kek_missing")
        vault.write_text(kept)
        vault.chmod(0o600)
        assert sealing.is_open()
        (seen,) = identities(access, rows, fields=FIELDS, purpose="follow_up")
        assert seen.condition == "open"


def test_another_key_is_known_for_a_wrong_one(vault: Path, people: People) -> None:
    new_keys(1)
    right = custody.keks().current.id
    vault.unlink()
    custody.make_kek()
    state = sealing.state()
    assert (state.open, state.code, state.params) == (False, "vault.kek_wrong", {"expected": right})


@pytest.mark.parametrize(
    ("text", "mode", "code"),
    [
        (None, 0o644, "vault.kek_open_to_others"),
        ("", 0o600, "vault.kek_unreadable"),
        ("0123456789abcdef " + "00" * 32, 0o600, "vault.kek_unreadable"),  # an id that is not this key's
        ("00" * 31, 0o600, "vault.kek_unreadable"),
        ("ñ", 0o600, "vault.kek_unreadable"),
    ],
)
def test_a_bad_key_file_locks_with_a_sentence(vault: Path, text: str | None, mode: int, code: str) -> None:
    if text is not None:
        vault.write_text(text, encoding="utf-8")
    vault.chmod(mode)
    assert sealing.state().code == code
    assert code in catalogue()


def test_the_key_file_is_its_owners_and_never_made_twice(vault: Path) -> None:
    assert stat.S_IMODE(vault.stat().st_mode) == 0o600
    before = vault.read_bytes()
    with pytest.raises(custody.Custody):
        custody.make_kek()
    assert vault.read_bytes() == before
    assert [path.name for path in vault.parent.iterdir()] == [vault.name]


def test_a_command_may_give_the_key(vault: Path, settings: Settings, tmp_path: Path) -> None:
    moved = vault.rename(tmp_path / "elsewhere.txt")
    settings.KEK_COMMAND = f"{sys.executable} -c \"print(open('{moved}').read())\""
    assert sealing.is_open()
    (key,) = new_keys(1)
    assert unseal(key, "x", seal(key, "x", "y")) == "y"
    settings.KEK_COMMAND = f'{sys.executable} -c "raise SystemExit(1)"'
    assert sealing.state().code == "vault.kek_command_failed"
    settings.KEK_COMMAND = "/no/such/program"
    assert sealing.state().code == "vault.kek_command_failed"


# --- Finding


def test_find_gives_the_own_records_best_first(vault: Path, people: People) -> None:
    with acting_as(people.ana, "follow_up") as access:
        near, exact, _other = add(
            access,
            [
                {"given": "Guadalupe", "surname1": "Básquez", "birth_year": 2011},
                CHILD,
                {"given": "Rosa", "surname1": "Luna", "birth_year": 2012},
            ],
        )
        found = find(access, "search", kind="folder", given="Lupita", surname1="Vázquez", birth_year=2012)
        assert found == [exact.pk, near.pk]
        assert find(access, "search", kind="folder", official_id=CHILD["official_id"].lower()) == [exact.pk]
        assert find(access, "search", kind="folder", surname1="Vázquez") == []
        assert find(access, "search", kind="folder") == []
    with acting_as(people.sofia, "follow_up") as access:
        assert find(access, "search", kind="folder", name="Guadalupe Vázquez Peñaloza")[0] == exact.pk
    for other in (people.berta, people.carla):
        with acting_as(other, "follow_up") as access:
            assert find(access, "search", kind="folder", given="Lupita", surname1="Vázquez") == []
    with acting_as(people.adela, "follow_up") as access, pytest.raises(Forbidden):
        find(access, "search", kind="folder", given="Lupita", surname1="Vázquez")


def test_a_changed_name_is_found_by_the_new_one_only(vault: Path, people: People) -> None:
    with acting_as(people.ana, "follow_up") as access:
        (row,) = add(access, [CHILD])
        change(row, {"given": "Rosa", "surname1": "Luna"})
        assert find(access, "search", kind="folder", given="Rosa", surname1="Luna") == [row.pk]
        assert find(access, "search", kind="folder", given=CANARY, surname1="Vázquez") == []


def test_another_organisation_learns_yes_or_no_and_nothing_else(vault: Path, people: People) -> None:
    with acting_as(people.ana, "follow_up") as access:
        add(access, [CHILD])
    with acting_as(people.carla, "match") as access:
        assert match(access, "match", given="Guadalupe", surname1="Vázquez") is True
        assert match(access, "match", given="Guadalupe", surname1="Luna") is False
        assert match(access, "search_elsewhere", given="Guadalupe", surname1="Vázquez") is False
        asked = Event.objects.filter(action="match").values_list("detail", "ids", "outcome", "code")
        assert len({str(event) for event in asked[:2]}) == 1  # yes and no leave the same trace


def test_a_system_context_reads_and_a_wider_purpose_is_the_one_recorded(vault: Path, people: People) -> None:
    with acting_as(people.ana, "follow_up") as access:
        rows = add(access, [CHILD])
        identities(replace(access), rows, fields=("given",), purpose="referral")
        assert Event.objects.filter(action="see_identity").latest("pk").purpose == "referral"


def test_blind_tokens_hold_nothing_plain(vault: Path, people: People) -> None:
    from cobijo.web.core.vault.models import BlindToken

    with acting_as(people.ana, "follow_up") as access:
        add(access, [CHILD])
        rows = list(BlindToken.objects.values())
    assert rows
    for row in rows:
        assert len(bytes(row["token"])) == 16
        text = str(row).lower()
        assert not [word for word in (CANARY.lower(), "vazquez", "guadalupe", "2012") if word in text]


def _item(row: Folder) -> tuple[Any, str, Any]:
    return row.key_id, row.place(), row.sealed
