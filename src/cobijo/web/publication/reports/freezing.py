"""From a report to what is frozen of it: plain data in the report's language, its bytes and their hash.

Everything that may be looked up elsewhere is copied in: titles, tables as they are published now, citations. So an
edition says the same whatever changes later. A confidential contributor is not in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from cobijo.engine.charts import words
from cobijo.web.coordination.requests.models import PublicRequest
from cobijo.web.figures import reading
from cobijo.web.publication.reports import pictured
from cobijo.web.publication.reports.models import DataTable, Edition, Paragraph, StateClaim
from cobijo.web.publication.reports.outline import outline, requested
from cobijo.web.publication.reports.states import Answer
from cobijo.web.publication.reports.whole import Whole, Written

FORMAT = "cobijo.alternative-report/1"


def content_of(whole: Whole) -> dict[str, Any]:
    """The report as plain data, in its own language."""
    report = whole.report
    with translation.override(report.language):
        numbers = iter(
            range(1, 10_000)
        )  # paragraphs are numbered through, so that the Committee can cite them
        return {
            "format": FORMAT,
            "title": report.title,
            "country": report.country,
            "kind": report.get_kind_display(),
            "in_force_on": report.in_force_on.isoformat(),
            "due_on": report.due_on.isoformat() if report.due_on else "",
            "state_report": report.state_report,
            "language": report.language,
            "invented": report.is_invented,
            "only_tables_invented": report.is_invented and not report.invented,
            "words": whole.words,
            "contributors": [one.name for one in whole.named],
            "sections": [
                {
                    "code": head.code if head is not None else "",
                    "title": head.title if head is not None else "",
                    "parts": [_section(one, numbers) for one in parts],
                }
                for head, parts in whole.under_heads()
            ],
            "contradictions": [_claim(one) for one in whole.claims],
            "tables": [_table(one) for one in whole.tables],
            "annexes": [
                {
                    "title": one.title,
                    "group": one.group,
                    "accompanied_by": one.accompanied_by,
                    "text": one.text,
                }
                for one in whole.annexes
            ],
            "picture": pictured.fingerprint(),
        }


def as_text(content: Mapping[str, Any]) -> str:
    """One way to write it down, so that the same content has the same hash."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def unaltered(edition: Edition) -> bool:
    """Whether it still is what was frozen."""
    return hash_of(edition.content) == edition.sha256


def texts_of(content: Any) -> list[str]:
    """Every text in it, wherever it stands."""
    if isinstance(content, str):
        return [content]
    if isinstance(content, Mapping):
        return [text for one in content.values() for text in texts_of(one)]
    if isinstance(content, list | tuple):
        return [text for one in content for text in texts_of(one)]
    return []


def _section(one: Written, numbers: Iterator[int]) -> dict[str, Any]:
    return {
        "code": one.section.code,
        "title": outline()[one.section.code].title,
        "articles": one.part.articles,
        "left_out": "" if one.paragraphs else one.section.left_out,
        "paragraphs": [
            {"number": next(numbers), "text": paragraph.text, "evidence": evidence_of(paragraph)}
            for paragraph in one.paragraphs
        ],
    }


def evidence_of(paragraph: Paragraph | StateClaim) -> list[str]:
    """What it rests on, as lines to be looked up."""
    found = []
    if paragraph.figure is not None:
        found.append(_("Figure: %(cited)s") % {"cited": paragraph.figure.citation})
    if paragraph.picture_table:
        found.append(_picture(paragraph.picture_table))
    if isinstance(paragraph, StateClaim):
        if paragraph.source:
            found.append(_("Source: %(said)s") % {"said": paragraph.source})
        return found
    if paragraph.asked is not None:
        found.append(_("Request to an authority: %(said)s") % {"said": _asked(paragraph.asked)})
    if paragraph.request:
        found.append(_("Request to an authority: %(said)s") % {"said": paragraph.request})
    if paragraph.statistic:
        found.append(_("Protected case statistic: %(said)s") % {"said": paragraph.statistic})
    return found


def _asked(request: PublicRequest) -> str:
    """Title, to whom, when, and where it stands: what everybody who signs in can read of it."""
    said = [request.title, str(request.addressee or ""), str(request.get_state_display())]
    if request.sent_on is not None:
        day = words.day(request.sent_on.isoformat(), reading())
        said.insert(2, _("sent on %(day)s") % {"day": day})
    return ", ".join(one for one in said if one)


def _picture(table_id: str) -> str:
    grid = pictured.grid(table_id)
    said = grid.caption if grid is not None else pictured.name(table_id)
    return _("Protected table of the picture: %(said)s") % {"said": said}


def _claim(claim: StateClaim) -> dict[str, Any]:
    return {
        "paragraph": claim.paragraph, "said": claim.said, "have": claim.have, "evidence": evidence_of(claim),
    }  # fmt: skip


def _table(table: DataTable) -> dict[str, Any]:
    asked = requested(table.code)
    grid = pictured.grid(table.picture_table) if table.answer == Answer.PICTURE else None
    return {
        "code": table.code,
        "title": asked.title,
        "unit": asked.unit,
        "by": asked.split,
        "asked_in": asked.source,
        "differs": table.differs,
        "reason": table.reason,
        "plan": table.plan,
        "plan_only": asked.plan_only,
        "grid": None if grid is None else {
            "caption": grid.caption, "columns": list(grid.columns), "rows": [list(one) for one in grid.rows],
            "totals": list(grid.totals), "note": grid.note,
        },
    }  # fmt: skip
