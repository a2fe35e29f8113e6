"""Many writers and the sealer at once, in processes of their own: nothing is lost, nothing stands twice."""

from __future__ import annotations

import pytest

from benchmarks.audit_writers import database, measure


@pytest.mark.parametrize("sqlite", [True, pytest.param(False, marks=pytest.mark.needs("postgresql"))])
def test_the_chain_of_many_writers_verifies(sqlite: bool) -> None:
    with database(sqlite=sqlite) as environment:
        found = measure(environment, writers=4, events=50)
    assert (found.events, found.sealed, found.findings) == (200, 200, [])


@pytest.mark.prove
@pytest.mark.parametrize("sqlite", [True, pytest.param(False, marks=pytest.mark.needs("postgresql"))])
def test_ten_thousand_events_by_eight_processes(sqlite: bool) -> None:
    with database(sqlite=sqlite) as environment:
        found = measure(environment)
    print(f"{found.seconds:.2f} s for 10,000 events by 8 processes, {'SQLite' if sqlite else 'PostgreSQL'}")
    assert (found.events, found.sealed, found.findings) == (10_000, 10_000, [])
    assert sqlite or found.seconds <= 6
