"""CURP: the check digit on the sample CURPs, and what a column of them is held to."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from cobijo.engine.lists.ids.curp import REASONS, agrees, check_digit, letters_of, read_curps
from cobijo.engine.pack import Pack
from tests.engine.lists.conftest import Reader, codes, rows

SAMPLES = ["BOXW310820HNERXN09", "HEGG560427MVZRRL04"]
STATES = {"NE", "VZ", "OC"}


@pytest.mark.parametrize("curp", SAMPLES)
def test_check_digit(curp: str) -> None:
    assert check_digit(curp) == int(curp[-1])


def test_a_column_says_what_is_wrong() -> None:
    good = SAMPLES[1]
    wrong = [
        None,
        good[:-1] + "5",
        good[:11] + "QQ" + good[13:],
        good[:6] + "1327" + good[10:],
        good[:17],
        "Ñ" * 18,
    ]
    looked = read_curps(pa.array([*SAMPLES, *wrong]), STATES)
    assert [REASONS[i] for i in looked.reason] == ["", "", "", "digit", "state", "date", "shape", "shape"]
    assert looked.birth_date.to_pylist() == [date(1931, 8, 20), date(1956, 4, 27), *[None] * 6]
    assert looked.sex.to_pylist() == ["male", "female", *[None] * 6]


def test_a_changed_digit_is_found_where_its_weight_is_odd() -> None:
    good = SAMPLES[0]
    changed = [good[:i] + d + good[i + 1 :] for i in (5, 7, 9) for d in "0123456789" if d != good[i]]
    assert 0 not in read_curps(pa.array(changed), STATES).reason.tolist()


def test_a_letter_before_the_check_digit_means_born_in_this_century() -> None:
    start = "RUPA120425MOCZZNA"
    looked = read_curps(pa.array([start + str(check_digit(start))]), STATES)
    assert looked.birth_date.to_pylist() == [date(2012, 4, 25)]


def test_letters_and_names(mexico: Pack) -> None:
    rules = mexico.rules
    ana = letters_of("María Ana", rules, {"maria", "jose"})
    assert ana == "AAN"
    assert letters_of("María", rules, {"maria"}) == "MAR"
    assert agrees("RUPA120425MOCZZNA1", ana, letters_of("Ruiz", rules), letters_of("Paz", rules))
    assert agrees("RXPA120425MOCZZNA1", ana, letters_of("Ruiz", rules), None)
    assert not agrees("RUPA120425MOCZZNA1", ana, letters_of("Paz", rules), letters_of("Ruiz", rules))


def test_contradictions_are_notes_and_wrong_ids_are_not_used(read: Reader) -> None:
    start = "RUPA120425MOCZZNA"
    right = start + str(check_digit(start))
    wrong = start + str((check_digit(start) + 1) % 10)
    text = (
        "nombre,primer apellido,segundo apellido,fecha de nacimiento,sexo,CURP\n"
        f"Ana,Ruiz,Paz,25/04/2012,mujer,{right.lower()}\n"
        f"Ana,Ruiz,Paz,26/04/2012,hombre,{right[:4]} {right[4:]}\n"
        f"Eva,Luna,Paz,25/04/2012,mujer,{wrong}\n"
        f"Luz,Luna,Paz,25/04/2012,mujer,{right}\n"
    )
    found = read(text)
    assert [r["official_id"] for r in rows(found)] == [right, right, None, right]
    by_row = {(p["row"], p["code"]) for p in found.problems.to_pylist() if p["row"]}
    assert by_row == {
        (3, "lists.curp_birth_date"),
        (3, "lists.curp_sex"),
        (4, "lists.curp_digit"),
        (5, "lists.curp_names"),
    }
    assert codes(found, "field") == ["curp_digit"]


def test_another_id_is_kept_as_it_is(read: Reader) -> None:
    found = read("nombre,apellidos,national id\nAna,Ruiz,P-77 12\n")
    assert rows(found)[0]["official_id"] == "P7712"
