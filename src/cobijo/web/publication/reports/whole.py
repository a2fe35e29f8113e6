"""A report as a whole: read once, then shown on its page, checked before freezing and frozen."""

from __future__ import annotations

from dataclasses import dataclass, field

from cobijo.web.core.access.context import Access
from cobijo.web.publication.reports import queries
from cobijo.web.publication.reports.counting import words_in
from cobijo.web.publication.reports.models import (
    Annex,
    Contributor,
    DataTable,
    Paragraph,
    Report,
    Section,
    StateClaim,
    Step,
)
from cobijo.web.publication.reports.outline import Part, outline


@dataclass
class Written:
    """A section with its paragraphs. `part` is its place in the outline."""

    section: Section
    part: Part
    paragraphs: list[Paragraph] = field(default_factory=list)

    @property
    def words(self) -> int:
        return words_in(self.section.left_out, *(one.text for one in self.paragraphs))

    @property
    def drafts(self) -> list[Paragraph]:
        return [one for one in self.paragraphs if not one.is_ready]

    @property
    def state(self) -> str:
        """empty | left_out | draft | ready."""
        if not self.paragraphs:
            return "left_out" if self.section.left_out.strip() else "empty"
        return "draft" if self.drafts else "ready"


@dataclass(frozen=True)
class Whole:
    """Everything of one report, each kind read by one query."""

    report: Report
    sections: list[Written]
    tables: list[DataTable]
    claims: list[StateClaim]
    annexes: list[Annex]
    contributors: list[Contributor]
    steps: list[Step]

    @property
    def words(self) -> int:
        """What counts against the limit: paragraphs, contradictions, and what is said about tables."""
        beside = [text for one in self.claims for text in (one.said, one.have)]
        beside += [text for one in self.tables for text in (one.differs, one.reason, one.plan)]
        return sum(one.words for one in self.sections) + words_in(*beside)

    @property
    def over(self) -> int:
        """How many words too many; 0 where no limit is known."""
        return max(0, self.words - self.report.word_limit) if self.report.word_limit else 0

    @property
    def named(self) -> list[Contributor]:
        return [one for one in self.contributors if not one.confidential]

    def under_heads(self) -> list[tuple[Part | None, list[Written]]]:
        """Sections in their order; those with a head stand together under it."""
        found: list[tuple[Part | None, list[Written]]] = []
        for one in self.sections:
            head = outline().get(one.part.above)
            if head is not None and found and found[-1][0] is head:
                found[-1][1].append(one)
            else:
                found.append((head, [one]))
        return found


def whole(access: Access, report: Report) -> Whole:
    """Read a report; what the person may not see of it is not there."""
    known = outline()
    sections = {
        one.pk: Written(one, known[one.code])
        for one in queries.sections(access).filter(report=report).order_by("order")
        if one.code in known
    }
    for paragraph in queries.paragraphs(access).filter(section__report=report).order_by("number"):
        if paragraph.section_id in sections:
            sections[paragraph.section_id].paragraphs.append(paragraph)
    return Whole(
        report=report,
        sections=list(sections.values()),
        tables=list(queries.tables(access).filter(report=report).order_by("code")),
        claims=list(queries.claims(access).filter(report=report)),
        annexes=list(queries.annexes(access).filter(report=report)),
        contributors=list(queries.contributors(access).filter(report=report)),
        steps=list(queries.steps(access).filter(report=report)),
    )
