"""An open vault, a child of Ana's with a case, and browsers for people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from cobijo.web.care.cases import services as cases
from cobijo.web.care.cases.models import Case
from cobijo.web.care.children import services as children
from cobijo.web.care.children.models import Child
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.accounts.models import Account
from tests.web.care.children.made import LUPITA
from tests.web.care.children.open_vault import open_vault
from tests.web.people import People

__all__ = ["open_vault"]


@dataclass
class World:
    people: People
    child: Child
    case: Case

    def at(self, account: Account) -> Client:
        """A browser in which this person is signed in."""
        client = Client(headers={"host": "localhost"}, raise_request_exception=False)
        client.force_login(account)
        return client

    @property
    def page(self) -> str:
        return f"/en/care/cases/{self.case.pk}/"

    @property
    def record(self) -> str:
        return f"/en/care/children/{self.child.pk}/"


@pytest.fixture
def world(people: People, open_vault: Any) -> World:
    with acting_as(people.ana, "test") as by:
        [child] = children.register(by=by, rows=[LUPITA])
        [case] = cases.open_cases(
            by=by, rows=[{"child": child, "area": "MX-OAX", "guardian": "implicated", "summary": "Invented"}]
        )
    return World(people, child, case)


@pytest.fixture
def text() -> Callable[[Any], str]:
    return lambda answer: answer.content.decode()
