"""The menu is short, and nothing that is open to somebody is out of reach."""

from __future__ import annotations

import pytest

from cobijo.web.core.access.context import acting_as
from cobijo.web.core.access.policy import decide
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.screens.menu import family, sections
from cobijo.web.core.screens.register import registers
from tests.web.people import organisation, person

pytestmark = pytest.mark.django_db
#: A menu is read as a whole: what has more entries needs families, not a longer sheet.
MOST = 40


@pytest.mark.parametrize("role", list(Role))
def test_every_register_that_is_open_is_in_the_menu_or_one_step_behind_it(role: Role) -> None:
    with acting_as(person("Ema", role, of=organisation("house")), "") as access:
        menu = [door.url for section in sections(access) for door in section.doors]
        assert len(menu) == len(set(menu)) <= MOST
        heads = [one for one in registers().values() if f"/{one.path}/" in "".join(menu)]
        reached = {door.url for one in heads for door in family(access, one)} | set(menu)
        opened = [one for one in registers().values() if decide(access, "list", one.kind)]
        assert [one.kind for one in opened if not any(url.endswith(f"/{one.path}/") for url in reached)] == []


def test_a_caseworker_begins_with_the_search_and_finds_no_budgets_at_hand() -> None:
    with acting_as(person("Ema", Role.CASEWORKER, of=organisation("house")), "") as access:
        found = sections(access)
        [desk] = [one for one in found if one.works]
        assert [door.url.rsplit("/", 2)[1] for door in desk.doors][:2] == ["new", "notice"]
        assert not any("budgets" in door.url for one in found for door in one.doors)
        [plans] = [one for one in found if any(door.url.endswith("/plans/") for door in one.doors)]
        assert not plans.works


def test_what_belongs_together_stands_over_each_list_of_it() -> None:
    with acting_as(person("Ema", Role.COORDINATOR, of=organisation("house")), "") as access:
        plans, budgets, studies = (registers()[one] for one in ("plan", "plan_budget", "study"))
        assert family(access, plans) == family(access, budgets)
        assert len(family(access, plans)) == 11
        assert family(access, studies) == []
