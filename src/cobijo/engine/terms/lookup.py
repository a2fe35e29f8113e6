"""All forms of one language in one tree of stems, so that a text is walked once whatever the number of forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from cobijo.engine.terms.words import STEMS, Word, folded, words_of

T = TypeVar("T")
#: What may stand between two words of one form: spaces, one line end, a hyphen, quotation marks, Markdown's stars.
JOIN = re.compile(
    r"[ \t\u00a0\u2000-\u200d\u202f\u00ad\-‐‑–*_\"'“”„«»‘’(\[]*(?:\r?\n[ \t>]*)?[ \t\"'“«‘*_(\[)\]]*"
)
#: The same with a comma, for forms that have one: “niñas, niños y adolescentes”.
COMMA = re.compile(r"\s?,\s*")
#: A word that goes on in the next line.
HYPHENATED = re.compile(r"[-‐‑\u00ad][ \t]*\r?\n[ \t]*")


@dataclass
class Tree(Generic[T]):
    """A word opens a branch; `,word` the one for a word after a comma. `ends` is what ends here."""

    branches: dict[str, Tree[T]] = field(default_factory=dict)
    ends: list[T] = field(default_factory=list)

    def put(self, phrase: str, language: str, value: T) -> None:
        """Add a phrase; where it has a comma, it is found without one too."""
        self._put(phrase, words_of(phrase, language), 0, value)

    def _put(self, phrase: str, words: Sequence[Word], number: int, value: T) -> None:
        if number == len(words):
            if value not in self.ends:
                self.ends.append(value)
            return
        word = words[number]
        self.branches.setdefault(word.stem, Tree())._put(phrase, words, number + 1, value)
        if number and "," in phrase[words[number - 1].end : word.start]:
            self.branches.setdefault(f",{word.stem}", Tree())._put(phrase, words, number + 1, value)


def matches_at(
    tree: Tree[T], text: str, language: str, words: Sequence[Word], first: int
) -> Iterator[tuple[int, T]]:
    """What begins at a word: number of the last word, and what ends there. Shorter ones come first."""
    open_ = [(tree, first, "")]
    while open_:
        at, number, comma = open_.pop(0)
        for stem, last in _readings(text, language, words, number):
            branch = at.branches.get(comma + stem)
            if branch is None:
                continue
            for value in branch.ends:
                yield last, value
            if last + 1 < len(words) and branch.branches:
                between = text[words[last].end : words[last + 1].start]
                if JOIN.fullmatch(between):
                    open_.append((branch, last + 1, ""))
                elif COMMA.fullmatch(between):
                    open_.append((branch, last + 1, ","))


def _readings(text: str, language: str, words: Sequence[Word], number: int) -> Iterator[tuple[str, int]]:
    """A word as it stands, and with its other half where a hyphen at the end of a line divides it."""
    word = words[number]
    if not word.stem:
        return
    yield word.stem, number
    if number + 1 < len(words):
        after = words[number + 1]
        if after.stem and HYPHENATED.fullmatch(text, word.end, after.start):
            whole = text[word.start : word.end] + text[after.start : after.end]
            yield STEMS[language](whole), number + 1


def sentence_around(text: str, words: Sequence[Word], first: int, last: int) -> tuple[int, int]:
    """Numbers of the first and the last word of the sentence that two words stand in."""
    while first > 0 and not _parted(text, words[first - 1], words[first]):
        first -= 1
    while last + 1 < len(words) and not _parted(text, words[last], words[last + 1]):
        last += 1
    return first, last


def _parted(text: str, before: Word, after: Word) -> bool:
    between = text[before.end : after.start]
    if "\n" in between and between.count("\n") > 1:
        return True
    ends = any(mark in between for mark in ".?!…")
    # An abbreviation or a number does not end a sentence: what follows it is small or a figure.
    return ends and (text[after.start].isupper() or "\n" in between or any(m in between for m in "¿¡?!"))


def tree_of(entries: Iterable[tuple[str, T]], language: str) -> Tree[T]:
    """A tree of phrases with what each stands for."""
    made: Tree[T] = Tree()
    for phrase, value in entries:
        made.put(phrase, language, value)
    return made


__all__ = ["Tree", "folded", "matches_at", "sentence_around", "tree_of"]
