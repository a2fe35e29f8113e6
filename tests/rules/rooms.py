"""Examples of the kinds of the rooms above the core; `factories` says how one is added."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.apps import apps
from django.utils import timezone

from tests.rules.factories import example, filled, row
from tests.rules.world import Place
from tests.web.people import organisation

TODAY = timezone.localdate()
#: Kinds whose row needs nothing but its fields filled in: name, what it bears, model, and what a rule of it asks for.
PLAIN: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("contact", "organisation, area", "organisations.Contact", {"phone": "951 000 0000", "public": True}),
    ("coverage", "organisation, area", "services.Service", {}),
    ("child", "scope", "children.Child", {}),
    ("concern", "scope", "children.Concern", {}),
    ("child_event", "scope", "children.Event", {}),
    ("concept", "scope", "children.Concept", {}),
    ("status", "scope", "children.StatusDecision", {}),
    ("question", "owner, organisation", "children.Question", {}),
    ("match", "", "children.Match", {}),
    ("case", "scope", "cases.Case", {}),
    ("approval", "scope", "cases.Approval", {}),
    ("transfer", "scope", "cases.Transfer", {}),
    ("escalation", "owner, organisation", "cases.Escalation", {}),
    ("assessment", "scope", "cases.Assessment", {}),
    ("safety_plan", "scope", "cases.SafetyPlan", {}),
    ("plan_item", "scope", "cases.PlanItem", {}),
    ("task", "scope", "cases.Task", {}),
    ("follow_up", "scope", "cases.FollowUp", {}),
    ("outcome", "scope", "cases.Outcome", {"month": 3}),
    ("determination", "scope", "cases.Determination", {}),
    ("sibling", "scope", "cases.Sibling", {}),
    ("consent", "scope", "sharing.Consent", {"until": TODAY + timedelta(days=90)}),
    ("referral", "scope", "sharing.Referral", {}),
    ("opening", "scope", "sharing.Opening", {}),
    ("wish", "scope", "sharing.Wish", {}),
    ("proceeding", "scope", "justice.Proceeding", {"expected_by": TODAY}),
    ("justice_step", "scope", "justice.Step", {}),
    ("justice_delay", "scope", "justice.Delay", {"was_by": TODAY, "until": TODAY + timedelta(days=9)}),
    ("protection_measure", "scope", "justice.Measure", {}),
    ("reparation", "scope", "justice.Reparation", {}),
    ("non_punishment", "scope", "justice.Alert", {}),
    ("alleged_child", "scope", "justice.AllegedChild", {}),
    ("signature", "organisation", "sharing.Signature", {}),
)
#: Guarded tables that are no kind of their own.
TABLES = {
    "children_childrevision": "children.ChildRevision",
    "cases_caserevision": "cases.CaseRevision",
    "justice_justicerevision": "justice.JusticeRevision",
}


def _plain(kind: str, bears: str, label: str, given: dict[str, Any]) -> None:
    @example(kind, bears=bears)
    def make(at: Place) -> Any:
        area = {"area": at.area} if "area" in bears else {}
        return filled(apps.get_model(label), at, **given, **area)


for _one in PLAIN:
    _plain(*_one)


def _table(table: str, label: str) -> None:
    @row(table)
    def make(at: Place) -> Any:
        return filled(apps.get_model(label), at)


for _name, _label in TABLES.items():
    _table(_name, _label)


@example("network", bears="")
def network(at: Place) -> Any:
    return filled(
        apps.get_model("networks.Network"), at, code=f"network-{at.number}", name=f"Network {at.number}"
    )


@example("membership", bears="organisation")
def membership(at: Place) -> Any:
    return filled(
        apps.get_model("networks.Membership"), at, network=filled(apps.get_model("networks.Network"), at)
    )


@example("agreement", bears="organisation")
def agreement(at: Place) -> Any:
    today = timezone.localdate()
    return filled(
        apps.get_model("sharing.SharingAgreement"), at, other=organisation("third"), starts_on=today,
        ends_on=today + timedelta(days=90),
    )  # fmt: skip


@example("work_area", bears="organisation, area")
def work_area(at: Place) -> Any:
    return filled(apps.get_model("organisations.WorkArea"), at, area=f"{at.area}-{at.number}")


@example("complaint", bears="organisation")
def complaint(at: Place) -> Any:
    return filled(apps.get_model("sharing.Complaint"), at, about=organisation("third"))


@example("packet", bears="scope")
def packet(at: Place) -> Any:
    referral = filled(apps.get_model("sharing.Referral"), at)
    return filled(apps.get_model("sharing.Packet"), at, referral_id=referral.pk)


def legal_basis(child: Any) -> int:
    """A consent of another sort: the law, under which a prosecutor receives a packet about this child."""
    from cobijo.web.core.access.context import acting_as_system

    at = Place("own", child.made_by, child.scope.organisation, child.scope, 900)
    law = {"purpose": "justice", "verdict": "law", "law": "Ley", "article": "1"}
    with acting_as_system("test", scopes="all"):
        made = filled(
            apps.get_model("sharing.Consent"), at, child=child, **law, until=TODAY + timedelta(days=90)
        )
    return int(made.pk)
