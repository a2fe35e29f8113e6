"""Bytes, words and tokens, without a database."""

from __future__ import annotations

from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from cobijo.web.core.vault import blind, paper
from cobijo.web.core.vault.envelope import Kek, Key, kek_of, seal, unseal, unwrap, wrap
from cobijo.web.core.vault.errors import Altered, Custody

KEK = Kek(bytes(range(32)))
KEY = Key(uuid4(), KEK.id, AESGCM(bytes(32)))
PLACE = "children.child|sealed|7|1"


@pytest.mark.parametrize("plain", [{"given": "María", "year": 2012}, "un texto", b"\x00\xff", "", {}])
def test_what_is_sealed_comes_back_as_it_was(plain: object) -> None:
    assert unseal(KEY, PLACE, seal(KEY, PLACE, plain)) == plain  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "place",
    [
        "children.child|sealed|8|1",
        "children.child|sealed|7|2",
        "children.child|notes|7|1",
        "cases.case|sealed|7|1",
    ],
)
def test_bytes_in_another_row_version_field_or_table_do_not_open(place: str) -> None:
    with pytest.raises(Altered):
        unseal(KEY, place, seal(KEY, PLACE, "María"))


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_changed_byte_is_found(data: st.DataObject) -> None:
    sealed = bytearray(seal(KEY, PLACE, {"given": "María"}))
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Altered) as found:
        unseal(KEY, PLACE, bytes(sealed))
    assert "María" not in str(found.value)


def test_short_or_empty_bytes_are_altered_not_a_bug() -> None:
    for length in (0, 1, 24, 25, 36, 40):
        with pytest.raises(Altered):
            unseal(KEY, PLACE, seal(KEY, PLACE, "María")[:length])


def test_the_header_names_key_and_kek() -> None:
    sealed = seal(KEY, PLACE, "María")
    assert sealed[0] == 1
    assert kek_of(sealed) == KEK.id
    assert sealed[9:25] == KEY.id.bytes


def test_the_same_text_twice_gives_other_bytes() -> None:
    assert seal(KEY, PLACE, "María") != seal(KEY, PLACE, "María")


def test_a_wrapped_key_is_bound_to_its_owner_and_kek() -> None:
    wrapped = wrap(KEK, b"one", bytes(32))
    assert unwrap(KEK, b"one", wrapped) == bytes(32)
    for kek, owner in ((KEK, b"other"), (Kek(bytes(32)), b"one")):
        with pytest.raises(Altered):
            unwrap(kek, owner, wrapped)


def test_no_secret_is_in_a_printed_form() -> None:
    assert KEK.secret.hex() not in repr(KEK)
    assert "secret" not in repr(KEK)


@given(st.binary(min_size=32, max_size=32))
@settings(max_examples=100, deadline=None)
def test_a_sheet_gives_the_key_again(secret: bytes) -> None:
    kek = Kek(secret)
    text = "Copia 1 de 2\n\n" + "\n".join(paper.lines_of(kek)).upper() + "\n"
    assert paper.read_lines(text) == kek


@pytest.mark.parametrize("line", [1, 2, 3, 4])
def test_a_slip_names_its_line(line: int) -> None:
    lines = paper.lines_of(KEK)
    right = lines[line - 1]
    first = right.split()[1]
    lines[line - 1] = right.replace(first, "zuzuz" if first != "zuzuz" else "babab", 1)
    with pytest.raises(Custody) as found:
        paper.read_lines("\n".join(lines))
    assert found.value.params == {"line": line}


def test_a_missing_line_and_exchanged_lines_are_found() -> None:
    lines = paper.lines_of(KEK)
    swapped = [lines[0][0] + lines[1][1:], lines[1][0] + lines[0][1:], *lines[2:]]
    for text in ("\n".join(lines[:3]), "\n".join(swapped), ""):
        with pytest.raises(Custody):
            paper.read_lines(text)


# --- Blind tokens


def shared(one: dict[str, object], other: dict[str, object]) -> set[str]:
    """Which forms two descriptions have in common."""
    return {form[0] for form in set(blind.forms(**one)) & set(blind.forms(**other))}  # type: ignore[arg-type]


CHILD = {"given": "María Guadalupe", "surname1": "Vázquez", "surname2": "Peña", "birth_year": 2012}


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"given": "Maria", "surname1": "Vazquez"}, {"name", "sound"}),
        (
            {"given": "Lupita", "surname1": "Peña"},
            {"name", "sound"},
        ),  # second names of both kinds, a pet name
        ({"given": "María", "surname1": "Peña", "surname2": "Vázquez"}, {"name", "sound"}),  # swapped
        ({"given": "Ma.", "surname1": "Básques"}, {"sound"}),
        ({"name": "VAZQUEZ PEÑA, MARIA"}, {"name", "sound"}),
        ({"surname1": "Vázquez", "birth_year": 2012}, {"year", "sounded"}),
        ({"given": "Maria", "surname1": "López"}, set()),
        ({"surname1": "Vázquez"}, set()),  # one thing alone finds nothing
        ({"given": "María"}, set()),
        ({"given": "María", "birth_year": 2012}, set()),
        ({"surname1": "Vázquez", "birth_year": 2013}, set()),
    ],
)
def test_what_finds_a_child(other: dict[str, object], expected: set[str]) -> None:
    assert shared(CHILD, other) == expected


def test_a_child_without_surname_is_found_by_name_and_year() -> None:
    assert shared({"given": "Lupita", "birth_year": 2012}, {"given": "Guadalupe", "birth_year": 2012}) == {
        "lone"
    }


def test_an_official_id_is_found_however_it_is_written() -> None:
    assert shared({"official_id": "vapx-120304 mocñxna1"}, {"official_id": "VAPX120304MOCXXNA1"}) == {"id"}


def test_no_token_stands_for_a_surname_alone() -> None:
    for known in (
        CHILD,
        CHILD | {"official_id": "X1"},
        {"surname1": "Vázquez"},
        {"given": "Ana", "birth_year": 2010},
    ):
        for form, one, other in blind.forms(**known):  # type: ignore[arg-type]
            assert form == "id" or (one and other)


def test_purposes_share_no_token_and_tokens_hold_nothing_plain() -> None:
    secret = bytes(32)
    forms = blind.forms(**CHILD)  # type: ignore[arg-type]
    search = blind.tokens(blind.purpose_key(secret, "search"), forms)
    match = blind.tokens(blind.purpose_key(secret, "match"), forms)
    assert len(search) == len(match) == len(forms)
    assert not search.keys() & match.keys()
    for token in search:
        assert len(token) == blind.LENGTH
        assert b"vazquez" not in token.lower()


def test_parts_cannot_be_shifted_between_each_other() -> None:
    assert blind.token(bytes(32), ("name", "ana", "bel")) != blind.token(bytes(32), ("name", "anab", "el"))
