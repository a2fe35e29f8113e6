"""The vocabulary as SKOS: for other programs, and back.

Preferred names are `skos:prefLabel`, other good ones `skos:altLabel`; the first phrases of each discouraged form are
`skos:hiddenLabel`, so that a search finds the concept. What SKOS has no word for (how a concept may be used, what it is
not, forms with their reasons) stands under Cobijo's own names, so that `load_skos` gives back the same vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice

from cobijo.engine.terms.forms import AFTER, expand
from cobijo.engine.terms.graph import TYPE, Things, Value, read, write
from cobijo.engine.terms.loading import check_vocabulary
from cobijo.engine.terms.shape import ALTERNATIVE, Anchor, Code, Concept, Form, Title, Vocabulary
from cobijo.errors import InputProblem

SCHEME = "cobijo:scheme"
_HIDDEN = 6  # phrases of a discouraged form that become hidden labels
_MATCH = {one: f"skos:{one}Match" for one in ("exact", "close", "broad", "narrow", "related")}


def export_skos(vocabulary: Vocabulary, format: str = "turtle") -> str:
    """The vocabulary as text: `turtle` or `jsonld`."""
    return write(_things(vocabulary), format)


def load_skos(text: str, format: str = "turtle") -> Vocabulary:
    """A vocabulary that `export_skos` wrote."""
    things = read(text, format)
    try:
        made = _vocabulary(things)
    except (KeyError, IndexError, ValueError):
        raise InputProblem("terms.not_skos", format=format) from None
    check_vocabulary(made)
    return made


# --- Writing -----------------------------------------------------------------------------------------------------


def _things(vocabulary: Vocabulary) -> Things:
    things: Things = {SCHEME: _scheme(vocabulary)}
    for concept in vocabulary.concepts:
        things[f"cobijo:{concept.id}"] = _concept(vocabulary, concept)
    for code in vocabulary.mappings:
        name = f"cobijo:code/{code.system.replace(' ', '-')}/{code.code}"
        _add(things[f"cobijo:{code.concept}"], _MATCH[code.match], Value(name, name=True))
    for name, number, facts, labels in _parts(vocabulary):
        said = {f"cobijo:{fact}": [Value(value)] for fact, value in facts.items() if value}
        things[f"cobijo:{name}/{number}"] = said
        if labels:
            said["skos:prefLabel"] = _spoken(labels)
    return things


def _scheme(vocabulary: Vocabulary) -> dict[str, list[Value]]:
    return {
        TYPE: [Value("skos:ConceptScheme", name=True)],
        "owl:versionInfo": [Value(vocabulary.version)],
        "cobijo:edition": [Value(vocabulary.edition)],
        "dct:issued": [Value(vocabulary.date.isoformat(), datatype="xsd:date")],
        "dct:title": _spoken(vocabulary.titles_of_scheme),
        "cobijo:languages": [Value("|".join(vocabulary.languages))],
    }


def _concept(vocabulary: Vocabulary, concept: Concept) -> dict[str, list[Value]]:
    facts = {
        TYPE: [Value("skos:Concept", name=True)],
        "skos:inScheme": [Value(SCHEME, name=True)],
        "skos:notation": [Value(concept.id)],
        "skos:prefLabel": _spoken(concept.labels),
        "skos:definition": _spoken(concept.definitions),
        "cobijo:useStatus": [Value(concept.status)],
        "dct:source": [Value(concept.source)],
        "cobijo:evidence": [Value(concept.evidence)],
    }
    if concept.broader:
        facts["skos:broader"] = [Value(f"cobijo:{concept.broader}", name=True)]
    for predicate, others in (
        ("dct:isReplacedBy", concept.use_instead),
        ("cobijo:notTheSameAs", concept.not_the_same_as),
    ):
        if others:
            facts[predicate] = [Value(f"cobijo:{other}", name=True) for other in others]
    for form in vocabulary.forms_of(concept.id):
        if form.kind == ALTERNATIVE:
            _add(facts, "skos:altLabel", Value(form.words, language=form.language))
            continue
        phrases = expand(form.words.partition(AFTER)[0], vocabulary.groups.get(form.language, {}))
        for phrase in islice(phrases, _HIDDEN):
            hidden = Value(phrase, language=form.language)
            if hidden not in facts.get("skos:hiddenLabel", ()):  # one phrase may be of two forms
                _add(facts, "skos:hiddenLabel", hidden)
    return facts


Part = tuple[str, int, Mapping[str, str], Mapping[str, str]]


def _parts(vocabulary: Vocabulary) -> Iterator[Part]:
    """Everything that is no concept: its kind, its place among its like, its facts, its labels."""
    for number, form in enumerate(vocabulary.forms):
        facts = {
            "concept": form.concept, "language": form.language, "kind": form.kind, "words": form.words,
            "preferred": form.preferred, "reason": form.reason, "near": "+".join(form.near),
            "unless": "|".join(form.unless), "evidence": form.evidence,
        }  # fmt: skip
        yield "form", number, facts, {}
    for number, code in enumerate(vocabulary.mappings):
        facts = {
            "concept": code.concept, "system": code.system, "code": code.code, "match": code.match,
            "evidence": code.evidence,
        }  # fmt: skip
        yield "mapping", number, facts, code.labels
    for number, one in enumerate(vocabulary.anchors):
        yield "treaty", number, {**vars(one)}, {}
    for number, title in enumerate(vocabulary.titles):
        yield "title", number, {**vars(title)}, {}
    for language, groups in vocabulary.groups.items():
        for number, (name, phrases) in enumerate(groups.items()):
            yield f"group-{language}", number, {"name": name, "words": "|".join(phrases)}, {}


def _spoken(labels: Mapping[str, str]) -> list[Value]:
    return [Value(text, language=language) for language, text in labels.items()]


def _add(facts: dict[str, list[Value]], predicate: str, value: Value) -> None:
    facts.setdefault(predicate, []).append(value)


# --- Reading -----------------------------------------------------------------------------------------------------


def _vocabulary(things: Things) -> Vocabulary:
    scheme = things[SCHEME]
    languages = tuple(_said(scheme, "cobijo:languages").split("|"))
    return Vocabulary(
        version=_said(scheme, "owl:versionInfo"),
        edition=_said(scheme, "cobijo:edition"),
        date=date.fromisoformat(_said(scheme, "dct:issued")),
        languages=languages,
        titles_of_scheme=_heard(scheme["dct:title"]),
        concepts=tuple(_read_concept(one) for one in things.values() if "skos:notation" in one),
        forms=tuple(
            Form(
                one["concept"], one["language"], one["kind"], one["words"], one.get("preferred", ""),
                one.get("reason", ""), _divided(one.get("near", ""), "+"), _divided(one.get("unless", ""), "|"),
                one.get("evidence", ""),
            )
            for one, _ in _read_parts(things, "form")
        ),
        mappings=tuple(
            Code(one["concept"], one["system"], one["code"], labels, one["match"], one.get("evidence", ""))
            for one, labels in _read_parts(things, "mapping")
        ),
        anchors=tuple(
            Anchor(one["concept"], one["instrument"], one["article"], one.get("evidence", ""))
            for one, _ in _read_parts(things, "treaty")
        ),
        titles=tuple(
            Title(one["instrument"], one["language"], one["words"], one.get("evidence", ""))
            for one, _ in _read_parts(things, "title")
        ),
        groups={
            language: {
                one["name"]: _divided(one["words"], "|") for one, _ in _read_parts(things, f"group-{language}")
            }
            for language in languages
        },
    )  # fmt: skip


def _read_concept(facts: Mapping[str, list[Value]]) -> Concept:
    return Concept(
        id=_said(facts, "skos:notation"),
        status=_said(facts, "cobijo:useStatus"),
        labels=_heard(facts["skos:prefLabel"]),
        definitions=_heard(facts["skos:definition"]),
        use_instead=_named(facts, "dct:isReplacedBy"),
        broader="".join(_named(facts, "skos:broader")),
        not_the_same_as=_named(facts, "cobijo:notTheSameAs"),
        source=_said(facts, "dct:source"),
        evidence=_said(facts, "cobijo:evidence"),
    )


def _read_parts(things: Things, name: str) -> list[tuple[dict[str, str], dict[str, str]]]:
    """Facts and labels of all parts of one kind, in their places."""
    found = []
    for key, facts in things.items():
        kind, _, number = key.removeprefix("cobijo:").partition("/")
        if kind == name:
            plain = {
                predicate.removeprefix("cobijo:"): values[0].text
                for predicate, values in facts.items()
                if predicate.startswith("cobijo:")
            }
            found.append((int(number), plain, _heard(facts.get("skos:prefLabel", ()))))
    return [(plain, labels) for _, plain, labels in sorted(found, key=lambda one: one[0])]


def _said(facts: Mapping[str, list[Value]], predicate: str) -> str:
    return facts[predicate][0].text


def _heard(values: Iterable[Value]) -> dict[str, str]:
    return {one.language: one.text for one in values}


def _named(facts: Mapping[str, list[Value]], predicate: str) -> tuple[str, ...]:
    return tuple(one.text.removeprefix("cobijo:") for one in facts.get(predicate, ()))


def _divided(text: str, mark: str) -> tuple[str, ...]:
    return tuple(text.split(mark)) if text else ()
