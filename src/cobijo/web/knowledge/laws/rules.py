"""What must be so of a law, an article, a penalty, a proposal and a study. Each rule raises one sentence."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from cobijo.errors import InputProblem
from cobijo.web.core import country
from cobijo.web.core.access.context import Access
from cobijo.web.knowledge.laws.models import (
    NEXT_STAGES,
    OPEN_STAGES,
    Amendment,
    Article,
    Ethics,
    Instrument,
    InstrumentKind,
    Penalty,
    Position,
    Proposal,
    Stage,
    Study,
)
from cobijo.web.knowledge.laws.models.instruments import INTERNATIONAL, OF_A_STATE


def check_code(record: Any, row: int) -> None:
    """A short name that no other record of its kind has."""
    if type(record)._default_manager.exclude(pk=record.pk).filter(code=record.code).exists():
        raise InputProblem("laws.code_taken", row=row, code=record.code)


def check_instrument(by: Access, instrument: Instrument, row: int) -> None:
    """It lies where its kind says, its days are in order, and what replaces it is another one."""
    check_code(instrument, row)
    if instrument.kind in INTERNATIONAL:
        if instrument.area:
            raise InputProblem("laws.treaty_has_no_area", row=row)
    else:
        country.check_area(instrument.area, row, country.pack().country)
        if (instrument.kind in OF_A_STATE) == (instrument.area == country.pack().country):
            raise InputProblem(
                "laws.area_of_another_kind", row=row, kind=str(InstrumentKind(instrument.kind).label)
            )
    adopted, ended = instrument.adopted, instrument.ended
    if adopted is not None and ended is not None and ended < adopted:
        raise InputProblem("laws.days", row=row)
    if instrument.replaced_by_id is not None and instrument.replaced_by_id == instrument.pk:
        raise InputProblem("laws.replaces_itself", row=row)


def check_article(by: Access, article: Article, row: int) -> None:
    """Entered once."""
    same = Article.objects.filter(instrument=article.instrument_id, number=article.number)
    if same.exclude(pk=article.pk).exists():
        raise InputProblem("laws.article_twice", row=row, number=article.number)


def check_amendment(by: Access, amendment: Amendment, row: int) -> None:
    """A day, or words on why there is none; days in order."""
    check_code(amendment, row)
    if amendment.on is None and not amendment.dates_said:
        raise InputProblem("laws.amendment_without_day", row=row)
    if amendment.on is not None and amendment.in_force is not None and amendment.in_force < amendment.on:
        raise InputProblem("laws.days", row=row)


def check_penalty(by: Access, penalty: Penalty, row: int) -> None:
    """Ranges and days in order, an article that holds there, and one penalty at a time."""
    country.check_area(penalty.area, row, country.pack().country)
    least, most = penalty.min_fine_days, penalty.max_fine_days
    if penalty.min_years > penalty.max_years:
        raise InputProblem("laws.years_upside_down", row=row)
    if (least is None) != (most is None):
        raise InputProblem("laws.fine_half", row=row)
    if least is not None and most is not None and least > most:
        raise InputProblem("laws.fine_upside_down", row=row)
    if penalty.until is not None and penalty.until < penalty.since:
        raise InputProblem("laws.days", row=row)
    if penalty.article.instrument.area not in ("", penalty.area, country.pack().country):
        raise InputProblem("laws.penalty_of_another_area", row=row)
    others = Penalty.objects.exclude(pk=penalty.pk).filter(
        offence=penalty.offence, area=penalty.area, article__instrument=penalty.article.instrument_id
    )
    at_once = others.filter(Q(until=None) | Q(until__gte=penalty.since))
    if penalty.until is not None:
        at_once = at_once.filter(since__lte=penalty.until)
    if at_once.exists():
        raise InputProblem("laws.penalty_overlaps", row=row, offence=penalty.offence)


def check_proposal(by: Access, proposal: Proposal, row: int) -> None:
    """A stage that may follow the last one, a next date while it is open, a result when it is not."""
    check_code(proposal, row)
    country.check_area(proposal.area, row, country.pack().country)
    _check_stage(proposal, row)
    if (proposal.next_on is None) != (not proposal.next_what):
        raise InputProblem("laws.next_half", row=row)
    if proposal.next_on is not None and proposal.next_on < proposal.stage_on:
        raise InputProblem("laws.next_before_stage", row=row)
    if proposal.stage not in OPEN_STAGES:
        if not proposal.result:
            raise InputProblem("laws.no_result", row=row)
        if proposal.next_on is not None:
            raise InputProblem("laws.nothing_next", row=row)
    if proposal.position != Position.NONE and not proposal.position_why:
        raise InputProblem("laws.position_without_reason", row=row)


def _check_stage(proposal: Proposal, row: int) -> None:
    """A new entry may begin anywhere: it may be old when it is first written down."""
    before = Proposal.objects.filter(pk=proposal.pk).values_list("stage", "stage_on").first()
    if before is None or before[0] == proposal.stage:
        return
    following = NEXT_STAGES[before[0]]
    if proposal.stage not in following:
        known = ", ".join(str(Stage(one).label) for one in Stage if one in following) or "—"
        raise InputProblem("laws.stage_order", row=row, before=str(Stage(before[0]).label), known=known)
    if proposal.stage_on < before[1]:
        raise InputProblem("laws.stage_day", row=row)


def check_study(by: Access, study: Study, row: int) -> None:
    """An approval says by whom, under which number and when; nothing else does."""
    check_code(study, row)
    said = (study.approved_by, study.approval_number, study.approved_on)
    if study.ethics == Ethics.APPROVED and not all(said):
        raise InputProblem("laws.approval_half", row=row)
    if study.ethics != Ethics.APPROVED and any(said):
        raise InputProblem("laws.approval_not_said", row=row)
