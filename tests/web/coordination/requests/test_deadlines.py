"""When an answer is due: over weekends, holidays and year ends; and what the pack may say. Pure."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cobijo.engine.pack import PACKS
from cobijo.errors import InputProblem
from cobijo.sentences import catalogue
from cobijo.web.coordination.requests.deadlines import Holiday, Rule, due, is_working, working_days_between
from cobijo.web.coordination.requests.pack import Tables, load_tables

DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))


@pytest.fixture(scope="module")
def mexico() -> Tables:
    return load_tables("mexico")


def rule(**said: Any) -> Rule:
    usual: dict[str, Any] = {
        "code": "x", "names": {}, "days": 10, "unit": "working", "last_day": "stays", "silence": "unknown",
        "law": "Ley", "article": "1", "valid_until": None, "source": "", "evidence": "read",
    }  # fmt: skip
    return Rule(**(usual | said))


def test_the_holidays_of_a_year(mexico: Tables) -> None:
    """2024 has the change of the executive, 2025 has not; the Mondays move with the year."""
    found = {
        year: sorted(one for each in mexico.holidays if (one := each.in_year(year))) for year in (2024, 2025)
    }
    assert found[2025] == [
        date(2025, 1, 1), date(2025, 2, 3), date(2025, 3, 17), date(2025, 5, 1), date(2025, 9, 16),
        date(2025, 11, 17), date(2025, 12, 25),
    ]  # fmt: skip
    assert date(2024, 10, 1) in found[2024]
    assert date(2025, 10, 1) not in found[2025]
    assert date(2030, 10, 1) in {each.in_year(2030) for each in mexico.holidays}


@pytest.mark.parametrize(
    ("received", "days", "last"),
    [
        (date(2025, 3, 10), 5, date(2025, 3, 18)),  # the 17th is a holiday, the 15th and 16th a weekend
        (date(2025, 12, 22), 5, date(2025, 12, 30)),  # Christmas lies between
        (date(2025, 12, 30), 3, date(2026, 1, 5)),  # over the year end: the 1st is a holiday
        (date(2025, 9, 13), 1, date(2025, 9, 15)),  # received on a Saturday
        (date(2025, 9, 15), 1, date(2025, 9, 17)),  # Independence Day is skipped
        (date(2024, 9, 30), 1, date(2024, 10, 2)),  # once in six years
        (date(2025, 9, 30), 1, date(2025, 10, 1)),
    ],
)
def test_working_days_skip_what_nobody_works_on(
    mexico: Tables, received: date, days: int, last: date
) -> None:
    assert due(rule(days=days), received, mexico.holidays) == last


def test_the_acts_that_were_read_count_as_they_say(mexico: Tables) -> None:
    """A request of 14 March 2025 under each of them."""
    last = {one.code: due(one, date(2025, 3, 14), mexico.holidays) for one in mexico.rules}
    assert last["federal-procedure"] == date(2025, 6, 16), "the 14th is a Saturday"
    assert last["ombudsman-report"] == date(2025, 3, 29)
    assert last["information"] == date(2025, 4, 14), "the third Monday of March is a holiday"
    assert last["veracruz-petition"] == date(2025, 5, 20), "1 May is a holiday too"
    assert last["petition"] is None
    benito = next(one for one in mexico.holidays if one.ordinal == 3 and one.month == 3)
    assert (benito.in_year(2006), benito.in_year(2007)) == (None, date(2007, 3, 19))


def test_calendar_days_and_months_run_through(mexico: Tables) -> None:
    assert due(rule(unit="calendar", days=15), date(2025, 12, 20), mexico.holidays) == date(2026, 1, 4)
    moving = rule(unit="calendar", days=15, last_day="moves")
    assert due(moving, date(2025, 12, 20), mexico.holidays) == date(2026, 1, 5), "the 4th is a Sunday"
    assert due(moving, date(2025, 12, 17), mexico.holidays) == date(2026, 1, 2), "the 1st is a holiday"
    assert due(rule(unit="months", days=3), date(2025, 11, 30), ()) == date(2026, 2, 28)
    assert due(rule(unit="months", days=3), date(2023, 11, 30), ()) == date(2024, 2, 29)


@pytest.mark.parametrize("missing", [{"law": ""}, {"article": ""}, {"days": None}])
def test_a_row_without_law_article_or_days_is_a_deadline_unknown(missing: dict[str, Any]) -> None:
    assert due(rule(**missing), date(2025, 1, 2), ()) is None
    assert due(None, date(2025, 1, 2), ()) is None


def test_a_law_that_was_replaced_counts_no_new_days() -> None:
    old = rule(valid_until=date(2025, 3, 20))
    assert due(old, date(2025, 3, 20), ()) is not None
    assert due(old, date(2025, 3, 21), ()) is None


@given(DAYS, st.integers(1, 60))
def test_so_many_working_days_lie_between(received: date, days: int) -> None:
    holidays = load_tables("mexico").holidays
    last = due(rule(days=days), received, holidays)
    assert last is not None
    assert is_working(last, holidays)
    assert working_days_between(received, last, holidays) == days


@given(DAYS, st.integers(1, 60), st.sampled_from(["working", "calendar", "months"]))
def test_who_gets_a_letter_later_has_never_less_time(received: date, days: int, unit: Any) -> None:
    holidays = load_tables("mexico").holidays
    first = due(rule(days=days, unit=unit, last_day="moves"), received, holidays)
    later = due(rule(days=days, unit=unit, last_day="moves"), received + timedelta(days=1), holidays)
    assert first is not None
    assert later is not None
    assert received < first <= later


# --- What the pack says --------------------------------------------------------------------------------------------


def test_the_pack_of_mexico_claims_nothing_that_it_cannot_cite(mexico: Tables) -> None:
    known = {one.code: one for one in mexico.rules}
    assert not known["petition"].cited, "the Constitution gives no number of days"
    assert not known["state-authority"].cited
    assert known["federal-procedure"].cited
    sure = {one.code for one in mexico.rules if one.confirmed}
    assert sure == {"ombudsman-report", "information"}, (
        "what was not read, or leaves a question to counsel, says so"
    )
    for one in mexico.rules:
        assert (
            one.confirmed or not one.cited or one.evidence.startswith("GK") or "counsel must" in one.evidence
        )
    assert all(one.evidence for one in (*mexico.rules, *mexico.holidays, *mexico.rungs))
    assert [one.code for one in mexico.rungs] == ["superior", "ombudsman", "congress", "inter_american", "un"]
    assert all(set(one.names) == set(one.what) == set(one.to) == {"es", "en"} for one in mexico.rungs)


@pytest.mark.parametrize(
    ("file", "before", "after", "code"),
    [
        ("holidays.csv", "first monday of 02", "first monday of 13", "requests.pack_row"),
        ("holidays.csv", "12-25", "13-25", "requests.pack_row"),
        ("holidays.csv", "third monday of 03", "fifth monday of 03", "requests.pack_row"),
        (
            "request_deadlines.csv",
            ",working,stays,unknown,Const",
            ",lunar,stays,unknown,Const",
            "requests.pack_row",
        ),
        ("request_deadlines.csv", ",3,months", ",three,months", "requests.pack_row"),
        ("request_deadlines.csv", "2025-03-20", "20/03/2025", "requests.pack_row"),
        ("request_deadlines.csv", "code,name_es", "code,nombre", "requests.pack_column"),
        ("escalation_rungs.csv", "Congreso,Congress", "Congreso,", "requests.pack_row"),
    ],
)
def test_a_wrong_row_is_one_sentence(tmp_path: Path, file: str, before: str, after: str, code: str) -> None:
    copy = tmp_path / "mexico"
    shutil.copytree(PACKS / "mexico", copy)
    text = (copy / file).read_text(encoding="utf-8")
    assert before in text
    (copy / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(InputProblem) as problem:
        load_tables(copy)
    assert problem.value.code == code
    assert file in catalogue()[code].format(**problem.value.params)


def test_a_pack_may_do_without(tmp_path: Path) -> None:
    copy = tmp_path / "mexico"
    shutil.copytree(PACKS / "mexico", copy)
    for name in ("holidays.csv", "request_deadlines.csv", "escalation_rungs.csv"):
        (copy / name).unlink()
    assert load_tables(copy) == Tables((), (), ())


def test_a_holiday_needs_its_law(tmp_path: Path) -> None:
    copy = tmp_path / "mexico"
    shutil.copytree(PACKS / "mexico", copy)
    text = (copy / "holidays.csv").read_text(encoding="utf-8")
    (copy / "holidays.csv").write_text(text.replace(",74 V,", ",,"), encoding="utf-8")
    with pytest.raises(InputProblem):
        load_tables(copy)


def test_a_fixed_day_is_that_day() -> None:
    one = Holiday(
        month=2, day=28, ordinal=0, weekday=0, from_year=2000, every_years=1, names={}, evidence="read"
    )
    assert one.in_year(1999) is None
    assert one.in_year(2024) == date(2024, 2, 28)


def test_a_rung_whose_law_nobody_confirmed_says_so() -> None:
    known = load_tables("mexico")
    assert {one.code for one in known.rungs if not one.confirmed} == {"superior", "inter_american"}
