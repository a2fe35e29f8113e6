"""From the content of `picture.json` to the report's outline: which block says what, in which order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cobijo import __version__
from cobijo.engine.charts.words import day, number, reason
from cobijo.engine.pack import Pack
from cobijo.engine.report import details
from cobijo.engine.report.blocks import (
    Block,
    Bullets,
    Callout,
    Document,
    Fact,
    Facts,
    Figure,
    Headline,
    Line,
    Paragraph,
    Section,
    runs,
)
from cobijo.sentences import catalogue, render

Picture = Mapping[str, Any]


def outline(picture: Picture, figures: Mapping[str, Figure], language: str, *, pack: Pack) -> Document:
    """The report in a language; `figures` are the charts by id, those that are absent are left out."""
    period = picture["period"]
    place = pack.names.get(language) or next(iter(pack.names.values()))
    when = {"from": day(period["from"], language), "to": day(period["to"], language)}
    version = str(picture["trace"].get("cobijo", __version__))
    invented = bool(picture["invented"])
    sections = details.sections(picture, figures, language, pack)
    return Document(
        language=language,
        title=render("report.title", {}, language),
        kicker=render("report.place_period", {"place": place, **when}, language),
        invented=render("report.invented", {}, language) if invented else "",
        invented_long=render("report.invented_long", {}, language) if invented else "",
        first=first_page(picture, figures, language),
        sections=[
            Section("who", render("report.who_title", {}, language), [_who(picture, when, language)]),
            *(one for one in sections if one.blocks),
            limits(picture, language),
            details.trace(picture, language),
        ],
        colophon=render("report.made_by", {"version": version}, language),
        words={
            "contents": render("report.contents", {}, language),
            "hidden": render("report.hidden_word", {}, language),
            "skip": render("report.skip", {}, language),
            "page": render("report.page", {"page": "\u0001", "pages": "\u0002"}, language),
        },
    )


def first_page(picture: Picture, figures: Mapping[str, Figure], language: str) -> list[Block]:
    """Everything that a reader who knows no statistics needs; the rest of the report only backs it."""
    page: list[Block] = [Headline(headline(picture, language))]
    if "refused" in picture["estimate"]:
        page.append(_refused(picture, language))
    else:
        page.append(facts(picture, language))
    warning = details.disagreement(picture, language)
    if isinstance(warning, Callout):
        page.append(warning)
    if "estimates" in figures:
        page.append(figures["estimates"])
    page += [_means(picture, language), _means_not(picture, language)]
    return page


def headline(picture: Picture, language: str) -> list[Line]:
    """How many were seen, and between how many and how many were affected, if that can be said."""
    count, observed = len(picture["lists"]), picture["observed"]
    if observed is None:
        seen = render("report.seen_hidden", {}, language)
    elif count == 1:
        seen = render("report.seen_one", {"observed": number(observed)}, language)
    else:
        code = f"report.agencies_{count}" if count <= 10 else "report.agencies_many"
        agencies = render(code, {"count": number(count)}, language)
        seen = render("report.seen", {"agencies": agencies, "observed": number(observed)}, language)
    estimate = picture["estimate"]
    if "refused" in estimate:
        return [runs(seen), runs(render("report.affected_refused", {}, language))]
    low, high = estimate["interval"]
    code = "report.affected" if high is not None else "report.affected_open"
    return [runs(seen), runs(render(code, {"low": number(low), "high": number(high)}, language))]


def facts(picture: Picture, language: str) -> Facts:
    """Seen, not seen, in all."""
    estimate = picture["estimate"]

    def between(interval: list[float | None] | None) -> str:
        if interval is None:
            return ""
        if interval[1] is None:
            return render("charts.or_more", {"low": number(interval[0])}, language)
        return render("report.between", {"low": number(interval[0]), "high": number(interval[1])}, language)

    found = [
        Fact(
            render("report.fact_seen", {}, language),
            number(picture["observed"]),
            render("report.fact_seen_note", {}, language),
        )
    ]
    if estimate.get("hidden") is not None:
        name = render("report.fact_hidden", {}, language)
        found.append(Fact(name, number(estimate["hidden"]), between(estimate.get("hidden_interval"))))
    name = render("report.fact_total", {}, language)
    found.append(Fact(name, number(estimate["total"]), between(estimate["interval"]), strong=True))
    return Facts(found)


def _refused(picture: Picture, language: str) -> Callout:
    why = render("report.refused_why", {"reason": reason(picture["estimate"]["refused"], language)}, language)
    return Callout(
        "doubt",
        render("report.refused_title", {}, language),
        [
            runs(why),
            runs(render("report.refused_still", {}, language)),
            runs(render("report.refused_mend", {}, language)),
        ],
    )


def _means(picture: Picture, language: str) -> Bullets:
    estimate, points = picture["estimate"], []
    if picture["observed"] is not None:
        points.append(render("report.means_seen", {"observed": number(picture["observed"])}, language))
    if "refused" not in estimate:
        if estimate.get("hidden") is not None:
            points.append(render("report.means_hidden", {"hidden": number(estimate["hidden"])}, language))
        level = {"level": f"{estimate['level'] * 100:.0f}"}
        points.append(render("report.means_interval", level, language))
    else:
        points.append(render("report.means_refused", {}, language))
    return Bullets([runs(one) for one in points], "means", render("report.means", {}, language))


def _means_not(picture: Picture, language: str) -> Bullets:
    codes = ["report.not_worse", "report.not_place"]
    if "refused" not in picture["estimate"]:
        codes = ["report.not_certain", "report.not_named", *codes]
    points = [runs(render(code, {}, language)) for code in codes]
    return Bullets(points, "means-not", render("report.means_not", {}, language))


def _who(picture: Picture, when: Mapping[str, str], language: str) -> Paragraph:
    population = picture["population"]
    status = str(population["status"])
    code = "report.who" if status == "identified" else "report.who_other"
    params = {"age": population["under_age"], "status": details.status_name(status, language), **when}
    text = render(code, params, language)
    if population["unknown_age_counts_as_child"]:
        text += " " + render("report.who_unknown", {}, language)
    return Paragraph(runs(text))


def limits(picture: Picture, language: str) -> Section:
    """What the picture says of its own limits, and what holds for every such count."""
    told = []
    for limit in picture["limits"]:
        code = str(limit["code"])
        if code in catalogue():
            told.append(render(code, limit.get("params") or {}, language))
        else:
            told.append(render("report.limit_otherwise", {"code": code}, language))
    told.append(render("report.limit_closed", {}, language))
    points = Bullets([runs(one) for one in dict.fromkeys(told)])
    return Section("limits", render("report.limits", {}, language), [points])
