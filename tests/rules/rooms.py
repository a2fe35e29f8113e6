"""Examples of the kinds of the rooms above the core; `factories` says how one is added."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.apps import apps
from django.utils import timezone

from cobijo.web.core.screens import history
from tests.rules.factories import example, example_of, filled, row
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
    ("seat", "organisation", "groups.Seat", {}),
    (
        "public_request",
        "",
        "requests.PublicRequest",
        {"public": True, "sent_on": TODAY, "looked_at": timezone.now()},
    ),
    ("meeting", "", "groups.Meeting", {}),
    ("plan_objective", "", "plans.Objective", {}),
    ("plan_line", "organisation", "plans.Line", {}),
    ("plan_activity", "organisation", "plans.Activity", {}),
    ("plan_indicator", "organisation", "plans.Indicator", {}),
    ("plan_target", "organisation", "plans.Target", {"year": TODAY.year, "value": 1}),
    ("plan_budget", "organisation", "plans.Budget", {"year": TODAY.year}),
    ("plan_report", "organisation", "plans.ProgressReport", {}),
    ("plan_rating", "organisation", "plans.Rating", {}),
    ("plan_evaluation", "", "plans.Evaluation", {}),
    ("compliance", "", "duties.Compliance", {}),
    ("assessed_capability", "organisation", "duties.Answer", {"capability": "leadership"}),
)
_count = count()  # for what must be unique, however often it is made in one place
#: Histories of guarded records.
HISTORIES = ("children.ChildRevision", "cases.CaseRevision", "justice.JusticeRevision")


def _plain(kind: str, bears: str, label: str, given: dict[str, Any]) -> None:
    @example(kind, bears=bears)
    def make(at: Place) -> Any:
        area = {"area": at.area} if "area" in bears else {}
        return filled(apps.get_model(label), at, **given, **area)


for _one in PLAIN:
    _plain(*_one)


def _history(label: str) -> None:
    model = apps.get_model(label)

    @row(model._meta.db_table, *sorted(kind for kind, table in history._tables.items() if table is model))
    def make(at: Place, kind: str, record: Any) -> Any:
        return filled(
            model, at, kind=kind, record_id=record.pk, number=record.version, key_id=record.key_id, sealed=record.sealed
        )  # fmt: skip


for _label in HISTORIES:
    _history(_label)


@example("group", bears="")
def group(at: Place) -> Any:
    return filled(apps.get_model("groups.Group"), at, name=f"Group {at.number}.{next(_count)}", since=TODAY)


@example("decision", bears="owner, organisation")
def decision(at: Place) -> Any:
    held = filled(apps.get_model("groups.Meeting"), at, state="held")
    return filled(apps.get_model("groups.Decision"), at, meeting=held, person=at.owner)


_figures = count(1)


def _evidence(kind: str, label: str, given: Callable[[Place], dict[str, Any]]) -> None:
    @example(kind, bears="")
    def make(at: Place) -> Any:
        return filled(apps.get_model(f"evidence.{label}"), at, **given(at))


def _a_source(at: Place) -> Any:
    return filled(apps.get_model("evidence.Source"), at, code=f"source-{next(_figures)}", year=2000)


def _said_of(at: Place) -> dict[str, Any]:
    return {
        "code": f"figure-{next(_figures)}", "source": _a_source(at), "concept": "epros", "area": "MX", "value": 16_000,
        "period_from": date(2000, 1, 1), "period_until": date(2000, 12, 31),
    }  # fmt: skip


def _two_figures(at: Place) -> dict[str, Any]:
    one, other = (example_of("figure").make(at) for _both in range(2))
    return {"first": one, "second": other, "kind": "not_comparable", "fields": ["concept", "period?"]}


_evidence("source", "Source", lambda at: {"code": f"source-{next(_figures)}", "year": 2000})
_evidence("figure", "Figure", _said_of)
_evidence(
    "rating", "Rating",
    lambda at: {"scheme": f"scheme-{next(_figures)}", "source": _a_source(at), "area": "MX", "year": 2000},
)  # fmt: skip
_evidence(
    "factor_series", "Indicator",
    lambda at: {"code": f"series-{next(_figures)}", "source": _a_source(at), "factor": "poverty"},
)  # fmt: skip
_evidence(
    "factor_value", "IndicatorValue",
    lambda at: {"indicator": example_of("factor_series").make(at), "area": "MX-OAX", "year": 2020, "value": 1},
)  # fmt: skip
_evidence("contradiction", "Contradiction", _two_figures)
_evidence(
    "report_choice", "ReportChoice",
    lambda at: {"contradiction": example_of("contradiction").make(at), "reason": "an example"},
)  # fmt: skip


_laws = count(1)


def _law(kind: str, label: str, given: Callable[[Place], dict[str, Any]]) -> None:
    @example(kind, bears="")
    def make(at: Place) -> Any:
        return filled(apps.get_model(f"laws.{label}"), at, **given(at))


_law("instrument", "Instrument", lambda at: {"code": f"law-{next(_laws)}", "kind": "treaty", "area": ""})
_law(
    "article",
    "Article",
    lambda at: {"instrument": example_of("instrument").make(at), "number": f"{next(_laws)}"},
)
_law(
    "amendment", "Amendment",
    lambda at: {"code": f"change-{next(_laws)}", "instrument": example_of("instrument").make(at), "on": TODAY},
)  # fmt: skip
_law(
    "penalty", "Penalty",
    lambda at: {
        "offence": f"offence-{next(_laws)}", "area": "MX", "article": example_of("article").make(at), "min_years": 1,
        "max_years": 2, "since": TODAY,
    },
)  # fmt: skip
_law(
    "proposal", "Proposal",
    lambda at: {"code": f"proposal-{next(_laws)}", "area": "MX", "stage": "draft", "stage_on": TODAY},
)  # fmt: skip


@example("own_term", bears="")
def own_term(at: Place) -> Any:
    return filled(
        apps.get_model("terms.OwnTerm"), at, words=f"word {next(_laws)}", language="es", concept="csa"
    )


_law("study", "Study", lambda at: {"code": f"study-{next(_laws)}", "year": 2017, "ethics": "not_stated"})


@example("request", bears="organisation")
def request(at: Place) -> Any:
    return filled(apps.get_model("requests.Request"), at, organisation=at.organisation)


@example("request_escalation", bears="organisation")
def request_escalation(at: Place) -> Any:
    return filled(apps.get_model("requests.Escalation"), at, request=request(at))


@example("recommendation", bears="")
def recommendation(at: Place) -> Any:
    model = apps.get_model("recommendations.Recommendation")
    return filled(model, at, code=f"r-{at.number}-{next(_count)}", symbol="X")


@example("recommendation_action", bears="")
def recommendation_action(at: Place) -> Any:
    return filled(apps.get_model("recommendations.Action"), at, decision=decision(at))


@example("advocacy_actor", bears="organisation")
def advocacy_actor(at: Place) -> Any:
    model = apps.get_model("recommendations.Actor")  # an organisation agrees once at a time
    return model.objects.filter(organisation=at.organisation, until=None).first() or filled(model, at)


@example("advocacy", bears="organisation")
def advocacy(at: Place) -> Any:
    return filled(apps.get_model("recommendations.Pressure"), at, actor=advocacy_actor(at))


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


_counted = count(1)


@example("plan", bears="")
def plan(at: Place) -> Any:
    return filled(apps.get_model("plans.Plan"), at, code=f"plan-{next(_counted)}")


@example("plan_funder", bears="")
def plan_funder(at: Place) -> Any:
    number = next(_counted)
    return filled(apps.get_model("plans.Funder"), at, code=f"funder-{number}", name=f"Fund {number}")


@example("duty", bears="")
def duty(at: Place) -> Any:
    return filled(apps.get_model("duties.Duty"), at, code=f"duty-{next(_counted)}")


@example("self_assessment", bears="organisation")
def self_assessment(at: Place) -> Any:
    return filled(apps.get_model("duties.Assessment"), at, name=f"Assessment {next(_counted)}")


@example("alternative_report", bears="")
def alternative_report(at: Place) -> Any:
    return filled(
        apps.get_model("reports.Report"), at, title=f"Report {next(_counted)}", in_force_on=date(2024, 1, 15)
    )


def _of_a_report(kind: str, label: str, **given: Any) -> None:
    @example(kind, bears="")
    def make(at: Place) -> Any:
        of = example_of("alternative_report").make(at)
        return filled(apps.get_model(f"reports.{label}"), at, report=of, **given)


_of_a_report("report_section", "Section", code="III.B", order=4)
_of_a_report("report_table", "DataTable", code="D2")
_of_a_report("state_claim", "StateClaim", source="an example")
_of_a_report("report_annex", "Annex")
_of_a_report("report_contributor", "Contributor")
_of_a_report("report_step", "Step")


@example("report_paragraph", bears="")
def report_paragraph(at: Place) -> Any:
    of = example_of("report_section").make(at)
    return filled(apps.get_model("reports.Paragraph"), at, section=of, number=1)


@example("report_edition", bears="")
def report_edition(at: Place) -> Any:
    from cobijo.web.publication.reports.freezing import as_text, content_of, hash_of
    from cobijo.web.publication.reports.whole import Whole

    of = example_of("alternative_report").make(at)
    text = as_text(content_of(Whole(of, [], [], [], [], [], [])))
    return filled(
        apps.get_model("reports.Edition"), at, report=of, number=1, language="en", frozen_on=TODAY, content=text,
        sha256=hash_of(text),
    )  # fmt: skip


@example("agreement", bears="organisation")
def agreement(at: Place) -> Any:
    today = timezone.localdate()
    return filled(
        apps.get_model("sharing.SharingAgreement"), at, other=organisation("third"), starts_on=today,
        ends_on=today + timedelta(days=90),
    )  # fmt: skip


@example("exchange", bears="organisation")
def exchange(at: Place) -> Any:
    return filled(apps.get_model("systems.Exchange"), at, other=organisation("third"))


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
