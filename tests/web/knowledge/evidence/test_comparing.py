"""Which figures do not go together: every rule with a pair that breaks it and one that does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations
from time import monotonic

from hypothesis import given
from hypothesis import strategies as some

from cobijo.web.knowledge.evidence import comparing
from cobijo.web.knowledge.evidence.comparing import Said, compare, differing, findings, limits, times_apart

YEAR = {"since": date(2020, 1, 1), "until": date(2020, 12, 31)}
ONE = Said(
    1, 1, "epros", "children", "identified", (0, 17), "MX", "", period_said=True, measure="stock", bound="exact",
    value=100.0, **YEAR,
)  # fmt: skip
OTHER = replace(ONE, id=2, source=2)
LATER = {"since": date(2021, 1, 1), "until": date(2021, 12, 31)}


def kind(one: Said, other: Said) -> str | None:
    found = compare(one, other)
    return None if found is None else found.kind


def test_ranges_that_do_not_meet_are_incompatible_only_where_all_matches() -> None:
    far = replace(OTHER, value=500.0)
    assert compare(ONE, far) == (1, 2, "incompatible", (), 5.0)
    assert compare(far, ONE) == compare(ONE, far)
    for field, changed in {
        "concept": replace(far, concept="csec"),
        "unit": replace(far, unit="people"),
        "status": replace(far, status="presumed"),
        "status?": replace(far, status="unstated"),
        "ages": replace(far, ages=(0, 14)),
        "ages?": replace(far, ages=(None, None)),
        "area": replace(far, area="001"),
        "area_part": replace(far, area_part="along the border"),
        "period?": replace(far, period_said=False),
    }.items():
        assert compare(ONE, changed) == (1, 2, "not_comparable", (field,), 5.0), field


def test_what_is_open_at_one_end_meets_what_lies_beyond() -> None:
    assert kind(replace(ONE, bound="at_least"), replace(OTHER, value=500.0)) is None
    assert kind(replace(ONE, bound="at_most"), replace(OTHER, value=500.0)) == "incompatible"
    assert kind(replace(ONE, low=50.0, high=200.0), replace(OTHER, value=150.0)) is None
    assert kind(replace(ONE, value=None, low=50.0, high=None), replace(OTHER, value=900.0)) is None
    assert limits(replace(ONE, value=17_000.0, bound="about")) == (16_500.0, 17_500.0)
    assert limits(replace(ONE, value=0.0, bound="about")) == (-0.5, 0.5)


def test_a_trend_is_no_contradiction_but_a_leap_is() -> None:
    grown = replace(OTHER, value=180.0, **LATER)
    assert kind(ONE, grown) is None
    assert compare(ONE, replace(grown, value=900.0)) == (1, 2, "impossible_change", ("period",), 9.0)
    assert kind(ONE, replace(grown, value=20.0)) == "impossible_change"
    slow = {"since": date(2030, 1, 1), "until": date(2030, 12, 31)}
    assert kind(ONE, replace(OTHER, value=900.0, **slow)) is None
    assert kind(ONE, replace(grown, value=900.0, bound="at_most")) is None


def test_a_running_total_never_falls() -> None:
    total = replace(ONE, measure="total")
    assert kind(total, replace(OTHER, measure="total", value=90.0, **LATER)) == "impossible_change"
    assert kind(total, replace(OTHER, measure="total", value=110.0, **LATER)) is None


def test_flows_need_the_same_time() -> None:
    month = replace(ONE, measure="flow", since=date(2020, 1, 1), until=date(2020, 1, 31))
    assert differing(month, replace(OTHER, measure="flow")) == ("period",)
    assert kind(replace(ONE, measure="flow"), replace(OTHER, measure="flow", value=500.0)) == "incompatible"
    assert kind(month, replace(OTHER, value=9_000.0)) is None  # a flow is never set beside a stock


def test_one_number_for_two_things() -> None:
    assert kind(replace(ONE, value=16_000.0), replace(OTHER, value=16_000.0, concept="csec")) == "same_value"
    assert kind(replace(ONE, value=12.0), replace(OTHER, value=12.0, concept="csec")) is None  # chance
    assert kind(replace(ONE, unit="sites"), replace(OTHER, concept="csec")) is None


def test_one_source_counted_as_two() -> None:
    assert kind(ONE, replace(OTHER, repeats=1)) == "repeated"
    assert kind(replace(ONE, repeats=9), replace(OTHER, repeats=9, concept="csec")) == "repeated"
    same_later = replace(OTHER, value=100.0, **LATER)
    assert kind(ONE, same_later) == "repeated"
    assert kind(ONE, replace(same_later, source=1)) is None  # the source itself says that nothing changed


def test_a_source_that_tells_two_things_apart_does_not_contradict_itself() -> None:
    border = replace(ONE, value=50_000.0, area_part="along the border")
    rest = replace(OTHER, source=1, value=20_000.0, area_part="the rest")
    assert kind(border, rest) is None
    assert kind(border, replace(rest, source=2)) == "not_comparable"


def test_what_is_never_set_side_by_side() -> None:
    assert kind(ONE, replace(OTHER, value=500.0, area="MX-OAX")) is None  # a state beside its country
    assert kind(replace(ONE, unit="percent", value=10.0), replace(OTHER, value=90.0)) is None
    assert kind(replace(ONE, unit="sites"), replace(OTHER, value=900.0)) is None
    sites = {"unit": "sites", "status": "any", "ages": (None, None)}
    assert differing(replace(ONE, **sites), replace(OTHER, **sites)) == ()


def test_another_thing_in_another_year_is_quoted_against_nothing() -> None:
    for other in (
        replace(OTHER, value=500.0, area_part="along the border"),
        replace(OTHER, value=500.0, concept="csec"),
    ):
        assert kind(ONE, other) == "not_comparable"
        assert kind(ONE, replace(other, **LATER)) is None
    unsaid = replace(OTHER, value=500.0, status="unstated", **LATER)
    assert kind(ONE, unsaid) == "not_comparable"  # nobody knows whether it is another thing


def test_how_far_apart() -> None:
    assert times_apart(ONE, replace(OTHER, value=250.0)) == 2.5
    assert times_apart(ONE, replace(OTHER, low=50.0, high=120.0)) == 1.0
    nought = compare(replace(ONE, value=0.0), replace(OTHER, value=7.0))
    assert nought is not None
    assert (nought.kind, nought.times) == ("incompatible", None)


def test_only_the_pairs_of_some_figures() -> None:
    rows = [replace(ONE, id=number, source=number, value=10.0**number) for number in range(1, 5)]
    assert len(list(findings(rows))) == 6
    some_of_them = list(findings(rows, only={2}))
    assert len(some_of_them) == 3
    assert all(2 in (one.first, one.second) for one in some_of_them)


@given(
    some.lists(
        some.builds(
            Said, id=some.integers(1, 9), source=some.integers(1, 3), concept=some.sampled_from(["a", "b"]),
            unit=some.sampled_from(["children", "people", "sites", "percent"]),
            status=some.sampled_from(["unstated", "identified"]), ages=some.sampled_from([(0, 17), (None, None)]),
            area=some.sampled_from(["MX", "001", "MX-OAX"]), area_part=some.sampled_from(["", "x"]),
            since=some.just(date(2020, 1, 1)), until=some.dates(date(2020, 1, 1), date(2030, 1, 1)),
            period_said=some.booleans(), measure=some.sampled_from(["stock", "flow", "total"]),
            bound=some.sampled_from(["exact", "about", "at_least", "at_most"]),
            value=some.floats(0, 1e6, allow_nan=False), low=some.none(), high=some.none(), repeats=some.none(),
        ),
        max_size=6, unique_by=lambda one: one.id,
    )
)  # fmt: skip
def test_it_does_not_matter_in_which_order_figures_come(rows: list[Said]) -> None:
    forth = {one[:3]: one for one in findings(rows)}
    back = {one[:3]: one for one in findings(rows[::-1])}
    assert forth == back
    for one, other in combinations(rows, 2):
        found = compare(one, other)
        assert found is None or found.first < found.second
        if found is not None and found.kind == comparing.INCOMPATIBLE:
            assert differing(one, other) == ()
            assert times_apart(one, other) >= 1


def test_a_thousand_figures_are_compared_quickly() -> None:
    """By state and year, as an office publishes them: few pairs meet, and few of them quarrel."""
    rows = [
        replace(
            ONE, id=number, source=1 + number % 2, area=f"MX-{number % 32:03}", value=100.0 + number,
            since=date(1990 + number // 64, 1, 1), until=date(1990 + number // 64, 12, 31),
        )
        for number in range(1, 2049)
    ]  # fmt: skip
    began = monotonic()
    found = list(findings(rows))
    assert monotonic() - began < 20
    assert len(found) < len(rows) * 3
