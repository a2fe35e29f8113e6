"""The terminology check: discouraged words with what to write instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cobijo.engine.terms.forms import AFTER, expand
from cobijo.engine.terms.loading import load_vocabulary
from cobijo.engine.terms.lookup import Tree, matches_at, sentence_around, tree_of
from cobijo.engine.terms.shape import ALTERNATIVE, Form, Title, Vocabulary
from cobijo.engine.terms.titles import Place, quoted_places
from cobijo.engine.terms.words import Word, places_of, words_of


@dataclass(frozen=True)
class Finding:
    """A discouraged word: what stands where (characters of the text), what to write instead, and why (a code)."""

    term: str
    start: int
    end: int
    preferred: str
    reason: str
    concept: str
    language: str

    def as_dict(self) -> dict[str, str | int]:
        """For JSON: `term`, `start`, `end`, `preferred` first."""
        return {
            "term": self.term, "start": self.start, "end": self.end, "preferred": self.preferred,
            "reason": self.reason, "concept": self.concept, "language": self.language,
        }  # fmt: skip


@dataclass(frozen=True)
class _Index:
    forms: Tree[tuple[Form, int]]  # the number of words behind the mark that only must follow
    titles: Tree[Title]
    groups: Mapping[str, Tree[str]]


def check(text: str, language: str = "", *, vocabulary: Vocabulary | None = None) -> tuple[Finding, ...]:
    """Find the discouraged words of a text in one language, or in each of the vocabulary's where none is named.

    The longest form wins, and findings never overlap. What stands in a quoted title of a treaty or a law, or is only
    spoken of ("the term ..."), is left alone; so are words that depend on what the sentence is about (a shop's client).

    Args:
        text: plain text; offsets count its characters.
        language: `es`, `en`, or nothing for both.
        vocabulary: another one than the one that comes along.

    >>> [(one.term, one.preferred) for one in check("Contra el turismo sexual infantil", "es")][0][0]
    'turismo sexual infantil'
    >>> check("Optional Protocol on the sale of children, child prostitution and child pornography")
    ()
    """
    known = vocabulary or load_vocabulary()
    languages = (language,) if language else known.languages
    places = places_of(text)
    read = {one: words_of(text, one, places) for one in languages}
    indexes = {one: _index(known, one) for one in languages}
    found = [finding for one in languages for finding in _candidates(text, one, read[one], indexes[one])]
    if not found:
        return ()
    quoted = quoted_places(text, {one: (read[one], indexes[one].titles) for one in languages})
    return tuple(_apart([one for one in found if not _inside(one, quoted)]))


def _candidates(text: str, language: str, words: Sequence[Word], index: _Index) -> Iterator[Finding]:
    number = 0
    branches = index.forms.branches
    while number < len(words):
        best: tuple[int, Form] | None = None
        if words[number].stem in branches or _may_be_divided(text, words, number):
            for end, (form, behind) in matches_at(index.forms, text, language, words, number):
                last = max(number, end - behind)
                if (best is None or last > best[0]) and _fits(
                    form, text, language, words, number, last, index
                ):
                    best = (last, form)
        if best is None:
            number += 1
            continue
        last, form = best
        start, end = words[number].start, words[last].end
        yield Finding(text[start:end], start, end, form.preferred, form.reason, form.concept, language)
        number = last + 1


def _may_be_divided(text: str, words: Sequence[Word], number: int) -> bool:
    return number + 1 < len(words) and text[words[number].end] in "-‐‑\u00ad"


def _fits(
    form: Form, text: str, language: str, words: Sequence[Word], first: int, last: int, index: _Index
) -> bool:
    """Whether the sentence around speaks of what the form needs, and of nothing that makes it innocent."""
    if not form.near and not form.unless:
        return True
    begins, ends = sentence_around(text, words, first, last)
    others = [one for one in range(begins, ends + 1) if not first <= one <= last]

    def speaks_of(group: str) -> bool:
        tree = index.groups[group]
        return any(
            words[one].stem in tree.branches and _any(matches_at(tree, text, language, words, one), ends)
            for one in others
        )

    return all(speaks_of(one) for one in form.near) and not any(speaks_of(one) for one in form.unless)


def _any(found: Iterator[tuple[int, str]], ends: int) -> bool:
    return any(last <= ends for last, _ in found)


#: Reasons for which a word is discouraged that the law itself uses.
_OF_THE_LAW = frozenset({"legal", "tourism"})


def _inside(finding: Finding, places: Sequence[Place]) -> bool:
    return any(
        place.start <= finding.start and finding.end <= place.end
        for place in places
        if not place.legal_only or finding.reason in _OF_THE_LAW
    )


def _apart(found: list[Finding]) -> Iterator[Finding]:
    """In the order of the text, and of two that overlap the longer one."""
    taken: list[Finding] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if all(one.end <= other.start or other.end <= one.start for other in taken):
            taken.append(one)
    return iter(sorted(taken, key=lambda one: one.start))


_indexes: dict[tuple[int, str], tuple[Vocabulary, _Index]] = {}


def _index(vocabulary: Vocabulary, language: str) -> _Index:
    """Built once for a vocabulary and a language; the vocabulary is kept beside it, so that its id stays its own."""
    kept = _indexes.get((id(vocabulary), language))
    if kept is not None and kept[0] is vocabulary:
        return kept[1]
    groups = vocabulary.groups.get(language, {})
    made = _Index(
        forms=tree_of(
            (
                (phrase, (form, len(words_of(phrase.partition(AFTER)[2], language))))
                for form in vocabulary.forms
                if form.language == language and form.kind != ALTERNATIVE
                for phrase in expand(form.words, groups)
            ),
            language,
        ),
        titles=tree_of(((one.words, one) for one in vocabulary.titles if one.language == language), language),
        groups={
            name: tree_of(((phrase, name) for phrase in phrases), language)
            for name, phrases in groups.items()
        },
    )
    if len(_indexes) > 8:
        _indexes.clear()
    _indexes[id(vocabulary), language] = (vocabulary, made)
    return made
