"""Mexico's CURP: check digit, what it repeats of other fields, and whether its letters agree with the names.

Four letters of the names, YYMMDD, sex, two letters of the state of birth (NE: born abroad), three inner
consonants, one
character that tells the century (digit: born before 2000; letter: 2000 or later), check digit. It is strong
evidence
of who somebody is and never a key: people have two, and two people one, by clerks' mistakes.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from cobijo.engine.pack import NameRules, fold

ALPHABET = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
SHAPE = r"^[A-Z]{4}\d{6}[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[0-9A-Z]\d$"
SEXES = {"H": "male", "M": "female", "X": "other"}
#: The reasons why a CURP cannot be right, in the order in which they are looked at; "" means that nothing is
#: wrong.
REASONS = ("", "shape", "date", "state", "digit")

_VALUE = np.zeros(256, dtype=np.int64)
for _place, _sign in enumerate(ALPHABET):
    if _sign.isascii():
        _VALUE[ord(_sign)] = _place
_WEIGHTS = np.arange(18, 1, -1)
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxyz")


def check_digit(first_seventeen: str) -> int:
    """The eighteenth character: (10 - sum of value times weight 18…2, mod 10) mod 10.

    >>> check_digit("BOXW310820HNERXN0")
    9
    """
    total = sum(ALPHABET.index(c) * (18 - i) for i, c in enumerate(first_seventeen[:17]))
    return (10 - total % 10) % 10


@dataclass(frozen=True)
class CurpColumn:
    """A column of CURPs looked at: index into `REASONS`, and what the right ones repeat (else null)."""

    reason: npt.NDArray[np.int8]
    birth_date: pa.Array
    sex: pa.Array


def read_curps(column: pa.Array, states: Collection[str]) -> CurpColumn:
    """Check a column of tidy upper-case texts (null: none given) against the two-letter codes of `states`."""
    count = len(column)
    reason = np.zeros(count, dtype=np.int8)
    days = np.zeros(count, dtype="datetime64[D]")
    sexes: npt.NDArray[np.object_] = np.full(count, None, dtype=object)
    given = pc.is_valid(column).to_numpy(zero_copy_only=False)
    fits = pc.fill_null(pc.match_substring_regex(column, SHAPE), False).to_numpy(zero_copy_only=False)
    reason[given & ~fits] = 1
    at = np.flatnonzero(fits)
    if len(at):
        texts = np.array(column.take(pa.array(at)).to_pylist(), dtype="S18")
        signs = texts.view(np.uint8).reshape(-1, 18)
        days[at], right_date = _dates(signs)
        state = np.char.add(texts.view("S1").reshape(-1, 18)[:, 11], texts.view("S1").reshape(-1, 18)[:, 12])
        right_state = np.isin(state, np.array([s.encode() for s in states], dtype="S2"))
        sums = (_VALUE[signs[:, :17]] * _WEIGHTS).sum(axis=1)
        right_digit = (10 - sums % 10) % 10 == signs[:, 17] - ord("0")
        reason[at] = np.select([~right_date, ~right_state, ~right_digit], [2, 3, 4], 0)
        table = np.full(256, None, dtype=object)
        for sign, sex in SEXES.items():
            table[ord(sign)] = sex
        sexes[at] = table[signs[:, 10]]
    wrong = (reason > 0) | ~fits
    sexes[wrong] = None
    return CurpColumn(
        reason, pa.array(days, type=pa.date32(), mask=wrong), pa.array(sexes.tolist(), type=pa.string())
    )


def _dates(signs: npt.NDArray[np.uint8]) -> tuple[npt.NDArray[np.datetime64], npt.NDArray[np.bool_]]:
    digits = signs[:, 4:10].astype(np.int64) - ord("0")
    late = signs[:, 16] > ord("9")
    year = np.where(late, 2000, 1900) + digits[:, 0] * 10 + digits[:, 1]
    month = digits[:, 2] * 10 + digits[:, 3]
    day = digits[:, 4] * 10 + digits[:, 5]
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    dates = months.astype("datetime64[D]") + (day - 1)
    right = (month >= 1) & (month <= 12) & (day >= 1) & (dates.astype("datetime64[M]") == months)
    return np.where(right, dates, np.datetime64(0, "D")), right


def letters_of(name: str, rules: NameRules, skipped: Collection[str] = ()) -> str:
    """Initial, first inner vowel and first inner consonant of the word that CURP takes from a name; X for
    none.

    Particles drop; `skipped` (María, José) drop where another name follows; Ñ is written X.

    >>> from cobijo.engine.pack import load_pack
    >>> rules = load_pack("mexico").rules
    >>> letters_of("de la Cruz", rules), letters_of("José Ñico", rules, {"jose"})
    ('CUR', 'XIC')
    """
    words = [w for part in fold(name, keep="ñ").replace("ñ", "x").split() if (w := part.strip(".,'`´’"))]
    if len(words) > 1:
        words = [w for w in words if w not in rules.particles] or words[-1:]
    if len(words) > 1 and words[0] in skipped:
        words = words[1:]
    word = words[0] if words else ""
    if not word:
        return "XXX"
    vowel = next((c for c in word[1:] if c in "aeiou"), "x")
    consonant = next((c for c in word[1:] if c in _CONSONANTS), "x")
    first = word[0] if word[0].isascii() and word[0].isalpha() else "x"
    return (first + vowel + consonant).upper()


def agrees(curp: str, given: str | None, surname1: str | None, surname2: str | None) -> bool:
    """Whether the letters of a CURP may come from names, each given as `letters_of` (None: not known).

    The second letter may be X for a rude root, and a second surname that the list lacks says nothing.
    """
    return (
        (
            surname1 is None
            or (curp[0] == surname1[0] and curp[1] in (surname1[1], "X") and curp[13] == surname1[2])
        )
        and (surname2 is None or (curp[2] == surname2[0] and curp[14] == surname2[2]))
        and (given is None or (curp[3] == given[0] and curp[15] == given[2]))
    )
