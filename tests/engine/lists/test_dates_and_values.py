"""Dates, words, headers: the small readers, by example and over generated values."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cobijo.engine.lists.dates import Evidence, read_date
from cobijo.engine.lists.headers import recognise
from cobijo.engine.lists.values import read_age, read_element
from tests.engine.lists.conftest import TODAY, Reader, codes, rows

DATES = st.dates(date(1900, 1, 2), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("text", "wanted", "precision"),
    [
        ("2012-04-25", "2012-04-25", "day"),
        ("25/04/2012", "2012-04-25", "day"),
        ("25.4.2012", "2012-04-25", "day"),
        ("25-abr-2012", "2012-04-25", "day"),
        ("25 de abril de 2012", "2012-04-25", "day"),
        ("25 de abril del 2012", "2012-04-25", "day"),
        ("April 25, 2012", "2012-04-25", "day"),
        ("25th April 2012", "2012-04-25", "day"),
        ("20120425", "2012-04-25", "day"),
        ("41024", "2012-04-25", "day"),
        ("2012-04-25T00:00:00Z", "2012-04-25", "day"),
        ("25/04/2012 12:30 p. m.", "2012-04-25", "day"),
        ("25/04/12", "2012-04-25", "day"),
        ("25/04/98", "1998-04-25", "day"),
        ("abril de 2012", "2012-04-01", "month"),
        ("04/2012", "2012-04-01", "month"),
        ("2012-04", "2012-04-01", "month"),
        ("00/04/2012", "2012-04-01", "month"),
        ("2012", "2012-01-01", "year"),
        ("2012.0", "2012-01-01", "year"),
        ("00/00/2012", "2012-01-01", "year"),
        ("01/01/2012", "2012-01-01", "placeholder"),
    ],
)
def test_dates_as_offices_write_them(text: str, wanted: str, precision: str) -> None:
    reading = read_date(text, "dmy", TODAY)
    assert reading.value == date.fromisoformat(wanted)
    assert reading.precision == precision


@pytest.mark.parametrize(
    "text", ["31/02/2010", "2010-13-01", "20100231", "x", "12345678901", "¿2010?", "²²²²", "25/04"]
)
def test_what_is_no_date(text: str) -> None:
    assert read_date(text, "dmy", TODAY).value is None


@given(DATES, st.sampled_from(["dmy", "mdy"]))
def test_a_written_date_is_read_back(day: date, order: str) -> None:
    pattern = "%d/%m/%Y" if order == "dmy" else "%m/%d/%Y"
    assert read_date(day.strftime(pattern), order, TODAY).value == day
    assert read_date(day.isoformat(), None, TODAY).value == day


@given(st.dates(date(1930, 1, 1), date(2026, 1, 1)))
def test_an_excel_day_number_is_read_back(day: date) -> None:
    assert read_date(str((day - date(1899, 12, 30)).days), "dmy", TODAY).value == day


@given(st.text(max_size=40))
def test_no_text_breaks_the_readers(text: str) -> None:
    read_date(text, None, TODAY)
    read_age(text)
    read_element("element_means", text)
    recognise(text)


def test_the_column_decides_its_order(read: Reader) -> None:
    header = "nombre,apellidos,fecha de nacimiento\n"
    american = read(header + "Ana,Ruiz,03/04/2012\nEva,Paz,04/25/2012\n")
    assert rows(american)[0]["birth_date"] == date(2012, 3, 4)
    assert "date_order_month_first" in codes(american, "note")
    silent = read(header + "Ana,Ruiz,03/04/2012\n")
    assert rows(silent)[0]["birth_date"] == date(2012, 4, 3)
    assert "date_order_assumed" in codes(silent, "note")
    mixed = read(header + "Ana,Ruiz,03/04/2012\nEva,Paz,04/25/2012\nLuz,Sol,25/04/2012\n")
    assert [r["birth_date"] for r in rows(mixed)] == [None, date(2012, 4, 25), date(2012, 4, 25)]
    assert codes(mixed, "field") == ["date_order_mixed", "date_ambiguous"]


def test_evidence_needs_nineteen_of_twenty() -> None:
    evidence = Evidence()
    evidence.add([("25/04/2012", 19), ("04/25/2012", 1), ("03/04/2012", 7)])
    assert (evidence.order(), evidence.either) == ("dmy", 7)
    evidence.add([("04/25/2012", 1)])
    assert evidence.order() is None


def test_impossible_and_contradicting_dates(read: Reader) -> None:
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    found = read(
        "nombre,apellidos,fecha de nacimiento,fecha de registro,edad\n"
        f"Ana,Ruiz,{tomorrow},2025-01-01,12\n"
        "Eva,Paz,2025-06-01,2025-01-01,0\n"
        "Luz,Sol,2010-01-02,2025-02-01,9\n"
        "Sol,Mar,1010-01-02,2025-02-01,9\n"
        "Mar,Paz,99/99/9999,2025-02-01,9-17\n"
    )
    assert [r["birth_date"] for r in rows(found)] == [None, None, date(2010, 1, 2), None, None]
    assert codes(found, "field") == ["date_future", "birth_after_capture", "date_too_old", "age_unreadable"]
    assert "age_contradicts" in codes(found, "note")


def test_birth_date_in_three_columns(read: Reader) -> None:
    found = read(
        "nombre,apellidos,año de nacimiento,mes de nacimiento,día de nacimiento\n"
        "Ana,Ruiz,2012,abril,25\nEva,Paz,2012,4,\nLuz,Sol,2012,,\n"
    )
    assert [(r["birth_date"], r["birth_precision"]) for r in rows(found)] == [
        (date(2012, 4, 25), "day"),
        (date(2012, 4, 1), "month"),
        (date(2012, 1, 1), "year"),
    ]


def test_a_lone_m_is_not_guessed(read: Reader) -> None:
    found = read("nombre,apellidos,fecha de nacimiento,sexo\nAna,Ruiz,2010-02-03,M\n")
    assert rows(found)[0]["sex"] is None
    assert codes(found, "field") == ["sex_unknown"]


@pytest.mark.parametrize("word", ["20", "MX-OAX", "OAX", "OC", "oaxaca", "OAXACA "])
def test_areas_by_name_and_by_every_code(read: Reader, word: str) -> None:
    found = read(f"nombre,apellidos,fecha de nacimiento,entidad\nAna,Ruiz,2010-02-03,{word}\n")
    assert rows(found)[0]["area"] == "MX-OAX"
    assert ("area_numbers" in codes(found)) == word.isdigit()
