"""Sources and figures: what a register refuses, what the pack brings along, what contradicts what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import translation

from cobijo.errors import InputProblem
from cobijo.sentences import render
from cobijo.web.core.access.context import Access, acting_as
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from cobijo.web.knowledge.evidence import saying, services
from cobijo.web.knowledge.evidence.loading import load_evidence
from cobijo.web.knowledge.evidence.models import Contradiction, Figure, Rating, Source
from tests.web.directory.keepers import body, browser
from tests.web.directory.test_organisations import imported
from tests.web.people import organisation, person

pytestmark = pytest.mark.django_db
LIST = "/en/knowledge/figures/"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def analyst() -> Account:
    return person("Alma", Role.ANALYST, of=organisation("instituto", kind="academia"))


@pytest.fixture
def by(analyst: Account) -> Iterator[Access]:
    with acting_as(analyst, "") as access:
        yield access


@pytest.fixture
def source(by: Access) -> Source:
    return services.add_sources(
        by=by, rows=[{"code": "dif", "who": "DIF", "year": 2005, "kind": "government"}]
    )[0]


def said(source: Source, **more: Any) -> dict[str, Any]:
    row = {
        "code": "f1", "source": source, "concept": "epros", "area": "MX", "value": 20_000, "age_from": 0, "age_to": 17,
        "status": "identified", "period_from": date(2005, 1, 1), "period_until": date(2005, 12, 31),
    }  # fmt: skip
    return row | more


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"concept": ""}, "no_concept", "what is counted"),
        ({"concept": "zzz"}, "concept_unknown", "what is counted"),
        ({"period_from": None}, "no_period", "period"),
        ({"period_until": None}, "no_period", "period"),
        ({"period_until": date(2004, 1, 1)}, "period_order", "period"),
        ({"area": ""}, "no_area", "area"),
        ({"area": "MX-OAX-067"}, "area_below_state", "area"),
        ({"area": "FR"}, "country.area_unknown", "area"),
        ({"area": "MX-OAX", "area_part": "la costa"}, "part_of_state", "part of the country"),
        ({"area_part": "Tapachula"}, "part_unknown", "part of the country"),
        ({"value": None}, "nothing_said", "value"),
        ({"value": None, "low": 9, "high": 3}, "range_upside_down", "range from"),
        ({"value": None, "high": 3}, "nothing_said", "value"),
        ({"high": 30_000}, "range_half", "range from"),
        ({"low": 1, "high": 3}, "value_outside", "value"),
        ({"value": -1}, "negative", "value"),
        ({"value": 101, "unit": "percent"}, "percent_over", "value"),
        ({"age_from": 18}, "ages_order", "age from"),
    ],
)
def test_a_wrong_figure_is_one_sentence_with_row_field_and_mend(
    by: Access, source: Source, wrong: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(InputProblem) as caught:
        services.add_figures(by=by, rows=[said(source), said(source, code="f2", **wrong)])
    assert caught.value.code == (code if "." in code else f"evidence.{code}")
    for language in ("en", "es"):
        sentence = render(caught.value.code, caught.value.params, language)
        assert "2" in sentence
        assert sentence.count(".") + sentence.count("?") >= 2  # what is wrong, and what to do
    assert f"“{field}”" in render(caught.value.code, caught.value.params, "en")
    assert not Figure.objects.exists()  # nothing of the batch is written


def test_short_names_are_taken_once(by: Access, source: Source) -> None:
    with pytest.raises(InputProblem, match=r"evidence\.code_twice"):
        services.add_figures(by=by, rows=[said(source), said(source)])
    [one] = services.add_figures(by=by, rows=[said(source)])
    with pytest.raises(InputProblem, match=r"evidence\.code_taken"):
        services.add_figures(by=by, rows=[said(source)])
    with pytest.raises(InputProblem, match=r"evidence\.repeats_itself"):
        services.change_figures(by=by, rows=[{"pk": one.pk, "version": 1, "repeats": one}])


def test_the_database_holds_what_the_rules_say(by: Access, source: Source) -> None:
    for wrong in ({"value": None}, {"low": 9, "high": 3}, {"concept": ""}, {"area": ""}, {"unit": "zzz"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Figure.objects.create(**said(source, **wrong))


def test_a_figure_is_entered_by_hand_and_quoted(analyst: Account) -> None:
    with acting_as(analyst, "") as by:
        [source] = services.add_sources(
            by=by,
            rows=[{"code": "dif", "who": "DIF", "year": 2005, "kind": "government", "via": "JOM FISIP 4(2)"}],
        )
    page = browser(analyst)
    row = {
        "code": "epros-2005", "source": source.pk, "concept": "epros", "unit": "children", "status": "unstated",
        "age_from": "0", "age_to": "17", "area": "MX", "period_from": "2005-01-01", "period_until": "2005-12-31",
        "period_said": "on", "measure": "stock", "bound": "at_least", "value": "20000", "grade": "c",
        "do_not_say": "No es un aumento.",
    }  # fmt: skip
    wrong = page.post(f"{LIST}new/", row | {"concept": ""})
    assert wrong.status_code == 422
    assert "a number of nobody knows what is no figure" in body(wrong)
    place = page.post(f"{LIST}new/", row | {"area": "MX-OAX-067"})
    assert "Nothing below the state is kept with a figure" in body(place)
    assert page.post(f"{LIST}new/", row).status_code == 302
    one = Figure.objects.get()
    shown = body(page.get(f"{LIST}{one.pk}/"))
    with translation.override("en"):
        assert one.citation == (
            "DIF (2005). At least 20\u202f000 children (under 18): exploitation of children in prostitution, Mexico,"
            " 2005. Read in: JOM FISIP 4(2)."
        )
        assert one.citation in shown
    assert "No es un aumento." in shown
    listed = body(page.get(LIST))
    assert "at least 20\u202f000 children" in listed


@pytest.mark.django_db(transaction=True)
def test_a_table_comes_in_and_goes_out(analyst: Account) -> None:
    with acting_as(analyst, "") as by:
        for code, kind in (("red", "clearing_house"), ("portal", "provider")):
            services.add_sources(
                by=by, rows=[{"code": code, "who": code.title(), "year": 2023, "kind": kind}]
            )
    head = "short name,source,what is counted,unit,status,area,period from,period until,stock or flow,value\n"
    rows = "".join(
        f"{code}-{year},{code},csam-reports,reports,any,MX,{year}-01-01,{year}-12-31,flow,{value}\n"
        for code, year, value in (("red", 2022, 900), ("portal", 2022, 100), ("red", 2023, 950))
    )
    assert "3 of 3 rows" in imported(analyst, f"{LIST}import/", head + rows)
    below = head + "x,red,csam-reports,reports,any,MX-OAX-067,2022-01-01,2022-12-31,flow,1\n"
    refused = imported(analyst, f"{LIST}import/", below)
    assert "MX-OAX-067" in refused
    assert "Nothing below the state is kept with a figure" in refused
    nothing = head + "x,red,,reports,any,MX,2022-01-01,2022-12-31,flow,1\n"
    assert "Choose what the figure counts" in imported(analyst, f"{LIST}import/", nothing)


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.AUDITOR, Role.COMPANY_CONTACT])
def test_others_read_figures_and_write_none(analyst: Account, role: Role) -> None:
    call_command("load_figures", stdout=StringIO())
    reader = person("Zoe", role, of=organisation("instituto"))
    assert "16\u202f000" in body(browser(reader).get(LIST))
    assert browser(reader).get(f"{LIST}new/").status_code == 403
    with acting_as(reader, "") as by, pytest.raises(Forbidden):
        services.add_sources(by=by, rows=[{"code": "x", "who": "x", "year": 2000, "kind": "media"}])


# --- What the pack brings along ----------------------------------------------------------------------------------


def test_the_pack_loads_the_study_s_figures_once_and_overwrites_nothing(by: Access) -> None:
    new = load_evidence(by=by)
    assert (new.sources, new.figures, new.ratings) == (12, 17, 25)
    found = {(one.concept, one.period_from.year, int(one.value or 0)) for one in Figure.objects.all()}
    assert {
        ("epros", 2000, 16_000),
        ("epros", 2005, 20_000),
        ("epros", 2015, 50_000),
        ("epros", 2015, 20_000),
    } <= found
    assert {("csam-sites", 2017, 1_347), ("csam-sites", 2017, 310), ("porn-sites", 2017, 72_100)} <= found
    [flow] = Figure.objects.filter(measure="flow")
    assert (flow.low, flow.high, flow.value) == (100, 999, None)
    assert all(one.do_not_say and one.evidence for one in Figure.objects.all())
    assert {one.area for one in Figure.objects.all()} == {"MX", "001", "MX-OAX"}
    tiers = dict(Rating.objects.values_list("year", "grade"))
    assert tiers == {year: "2WL" if 2004 <= year <= 2007 else "2" for year in range(2001, 2026)}
    assert {one.source.kind for one in Rating.objects.select_related("source")} == {"foreign"}
    edited = Source.objects.get(code="dif-2005")
    services.change_sources(by=by, rows=[{"pk": edited.pk, "version": 1, "who": "SNDIF"}])
    assert load_evidence(by=by) == (0, 0, 0, 0)
    edited.refresh_from_db()
    assert edited.who == "SNDIF"


def test_what_the_pack_says_is_read_in_the_readers_language(by: Access) -> None:
    load_evidence(by=by)
    one = Figure.objects.get(code="epros-2015-border")
    with translation.override("en"):
        assert "along the border with the United States of America" in one.citation
    with translation.override("es"):
        assert "a lo largo de la frontera con los Estados Unidos de América" in one.citation
        assert "50\u202f000" in str(one)
    rating = Rating.objects.get(year=2024)
    with translation.override("en"):
        assert saying.how_sure(rating) == "inf: the report of 2025 says “remained”"
    with translation.override("es"):
        assert saying.how_sure(rating).startswith("inferida")
        assert saying.how_sure(Rating(scheme="tip-tier", area="MX", year=2024, evidence="Visto")) == "Visto"


def test_the_contradictions_that_the_study_names_are_found(by: Access) -> None:
    load_evidence(by=by)
    found = {
        (one.first.code, one.second.code): one
        for one in Contradiction.objects.select_related("first", "second")
    }
    named = {
        ("csec-actors-lowest", "csec-actors-highest"): ("not_comparable", 125, "period?"),
        ("csam-sites-all", "porn-sites-first"): ("not_comparable", 53.5, "concept"),
        ("csam-sites-mexican", "porn-sites-first"): ("not_comparable", 232.6, "concept"),
        ("epros-2000", "csec-actors-lowest"): ("same_value", 1, "concept"),
        ("csec-actors-highest", "trafficking-2009"): ("not_comparable", 4, "concept"),
        ("epros-2015-border", "csec-actors-highest"): ("not_comparable", 40, "area_part"),
    }
    for pair, (kind, times, field) in named.items():
        one = found[pair]
        assert (one.kind, float(one.times or 0)) == (kind, times), pair
        assert field in one.fields, pair
        assert one.state == "open"
    assert ("epros-2015-border", "epros-2015-rest") not in found  # one source, two parts
    assert ("epros-2005", "epros-2015-border") not in found  # ten years later, along the border only
    assert not [one for one in found.values() if one.kind == "incompatible"]  # none counts the same
