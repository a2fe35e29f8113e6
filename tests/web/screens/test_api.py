"""The API of the registers: by key only, within the key and the person, the same answers as the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cobijo.web.core.access.context import acting_as
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.services import issue_token, revoke_token
from cobijo.web.core.audit.models import Event
from cobijo.web.directory.services.models import Service
from tests.web.screens.conftest import Directory

pytestmark = pytest.mark.django_db(transaction=True)
PLACE = "/api/v1/directory/services"
ALL = ("list", "see", "add", "change", "remove", "history")
Keyed = Callable[..., Client]


@pytest.fixture
def keyed() -> Keyed:
    """Somebody who shows a key."""

    def client(account: Account, *actions: str) -> Client:
        with acting_as(account, "") as by:
            row = {"name": "test", "actions": [f"{one}:service" for one in actions or ALL]}
            [issued] = issue_token(by=by, rows=[row])
        made = Client(
            headers={"host": "localhost", "authorization": f"Bearer {issued.secret}", "accept-language": "en"}
        )
        made.token = issued.token  # type: ignore[attr-defined]
        return made

    return client


def test_without_a_key_there_is_nothing(directory: Directory, reader: Client, keyed: Keyed) -> None:
    reader.force_login(directory.people.sofia)
    for answer in (reader.get(PLACE), reader.get(PLACE, headers={"authorization": "Bearer cob_no"})):
        assert answer.status_code == 401
        assert answer["Content-Type"] == "application/problem+json"
    client = keyed(directory.people.sofia)
    with acting_as(directory.people.sofia, "") as by:
        revoke_token(by=by, ids=[client.token.pk])  # type: ignore[attr-defined]
    assert client.get(PLACE).status_code == 401


def test_every_error_is_a_problem(directory: Directory, keyed: Keyed) -> None:
    """An unknown address, a method that an address has not, a body that is none: a program reads no page."""
    client = keyed(directory.people.sofia)
    said = {
        (client.get("/api/v1/nowhere"), 404, "screens.nothing_here"),
        (client.put(PLACE, "{}", content_type="application/json"), 405, "screens.no_method"),
        (client.post(PLACE, "{", content_type="application/json"), 400, "screens.no_json"),
    }
    for answer, status, code in said:
        assert answer["Content-Type"] == "application/problem+json"
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert "{" not in answer.json()["title"]
    assert "GET" in client.put(PLACE, "{}", content_type="application/json")["Allow"]


def test_a_list_is_paged_and_narrowed(directory: Directory, keyed: Keyed) -> None:
    client = keyed(directory.people.sofia)
    found = client.get(PLACE, {"size": 1}).json()
    assert [one["name"] for one in found["results"]] == ["Casa Luna"]
    assert (found["more"], found["count"]) == (True, 2)
    found = client.get(PLACE, {"size": 1, "page": 2}).json()
    assert [one["name"] for one in found["results"]] == ["Hospital Sol"]
    assert not found["more"]
    assert [one["name"] for one in client.get(PLACE, {"kind": "health"}).json()["results"]] == [
        "Hospital Sol"
    ]


def test_what_is_hidden_on_the_page_is_not_in_the_answer(directory: Directory, keyed: Keyed) -> None:
    own = f"{PLACE}/{directory.own.pk}"
    assert keyed(directory.people.sofia).get(own).json()["address"] == "Calle Secreta 7"
    client = keyed(directory.people.carla, "list", "see")
    [listed] = [one for one in client.get(PLACE).json()["results"] if one["id"] == directory.own.pk]
    for seen in (client.get(own).json(), listed):
        assert seen["name"] == "Casa Luna"
        assert not {"address", "municipality", "hidden_address"} & set(seen)
        assert "Secreta" not in str(seen)


def test_an_entry_is_added_changed_and_removed(directory: Directory, keyed: Keyed) -> None:
    client = keyed(directory.people.sofia)
    new = {"organisation": directory.people.refuge.pk, "name": "Abogadas", "kind": "legal"}
    answer = client.post(PLACE, new, content_type="application/json")
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["for_whom"], made["any_papers"], made["version"]) == ("any", True, 1)
    place = f"{PLACE}/{made['id']}"
    answer = client.patch(place, {"version": 1, "hours": "9-17"}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert (answer.json()["hours"], answer.json()["name"], answer.json()["any_papers"]) == (
        "9-17",
        "Abogadas",
        True,
    )
    stale = client.patch(place, {"version": 1, "hours": "x"}, content_type="application/json")
    assert (stale.status_code, stale.json()["version"]) == (409, 2)
    assert client.patch(place, {"hours": "x"}, content_type="application/json").status_code == 422
    assert client.get(f"{place}/history").json()[0]["differences"] == {
        "hours": {"before": "", "after": "9-17"}
    }
    assert client.delete(f"{place}?version=2").status_code == 204
    assert client.get(place).status_code == 404
    assert Event.objects.filter(via="api", action="add", kind="service").exists()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"kind": "prison"}, "kind"),
        ({"name": None}, "name"),
        ({"age_from": "old"}, "age_from"),
        ({"version": 7}, "version"),
        ({"age_from": 17, "age_to": 12}, "__all__"),
        ({"area": "X"}, "area"),
        ({"verified_on": "tomorrow"}, "verified_on"),
    ],
)
def test_a_wrong_entry_says_which_field(
    directory: Directory, keyed: Keyed, sent: dict[str, Any], field: str
) -> None:
    new = {"organisation": directory.people.refuge.pk, "name": "Nuevo", "kind": "legal"} | sent
    answer = keyed(directory.people.sofia).post(PLACE, new, content_type="application/json")
    assert answer.status_code == 422
    assert field in answer.json()["errors"]
    assert Service.objects.count() == 2


def test_a_key_reaches_no_further_than_it_says_and_its_owner_does(directory: Directory, keyed: Keyed) -> None:
    reads = keyed(directory.people.sofia, "list", "see")
    own = f"{PLACE}/{directory.own.pk}"
    answer = reads.patch(own, {"version": 1, "hours": "x"}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "access.token_may_not")
    other = keyed(directory.people.sofia).patch(
        f"{PLACE}/{directory.theirs.pk}", {"version": 1, "hours": "x"}, content_type="application/json"
    )
    assert (other.status_code, other.json()["code"]) == (403, "access.other_organisation")
    lists = keyed(directory.people.sofia, "list")
    assert lists.get(own).status_code == 403
    assert lists.get(PLACE).status_code == 200
    assert Event.objects.filter(outcome="refused", via="api").count() == 3


def test_the_description_is_there(directory: Directory, reader: Client) -> None:
    said = reader.get("/api/v1/openapi.json").json()
    assert said["openapi"].startswith("3.1")
    assert "/api/v1/directory/services" in said["paths"]
