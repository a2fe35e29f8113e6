"""What the rules of concepts are made of, once read. Nothing here knows a country or a treaty."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256


@dataclass(frozen=True)
class Leaf:
    """An element, `under_18` or a group of codes."""

    name: str


@dataclass(frozen=True)
class All:
    of: tuple[Expression, ...]


@dataclass(frozen=True)
class Any:
    of: tuple[Expression, ...]


@dataclass(frozen=True)
class Not:
    of: Expression


Expression = Leaf | All | Any | Not


@dataclass(frozen=True)
class Group:
    """Codes of one element that count as yes and those that count as no; every other code leaves it unknown."""

    name: str
    field: str
    names: Mapping[str, str]
    yes: frozenset[str]
    no: frozenset[str]

    def value(self, cell: str) -> bool | None:
        """
        >>> Group("paid", "exchange_kind", {}, frozenset(["money"]), frozenset(["food"])).value("food|money")
        True
        """
        codes = {code for code in cell.split("|") if code}
        if codes & self.yes:
            return True
        return False if codes and codes <= self.no else None


@dataclass(frozen=True)
class Concept:
    """A concept with its names; `term` is its code in the vocabulary, empty where the vocabulary has none."""

    code: str
    names: Mapping[str, str]
    term: str


@dataclass(frozen=True)
class Element:
    """An element as a person who records it meets it: its name, and what it does and does not cover."""

    name: str
    names: Mapping[str, str]
    meaning: Mapping[str, str]


@dataclass(frozen=True)
class Rule:
    """One version of one rule. A published version never changes: what is better becomes the next version."""

    id: str
    version: int
    since: date
    concept: str
    article: str
    evidence: str
    when: Expression

    @property
    def fingerprint(self) -> str:
        """Changes with anything that the rule decides by, abbreviations of the file already written out."""
        decided = [self.id, self.version, self.concept, self.article, plain(self.when)]
        return sha256(json.dumps(decided).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Rules:
    """All versions of all rules of a pack, with the words that show them."""

    rules: tuple[Rule, ...]
    concepts: Mapping[str, Concept]
    elements: Mapping[str, Element]
    groups: Mapping[str, Group]
    codes: Mapping[str, Mapping[str, Mapping[str, str]]]  # element -> code -> names, in the order to show

    def current(self) -> tuple[Rule, ...]:
        """The newest version of each rule, in the order in which the rules first appear."""
        newest: dict[str, Rule] = {}
        for rule in self.rules:
            if rule.id not in newest or rule.version > newest[rule.id].version:
                newest[rule.id] = rule
        return tuple(newest.values())

    def at(self, day: date) -> Rules:
        """The rules as they stood on a day, to derive an old case as it was derived then."""
        return replace(self, rules=tuple(rule for rule in self.rules if rule.since <= day))

    def name_of(self, name: str, language: str) -> str:
        """An element, a group or `under_18` in words."""
        known = self.elements[name] if name in self.elements else self.groups[name]
        return known.names[language]


def plain(expression: Expression) -> object:
    """The expression as the file writes it, abbreviations written out."""
    if isinstance(expression, Leaf):
        return expression.name
    if isinstance(expression, Not):
        return {"not": plain(expression.of)}
    return {type(expression).__name__.lower(): [plain(one) for one in expression.of]}
