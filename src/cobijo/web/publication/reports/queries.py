"""Reports and what lies in them, as far as a person may see them."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import visible
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


# --- What may be chosen ------------------------------------------------------------------------------------------


def changing_reports(access: Access) -> QuerySet[Report]:
    return reports(access).filter(state__in=CHANGING)


def changing_sections(access: Access) -> QuerySet[Section]:
    return sections(access).filter(report__state__in=CHANGING)
