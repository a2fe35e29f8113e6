"""The demonstration's children: invented, saying so, and as different as children are."""

from __future__ import annotations

from typing import Any

import pytest

from cobijo.web.care.cases.invented import CHILDREN, add_mine
from cobijo.web.care.cases.models import Case
from cobijo.web.care.children import queries
from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.accounts.roles import Role
from tests.web.people import People

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_they_are_made_and_say_that_they_are_invented(people: People, open_vault: Any) -> None:
    with acting_as_system("demonstration") as by:
        add_mine(by=by, accounts={Role.CASEWORKER: people.ana})
    with acting_as(people.ana, "follow_up") as by:
        rows = list(queries.children(by))
        told = [queries.who(by, one, purpose="follow_up") for one in rows]
        assert len(rows) == len(CHILDREN) == Case.objects.count() == 12
        assert all("Inventad" in str(one["given"]) for one in told)
        assert {"boy", "girl", "trans_girl", "trans_boy", "non_binary"} <= {one.get("gender") for one in told}
        for field in ("indigenous_people", "disability_accommodations", "migration_situation"):
            assert any(one.get(field) for one in told), field
        assert queries.waiting(by).count() == 2
