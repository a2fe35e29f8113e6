"""From a pack's tables to `NameRules`: everything folded once, so that the names code only looks up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cobijo.engine.pack.shape import NameRules, Rewrite, WeightedName, plain_word
from cobijo.errors import InputProblem

Phrase = tuple[str, ...]


def read_rules(
    settings: Mapping[str, Any],
    *,
    nicknames: Sequence[Mapping[str, str]],
    abbreviations: Sequence[Mapping[str, str]],
    phonetic: Sequence[Mapping[str, str]],
    given_names: Sequence[WeightedName],
    surnames: Sequence[WeightedName],
) -> NameRules:
    """Build the rules from `names.toml` and its tables; raises `InputProblem` if a setting is missing."""
    try:
        expected = settings["surnames_expected"]
        keep, collapse = settings["keep"], settings["collapse_doubles"]
        particles, compounds, nothing = settings["particles"], settings["compounds"], settings["nothing"]
    except KeyError as missing:
        raise InputProblem("pack.setting_missing", file="names.toml", setting=str(missing.args[0])) from None
    lists = (particles, compounds, nothing)
    if (
        expected not in (1, 2)
        or not isinstance(keep, str)
        or not all(isinstance(words, list) for words in lists)
    ):
        raise InputProblem("pack.setting_wrong", file="names.toml")
    small = frozenset(plain_word(str(word)) for word in particles)
    phrases = frozenset(tuple(plain_word(str(phrase)).split()) for phrase in compounds)
    return NameRules(
        surnames_expected=expected,
        keep=keep,
        particles=small,
        compounds=by_first_word(phrases),
        given_short=short_forms(abbreviations, "given"),
        surname_short=short_forms(abbreviations, "surname"),
        nicknames={plain_word(row["nickname"]): plain_word(row["name"]) for row in nicknames},
        nothing=frozenset(plain_word(str(word)) for word in nothing),
        phonetic=tuple(read_rewrite(row, line, keep) for line, row in enumerate(phonetic, start=2)),
        collapse_doubles=bool(collapse),
        given_weight=shares(given_names, small, phrases),
        surname_weight=shares(surnames, small, phrases),
        glued=glue(surnames, small, phrases),
    )


def by_first_word(phrases: Iterable[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    found: defaultdict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        if phrase:
            found[phrase[0]].append(phrase)
    return {first: tuple(sorted(group, key=len, reverse=True)) for first, group in found.items()}


def short_forms(rows: Sequence[Mapping[str, str]], part: str) -> dict[str, str]:
    return {plain_word(row["short"]): plain_word(row["full"]) for row in rows if row["part"] in (part, "any")}


def read_rewrite(row: Mapping[str, str], line: int, keep: str) -> Rewrite:
    if not row["find"] or row["at"] not in ("", "start", "end"):
        raise InputProblem("pack.phonetic_wrong", file="phonetic.csv", row=line)
    return Rewrite(row["find"], row["to"], row["before"], row["not_before"], row["at"])


def shares(
    names: Sequence[WeightedName], particles: frozenset[str], compounds: frozenset[Phrase]
) -> dict[str, float]:
    """Each name's share of all weight, under its key as a surname: "de la Cruz" counts as "cruz"."""
    total = sum(name.weight for name in names) or 1.0
    found: defaultdict[str, float] = defaultdict(float)
    for name in names:
        words = plain_word(name.name).split()
        if tuple(words) not in compounds:
            words = [word for word in words if word not in particles]
        found["".join(words)] += name.weight / total
    return dict(found)


def glue(
    surnames: Sequence[WeightedName], particles: frozenset[str], compounds: frozenset[Phrase]
) -> dict[str, str]:
    """Surnames that offices write in one word: "de la Cruz" is met as "Delacruz"."""
    found: dict[str, str] = {}
    for surname in surnames:
        words = plain_word(surname.name).split()
        rest = [word for word in words if word not in particles]
        if rest and words[0] in particles and tuple(words) not in compounds:
            found["".join(words)] = "".join(rest)
    return found
