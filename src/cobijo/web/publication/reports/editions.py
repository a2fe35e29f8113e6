"""Freezing a report, and the files of what was frozen."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from cobijo.engine.report.blocks import Document
from cobijo.engine.report.ooxml import DOCX
from cobijo.errors import InputProblem
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import check
from cobijo.web.core.screens.writing import add_rows, change_rows
from cobijo.web.publication.reports import queries, rules
from cobijo.web.publication.reports.checklist import check_freeze
from cobijo.web.publication.reports.document import document_of
from cobijo.web.publication.reports.freezing import as_text, content_of, hash_of, texts_of, unaltered
from cobijo.web.publication.reports.models import Edition, Report
from cobijo.web.publication.reports.states import ReportState
from cobijo.web.publication.reports.whole import whole
from cobijo.web.publication.reports.word import to_docx

TYPES: Mapping[str, str] = {"docx": DOCX, "pdf": "application/pdf"}


def freeze(*, by: Access, rows: list[dict[str, Any]]) -> list[Edition]:
    """Rows of pk and version of reports in review: nothing is missing, and an edition of each is made today."""
    today, made = timezone.localdate(), []
    with transaction.atomic():
        for row in rows:
            report = queries.reports(by).select_for_update().filter(pk=row["pk"]).first()
            if report is None:
                raise InputProblem("screens.gone")
            rules.check_step(report, ReportState.FROZEN)
            all_of_it = whole(by, report)
            check_freeze(all_of_it)
            content = content_of(all_of_it)
            text = as_text(content)
            last = Edition.objects.filter(report=report).aggregate(most=Max("number"))["most"] or 0
            edition = {
                "report": report, "number": last + 1, "title": report.title, "country": report.country,
                "language": report.language, "frozen_on": today, "words": all_of_it.words, "content": text,
                "sha256": hash_of(text),
            }  # fmt: skip
            check_document(document_of(content, Edition(**edition)), report)
            rules.check_only_read(by, report)
            made.append(edition)
        steps = [
            {"pk": row["pk"], "version": row["version"], "state": ReportState.FROZEN, "frozen_on": today}
            for row in rows
        ]
        change_rows(by=by, kind="alternative_report", rows=steps)
        return add_rows(by=by, kind="report_edition", rows=made)


def check_document(document: Document, report: Report) -> None:
    """The last net: what will be set as DOCX and PDF, word by word, names nobody who contributed in confidence."""
    if rules.names_in_confidence(report, texts_of(asdict(document))):
        raise InputProblem("reports.names_in_confidence_somewhere")


def file_of(*, by: Access, edition: Edition, form: str) -> bytes:
    """The edition as DOCX or PDF: the same edition, the same bytes. Whoever takes it stands in the log."""
    check(by, "export", "report_edition", edition)
    content = read(edition)
    makers: Mapping[str, Callable[[], bytes]] = {
        "docx": lambda: to_docx(document_of(content, edition)),
        "pdf": lambda: _pdf(content, edition),
    }
    made = makers[form]()
    audit.record("export", "report_edition", [edition.pk], access=by, detail={"rows": 1, "format": form})
    return made


def read(edition: Edition) -> dict[str, Any]:
    """What was frozen; refused where it is not that any more."""
    if not unaltered(edition):
        raise InputProblem("reports.altered", number=edition.number)
    content: dict[str, Any] = json.loads(edition.content)
    return content


def _pdf(content: Mapping[str, Any], edition: Edition) -> bytes:
    from cobijo.engine.report.pdf import to_pdf  # typst is large, and a page needs none of it

    return to_pdf(document_of(content, edition))
