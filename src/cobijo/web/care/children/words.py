"""Words of sealed codes, and what the pages of the wing show from the country pack."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cobijo.engine.pack import load_pack
from cobijo.web.care.children.models import AgeKnown, Sign, Status
from cobijo.web.care.pack import Duty, load_care_tables
from cobijo.web.core import country
from cobijo.web.figures import reading

Words = str | Promise
GENDER: Mapping[str, Words] = {
    "girl": _("Girl"),
    "boy": _("Boy"),
    "trans_girl": _("Trans girl"),
    "trans_boy": _("Trans boy"),
    "non_binary": _("Non-binary"),
    "other": _("Other"),
    "not_said": _("Prefers not to say"),
}
MIGRATION: Mapping[str, Words] = {
    "national": _("From this country"),
    "refugee_or_asylum": _("Refugee or asking for asylum"),
    "undocumented": _("Without papers of this country"),
    "transit": _("On the way to another country"),
    "returned": _("Returned from another country"),
    "other": _("Other"),
    "not_said": _("Prefers not to say"),
}
PURPOSES: Mapping[str, Words] = {
    "intake": _("To register a child without registering it twice"),
    "assessment": _("To assess risk and needs"),
    "follow_up": _("To follow up a case"),
    "referral": _("To refer to a service"),
    "transfer": _("To hand over a case"),
    "supervision": _("To supervise"),
    "emergency": _("An emergency"),
    "quality": _("To check the quality of records"),
}
RELATIONS: Mapping[str, Words] = {
    "parent": _("Parent"),
    "other_family": _("Other family"),
    "partner": _("Partner or supposed partner"),
    "friend": _("Friend or acquaintance"),
    "employer": _("Employer"),
    "community": _("Somebody with standing in the community"),
    "online": _("Known only online"),
    "stranger": _("Stranger"),
    "other": _("Other"),
}
ROLES: Mapping[str, Words] = {
    "recruits": _("Recruits"),
    "moves": _("Moves or transports"),
    "lodges": _("Lodges"),
    "controls": _("Controls or threatens"),
    "collects": _("Collects or profits"),
    "buys": _("Pays or gives something"),
    "looks_away": _("Looks away"),
    "other": _("Other"),
}
_LISTS: Mapping[str, Mapping[str, Words]] = {
    "gender": GENDER,
    "migration_situation": MIGRATION,
    "age_known": dict(AgeKnown.choices),
    "signs": dict(Sign.choices),
    "status": dict(Status.choices),
}


def said(name: str, value: Any) -> str:
    """A value of a sealed or plain field, in words."""
    if value is True:
        return str(_("Yes"))
    if value is False:
        return str(_("No"))
    if isinstance(value, list | tuple):
        return ", ".join(said(name, one) for one in value)
    known = _LISTS.get(name, {})
    return str(known.get(str(value), "" if value is None else value))


def area_choices() -> list[tuple[str, str]]:
    """The states of the country, by name in the reader's language."""
    return list(country.area_names(reading()).items())


def area_name(code: str) -> str:
    return country.area_names(reading()).get(code, code)


@dataclass(frozen=True)
class DutyShown:
    """A duty to report as a page says it. `sure`: whether a lawyer of the country has confirmed it."""

    code: str
    who: str
    duty: str
    to: str
    law: str
    article: str
    hours: int | None
    sure: bool


def duties(profession: str) -> list[DutyShown]:
    """What whoever notices must report, in the reader's language: their own duty first, then everybody's."""
    language = reading()
    return [_duty(one, language) for one in load_care_tables(country.pack_name()).duties_of(profession)]


def _duty(one: Duty, language: str) -> DutyShown:
    def of(names: Mapping[str, str]) -> str:
        return names.get(language) or next(iter(names.values()), "")

    code = f"{one.profession}:{one.law}"
    return DutyShown(
        code, of(one.names), of(one.duty), of(one.to), one.law, one.article, one.hours, one.confirmed
    )


@dataclass(frozen=True)
class Line:
    """One telephone line of the pack."""

    use: str
    name: str
    number: str


def lines(*uses: str) -> list[Line]:
    """The pack's lines of these uses ("danger", "talk", "report"); a pack without any has none."""
    language = reading()
    return [
        Line(row["use"], row.get(f"name_{language}") or row.get("name_es", ""), row["number"])
        for row in _lines(country.pack_name())
        if row["use"] in uses
    ]


@lru_cache(maxsize=8)
def _lines(name: str) -> tuple[dict[str, str], ...]:
    path = load_pack(name).folder / "hotlines.csv"
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))
