"""How the vocabulary and a checked text are shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext_lazy as _

from cobijo.engine.terms import Concept, Form, Vocabulary
from cobijo.engine.terms.forms import AFTER, expand
from cobijo.engine.terms.shape import ALTERNATIVE
from cobijo.engine.terms.words import folded
from cobijo.web.core.screens.wording import Hint
from cobijo.web.knowledge.terms.queries import OWN, language

#: How a concept's name may be used, the best first: word, mark beside it (never colour alone), class.
STATUSES = {
    "preferred": (_("Preferred"), "✓", "good"),
    "with-care": (_("With care"), "!", "care"),
    "legal-only": (_("Only in quoted legal titles"), "§", "legal"),
    "avoid": (_("Not to be used"), "✕", "avoid"),
    "other": (_("Another thing, kept apart"), "≠", "other"),
}
MATCHES = {
    "exact": _("the same"),
    "close": _("nearly the same"),
    "broad": _("the code is wider"),
    "narrow": _("the code is narrower"),
    "related": _("another thing, close by"),
}
MOST_PHRASES = 4  # of a form with choices, on its concept's page


@dataclass(frozen=True)
class Word:
    """A discouraged form on a concept's page."""

    phrases: tuple[str, ...]
    more: bool
    preferred: str
    language: str
    own: bool


@dataclass(frozen=True)
class Piece:
    """A stretch of a checked text; where it is marked, its hint's number and the hint."""

    text: str
    number: int = 0
    hint: Hint | None = None


def named(vocabulary: Vocabulary, ids: Sequence[str]) -> list[tuple[str, str]]:
    """Concepts by id, as id and name."""
    return [(one, vocabulary.by_id[one].labels[language()]) for one in ids]


def alternatives(vocabulary: Vocabulary, concept: str) -> list[tuple[str, str]]:
    """Other good names, with their language."""
    return [(one.words, one.language) for one in vocabulary.forms_of(concept, ALTERNATIVE)]


def discouraged(vocabulary: Vocabulary, concept: str) -> list[Word]:
    """The reader's language first."""
    forms = [one for one in vocabulary.forms_of(concept) if one.kind != ALTERNATIVE]
    forms.sort(key=lambda one: one.language != language())
    return [_word(vocabulary, one) for one in forms]


def _word(vocabulary: Vocabulary, form: Form) -> Word:
    said = form.words.replace(AFTER, "")
    phrases = list(islice(expand(said, vocabulary.groups.get(form.language, {})), MOST_PHRASES + 1))
    own = form.reason.startswith(f"{OWN}:")
    return Word(
        tuple(phrases[:MOST_PHRASES]), len(phrases) > MOST_PHRASES, form.preferred, form.language, own
    )


def matching(vocabulary: Vocabulary, words: str) -> list[Concept]:
    """Concepts in which all the words asked for stand, in whatever language; every concept where none is asked."""
    asked = folded(words).split()
    found = [
        one
        for one in vocabulary.concepts
        if not asked or all(word in _all_words(vocabulary, one) for word in asked)
    ]
    order = list(STATUSES)
    return sorted(found, key=lambda one: (order.index(one.status), one.labels[language()].casefold()))


def _all_words(vocabulary: Vocabulary, concept: Concept) -> str:
    forms = " ".join(one.words for one in vocabulary.forms_of(concept.id))
    return folded(" ".join((concept.id, *concept.labels.values(), *concept.definitions.values(), forms)))


def pieces(text: str, hints: Sequence[Hint]) -> Iterator[Piece]:
    """The text with its findings marked, in its order."""
    at = 0
    for number, one in enumerate(hints, 1):
        if one.start > at:
            yield Piece(text[at : one.start])
        yield Piece(text[one.start : one.end], number, one)
        at = one.end
    if at < len(text):
        yield Piece(text[at:])
