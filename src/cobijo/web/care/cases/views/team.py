"""The supervisor's view: who carries how much, what is unmet, what was answered in time. No name of a child."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cobijo.web.care.cases import links, queries, retention
from cobijo.web.care.cases.models import Case
from cobijo.web.care.children.views.common import number, page
from cobijo.web.care.children.views.concern import colleagues
from cobijo.web.core.access.policy import check, decide
from cobijo.web.core.screens.pages import acting

PERIODS = (30, 90, 365)


@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """Caseload by person, open to close, follow-ups, referrals answered in time, unmet clocks."""
    access = acting()
    check(access, "review", "case")
    days = number(request.GET.get("days"))
    days = days if days in PERIODS else 90
    since = timezone.localdate() - timedelta(days=days)
    told = list(queries.escalated(access)[:60])
    codes = dict(queries.cases(access).filter(pk__in=[one.case_id for one in told]).values_list("pk", "code"))
    unmet: list[Case] = list(queries.unanswered(access).filter(answer_by__lt=timezone.now())[:60])
    context = {
        "figures": queries.supervision(access, since),
        "since": since,
        "days": days,
        "periods": PERIODS,
        "unmet": unmet,
        "told": [{"row": one, "code": codes.get(one.case_id, "")} for one in told],
        "approvals": queries.to_approve(access).count() if decide(access, "review", "approval") else 0,
        "to_review": retention.to_review(access).count() if decide(access, "review", "child") else 0,
        "offers": queries.offered(access).count() if decide(access, "list", "transfer") else 0,
        "referrals": links.referrals_in_time(access, since),
        "colleagues": colleagues(access),
    }
    return page(request, "cases/team", context)
