"""The steps of a case. Rows name the case by `pk` and, from a form, by the `version` that the person started from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.cases.models import Approval, Assessment, Case, Closure, Escalation, What
from cobijo.web.care.cases.models.case import Guardian, Remark, Verdict
from cobijo.web.care.cases.rules import (
    answer_within,
    approved,
    check_assessment,
    check_closure,
    check_going_on,
    check_only_one,
    check_open,
    check_ready,
    check_safe_tonight,
    check_step,
    first_look,
    no_step,
    tables,
    today,
)
from cobijo.web.care.cases.states import State
from cobijo.web.care.children.models import Child
from cobijo.web.care.children.moving import move_child
from cobijo.web.care.children.noticing import check_worker
from cobijo.web.care.children.rules import check_not_erased
from cobijo.web.care.children.writing import add_sealed, attempt, change_sealed, fresh, locked, save
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check
from cobijo.web.core.access.scopes import desk_of
from cobijo.web.core.dates import months_after
from cobijo.web.core.reactions import react

IN_DOUBT = (Guardian.CONFLICT, Guardian.IMPLICATED)
ANSWERS = ("contact", "placed", "emergency", "service", "safety_plan")


def open_cases(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Case]:
    """Open cases: rows of child, area and, optionally, opened_on, guardian and the sealed fields of a case."""
    ids = [row["child"].pk for row in rows]
    with attempt(by, "open", "case", ids):
        for row in rows:
            check(by, "change", "child", row["child"])
        own = {"organisation_id": by.organisation_id, "opened_on": today(), "answer_by": first_look()}
        placed = [own | dict(row) for row in rows]
        made = add_sealed(by=by, kind="case", rows=placed, rule=check_open)
        _keep_while_open([one.child for one in made])
        react("case_opened", by=by, cases=made)
        # That nothing is known yet of a second case's guardian is no doubt in whom the first one trusts.
        react("guardian_noted", by=by, cases=[one for one in made if one.guardian in IN_DOUBT])
        return made


def change(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Case]:
    """Rows of pk, version and area, guardian or sealed fields. State, risk and closure have services of their own."""
    allowed = {"pk", "version", "area", "guardian", "summary", "protection_file"}
    for row in rows:
        wrong = sorted(name for name in set(row) - allowed if not name.startswith("representative_"))
        if wrong:
            raise InputProblem("screens.field_wrong", row=1, field=wrong[0])
    with attempt(by, "change", "case", [row["pk"] for row in rows]):
        ids = [row["pk"] for row in rows if "guardian" in row]
        hold_consents(by, ids)
        before = dict(Case.objects.filter(pk__in=ids).values_list("pk", "guardian"))
        changed: list[Case] = change_sealed(by=by, kind="case", rows=rows, rule=_check_change)
        noted = [one for one in changed if one.guardian != before.get(one.pk, one.guardian)]
        react("guardian_noted", by=by, cases=noted)
        return changed


def assess(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Assessment]:
    """Assess: rows of case, risk and the sealed fields of an assessment. Sets the risk and starts its clock."""
    ids = [row["case"].pk for row in rows]
    with attempt(by, "assess", "case", ids):
        cases = locked(by, "case", ids)
        for row in rows:
            case = cases[row["case"].pk]
            fresh("case", case, {"version": row.get("version", row["case"].version)})
            check_going_on(case)
        asked = [
            {"assessed_on": today()}
            | {name: value for name, value in row.items() if name != "version"}
            | {"case": cases[row["case"].pk], "child": cases[row["case"].pk].child}
            for row in rows
        ]
        made: list[Assessment] = add_sealed(by=by, kind="assessment", rows=asked, rule=check_assessment)
        for one in made:
            case = cases[one.case_id]
            case.risk, case.answered_at, case.answer = one.risk, None, ""
            case.answer_by = timezone.now() + answer_within(one.risk)
            if case.state in {State.OPEN, State.REOPENED, State.PLAN, State.FOLLOW_UP}:
                _step(case, State.ASSESSMENT)
        save(by, "case", list(cases.values()), ["risk", "state", "answer_by"], event="assess")
        _end_escalations(ids)
        return made


def answer(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Case]:
    """Somebody has acted on the risk: rows of pk, version and answer (one of `ANSWERS`). Stops the clock."""
    with attempt(by, "answer", "case", [row["pk"] for row in rows]):
        cases = _taken(by, rows)
        for number, row in enumerate(rows, 1):
            case = cases[int(row["pk"])]
            if not case.risk:
                raise InputProblem("cases.assess_first", code=case.code)
            if row["answer"] not in ANSWERS or case.answer_by is None:
                raise InputProblem("screens.field_wrong", row=number, field="answer")
            case.answered_at, case.answer = timezone.now(), row["answer"]
        save(by, "case", list(cases.values()), ["answer"], event="answer")
        _end_escalations(cases)
        return list(cases.values())


def move_on(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Case]:
    """To the plan or to follow-up: rows of pk, version and to ("plan" or "follow_up").

    The plan needs a safety plan where the risk is high; follow-up needs the supervisor's approval of the plan.
    """
    with attempt(by, "move_on", "case", [row["pk"] for row in rows]):
        cases = _taken(by, rows)
        for number, row in enumerate(rows, 1):
            case, to = cases[int(row["pk"])], row["to"]
            if to not in {State.PLAN, State.FOLLOW_UP}:
                raise InputProblem("screens.field_wrong", row=number, field="to")
            if case.state == State.TRANSFER:
                raise no_step(case, to)
            check_step(case, to)
            check_safe_tonight(case)
            if to == State.FOLLOW_UP:
                _use(approved(case, What.PLAN))
            _step(case, to)
        save(by, "case", list(cases.values()), ["state"], event="move_on")
        return list(cases.values())


def ask_approval(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Approval]:
    """Ask a supervisor: rows of pk, what (`What`) and, for a closure, reason (`Closure`)."""
    ids = [row["pk"] for row in rows]
    with attempt(by, "ask_approval", "case", ids):
        cases = locked(by, "case", ids)
        made = []
        for row in rows:
            case, reason = cases[int(row["pk"])], row.get("reason", "")
            check_going_on(case)
            check_ready(case, row["what"])
            if row["what"] == What.CLOSURE:
                check_closure(case, reason)
            if Approval.objects.filter(case=case, what=row["what"], verdict=Verdict.ASKED).exists():
                raise InputProblem("cases.asked_already")
            made.append(
                Approval(
                    case=case, child_id=case.child_id, scope_id=case.scope_id, what=row["what"],
                    closure=reason if row["what"] == What.CLOSURE else "", asked_by_id=by.account_id,
                    made_by_id=by.by_id, changed_by_id=by.by_id,
                )
            )  # fmt: skip
        Approval.objects.bulk_create(made)
        what = sorted({one.what for one in made})
        audit.record("ask", "approval", [one.pk for one in made], access=by, detail={"what": what})
        return made


def decide_approvals(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Approval]:
    """A supervisor answers: rows of pk, verdict ("approved" or "sent_back") and remark. Never one's own."""
    ids = [row["pk"] for row in rows]
    with attempt(by, "decide", "approval", ids):
        found = locked(by, "approval", ids, "review")
        for number, row in enumerate(rows, 1):
            one = found[int(row["pk"])]
            if one.asked_by_id == by.account_id:
                raise Forbidden("cases.own_approval", action="review", kind="approval", ids=(one.pk,))
            if one.verdict != Verdict.ASKED:
                raise InputProblem("cases.decided_already")
            if row["verdict"] not in {Verdict.APPROVED, Verdict.SENT_BACK}:
                raise InputProblem("screens.field_wrong", row=number, field="verdict")
            if row.get("remark", "") not in {"", *Remark.values}:
                raise InputProblem("screens.field_wrong", row=number, field="remark")
            one.verdict, one.remark = row["verdict"], row.get("remark", "")
            one.decided_by_id, one.decided_at = by.account_id, timezone.now()
            one.version += 1
            one.changed_by_id = by.by_id
            one.save()
        verdicts = sorted({one.verdict for one in found.values()})
        audit.record("decide", "approval", sorted(found), access=by, detail={"verdicts": verdicts})
        return list(found.values())


def close(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Case]:
    """Close as approved: rows of pk and version. The reason is the one that the supervisor approved."""
    with attempt(by, "close", "case", [row["pk"] for row in rows]):
        cases = _taken(by, rows)
        for case in cases.values():
            if case.state == State.TRANSFER:
                raise no_step(case, State.CLOSED)
            check_step(case, State.CLOSED)
            approval = approved(case, What.CLOSURE)
            check_closure(case, approval.closure)
            _use(approval)
            case.closed_on, case.closure = today(), Closure(approval.closure)
            _step(case, State.CLOSED)
        save(by, "case", list(cases.values()), ["state", "closure"], event="close")
        _end_escalations(cases)
        _keep_after_closure([one.child for one in cases.values()])
        react("case_closed", by=by, cases=list(cases.values()))
        return list(cases.values())


def reopen(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Case]:
    """Take a closed case up again: rows of pk and version. It is assessed anew, and the child is kept meanwhile."""
    with attempt(by, "reopen", "case", [row["pk"] for row in rows]):
        cases = _taken(by, rows)
        for case in cases.values():
            check_step(case, State.REOPENED)
            check_only_one(case)
            case.closed_on, case.closure = None, ""
            case.times_reopened += 1
            case.answer_by, case.answered_at, case.answer = first_look(), None, ""
            _step(case, State.REOPENED)
        save(by, "case", list(cases.values()), ["state", "answer_by"], event="reopen")
        Approval.objects.filter(case__in=list(cases), used=False).exclude(verdict=Verdict.ASKED).update(
            used=True
        )
        _keep_while_open([one.child for one in cases.values()])
        react("case_reopened", by=by, cases=list(cases.values()))
        return list(cases.values())


def assign(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Case]:
    """Put cases on a colleague's desk, each with its child and all that is under it: rows of pk and account."""
    ids = [row["pk"] for row in rows]
    with attempt(by, "assign", "case", ids):
        hold_consents(by, ids)
        cases = locked(by, "case", ids, "review")
        for row in rows:
            case = cases[int(row["pk"])]
            desk = desk_of(check_worker(by, row["account"])).pk
            with acting_as_system("assign", scopes={case.scope_id, desk}):
                move_child(case.child, desk)
        audit.record("assign", "case", sorted(cases), access=by)
        return list(Case.objects.filter(pk__in=list(cases)).order_by("pk"))


def hold_consents(by: Access, case_ids: Collection[Any]) -> None:
    """Before cases are held by a step that meets the consents of their children: those come first, for everybody."""
    children = Case.objects.filter(pk__in=case_ids).values_list("child_id", flat=True)
    if children:
        react("case_to_hold", by=by, children=list(children))


def _taken(by: Access, rows: Sequence[Mapping[str, Any]]) -> dict[int, Case]:
    """The rows' cases, locked, each at the version that the person started from."""
    cases: dict[int, Case] = locked(by, "case", [row["pk"] for row in rows])
    for row in rows:
        fresh("case", cases[int(row["pk"])], row)
        check_not_erased(cases[int(row["pk"])].child)
    return cases


def _step(case: Case, to: str) -> None:
    check_step(case, to)
    case.state = State(to)


def _use(approval: Approval) -> None:
    Approval.objects.filter(pk=approval.pk).update(used=True)


def _check_change(by: Access, case: Case, body: Mapping[str, Any], row: int) -> None:
    check_open(by, case, body, row) if case.state != State.CLOSED else check_going_on(case)


def _end_escalations(case_ids: Iterable[int]) -> None:
    Escalation.objects.filter(case_id__in=list(case_ids), ended_at=None).update(ended_at=timezone.now())


def _keep_while_open(children: Sequence[Child]) -> None:
    Child.objects.filter(pk__in=[one.pk for one in children]).update(keep_until=None)


def _keep_after_closure(children: Sequence[Child]) -> None:
    """The pack's period runs from the closure of the last case."""
    until = months_after(today(), tables().keep("case").months)
    Child.objects.filter(pk__in=[one.pk for one in children]).update(keep_until=until)
