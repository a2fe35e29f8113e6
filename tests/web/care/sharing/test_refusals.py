"""A refused attempt is on record, whichever way it was tried, and whatever was undone with it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.children import services as children
from cobijo.web.care.sharing import agreements
from cobijo.web.care.sharing.models import SharingAgreement
from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.accounts.services import issue_token
from cobijo.web.core.audit.models import Event as Happened
from tests.web.care.sharing.conftest import World

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
PLACE = "/api/v1/sharing/agreements"


def on_record(world: World) -> list[tuple[Any, ...]]:
    events = Happened.objects.filter(outcome="refused").order_by("pk")
    assert {one.account_id for one in events} <= {world.people.sofia.pk, world.people.ana.pk}
    return list(events.values_list("action", "kind", "code", "ids", "via"))


def wrong(world: World) -> dict[str, Any]:
    """An agreement without a field that may be shared."""
    today = timezone.localdate()
    return {
        "organisation": world.people.refuge.pk, "other": world.clinic.pk, "for_referral": True,
        "starts_on": today.isoformat(), "ends_on": (today + timedelta(days=30)).isoformat(),
    }  # fmt: skip


def test_what_a_rule_refuses_over_the_api(world: World) -> None:
    with acting_as(world.people.sofia, "") as by:
        row = {"name": "test", "actions": [f"{one}:agreement" for one in ("list", "see", "add", "change")]}
        [issued] = issue_token(by=by, rows=[row])
    client = Client(headers={"host": "localhost", "authorization": f"Bearer {issued.secret}"})
    answer = client.post(PLACE, wrong(world), content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, "sharing.no_fields")
    pk = world.agreement.pk
    answer = client.patch(
        f"{PLACE}/{pk}", {"version": 1, "share_events": True}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "sharing.signed_as_it_stands")
    assert SharingAgreement.objects.count() == 1
    assert on_record(world) == [
        ("add", "agreement", "sharing.no_fields", [], "api"),
        ("change", "agreement", "sharing.signed_as_it_stands", [pk], "api"),
    ]


def test_what_a_rule_refuses_on_a_page(world: World) -> None:
    client = Client(headers={"host": "localhost"})
    client.force_login(world.people.sofia)
    answer = client.post("/en/sharing/agreements/new/", wrong(world))
    assert answer.status_code == 422
    client.post("/en/sharing/sign/", {"agreement": world.agreement.pk})
    assert on_record(world) == [
        ("add", "agreement", "sharing.no_fields", [], "web"),
        ("sign", "agreement", "sharing.signed_already", [world.agreement.pk], "web"),
    ]


def test_what_nobody_catches_is_on_record_once(world: World) -> None:
    """In a job or on the command line the error leaves the transaction, and all that was written goes with it."""
    row = {"child": world.child, "began_on": date(2011, 1, 1)}
    ana = acting_as(world.people.ana, "intake", via="job")
    with pytest.raises(InputProblem), ana as by, transaction.atomic():
        children.record_events(by=by, rows=[row])
    tried = ("add", "child_event", "children.before_birth", [world.child.pk], "job")
    assert on_record(world) == [tried]
    ana = acting_as(world.people.ana, "intake", via="job")
    with acting_as_system("test"), pytest.raises(InputProblem), ana as by:
        children.record_events(by=by, rows=[row])
    assert on_record(world) == [tried, tried]


def test_signing_twice_is_refused_and_on_record(world: World) -> None:
    with acting_as(world.people.sofia, "") as by, pytest.raises(InputProblem):
        agreements.sign(by=by, ids=[world.agreement.pk])
    assert on_record(world) == [("sign", "agreement", "sharing.signed_already", [world.agreement.pk], "web")]


def test_nobody_signs_terms_that_were_put_in_the_place_of_those_they_read(world: World) -> None:
    """Whoever proposes may change the terms until somebody signs, also while the other one reads them."""
    today = timezone.localdate()
    row = {
        "organisation": world.people.refuge, "other": world.clinic, "for_referral": True, "share_needs": True,
        "starts_on": today, "ends_on": today + timedelta(days=30),
    }  # fmt: skip
    with acting_as(world.people.sofia, "") as by:
        (made,) = agreements.add(by=by, rows=[row])
    reader = Client(headers={"host": "localhost"})
    reader.force_login(world.saul)
    assert f'name="version" value="{made.version}"' in reader.get("/en/sharing/sign/").content.decode()
    with acting_as(world.people.sofia, "") as by:
        agreements.change(
            by=by, rows=[{"pk": made.pk, "version": 1, "share_names": True, "for_search": True}]
        )
    answer = reader.post("/en/sharing/sign/", {"agreement": made.pk, "version": 1})
    assert answer.status_code == 422
    assert not made.signatures.exists()
    assert reader.post("/en/sharing/sign/", {"agreement": made.pk, "version": 2}).status_code == 302
    assert made.signatures.get().organisation_id == world.clinic.pk
