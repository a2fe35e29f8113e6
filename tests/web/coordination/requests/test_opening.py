"""The list of public requests and the single request give the same answer: may everybody who signs in read it?"""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.utils import timezone

from cobijo.web.coordination.requests import queries
from cobijo.web.coordination.requests.choices import State
from cobijo.web.coordination.requests.models import PublicRequest, Request
from cobijo.web.coordination.requests.opening import LOOKED_WITHIN, OPEN
from cobijo.web.core.access.context import acting_as
from tests.web.people import People

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
#: What the database demands of a request in this state, beside who asks whom.
ALSO: dict[str, dict[str, Any]] = {
    State.GRADED: {"grade": "part", "grade_reason": "Falta la mitad"},
    State.CLOSED: {"closed_on": timezone.localdate(), "outcome": "Nada más"},
}


def test_the_query_and_the_record_agree_on_every_state(people: People) -> None:
    now, day = timezone.now(), timezone.localdate()
    near = timedelta(minutes=5)
    looked = (None, now, now - LOOKED_WITHIN + near, now - LOOKED_WITHIN - near)
    every = product(State, (True, False), (None, day), (None, day), looked)
    Request.objects.bulk_create(
        Request(
            title=f"{state} {public} {sent_on} {withheld_on} {looked_at}", text="x", organisation=people.refuge,
            addressee=people.hospital, state=state, public=public, sent_on=sent_on, withheld_on=withheld_on,
            looked_at=looked_at, **ALSO.get(state, {}),
        )
        for state, public, sent_on, withheld_on, looked_at in every
        if sent_on is not None or state in (State.DRAFT, State.CLOSED)
    )  # fmt: skip
    with acting_as(people.hugo, "") as access:
        listed = {one.title for one in queries.public_requests(access)}
    assert listed == {one.title for one in PublicRequest.objects.all() if one.is_open}
    assert len(listed) == 2 * len(State), (
        "public, sent, not withheld, and looked at now or almost six hours ago"
    )


def test_each_condition_alone_closes_it() -> None:
    """The table holds what the docstring says, so that nobody takes a row out of it unseen."""
    assert {field for field, _lookup, _asked in OPEN} == {"public", "sent_on", "withheld_on", "looked_at"}
    open_one = {"public": True, "sent_on": timezone.localdate(), "looked_at": timezone.now()}
    assert Request(**open_one).is_open
    for shut in (
        {"public": False},
        {"sent_on": None},
        {"withheld_on": timezone.localdate()},
        {"looked_at": None},
    ):
        assert not Request(**{**open_one, **shut}).is_open, shut
