"""What must be so of a duty, of what was found, and of a self-assessment."""

from __future__ import annotations

from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.coordination.duties.capabilities import capabilities
from cobijo.web.coordination.duties.models import Answer, Assessment, Compliance, Duty, Level, Met, Phase
from cobijo.web.coordination.groups.texts import check_no_sign
from cobijo.web.core import country
from cobijo.web.core.access.context import Access


def check_duty(by: Access, duty: Duty, row: int) -> None:
    if Duty.objects.exclude(pk=duty.pk).filter(code=duty.code).exists():
        raise InputProblem("duties.code_taken", row=row)


def check_compliance(by: Access, found: Compliance, row: int) -> None:
    """A finding of a state's duty names the state; anything but “not known” has evidence and a day that has come."""
    country.check_area(found.area, row, "")
    if (found.duty.level == Level.STATE) != bool(found.area):
        code = "duties.state_missing" if found.duty.level == Level.STATE else "duties.no_state"
        raise InputProblem(code, row=row)
    if found.on > timezone.localdate():
        raise InputProblem("duties.found_later", row=row)
    if found.met != Met.UNKNOWN and not found.evidence.strip():
        raise InputProblem("duties.no_evidence", row=row)
    check_no_sign((found.evidence, found.note), row)
    same = Compliance.objects.filter(duty=found.duty_id, area=found.area, on=found.on)
    if same.exclude(pk=found.pk).exists():
        raise InputProblem("duties.found_already", row=row)


def check_assessment(by: Access, assessment: Assessment, row: int) -> None:
    if Assessment.objects.exclude(pk=assessment.pk).filter(name=assessment.name).exists():
        raise InputProblem("duties.assessment_taken", row=row)
    if assessment.on > timezone.localdate():
        raise InputProblem("duties.found_later", row=row)
    check_open(assessment, row)


def check_open(assessment: Assessment, row: int) -> None:
    """One that is finished stays as it is; how things are later stands in the next one."""
    before = Assessment.objects.filter(pk=assessment.pk).values_list("finished_on", flat=True).first()
    if before is not None:
        raise InputProblem("duties.finished", row=row)


def check_answer(by: Access, answer: Answer, row: int) -> None:
    check_open(answer.assessment, row)
    if answer.capability not in capabilities():
        raise InputProblem("duties.capability_unknown", row=row, value=answer.capability)
    if answer.phase != Phase.NOT_SAID and not answer.evidence.strip():
        raise InputProblem("duties.no_evidence", row=row)
    check_no_sign((answer.evidence, answer.next_step), row)
    same = Answer.objects.filter(assessment=answer.assessment_id, capability=answer.capability)
    if same.exclude(pk=answer.pk).exists():
        raise InputProblem("duties.answered_already", row=row)


def check_whole(assessment: Assessment, row: int) -> None:
    """A self-assessment is finished once every capability has an answer, be it that nobody assessed it."""
    answered = set(Answer.objects.filter(assessment=assessment).values_list("capability", flat=True))
    missing = [str(one.number) for one in capabilities().values() if one.code not in answered]
    if missing:
        raise InputProblem("duties.not_whole", row=row, numbers=", ".join(missing))
