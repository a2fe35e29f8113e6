"""The register of cases: by code, risk and day. Who the child is stands on the page of one case only."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cobijo.web.care.cases import queries
from cobijo.web.care.cases.models import Case
from cobijo.web.care.children.words import area_name
from cobijo.web.core.screens.register import Column, Group, Register, register_screens

CASES = register_screens(
    Register(
        kind="case",
        path="care/cases",
        section=_("Children"),
        title=_("Cases"),
        lead=_("The cases on your desk, by code. Open one to see what is due next."),
        empty=_("No case is on your desk. A case is opened on the page of a child."),
        model=Case,
        queries=queries.cases,
        columns=(
            "code",
            "risk",
            "state",
            Column("answer_by", _("act by")),
            "opened_on",
            Column("area", text=lambda one: area_name(one.area)),
        ),
        groups=(Group(_("The case"), ("area", "guardian", "opened_on")),),
        more=(Group(_("Where it stands"), ("code", "state", "risk", "answer_by", "closed_on", "closure")),),
        search=("code",),
        filters=("state", "risk", "area"),
        sort="-opened_on",
        choices={"area": lambda access: _areas()},
        exports=False,
        imports=False,
    )
)


def _areas() -> list[tuple[str, str]]:
    from cobijo.web.care.children.words import area_choices

    return area_choices()
