"""Proceedings: start one, take a step, correct it, put it off; measures and reparation.

Rows name what is there by `pk` and, from a form, by the `version` that the person started from. A proceeding goes on
after its case is closed: courts are slower than care.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cobijo.errors import InputProblem
from cobijo.web.care.cases.rules import today
from cobijo.web.care.children.rules import check_not_erased
from cobijo.web.care.children.writing import (
    add_sealed,
    attempt,
    change_sealed,
    check_not_emptied,
    fresh,
    locked,
    save,
)
from cobijo.web.care.justice.choices import DelayReason
from cobijo.web.care.justice.models import Delay, Measure, Proceeding, Reparation, Step
from cobijo.web.care.justice.rules import (
    check_adult,
    check_convicted,
    check_expected,
    check_going,
    check_measure,
    check_named_offences,
    check_proceeding,
    check_put_off,
    check_reparation,
    check_step,
)
from cobijo.web.care.justice.states import AT_REST, State
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import check

Rows = Sequence[Mapping[str, Any]]
OF_A_STEP = ("on", "authority", "area", "verdict", "note")


def start(*, by: Access, rows: Rows) -> list[Proceeding]:
    """A complaint was made: rows of case, relation, part, offender_age, offences, opened_on, authority, area,
    expected_by and the sealed fields. Makes the proceeding and its first step."""
    with attempt(by, "start", "proceeding", [row["case"].pk for row in rows]):
        asked, firsts = [], []
        for number, row in enumerate(rows, 1):
            case = row["case"]
            check(by, "change", "case", case)
            check_adult(row["offender_age"], number)
            first = {name: row[name] for name in ("authority", "area") if name in row}
            rest = {name: value for name, value in row.items() if name not in {"authority", "area"}}
            check_expected(State.COMPLAINT, row.get("expected_by"), row["opened_on"], number)
            asked.append({"offences": []} | rest | {"child": case.child})
            firsts.append({"state": State.COMPLAINT, "on": row["opened_on"], **first})
        made: list[Proceeding] = add_sealed(by=by, kind="proceeding", rows=asked, rule=check_proceeding)
        add_sealed(
            by=by,
            kind="justice_step",
            rows=[first | _under(one) for one, first in zip(made, firsts, strict=True)],
            rule=check_step,
        )
        return made


def take_steps(*, by: Access, rows: Rows) -> list[Step]:
    """The next step: rows of pk, version, to, on, authority, area, verdict (of a judgment), expected_by and note."""
    with attempt(by, "step", "proceeding", [row["pk"] for row in rows]):
        found = _taken(by, rows)
        asked = []
        for number, row in enumerate(rows, 1):
            one, to = found[int(row["pk"])], row["to"]
            check_going(one, to)
            check_named_offences(one, to, number)
            check_convicted(one, to, number)
            check_expected(to, row.get("expected_by"), row["on"], number)
            asked.append({name: row[name] for name in OF_A_STEP if name in row} | {"state": to} | _under(one))
            one.state, one.expected_by = State(to), row.get("expected_by")
            one.rests_since = row["on"] if to in AT_REST else None
        made: list[Step] = add_sealed(by=by, kind="justice_step", rows=asked, rule=check_step)
        save(by, "proceeding", list(found.values()), ["state", "expected_by"], event="step")
        return made


def correct_steps(*, by: Access, rows: Rows) -> list[Step]:
    """A wrong day, body or judgment: rows of pk, version and what was wrong. Which step it was does not change."""
    for row in rows:
        wrong = sorted(set(row) - {"pk", "version", *OF_A_STEP})
        if wrong:
            raise InputProblem("screens.field_wrong", row=1, field=wrong[0])
    with attempt(by, "correct", "justice_step", [row["pk"] for row in rows]):
        return change_sealed(by=by, kind="justice_step", rows=rows, rule=check_step, event="correct")


def change(*, by: Access, rows: Rows) -> list[Proceeding]:
    """Rows of pk, version and relation, part, offender_age, offences or the sealed fields. Days have services."""
    allowed = {"pk", "version", "relation", "part", "offender_age", "offences", "file_number", "note"}
    for row in rows:
        wrong = sorted(set(row) - allowed)
        if wrong:
            raise InputProblem("screens.field_wrong", row=1, field=wrong[0])
    with attempt(by, "change", "proceeding", [row["pk"] for row in rows]):
        for number, row in enumerate(rows, 1):
            check_adult(row.get("offender_age", "adult"), number)
        return change_sealed(by=by, kind="proceeding", rows=rows, rule=check_proceeding)


def put_off(*, by: Access, rows: Rows) -> list[Delay]:
    """The step did not come: rows of pk, version, until, reason and note. The clock runs to the new day."""
    with attempt(by, "put_off", "proceeding", [row["pk"] for row in rows]):
        found = _taken(by, rows)
        asked = []
        for number, row in enumerate(rows, 1):
            one = found[int(row["pk"])]
            if row["reason"] not in DelayReason.values:
                raise InputProblem("screens.field_wrong", row=number, field="reason")
            check_put_off(one, row["until"], number)
            said = {
                "was_by": one.expected_by,
                "until": row["until"],
                "reason": row["reason"],
                "state": one.state,
            }
            asked.append(said | {"note": row.get("note", "")} | _under(one))
            one.expected_by = row["until"]
        made: list[Delay] = add_sealed(by=by, kind="justice_delay", rows=asked)
        save(by, "proceeding", list(found.values()), ["expected_by"], event="put_off")
        return made


def add_measures(*, by: Access, rows: Rows) -> list[Measure]:
    """Protection measures: rows of proceeding, kind, state, asked_on, ordered_on, until and note."""
    return _add(by, "protection_measure", [{"asked_on": today()} | dict(row) for row in rows], check_measure)


def change_measures(*, by: Access, rows: Rows) -> list[Measure]:
    return _change(by, "protection_measure", rows, check_measure)


def add_reparations(*, by: Access, rows: Rows) -> list[Reparation]:
    """What was ordered to repair the harm: rows of proceeding, kind, ordered_on, due_by, amount and note."""
    return _add(by, "reparation", rows, check_reparation)


def change_reparations(*, by: Access, rows: Rows) -> list[Reparation]:
    """What has arrived: state, received, arrived_on."""
    return _change(by, "reparation", rows, check_reparation)


def _add(by: Access, kind: str, rows: Rows, rule: Any) -> list[Any]:
    with attempt(by, "add", kind, [row["proceeding"].pk for row in rows]):
        for row in rows:
            check(by, "change", "proceeding", row["proceeding"])
            check_not_emptied(row["proceeding"])
        asked = [dict(row) | _under(row["proceeding"]) for row in rows]
        return add_sealed(by=by, kind=kind, rows=asked, rule=rule)


def _change(by: Access, kind: str, rows: Rows, rule: Any) -> list[Any]:
    with attempt(by, "change", kind, [row["pk"] for row in rows]):
        return change_sealed(by=by, kind=kind, rows=rows, rule=rule)


def _taken(by: Access, rows: Rows) -> dict[int, Proceeding]:
    """The rows' proceedings, locked, each once and at the version that the person started from."""
    ids = [int(row["pk"]) for row in rows]
    if len(set(ids)) != len(ids):
        raise InputProblem("justice.twice")
    found: dict[int, Proceeding] = locked(by, "proceeding", ids)
    for row in rows:
        fresh("proceeding", found[int(row["pk"])], row)
        check_not_emptied(found[int(row["pk"])])
        check_not_erased(found[int(row["pk"])].child)
    return found


def _under(one: Proceeding) -> dict[str, Any]:
    return {"proceeding": one, "case": one.case, "child": one.child}
