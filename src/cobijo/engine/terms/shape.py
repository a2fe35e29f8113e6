"""What the vocabulary consists of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

#: How a concept's own name may be used. `legal-only`: inside quoted titles of treaties and laws; `other`: not of this
#: field, named only to be kept apart.
STATUSES = ("preferred", "with-care", "legal-only", "avoid", "other")
#: How a code of a classification lies to a concept; the names of SKOS, where `narrow` means that the code is narrower.
MATCHES = ("exact", "close", "broad", "narrow", "related")
ALTERNATIVE, DISCOURAGED, LEGAL = KINDS = ("alternative", "discouraged", "legal")


@dataclass(frozen=True)
class Concept:
    """One thing with one meaning, in every language of the vocabulary."""

    id: str
    status: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    use_instead: tuple[str, ...] = ()  # ids, where the concept's own name is not to be used
    broader: str = ""
    not_the_same_as: tuple[str, ...] = ()
    source: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Form:
    """A way to say a concept. A discouraged one says what to write instead and why; `words` may hold choices."""

    concept: str
    language: str
    kind: str
    words: str
    preferred: str = ""
    reason: str = ""
    near: tuple[str, ...] = ()  # groups of which one word each must stand in the same sentence
    unless: tuple[str, ...] = ()  # groups of which no word may stand in the same sentence
    evidence: str = ""


@dataclass(frozen=True)
class Code:
    """A code of a classification that a concept lies beside."""

    concept: str
    system: str
    code: str
    labels: Mapping[str, str]
    match: str
    evidence: str


@dataclass(frozen=True)
class Anchor:
    """Where a treaty speaks of a concept."""

    concept: str
    instrument: str
    article: str
    evidence: str


@dataclass(frozen=True)
class Title:
    """The official title of a treaty, a law or a mandate, or the part of it that holds discouraged words."""

    instrument: str
    language: str
    words: str
    evidence: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """A version of the vocabulary. Concepts keep their ids over versions, discouraged ones too."""

    version: str
    edition: str
    date: date
    languages: tuple[str, ...]
    titles_of_scheme: Mapping[str, str]
    concepts: tuple[Concept, ...]
    forms: tuple[Form, ...]
    mappings: tuple[Code, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    titles: tuple[Title, ...] = ()
    groups: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)  # by language, by name

    @cached_property
    def by_id(self) -> dict[str, Concept]:
        return {one.id: one for one in self.concepts}

    def forms_of(self, concept: str, kind: str = "") -> tuple[Form, ...]:
        """The ways to say a concept, of one kind or of all."""
        return tuple(one for one in self.forms if one.concept == concept and kind in ("", one.kind))
