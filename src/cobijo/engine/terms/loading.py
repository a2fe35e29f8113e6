"""The vocabulary from its folder, checked: a wrong row stops with its file and number."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from cobijo.engine.terms.forms import expand
from cobijo.engine.terms.shape import KINDS, MATCHES, STATUSES, Anchor, Code, Concept, Form, Title, Vocabulary
from cobijo.errors import InputProblem

FOLDER = Path(__file__).parent / "vocabulary"


@lru_cache(maxsize=4)
def load_vocabulary(folder: Path = FOLDER) -> Vocabulary:
    """The vocabulary that comes with Cobijo, or one from another folder of the same files.

    >>> vocabulary = load_vocabulary()
    >>> vocabulary.by_id["csam"].labels["en"]
    'child sexual abuse material'
    """
    try:
        head = tomllib.loads((folder / "vocabulary.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputProblem("terms.file_missing", file="vocabulary.toml") from None
    languages = tuple(head["languages"])
    groups = {
        language: {name: tuple(words) for name, words in named.items()}
        for language, named in head["groups"].items()
    }
    made = Vocabulary(
        version=head["version"],
        edition=head["edition"],
        date=head["date"],
        languages=languages,
        titles_of_scheme=head["title"],
        concepts=tuple(
            Concept(
                id=row["id"],
                status=row["status"],
                labels={one: row[f"label_{one}"] for one in languages},
                definitions={one: row[f"definition_{one}"] for one in languages},
                use_instead=_split(row["use_instead"]),
                broader=row["broader"],
                not_the_same_as=_split(row["not_the_same_as"]),
                source=row["source"],
                evidence=row["evidence"],
            )
            for row in _rows(folder, "concepts.csv")
        ),
        forms=tuple(
            Form(
                row["concept"], row["language"], row["kind"], row["form"], row["preferred"], row["reason"],
                tuple(row["near"].split("+")) if row["near"] else (), _split(row["unless"]), row["evidence"],
            )
            for row in _rows(folder, "forms.csv")
        ),
        mappings=tuple(
            Code(
                row["concept"], row["system"], row["code"], {one: row[f"label_{one}"] for one in languages},
                row["match"], row["evidence"],
            )
            for row in _rows(folder, "mappings.csv")
        ),
        anchors=tuple(Anchor(**row) for row in _rows(folder, "treaties.csv")),
        titles=tuple(
            Title(row["instrument"], row["language"], row["title"], row["evidence"])
            for row in _rows(folder, "titles.csv")
        ),
        groups=groups,
    )  # fmt: skip
    check_vocabulary(made)
    return made


def with_titles(vocabulary: Vocabulary, titles: Sequence[Title]) -> Vocabulary:
    """The same vocabulary, with the titles of a country's laws left alone as well."""
    return replace(vocabulary, titles=(*vocabulary.titles, *titles))


def check_vocabulary(vocabulary: Vocabulary) -> None:
    """Every reference finds what it names, and every discouraged form says what to write instead and why."""
    ids = [one.id for one in vocabulary.concepts]
    for doubled in sorted({one for one in ids if ids.count(one) > 1}):
        raise InputProblem("terms.doubled", concept=doubled)
    for concept in vocabulary.concepts:
        if concept.status not in STATUSES:
            raise InputProblem("terms.status_unknown", concept=concept.id, status=concept.status)
        if not all(concept.labels.values()) or not concept.evidence:
            raise InputProblem("terms.incomplete", concept=concept.id)
        for other in (*concept.use_instead, *concept.not_the_same_as, *filter(None, [concept.broader])):
            _known(other, vocabulary, concept.id)
    for form in vocabulary.forms:
        _known(form.concept, vocabulary, form.words)
        if form.kind not in KINDS or form.language not in vocabulary.languages:
            raise InputProblem("terms.form_wrong", form=form.words)
        if form.kind != "alternative" and not (form.preferred and form.reason):
            raise InputProblem("terms.no_preferred", form=form.words)
        groups = vocabulary.groups.get(form.language, {})
        for group in (*form.near, *form.unless):
            if group not in groups:
                raise InputProblem("terms.group_unknown", group=group, form=form.words)
        if not any(expand(form.words, groups)):
            raise InputProblem("terms.form_wrong", form=form.words)
    for code in vocabulary.mappings:
        _known(code.concept, vocabulary, code.code)
        if code.match not in MATCHES:
            raise InputProblem("terms.match_unknown", concept=code.concept, match=code.match)
    for anchor in vocabulary.anchors:
        _known(anchor.concept, vocabulary, anchor.instrument)


def _known(concept: str, vocabulary: Vocabulary, place: str) -> None:
    if concept not in vocabulary.by_id:
        raise InputProblem("terms.concept_unknown", concept=concept, place=place)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _rows(folder: Path, file: str) -> Iterator[dict[str, str]]:
    try:
        with (folder / file).open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened)
            for row in reader:
                if None in row or None in row.values():
                    raise InputProblem("terms.row_wrong", file=file, row=reader.line_num)
                yield {name: value.strip() for name, value in row.items()}
    except FileNotFoundError:
        raise InputProblem("terms.file_missing", file=file) from None
