"""Wide tables: a row for each state and a column for each year become figures; two sources stand side by side."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from cobijo.engine.pack import load_pack
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.jobs import running
from cobijo.web.core.jobs.models import Job
from cobijo.web.knowledge.evidence import services
from cobijo.web.knowledge.evidence.models import Figure, IndicatorValue
from cobijo.web.knowledge.evidence.unfolding import guessed, unfold
from tests.web.directory.keepers import body, browser
from tests.web.directory.test_organisations import sent
from tests.web.people import organisation, person

pytestmark = pytest.mark.django_db(transaction=True)
PLACE = "/en/knowledge/wide/"
PACK = load_pack("mexico")
COLUMNS = ("Clave", "Entidad", "2015", "Año 2016", "Nota")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def analyst(db: None) -> Account:
    return person("Ada", Role.ANALYST, of=organisation("unit"))


def source(by: Any, code: str, kind: str) -> Any:
    row = {"code": code, "who": code.title(), "year": 2017, "kind": kind, "grade": "b"}
    return services.add_sources(by=by, rows=[row])[0]


def test_columns_are_guessed_and_cells_are_read_or_said() -> None:
    rows = [
        (2, ["20", "Oaxaca", "1,234", "N/D", "x"]),
        (3, ["7", "Chis.", "12.5", "", ""]),
        (4, ["", "Total", "9", "10", ""]),
    ]
    assert guessed(COLUMNS, [row for _number, row in rows], PACK) == ("", "area", "year", "year", "")
    found = unfold(COLUMNS, rows, ["", "area", "year", "year", ""], PACK)
    assert [(one.area, one.year, one.value) for one in found.numbers] == [
        ("MX-OAX", 2015, Decimal(1234)), ("MX-CHP", 2015, Decimal("12.5")), ("MX", 2015, Decimal(9)),
        ("MX", 2016, Decimal(10)),
    ]  # fmt: skip
    assert (found.silent, found.unread) == (2, [])
    bad = [
        (2, ["", "Oaxaca", "12,5", "many"]),
        (3, ["", "Tuxtepec", "1", "2"]),
        (4, ["", "OAXACA", "1", "2"]),
    ]
    said = unfold(COLUMNS, bad, ["", "area", "year", "year", ""], PACK).unread
    assert [(one.row, one.column, one.code) for one in said] == [
        (2, "2015", "evidence.wide_number"), (2, "Año 2016", "evidence.wide_number"),
        (3, "Entidad", "evidence.wide_area"), (4, "Entidad", "evidence.wide_area_twice"),
    ]  # fmt: skip


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book, content = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def mapped(
    page: Any, content: bytes, into: str = "figure", name: str = "t.xlsx"
) -> tuple[str, dict[str, Any]]:
    """Hand a table in; the next page, and what its form would send."""
    kept = page.post(PLACE, {"table": SimpleUploadedFile(name, content), "into": into})
    assert kept.status_code == 302, body(kept)
    asked = body(page.get(kept["Location"]))
    return asked, sent(asked)


def common(made: Any, **more: Any) -> dict[str, Any]:
    return {
        "source": made.pk, "concept": "csec", "unit": "reports", "status": "any", "measure": "flow", "bound": "exact",
        "grade": "b", "method": "", "age_from": "", "age_to": "", "begins_with": "avisos",
    } | more  # fmt: skip


def brought_in(page: Any, place: str) -> Job:
    """From the columns of the usual import to the end of its job."""
    tried = body(page.post(place.split("?")[0], sent(body(page.get(place)))))
    assert 'value="import"' in tried, tried
    assert page.post(place.split("?")[0], sent(tried) | {"step": "import"}).status_code == 302
    job = Job.objects.latest("made_at")
    running.run(job.pk)
    job.refresh_from_db()
    return job


def test_a_providers_table_becomes_figures_beside_those_of_the_clearing_house(analyst: Account) -> None:
    with acting_as(analyst, "") as by:
        provider, house = source(by, "provider", "provider"), source(by, "house", "clearing_house")
        services.add_figures(
            by=by,
            rows=[
                {"code": "house-2015", "source": house, "concept": "csec", "unit": "reports", "status": "any",
                 "area": "MX-OAX", "period_from": date(2015, 1, 1), "period_until": date(2015, 12, 31),
                 "measure": "flow", "value": Decimal(2468)},
            ],
        )  # fmt: skip
    page = browser(analyst)
    asked, fields = mapped(
        page, workbook(("Entidad", 2015, 2016), ("Oaxaca", 1234, None), ("Nacional", 5000, 6000))
    )
    assert [fields[f"map_{place}"] for place in range(3)] == ["area", "year", "year"]
    assert "What all its numbers have in common" in asked
    went = page.post(PLACE, fields | common(provider))
    assert went.status_code == 302, body(went)
    assert "/en/knowledge/figures/import/?file=" in went["Location"]
    assert brought_in(page, went["Location"]).state == "done"
    made = {
        one.code: (one.area, one.period_from.year, one.value, one.source_id)
        for one in Figure.objects.exclude(source=house)
    }
    assert made == {
        "avisos-mx-oax-2015": ("MX-OAX", 2015, Decimal(1234), provider.pk),
        "avisos-mx-2015": ("MX", 2015, Decimal(5000), provider.pk),
        "avisos-mx-2016": ("MX", 2016, Decimal(6000), provider.pk),
    }
    shown = body(page.get("/en/knowledge/over-time/csec/"))
    assert "Side by side" in shown
    row = re.sub(r"<[^>]+>|\s+", " ", shown[shown.index('id="beside"') :])
    assert "Oaxaca" in row
    assert re.search(r"2.468 .*1.234|1.234 .*2.468", row)
    assert " 2 " in row, "twice apart"


def test_a_licensed_series_of_a_factor_comes_in_the_same_way(analyst: Account) -> None:
    with acting_as(analyst, "") as by:
        owner = source(by, "office", "government")
        [series] = services.add_indicators(
            by=by, rows=[{"code": "poverty", "factor": "poverty", "name": "Poverty", "unit": "%", "source": owner,
                          "licence": "open"}]
        )  # fmt: skip
    page = browser(analyst)
    table = b"Estado;2020;2022\nOaxaca;61.7;58.4\nChiapas;75.5;-\n"
    _asked, fields = mapped(page, table, "factor_value", "t.csv")
    went = page.post(PLACE, fields | {"indicator": series.pk})
    assert went.status_code == 302, body(went)
    assert brought_in(page, went["Location"]).state == "done"
    assert set(IndicatorValue.objects.values_list("area", "year", "value")) == {
        ("MX-OAX", 2020, Decimal("61.7")), ("MX-OAX", 2022, Decimal("58.4")), ("MX-CHP", 2020, Decimal("75.5")),
    }  # fmt: skip


def test_what_is_wrong_is_said_with_its_row_and_column_and_nothing_is_written(analyst: Account) -> None:
    with acting_as(analyst, "") as by:
        made = source(by, "provider", "provider")
    page = browser(analyst)
    assert page.post(PLACE, {"into": "figure"}).status_code == 422
    empty = page.post(PLACE, {"table": SimpleUploadedFile("t.csv", b"\n"), "into": "figure"})
    assert empty.status_code == 422
    _asked, fields = mapped(page, b"Entidad,2015,2015-2016\nOaxaca,many,1\nTuxtepec,2,3\n", name="t.csv")
    wrong = page.post(PLACE, fields | common(made))
    assert wrong.status_code == 422
    said = body(wrong)
    assert "Row 2, “2015”: “many” is no number" in said
    assert "Row 3, “Entidad”: “Tuxtepec” is neither a state nor the country" in said
    for changed, sentence in (
        ({"map_0": ""}, "Say which one column names the state"),
        ({"map_1": ""}, "Say which columns are years"),
        ({"map_2": "year"}, "names no single year"),
        ({"begins_with": ""}, "Short name to begin with"),
    ):
        answer = page.post(PLACE, fields | common(made) | changed)
        assert answer.status_code == 422
        assert sentence in body(answer)
    assert not Figure.objects.exists()


def test_only_whoever_keeps_figures_opens_it(analyst: Account) -> None:
    worker = person("Walter", Role.CASEWORKER, of=organisation("refuge-two"))
    assert browser(worker).get(PLACE).status_code == 403
