"""How a clerk, a machine or a frightened child changes what is written: functions of a text and a number.

The number decides which slip happens, so that one seed gives one list.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Texts = NDArray[np.object_]
Slip = Callable[[str, int], str]

_NEIGHBOURS = {
    **dict(
        zip("qwertyuiop", ("wa", "qes", "wrd", "etf", "ryg", "tuh", "yij", "uok", "ipl", "ol"), strict=True)
    ),
    **dict(
        zip("asdfghjklñ", ("sq", "adw", "sfe", "dgr", "fht", "gjy", "hku", "jli", "kño", "lp"), strict=True)
    ),
    **dict(zip("zxcvbnm", ("xa", "zcs", "xvd", "cbf", "vng", "bmh", "nj"), strict=True)),
}
#: One sound, two spellings; tried in an order that the number turns.
_SOUNDS = (
    *(("v", "b"), ("b", "v"), ("z", "s"), ("s", "z"), ("ce", "se"), ("ci", "si"), ("ll", "y"), ("y", "ll")),
    *(
        ("ge", "je"),
        ("gi", "ji"),
        ("je", "ge"),
        ("ji", "gi"),
        ("x", "j"),
        ("qu", "k"),
        ("h", ""),
        ("rr", "r"),
    ),
    *(("ñ", "n"), ("nv", "mb"), ("cc", "c"), ("ia", "ea"), ("gü", "w"), ("hu", "gu")),
)
_SCANNED = (
    *(
        ("m", "rn"),
        ("rn", "m"),
        ("l", "1"),
        ("i", "l"),
        ("o", "0"),
        ("e", "c"),
        ("cl", "d"),
        ("h", "b"),
        ("n", "ri"),
    ),
    *(("u", "ii"), ("g", "q"), ("a", "o"), ("t", "f"), ("v", "y")),
)
_ID_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


def unaccented(text: str, _: int = 0) -> str:
    """Without accents; ñ stays, because keyboards have it.

    >>> unaccented("Núñez Güemes")
    'Nuñez Guemes'
    """
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFD", text.replace("ñ", "\0").replace("Ñ", "\1"))
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    return plain.replace("\0", "ñ").replace("\1", "Ñ")


def keyboard(text: str, number: int) -> str:
    """One slip of a finger: a neighbour's key, a letter twice, one left out, or two changed over.

    >>> [keyboard("Ramos", n) for n in (0, 1, 2, 3)]
    ['Rsmos', 'Raamos', 'Rmos', 'Rmaos']
    """
    if len(text) < 3:
        return text
    kind, number = number % 4, number // 4
    at = 1 + number % (len(text) - 1)
    letter = text[at]
    if kind == 1:
        return text[:at] + letter.lower() + text[at:]
    if kind == 2:
        return text[:at] + text[at + 1 :]
    if kind == 3:
        at = min(at, len(text) - 2)
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    near = _NEIGHBOURS.get(unaccented(letter.lower()), "aeo")
    return text[:at] + near[number // len(text) % len(near)] + text[at + 1 :]


def _rewrite(text: str, number: int, pairs: tuple[tuple[str, str], ...]) -> str:
    lower = text.lower()
    for step in range(len(pairs)):
        find, to = pairs[(number + step) % len(pairs)]
        at = lower.find(find)
        if at < 0:
            continue
        new = text[:at] + to + text[at + len(find) :]
        return new[:1].upper() + new[1:] if text[:1].isupper() else new
    return keyboard(text, number)


def spelling(text: str, number: int) -> str:
    """Written as it sounds.

    >>> spelling("Velázquez", 0), spelling("Hernández", 14)
    ('Belázquez', 'Ernández')
    """
    return _rewrite(text, number, _SOUNDS)


def scanned(text: str, number: int) -> str:
    """Read from paper by a machine.

    >>> scanned("Carmen", 0)
    'Carrnen'
    """
    return _rewrite(text, number, _SCANNED)


def wrong_id(text: str, number: int) -> str:
    """An official id with one character wrong or, one time in four, its last one missing."""
    if number % 4 == 0:
        return text[:-1]
    number //= 4
    at = number % len(text)
    other = _ID_LETTERS[number // len(text) % len(_ID_LETTERS)]
    return text[:at] + (other if other != text[at] else "X") + text[at + 1 :]


def apply(texts: Texts, chance: NDArray[np.float64] | float, slip: Slip, rng: np.random.Generator) -> None:
    """Let `slip` happen to each text that is there with its chance, in place."""
    size = len(texts)
    hit = np.flatnonzero(rng.random(size) < chance)
    numbers = rng.integers(0, 1 << 40, len(hit))
    for i, number in zip(hit.tolist(), numbers.tolist(), strict=True):
        if texts[i]:
            texts[i] = slip(texts[i], number)
