"""The clock of a mandate, and the calendar file: pure, over year ends and leap days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cobijo.web.coordination.groups import ical
from cobijo.web.coordination.groups.cadence import Standing, months_between, standing
from cobijo.web.core.dates import months_after

TODAY = date(2026, 3, 31)


def of(**said: object) -> Standing:
    usual: dict[str, object] = {
        "since": date(2020, 1, 1), "until": None, "cadence": 3, "held": [], "planned": [], "today": TODAY,
    }  # fmt: skip
    return standing(**(usual | said))  # type: ignore[arg-type]


def test_two_meetings_in_four_years_are_said_so() -> None:
    found = of(since=date(2022, 3, 31), held=[date(2022, 10, 1), date(2024, 8, 1)])
    assert (found.met, found.years, found.promised) == (2, 4, 16)
    assert found.due_on == date(2024, 11, 1)
    assert found.missed
    assert found.behind


def test_what_lies_before_the_window_does_not_count_and_still_is_the_last() -> None:
    found = of(held=[date(2020, 5, 1)], cadence=120)
    assert (found.met, found.last, found.promised) == (0, date(2020, 5, 1), 0)
    assert not found.missed


@pytest.mark.parametrize(
    ("held", "missed"),
    [([date(2025, 12, 31)], False), ([date(2025, 12, 30)], True), ([], True), ([date(2026, 5, 1)], True)],
)
def test_it_is_missed_on_the_day_after_it_was_due(held: list[date], missed: bool) -> None:
    """31 December and three months is 31 March, today: it may still meet. A day of the future is no meeting."""
    assert of(held=held).missed is missed


def test_without_a_cadence_or_after_its_end_nothing_is_missed() -> None:
    assert not of(cadence=None).behind
    ended = of(until=date(2025, 1, 1))
    assert (ended.due_on, ended.missed, ended.promised) == (None, False, 0)


def test_the_next_meeting_is_the_first_that_is_planned() -> None:
    assert of(planned=[date(2026, 9, 1), date(2026, 4, 1), date(2026, 1, 1)]).next == date(2026, 4, 1)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 240))
def test_months_are_counted_as_they_are_added(day: date, months: int) -> None:
    later = months_after(day, months)
    assert months_between(day, later) == months
    assert later.day <= day.day


# --- The calendar file ---------------------------------------------------------------------------------------------

STAMP = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def file_of(*entries: ical.Entry) -> str:
    return ical.calendar(entries, name="Reuniones; todas", language="es")


def entry(**said: object) -> ical.Entry:
    usual: dict[str, object] = {
        "uid": "meeting-1@cobijo", "summary": "Mecanismo", "on": date(2025, 12, 31), "at": None, "place": "",
        "cancelled": False, "changed_at": STAMP,
    }  # fmt: skip
    return ical.Entry(**(usual | said))  # type: ignore[arg-type]


def test_a_day_ends_on_the_next_one_over_the_year() -> None:
    lines = file_of(entry()).split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART;VALUE=DATE:20251231" in lines
    assert "DTEND;VALUE=DATE:20260101" in lines
    assert "DTSTAMP:20260102T030405Z" in lines
    assert "STATUS:CONFIRMED" in lines


def test_an_hour_is_local_and_a_cancelled_meeting_says_so() -> None:
    lines = file_of(entry(at=time(9, 30), cancelled=True)).split("\r\n")
    assert "DTSTART:20251231T093000" in lines
    assert "STATUS:CANCELLED" in lines


def test_signs_of_the_format_are_escaped_and_cannot_begin_a_line() -> None:
    whole = file_of(entry(summary="Uno, dos; tres\\\r\nATTENDEE:x", place="Sala\x07 2"))
    assert "SUMMARY:Uno\\, dos\\; tres\\\\\\nATTENDEE:x\r\n" in whole
    assert "\r\nATTENDEE" not in whole
    assert "LOCATION:Sala 2\r\n" in whole


@given(st.text(max_size=400))
def test_lines_are_at_most_75_octets_and_unfold_to_what_they_said(said: str) -> None:
    line = "SUMMARY:" + ical.text(said)
    folded = ical.fold(line)
    assert all(len(one.encode()) <= 75 for one in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == line
