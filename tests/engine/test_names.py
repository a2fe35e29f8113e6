"""Names: cutting, comparing and hearing them."""

from __future__ import annotations

import time

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cobijo.engine.lists import name_columns, names
from cobijo.engine.pack import load_pack

RULES = load_pack("mexico").rules


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("María de los Ángeles Pérez López", ("María", "de los Ángeles", "Pérez", "López")),
        ("PEREZ LOPEZ, MARIA", ("MARIA", None, "PEREZ", "LOPEZ")),
        ("Pérez, Juan Carlos", ("Juan", "Carlos", "Pérez", None)),
        ("PEREZ LOPEZ MARIA ELENA", ("MARIA", "ELENA", "PEREZ", "LOPEZ")),
        ("GARCIA JUAN", ("JUAN", None, "GARCIA", None)),
        ("Juan Pérez", ("Juan", None, "Pérez", None)),
        ("José Luis Pérez", ("José", "Luis", "Pérez", None)),
        ("Juan Pérez López", ("Juan", None, "Pérez", "López")),
        ("María del Carmen Pérez", ("María", "del Carmen", "Pérez", None)),
        ("Ma. Guadalupe de la Cruz", ("Ma.", "Guadalupe", "de la Cruz", None)),
        ("Juan Carlos Montes de Oca de la Cruz", ("Juan", "Carlos", "Montes de Oca", "de la Cruz")),
        ("José de Jesús Cruz Santiago", ("José", "de Jesús", "Cruz", "Santiago")),
        ("Santiago Cruz Reyes", ("Santiago", None, "Cruz", "Reyes")),
        ("Emiliano Alberto Nicolás Morales", ("Emiliano", "Alberto", "Nicolás", "Morales")),
        ("  Xóchitl   Poot  Ku ", ("Xóchitl", None, "Poot", "Ku")),
        ("Lupita", ("Lupita", None, None, None)),
        ("Sin nombre", (None, None, None, None)),
        ("de la", ("de la", None, None, None)),
        (" , ", (None, None, None, None)),
        ("", (None, None, None, None)),
        (None, (None, None, None, None)),
    ],
)
def test_a_full_name_is_cut_into_four_fields(text: str | None, cut: names.Cut) -> None:
    assert names.split_name(text, RULES) == cut


def test_fields_that_hold_two_names_are_cut_too() -> None:
    assert names.split_given("Ma. del Carmen", RULES) == ("Ma.", "del Carmen")
    assert names.split_surnames("Sta. Cruz Hdez.", RULES) == ("Sta. Cruz", "Hdez.")
    assert names.split_surnames("no aplica", RULES) == (None, None)


@pytest.mark.parametrize(
    ("one", "other", "part"),
    [
        ("María", "MARIA", "given"),
        ("Ma.", "María", "given"),
        ("M", "María", "given"),
        ("J. Jesús", "José de Jesús", "given"),
        ("Gpe.", "Lupita", "given"),
        ("Chuy", "Jesús", "given"),
        ("de los Ángeles", "Angeles", "given"),
        ("de la Cruz", "DELACRUZ", "surname"),
        ("Montes de Oca", "Montesdeoca", "surname"),
        ("San Martín", "SANMARTIN", "surname"),
        ("Sta. Cruz", "Santa Cruz", "surname"),
        ("Hdez.", "Hernández", "surname"),
        ("Muñoz", "MUNOZ", "surname"),
        ("Garcia-Lopez", "García López", "surname"),
    ],
)
def test_spellings_of_one_name_have_one_comparison_key(one: str, other: str, part: names.Part) -> None:
    assert names.comparison_key(one, RULES, part) == names.comparison_key(other, RULES, part) != ""


def test_a_surname_is_not_a_nickname() -> None:
    assert names.comparison_key("Lupe", RULES, "given") == "guadalupe"
    assert names.comparison_key("Lupe", RULES, "surname") == "lupe"


def test_no_name_has_no_key() -> None:
    for nothing in (None, "", "  ", "S/A", "no aplica", "XXX", "123", "…"):
        assert names.comparison_key(nothing, RULES) == ""
        assert names.phonetic_key(nothing, RULES) == ""


@pytest.mark.parametrize(
    "alike",
    [
        ("Vázquez", "Básquez", "Vasques", "BAZQUEZ"),
        ("Hernández", "Ernandes", "Hernandes"),
        ("Jiménez", "Ximénez", "Giménez"),
        ("Zúñiga", "Súñiga"),
        ("Llamas", "Yamas"),
        ("Quiroz", "Kiros"),
        ("Cisneros", "Sisneros"),
        ("Guerrero", "Guerero"),
        ("Godoy", "Godoi"),
        ("Echeverría", "Echeberria"),
        ("Félix", "Feliks"),
    ],
)
def test_what_sounds_alike_has_one_phonetic_key(alike: tuple[str, ...]) -> None:
    assert len({names.phonetic_key(name, RULES, "surname") for name in alike}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Peña", "Pena"), ("Chávez", "Cávez"), ("Guerra", "Gerra"), ("Luna", "Lara"), ("Mejía", "Meguía")],
)
def test_what_sounds_different_has_two_phonetic_keys(one: str, other: str) -> None:
    assert names.phonetic_key(one, RULES, "surname") != names.phonetic_key(other, RULES, "surname")


@given(st.text(max_size=60))
@example("ÑD")
def test_any_text_has_keys_and_is_cut_without_losing_a_word(text: str) -> None:
    for part in ("given", "surname"):
        key = names.comparison_key(text, RULES, part)
        assert bool(key) or not names.phonetic_key(text, RULES, part)
    cut = " ".join(filter(None, names.split_name(text, RULES)))
    words = text.replace(",", " ").split()
    assert not cut or "," in text or sorted(cut.split()) == sorted(words)


def test_columns_give_what_single_names_give() -> None:
    column = pa.chunked_array([pa.array(["Ma. del Carmen", None]), pa.array(["s/a", "Ma. del Carmen"])])
    assert name_columns.comparison_key_column(column, RULES).to_pylist() == [
        "maria carmen",
        None,
        None,
        "maria carmen",
    ]
    assert name_columns.phonetic_key_column(column, RULES).to_pylist() == [
        "maria karmen",
        None,
        None,
        "maria karmen",
    ]
    given1, given2 = name_columns.split_given_column(column, RULES)
    assert given1.to_pylist() == ["Ma.", None, None, "Ma."]
    assert given2.to_pylist() == ["del Carmen", None, None, "del Carmen"]
    cut = name_columns.split_name_column(pa.array(["Juan Pérez López", None], pa.string()), RULES)
    assert [piece.to_pylist() for piece in cut] == [
        ["Juan", None],
        [None, None],
        ["Pérez", None],
        ["López", None],
    ]
    empty = name_columns.split_surnames_column(pa.array([], pa.string()), RULES)
    assert [len(piece) for piece in empty] == [0, 0]


def test_a_column_of_a_million_names_is_keyed_in_a_few_seconds() -> None:
    written = [
        f"{name.name} {ending}" for name in load_pack("mexico").surnames for ending in ("Pérez", "Cruz", "Ek")
    ]
    column = pa.array((written * (1_000_000 // len(written) + 1))[:1_000_000])
    start = time.process_time()
    keys = name_columns.phonetic_key_column(column, RULES, "surname")
    assert time.process_time() - start < 5
    assert len(keys) == 1_000_000
