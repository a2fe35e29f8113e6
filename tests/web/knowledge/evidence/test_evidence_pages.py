"""The pages of the room: over time, beside each other, contradictions from opened to decided."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from cobijo.errors import InputProblem
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from cobijo.web.knowledge.evidence import charting, contradicting, estimate, services
from cobijo.web.knowledge.evidence.estimate import OwnEstimate
from cobijo.web.knowledge.evidence.models import ALLOWED, Contradiction, Figure, ReportChoice, Source, State
from tests.web.directory.keepers import browser
from tests.web.people import organisation, person

pytestmark = pytest.mark.django_db
PLACE = "/en/knowledge/"
PARTS = ("a lo largo de la frontera con los Estados Unidos de América", "el resto del país")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def analyst() -> Account:
    call_command("load_figures", stdout=StringIO())
    return person("Alma", Role.ANALYST, of=organisation("instituto", kind="academia"))


@pytest.fixture
def own() -> Iterator[OwnEstimate]:
    found = OwnEstimate(
        total=4_200, low=3_100, high=6_000, since=date(2025, 1, 1), until=date(2025, 12, 31), under_age=18,
        status="identified", method="capture-recapture", invented=True,
    )  # fmt: skip

    def provider() -> OwnEstimate:
        return found

    estimate.register_estimate(provider)
    yield found
    estimate._providers.remove(provider)


def read(account: Account, place: str) -> str:
    """The words of a page."""
    answer = browser(account).get(f"{PLACE}{place}")
    assert answer.status_code == 200, place
    return re.sub(r"[ \n]+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


# --- Over time ---------------------------------------------------------------------------------------------------


def test_the_chart_shows_the_study_s_figures_each_in_its_year(analyst: Account) -> None:
    page = read(analyst, "over-time/epros/")
    drawn = page[page.index("Who said how many, and when?") :]
    for number in ("16\u202f000", "20\u202f000", "50\u202f000"):
        assert number in drawn
    whole = browser(analyst).get(f"{PLACE}over-time/epros/").content.decode()
    svg = next(
        one for one in re.findall("<svg.*?</svg>", whole, re.DOTALL) if "cobijo-epros-children-stock" in one
    )
    said = re.search("<desc[^>]*>(.*?)</desc>", svg)
    assert said is not None
    for year, number in (("June 2000", "16"), ("2005", "20"), ("2015", "50")):
        assert re.search(rf"at least {number}\u202f000 children[^.]*{year}", said[1]), year
    labels = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    assert {"16\u202f000", "20\u202f000", "50\u202f000"} <= set(labels)
    assert {"2000", "2005", "2010", "2015"} <= set(labels)
    assert "style=" not in svg  # the page's policy allows none


def test_our_own_estimate_stands_beside_and_says_that_it_counts_otherwise(
    analyst: Account, own: OwnEstimate
) -> None:
    page = read(analyst, "over-time/epros/")
    assert (
        "Our own estimate: 4\u202f200 (3\u202f100 to 6\u202f000), capture-recapture, identified, under 18, 2025"
        in page
    )
    assert "one does not correct the other" in page
    assert "It comes from invented lists." in page
    assert "our own estimate" not in read(analyst, "over-time/csam-sites/")  # sites are no children


def test_without_an_estimate_none_is_drawn(analyst: Account) -> None:
    assert "estimate" not in read(analyst, "over-time/epros/").split("Who said how many")[1]


def test_the_tiers_are_labelled_as_a_foreign_governments_assessment(analyst: Account) -> None:
    page = read(analyst, "ratings/over-time/")
    assert "An assessment by a foreign government." in page
    assert "nothing here is computed from it" in page
    assert "2004: 2WL." in page
    assert "2025: 2." in page
    assert page.count("2WL") >= 8  # four years, drawn and in the table


def test_two_sources_on_the_same_thing_stand_side_by_side(analyst: Account) -> None:
    with acting_as(analyst, "") as by:
        house, provider = services.add_sources(
            by=by,
            rows=[
                {"code": "casa", "who": "Casa de avisos", "year": 2024, "kind": "clearing_house"},
                {"code": "portal", "who": "Portal", "year": 2024, "kind": "provider"},
            ],
        )
        row = {
            "concept": "csam-reports", "unit": "reports", "status": "any", "area": "MX", "measure": "flow",
            "period_from": date(2023, 1, 1), "period_until": date(2023, 12, 31),
        }  # fmt: skip
        services.add_figures(
            by=by,
            rows=[
                row | {"code": "casa-2023", "source": house, "value": 900},
                row | {"code": "portal-2023", "source": provider, "value": 360},
            ],
        )
    page = read(analyst, "over-time/csam-reports/")
    beside = page[page.index("Two sources on the same thing, side by side") :]
    assert "2023 · Mexico 900 360 2.5" in beside
    one = Contradiction.objects.get(first__code="casa-2023", second__code="portal-2023")
    assert (one.kind, one.fields, float(one.times or 0)) == ("incompatible", [], 2.5)
    assert "Both count the same, and both cannot be so." in read(analyst, f"contradictions/{one.pk}/")


def test_what_is_counted_is_listed_and_unknown_things_have_no_page(analyst: Account) -> None:
    page = read(analyst, "over-time/")
    assert "Exploitation of children in prostitution 5 figures" in page
    assert browser(analyst).get(f"{PLACE}over-time/zzz/").status_code == 404
    assert "No figure of this is entered yet." in read(analyst, "over-time/sale/")


def test_the_part_of_the_country_is_chosen_from_the_list_of_the_pack(analyst: Account) -> None:
    page = browser(analyst)
    sent = {
        "code": "hand", "source": Source.objects.get(code="dif-2005").pk, "concept": "epros", "unit": "children",
        "status": "unstated", "area": "MX", "period_from": "2005-01-01", "period_until": "2005-12-31",
        "measure": "stock", "bound": "exact", "value": "7", "grade": "c", "period_said": "on",
    }  # fmt: skip
    form = page.get(f"{PLACE}figures/new/").content.decode()
    assert ">along the border with the United States of America</option>" in form
    refused = page.post(f"{PLACE}figures/new/", sent | {"area_part": "Tapachula"})
    assert "is none of the parts of the country that are counted here" in unescape(refused.content.decode())
    assert not Figure.objects.filter(code="hand").exists()
    made = page.post(f"{PLACE}figures/new/", sent | {"area_part": PARTS[0]})
    assert made.status_code == 302, made.content.decode()
    assert "Mexico, along the border with the United States of America" in read(
        analyst, f"figures/{Figure.objects.get(code='hand').pk}/"
    )


def test_nothing_is_so_many_times_nothing(analyst: Account) -> None:
    figures = list(Figure.objects.filter(concept="epros").order_by("pk"))[:2]
    none, some = (replaced(one, value) for one, value in zip(figures, (0, 20_000), strict=True))
    assert charting._times([none, some]) == ""
    assert charting._times([replaced(figures[0], 10_000), some]) == "2.0"


def replaced(figure: Figure, value: int) -> Figure:
    """The same sort of figure with another value."""
    return Figure(
        concept="epros", area="MX", source=figure.source, value=value, period_from=date(2005, 1, 1),
        period_until=date(2005, 12, 31), age_from=0, age_to=17, status="identified",
    )  # fmt: skip


def test_pages_ask_the_database_a_fixed_number_of_times(
    analyst: Account, django_assert_max_num_queries: Any
) -> None:
    with acting_as(analyst, "") as by:
        source = Source.objects.get(code="dif-2005")
        rows = [
            {
                "code": f"more-{number}", "source": source, "concept": "epros", "area": "MX", "value": 20_000 * number,
                "period_from": date(2005, 1, 1), "period_until": date(2005, 12, 31), "area_part": PARTS[number % 2],
            }
            for number in range(2, 12)
        ]  # fmt: skip
        services.add_figures(by=by, rows=rows)
    page = browser(analyst)
    for place in ("contradictions/", "over-time/epros/", "over-time/", "figures/", "factors/"):
        with django_assert_max_num_queries(14):
            assert page.get(f"{PLACE}{place}").status_code == 200


# --- Contradictions ----------------------------------------------------------------------------------------------


def test_the_page_lists_what_the_study_names_and_explains_each(analyst: Account) -> None:
    page = read(analyst, "contradictions/")
    for pair in (
        ("about 16\u202f000 children", "about 2\u202f000\u202f000 children", "One is 125 times the other."),
        ("1\u202f347 web sites", "72\u202f100 web sites", "They count different things"),
        ("310 web sites", "72\u202f100 web sites", "One is 232.6 times the other."),
        (
            "at least 50\u202f000 children",
            "about 2\u202f000\u202f000 children",
            "They are of different parts",
        ),
        (
            "20\u202f000 to 500\u202f000 people",
            "about 2\u202f000\u202f000 children",
            "A source does not say the ages.",
        ),
    ):
        assert all(one in page for one in pair), pair
    assert "A source does not say when it was counted." in page
    assert "One number stands for two different things" in page
    only = read(analyst, "contradictions/?kind=same_value")
    assert "1 contradiction; 1 open." in only
    assert "72\u202f100" not in only


def one_of_them() -> Contradiction:
    return Contradiction.objects.get(first__code="csec-actors-lowest", second__code="csec-actors-highest")


def test_opened_explained_decided_and_never_deleted(analyst: Account) -> None:
    page, one = browser(analyst), one_of_them()
    place = f"{PLACE}contradictions/{one.pk}/"
    early = {
        "step": "decide",
        "version": 1,
        "report": "Informe 2026",
        "choice": "neither",
        "reason": "Sin método.",
    }
    assert page.post(place, early).status_code == 422
    empty = page.post(place, {"step": "explain", "version": 1, "explanation": "  "})
    assert empty.status_code == 422
    assert "The explanation is empty" in empty.content.decode()
    assert (
        page.post(place, {"step": "explain", "version": 1, "explanation": "Otros conceptos."}).status_code
        == 302
    )
    stale = page.post(place, {"step": "explain", "version": 1, "explanation": "Tarde."})
    assert "Somebody else changed it meanwhile" in stale.content.decode()
    one.refresh_from_db()
    assert (one.state, one.explanation, one.explained_by) == ("explained", "Otros conceptos.", analyst)
    missing = page.post(
        place, {"step": "decide", "version": 2, "report": "", "choice": "neither", "reason": ""}
    )
    assert missing.status_code == 422
    assert page.post(place, early | {"version": 2}).status_code == 302
    again = page.post(place, early | {"version": 3})
    assert "This report has decided it already" in unescape(again.content.decode()).replace("this", "This")
    assert (
        page.post(place, early | {"version": 3, "report": "Informe 2027", "choice": "both"}).status_code
        == 302
    )
    said = read(analyst, f"contradictions/{one.pk}/")
    assert "Informe 2026 : use neither." in said
    assert "Informe 2027 : show both, with what differs." in said
    assert page.post(place, {"step": "reopen", "version": 3}).status_code == 302
    one.refresh_from_db()
    assert (one.state, ReportChoice.objects.count()) == ("open", 2)
    assert page.post(place, {"step": "else", "version": 4}).status_code == 404


def test_a_figure_that_is_mended_leaves_its_contradiction_behind_as_gone(analyst: Account) -> None:
    high = Figure.objects.get(code="csec-actors-highest")
    one = one_of_them()
    with acting_as(analyst, "") as by:
        contradicting.explain(by=by, rows=[{"pk": one.pk, "version": 1, "explanation": "Un error de dedo."}])
        services.change_figures(by=by, rows=[{"pk": high.pk, "version": 1, "value": 16_000}])
        one.refresh_from_db()
        assert (one.state, one.explanation) == ("gone", "Un error de dedo.")
        with pytest.raises(InputProblem, match=r"evidence\.not_from_here"):
            contradicting.explain(by=by, rows=[{"pk": one.pk, "version": one.version, "explanation": "x"}])
        services.change_figures(by=by, rows=[{"pk": high.pk, "version": 2, "value": 1_900_000}])
        one.refresh_from_db()
        assert (one.state, float(one.times or 0)) == ("open", 118.8)
        with pytest.raises(InputProblem, match=r"evidence\.contradicted_stays"):
            services.remove_figures(by=by, rows=[{"pk": high.pk, "version": 3}])
        assert contradicting.look_again(by=by) == (0, 0)
    assert f"contradictions/{one.pk}/" in browser(analyst).get(f"{PLACE}contradictions/").content.decode()


def test_the_database_holds_the_states(analyst: Account) -> None:
    assert set(ALLOWED) == set(State.values)
    one = one_of_them()
    for wrong in (
        {"state": "explained"},
        {"state": "zzz"},
        {"first_id": one.second_id, "second_id": one.first_id},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Contradiction.objects.filter(pk=one.pk).update(**wrong)


def test_others_read_and_do_not_explain(analyst: Account) -> None:
    reader = person("Zoe", Role.CASEWORKER, of=organisation("instituto"))
    one = one_of_them()
    said = read(reader, f"contradictions/{one.pk}/")
    assert "Save the explanation" not in said
    for step in ("explain", "reopen", "decide", "else"):
        sent = {
            "step": step,
            "version": 1,
            "explanation": "x",
            "report": "x",
            "choice": "both",
            "reason": "x",
        }
        assert browser(reader).post(f"{PLACE}contradictions/{one.pk}/", sent).status_code == 403, step
    assert browser(reader).post(f"{PLACE}contradictions/").status_code == 403
    with acting_as(reader, "") as by, pytest.raises(Forbidden):
        contradicting.look_again(by=by, only={one.first_id})
    one.refresh_from_db()
    assert one.state == "open"


def test_all_figures_are_looked_through_again(analyst: Account) -> None:
    Contradiction.objects.all().delete()
    answer = browser(analyst).post(f"{PLACE}contradictions/")
    assert answer.status_code == 302
    number = Contradiction.objects.count()
    assert number >= 4
    assert f"{number} opened, 0 no longer there" in read(analyst, answer["Location"].removeprefix(PLACE))


# --- One figure, and the factors ---------------------------------------------------------------------------------


def test_a_figure_says_how_to_quote_it_and_what_contradicts_it(analyst: Account) -> None:
    one = Figure.objects.get(code="epros-2015-border")
    said = read(analyst, f"figures/{one.pk}/")
    assert "Do not say “50,000 in Mexico”" in said
    assert "Unidos contra la Trata (2015). At least 50\u202f000 children (under 18)" in said
    assert "They are of different parts" in said


def test_a_factor_without_a_series_says_so_and_two_never_have_one(analyst: Account) -> None:
    said = read(analyst, "factors/")
    assert said.count("No series.") == 8
    assert said.count("never a series and never a map") == 2
    source = Source.objects.get(code="dif-2005")
    with acting_as(analyst, "") as by:
        row = {
            "code": "pobreza",
            "factor": "poverty",
            "name": "Pobreza",
            "unit": "%",
            "source": source,
            "licence": "CC BY",
        }
        [series] = services.add_indicators(by=by, rows=[row])
        for factor in ("adult_zones", "advocacy"):
            with pytest.raises(InputProblem, match=r"evidence\.defined_only"):
                services.add_indicators(by=by, rows=[row | {"code": factor, "factor": factor}])
        value = {"indicator": series, "area": "MX-OAX", "year": 2020, "value": Decimal("61.7")}
        services.add_values(by=by, rows=[value, value | {"year": 2022, "value": Decimal("58.4")}])
        for wrong, code in (
            (value, "value_already"),
            (value | {"area": "MX-OAX-067", "year": 2023}, "area_below_state"),
        ):
            with pytest.raises(InputProblem, match=rf"evidence\.{code}"):
                services.add_values(by=by, rows=[wrong])
    said = read(analyst, "factors/")
    assert said.count("No series.") == 7
    assert "Oaxaca 58.4 (2022)" in said
    assert "Chiapas no value" in said


def test_no_child_is_ever_tied_to_a_factor() -> None:
    from django.apps import apps

    for label in ("Indicator", "IndicatorValue", "Figure", "Rating", "Source"):
        model = apps.get_model(f"evidence.{label}")
        related = {one.related_model._meta.app_label for one in model._meta.get_fields() if one.is_relation}
        assert not related & {"children", "cases", "sharing", "justice", "vault"}, label
