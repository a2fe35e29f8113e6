"""Who may do what, as a table to be read aloud: "A supervisor may list, see and review emergency accesses within the
organisation."

Nothing is allowed that does not stand here. For records that lie in scopes (children's), OWN is what lies on the own
desk or with the own team, ORGANISATION is every place of the own organisation, and nothing reaches further.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from cobijo.web.core.accounts.roles import Role

ACTIONS = (
    "list", "see", "see_identity", "add", "change", "remove", "export", "import", "history", "review",
)  # fmt: skip


class Reach(StrEnum):
    OWN = "own"
    ORGANISATION = "organisation"
    AREA = "area"  # the areas of the role; where it is bound to none, the organisation's
    NATIONAL = "national"


class Grant(NamedTuple):
    action: str
    kind: str
    reach: Reach
    public_only: bool = False


def may(actions: str, kinds: str, within: Reach, *, public_only: bool = False) -> tuple[Grant, ...]:
    """Every one of these actions on every one of these kinds."""
    return tuple(
        Grant(action, kind, within, public_only)
        for kind in kinds.replace(",", " ").split()
        for action in actions.replace(",", " ").split()
    )


OWN, ORGANISATION, AREA, COUNTRY = Reach.OWN, Reach.ORGANISATION, Reach.AREA, Reach.NATIONAL

#: What everybody may who is signed in and holds any role at all.
EVERYBODY = (
    *may("list, see", "organisation, network, membership, coverage, work_area", COUNTRY),
    *may("list, see", "service, contact", COUNTRY, public_only=True),
    *may("list, see, export", "service, contact, work_area", ORGANISATION),
    *may("list, see", "public_request", COUNTRY),
    *may("see, change", "account", OWN),
    *may("list, see, add, remove", "token, job", OWN),
    *may("list, see", "plan, plan_objective, plan_line, plan_activity, plan_indicator, plan_target", COUNTRY),
    *may("list, see", "plan_budget, plan_funder, plan_report, plan_rating, plan_evaluation", COUNTRY),
    *may("list, see", "duty, compliance, self_assessment, assessed_capability", COUNTRY),
    *may("list, see", "break_glass", OWN),
    *may("list, see", "report_edition", COUNTRY),
    *may(
        "list, see",
        "source, figure, rating, factor_series, factor_value, contradiction, report_choice",
        COUNTRY,
    ),
    *may("list, see", "instrument, article, amendment, penalty, proposal, study, own_term", COUNTRY),
)

#: Whoever keeps the directory entries of the own organisation.
KEEPS_OWN_ENTRIES = (
    *may("add, change, history", "service, contact", ORGANISATION),
    *may("add, remove", "work_area", ORGANISATION),
)

#: What a national plan of action is made of, and what is known of the duties of authorities.
PLAN_PARTS = "plan_objective, plan_line, plan_activity, plan_indicator, plan_target, plan_budget, plan_funder"
PLANS = f"plan, {PLAN_PARTS}, plan_evaluation"
DUTIES = "duty, compliance, self_assessment, assessed_capability"

#: What groups do: who sits in them, when they meet, what they decide.
GROUPS = "group, seat, meeting, decision"
#: What was asked of authorities, and who was asked next. What is public of it stands as a kind of its own.
REQUESTS = "request, request_escalation"
#: What treaty bodies and the study recommend. The advocacy record beside it is internal, and actors agree first.
RECOMMENDATIONS = "recommendation, recommendation_action"

#: Whoever keeps the published figures. Nobody removes a contradiction, a rating or what a report decided.
KEEPS_FIGURES = (
    *may(
        "add, change, export, import, history", "source, figure, rating, factor_series, factor_value", COUNTRY
    ),
    *may("remove", "source, figure, factor_series, factor_value", COUNTRY),
    *may("add, change, export, history", "contradiction, report_choice", COUNTRY),
)

#: Treaties and laws, what they threaten, how they change; studies; words that the country adds to the vocabulary.
LAWS = "instrument, article, amendment, penalty, proposal, study, own_term"
KEEPS_LAWS = may("add, change, remove, export, import, history", LAWS, COUNTRY)

#: An alternative report before it is frozen, without who contributed. Frozen editions are open to all with a role.
REPORT_PARTS = "report_section, report_paragraph, report_table, state_claim, report_annex, report_step"
REPORTS = f"alternative_report, {REPORT_PARTS}"
#: Whoever writes alternative reports. Contributors may have spoken in confidence, so nobody else sees who they are.
KEEPS_REPORTS = (
    *may("list, see, add, change, history", f"{REPORTS}, report_contributor", COUNTRY),
    *may("remove", "report_paragraph, state_claim, report_annex, report_contributor, report_step", COUNTRY),
    *may("add, export", "report_edition", COUNTRY),
)

#: Everything under a child that a caseworker writes.
CARE = "child_event, assessment, safety_plan, plan_item, task, follow_up, outcome, determination, sibling, status"
#: What the authorities do. No role of police or immigration exists, and nothing of this is exported.
JUSTICE = "proceeding, justice_step, protection_measure, reparation, non_punishment"
#: On the own desk.
CARE_DESK = (
    *may("list, see, see_identity, add, change, history", JUSTICE, OWN),
    *may("list, see, see_identity, add", "justice_delay", OWN),
    *may("add", "alleged_child", OWN),
    *may("list, see, see_identity, add, change, history", f"child, concern, case, {CARE}", OWN),
    *may("list, see, add", "concept, approval", OWN),
    *may("add", "question, transfer", OWN),
    *may("list, see, see_identity, add, change", "consent, referral, wish", OWN),
    *may("list, see", "opening", OWN),
    *may("list, see, see_identity, add, change", "packet", OWN),
    *may("list, see", "agreement", COUNTRY),
)

GRANTS: dict[Role, tuple[Grant, ...]] = {
    Role.CASEWORKER: (
        *EVERYBODY,
        *CARE_DESK,
    ),
    Role.SUPERVISOR: (
        *EVERYBODY,
        *CARE_DESK,
        *may("list, see, see_identity, add, change, history, review", f"child, concern, case, {CARE}", ORGANISATION),
        *may("list, see, add, review", "concept, approval", ORGANISATION),
        *may("list, see, see_identity, add, change, history, review", JUSTICE, ORGANISATION),
        *may("list, see, see_identity, add", "justice_delay", ORGANISATION),
        *may("list, see, see_identity, add, change, history, review", "alleged_child", ORGANISATION),
        *may("list, see, change", "transfer", ORGANISATION),
        *may("list, see, see_identity, change, review", "consent, referral, wish", ORGANISATION),
        *may("list, see", "opening", ORGANISATION),
        *may("list, see, see_identity, change", "packet", ORGANISATION),
        *may("add, change, export, history", "agreement", ORGANISATION),
        *may("add", "signature", ORGANISATION),
        *may("export, import", "case", ORGANISATION),
        *may("list, see", "exchange", ORGANISATION),
        *may("list, see", "escalation", OWN),
        *KEEPS_OWN_ENTRIES,
        *may("remove, import", "service, contact", ORGANISATION),
        *may("import", "work_area", ORGANISATION),
        *may("list, see", "account", ORGANISATION),
        *may("list, see, review, history", "break_glass", ORGANISATION),
        *may("list, see", "job", ORGANISATION),
    ),
    Role.RECEIVING_SERVICE: (
        *EVERYBODY,
        *may("list, see, see_identity, change", "concern", OWN),
        *may("list, see, see_identity, change", "packet", OWN),
        *may("list, see", "agreement", COUNTRY),
        *KEEPS_OWN_ENTRIES,
    ),
    Role.HEALTH_WORKER: (
        *EVERYBODY,
        *may("add", "concern", OWN),
    ),
    Role.ANALYST: (
        *EVERYBODY,
        *KEEPS_FIGURES,
        *may("export", "organisation, network, membership, coverage", COUNTRY),
        *may("list, see", f"{GROUPS}, {REQUESTS}, {RECOMMENDATIONS}", COUNTRY),
        *may("export", f"{PLANS}, plan_report, plan_rating, {DUTIES}", COUNTRY),
    ),
    Role.DATA_STEWARD: (
        *EVERYBODY,
        *KEEPS_FIGURES,
        *KEEPS_LAWS,
        *may("list, see, change", "match", COUNTRY),
        *may("list, see", "exchange", ORGANISATION),
        *may("list, see, add, change, export, import, history", "service, contact", AREA),
        *may("add, change, export, import, history", "network, membership, coverage", COUNTRY),
        *may("list, see, add, remove, export, import", "work_area", AREA),
    ),
    Role.COORDINATOR: (
        *EVERYBODY,
        *KEEPS_FIGURES,
        *KEEPS_REPORTS,
        *KEEPS_LAWS,
        *may("list, see, add, change, remove, export, import, history", "service, contact", AREA),
        *may("add, change, remove, export, import, history", "network, membership, coverage", COUNTRY),
        *may("list, see, add, remove, export, import", "work_area", AREA),
        *may("add, export, import, history", "organisation", COUNTRY),
        *may("list, see", "agreement", COUNTRY),
        *may("list, see, see_identity, change", "complaint", ORGANISATION),
        *may("list, see, add, change, remove, export, import, history", GROUPS, COUNTRY),
        *may("list, see, add, change, remove, export, history", "request", COUNTRY),
        *may("list, see, add", "request_escalation", COUNTRY),
        *may("list, see, add, change, remove, history", RECOMMENDATIONS, COUNTRY),
        *may("export, import", "recommendation", COUNTRY),
        *may("list, see, history", "advocacy_actor", COUNTRY),
        *may("add, change", "advocacy_actor", ORGANISATION),
        *may("list, see, add, change, remove, history", "advocacy", COUNTRY),
        *may("add, change, export, import, history", f"{PLANS}, {DUTIES}", COUNTRY),
        *may("remove", f"{PLAN_PARTS}, compliance", COUNTRY),
        *may("export, review, history", "plan_report", COUNTRY),
        *may("export", "plan_rating", COUNTRY),
        *may("add, change, history", "plan_report, plan_rating", ORGANISATION),
    ),
    Role.PROGRAMME_OFFICER: (
        *EVERYBODY,
        *KEEPS_OWN_ENTRIES,
        *may("export", "coverage", COUNTRY),
        *may("list, see", GROUPS, COUNTRY),
        *may("add, change, history", "decision", ORGANISATION),
        *may("list, see, add, change, history", "request", ORGANISATION),
        *may("list, see, add", "request_escalation", ORGANISATION),
        *may("list, see", RECOMMENDATIONS, COUNTRY),
        *may("list, see, add, change", "advocacy_actor, advocacy", ORGANISATION),
        *may("add, change, history", "plan_report, plan_rating", ORGANISATION),
    ),
    Role.COMPANY_CONTACT: (
        *EVERYBODY,
        *KEEPS_OWN_ENTRIES,
    ),
    Role.PUBLISHER: (
        *EVERYBODY,
        *KEEPS_FIGURES,
        *KEEPS_REPORTS,
        *KEEPS_LAWS,
        *may("list, see", f"{GROUPS}, {REQUESTS}, {RECOMMENDATIONS}", COUNTRY),
    ),
    Role.AUDITOR: (
        *EVERYBODY,
        *may("list, see, history", REPORTS, COUNTRY),
        *may("list, see, export", "event", COUNTRY),
        *may("list, see, history", f"{GROUPS}, request, {RECOMMENDATIONS}", COUNTRY),
        *may("list, see", "request_escalation", COUNTRY),
        *may("list, see, history", "account, holding, invitation, break_glass, token", COUNTRY),
        *may("history", "organisation, service, contact, network, membership", COUNTRY),
        *may("history", "source, figure, rating, factor_series, factor_value, contradiction, report_choice", COUNTRY),
        *may("history", LAWS, COUNTRY),
        *may("list, see", "job", COUNTRY),
        *may("list, see, export, history", "agreement", COUNTRY),
        *may("list, see", "exchange", COUNTRY),
        *may("list, see, see_identity, change", "complaint", ORGANISATION),
        *may("history", f"{PLANS}, plan_report, plan_rating, {DUTIES}", COUNTRY),
    ),
    Role.ADMINISTRATOR: (
        *EVERYBODY,
        *may("list, see", "agreement", COUNTRY),
        *may("add, change, history", "agreement", ORGANISATION),
        *may("add", "signature", ORGANISATION),
        *may("list, see", "escalation", OWN),
        *may("add, change, remove, export, import, history", "organisation", COUNTRY),
        *may("list, see, add, change, remove, export, history", "account, holding, invitation", COUNTRY),
        *may("list, see, remove", "token", COUNTRY),
        *may("list, see, remove", "job", COUNTRY),
    ),
}  # fmt: skip


@cache
def _index() -> dict[tuple[Role, str, str], tuple[Grant, ...]]:
    index: dict[tuple[Role, str, str], tuple[Grant, ...]] = {}
    for role, grants in GRANTS.items():
        for one in grants:
            if one.action not in ACTIONS:
                raise ValueError(f"{role}: no such action: {one.action}")
            key = (role, one.action, one.kind)
            index[key] = (*index.get(key, ()), one)
    return index


def granted(role: Role, action: str, kind: str) -> tuple[Grant, ...]:
    """The rows of the table for one role, action and kind."""
    return _index().get((role, action, kind), ())


@lru_cache(maxsize=1024)
def kinds_granted(
    role: Role, actions: frozenset[str], only: frozenset[str] | None
) -> tuple[frozenset[str], frozenset[str]]:
    """Kinds on which a role may do one of these actions beyond what is its own, and kinds on which it may at all.

    `only`: no other than these "action:kind", as of an API token.
    """
    grants = [
        one
        for one in GRANTS[role]
        if one.action in actions and (only is None or f"{one.action}:{one.kind}" in only)
    ]
    return (
        frozenset(one.kind for one in grants if one.reach != Reach.OWN),
        frozenset(one.kind for one in grants),
    )


def forget_index() -> None:
    """After a change of the table, which only tests and the benchmarks make."""
    _index.cache_clear()
    kinds_granted.cache_clear()


@contextmanager
def granting(extra: dict[Role, tuple[Grant, ...]]) -> Iterator[None]:
    """For tests with a kind of their own: more rows for a while."""
    before = dict(GRANTS)
    for role, grants in extra.items():
        GRANTS[role] = (*GRANTS[role], *grants)
    forget_index()
    try:
        yield
    finally:
        GRANTS.clear()
        GRANTS.update(before)
        forget_index()
