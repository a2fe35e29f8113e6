"""Two who act at the same moment: what the database must hold apart, on PostgreSQL."""

from __future__ import annotations

from threading import Thread
from typing import Any

import pytest
from django.db import connections

from cobijo.errors import InputProblem
from cobijo.web.care.children import elsewhere
from cobijo.web.care.children.models import Question
from cobijo.web.care.children.rules import doors
from cobijo.web.core.access.context import acting_as
from tests.web.care.children.made import LUPITA
from tests.web.people import People

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])


def test_questions_at_once_are_no_more_than_one_after_the_other(
    on_postgresql: None, people: People, open_vault: Any
) -> None:
    said: list[str] = []

    def ask() -> None:
        try:
            with acting_as(people.ana, "intake") as by:
                elsewhere.ask_elsewhere(by=by, purpose="intake", known=LUPITA)
        except InputProblem as problem:
            said.append(problem.code)
        finally:
            connections.close_all()

    with doors(agreement=lambda *_: True):
        other = Thread(target=ask)
        with acting_as(people.ana, "intake") as by:
            for _ in range(elsewhere.A_PERSON_AN_HOUR):
                elsewhere.ask_elsewhere(by=by, purpose="intake", known=LUPITA)
            other.start()
            other.join(timeout=2)  # it waits for this transaction, whose questions it cannot see yet
        other.join(timeout=20)
    assert said == ["children.too_many_questions"]
    assert Question.objects.count() == elsewhere.A_PERSON_AN_HOUR
