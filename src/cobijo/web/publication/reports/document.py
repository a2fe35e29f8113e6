"""From a frozen edition to a document of headings, paragraphs and tables, which is then set as PDF, DOCX or page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from cobijo.engine.charts import words
from cobijo.engine.report.blocks import (
    Block,
    Bullets,
    Callout,
    Document,
    Fact,
    Facts,
    Line,
    Paragraph,
    Run,
    Section,
    Subheading,
    Table,
)
from cobijo.sentences import render
from cobijo.web.publication.reports.models import Edition

Content = Mapping[str, Any]
MARKS = "\x01\x02"  # where a renderer puts the number of the page and how many there are


def document_of(content: Content, edition: Edition) -> Document:
    """The same edition gives the same document, whoever reads it: it is set in the report's own language."""
    language = edition.language
    with translation.override(language):
        sections = [_section(one) for one in content["sections"]]
        sections += [
            Section("contradictions", _("Contradictions with the State’s report"), list(_claims(content))),
            Section("tables", _("Data that the Committee asks for"), list(_tables(content["tables"]))),
            Section("annexes", _("Annexes written by children"), list(_annexes(content["annexes"]))),
        ]
        invented = bool(content["invented"])
        frozen = words.day(edition.frozen_on.isoformat(), language)
        return Document(
            language=language,
            title=str(content["title"]),
            kicker=_("Alternative report to the Committee on the Rights of the Child. %(country)s")
            % {"country": content["country"]},
            invented=render("report.invented", {}, language) if invented else "",
            invented_long=_invented(content) if invented else "",
            first=list(_first(content, edition, frozen)),
            sections=[one for one in sections if one.blocks],
            colophon=_("Edition %(number)s, frozen on %(day)s. Hash of its content (SHA-256): %(hash)s")
            % {"number": edition.number, "day": frozen, "hash": edition.sha256},
            words={
                "page": render("report.page", {"page": MARKS[0], "pages": MARKS[1]}, language),
                "contents": _("Contents"),
            },
        )  # fmt: skip


def _invented(content: Content) -> str:
    if content.get("only_tables_invented"):
        return _(
            "Protected tables in this report come from an invented picture: their numbers, and what rests on them, are "
            "invented and say nothing about any real child or State."
        )
    return _(
        "Everything in this report is invented: the country, its authorities, what they did and every number. "
        "It shows what such a report looks like, and says nothing about any real child or State."
    )


def _first(content: Content, edition: Edition, frozen: str) -> Iterator[Block]:
    """What it is about, how long it is, who stands behind it."""
    answered = sum(1 for one in content["tables"] if one["grid"] is not None)
    yield Paragraph(
        _plain(
            _(
                "Under the Optional Protocol to the Convention on the Rights of the Child on the sale of children, "
                "child prostitution and child pornography (25 May 2000), in force for the country since %(day)s. The "
                "order of the sections is that of the Committee’s guidelines of 2019 (CRC/C/156)."
            )
            % {"day": _day(content["in_force_on"], edition.language)}
        )
    )
    yield Facts(
        (
            Fact(_("Kind of report"), str(content["kind"]), _answers(content)),
            Fact(_("Words"), words.number(content["words"]), _("without tables, sources and annexes"), strong=True),
            Fact(
                _("Requests for data"), f"{answered} / {len(content['tables'])}",
                _("answered by a protected table; the others say why not"),
            ),
        )
    )  # fmt: skip
    due = _day(content["due_on"], edition.language)
    facts = [
        _("Edition %(number)s, frozen on %(day)s.") % {"number": edition.number, "day": frozen},
        _("The State’s report: due on %(day)s.") % {"day": due} if due else "",
        _("Paragraphs are numbered through. Under each stands what it rests on."),
        _("No child and no accused person is named. No table goes below a state."),
    ]
    yield Bullets([_plain(one) for one in facts if one], title=_("This edition"))
    who = [_plain(str(one)) for one in content["contributors"]]
    who.append(_plain(_("Others may have contributed in confidence. They are named nowhere.")))
    yield Bullets(who, title=_("Who contributed"))


def _answers(content: Content) -> str:
    if content["state_report"]:
        return _("answers %(report)s") % {"report": content["state_report"]}
    return _("the State has handed in none yet")


def _section(one: Content) -> Section:
    blocks: list[Block] = []
    for part in one["parts"]:
        if one["code"]:
            blocks.append(Subheading(_id(part["code"]), _headed(part)))
        blocks += _paragraphs(part)
    head = one if one["code"] else one["parts"][0]
    title = f"{head['code']}. {head['title']}" if one["code"] else _headed(head)
    return Section(_id(head["code"]), title, blocks)


def _headed(part: Content) -> str:
    said = f"{part['code']}. {part['title']}"
    if not part["articles"]:
        return said
    return _("%(section)s (article %(articles)s)") % {"section": said, "articles": part["articles"]}


def _paragraphs(part: Content) -> Iterator[Block]:
    if part["left_out"]:
        yield Paragraph((Run(_("Left out. "), bold=True), Run(str(part["left_out"]))))
    for one in part["paragraphs"]:
        yield Paragraph((Run(f"{one['number']}.\u2002", bold=True), Run(str(one["text"]))))
        yield from _evidence(one["evidence"])


def _evidence(lines: Sequence[str]) -> Iterator[Block]:
    for one in lines:
        yield Paragraph(_plain(str(one)), small=True)


def _claims(content: Content) -> Iterator[Block]:
    for one in content["contradictions"]:
        title = _("Paragraph %(number)s of the State’s report") % {"number": one["paragraph"]}
        yield Callout(
            "doubt", title,
            (
                (Run(_("It says: "), bold=True), Run(str(one["said"]))),
                (Run(_("We have: "), bold=True), Run(str(one["have"]))),
            ),
        )  # fmt: skip
        yield from _evidence(one["evidence"])


def _tables(tables: Sequence[Content]) -> Iterator[Block]:
    for one in tables:
        code = str(one["code"])
        yield Subheading(_id(code), f"{code}. {one['title']}")
        asked = _("Asked for in %(source)s: %(unit)s by %(split)s.") % {
            "source": one["asked_in"], "unit": one["unit"], "split": one["by"],
        }  # fmt: skip
        yield Paragraph(_plain(asked), small=True)
        grid = one["grid"]
        if grid is not None:
            yield Paragraph((Run(_("What it counts instead: "), bold=True), Run(str(one["differs"]))))
            yield Table(
                f"{_id(code)}-table", grid["caption"], grid["columns"], grid["rows"], grid["note"],
                totals=grid["totals"], long=len(grid["columns"]) == 2 and len(grid["rows"]) > 20,
            )  # fmt: skip
            continue
        lead = _("Why there is no table: ") if one["plan_only"] else _("No data: ")
        yield Paragraph((Run(lead, bold=True), Run(str(one["reason"]))))
        yield Paragraph((Run(_("Plan: "), bold=True), Run(str(one["plan"]))))


def _annexes(annexes: Sequence[Content]) -> Iterator[Block]:
    for number, one in enumerate(annexes, 1):
        title = _("Annex %(number)s. %(title)s") % {"number": number, "title": one["title"]}
        yield Subheading(f"annex-{number}", title)
        who = _("Written by: %(group)s. Accompanied by: %(who)s. Their consent is on file.") % {
            "group": one["group"], "who": one["accompanied_by"],
        }  # fmt: skip
        yield Paragraph(_plain(who), small=True)
        for text in str(one["text"]).splitlines():
            if text.strip():
                yield Paragraph(_plain(text.strip()))


def _plain(text: str) -> Line:
    return (Run(text),)


def _id(code: str) -> str:
    return "s-" + code.lower().replace(".", "-")


def _day(iso: str, language: str) -> str:
    return words.day(date.fromisoformat(iso).isoformat(), language) if iso else ""
