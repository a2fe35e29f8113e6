"""The order and the pages of a long list: what an index does not have in order is not sorted for one page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, models
from django.db.models import F
from django.test import Client

from cobijo.web.core.access.context import acting_as
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.screens import listing as module
from cobijo.web.core.screens.listing import indexed, listing, narrowed
from cobijo.web.core.screens.register import registers
from cobijo.web.directory.services import services
from tests.web.screens.conftest import Directory, entry

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[[Account], Client]
LIST = "/en/directory/services/"


@pytest.fixture
def many(directory: Directory, monkeypatch: pytest.MonkeyPatch) -> Directory:
    """Nine entries where five are already more than are counted."""
    monkeypatch.setattr(module, "COUNTED", 5)
    with acting_as(directory.cora, "") as by:
        services.add(
            by=by, rows=[entry(directory.people.refuge, name=f"Casa {n}", capacity=9 - n) for n in range(7)]
        )
    return directory


def asked(people: Directory, size: int = 50, **params: str) -> module.Listing:
    with acting_as(people.cora, "") as access:
        return listing(access, registers()["service"], params, size)


def test_too_many_are_shown_in_the_usual_order_and_the_page_says_so(
    many: Directory, signed_in: SignIn
) -> None:
    found = asked(many, sort="-capacity")
    assert (found.count, found.sort, found.too_many_to_sort) == (None, "name", True)
    assert [one.name for one in found.rows] == sorted(one.name for one in found.rows)
    body = signed_in(many.cora).get(LIST, {"sort": "-capacity"}).content.decode()
    assert "Too many to sort" in body
    assert 'aria-sort="ascending"' in body
    assert "Too many to sort" not in signed_in(many.cora).get(LIST, {"sort": "-name"}).content.decode()


def test_fewer_are_sorted_as_asked(many: Directory) -> None:
    found = asked(many, sort="-capacity", kind="shelter", q="Casa 1")
    assert (found.count, found.sort, found.too_many_to_sort) == (1, "-capacity", False)


def test_an_order_that_an_index_has_holds_however_many_there_are(many: Directory) -> None:
    up, down = asked(many, sort="name"), asked(many, sort="-name")
    assert [one.pk for one in down.rows] == [one.pk for one in up.rows][::-1]
    assert not up.too_many_to_sort
    assert not down.too_many_to_sort


def test_pages_hold_every_record_once(directory: Directory) -> None:
    with acting_as(directory.cora, "") as by:
        services.add(
            by=by,
            rows=[
                entry(directory.people.refuge, name=f"Casa {n // 4}", municipality=str(n)) for n in range(23)
            ],
        )
    for sort in ("name", "-name", "capacity", "-capacity", "kind", "-verified_on"):
        pages = [asked(directory, 5, sort=sort, page=str(number)) for number in range(1, 6)]
        ids = [one.pk for page in pages for one in page.rows]
        assert len(ids) == len(set(ids)) == 25
        assert [page.more for page in pages] == [True] * 4 + [False]
        assert {page.count for page in pages} == {25}


def test_the_empty_ones_come_last_both_ways(directory: Directory) -> None:
    with acting_as(directory.cora, "") as by:
        services.add(
            by=by,
            rows=[entry(directory.people.refuge, name=f"Casa {n}", capacity=n) for n in (1, 2)],
        )
    assert [one.capacity for one in asked(directory, sort="capacity").rows] == [1, 2, None, None]
    assert [one.capacity for one in asked(directory, sort="-capacity").rows] == [2, 1, None, None]


@pytest.mark.parametrize(
    ("index", "orders"),
    [
        (models.Index(fields=("name", "id"), name="i"), {"name", "-name"}),
        (models.Index(fields=("-name", "-id"), name="i"), {"name", "-name"}),
        (models.Index(fields=("name",), name="i"), set()),
        (models.Index(fields=("-name", "id"), name="i"), set()),
        (models.Index(fields=("capacity", "id"), name="i"), {"capacity"}),
        (models.Index(fields=("-capacity", "-id"), name="i"), set()),
        (models.Index(F("capacity").desc(nulls_last=True), F("id").desc(), name="i"), {"-capacity"}),
        (models.Index(fields=("name", "id"), condition=models.Q(kind="legal"), name="i"), set()),
    ],
)
def test_which_orders_an_index_has(
    monkeypatch: pytest.MonkeyPatch, index: models.Index, orders: set[str]
) -> None:
    register = registers()["service"]
    monkeypatch.setattr(register.model._meta, "indexes", [index])
    assert indexed(register) == orders | {"pk", "-pk"}


@pytest.mark.parametrize("sort", ["name", "-name", "pk", "-pk"])
def test_the_database_sorts_nothing_where_an_index_has_the_order(
    on_postgresql: None, many: Directory, sort: str
) -> None:
    with acting_as(many.cora, "") as access, module._along_the_index():
        rows, _params, _sort = narrowed(access, registers()["service"], {"sort": sort})
        plan = rows.select_related(None)[:51].explain()
    assert "Index Scan" in plan
    assert "Sort" not in plan


def test_the_plan_is_free_again_after_the_page(on_postgresql: None, many: Directory) -> None:
    def settings() -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('enable_sort'), current_setting('enable_bitmapscan')")
            return list(cursor.fetchone())

    with acting_as(many.cora, "") as access:
        listing(access, registers()["service"], {})
        assert settings() == ["on", "on"]
