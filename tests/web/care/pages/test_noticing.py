"""The one screen of whoever notices: small, no script, nothing to read back."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.children import noticing, queries
from cobijo.web.care.children.models import Concern
from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.accounts.models import Account, Holding
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.audit.models import Event as Happened
from tests.web.care.children.made import CANARY
from tests.web.care.pages.conftest import World
from tests.web.people import organisation, person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WHOLE = {
    "signs": ["fear", "told"],
    "narrative": f"{CANARY} looks at the door",
    "age_band": "12-14",
    "area": "MX-OAX",
    "urgency": "today",
    "safe_now": "unknown",
    "consent": "agrees",
    "called": "Luna",
    "where_now": "Ward 3",
}


def test_duty_comes_before_the_questions(world: World) -> None:
    page = world.at(world.people.hugo).get("/en/care/notice/").content.decode()
    assert page.index("your duty to report") < page.index("What did you notice?")
    assert "do not copy them" in page
    assert "089" in page


def test_it_is_small_and_has_no_script(world: World) -> None:
    from pathlib import Path

    import cobijo.web

    page = world.at(world.people.hugo).get("/es/care/notice/").content
    sheets = re.findall(rb'href="[^"]*/cobijo/(\w+)[^"]*\.(css|svg)', page)
    assert sorted(sheets) == [(b"concern", b"css"), (b"mark", b"svg")]
    static = Path(cobijo.web.__file__).parent / "static" / "cobijo"
    whole = len(page) + sum((static / f"{one.decode()}.{end.decode()}").stat().st_size for one, end in sheets)
    assert whole <= 60_000
    assert b"<script" not in page


def test_a_slip_and_nothing_read_back(world: World) -> None:
    hugo = world.at(world.people.hugo)
    sent = hugo.post("/en/care/notice/", WHOLE)
    assert (sent.status_code, sent.headers["Location"]) == (302, "/en/care/notice/slip/")
    slip = hugo.get("/en/care/notice/slip/").content.decode()
    assert CANARY not in slip
    with acting_as(world.people.carla, "test") as by:  # there is nobody else who could take it up
        assert queries.waiting(by).get().code in slip
    again = hugo.get("/en/care/notice/slip/").content.decode()
    assert "shown already" in again
    assert hugo.get("/en/care/concerns/").status_code in {403, 404}


def test_bad_input_loses_nothing(world: World) -> None:
    hugo = world.at(world.people.hugo)
    page = hugo.post("/en/care/notice/", {**WHOLE, "urgency": ""})
    assert page.status_code == 422
    assert f"{CANARY} looks at the door" in page.content.decode()
    future = {**WHOLE, "noticed_on": (timezone.localdate() + timezone.timedelta(days=9)).isoformat()}
    page = hugo.post("/en/care/notice/", future)
    assert page.status_code == 422
    assert "still to come" in page.content.decode()
    assert "Row 1" not in page.content.decode()


def test_a_concern_is_taken_up(world: World) -> None:
    ana = world.at(world.people.ana)
    sent = ana.post("/en/care/concerns/new/", {**WHOLE, "noticer": "education"})
    assert sent.status_code == 302
    with acting_as(world.people.ana, "test") as by:
        one = queries.waiting(by).get()
    page = ana.get(f"/en/care/concerns/{one.pk}/").content.decode()
    assert "Luna" in page
    assert CANARY in page
    assert ana.get(f"/en/care/children/new/?concern={one.pk}").status_code == 200
    joined = ana.post(
        f"/en/care/concerns/{one.pk}/", {"step": "join", "child": world.child.pk, "version": one.version}
    )
    assert joined.headers["Location"] == world.record
    assert world.at(world.people.carla).get(f"/en/care/concerns/{one.pk}/").status_code == 404


def test_a_concern_goes_aside_or_to_a_colleague(world: World) -> None:
    ana = world.at(world.people.ana)
    for _each in range(2):
        ana.post("/en/care/concerns/new/", {**WHOLE, "noticer": "education"})
    with acting_as(world.people.ana, "test") as by:
        first, second = queries.waiting(by)
    address = f"/en/care/concerns/{first.pk}/"
    wrong = ana.post(address, {"step": "set_aside", "reason": "", "version": first.version})
    assert wrong.status_code == 422
    aside = ana.post(address, {"step": "set_aside", "reason": "double", "version": first.version})
    assert aside.status_code == 302
    given = ana.post(f"/en/care/concerns/{second.pk}/", {"step": "assign", "account": world.people.berta.pk})
    assert given.status_code == 302
    assert ana.get(f"/en/care/concerns/{second.pk}/").status_code == 404
    assert world.at(world.people.berta).get(f"/en/care/concerns/{second.pk}/").status_code == 200


def only_health_workers(world: World) -> None:
    Holding.objects.filter(account__organisation=world.people.hospital, role=Role.CASEWORKER).delete()


def test_where_nobody_of_the_own_house_takes_it_up_it_goes_to_the_office_that_the_law_names(
    world: World,
) -> None:
    only_health_workers(world)
    hugo = world.at(world.people.hugo)
    nobody = hugo.get("/en/care/notice/").content.decode()
    assert "Nobody can take up a concern here yet" in nobody
    assert "089" in nobody
    assert 'type="submit"' not in nobody[nobody.index("Nobody can take up") :]
    office = organisation("office", kind="child_protection")
    organisation("empty", kind="child_protection")  # nobody works with the site there
    person("Olga", Role.RECEIVING_SERVICE, of=office)
    page = hugo.get("/en/care/notice/").content.decode()
    assert "Who should take it up?" in page
    assert "Empty" not in page
    assert hugo.post("/en/care/notice/", WHOLE).status_code == 422  # to whom?
    refuge = {**WHOLE, "to": world.people.refuge.pk}  # there is no agreement with it
    assert hugo.post("/en/care/notice/", refuge).status_code == 422
    assert hugo.post("/en/care/notice/", {**WHOLE, "to": office.pk}).status_code == 302
    slip = hugo.get("/en/care/notice/slip/").content.decode()
    assert "Office" in slip
    with acting_as(Account.objects.get(name="Olga"), "test") as by:
        assert queries.waiting(by).get().code in slip


def test_a_concern_that_nobody_would_see_is_not_taken(world: World) -> None:
    only_health_workers(world)
    row = {name: WHOLE[name] for name in ("signs", "narrative", "age_band", "area", "urgency")}
    with acting_as(world.people.hugo, "intake") as by, pytest.raises(InputProblem) as refused:
        noticing.notice(by=by, rows=[{**row, "noticer": "health"}])
    assert refused.value.code == "children.nobody_takes_up"
    assert Happened.objects.filter(outcome="refused", kind="concern").count() == 1
    with acting_as_system("test", scopes="all"):
        assert not Concern.objects.exists()
