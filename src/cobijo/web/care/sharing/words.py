"""The words of codes that stand on packets and pages of this room."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cobijo.web.care.cases.models import Risk
from cobijo.web.care.children.models import AgeKnown, Urgency
from cobijo.web.care.sharing.models.consents import Purpose

Words = str | Promise
_LISTS: dict[str, Mapping[str, Words]] = {
    "urgency": dict(Urgency.choices),
    "purpose": dict(Purpose.choices),
    "age_known": dict(AgeKnown.choices),
    "risk": dict(Risk.choices),
    "gender": {
        "girl": _("Girl"), "boy": _("Boy"), "trans_girl": _("Trans girl"), "trans_boy": _("Trans boy"),
        "non_binary": _("Non-binary"), "other": _("Other"), "not_said": _("Prefers not to say"),
    },
    "need": {
        "safe_place": _("A safe place"), "income": _("Income"), "food": _("Food"), "school": _("School"),
        "work": _("Work"), "papers": _("Papers"), "language": _("Help with the language"),
        "disability_support": _("Support with a disability"), "family_contact": _("Contact with family"),
        "distance_from_somebody": _("Distance from somebody"), "legal_help": _("Legal help"),
        "online_safety": _("Safety online"), "community": _("Community"), "own_child_care": _("Care for an own child"),
    },
}  # fmt: skip


def word_of(list_: str, code: str) -> str:
    return str(_LISTS[list_].get(code, code))
