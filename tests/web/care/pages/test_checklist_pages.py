"""A checklist's score is words, is kept nowhere, and opens nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps

from cobijo.web.core.access.context import acting_as_system
from cobijo.web.core.audit.models import Event as Happened
from tests.web.care.pages.conftest import World

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ITEMS = ("gifts", "absent", "older", "watched", "told")
EVERYTHING = {f"item_{name}": "yes" for name in ITEMS}


def rows() -> dict[str, Any]:
    """How many rows every table of the wing has, and every row of what a score might touch."""
    with acting_as_system("test", scopes="all"):
        found: dict[str, Any] = {
            model._meta.label: model._default_manager.count()
            for label in ("children", "cases", "sharing", "justice", "systems")
            for model in apps.get_app_config(label).get_models()
        }
        for label in ("children.Child", "cases.Case", "children.StatusDecision"):
            found[label] = list(apps.get_model(label)._default_manager.order_by("pk").values())
    return found


def test_the_list_says_that_it_is_invented(world: World) -> None:
    page = world.at(world.people.ana).get(world.record + "checklist/").content.decode()
    assert "Demonstration checklist (invented)" in page
    assert "Do not use it with children" in page
    assert f"{world.record}checklist/" in world.at(world.people.ana).get(world.record).content.decode()
    assert world.at(world.people.carla).get(world.record + "checklist/").status_code == 404


def test_a_high_score_opens_nothing_and_is_kept_nowhere(world: World) -> None:
    before = rows()
    ana = world.at(world.people.ana)
    page = ana.post(
        world.record + "checklist/demo_signs/", EVERYTHING | {"prevalence": "20"}
    ).content.decode()
    assert "at or above the cut-off of 3" in page
    assert "Where 20 of 1,000 children are exploited, about 52 of 1,000" in page
    assert "the other 948 are not" in page
    assert "A score opens no case, sets no status" in page
    assert rows() == before
    told = Happened.objects.get(action="screen")
    assert (told.ids, told.detail) == ([world.child.pk], {"checklist": "demo_signs"})
    after = ana.get(world.record).content.decode()
    assert "cut-off" not in after
    assert "points" not in after


def test_a_low_score_clears_nobody_and_an_open_one_says_so(world: World) -> None:
    ana, address = world.at(world.people.ana), world.record + "checklist/demo_signs/"
    low = ana.post(address, dict.fromkeys(EVERYTHING, "no") | {"prevalence": "20"}).content.decode()
    assert "below the cut-off of 3" in low
    assert "A low score clears nobody" in low
    some = ana.post(address, {"item_gifts": "yes"}).content.decode()
    assert "unanswered items could still bring it" in some
    assert "How often a score like this is right is not known here" in some


def test_the_pages_are_for_who_writes_the_record(world: World) -> None:
    address = world.record + "checklist/demo_signs/"
    assert world.at(world.people.hugo).get(address).status_code in {403, 404}
    assert world.at(world.people.carla).post(address, EVERYTHING).status_code == 404
    assert world.at(world.people.ana).get(world.record + "checklist/else/").status_code == 404
