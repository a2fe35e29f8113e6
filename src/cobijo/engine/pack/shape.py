"""What a country pack holds, once read. Nothing here knows a country."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

Part = Literal["given", "surname"]


def fold(text: str, keep: str = "") -> str:
    """Lower case without accents; letters in `keep` (such as ñ) stay as they are.

    >>> fold("MUÑOZ Peña"), fold("MUÑOZ Peña", keep="ñ")
    ('munoz pena', 'muñoz peña')
    """
    if text.isascii():
        return text.lower()
    composed = unicodedata.normalize("NFC", text).lower()
    return "".join(
        letter
        if letter in keep
        else "".join(c for c in unicodedata.normalize("NFKD", letter) if not is_mark(c))
        for letter in composed
    )


def is_mark(character: str) -> bool:
    return bool(unicodedata.combining(character))


@dataclass(frozen=True)
class Area:
    """A first-level area (a state). `code` is what a record's `area` holds; the other codes may be empty."""

    code: str  # ISO 3166-2
    office_code: str  # of the statistics office
    id_code: str  # in the official id
    names: Mapping[str, str]  # language -> name
    short: str  # for charts and tables
    alternatives: tuple[str, ...]  # other spellings met in lists
    status: str  # how sure the row is


@dataclass(frozen=True)
class Term:
    """A code with its name in each language and the words that lists use for it."""

    code: str
    names: Mapping[str, str]
    alternatives: tuple[str, ...]
    evidence: str


@dataclass(frozen=True)
class WeightedName:
    """A name with an invented relative weight. `sex`: female, male, any or empty (surnames)."""

    name: str
    sex: str
    weight: float


@dataclass(frozen=True)
class Institution:
    """A body, law or programme. `date` is as the source gives it; `evidence` says how sure the row is."""

    kind: str
    name: str
    abbreviation: str
    date: str
    fact: str
    evidence: str


@dataclass(frozen=True)
class Network:
    """A network of organisations for the directory of who does what where."""

    code: str
    names: Mapping[str, str]  # language -> name
    abbreviation: str
    about: Mapping[str, str]  # language -> one or two sentences
    source: str
    evidence: str


@dataclass(frozen=True)
class Organisation:
    """An organisation that a public source names. `networks` are codes of the networks that it is a member of."""

    code: str
    name: str
    kind: str
    area: str  # code of an area; empty: the whole country
    networks: tuple[str, ...]
    source: str
    evidence: str


@dataclass(frozen=True)
class Population:
    """Whom the picture counts unless asked otherwise."""

    under_age: int
    status: str
    unknown_age_counts_as_child: bool


@dataclass(frozen=True)
class OfficialId:
    """The official personal id: `kind` names the code in `engine/lists/ids` that checks it, by `settings`."""

    kind: str
    names: Mapping[str, str]
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class Rewrite:
    """One phonetic rule: replace `find` by `to` where the neighbours allow it. Letter sets are plain strings.

    `before`: one of these letters must follow; `not_before`: none of them may; `at`: "start", "end" or "".
    """

    find: str
    to: str
    before: str = ""
    not_before: str = ""
    at: str = ""


@dataclass(frozen=True, eq=False)  # compared by identity, so that what was worked out with rules can be kept
class NameRules:
    """How names are cut and compared in a country. All words are folded (lower case, no accents)."""

    surnames_expected: int  # how many surnames a full name has: 1 or 2
    keep: str  # letters that the phonetic rules see unfolded, such as ñ
    particles: frozenset[str]
    compounds: Mapping[str, tuple[tuple[str, ...], ...]]  # first word -> whole phrases, longest first
    given_short: Mapping[str, str]  # abbreviation -> full given name
    surname_short: Mapping[str, str]
    nicknames: Mapping[str, str]
    nothing: frozenset[str]  # what offices write where there is no name
    phonetic: tuple[Rewrite, ...]
    collapse_doubles: bool
    given_weight: Mapping[str, float]  # folded unit without particles -> share among given names
    surname_weight: Mapping[str, float]
    glued: Mapping[str, str]  # "delacruz" -> "cruz"

    @cached_property
    def marked(self) -> frozenset[str]:
        """Words that need a second look when a name is cut; a name without any is its words, one by one."""
        beginnings = (words.split()[0] for words in self.nothing if words)
        return self.particles.union(self.compounds, self.surname_short, self.nothing, beginnings, [""])


@dataclass(frozen=True)
class Pack:
    """A country pack, read. `folder` is where it was read from."""

    code: str  # folder name, such as "mexico"
    country: str  # ISO 3166-1 alpha-2
    names: Mapping[str, str]  # language -> name of the country
    languages: tuple[str, ...]  # first is the default
    area_word: Mapping[str, str]  # what a first-level area is called: "estado", "state"
    areas: tuple[Area, ...]  # in the statistics office's order
    population: Population
    pinned: Mapping[str, str]  # office code -> area code that must not be mistaken
    official_id: OfficialId | None
    statuses: Mapping[str, Term]  # Status value -> local words
    sexes: Mapping[str, Term]  # Sex value -> local words
    forms: tuple[Term, ...]  # forms of exploitation
    institutions: tuple[Institution, ...]
    rules: NameRules
    given_names: tuple[WeightedName, ...]
    surnames: tuple[WeightedName, ...]
    networks: tuple[Network, ...]
    organisations: tuple[Organisation, ...]
    folder: Path = field(repr=False)

    @cached_property
    def area_by_code(self) -> Mapping[str, Area]:
        return {area.code: area for area in self.areas}

    @cached_property
    def _area_by_word(self) -> Mapping[str, str]:
        words: dict[str, str] = {}
        for area in self.areas:
            for word in (area.code, area.office_code, *area.names.values(), area.short, *area.alternatives):
                if word:
                    words.setdefault(plain_word(word), area.code)
        # A bare office number loses its leading zero in every spreadsheet.
        for area in self.areas:
            if area.office_code.isdigit():
                words.setdefault(str(int(area.office_code)), area.code)
        for area in self.areas:
            if area.id_code:
                words.setdefault(plain_word(area.id_code), area.code)
        return words

    def find_area(self, text: str | None) -> str | None:
        """The code of the area that a list's word means: a code, a name in any language or a known spelling.

        >>> from cobijo.engine.pack import load_pack
        >>> load_pack("mexico").find_area("Edo. de Méx.")
        'MX-MEX'
        """
        return self._area_by_word.get(plain_word(text)) if text else None

    @cached_property
    def _form_by_word(self) -> Mapping[str, str]:
        return words_of(self.forms)

    def find_form(self, text: str | None) -> str | None:
        """The code of the form of exploitation that a list's word means, or None."""
        return self._form_by_word.get(plain_word(text)) if text else None

    @cached_property
    def _status_by_word(self) -> Mapping[str, str]:
        return words_of(self.statuses.values())

    def find_status(self, text: str | None) -> str | None:
        """The `Status` value that a list's word means, or None."""
        return self._status_by_word.get(plain_word(text)) if text else None

    @cached_property
    def _sex_by_word(self) -> Mapping[str, str]:
        return words_of(self.sexes.values())

    def find_sex(self, text: str | None) -> str | None:
        """The `Sex` value that a list's word means, or None."""
        return self._sex_by_word.get(plain_word(text)) if text else None

    def map_geojson(self) -> dict[str, Any]:
        """The simplified map: a GeoJSON FeatureCollection, `id` = the area's code, wound for Vega."""
        found: dict[str, Any] = json.loads((self.folder / "map.geojson").read_text(encoding="utf-8"))
        return found


def plain_word(text: str) -> str:
    """Folded, with every run of anything but letters and digits as one space.

    >>> plain_word("  Edo. de MÉX. ")
    'edo de mex'
    """
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())


def words_of(terms: Iterable[Term]) -> dict[str, str]:
    """Every word of the terms, plain, with its code; the first term that claims a word keeps it."""
    words: dict[str, str] = {}
    for term in terms:
        for word in (term.code, *term.names.values(), *term.alternatives):
            words.setdefault(plain_word(word), term.code)
    return words
