"""What a packet can hold: core fields that may be shared at all, in the groups that agreements name."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cobijo.web.care.children.fields import CORE_FIELDS
from cobijo.web.care.children.sheets import Sealing, Sheet

Words = str | Promise


@dataclass(frozen=True)
class Group:
    """`plain` are the words of the child's own page."""

    code: str
    title: Words
    plain: Words


@dataclass(frozen=True)
class PacketField:
    """`code` is `kind.name`."""

    code: str
    kind: str
    name: str
    label: Words
    group: str


GROUPS: tuple[Group, ...] = (
    Group("names", _("Names and age"), _("Your name and age")),
    Group("contact", _("How to reach the child safely"), _("How to reach you safely")),
    Group("needs", _("Needs and wishes"), _("What you need and what you want")),
    Group("safety", _("Risk and safety"), _("How to keep you safe")),
    Group("situation", _("Language, culture and disability"), _("Your language and how you live")),
    Group("events", _("What happened, and status"), _("What happened to you, and what was decided")),
)
_GROUP = {
    "child.chosen_name": "names", "child.given": "names", "child.surname1": "names", "child.surname2": "names",
    "child.birth_date": "names", "child.age_known": "names", "child.gender": "names",
    "child.contact": "contact", "child.safe_contact": "contact",
    "child.indigenous_people": "situation", "child.language": "situation", "child.interpreter": "situation",
    "child.disability_accommodations": "situation",
    "case.risk": "safety", "safety_plan.tonight": "safety",
    "assessment.wishes": "needs",
}  # fmt: skip
#: Care needs, results and diagnoses stand in no packet; nor does the guardian, the concern or who reported it.
PACKET_FIELDS: tuple[PacketField, ...] = (
    *(
        PacketField(f"{one.kind}.{one.name}", one.kind, one.name, one.label, _GROUP[f"{one.kind}.{one.name}"])
        for one in CORE_FIELDS
        if one.packet and f"{one.kind}.{one.name}" in _GROUP
    ),
    PacketField("assessment.needs", "assessment", "needs", _("Support needs"), "needs"),
    PacketField("child_event.events", "child_event", "events", _("What happened"), "events"),
    PacketField("status.status", "status", "status", _("Status, and who decided it"), "events"),
)
#: Only in the packet of a case for prosecutors, under a recorded legal basis: no service needs it to help.
ONLY_JUSTICE = frozenset(one.code for one in PACKET_FIELDS if one.group == "events")
BY_CODE = {one.code: one for one in PACKET_FIELDS}

#: What stands sealed in this room's rows.
SHEETS = (
    Sheet(
        "consent",
        {
            "words": Sealing("text"), "language": Sealing("line"), "interpreted": Sealing("yes_no"),
            "told": Sealing("text"), "representative": Sealing("line"),
        },
        revised=False,
    ),
    Sheet("referral", {"question": Sealing("text"), "answer": Sealing("text"), "note": Sealing("text")}, revised=False),
    Sheet("wish", {"words": Sealing("text")}, revised=False),
)  # fmt: skip
PACKET_SEALED = ("json", "html", "question", "answer")
COMPLAINT_SEALED = ("words",)


def known(codes: Iterable[str]) -> list[str]:
    """Those that are packet fields, once each, in the packet's order."""
    asked = set(codes)
    return [one.code for one in PACKET_FIELDS if one.code in asked]


def groups_of(codes: Collection[str]) -> list[Group]:
    found = {BY_CODE[one].group for one in codes if one in BY_CODE}
    return [one for one in GROUPS if one.code in found]


def by_group(codes: Collection[str] | None = None) -> list[tuple[Group, list[PacketField]]]:
    """For a form: the groups with their fields, all or some."""
    rows = [one for one in PACKET_FIELDS if codes is None or one.code in codes]
    listed = [(group, [one for one in rows if one.group == group.code]) for group in GROUPS]
    return [(group, fields) for group, fields in listed if fields]
