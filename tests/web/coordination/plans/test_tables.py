"""A plan goes out as a table, comes in again unchanged, and goes on in a next plan."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation
from openpyxl import Workbook, load_workbook

from cobijo.errors import CobijoError
from cobijo.web.coordination.plans import copying, exchange, giving, services, sheet, taking
from cobijo.web.coordination.plans.models import Activity, Budget, Indicator, Line, Objective, Plan, Target
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.core.audit.models import Event
from cobijo.web.core.jobs import running
from cobijo.web.core.jobs.models import Job
from tests.web.coordination.plans.setting import Setting, in_force, make, money, plan_row
from tests.web.directory.keepers import body, browser
from tests.web.people import People

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = timezone.localdate().year
HEAD = "plan,what it is,number,title,who answers for it,due,source of money,year,planned,currency"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def at(people: People) -> Setting:
    made = make(people)
    money(made, made.lines[0], "1234.50", "1000.00", "0.05")
    today = timezone.localdate()
    money(made, made.lines[1], "10.00", currency="EUR", rate=Decimal("20.123"), rate_on=today)
    with acting_as(made.cora, "") as by:
        acts = services.add_activities(
            by=by, rows=[{"line": made.lines[n], "number": 1, "title": f"Act {n}", "state": state}
                         for n, state in ((0, "under_way"), (2, "done"))]
        )  # fmt: skip
        [sign] = services.add_indicators(
            by=by,
            rows=[{"activity": acts[0], "number": 1, "title": "=Cases", "unit": "cases", "baseline": 3}],
        )
        services.add_targets(
            by=by,
            rows=[{"indicator": sign, "year": year, "value": Decimal("10.5")} for year in (YEAR, YEAR + 2)],
        )
    return made


def counted() -> tuple[int, ...]:
    return tuple(one.objects.count() for one in (Objective, Line, Activity, Indicator, Target, Budget))


def taken(at: Setting, text: str, *, dry: bool = False, plan: Plan | None = None) -> taking.Outcome:
    with acting_as(at.cora, "") as by:
        return taking.take_in(by=by, plan=plan or at.plan, table=sheet.read(text.encode()), dry=dry)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["es", "en"])
def test_a_plan_comes_in_again_unchanged(at: Setting, form: str, language: str) -> None:
    with acting_as(at.cora, "") as by, translation.override(language):
        content = giving.written(by, at.plan, form)
        before = Event.objects.count()
        outcome = taking.take_in(by=by, plan=at.plan, table=sheet.read(content), dry=False)
    assert outcome.problems == []
    assert (outcome.made, outcome.changed, outcome.same) == (0, 0, 12)
    assert Event.objects.count() == before + 1  # that it was imported, and no edit of anything
    assert set(Line.objects.values_list("version", flat=True)) == {1}


def test_the_whole_plan_comes_into_an_empty_one(at: Setting) -> None:
    with acting_as(at.cora, "") as by:
        content = giving.written(by, at.plan, "csv")
        [other] = services.add(by=by, rows=[plan_row(code="copy")])
        text = content.decode("utf-8-sig").replace("\r\npan,", "\r\n,")
        outcome = taking.take_in(by=by, plan=other, table=sheet.read(text.encode()), dry=False)
        assert (outcome.problems, outcome.made) == ([], 12)
        again = giving.written(by, other, "csv").decode("utf-8-sig").replace("\r\ncopy,", "\r\n,")
    assert again == text


def test_no_cell_of_the_workbook_starts_a_formula_and_numbers_stay_text(at: Setting) -> None:
    with acting_as(at.cora, "") as by:
        content = giving.written(by, at.plan, "xlsx")
    cells = [
        cell for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row if cell.value
    ]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "'=Cases" in {cell.value for cell in cells}
    assert "1.1" in {cell.value for cell in cells}


def test_a_line_of_another_plan_is_refused_and_nothing_is_lost(at: Setting) -> None:
    before = counted()
    outcome = taken(
        at, f"{HEAD}\npan,line,1.7,New,refuge,{YEAR}-12-01,,,,\nother,line,1.8,Two,refuge,{YEAR}-12-01,,,,\n"
    )
    [(row, column, said)] = outcome.problems
    assert (row, column) == (3, "plan")
    assert "A line lies in one plan" in said
    assert counted() == before


def test_every_problem_names_its_row_and_field_and_nothing_is_half_done(at: Setting) -> None:
    before = counted()
    rows = [
        f",line,1.7,Good,refuge,{YEAR}-12-01,,,,",
        f",line,1.8,No such owner,nobody,{YEAR}-12-01,,,,",
        ",line,1.9,No day,refuge,soon,,,,",
        ",line,7.1,Nothing above,refuge,2026-01-01,,,,",
        f",line,1.7,Twice,refuge,{YEAR}-12-01,,,,",
        ",chapter,1,What?,,,,,,",
        ",line,1.2.3,Too deep,refuge,2026-01-01,,,,",
        f",money,1.1,,,,fund,{YEAR + 1},12.345,",
        f",money,1.1,,,,fund,{YEAR + 1},12.34,USD",
        f",money,1.1,,,,fund,{YEAR + 40},12.34,",
        f",line,1.10,Late,refuge,{YEAR + 40}-01-01,,,,",
    ]
    outcome = taken(at, "\n".join([HEAD, *rows]))
    found = {row: column for row, column, _said in outcome.problems}
    assert found == {
        3: "who answers for it", 4: "due", 5: "number", 6: "number", 7: "what it is", 8: "number", 9: "planned",
        10: "", 11: "", 12: "",
    }  # fmt: skip
    said = " ".join(text for _row, _column, text in outcome.problems)
    assert "Row 10: the amounts are in USD, the plan in MXN" in said
    assert f"Row 11: the year {YEAR + 40} lies outside" in said
    assert counted() == before


def test_what_the_table_does_not_name_stays(at: Setting) -> None:
    euros = Budget.objects.get(currency="EUR")
    text = (
        "what it is,number,source of money,year,planned\n"
        f"money,1.1,fund,{YEAR},2000.00\nmoney,1.2,fund,{YEAR},20.00\n"
    )
    outcome = taken(at, text)
    assert (outcome.problems, outcome.made, outcome.changed) == ([], 0, 2)
    pesos = Budget.objects.get(line=at.lines[0])
    assert (pesos.planned, pesos.committed, pesos.spent) == (
        Decimal("2000.00"), Decimal("1000.00"), Decimal("0.05")
    )  # fmt: skip
    now = Budget.objects.get(pk=euros.pk)
    assert (now.given_planned, now.currency, now.rate, now.rate_on) == (
        Decimal("20.00"), "EUR", euros.rate, euros.rate_on
    )  # fmt: skip
    years = f"what it is,number,year\ntarget,1.1.1.1,{YEAR}\n"
    assert (taken(at, years).changed, Target.objects.get(year=YEAR).value) == (0, Decimal("10.5"))


def test_a_dry_run_writes_nothing_and_says_what_it_would_do(at: Setting) -> None:
    before, events = counted(), Event.objects.count()
    day = f"refuge,{YEAR}-12-01,,,,"
    text = f"{HEAD}\n,objective,3,Third,,,,,,\n,line,3.1,New,{day}\n,line,1.1,Renamed,{day}\n"
    outcome = taken(at, text, dry=True)
    assert (outcome.problems, outcome.made, outcome.changed) == ([], 2, 1)
    assert (counted(), Event.objects.count()) == (before, events)
    assert taken(at, text).made == 2
    assert Line.objects.get(objective__number=1, number=1).title == "Renamed"
    assert Line.objects.get(objective__number=1, number=1).state == "planned"


def test_the_pages_try_first_and_write_once(at: Setting) -> None:
    page = browser(at.cora)
    place = f"/en/coordination/plans/{at.plan.pk}/import/"

    def upload(text: str) -> Any:
        return page.post(place, {"table": SimpleUploadedFile("plan.csv", text.encode())})

    assert upload("").status_code == 422
    assert "does not name the column" in body(upload("a,b\n1,2\n"))
    bad = body(upload(f"{HEAD}\n,line,1.9,No day,refuge,soon,,,,\n"))
    assert "Nothing was written" in bad
    assert "Write all of it" not in bad
    good = body(upload(f"{HEAD}\n,line,1.9,New,refuge,{YEAR}-12-01,,,,\n"))
    assert "New: 1. Changed: 0. As in the plan already: 0." in good
    assert not Line.objects.filter(title="New").exists()
    [file] = re.findall(r'name="file" value="([^"]+)"', good)
    assert page.post(place, {"file": file}).status_code == 302
    assert not Line.objects.filter(title="New").exists(), "the worker writes it, not the request"
    assert ended()[:2] == ("done", "plans.taken_in")
    assert Line.objects.filter(title="New").count() == 1
    assert page.post(place, {"file": file}).status_code == 422
    assert browser(at.olga).get(place).status_code == 403
    out = page.post(f"/en/coordination/plans/{at.plan.pk}/table/", {"format": "xlsx"})
    assert out.content[:2] == b"PK"
    assert (
        browser(at.olga).post(f"/en/coordination/plans/{at.plan.pk}/table/", {"format": "csv"}).status_code
        == 403
    )


def ended() -> tuple[str, str, tuple[int, int]]:
    """Run the newest job to its end: its state, its sentence and how far it says it came."""
    job = Job.objects.latest("made_at")
    running.run(job.pk)
    job.refresh_from_db()
    return job.state, job.code, (job.done, job.total)


def test_a_large_table_is_tried_and_written_as_long_work(
    at: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "AT_ONCE", 1)
    page, place = browser(at.cora), f"/en/coordination/plans/{at.plan.pk}/import/"
    day = f"refuge,{YEAR}-12-01,,,,"

    def upload(*rows: str) -> Job:
        table = SimpleUploadedFile("plan.csv", "\n".join([HEAD, *rows]).encode())
        answer = page.post(place, {"table": table})
        assert "/jobs/" in answer["Location"]
        return Job.objects.latest("made_at")

    job = upload(f",line,1.9,New,{day}", ",line,1.8,No day,refuge,soon,,,,")
    assert ended() == ("done", "plans.tried", (2, 2))
    said = body(page.get("/en/imports/"))
    assert f"{place}?tried={job.pk}" in said
    assert "Not in order: 1." in said
    found = body(page.get(f"{place}?tried={job.pk}"))
    assert "is no day. Write it as 2026-11-24" in found
    assert "Write all of it" not in found
    assert browser(at.olga).get(f"{place}?tried={job.pk}").status_code in {403, 404}

    job = upload(f",line,1.9,New,{day}", f",line,1.8,Other,{day}")
    assert ended()[1] == "plans.tried"
    [file] = re.findall(r'name="file" value="([^"]+)"', body(page.get(f"{place}?tried={job.pk}")))
    assert not Line.objects.filter(title="New").exists()
    assert page.post(place, {"file": file}).status_code == 302
    assert ended() == ("done", "plans.taken_in", (2, 2))
    assert Line.objects.filter(title__in=("New", "Other")).count() == 2
    assert "Write all of it" not in body(page.get(f"{place}?tried={job.pk}")), "it was handed in already"


def test_what_is_not_in_order_any_more_is_not_written_by_half(at: Setting) -> None:
    page, place = browser(at.cora), f"/en/coordination/plans/{at.plan.pk}/import/"
    text = f"{HEAD}\n,line,1.9,New,refuge,{YEAR}-12-01,,,,\n,line,2.9,Two,hospital,{YEAR}-12-01,,,,\n"
    good = body(page.post(place, {"table": SimpleUploadedFile("plan.csv", text.encode())}))
    [file] = re.findall(r'name="file" value="([^"]+)"', good)
    assert page.post(place, {"file": file}).status_code == 302
    Objective.objects.filter(plan=at.plan, number=2).update(number=3)
    assert ended()[:2] == ("failed", "plans.not_taken_in")
    assert not Line.objects.filter(title__in=("New", "Two")).exists()


# --- A next plan -------------------------------------------------------------------------------------------------


def following(**more: Any) -> dict[str, Any]:
    return {
        "code": "next", "name": "Next plan", "starts_on": timezone.localdate() + timedelta(days=45),
        "ends_on": timezone.localdate().replace(month=1, day=1, year=YEAR + 6),
    } | more  # fmt: skip


def test_open_lines_go_on_and_what_is_left_is_said(at: Setting) -> None:
    with acting_as(at.cora, "") as by:
        with pytest.raises(CobijoError) as wrong:
            copying.copy(by=by, plan=at.plan, values=following())
        assert wrong.value.code == "plans.copy_of_a_draft"
    in_force(at)
    with acting_as(at.cora, "") as by:
        dropped = {"pk": at.lines[2].pk, "version": 1, "state": "dropped", "why_dropped": "No money."}
        services.change_lines(by=by, rows=[dropped])
        made = copying.copy(by=by, plan=at.plan, values=following())
    assert [one.title for one in made.carried] == ["Line 1", "Line 2"]
    assert [one.title for one in made.moved] == ["Line 1"]  # due before the next plan begins
    assert made.carried[0].due_on == made.plan.ends_on
    assert made.carried[1].due_on == at.lines[1].due_on
    assert [one.why_dropped for one in made.finished] == ["No money."]
    assert (made.activities, made.targets) == (0, 1)
    assert made.money.planned == Decimal("1435.73")
    assert [one.continues_id for one in made.carried] == [at.lines[0].pk, at.lines[1].pk]
    assert made.plan.predecessor_id == at.plan.pk
    assert not Budget.objects.filter(line__objective__plan=made.plan).exists()
    assert Indicator.objects.filter(activity__line__objective__plan=made.plan).count() == 1
    assert Line.objects.get(pk=at.lines[0].pk).state == "planned"
    with acting_as(at.cora, "") as by:
        second = copying.copy(by=by, plan=at.plan, values=following(code="second"))
    assert second.carried == []
    assert [one.title for one in second.elsewhere] == ["Line 1", "Line 2"]


def test_lines_of_closed_organisations_stay_behind_and_are_listed(at: Setting) -> None:
    in_force(at)
    Organisation.objects.filter(pk=at.people.hospital.pk).update(active=False)
    with acting_as(at.nora, "") as by:
        made = copying.copy(by=by, plan=at.plan, values=following())
    assert [one.continues_id for one in made.carried] == [at.lines[0].pk, at.lines[2].pk]
    assert [one.pk for one in made.closed] == [at.lines[1].pk]
    sent = {name: str(value) for name, value in following(code="again").items()}
    shown = body(browser(at.nora).post(f"/en/coordination/plans/{at.plan.pk}/copy/", sent))
    assert "0 lines go on." in shown
    assert shown.count("whoever answered for it is closed") == 1


def test_the_page_of_the_next_plan(at: Setting) -> None:
    in_force(at)
    page = browser(at.cora)
    place = f"/en/coordination/plans/{at.plan.pk}/copy/"
    sent = {name: str(value) for name, value in following().items()}
    assert "another plan has this short name" in body(page.post(place, sent | {"code": "pan"}))
    assert Plan.objects.count() == 1
    shown = body(page.post(place, sent))
    assert "3 lines go on." in shown
    assert "What was left behind" in shown
    assert browser(at.olga).post(place, sent).status_code == 403
    with acting_as(at.olga, "") as by, pytest.raises(Forbidden):
        copying.copy(by=by, plan=at.plan, values=following(code="third"))
    assert Plan.objects.count() == 2


def test_a_sheet_as_people_keep_it(at: Setting) -> None:
    """Thousands parted by commas, a currency in small letters, remarks, a sum that a sheet keeps inexactly."""
    book = Workbook()
    page: Any = book.active
    page.append([" QUÉ ES ", "Numero", "Fuente del dinero", "Año", "Planeado", "Gastado", "Moneda",
                 "Tipo de cambio", "Día del tipo de cambio", "Observaciones"])  # fmt: skip
    rate = [20.5, date(YEAR, 1, 5)]
    page.append(["Dinero", 1.2, "fund", YEAR, "1,234,567.50", 1234.56 + 0.01, None, None, None, "ojo"])
    page.append(["dinero ", "1.2", "fund", YEAR + 1, "1 234 567.50", 0.1 + 0.2, "usd", *rate])
    content = io.BytesIO()
    book.save(content)
    with acting_as(at.cora, "") as by, translation.override("es"):
        outcome = taking.take_in(by=by, plan=at.plan, table=sheet.read(content.getvalue()), dry=False)
    assert outcome.problems == []
    assert outcome.unread == ["Observaciones"]
    kept = Budget.objects.filter(funder__code="fund", line__number=2).order_by("year")
    assert [one.given_planned for one in kept][-2:] == [Decimal("1234567.50")] * 2
    assert [one.given_spent for one in kept][-2:] == [Decimal("1234.57"), Decimal("0.30")]
    assert kept[len(kept) - 1].planned == Decimal("25308633.75")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("due=01/02/2026", "“01/02/2026” is no day. Write it as 2026-11-24."),
        ("due=30-jun-2026", "“30-jun-2026” is no day. Write it as 2026-11-24."),
        ("planned=1.000.000,00", "“1.000.000,00” is no amount. Write it as 1234.50"),
        ("planned=$ 500", "“$ 500” is no amount. Write it as 1234.50"),
        ("planned=12,34", "“12,34” is no amount. Write it as 1234.50"),
        ("currency=pesos", "“pesos” is no currency. Write its three letters"),
        ("year=twenty", "“twenty” is no number that can stand here"),
    ],
)
def test_a_cell_that_cannot_be_read_is_shown_with_its_mend(at: Setting, cell: str, said: str) -> None:
    name, value = cell.split("=")
    row = {"what it is": "line" if name == "due" else "money", "number": "1.7" if name == "due" else "1.2",
           "title": "New", "who answers for it": "refuge", "source of money": "fund", "year": str(YEAR),
           name: value}  # fmt: skip
    text = ",".join(row) + "\n" + ",".join(f'"{one}"' for one in row.values()) + "\n"
    with translation.override("en"):
        outcome = taken(at, text)
    [(number, column, sentence)] = outcome.problems
    assert (number, column) == (2, name)
    assert sentence.startswith(said)
