"""What is due in this room, on the work page of caseworker and supervisor alike."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from cobijo.web.care.justice import queries
from cobijo.web.care.justice.choices import Done, MeasureKind, ReparationKind
from cobijo.web.care.justice.states import State
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import decide
from cobijo.web.core.screens.clocks import Due, Part, lines


def due(access: Access) -> Iterator[Due]:
    """Children without a representative before all else; then steps that are late, measures, reparation."""
    if not decide(access, "change", "proceeding"):
        return
    found = lines(
        {
            "alert": Part(queries.waiting_alerts(access), "case_id", "case__code", "done", at="act_by"),
            "step": Part(queries.expected(access), "case_id", "case__code", "state", at="expected_by"),
            "measure": Part(queries.running_out(access), "case_id", "case__code", "kind", at="until"),
            "owed": Part(queries.owed(access), "case_id", "case__code", "kind", at="due_by"),
        }
    )
    for one in found["alert"]:
        params = {"code": one.code, "done": str(Done(one.word).label)}
        yield Due("justice.find_a_lawyer", params, _to(one.pk), one.day, "urgent")
    for one in found["step"]:
        params = {"code": one.code, "state": str(State(one.word).label)}
        yield Due("justice.step_expected", params, _to(one.pk), one.day)
    for one in found["measure"]:
        params = {"code": one.code, "what": str(MeasureKind(one.word).label)}
        yield Due("justice.measure_ends", params, _to(one.pk), one.day, "urgent")
    for one in found["owed"]:
        params = {"code": one.code, "what": str(ReparationKind(one.word).label)}
        yield Due("justice.reparation_owed", params, _to(one.pk), one.day)


def _to(case_id: int) -> str:
    return reverse("justice:case", args=[case_id])
