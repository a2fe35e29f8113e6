"""Blind tokens: keyed hashes by which a child is found without a name being stored.

A token always stands for two things known together, or for an official id, which is one child's alone:

    name      one given name + one surname      year      one surname + year of birth
    sound     both as they sound                sounded   surname as it sounds + year of birth
    lone      given name + year of birth, only where no surname is known
    id        the official id

A single surname's token is never made: with it, the frequency of tokens would give the surname away. Every given
name is paired with every surname, so that swapped surnames, a missing second surname and a child who goes by the second
given name are found too. Each purpose has its own key: tokens of one purpose say nothing about those of another.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from cobijo.web.core import country
from cobijo.web.core.vault.envelope import derive

if TYPE_CHECKING:
    from cobijo.engine.pack import NameRules, Part

    Cut = Callable[[str, NameRules], tuple[str | None, str | None]]

Form: TypeAlias = tuple[str, str, str]  # what kind of token, and the two things known together

LENGTH = 16
#: How much one common token says: an official id settles it, a name more than a sound, any more than a year.
WEIGHT = {"id": 100, "name": 8, "sound": 5, "year": 3, "sounded": 2, "lone": 1}


def forms(
    *,
    name: str = "",
    given: str = "",
    surname1: str = "",
    surname2: str = "",
    birth_year: int | None = None,
    official_id: str = "",
) -> list[Form]:
    """What the tokens stand for: (form, one, other), without doubles. `name` is a whole name, to be cut."""
    from cobijo.engine.lists.names import split_given, split_name, split_surnames

    rules = _rules()
    givens, surnames = [given], [surname1, surname2]
    if name:
        first, second, third, fourth = split_name(name, rules)
        givens += [first or "", second or ""]
        surnames += [third or "", fourth or ""]
    g_keys, g_sounds = _keys("given", givens, split_given)
    s_keys, s_sounds = _keys("surname", surnames, split_surnames)
    found = [("name", g, s) for g in g_keys for s in s_keys]
    found += [("sound", g, s) for g in g_sounds for s in s_sounds]
    if birth_year:
        found += [("year", s, str(birth_year)) for s in s_keys]
        found += [("sounded", s, str(birth_year)) for s in s_sounds]
        if not s_keys:
            found += [("lone", g, str(birth_year)) for g in g_keys]
    identifier = re.sub(r"[^0-9A-ZÑ]", "", official_id.upper()).replace("Ñ", "X")
    if identifier:
        found.append(("id", identifier, ""))
    return found


def token(key: bytes, form: Form) -> bytes:
    """HMAC-SHA256 of one form, truncated."""
    return hmac.digest(key, "\x1f".join(form).encode(), "sha256")[:LENGTH]


def tokens(key: bytes, found: Iterable[Form]) -> dict[bytes, int]:
    """Tokens of forms, each with its weight."""
    return {token(key, form): WEIGHT[form[0]] for form in found}


class Maker:
    """Makes the tokens of many children under one key: what several share (a name, a surname and a year) is made once.

    For one batch, then dropped: what it remembers are names.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._made: dict[Form, bytes] = {}

    def __call__(self, found: Sequence[Form]) -> list[bytes]:
        made = self._made
        for form in found:
            if form not in made:
                made[form] = token(self._key, form)
        return list(dict.fromkeys(made[form] for form in found))


@lru_cache(maxsize=64)
def purpose_key(secret: bytes, purpose: str) -> bytes:
    """The key of one purpose."""
    return derive(secret, f"blind/{purpose}")


def _keys(part: Part, fields: Iterable[str], cut: Cut) -> tuple[list[str], list[str]]:
    """How the names of some fields are written and how they sound, each once."""
    keys: dict[str, None] = {}
    sounds: dict[str, None] = {}
    for one in fields:
        if one:
            written, sounding = _field(part, one, cut)
            keys.update(written)
            sounds.update(sounding)
    return list(keys), list(sounds)


@lru_cache(
    maxsize=20_000
)  # names without anybody they belong to; an import meets the same ones again and again
def _field(part: Part, text: str, cut: Cut) -> tuple[dict[str, None], dict[str, None]]:
    from cobijo.engine.lists.names import comparison_key, phonetic_key

    rules = _rules()
    names = [one for one in cut(text, rules) if one]
    return (
        dict.fromkeys(filter(None, (comparison_key(one, rules, part) for one in names))),
        dict.fromkeys(filter(None, (phonetic_key(one, rules, part) for one in names))),
    )


@lru_cache(maxsize=1)
def _rules() -> NameRules:

    return country.pack().rules
