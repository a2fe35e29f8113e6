"""A key-encryption key on paper: sixteen words that can be read aloud, and a check word a line.

The words are proquints (Wilkerson, "A Proposal for Proquints", 2009): consonants and vowels in turn, 16 bits each. The
check word finds a slip in its line, and two lines that changed places.
"""

from __future__ import annotations

import re

from cobijo.web.core.vault.envelope import SECRET, Kek, check_word
from cobijo.web.core.vault.errors import Custody

CONSONANTS = "bdfghjklmnprstvz"
VOWELS = "aiou"
WORDS_A_LINE = 4
LINES = SECRET // (2 * WORDS_A_LINE)
_LINE = re.compile(r"^\s*([1-9])[.:)]?\s+([a-z]{5}(?:[\s\-·]+[a-z]{5})*)\s*$", re.IGNORECASE)


def word(pair: bytes) -> str:
    """Two bytes as a word of five letters.

    >>> word(bytes([127, 0])), word(bytes([0, 1]))
    ('lusab', 'babad')
    """
    number = int.from_bytes(pair, "big")
    return (
        CONSONANTS[number >> 12]
        + VOWELS[number >> 10 & 3]
        + CONSONANTS[number >> 6 & 15]
        + VOWELS[number >> 4 & 3]
        + CONSONANTS[number & 15]
    )


def pair(text: str) -> bytes:
    """The two bytes of a word. Raises `ValueError` where a letter cannot stand there."""
    first, second, third, fourth, fifth = list(text.lower())
    number = CONSONANTS.index(first) << 12 | VOWELS.index(second) << 10 | CONSONANTS.index(third) << 6
    return (number | VOWELS.index(fourth) << 4 | CONSONANTS.index(fifth)).to_bytes(2, "big")


def lines_of(kek: Kek) -> list[str]:
    """The numbered lines of a sheet: four words and the check word of the line."""
    size = 2 * WORDS_A_LINE
    found = []
    for number in range(LINES):
        piece = kek.secret[number * size : (number + 1) * size]
        words = [word(piece[at : at + 2]) for at in range(0, size, 2)]
        found.append(f"{number + 1}  {' '.join(words)}  {word(check_word(bytes([number]), piece))}")
    return found


def read_lines(text: str) -> Kek:
    """The key that a sheet holds; lines that are not numbered words are passed over.

    Raises `Custody` that names the line in which a word was mistyped or is missing.
    """
    rows = {int(m[1]): re.split(r"[\s\-·]+", m[2].strip()) for m in map(_LINE.match, text.splitlines()) if m}
    secret = b""
    for number in range(LINES):
        try:
            *pairs, check = [pair(one) for one in rows[number + 1]]
        except (KeyError, ValueError):
            raise Custody("vault.sheet_line", line=number + 1) from None
        piece = b"".join(pairs)
        if len(pairs) != WORDS_A_LINE or check != check_word(bytes([number]), piece):
            raise Custody("vault.sheet_line", line=number + 1)
        secret += piece
    return Kek(secret)
