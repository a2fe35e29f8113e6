"""Words of the sealed codes of a case."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cobijo.web.care.cases.rules import tables
from cobijo.web.figures import reading

Words = str | Promise
SUICIDE: Mapping[str, Words] = {
    "not_asked": _("Not asked yet"),
    "no_sign": _("No sign"),
    "thoughts": _("Thoughts of it"),
    "plan": _("A plan"),
    "attempt": _("An attempt"),
}
NEEDS: Mapping[str, Words] = {
    "safe_place": _("A safe place"),
    "income": _("Income"),
    "food": _("Food"),
    "school": _("School"),
    "work": _("Work"),
    "papers": _("Papers"),
    "language": _("Language"),
    "disability_support": _("Support with a disability"),
    "family_contact": _("Contact with family"),
    "distance_from_somebody": _("Distance from somebody"),
    "legal_help": _("Legal help"),
    "online_safety": _("Safety online"),
    "community": _("Community"),
    "own_child_care": _("Care for an own child"),
}
CARE: Mapping[str, Words] = {
    "urgent_health_care": _("Urgent health care"),
    "health_check": _("A health check"),
    "psychological_care": _("Psychological care"),
    "dental_care": _("Dental care"),
    "substance_support": _("Support with substances"),
    "sleep_and_food": _("Sleep and food"),
}
ANSWERS: Mapping[str, Words] = {
    "contact": _("The child was seen or spoken to"),
    "placed": _("The child is in a safe place"),
    "emergency": _("Emergency services came"),
    "service": _("A service took the child in"),
    "safety_plan": _("A safety plan stands"),
}
WHAT: Mapping[str, Words] = {
    "assessment": _("assessment"),
    "safety_plan": _("safety plan"),
    "plan_item": _("line of the plan"),
    "task": _("task"),
    "follow_up": _("follow-up"),
    "outcome": _("outcome"),
    "determination": _("best-interest determination"),
    "sibling": _("other child at risk"),
}
_LISTS: Mapping[str, Mapping[str, Words]] = {"suicide_risk": SUICIDE, "needs": NEEDS, "care_needs": CARE}


def coded(name: str, codes: object) -> list[str]:
    """The words of one code or several."""
    known = _LISTS[name]
    listed = codes if isinstance(codes, list | tuple) else [codes]
    return [str(known.get(str(one), one)) for one in listed if one]


def offices() -> list[tuple[str, str]]:
    """The protection offices of the pack."""
    return [(one.code, one.names.get(reading(), one.code)) for one in tables().offices]


def office_name(code: str) -> str:
    return dict(offices()).get(code, code)
