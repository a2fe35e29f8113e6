"""The core fields, at most 25, each with why it is asked, who reads it and how long it is kept. None is required.

Sexual orientation is never a field. Forms, exports, the XLSForm and the HTCDS writer are made from this list.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cobijo.web.care.children.sheets import Sealing, Sheet

MOST = 25


@dataclass(frozen=True)
class FieldDeclaration:
    """One core field. `kind` and `name` say where it lies; `identity`: sealed, read with a purpose and audited."""

    kind: str
    name: str
    label: str | Promise
    purpose: str | Promise  # why it is asked, in one line under the field
    reader: tuple[str, ...]  # roles that read it
    retention: str  # a purpose of the pack's retention table
    identity: bool
    htcds: str = ""  # its name in HTCDS; empty: that standard has none
    sealing: Sealing | None = None  # how it is sealed; None: a plain code or day
    packet: bool = True  # may be put into a referral's packet at all
    as_said: bool = False  # the child's own words: nobody is told to say them otherwise


_DESK = ("caseworker", "supervisor")
_TRAY = (*_DESK, "receiving_service")
_LINE, _TEXT, _DAY = Sealing("line"), Sealing("text"), Sealing("date")
GENDERS = ("girl", "boy", "trans_girl", "trans_boy", "non_binary", "other", "not_said")
MIGRATION = ("national", "refugee_or_asylum", "undocumented", "transit", "returned", "other", "not_said")


def _who(
    name: str,
    label: str | Promise,
    purpose: str | Promise,
    htcds: str = "",
    sealing: Sealing = _LINE,
    *,
    packet: bool = True,
    as_said: bool = False,
) -> FieldDeclaration:
    return FieldDeclaration(
        "child", name, label, purpose, _DESK, "case", True, htcds, sealing, packet, as_said
    )


CORE_FIELDS: tuple[FieldDeclaration, ...] = (
    _who("chosen_name", _("Chosen name"), _("How the child wants to be called.")),
    _who("given", _("Given names"), _("To find the child and not register it twice."), "prs_FirstName"),
    _who("surname1", _("First surname"), _("To find the child and not register it twice."), "prs_SecondName"),
    _who("surname2", _("Second surname"), _("To find the child and not register it twice.")),
    _who("birth_date", _("Day of birth"), _("To know which rules protect the child."), "prs_Birthdate", _DAY),
    FieldDeclaration(
        "child", "age_known", _("The age is"), _("An unknown or disputed age counts as a child’s."),
        _DESK, "case", False,
    ),
    _who(
        "official_id", _("Official id"), _("To arrange papers and services."), "prs_IdentityNumber", packet=False
    ),
    _who("contact", _("Telephone or other contact"), _("To keep in touch."), "prs_MobilePhone"),
    _who("safe_contact", _("How to reach the child safely"), _("So that no call puts the child in danger."), "", _TEXT),
    _who("gender", _("Gender, as the child says"), _("To offer the services that fit."), "prs_Gender",
         Sealing("code", GENDERS)),
    _who("indigenous_people", _("Indigenous people"), _("So that culture and rights are respected.")),
    _who("language", _("Language"), _("To speak with the child."), "prs_PrimaryLanguage"),
    _who("interpreter", _("Interpreter needed"), _("To arrange one."), "", Sealing("yes_no")),
    _who(
        "disability_accommodations", _("What the child needs because of a disability"),
        _("So that every place is open to the child."), "", _TEXT, as_said=True,
    ),
    _who("migration_situation", _("Migration situation"), _("To offer protection; it is passed to no authority."), "",
         Sealing("code", MIGRATION), packet=False),
    FieldDeclaration(
        "concern", "noticed_on", _("Noticed on"), _("To act in time."), _TRAY, "concern", False, "hte_Date"
    ),
    FieldDeclaration("concern", "signs", _("What was noticed"), _("To know how to help."), _TRAY, "concern", False),
    FieldDeclaration(
        "concern", "narrative", _("In your own words"), _("Only what helps to protect the child."),
        _TRAY, "concern", True, "", _TEXT,
    ),
    FieldDeclaration(
        "child_event", "area", _("State"), _("To see where children are not reached."), _DESK, "case", False,
        "hte_State",
    ),
    FieldDeclaration(
        "child_event", "elements", _("What was done"), _("From this the rules derive the concepts."),
        _DESK, "case", True, "vic_TypeOfExploitation", Sealing("elements"),
    ),
    FieldDeclaration(
        "status", "status", _("Status"), _("A decision of a body, with its ground."), _DESK, "case", False,
        "vic_TraffickingStatus",
    ),
    FieldDeclaration(
        "case", "risk", _("Risk"), _("It sets the clock by which somebody must act."), _DESK, "case", False
    ),
    FieldDeclaration(
        "case", "guardian", _("Guardian"), _("Who is implicated never consents and is told nothing."), _DESK, "case",
        False,
    ),
    FieldDeclaration(
        "safety_plan", "tonight", _("Safety tonight"), _("What keeps the child safe now."), _DESK, "assessment", True,
        "", _TEXT, as_said=True,
    ),
    FieldDeclaration(
        "assessment", "wishes", _("What the child wants"), _("The child is heard."), _DESK, "assessment", True,
        "spl_Objectives", _TEXT, as_said=True,
    ),
)  # fmt: skip


def fields_of(kind: str) -> tuple[FieldDeclaration, ...]:
    """The core fields of one kind, in the order of the form."""
    return tuple(one for one in CORE_FIELDS if one.kind == kind)


def _sealed(kind: str) -> dict[str, Sealing]:
    return {one.name: one.sealing for one in fields_of(kind) if one.sealing is not None}


CHILD = Sheet(
    "child",
    _sealed("child"),
    careful=frozenset({"age_known", "birth_date", "safe_contact", "hold"}),
    indexed=True,
)
#: Of a concern's sealed part: what was noticed, and who the child is as far as the noticer knows.
CONCERN = Sheet(
    "concern",
    _sealed("concern")
    | {
        name: shape
        for name, shape in _sealed("child").items()
        if name
        in {
            "chosen_name", "given", "surname1", "surname2", "birth_date", "official_id", "contact", "safe_contact",
            "language",
        }
    }
    | {"where_now": _TEXT, "noticer_contact": _LINE},
    careful=frozenset({"urgency", "safe_contact", "where_now"}),
    indexed=True,
)  # fmt: skip
EVENT = Sheet("child_event", _sealed("child_event") | {"narrative": _TEXT}, careful=frozenset({"elements"}))
STATUS = Sheet("status", {"remark": _TEXT}, careful=frozenset({"status"}), revised=False)
SHEETS = (CHILD, CONCERN, EVENT, STATUS)
