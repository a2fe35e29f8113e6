"""Names: cut a full name into its four fields, and make the keys by which names are compared.

Which words are particles, nicknames or compound surnames, and how letters sound, is the pack's data
(`cobijo.engine.pack.NameRules`); this module only interprets it. A record keeps the name as it was written:
keys are for comparing, never for showing.

`name_columns` does the same to whole columns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from cobijo.engine.pack.shape import NameRules, Part, Rewrite, fold

Cut = tuple[str | None, str | None, str | None, str | None]

#: A unit that is this many times as frequent on one side (given, surname) as on the other is taken as that.
CLEARLY = 3.0
#: Four words are two given names and two surnames unless the lists speak this loudly against it.
LOUDLY = 30.0


def comparison_key(name: str | None, rules: NameRules, part: Part = "given") -> str:
    """The form in which two spellings of one name are equal; "" where there is no name.

    Accents and punctuation go, particles drop, abbreviations and nicknames of given names become the name, a
    compound surname becomes one word. `part` says whether `name` is a given name or a surname: "Chuy" is
    Jesús as a given name and itself as a surname.

    >>> from cobijo.engine.pack import load_pack
    >>> rules = load_pack("mexico").rules
    >>> comparison_key("Ma. de los Ángeles", rules), comparison_key("Lupita", rules)
    ('maria angeles', 'guadalupe')
    >>> comparison_key("Montes de Oca", rules, "surname"), comparison_key("DELACRUZ", rules, "surname")
    ('montesdeoca', 'cruz')
    """
    return join(standard_words(name, rules, part, ""), part)


def phonetic_key(name: str | None, rules: NameRules, part: Part = "given") -> str:
    """How a name sounds, by the pack's ordered rewrite rules; "" where there is no name.

    Takes the name as written, not its comparison key, because letters such as ñ sound by themselves.

    >>> from cobijo.engine.pack import load_pack
    >>> rules = load_pack("mexico").rules
    >>> [phonetic_key(name, rules, "surname") for name in ("Vázquez", "Básquez", "Ximénez", "Jiménez")]
    ['vaskes', 'vaskes', 'jimenes', 'jimenes']
    """
    words = standard_words(name, rules, part, rules.keep)
    rewrite = rewriter(rules.phonetic, rules.collapse_doubles)
    if part == "surname":
        return rewrite("".join(words))
    return " ".join(filter(None, map(rewrite, words)))


def split_name(text: str | None, rules: NameRules) -> Cut:
    """Cut a full name into (given1, given2, surname1, surname2), each as written or None.

    Understands "María de los Ángeles Pérez López", "PEREZ LOPEZ, MARIA" and, where the pack's lists of names
    leave no doubt, "PEREZ LOPEZ MARIA". Particles stay with the word they lead. A second surname that is not
    there is None, not a guess.

    >>> from cobijo.engine.pack import load_pack
    >>> rules = load_pack("mexico").rules
    >>> split_name("María de los Ángeles Pérez López", rules)
    ('María', 'de los Ángeles', 'Pérez', 'López')
    >>> split_name("PEREZ LOPEZ, MARIA", rules)
    ('MARIA', None, 'PEREZ', 'LOPEZ')
    """
    if not text:
        return None, None, None, None
    before, comma, after = text.partition(",")
    if comma and after.strip():
        return *split_given(after, rules), *split_surnames(before, rules)
    units = units_of(before, rules)
    if not units:
        return None, None, None, None
    count = len(units)
    if count == 1:
        return units[0], None, None, None
    two = rules.surnames_expected == 2
    if two and count > 2 and leans(units[0], rules) > 0 > leans(units[-1], rules):
        surnames = 2 if leans(units[1], rules) >= 0 else 1
        return *pair(units[surnames:]), *pair(units[:surnames])
    if count == 2 and leans(units[0], rules) > 0 > leans(units[1], rules):
        return units[1], None, units[0], None
    enough = CLEARLY if count == 3 else LOUDLY
    surnames = 2 if two and count > 2 and leans(units[-2], rules, enough) >= 0 else 1
    return *pair(units[:-surnames]), *pair(units[-surnames:])


def split_given(text: str | None, rules: NameRules) -> tuple[str | None, str | None]:
    """Cut a field of given names: the first, and the rest.

    >>> from cobijo.engine.pack import load_pack
    >>> split_given("Ma. del Carmen", load_pack("mexico").rules)
    ('Ma.', 'del Carmen')
    """
    return pair(units_of(text or "", rules))


def split_surnames(text: str | None, rules: NameRules) -> tuple[str | None, str | None]:
    """Cut a field of surnames: the first, and the rest.

    >>> from cobijo.engine.pack import load_pack
    >>> split_surnames("Montes de Oca de la Cruz", load_pack("mexico").rules)
    ('Montes de Oca', 'de la Cruz')
    """
    units = units_of(text or "", rules)
    return pair(units) if rules.surnames_expected == 2 else (" ".join(units) or None, None)


# Words and units


def standard_words(name: str | None, rules: NameRules, part: Part, keep: str) -> list[str]:
    """The words of a name that count, folded, with short forms written out and compounds joined."""
    if not name:
        return []
    words = clean(fold(name, keep)).split()
    # The same for both keys: "ÑD" is no name, whether its ñ is kept or not.
    if is_nothing([fold(word) for word in words] if keep else words, rules):
        return []
    short = rules.given_short if part == "given" else rules.surname_short
    words = [short.get(word, word) for word in words]
    found: list[str] = []
    at = 0
    while at < len(words):
        length = compound_length(words, at, rules) if part == "surname" else 0
        if length > 1:
            found.append("".join(words[at : at + length]))
            at += length
            continue
        word = rules.nicknames.get(words[at], words[at]) if part == "given" else words[at]
        word = rules.glued.get(word, word)
        if word not in rules.particles:
            found.append(word)
        at += 1
    # A name that is nothing but particles ("De la") is still a name.
    return found or words


def compound_length(words: Sequence[str], at: int, rules: NameRules) -> int:
    """How many words from `at` on are one compound surname; 0 for none. Words are folded."""
    for phrase in rules.compounds.get(words[at], ()):
        if tuple(words[at : at + len(phrase)]) == phrase:
            return len(phrase)
    return 0


def units_of(text: str, rules: NameRules) -> list[str]:
    """The words as written, particles joined to the word that they lead and compound surnames to one unit."""
    written = text.split()
    folded = [folded_word(word) for word in written]
    if rules.marked.isdisjoint(folded):
        return written
    if is_nothing(folded, rules):
        return []
    folded = [rules.surname_short.get(word, word) for word in folded]
    units: list[str] = []
    lead: list[str] = []
    at = 0
    while at < len(written):
        length = max(compound_length(folded, at, rules), 1)
        piece = written[at : at + length]
        if length == 1 and folded[at] in rules.particles and at + 1 < len(written):
            lead += piece
        else:
            units.append(" ".join([*lead, *piece]))
            lead = []
        at += length
    return units


@lru_cache(maxsize=100_000)
def leans(unit: str, rules: NameRules, times: float = CLEARLY) -> int:
    """1: the pack knows the unit as a surname rather than a given name; -1: the other way; 0: no telling."""
    word = join(standard_words(unit, rules, "surname", ""), "surname")
    surname = rules.surname_weight.get(word, 0.0)
    given = rules.given_weight.get(rules.nicknames.get(word, rules.given_short.get(word, word)), 0.0)
    if surname > times * given:
        return 1
    return -1 if given > times * surname else 0


def pair(units: Sequence[str]) -> tuple[str | None, str | None]:
    return (units[0] if units else None), (" ".join(units[1:]) or None)


def join(words: Sequence[str], part: Part) -> str:
    return ("" if part == "surname" else " ").join(words)


def is_nothing(words: Sequence[str], rules: NameRules) -> bool:
    """Whether an office wrote here that there is no name, or wrote nothing that is one."""
    return not any(words) or " ".join(words) in rules.nothing


@lru_cache(maxsize=100_000)
def folded_word(word: str) -> str:
    return clean(fold(word)).strip()


def clean(folded: str) -> str:
    """Letters and spaces only: a hyphen or a full stop parts words, an apostrophe does not."""
    if folded.isalpha():
        return folded
    return "".join(c if c.isalpha() else "" if c in "'’`´" else " " for c in folded)


@lru_cache(maxsize=8)
def rewriter(rules: tuple[Rewrite, ...], collapse_doubles: bool) -> Callable[[str], str]:
    """One function that applies the pack's rewrite rules in their order."""
    steps: list[tuple[re.Pattern[str], str]] = []
    for rule in rules:
        pattern = re.escape(rule.find)
        pattern = f"^{pattern}" if rule.at == "start" else f"{pattern}$" if rule.at == "end" else pattern
        if rule.before:
            pattern += f"(?=[{re.escape(rule.before)}])"
        if rule.not_before:
            pattern += f"(?![{re.escape(rule.not_before)}])"
        steps.append((re.compile(pattern), rule.to.replace("\\", "\\\\")))

    @lru_cache(maxsize=200_000)
    def rewrite(word: str) -> str:
        for pattern, to in steps:
            word = pattern.sub(to, word)
        return re.sub(r"(.)\1+", r"\1", word) if collapse_doubles else word

    return rewrite
