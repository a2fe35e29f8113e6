"""The page for wide tables: choose it, say which columns are years and what is counted, go on in the usual import."""

from __future__ import annotations

import itertools
from io import BytesIO
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cobijo.errors import CobijoError, InputProblem
from cobijo.sentences import render as sentence
from cobijo.web.core import country
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check
from cobijo.web.core.jobs import outbox
from cobijo.web.core.jobs import queries as jobs
from cobijo.web.core.screens import import_jobs, importing, sheets, uploads
from cobijo.web.core.screens.forms import make_form, styled
from cobijo.web.core.screens.import_pages import chosen, columns_of
from cobijo.web.core.screens.pages import acting, identity, said, uncached
from cobijo.web.core.screens.register import Register
from cobijo.web.core.screens.showing import language
from cobijo.web.knowledge.evidence import unfolding
from cobijo.web.knowledge.evidence.screens import FIGURES, VALUES

UPLOAD = "evidence.wide"
#: What all numbers of one table have in common.
COMMON = ("source", "concept", "unit", "status", "age_from", "age_to", "measure", "bound", "grade", "method")
INTO = {"figure": FIGURES, "factor_value": VALUES}


def wide_page(request: HttpRequest) -> HttpResponse:
    """One address for both steps; the second is left for the import page of the register."""
    access = acting()
    check(access, "import", "figure")
    try:
        if request.method == "POST" and "file" in request.POST:
            return _unfolded(request, access)
        if request.method == "POST":
            return _kept(request)
        if "file" in request.GET:
            return _asked(request, access, _file(access, request.GET["file"]))
    except Forbidden:
        raise
    except CobijoError as wrong:
        return _page(request, "wide", {"problem": said(wrong)}, 422)
    return _page(request, "wide", {})


def _kept(request: HttpRequest) -> HttpResponse:
    """The upload, sealed in the outbox."""
    content, into = uploads.content_of(request, "table"), request.POST.get("into", "")
    if into not in INTO:
        raise InputProblem("screens.no_table")
    _read(content)  # what is no table is said before it is kept
    kept = uploads.kept(request, content, f"{UPLOAD}-{into}")
    return redirect(f"{reverse('evidence:wide')}?file={kept.pk}")


def _asked(
    request: HttpRequest, access: Access, file: Any, form: Any = None, found: Any = None, problem: str = ""
) -> HttpResponse:
    """Which column is what, and what all numbers of the table have in common."""
    columns, lines = _read(_content(file))
    mapping = chosen(request) or unfolding.guessed(
        columns, [line for _number, line in lines[: unfolding.LOOKED_AT]], country.pack()
    )
    register = _register(file)
    context = {
        "file": file.pk, "columns": columns_of(columns, lines[0][1], mapping),
        "form": form or _form(access, register, None), "into": register.title,
        "choices": [(unfolding.AREA, _("state, or the country")), (unfolding.YEAR, _("a year"))],
        "trial": found, "problem": problem,
    }  # fmt: skip
    wrong = bool(problem or found or (form is not None and form.errors))
    return _page(request, "wide_columns", context, 422 if wrong else 200)


def _unfolded(request: HttpRequest, access: Access) -> HttpResponse:
    """The same numbers as a long table, into the import of the register: there they are tried, and written."""
    file = _file(access, request.POST["file"])
    register = _register(file)
    check(access, "import", register.kind)
    form = _form(access, register, request.POST)
    columns, lines = _read(_content(file))
    mapping = chosen(request)
    try:
        check_mapping(columns, mapping)
    except InputProblem as wrong:
        return _asked(request, access, file, form, problem=said(wrong))
    if not form.is_valid():
        return _asked(request, access, file, form)
    table = unfolding.unfold(columns, lines, mapping, country.pack())
    if table.unread:
        return _asked(request, access, file, form, found=_wrong(table))
    if not table.numbers:
        return _asked(request, access, file, form, problem=said(InputProblem("evidence.wide_nothing")))
    account: Any = request.user
    made = outbox.keep_upload(
        by=account, source=BytesIO(unfolding.as_table(_rows(register, form, table))),
        name=import_jobs.upload_name(register), media_type="text/csv",
    )  # fmt: skip
    outbox.forget(file)
    return redirect(f"{reverse(f'{register.kind}:import')}?file={made.pk}")


def check_mapping(columns: tuple[str, ...], mapping: list[str]) -> None:
    """One column of states, at least one of years, and no year twice."""
    if mapping.count(unfolding.AREA) != 1:
        raise InputProblem("evidence.wide_one_area")
    named = [
        columns[place] for place, one in enumerate(mapping) if one == unfolding.YEAR and place < len(columns)
    ]
    if not named:
        raise InputProblem("evidence.wide_no_year")
    years: set[int] = set()
    for column in named:
        year = unfolding.year_of(column)
        if year is None:
            raise InputProblem("evidence.wide_names_no_year", column=column)
        if year in years:
            raise InputProblem("evidence.wide_year_twice", year=year)
        years.add(year)


def _rows(register: Register, form: Any, table: unfolding.Unfolded) -> Any:
    values = form.cleaned_data
    if register is VALUES:
        return unfolding.as_values(table.numbers, values["indicator"].code)
    common = {
        name: str(values[name]) if values[name] is not None else "" for name in COMMON if name in values
    }
    return unfolding.as_figures(
        table.numbers, values["begins_with"], {**common, "source": values["source"].code}
    )


def _form(access: Access, register: Register, data: Any) -> Any:
    """The fields of the register that all numbers share; of figures, how their short names begin too."""
    only = COMMON if register is FIGURES else ("indicator",)
    form = make_form(access, register, data=data, only=only)
    if register is FIGURES:
        form.fields["begins_with"] = styled(
            forms.SlugField(
                label=_("Short name to begin with"), max_length=60,
                help_text=_("State and year are added to it, such as calls-mx-oax-2015."),
            )
        )  # fmt: skip
    return form


def _wrong(table: unfolding.Unfolded) -> dict[str, Any]:
    """As the page of a dry run shows what is wrong."""
    problems = [
        (one.row, one.column, sentence(one.code, vars(one), language()))
        for one in table.unread[: unfolding.SAID]
    ]
    return {"problems": problems, "more": len(table.unread) > unfolding.SAID}


def _read(content: bytes) -> tuple[tuple[str, ...], list[tuple[int, list[str]]]]:
    """The names of the columns, and every row below with its number in the file."""
    lines = sheets.lines(BytesIO(content))
    columns = tuple(sheets.bare_cell(one)[:80] for one in next(lines, []))[: importing.MOST_COLUMNS]
    if not any(columns):
        raise InputProblem("screens.no_table")
    rows = list(itertools.islice(enumerate(lines, 2), importing.MOST_ROWS + 1))
    if len(rows) > importing.MOST_ROWS:
        raise InputProblem("screens.too_many_rows", most=importing.MOST_ROWS)
    if not rows:
        raise InputProblem("screens.no_rows")
    return columns, [(number, [sheets.bare_cell(one) for one in line]) for number, line in rows]


def _content(file: Any) -> bytes:
    with outbox.reading(file) as source:
        return source.read() or b""


def _register(file: Any) -> Register:
    return INTO[file.name.removeprefix(f"{UPLOAD}-")]


def _file(access: Access, text: str) -> Any:
    names = [f"{UPLOAD}-{one}" for one in INTO]
    found = jobs.uploads(access).filter(pk=identity(text), name__in=names).first()
    if found is None:
        raise InputProblem("screens.file_gone")
    return found


def _page(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return uncached(render(request, f"evidence/{name}.html", context, status=status))
