"""What is missing before a report can be frozen. The page shows all of it, the service refuses with the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cobijo.errors import InputProblem, Param
from cobijo.web.publication.reports import pictured
from cobijo.web.publication.reports.freezing import content_of, texts_of
from cobijo.web.publication.reports.models import DataTable, Paragraph
from cobijo.web.publication.reports.outline import requested
from cobijo.web.publication.reports.rules import can_be_looked_up, names_in_confidence
from cobijo.web.publication.reports.states import Answer
from cobijo.web.publication.reports.whole import Whole


@dataclass(frozen=True)
class Missing:
    """One thing to do: the code of its sentence and where to do it."""

    code: str
    url: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """One question of the list; nothing missing means that it is answered."""

    question: str | Promise
    missing: tuple[Missing, ...]

    @property
    def passed(self) -> bool:
        return not self.missing


def checklist(whole: Whole) -> list[Check]:
    """Every question, in the order in which one would mend it."""
    return [
        Check(_("Does every section say something, or why it says nothing?"), tuple(_sections(whole))),
        Check(_("Is every paragraph finished, and does it rest on something?"), tuple(_paragraphs(whole))),
        Check(_("Is every request for data answered?"), tuple(_tables(whole))),
        Check(
            _("Can everything that the text rests on still be looked up?"),
            (*_gone(whole), *_withdrawn(whole)),
        ),
        Check(_("Is it within the Committee’s limit of words?"), tuple(_length(whole))),
        Check(_("Is the consent of the children recorded for each annex?"), tuple(_annexes(whole))),
        Check(_("Is nobody named who contributed in confidence?"), tuple(_confidence(whole))),
    ]


def check_freeze(whole: Whole) -> None:
    """Raises the first thing that is missing."""
    for one in checklist(whole):
        for missing in one.missing:
            raise InputProblem(missing.code, **missing.params)


def _sections(whole: Whole) -> Iterator[Missing]:
    for one in whole.sections:
        if one.state == "empty":
            there = reverse("report_section:detail", args=[one.section.pk])
            yield Missing("reports.section_empty", there, {"section": str(one.section)})


def _paragraphs(whole: Whole) -> Iterator[Missing]:
    for paragraph in (two for one in whole.sections for two in one.drafts):
        code = "reports.still_draft" if paragraph.grounded else "reports.no_evidence"
        yield Missing(code, _of(paragraph), {"paragraph": paragraph.place})


def _tables(whole: Whole) -> Iterator[Missing]:
    for table in whole.tables:
        if table.is_open:
            there = reverse("report_table:detail", args=[table.pk])
            yield Missing(
                "reports.table_open", there, {"table": table.code, "title": requested(table.code).title}
            )


def _gone(whole: Whole) -> Iterator[Missing]:
    there = pictured.available()
    for table in whole.tables:
        if table.answer == Answer.PICTURE and table.picture_table not in there:
            yield _not_published(table.code, table.picture_table, _of(table))
    for paragraph in (two for one in whole.sections for two in one.paragraphs):
        if paragraph.picture_table and paragraph.picture_table not in there:
            yield _not_published(paragraph.place, paragraph.picture_table, _of(paragraph))
    for claim in whole.claims:
        if claim.picture_table and claim.picture_table not in there:
            yield _not_published(
                str(claim), claim.picture_table, reverse("state_claim:edit", args=[claim.pk])
            )


def _withdrawn(whole: Whole) -> Iterator[Missing]:
    for paragraph in (two for one in whole.sections for two in one.paragraphs):
        if paragraph.asked is not None and not can_be_looked_up(paragraph.asked):
            yield Missing("reports.request_withdrawn", _of(paragraph), {"paragraph": paragraph.place})


def _not_published(place: str, table: str, url: str) -> Missing:
    return Missing("reports.table_gone", url, {"place": place, "table": pictured.name(table)})


def _length(whole: Whole) -> Iterator[Missing]:
    if whole.over:
        there = reverse("alternative_report:detail", args=[whole.report.pk])
        yield Missing("reports.too_long", there, {"words": whole.words, "over": whole.over})


def _annexes(whole: Whole) -> Iterator[Missing]:
    for one in whole.annexes:
        if not one.consent:
            yield Missing(
                "reports.no_consent", reverse("report_annex:edit", args=[one.pk]), {"annex": one.title}
            )


def _confidence(whole: Whole) -> Iterator[Missing]:
    if not names_in_confidence(whole.report, texts_of(content_of(whole))):
        return
    yield Missing(
        "reports.names_in_confidence_somewhere", reverse("alternative_report:detail", args=[whole.report.pk])
    )


def _of(record: Paragraph | DataTable) -> str:
    if isinstance(record, Paragraph):
        return reverse("report_section:detail", args=[record.section_id])
    return reverse("report_table:detail", args=[record.pk])
