"""What the description of the API promises, tried with thousands of invented requests: no answer of 500, every answer
as described, every error a problem that a machine can read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, seed, settings
from schemathesis.specs.openapi import checks

from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.accounts.queries import actions_for_keys
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.accounts.services import issue_token
from tests.rules.factories import examples, make
from tests.rules.world import World

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
PROMISES = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
WIDE = (Role.COORDINATOR, Role.SUPERVISOR, Role.ADMINISTRATOR)


@pytest.fixture(autouse=True)
def keep_the_connection() -> Iterator[None]:
    """As Django's own test client does: the end of a request does not close the connection of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _key(account: Any) -> str:
    with acting_as(account, "") as by:
        actions = [f"{action}:{one.kind}" for one in actions_for_keys(by) for action in one.actions]
        [issued] = issue_token(by=by, rows=[{"name": "fuzz", "actions": actions}])
    return str(issued.secret)


def fuzz(world: World, role: Role, *, many: int) -> Counter[int]:
    """Ask every operation many things as one person; the statuses that came back."""
    with acting_as_system("test", scopes="all"):
        for kind in examples():
            make(kind, world.shared["colleague"])
    plain = {"Host": "localhost", "Accept-Encoding": "identity"}
    headers = plain | {"Authorization": f"Bearer {_key(world.people[role])}"}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application(), headers=plain)
    statuses: Counter[int] = Counter()
    for found in schema.get_all_operations():
        operation = found.ok()

        @seed(20261124)
        @settings(max_examples=many, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            answer = case.call(headers=headers)
            statuses[answer.status_code] += 1
            assert answer.status_code < 500, (case.method, case.formatted_path, answer.text[:500])
            case.validate_response(answer, checks=PROMISES)
            if answer.status_code >= 400:
                assert answer.headers["content-type"][0].startswith("application/problem+json"), (
                    answer.status_code
                )
                assert {"type", "title", "status", "code"} <= set(answer.json())

        ask()
    return statuses


@pytest.mark.parametrize("role", WIDE)
def test_no_answer_breaks_what_the_description_promises(world: World, role: Role) -> None:
    statuses = fuzz(world, role, many=12)
    assert statuses[200] > 0


@pytest.mark.prove
@pytest.mark.parametrize("role", list(Role))
def test_many_answers_keep_what_the_description_promises(world: World, role: Role) -> None:
    print(f"{role}: {dict(sorted(fuzz(world, role, many=300).items()))}")
