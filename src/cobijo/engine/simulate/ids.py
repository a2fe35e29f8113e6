"""Official ids of invented people, with the right check character: one maker for each `kind` of a pack."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from cobijo.engine.lists.ids.curp import check_digit, letters_of
from cobijo.engine.pack import Pack

_DRAWN = "ABCDEFGHIJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Bearer:
    """Whom an id is for. `area` is the id's code of the area of birth; `spice` any whole number from 0."""

    given: str
    surname1: str
    surname2: str
    birth: date
    girl: bool
    area: str
    spice: int


def curp_maker(pack: Pack) -> Callable[[Bearer], str]:
    """A maker of CURPs: letters of names, birth date, sex, area of birth, consonants, homoclave, check digit.

    The pack's settings count: `skipped_given` (given names passed over where another follows), `rude_roots`.

    >>> from cobijo.engine.pack import load_pack
    >>> make = curp_maker(load_pack("mexico"))
    >>> make(Bearer("María Lucía", "de la Peña", "Ruiz", date(2010, 3, 7), True, "OC", 0))
    'PERL100307MOCXZCA8'
    """
    settings: Mapping[str, Collection[str]] = pack.official_id.settings if pack.official_id else {}
    skipped, rude = frozenset(settings.get("skipped_given", ())), frozenset(settings.get("rude_roots", ()))
    known: dict[str, str] = {}

    def letters(name: str) -> str:
        if name not in known:
            known[name] = letters_of(name, pack.rules, skipped)
        return known[name]

    def make(bearer: Bearer) -> str:
        given, one, two = letters(bearer.given), letters(bearer.surname1), letters(bearer.surname2)
        root = one[:2] + two[0] + given[0]
        if root in rude:
            root = root[0] + "X" + root[2:]
        sex, born = "M" if bearer.girl else "H", bearer.birth
        century = _DRAWN[bearer.spice % len(_DRAWN)] if born.year >= 2000 else str(bearer.spice % 10)
        body = f"{root}{born:%y%m%d}{sex}{bearer.area}{one[2]}{two[2]}{given[2]}{century}"
        return f"{body}{check_digit(body)}"

    return make


#: Kind of official id, as a pack names it -> what makes its maker.
MAKERS: Mapping[str, Callable[[Pack], Callable[[Bearer], str]]] = {"curp": curp_maker}
