"""Writing: a section, a paragraph's text, what it rests on, a table. One question a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cobijo.errors import CobijoError
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check, decide
from cobijo.web.core.screens import showing
from cobijo.web.core.screens.pages import acting, found, said, uncached, version_in
from cobijo.web.publication.reports import forms, pictured, queries, services
from cobijo.web.publication.reports.freezing import evidence_of
from cobijo.web.publication.reports.models import DataTable, Paragraph, Section
from cobijo.web.publication.reports.models.text import GROUNDS
from cobijo.web.publication.reports.outline import outline, requested
from cobijo.web.publication.reports.screens import PARAGRAPHS, SECTIONS, TABLES
from cobijo.web.publication.reports.states import Answer
from cobijo.web.publication.reports.whole import Written

READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])
READS = require_http_methods(["GET", "HEAD"])


@READS
def section_page(request: HttpRequest, pk: int) -> HttpResponse:
    access = acting()
    return _section(request, access, found(access, SECTIONS, pk))


@READ_AND_WRITE
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """A new paragraph: first its text; the next page asks what it rests on."""
    access = acting()
    section: Section = found(access, SECTIONS, pk)
    check(access, "change", "report_section", section)
    form = forms.TextForm(_data(request))

    def save(given: dict[str, Any]) -> str:
        [made] = services.add_paragraphs(by=access, rows=[{"section": section, **given}])
        return reverse("reports:evidence", args=[made.pk])

    return _ask(
        request, form, save, title=_("What does the paragraph say?"), lead=_question(section),
        about=section, back=_section_url(section),
    )  # fmt: skip


@READ_AND_WRITE
def text(request: HttpRequest, pk: int) -> HttpResponse:
    access = acting()
    one = _paragraph(access, pk)
    form = forms.TextForm(_data(request), initial={"text": one.text})
    return _ask(
        request, form, _changed(request, access, one), title=_("What does the paragraph say?"),
        lead=_question(one.section), about=one.section, back=_section_url(one.section), version=one.version,
    )  # fmt: skip


@READ_AND_WRITE
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    access = acting()
    one = _paragraph(access, pk)
    names = GROUNDS
    form = forms.EvidenceForm(access, _data(request), initial={name: getattr(one, name) for name in names})
    lead = _(
        "At least one of these, so that a reader can look it up. Without it the paragraph stays a draft."
    )
    return _ask(
        request, form, _changed(request, access, one), title=_("What does it rest on?"), lead=lead,
        about=one.section, back=_section_url(one.section), version=one.version, quoted=one.text,
    )  # fmt: skip


@require_POST
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Finished, or a draft again."""
    access = acting()
    one = _paragraph(access, pk)
    service = services.unready if one.is_ready else services.ready
    try:
        service(by=access, rows=[{"pk": pk, "version": version_in(request.POST) or 0}])
    except Forbidden:
        raise
    except CobijoError as wrong:
        return _section(request, access, one.section, wrong)
    return redirect("report_section:detail", pk=one.section_id)


# --- Tables ------------------------------------------------------------------------------------------------------


@READ_AND_WRITE
def table_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What was asked and what is answered; posting says which of the two answers it will be."""
    access = acting()
    one: DataTable = found(access, TABLES, pk)
    form = forms.AnswerForm(_data(request))
    if request.method == "POST" and form.is_valid():
        check(access, "change", "report_table", one)
        filled = form.cleaned_data["answer"] == Answer.PICTURE
        return redirect("reports:table_picture" if filled else "reports:table_no_data", pk=pk)
    context = {
        "table": one, "asked": requested(one.code), "form": form, "report": one.report,
        "grid": pictured.grid(one.picture_table) if one.picture_table else None,
        "may_change": one.report.changing and bool(decide(access, "change", "report_table", one)),
        "buttons": showing.buttons(access, TABLES, ("history",), one),
    }  # fmt: skip
    return uncached(render(request, "reports/table.html", context, status=422 if form.errors else 200))


@READ_AND_WRITE
def table_picture(request: HttpRequest, pk: int) -> HttpResponse:
    access = acting()
    one = _table(access, pk)
    initial = {"picture_table": one.picture_table, "differs": one.differs}
    form = forms.PictureForm(access, _data(request), initial=initial)
    lead = _(
        "Only tables of the published picture can be chosen: they are protected, and no number is typed in."
    )
    if not pictured.available():
        lead = _(
            "No picture is published now, so no table can be chosen. Answer with a reason and a plan instead."
        )
    return _answer(request, access, one, form, _("Which table, and how does it differ?"), lead)


@READ_AND_WRITE
def table_no_data(request: HttpRequest, pk: int) -> HttpResponse:
    access = acting()
    one = _table(access, pk)
    form = forms.NoDataForm(_data(request), initial={"reason": one.reason, "plan": one.plan})
    lead = _("The Committee asks for the plan where data are missing. Say who does what until when.")
    return _answer(request, access, one, form, _("Why are there no data, and what is planned?"), lead)


# --- Helpers -----------------------------------------------------------------------------------------------------


def _section(
    request: HttpRequest, access: Access, section: Section, problem: CobijoError | None = None
) -> HttpResponse:
    paragraphs = list(queries.paragraphs(access).filter(section=section).order_by("number"))
    written = Written(section, outline()[section.code], paragraphs)
    quoted = queries.quoted(access, section.report, paragraphs)
    may = bool(decide(access, "change", "report_section", section))
    context = {
        "section": section,
        "report": section.report,
        "written": written,
        "rows": [
            {"paragraph": one, "evidence": evidence_of(one), "quoted": quoted.get(one.figure_id or 0)}
            for one in paragraphs
        ],
        "may_change": may and section.report.changing,
        "problem": said(problem),
        "buttons": showing.buttons(access, SECTIONS, ("history",), section),
    }
    return uncached(render(request, "reports/section.html", context, status=422 if problem else 200))


def _answer(
    request: HttpRequest, access: Access, one: DataTable, form: forms.Question, title: str, lead: str
) -> HttpResponse:
    there = reverse("report_table:detail", args=[one.pk])

    def save(given: dict[str, Any]) -> str:
        services.change_tables(
            by=access, rows=[{"pk": one.pk, "version": version_in(request.POST) or 0, **given}]
        )
        return there

    return _ask(request, form, save, title=title, lead=lead, about=one, back=there, version=one.version)


def _changed(request: HttpRequest, access: Access, one: Paragraph) -> Callable[[dict[str, Any]], str]:
    def save(given: dict[str, Any]) -> str:
        services.change_paragraphs(
            by=access, rows=[{"pk": one.pk, "version": version_in(request.POST) or 0, **given}]
        )
        return _section_url(one.section)

    return save


def _ask(
    request: HttpRequest, form: forms.Question, save: Callable[[dict[str, Any]], str], **shown: Any
) -> HttpResponse:
    """Show the question; save the answer; go on. What is refused stays on the page, with its sentence."""
    problem: CobijoError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(save(form.values()))
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = wrong
    context = {"form": form, "problem": said(problem), **shown}
    if request.method == "POST":
        context["version"] = request.POST.get("version", "")
    failed = problem is not None or bool(form.errors)
    return uncached(render(request, "reports/ask.html", context, status=422 if failed else 200))


def _paragraph(access: Access, pk: int) -> Paragraph:
    one: Paragraph = found(access, PARAGRAPHS, pk)
    check(access, "change", "report_paragraph", one)
    return one


def _table(access: Access, pk: int) -> DataTable:
    one: DataTable = found(access, TABLES, pk)
    check(access, "change", "report_table", one)
    return one


def _question(section: Section) -> str:
    """What the section answers, in the reader's language."""
    return outline()[section.code].question


def _section_url(section: Section) -> str:
    return reverse("report_section:detail", args=[section.pk])


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
