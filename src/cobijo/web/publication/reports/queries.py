"""Reports and what lies in them, as far as a person may see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Case, Max, Q, QuerySet, Value, When

from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import visible
from cobijo.web.core.screens import history
from cobijo.web.knowledge.evidence import queries as evidence
from cobijo.web.knowledge.evidence import saying
from cobijo.web.publication.reports.models import (
    Annex,
    Contributor,
    DataTable,
    Edition,
    Paragraph,
    Report,
    Section,
    StateClaim,
    Step,
)
from cobijo.web.publication.reports.models.beside import FROZEN_INVENTED
from cobijo.web.publication.reports.models.text import picture_of
from cobijo.web.publication.reports.states import CHANGING

#: What a step of a report changes in it; none of it is writing.
STEPPED = frozenset({"state", "frozen_on", "submitted_on"})


def reports(access: Access) -> QuerySet[Report]:
    """Each knows whether something in it rests on the published picture: a list marks what is invented."""
    return visible(access, "alternative_report", Report.objects.annotate(shows_picture=marked(picture_of())))


def sections(access: Access) -> QuerySet[Section]:
    return visible(access, "report_section", Section.objects.select_related("report"))


def paragraphs(access: Access) -> QuerySet[Paragraph]:
    of = Paragraph.objects.select_related("section__report", "figure__source", "asked__addressee")
    return visible(access, "report_paragraph", of)


def tables(access: Access) -> QuerySet[DataTable]:
    return visible(access, "report_table", DataTable.objects.select_related("report"))


def claims(access: Access) -> QuerySet[StateClaim]:
    return visible(access, "state_claim", StateClaim.objects.select_related("report", "figure__source"))


def annexes(access: Access) -> QuerySet[Annex]:
    return visible(access, "report_annex", Annex.objects.select_related("report"))


def contributors(access: Access) -> QuerySet[Contributor]:
    return visible(access, "report_contributor", Contributor.objects.select_related("report"))


def steps(access: Access) -> QuerySet[Step]:
    return visible(access, "report_step", Step.objects.select_related("report"))


def editions(access: Access) -> QuerySet[Edition]:
    """Frozen ones: the only part of the room that everybody with a role may read. The text itself is read on demand."""
    frozen_invented = marked(Q(content__contains=FROZEN_INVENTED))
    return visible(
        access, "report_edition", Edition.objects.defer("content").annotate(marked=frozen_invented)
    )


def marked(condition: Any) -> Case:
    """A condition as a column."""
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


# --- Who wrote ---


def writers(report: Report) -> set[int]:
    """Accounts that wrote in a report, or in anything of its text, since its last edition."""
    since = Edition.objects.filter(report=report).aggregate(last=Max("made_at"))["last"]
    sections = list(report.sections.values_list("pk", flat=True))
    found = history.writers("report_paragraph", since=since, values__section__in=sections)
    for kind in ("report_annex", "state_claim"):
        found |= history.writers(kind, since=since, values__report=report.pk)
    for kind in ("report_section", "report_table"):  # they come with the report, empty
        found |= history.writers(kind, since=since, actions=("change",), values__report=report.pk)
    return found | _writers_of_the_head(report, since)


def _writers_of_the_head(report: Report, since: datetime | None) -> set[int]:
    """Who wrote its title or what else heads it. A step such as "give it to review" is no writing."""
    found: set[int] = set()
    before = None
    for account, at, values in history.versions("alternative_report", report.pk):
        said = {name: one for name, one in values.items() if name not in STEPPED}
        if said != before and (since is None or at > since):
            found.add(account)
        before = said
    return found


# --- What may be chosen ------------------------------------------------------------------------------------------


def changing_reports(access: Access) -> QuerySet[Report]:
    return reports(access).filter(state__in=CHANGING)


def changing_sections(access: Access) -> QuerySet[Section]:
    return sections(access).filter(report__state__in=CHANGING)


@dataclass(frozen=True)
class Quoted:
    """What whoever quotes a figure must know: what it does not show, and what nobody has decided for this report."""

    pk: int
    do_not_say: str
    undecided: int  # contradictions in which it stands


def quoted(access: Access, report: Report, paragraphs: Iterable[Paragraph]) -> dict[int, Quoted]:
    """The figures that these paragraphs rest on. Two queries, and none where they rest on no figure."""
    figures = {one.figure.pk: one.figure for one in paragraphs if one.figure is not None}
    if not figures:
        return {}
    held = evidence.between(list(figures), evidence.contradictions(access))
    decided = set(
        evidence.choices(access)
        .filter(report__iexact=report.title)
        .values_list("contradiction_id", flat=True)
    )
    against = Counter(
        figure for one in held if one.pk not in decided for figure in (one.first_id, one.second_id)
    )
    return {pk: Quoted(pk, saying.told(one, "do_not_say"), against[pk]) for pk, one in figures.items()}
