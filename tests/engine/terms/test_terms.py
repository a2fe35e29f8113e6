"""The vocabulary and the check of a text against it."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cobijo.engine.terms import Form, Title, check, load_vocabulary, with_titles
from cobijo.engine.terms.forms import expand
from cobijo.engine.terms.loading import FOLDER, check_vocabulary
from cobijo.engine.terms.pack import titles_of
from cobijo.engine.terms.shape import ALTERNATIVE
from cobijo.errors import InputProblem
from cobijo.sentences import catalogue

HERE = Path(__file__).parent
VOCABULARY = load_vocabulary()


def terms(text: str, language: str = "") -> list[str]:
    return [one.term for one in check(text, language)]


def planted(name: str) -> tuple[str, list[tuple[int, int]]]:
    """A text without its marks, and where the marked words stand."""
    text, places, start = "", [], 0
    for piece in (HERE / name).read_text(encoding="utf-8").replace("⟦", "⟧⟦").split("⟧"):
        if piece.startswith("⟦"):
            start = len(text)
            text += piece[1:]
            places.append((start, len(text)))
        else:
            text += piece
    return text, places


# --- The bars ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "language", "uses"),
    [("informe.md", "es", 30), ("borrador.md", "es", 33), ("report.md", "en", 21)],
)
@pytest.mark.parametrize("named", [True, False])
def test_planted_uses_are_found_and_little_else(name: str, language: str, uses: int, named: bool) -> None:
    text, places = planted(name)
    assert len(places) == uses
    found = check(text, language if named else "", vocabulary=with_titles(VOCABULARY, titles_of("mexico")))
    hit = {place for place in places if any(one.start < place[1] and place[0] < one.end for one in found)}
    false = [one for one in found if not any(one.start < end and start < one.end for start, end in places)]
    assert len(hit) >= uses - 2
    assert len(false) <= 2
    assert all(text[one.start : one.end] == one.term and one.language == language for one in found)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("El cliente de la menor se retiró del lugar.", "es"),
        ("Tuvo sexo consensuado con una niña.", "es"),
        ("Es la prostitución de una niña.", "es"),
        ("La menor ejercía la prostitución.", "es"),
        ("Hay niñas que venden su cuerpo.", "es"),
        ("The client of the girl left.", "en"),
        ("They were minors engaged in prostitution.", "en"),
    ],
)
def test_one_child_is_named_as_carefully_as_many(text: str, language: str) -> None:
    assert len(terms(text, language)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "El abogado recibió al cliente del menor de edad.", "Los clientes de menor edad pagan menos en la tienda.",
        "The lawyer is the client of the girl.", "Clients of the child protection office wait long.",
    ],
)  # fmt: skip
def test_who_is_served_is_no_exploiter(text: str) -> None:
    assert terms(text) == []


def test_a_text_of_two_thousand_words_takes_no_time() -> None:
    text, _ = planted("informe.md")
    assert len(text.split()) >= 1_900
    check(text)
    best = min(_seconds(text) for _ in range(5))
    assert best < 0.05


def test_the_time_grows_with_the_text_and_no_faster() -> None:
    for piece in ("prostitución ", "la niña ", "ley a.", "«", "a@", "_x", "-", "Ley de la "):
        assert _seconds(piece * 3_000) < 2


def _seconds(text: str) -> float:
    start = time.process_time()  # of this process alone, whatever else the machine does
    check(text)
    return time.process_time() - start


# --- What is found -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "prostituciones infantiles", "PROSTITUCIÓN INFANTIL", "prostitucion infantil", "prostitucio\u0301n infantil",
        "prostitución\ninfantil", "prostitución-infantil", "prosti-\ntución infantil", "prosti\u00adtución infantil",
        "**prostitución** infantil", "prostitución «infantil»", "prostitución de niñ@s", "prostitución de niñas/os",
        "prostitución de niñas, niños y adolescentes", "niñas prostitutas", "niño(a)s prostituidos",
        "trabajador/a sexual infantil", "pornografía  infantil", "turistas sexuales infantiles", "los pederastas",
    ],
)  # fmt: skip
def test_a_form_is_found_however_it_is_written(text: str) -> None:
    found = check(f"Se habla de {text}, dice.", "es")
    assert len(found) == 1, found
    assert found[0].term in text
    assert text.endswith(found[0].term) or found[0].term.endswith(text.split()[-1].strip("»"))


def test_a_paragraph_a_sentence_or_a_comma_ends_a_form() -> None:
    for between in ("\n\n", ". ", "; ", ": ", ", "):
        assert terms(f"prostitución{between}infantil", "es") == []


def test_the_longest_form_wins_and_findings_lie_apart() -> None:
    assert terms("redes de pedófilos y prostitución voluntaria de adolescentes", "es") == [
        "redes de pedófilos",
        "prostitución voluntaria de adolescentes",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Los clientes pagaban por las adolescentes.", ["clientes"]),
        ("Los clientes del hotel leen sobre la explotación sexual de niñas.", []),
        ("Los clientes pagaban tarde. Las adolescentes estudian.", []),
        ("La demanda de niñas alimenta la explotación.", ["demanda"]),
        ("Clientes de la prostitución infantil.", ["Clientes", "prostitución infantil"]),
        ("La demanda de adolescentes por servicios de salud sexual.", []),
        ("La demanda de justicia de las niñas.", []),
        ("Fue delito de tráfico de menores.", []),
        ("Hubo tráfico de menores.", ["tráfico de menores"]),
        ("El tráfico de personas migrantes.", []),
        ("El diagnóstico clínico de pedofilia.", []),
        ("La prostitución voluntaria de personas adultas.", []),
        ("El turismo sexual de adultos y el turismo de playa.", []),
    ],
)
def test_some_words_depend_on_the_sentence(text: str, found: list[str]) -> None:
    assert terms(text, "es") == found


# --- What is left alone ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Optional Protocol on the sale of children, child prostitution and child pornography",
        "Protocolo relativo a la VENTA de niños, la prostitución\ninfantil y la utilización de niños en la pornografía",
        "la «Ley contra la Pornografía Infantil»",
        "la Ley para Prevenir la Prostitución Infantil",
        "el capítulo titulado “Turismo sexual infantil”",
        "el delito de «pornografía infantil»",
        "el código 030222 de la ICCS, «prostitución infantil»",
        "el término «niña prostituta»",
        "en lugar de *pornografía infantil*",
        "https://example.org/prostitucion-infantil y prostitucion.infantil@example.org",
        "explotación de niñas, niños y adolescentes en la prostitución",
        "trabajo infantil, trabajo social con niñas, prostitución de personas adultas, pornografía de adultos",
        "tráfico ilícito de migrantes, tráfico de drogas",
    ],
)
def test_titles_mentions_and_near_words_are_left_alone(text: str) -> None:
    assert terms(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "La ley prohíbe la prostitución infantil.",
        "El periódico habla de «prostitución infantil».",
        "La Ley General de Víctimas no menciona la prostitución infantil.",
        "La ley no protege a las «niñas prostitutas».",
        "El informe dice «niñas prostitutas».",
        "El informe del Congreso. Un testigo dijo: «hay pornografía infantil».",
    ],
)
def test_a_law_nearby_excuses_nothing(text: str) -> None:
    assert len(terms(text)) == 1


def test_a_country_adds_its_titles() -> None:
    said = "el Programa Menores Prostituidas del Puerto"
    assert terms(said, "es") == ["Menores Prostituidas"]
    more = with_titles(VOCABULARY, [Title("P", "es", "Programa Menores Prostituidas del Puerto", "GK")])
    assert check(said, "es", vocabulary=more) == ()


# --- The vocabulary ----------------------------------------------------------------------------------------------


def test_the_vocabulary_says_what_its_source_says() -> None:
    assert len(VOCABULARY.concepts) == 44
    assert VOCABULARY.by_id["child-pornography"].use_instead == ("csam",)
    assert VOCABULARY.by_id["trafficking"].not_the_same_as == ("sale", "cse", "smuggling")
    assert all(one.definitions["es"] and one.definitions["en"] and one.source for one in VOCABULARY.concepts)
    codes = {(one.concept, one.code) for one in VOCABULARY.mappings}
    assert {("epros", "030222"), ("trafficking-sex", "02041"), ("sexual-violence", "3")} <= codes
    assert {(one.instrument, one.article) for one in VOCABULARY.anchors if one.concept == "sale"} == {
        ("CRC", "35"),
        ("OPSC", "2(a); 3(1)(a)"),
    }


def test_no_preferred_name_of_a_concept_is_discouraged() -> None:
    for concept in VOCABULARY.concepts:
        if concept.status in ("preferred", "with-care", "other"):
            for language, label in concept.labels.items():
                assert terms(label, language) == [], concept.id
    for form in VOCABULARY.forms:
        said = form.words if form.kind == ALTERNATIVE else form.preferred
        assert terms(said, form.language) == [], form


def test_every_discouraged_form_finds_itself_and_has_a_sentence() -> None:
    for form in VOCABULARY.forms:
        if form.kind == ALTERNATIVE:
            continue
        assert f"terms.why_{form.reason}" in catalogue()
        if form.near:
            continue
        phrase = next(expand(form.words.replace("~", ""), VOCABULARY.groups[form.language]))
        assert check(phrase, form.language), form.words


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"concepts": (*VOCABULARY.concepts, VOCABULARY.concepts[0])}, "terms.doubled"),
        ({"concepts": (replace(VOCABULARY.concepts[0], status="fine"),)}, "terms.status_unknown"),
        ({"concepts": (replace(VOCABULARY.concepts[0], evidence=""),)}, "terms.incomplete"),
        ({"concepts": (replace(VOCABULARY.concepts[0], broader="x"),)}, "terms.concept_unknown"),
        ({"forms": (Form("x", "es", "alternative", "x"),)}, "terms.concept_unknown"),
        ({"forms": (Form("csa", "fr", "alternative", "x"),)}, "terms.form_wrong"),
        ({"forms": (Form("csa", "es", "legal", "x"),)}, "terms.no_preferred"),
        ({"forms": (Form("csa", "es", "legal", "<nobody> x", "y", "legal"),)}, "terms.group_unknown"),
        ({"forms": (Form("csa", "es", "legal", "x", "y", "legal", ("nobody",)),)}, "terms.group_unknown"),
        ({"mappings": (replace(VOCABULARY.mappings[0], match="near"),)}, "terms.match_unknown"),
        ({"anchors": (replace(VOCABULARY.anchors[0], concept="x"),)}, "terms.concept_unknown"),
    ],
)
def test_a_wrong_vocabulary_is_refused(change: dict[str, object], code: str) -> None:
    with pytest.raises(InputProblem) as problem:
        check_vocabulary(replace(VOCABULARY, **change))  # type: ignore[arg-type]
    assert problem.value.code == code
    assert catalogue()[code].format(**problem.value.params)


def test_a_folder_with_a_wrong_row_is_refused(tmp_path: Path) -> None:
    for file in FOLDER.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "titles.csv").write_text("instrument,language,title,evidence\nOPSC,es\n", encoding="utf-8")
    with pytest.raises(InputProblem) as problem:
        load_vocabulary(tmp_path)
    assert problem.value.params == {"file": "titles.csv", "row": 2}
    (tmp_path / "titles.csv").unlink()
    with pytest.raises(InputProblem, match=r"terms.file_missing"):
        load_vocabulary(tmp_path)


# --- Whatever the text -------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["prostitución", "infantil", "niñas", "pedófilos", "clientes", "Ley", "«", "»", "-\n", " ", "\n\n", ", ", ". ", "*",
     "child", "pornography", "\u00ad", "@", "/as", "turismo sexual", "de", "é", "\u0301", "“", "18"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200))
def test_findings_lie_in_the_text_in_order_and_apart(text: str) -> None:
    found = check(text)
    assert all(text[one.start : one.end] == one.term and one.term for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert found == check(text)
