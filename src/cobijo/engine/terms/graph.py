"""Statements about things, written as Turtle or JSON-LD and read back from what was written here.

The little that a vocabulary needs: names, texts with a language or a type, no nameless things. A file from elsewhere
that uses more of Turtle is refused rather than half read, and nothing is ever fetched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from cobijo.errors import InputProblem, WrongUsage

BASE = "urn:cobijo:terms:"
PREFIXES: Mapping[str, str] = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "cobijo": BASE,
}
TYPE = "a"


class Value(NamedTuple):
    """A name (`skos:Concept`), or a text with its language or its type."""

    text: str
    name: bool = False
    language: str = ""
    datatype: str = ""


Things = dict[str, dict[str, list[Value]]]


def write(things: Things, format: str) -> str:
    """The statements as `turtle` or `jsonld`."""
    return _of(format)[0](things)


def read(text: str, format: str) -> Things:
    """What `write` wrote."""
    try:
        return _of(format)[1](text)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputProblem("terms.not_skos", format=format) from None


def _of(format: str) -> tuple[Callable[[Things], str], Callable[[str], Things]]:
    if format not in FORMATS:
        raise WrongUsage("terms.format_unknown", format=format, known=", ".join(FORMATS))
    return FORMATS[format]


# --- Turtle ------------------------------------------------------------------------------------------------------

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNESCAPES = {value[1]: key for key, value in _ESCAPES.items()}
_PLAIN_NAME = re.compile(r"[a-z]+:[A-Za-z][\w-]*")
_TOKENS = re.compile(
    r"\s+|#[^\n]*"
    r"|@prefix\s+(?P<prefix>\w+):\s*<(?P<space>[^>]*)>\s*\."
    r'|"(?P<text>(?:[^"\\\n]|\\.)*)"(?:@(?P<language>[a-zA-Z-]+)|\^\^(?P<datatype>\w+:\w+))?'
    r"|<(?P<whole>[^>]*)>|(?P<name>\w+:[A-Za-z][\w-]*)|(?P<a>a)\b|(?P<mark>[;,.])"
)


def _turtle(things: Things) -> str:
    lines = [f"@prefix {prefix}: <{space}> ." for prefix, space in PREFIXES.items()]
    for name, facts in things.items():
        said = [
            f"    {predicate} {', '.join(_turtle_value(one) for one in values)}"
            for predicate, values in facts.items()
        ]
        lines.append(f"\n{_turtle_name(name)}\n" + " ;\n".join(said) + " .")
    return "\n".join(lines) + "\n"


def _turtle_name(name: str) -> str:
    if _PLAIN_NAME.fullmatch(name):
        return name
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def _turtle_value(value: Value) -> str:
    if value.name:
        return _turtle_name(value.text)
    text = "".join(_ESCAPES.get(letter, letter) for letter in value.text)
    mark = f"@{value.language}" if value.language else f"^^{value.datatype}" if value.datatype else ""
    return f'"{text}"{mark}'


def _from_turtle(text: str) -> Things:
    things: Things = {}
    subject = predicate = ""
    for piece in _turtle_tokens(text):
        if isinstance(piece, str):
            if piece == "." or (piece == ";" and subject):
                predicate = ""
                subject = "" if piece == "." else subject
        elif not subject:
            subject = piece.text
        elif not predicate:
            predicate = piece.text
        else:
            things.setdefault(subject, {}).setdefault(predicate, []).append(piece)
    return things


def _turtle_tokens(text: str) -> Iterator[Value | str]:
    at = 0
    while at < len(text):
        found = _TOKENS.match(text, at)
        if found is None:
            raise ValueError("not the Turtle that is written here")
        at = found.end()
        if found["text"] is not None:
            said = re.sub(r"\\(.)", lambda one: _UNESCAPES[one[1]], found["text"])
            yield Value(said, language=found["language"] or "", datatype=found["datatype"] or "")
        elif found["whole"] is not None:
            yield Value(_short(found["whole"]), name=True)
        elif found["name"] or found["a"]:
            yield Value(found["name"] or TYPE, name=True)
        elif found["mark"]:
            yield found["mark"]


def _short(name: str) -> str:
    for prefix, space in PREFIXES.items():
        if name.startswith(space):
            return f"{prefix}:{name.removeprefix(space)}"
    raise ValueError("a name of another kind")


# --- JSON-LD -----------------------------------------------------------------------------------------------------


def _json(things: Things) -> str:
    graph = []
    for name, facts in things.items():
        thing: dict[str, Any] = {"@id": name}
        for predicate, values in facts.items():
            if predicate == TYPE:
                thing["@type"] = [one.text for one in values]
            else:
                thing[predicate] = [_json_value(one) for one in values]
        graph.append(thing)
    return json.dumps({"@context": dict(PREFIXES), "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def _json_value(value: Value) -> dict[str, str]:
    if value.name:
        return {"@id": value.text}
    more = (
        {"@language": value.language}
        if value.language
        else {"@type": value.datatype}
        if value.datatype
        else {}
    )
    return {"@value": value.text, **more}


def _from_json(text: str) -> Things:
    things: Things = {}
    for thing in json.loads(text)["@graph"]:
        facts = things.setdefault(thing["@id"], {})
        for predicate, values in thing.items():
            if predicate == "@type":
                facts[TYPE] = [Value(one, name=True) for one in values]
            elif predicate != "@id":
                facts[predicate] = [
                    Value(one["@id"], name=True)
                    if "@id" in one
                    else Value(
                        one["@value"], language=one.get("@language", ""), datatype=one.get("@type", "")
                    )
                    for one in values
                ]
    return things


FORMATS: Mapping[str, tuple[Callable[[Things], str], Callable[[str], Things]]] = {
    "turtle": (_turtle, _from_turtle),
    "jsonld": (_json, _from_json),
}
