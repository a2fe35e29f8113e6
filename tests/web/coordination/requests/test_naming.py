"""What a text seems to say of a child, and what it does not. Every name here is invented."""

from __future__ import annotations

from datetime import date

import pytest

from cobijo.engine.pack import load_pack
from cobijo.web.coordination.requests.naming import forms, sign

PACK = load_pack("mexico")
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Su clave es BOXW100820MNERXN09.", "official_id"),
        ("clave boxw100820mnerxn09", "official_id"),
        ("Expediente BOXW100820 de la fiscalía", "official_id"),
        ("nacida el 12 de mayo de 2010", "birth_date"),
        ("Fecha de nacimiento: 12/05/2010", "birth_date"),
        ("born on May 12, 2010", "birth_date"),
        ("She was born 2010-05-12.", "birth_date"),
        ("La niña Xóchitl fue trasladada.", "name"),
        ("El adolescente Juan Pérez sigue detenido.", "name"),
        ("Ana López, de 13 años, no fue atendida.", "name"),
        ("A girl called Guadalupe Hernández was fined.", "name"),
        ("Sofía de la Cruz es alumna de la escuela.", "name"),
    ],
)
def test_what_seems_to_say_who_a_child_is(text: str, found: str) -> None:
    assert sign(text, PACK, TODAY) == found


@pytest.mark.parametrize(
    "text",
    [
        "Tres adolescentes fueron detenidas en Oaxaca entre mayo y julio de 2026.",
        "Pedimos que la Fiscalía de Oaxaca informe cuántas niñas de 12 a 17 años atendió.",
        "En 2024 el Congreso aprobó la reforma publicada el 12 de mayo de 2010.",
        "La ley nació de un acuerdo y entró en vigor el año siguiente.",
        "We ask how many children were helped since 1 January 2025.",
        "Folio ABCD991399 del expediente",  # no day of any month
        "Se pide a la Secretaría de Salud del estado de Hidalgo que responda por las niñas.",
        "Reunión en Villa Hidalgo con Luis Vega, director.",
    ],
)
def test_patterns_places_and_days_are_no_alarm(text: str) -> None:
    assert sign(text, PACK, TODAY) == ""


def pairs(text: str) -> set[tuple[str, str, str]]:
    return set(forms(text, PACK.rules))


@pytest.mark.parametrize(
    "text",
    [
        "se pide por Xóchitl Hernández ante el juez", "HERNÁNDEZ, XÓCHITL", "xochitl hernandez",
        "Hernández López Xóchitl", "Xóchitl María Hernández", "de Xóchitl, de apellido Hernández,",
        "el caso Xóchitl-Hernández",
    ],
)  # fmt: skip
def test_a_pair_is_found_however_it_is_written(text: str) -> None:
    assert ("name", "xochitl", "hernandez") in pairs(text)


def test_surnames_of_several_words_and_ids_are_found() -> None:
    assert ("name", "ana", "cruz") in pairs("Ana de la Cruz")
    assert ("name", "ana", "montesdeoca") in pairs("Ana Montes de Oca")
    assert ("id", "AB123456", "") in pairs("pasaporte ab-123456")
    assert ("sound", "xochitl", "ernandes") in pairs("Xóchitl Hernández") or any(
        one[0] == "sound" for one in pairs("Xóchitl Hernández")
    )


def test_one_word_alone_is_no_pair() -> None:
    assert pairs("Hernández") == set()
    assert pairs("") == set()


def test_a_long_text_is_read_in_a_moment() -> None:
    """At most six pairs a word, so that 20,000 signs stay well under what the database can be asked at once."""
    text = " ".join(f"palabra{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}" for n in range(2000))
    assert len(pairs(text)) <= 2000 * 12
