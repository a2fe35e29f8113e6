"""The vocabulary as SKOS, and back."""

from __future__ import annotations

import json

import pytest

from cobijo.engine.terms import export_skos, load_skos, load_vocabulary
from cobijo.engine.terms.graph import Value, read, write
from cobijo.errors import CobijoError

VOCABULARY = load_vocabulary()


@pytest.mark.parametrize("format", ["turtle", "jsonld"])
def test_what_is_written_is_read_back_the_same(format: str) -> None:
    assert load_skos(export_skos(VOCABULARY, format), format) == VOCABULARY


def test_both_formats_say_the_same() -> None:
    assert read(export_skos(VOCABULARY, "turtle"), "turtle") == read(
        export_skos(VOCABULARY, "jsonld"), "jsonld"
    )


def test_a_concept_reads_as_skos() -> None:
    graph = {one["@id"]: one for one in json.loads(export_skos(VOCABULARY, "jsonld"))["@graph"]}
    epros, older = graph["cobijo:epros"], graph["cobijo:child-prostitution"]
    assert epros["@type"] == ["skos:Concept"]
    assert {"@value": "exploitation of children in prostitution", "@language": "en"} in epros[
        "skos:prefLabel"
    ]
    assert epros["skos:closeMatch"] == [{"@id": "cobijo:code/ICCS-1.0/030222"}]
    assert epros["skos:broader"] == [{"@id": "cobijo:cse"}]
    assert older["dct:isReplacedBy"] == [{"@id": "cobijo:epros"}]
    assert {"@value": "prostitución infantil", "@language": "es"} in older["skos:hiddenLabel"]
    assert graph["cobijo:scheme"]["owl:versionInfo"] == [{"@value": VOCABULARY.version}]


def test_difficult_text_comes_back() -> None:
    text = 'a "quoted"\\ word,\nanother line\tand ; . # @en ^^ <x>'
    things = {
        "cobijo:a": {
            "cobijo:b": [Value(text, language="es"), Value(text)],
            "cobijo:c": [Value("1", datatype="xsd:date")],
        }
    }
    for format in ("turtle", "jsonld"):
        assert read(write(things, format), format) == things


@pytest.mark.parametrize(
    ("text", "format", "code"),
    [
        ("", "turtle", "terms.not_skos"),
        ("<http://example.org/a> a <http://example.org/b> .", "turtle", "terms.not_skos"),
        ("[] a [] .", "turtle", "terms.not_skos"),
        ("{}", "jsonld", "terms.not_skos"),
        ("no json", "jsonld", "terms.not_skos"),
        ("", "rdf", "terms.format_unknown"),
    ],
)
def test_another_file_is_refused(text: str, format: str, code: str) -> None:
    with pytest.raises(CobijoError) as problem:
        load_skos(text, format)
    assert problem.value.code == code
