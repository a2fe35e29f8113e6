"""Words of a text with their places, and what each is when number, gender, accents and capitals are taken away.

Rough on purpose and the same for a text and for the forms looked for in it: both sides lose the same ending, so
`prostitutas`, `Prostituto` and `prostitut@s` meet in one stem. It is no stemmer for anything else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

#: A letter may carry its accent as a mark of its own; a soft hyphen may stand inside a word.
_LETTER = r"[^\W\d_]"
_INSIDE = rf"(?:{_LETTER}|[\u0300-\u036f\u00ad])"
#: Words as one reads them: `niñ@s`, `niños/as`, `trabajador(a)` and `child's` are one word each; `18` counts as one.
#: An address is one piece, so that nothing inside it is ever marked.
_WORDS = re.compile(
    r"(?P<address>(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,64})"
    rf"|{_LETTER}{_INSIDE}*(?:@{_INSIDE}*)?(?:['’]s\b)?(?:/(?:[ao]s?|es)\b|\([ao]?s?\)s?)?"
    r"|\d+"
)
_SOFT = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d"))
_VOWELS = frozenset("aeiou")
_ENGLISH_PLURALS = {"children": "child", "women": "woman", "men": "man"}


class Word(NamedTuple):
    """One word of a text: where it stands, and what it is looked up by."""

    start: int
    end: int
    stem: str


def folded(word: str) -> str:
    """Small letters without accents, and without what only helps to break a line."""
    spread = unicodedata.normalize("NFKD", word.translate(_SOFT).casefold())
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


@lru_cache(maxsize=50_000)
def spanish(word: str) -> str:
    """Without the ending of number and gender: niñas, niños/as, niñ@s, niñxs -> nin; menores -> menor."""
    stem = re.split(r"[/(]", folded(word), maxsplit=1)[0]
    if len(stem) > 3 and stem.endswith("s"):
        stem = stem[:-1]
    if len(stem) > 3 and stem[-1] in "ao@":
        return stem[:-1]
    if len(stem) > 3 and stem[-1] in "ex" and stem[-2] not in _VOWELS:
        return stem[:-1]
    return stem


@lru_cache(maxsize=50_000)
def english(word: str) -> str:
    """Without possessive and plural: children’s -> child; bodies -> body."""
    stem = re.split(r"[/(]|['’]s$", folded(word), maxsplit=1)[0]
    stem = _ENGLISH_PLURALS.get(stem, stem)
    if len(stem) > 4 and stem.endswith("ies"):
        return stem[:-3] + "y"
    if len(stem) > 3 and stem.endswith("s") and not stem.endswith("ss"):
        return stem[:-1]
    return stem


STEMS: Mapping[str, Callable[[str], str]] = {"es": spanish, "en": english}


Place = tuple[int, int, str]  # from, to, the word; empty for an address


def words_of(text: str, language: str, places: Sequence[Place] | None = None) -> list[Word]:
    """The words of a text in their order. An address is a word that is like no other.

    >>> [one.stem for one in words_of("Las niñas y los niños", "es")]
    ['las', 'nin', 'y', 'los', 'nin']
    """
    stem = STEMS[language]
    return [Word(start, end, stem(said) if said else "") for start, end, said in places or places_of(text)]


def places_of(text: str) -> list[Place]:
    """Where the words stand, which is the same in every language."""
    return [
        (found.start(), found.end(), "" if found.lastgroup == "address" else found.group())
        for found in _WORDS.finditer(text)
    ]
