"""Words of a list as values of the canonical record: sex, status, yes and no, age, elements.

The pack's own words come first; then plain English and Spanish; then the code lists of HTCDS 2.0 (IOM, CC BY
4.0).
"""

from __future__ import annotations

import re

from cobijo.engine.lists.schema import Sex, Status
from cobijo.engine.lists.text import fold


def _words(pairs: dict[str, str]) -> dict[str, str]:
    return {fold(word): value for value, words in pairs.items() for word in words.split(";")}


SEXES = _words(
    {
        Sex.FEMALE: "f;female;feminine;femenino;fem;mujer;m ujer;niña;girl;woman;transgenderfeminine",
        Sex.MALE: "male;masculine;masculino;masc;hombre;h;varon;niño;boy;man;transgendermasculine",
        Sex.OTHER: "other;otro;otra;x;no binario;no binaria;nonbinary;nonconforming;intersex;intersexual",
    }
)

STATUSES = _words(
    {
        Status.AT_RISK: "at risk;en riesgo;riesgo;de riesgo;situacion de riesgo",
        Status.PRESUMED: """presumed;presunta;presunto;presunta victima;posible;posible
        victima;potential;potential
            victim;possible;possible victim;suspected;possiblevictimoftrafficking;probable;probable
            victima""",
        Status.IDENTIFIED: """identified;identificada;identificado;victima identificada;confirmada;confirmado;
            confirmed;victima;victima confirmada;victim;identified victim;confirmed victim;reconocida;
            actualvictimoftrafficking;actual victim of trafficking""",
        Status.NOT: """not;not a victim;no victima;no es victima;descartada;descartado;no;not identified as
        victim;
            notavictimoftrafficking""",
    }
)

YES = frozenset(
    map(fold, ("si", "sí", "yes", "y", "s", "true", "verdadero", "1", "x", "presente", "checked", "v"))
)
NO = frozenset(map(fold, ("no", "n", "false", "falso", "0", "ausente", "unchecked")))

_ACTS = "Recruitment Transit Exploitation"
#: For each element, the HTCDS codes that make it true (folded); they come from several fields.
_HTCDS = {
    "element_means": """PhysicalThreats ThreatsLawEnforcement ThreatensChildrenFamily DebtBondage
    FalsePromises
        PhysicalAbuse SexualAbuse TakesEarnings RestrictsFinancialAccess RestrictsMedicalCare
        WithholdsNecessities
        PsychologicalAbuse PsychoactiveSubstance ExcessiveWorkingHours WithholdsDocuments UsesChildren
        RestrictsMovement ThreatsOfLawEnforcement Other""",
    "element_purpose": """ForcedLabour SexualExploitation ChildLabour ForcedMarriage Servitude
        ForcedMilitaryByNonStateActors ForcedMilitary OrganRemoval ForcedBegging ForcedAdoption Surrogacy""",
    "element_online": """RemoteInteractiveServices ThroughOnlineSocialNetworks
    ThroughAnOnlineAdvertisement""",
    "element_act": """Recruitment Transit AtAPlaceOfBusiness AtAnEducationalInstitution AtWork
        ThroughOnlineSocialNetworks ThroughAnOnlineAdvertisement ThroughATelevisionAdvert
        ThroughANewspaperAdvert
        ThroughFamilyOrFamilyEvents ThroughFriendsOrSocialEvents Other""",
    "element_movement": "Transit",
}
ELEMENT_CODES = {element: frozenset(map(fold, codes.split())) for element, codes in _HTCDS.items()}
#: Every code of those fields: one that says nothing about an element is no error either.
_KNOWN = frozenset().union(*ELEMENT_CODES.values()) | frozenset(
    map(fold, (*_ACTS.split(), "Prostitution", "Pornography", "PrivateSexualServices", "Other"))
)

_AGE = re.compile(
    r"(\d{1,3})(?:[.,]\d+)? *"
    r"(a|años?|anos?|years?|yrs?|y|meses|mes|months?|m|d[ií]as?|days?|semanas?|weeks?)?\.?$",
    re.I,
)
_UNDER_A_YEAR = ("mes", "month", "dia", "day", "seman", "week")


def read_sex(word: str) -> str | None:
    """The sex that a word means. A lone `M` is left to the column (mujer in one office, masculino in
    another).

    >>> read_sex("Niña"), read_sex("M")
    (<Sex.FEMALE: 'female'>, None)
    """
    return SEXES.get(fold(word))


def read_status(word: str) -> str | None:
    """The status that a word means, or None."""
    return STATUSES.get(fold(word))


def choices(text: str) -> list[str]:
    """The choices of a multiple-choice cell, folded: separated by |, ; or commas, or by spaces as XLSForm
    does."""
    parts = [fold(p) for p in re.split(r"[|;,\n]+", text)]
    if len(parts) == 1 and parts[0] not in _KNOWN and " " in text.strip():
        spaced = [fold(p) for p in text.split()]
        if all(p in _KNOWN for p in spaced):
            return spaced
    return [p for p in parts if p]


def read_element(element: str, text: str) -> tuple[bool | None, bool]:
    """(true, false or not said; whether the text was understood).

    >>> read_element("element_means", "DebtBondage |FalsePromises"), read_element("element_online", "no")
    ((True, True), (False, True))
    """
    whole = fold(text)
    if whole in YES:
        return True, True
    if whole in NO:
        return False, True
    picked = choices(text)
    if any(p in ELEMENT_CODES.get(element, ()) for p in picked):
        return True, True
    return None, bool(picked) and all(p in _KNOWN for p in picked)


def read_age(text: str) -> int | None:
    """Whole years, 0 to 120. Months, weeks and days under a year are 0.

    >>> read_age("12 años"), read_age("8 meses"), read_age("9-17")
    (12, 0, None)
    """
    hit = _AGE.match(text)
    if hit is None:
        return None
    number, unit = int(hit[1]), fold(hit[2] or "")
    if unit == "m" or unit.startswith(_UNDER_A_YEAR):
        number = number // 12 if unit[0] == "m" else number // 52 if unit[0] in "sw" else number // 365
    return number if number <= 120 else None


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def parts_in_words(text: str) -> list[str]:
    """The choices of a cell as plain words: `SexualExploitation|Other` is "Sexual Exploitation", "Other".

    >>> parts_in_words("SexualExploitation|Other")
    ['Sexual Exploitation', 'Other']
    """
    parts = re.split(r"[|;,\n]+", text)
    if len(parts) == 1 and all(fold(word) in _KNOWN for word in text.split()):
        parts = text.split()
    return [_CAMEL.sub(" ", part).strip() for part in parts if part.strip()]
