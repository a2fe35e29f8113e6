"""What is due in this room, on the work page of caseworker and supervisor alike."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from cobijo.web.care.justice import queries
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import decide
from cobijo.web.core.screens.clocks import Due

NAMED = 20  # of each kind


def due(access: Access) -> Iterator[Due]:
    """Children without a representative before all else; then steps that are late, measures, reparation."""
    if not decide(access, "change", "proceeding"):
        return
    for alert in queries.waiting_alerts(access)[:NAMED]:
        yield Due(
            "justice.find_a_lawyer",
            {"code": alert.case.code, "done": str(alert.get_done_display())},
            _to(alert.case_id),
            timezone.localdate(alert.act_by),
            "urgent",
        )
    for one in queries.expected(access)[:NAMED]:
        params = {"code": one.case.code, "state": str(one.get_state_display())}
        yield Due("justice.step_expected", params, _to(one.case_id), one.expected_by)
    for measure in queries.running_out(access)[:NAMED]:
        params = {"code": measure.case.code, "what": str(measure.get_kind_display())}
        yield Due("justice.measure_ends", params, _to(measure.case_id), measure.until, "urgent")
    for owed in queries.owed(access)[:NAMED]:
        params = {"code": owed.case.code, "what": str(owed.get_kind_display())}
        yield Due("justice.reparation_owed", params, _to(owed.case_id), owed.due_by)


def _to(case_id: int) -> str:
    return reverse("justice:case", args=[case_id])
