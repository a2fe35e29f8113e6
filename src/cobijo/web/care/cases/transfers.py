"""A case goes to another organisation: offered as codes, accepted with all that is under it, or nothing arrives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.cases.models import Approval, Assessment, Case, Transfer, TransferReason
from cobijo.web.care.cases.models.case import Verdict
from cobijo.web.care.cases.rules import check_step
from cobijo.web.care.cases.services import _taken, hold_consents
from cobijo.web.care.cases.states import GOING_ON, State
from cobijo.web.care.children.models import SAYS_SOMETHING, AgeBand, AgeKnown
from cobijo.web.care.children.moving import move_child
from cobijo.web.care.children.noticing import check_worker
from cobijo.web.care.children.rules import age_on, born_on, check_agreement, ground_for
from cobijo.web.care.children.writing import attempt, body_of, fresh, locked, save
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access, acting_as_system, handing_to
from cobijo.web.core.access.models import Scope
from cobijo.web.core.access.policy import check, visible
from cobijo.web.core.access.scopes import desk_of, tray_of
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.core.reactions import react

REPLY = timedelta(days=3)
PURPOSE = "transfer"  # of agreements and consents


def offer(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Case]:
    """Offer cases: rows of pk, version, to (an organisation) and reason (`TransferReason`).

    Needs an active agreement and the child's consent or a legal basis (`children.rules`). The other organisation sees
    codes only (state, risk, age, needs), until it accepts. The case stays here, and is worked on, until then.
    """
    ids = [row["pk"] for row in rows]
    with attempt(by, "offer", "case", ids):
        hold_consents(by, ids)
        cases = _taken(by, rows)
        for number, row in enumerate(rows, 1):
            case, to = cases[int(row["pk"])], row["to"]
            check_step(case, State.TRANSFER)
            if row["reason"] not in TransferReason.values:
                raise InputProblem("screens.field_wrong", row=number, field="reason")
            if to.pk == by.organisation_id or not to.active:
                raise InputProblem("cases.no_recipient")
            check_agreement(by.organisation_id, to.pk, PURPOSE)
            ground = ground_for(case.child_id, to.pk, PURPOSE)
            if not ground:
                raise InputProblem("cases.no_ground")
            _put_in_tray(by, case, to, row["reason"], ground)
            case.state_before, case.state, case.offered_to = case.state, State.TRANSFER, to
        save(by, "case", list(cases.values()), ["state"], event="offer")
        return list(cases.values())


def withdraw(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Case]:
    """Take an offer back: rows of pk and version. Nothing of it stays in the other organisation's tray."""
    with attempt(by, "withdraw", "case", [row["pk"] for row in rows]):
        cases = _taken(by, rows)
        for case in cases.values():
            if case.state != State.TRANSFER or case.offered_to_id is None:
                raise InputProblem("cases.not_offered")
            with acting_as_system("withdraw_transfer", scopes={tray_of(case.offered_to_id).pk}):
                Transfer.objects.filter(case_id=case.pk).delete()
            _back(case)
        save(by, "case", list(cases.values()), ["state"], event="withdraw")
        return list(cases.values())


def accept(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Case]:
    """Accept offers: rows of pk (of the `Transfer`) and account, on whose desk it goes. Access moves with the case.

    The consent or legal basis of the offer must still hold: nobody is handed over after a no.
    """
    ids = [row["pk"] for row in rows]
    with attempt(by, "accept", "transfer", ids):
        _hold_cases(by, ids)
        found = locked(by, "transfer", ids)
        accepted = []
        for row in rows:
            one: Transfer = found[int(row["pk"])]
            check(by, "change", "transfer", one)
            check_agreement(one.sender_id, by.organisation_id, PURPOSE)
            desk = desk_of(check_worker(by, row["account"])).pk
            accepted.append(_bring(by, one, desk))
        audit.record(
            "accept", "transfer", sorted(found), access=by, detail={"cases": [c.pk for c in accepted]}
        )
        react("case_transferred", by=by, cases=accepted)
        return accepted


def decline(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> int:
    """Decline offers: rows of pk (of the `Transfer`) and reason (full, area, age, other). No data stays here."""
    ids = [row["pk"] for row in rows]
    with attempt(by, "decline", "transfer", ids):
        _hold_cases(by, ids)
        found = locked(by, "transfer", ids)
        reasons = sorted({row["reason"] for row in rows})
        if set(reasons) - {"full", "area", "age", "other"}:
            raise InputProblem("screens.field_wrong", row=1, field="reason")
        for one in found.values():
            check(by, "change", "transfer", one)
            with acting_as_system("decline_transfer", scopes=_places(one.sender_id)) as system:
                case = Case.objects.select_for_update().get(pk=one.case_id)
                _back(case)
                save(system, "case", [case], ["state"], event="declined")
        Transfer.objects.filter(pk__in=list(found)).delete()
        audit.record("decline", "transfer", sorted(found), access=by, detail={"reasons": reasons})
        return len(found)


def heed_consents(*, by: Access, consents: Sequence[Any], **_more: Any) -> None:
    """The reaction to a consent that was withdrawn or refused: an offer that nothing covers any more is taken back.

    What the child says about its record being handed over stands in the room of sharing, above this one.
    """
    for one in consents:
        if one.purpose != PURPOSE:
            continue
        with acting_as_system("withdraw_transfer", scopes={one.scope_id, tray_of(one.recipient_id).pk}):
            if ground_for(one.child_id, one.recipient_id, PURPOSE):
                continue
            rows = Case.objects.filter(
                child_id=one.child_id, state=State.TRANSFER, offered_to=one.recipient_id
            )
            cases = list(rows.select_for_update().order_by("pk"))
            Transfer.objects.filter(case_id__in=[case.pk for case in cases]).delete()
            for case in cases:
                _back(case)
            save(by, "case", cases, ["state"], event="withdraw")


def _hold_cases(by: Access, ids: Sequence[Any]) -> None:
    """Hold the cases of offers before the offers themselves, and the consents of their children before both.

    Whoever takes an offer back has the case and wants the offer: the other way round the two would wait for each other
    for ever.
    """
    there = visible(by, "transfer", Transfer.objects.filter(pk__in=ids), "see")
    case_ids = sorted(there.values_list("case_id", flat=True))
    with acting_as_system("answer_transfer", scopes="all") as system:
        hold_consents(system, case_ids)
        list(Case.objects.select_for_update().filter(pk__in=case_ids).order_by("pk").values_list("pk"))


def _put_in_tray(by: Access, case: Case, to: Organisation, reason: str, ground: str) -> None:
    last = Assessment.objects.filter(SAYS_SOMETHING, case=case).order_by("-assessed_on", "-pk").first()
    tray = tray_of(to.pk).pk
    with handing_to(tray) as wider:
        made = Transfer(
            scope_id=tray, case_id=case.pk, sender_id=by.organisation_id, ground=ground, reason=reason,
            area=case.area, risk=case.risk, age_band=_band(case), reply_by=timezone.now() + REPLY,
            needs=body_of(last).get("needs", []) if last else [], made_by_id=by.by_id, changed_by_id=by.by_id,
        )  # fmt: skip
        check(wider, "add", "transfer", made)
        made.save()
        audit.record("add", "transfer", [made.pk], access=wider, detail={"ground": ground, "to": to.pk})


def _band(case: Case) -> str:
    age = age_on(born_on(body_of(case.child)), timezone.localdate())
    if age is None or case.child.age_known in {AgeKnown.UNKNOWN, AgeKnown.DISPUTED}:
        return AgeBand.UNKNOWN
    bands = ((5, AgeBand.B0), (11, AgeBand.B6), (14, AgeBand.B12), (17, AgeBand.B15))
    return next((band for last, band in bands if age <= last), AgeBand.ADULT)


def _places(organisation_id: int) -> set[int]:
    return set(Scope.objects.filter(organisation_id=organisation_id).values_list("pk", flat=True))


def _bring(by: Access, offered: Transfer, desk: int) -> Case:
    """Move the child and all under it, as the system, which alone reaches both sides for this moment."""
    with acting_as_system("transfer", scopes=_places(offered.sender_id) | {desk, offered.scope_id}) as system:
        case = Case.objects.select_for_update().select_related("child").get(pk=offered.case_id)
        fresh("case", case, {})
        if case.state != State.TRANSFER or case.offered_to_id != by.organisation_id:
            raise InputProblem("cases.not_offered")
        if not ground_for(case.child_id, by.organisation_id, PURPOSE):  # it may have ended since the offer
            raise InputProblem("cases.no_ground")
        others = Case.objects.filter(child_id=case.child_id, state__in=GOING_ON).exclude(pk=case.pk)
        if others.filter(organisation_id=by.organisation_id).exists():
            raise InputProblem("cases.open_already", code=case.code)
        Approval.objects.filter(case=case, verdict=Verdict.ASKED).delete()  # asked of the former supervisor
        move_child(case.child, desk)
        case.scope_id, case.organisation_id = desk, by.organisation_id
        case.state, case.state_before, case.offered_to = State.OPEN, "", None
        save(system, "case", [case], ["state", "organisation"], event="transferred")
        Transfer.objects.filter(pk=offered.pk).delete()
    return case


def _back(case: Case) -> None:
    case.state, case.state_before, case.offered_to = State(case.state_before), "", None
