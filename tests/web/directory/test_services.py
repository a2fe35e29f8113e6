"""Services: what ends is offered to nobody, one sentence for a double, what is old is asked about."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.accounts.roles import Role
from cobijo.web.directory.services import queries, services
from tests.web.directory.keepers import Keepers, body, browser, keepers
from tests.web.directory.test_organisations import imported
from tests.web.people import People, person

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/en/directory/services/"


@pytest.fixture
def kept(people: People) -> Keepers:
    return keepers(people)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


def test_what_has_ended_is_offered_to_nobody_and_stays_readable(kept: Keepers) -> None:
    today = timezone.localdate()
    with acting_as(kept.people.sofia, "") as by:
        services.change(by=by, rows=[{"pk": kept.own.pk, "version": 1, "ended_on": today}])
        assert list(queries.offered(by)) == []
        assert list(queries.to_verify(by)) == []
    assert "no longer offered" in body(browser(kept.people.carla).get(LIST))
    with acting_as(kept.people.sofia, "") as by, pytest.raises(InputProblem, match="day_to_come"):
        later = today + timedelta(days=1)
        services.change(by=by, rows=[{"pk": kept.own.pk, "version": 2, "ended_on": later}])


def test_a_double_is_named_by_its_row(kept: Keepers) -> None:
    text = "organisation,name,kind,state,municipality\nrefuge,Uno,legal,,\nrefuge,Casa Luna,shelter,Oaxaca,Tlacolula\n"
    said = imported(kept.people.sofia, f"{LIST}import/", text)
    assert "Row 3: this organisation has a service with this name there already" in said
    within = "organisation,name,kind\nrefuge,Uno,legal\nrefuge,Uno,legal\n"
    assert "Row 3" in imported(kept.people.sofia, f"{LIST}import/", within)


def test_the_keepers_of_the_country_learn_how_many_are_old(kept: Keepers) -> None:
    assert "1 entries of the directory" in body(browser(kept.cora).get("/en/work/"))
    assert "entries of the directory" not in body(browser(kept.people.sofia).get("/en/work/"))
    poor = person("Pia", Role.DATA_STEWARD, of=kept.people.hospital, area="MX-PUE")
    with acting_as(poor, "") as by:
        assert list(queries.stale(by)) == []
    with acting_as(kept.cora, "") as by:
        services.verify(by=by, services=[kept.own])
        assert list(queries.stale(by)) == []
    kept.own.refresh_from_db()
    old = timezone.localdate() - queries.STALE
    for day, is_old in ((old, False), (old - timedelta(days=1), True)):
        type(kept.own).objects.filter(pk=kept.own.pk).update(verified_on=day)
        with acting_as(kept.cora, "") as by:
            assert list(queries.stale(by)) == ([kept.own] if is_old else [])


def test_where_a_shelter_lies_is_hidden_from_other_organisations_without_a_tick(kept: Keepers) -> None:
    with acting_as(kept.people.sofia, "") as by:
        row = {"pk": kept.own.pk, "version": 1, "kind": "shelter", "address": "Calle Secreta 7"}
        services.change(by=by, rows=[row | {"municipality": "Tlacolula", "hidden_address": False}])
    theirs = body(browser(kept.people.carla).get(f"{LIST}{kept.own.pk}/"))
    assert "Casa Luna" in theirs
    assert "Secreta" not in theirs
    assert "Tlacolula" not in theirs
    assert "Secreta" in body(browser(kept.people.sofia).get(f"{LIST}{kept.own.pk}/"))
