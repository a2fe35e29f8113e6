"""Whether a text seems to say who a child is, and which pairs of its words could be a name. Pure, no Django.

Only guesses from the text stand here; `identity.py` asks the blind index about the pairs. A false alarm costs a
rewording ("the office, not the name"), a miss could cost a child, so every doubt is an alarm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal

from cobijo.engine.lists.names import comparison_key, phonetic_key
from cobijo.engine.pack import NameRules, Pack, fold

Sign = Literal["official_id", "birth_date", "name", ""]
Form = tuple[str, str, str]

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
#: Official ids: of Mexico's CURP the whole, or its beginning, which already tells name and day of birth.
WHOLE_ID = re.compile(r"\b[A-ZÑ]{4}[- ]?\d{6}[- ]?[HMX][A-Z]{5}[- ]?[0-9A-Z]{2}\b", re.IGNORECASE)
BEGUN_ID = re.compile(r"\b[A-ZÑ]{4}(\d{2})(\d{2})(\d{2})\b")
MONTHS = (
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|"
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
DAY = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{1,2}-\d{1,2}"
    rf"|\d{{1,2}}\s+(?:de\s+)?(?:{MONTHS})(?:\s+(?:de\s+|del\s+)?\d{{4}})?"
    rf"|(?:{MONTHS})\s+\d{{1,2}}(?:,?\s+\d{{4}})?)"
)
BORN = r"(?:naci[oó]|nacid[oa]s?|nacimiento|cumple\w*|born|birth\w*|d\.?o\.?b\.?)"
BIRTH = re.compile(
    rf"\b{BORN}\b.{{0,40}}?{DAY}|{DAY}.{{0,20}}?\(?\b(?:fecha de nacimiento|date of birth)\b", re.IGNORECASE
)
#: Words that say that somebody in the sentence is a child.
CHILD = re.compile(
    r"\b(?:niñ[oae]s?|adolescentes?|menor(?:es)?|hij[oa]s?|alumn[oa]s?|estudiantes?|bebés?|child(?:ren)?|girls?|boys?|minors?"
    r"|teenagers?|daughters?|sons?|pupils?|(?:1[0-7]|[1-9])\s*(?:años|years?)(?:\s*old)?)\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n+")
SPAN = 3  # how far apart a given name and a surname may stand, particles not counted


def sign(text: str, pack: Pack, today: date) -> Sign:
    """What in the text seems to say who a child is; "" where nothing does."""
    if WHOLE_ID.search(text) or any(_is_day(one, today) for one in BEGUN_ID.finditer(text.upper())):
        return "official_id"
    if BIRTH.search(text):
        return "birth_date"
    if any(CHILD.search(sentence) and _has_name(sentence, pack.rules) for sentence in SENTENCE.split(text)):
        return "name"
    return ""


def forms(text: str, rules: NameRules) -> Iterator[Form]:
    """What the blind index could know of the text: pairs of words near each other as given name and surname, as they
    are written and, for words with a capital letter, as they sound; and everything that could be an official id."""
    joined = WORD.findall(text)
    yield from _forms(joined, rules)
    if any(
        "-" in one for one in joined
    ):  # “Itzel-Cocom” is a compound to one reader and two names to another
        yield from _forms([part for one in joined for part in one.split("-")], rules)
    for one in re.findall(r"[0-9A-Za-zÑñ-]{6,24}", text):
        if any(sign.isdigit() for sign in one):
            yield ("id", re.sub(r"[^0-9A-ZÑ]", "", one.upper()).replace("Ñ", "X"), "")


def _forms(found: list[str], rules: NameRules) -> Iterator[Form]:
    words = [one for one in found if fold(one) not in rules.particles and len(one) > 1]
    keys: dict[tuple[str, str], tuple[str, str]] = {}

    def both(word: str) -> tuple[tuple[str, str], tuple[str, str]]:
        return key(word, "given"), key(word, "surname")

    def key(word: str, part: Literal["given", "surname"]) -> tuple[str, str]:
        if (word, part) not in keys:
            sound = phonetic_key(word, rules, part) if word[0].isupper() else ""
            keys[word, part] = (comparison_key(word, rules, part), sound)
        return keys[word, part]

    for place, word in enumerate(words):
        for other in words[place + 1 : place + 1 + SPAN]:
            (given1, surname1), (given2, surname2) = both(word), both(other)
            for given, surname in ((given1, surname2), (given2, surname1)):
                if given[0] and surname[0]:
                    yield ("name", given[0], surname[0])
                if given[1] and surname[1]:
                    yield ("sound", given[1], surname[1])
        for compound in _compounds(words, place):
            for before in words[max(0, place - SPAN) : place]:
                yield ("name", key(before, "given")[0], comparison_key(compound, rules, "surname"))


def _compounds(words: list[str], place: int) -> Iterator[str]:
    """Surnames of two words ("Montes de Oca" without its particle): the key joins them."""
    if place + 1 < len(words) and words[place][0].isupper() and words[place + 1][0].isupper():
        yield f"{words[place]} de {words[place + 1]}"


def _has_name(sentence: str, rules: NameRules) -> bool:
    """A known given name with a capital letter that a surname follows, or that stands right after the word child."""
    for found in WORD.finditer(sentence):
        word = found.group()
        if not word[0].isupper() or comparison_key(word, rules, "given") not in rules.given_weight:
            continue
        before = sentence[: found.start()].rstrip(" ,:«“\"'(")
        if any(one.end() == len(before) for one in CHILD.finditer(before)):
            return True
        for after in WORD.findall(sentence[found.end() :])[:3]:
            if fold(after) in rules.particles:
                continue
            if not after[0].isupper():
                break
            if comparison_key(after, rules, "surname") in rules.surname_weight:
                return True
    return False


def _is_day(found: re.Match[str], today: date) -> bool:
    """Whether the digits of an id are a day of the last hundred years."""
    year, month, day = (int(one) for one in found.groups())
    for century in (1900, 2000):
        try:
            if date(century + year, month, day) <= today:
                return True
        except ValueError:
            continue
    return False
