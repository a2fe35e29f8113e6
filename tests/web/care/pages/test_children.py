"""Search before create, the child's page, events with a preview, decisions on status, both versions of an edit."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cobijo.web.care.children import rules
from cobijo.web.care.children.models import Child, Concept, Event, StatusDecision
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.audit.models import Event as AuditEvent
from tests.web.care.children.made import CANARY
from tests.web.care.pages.conftest import World

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NEW = "/en/care/children/new/"
SAME = {"given": f"{CANARY} Guadalupe", "surname1": "Vázquez", "birth_date": "2012-03-04"}


def test_the_search_finds_and_says_why(world: World) -> None:
    page = world.at(world.people.ana).post(NEW, SAME).content.decode()
    assert world.record in page
    assert "the same given names" in page
    assert "the same day of birth" in page
    assert CANARY not in world.at(world.people.ana).get(NEW).content.decode()


def test_a_colleagues_child_is_a_code_only(world: World) -> None:
    page = world.at(world.people.berta).post(NEW, SAME).content.decode()
    assert world.child.code in page
    assert world.record not in page
    assert "with Ana" in page


def test_a_stranger_finds_nobody(world: World) -> None:
    page = world.at(world.people.carla).post(NEW, SAME).content.decode()
    assert "Nobody fits" in page
    assert world.child.code not in page


def test_none_of_these_opens_a_record(world: World) -> None:
    ana = world.at(world.people.ana)
    form = ana.post(NEW, {**SAME, "step": "new", "not_the_same": str(world.child.pk)}).content.decode()
    assert f"{CANARY} Guadalupe" in form
    row = {**SAME, "age_known": "known", "step": "save"}
    refused = ana.post(NEW, row)
    assert refused.status_code == 422
    assert world.child.code in refused.content.decode()
    assert f"{CANARY} Guadalupe" in refused.content.decode()
    made = ana.post(NEW, {**row, "not_the_same": str(world.child.pk)})
    assert made.status_code == 302
    assert made.headers["Location"] != world.record


def test_other_organisations_answer_the_same(world: World) -> None:
    def answer(given: str) -> str:
        with rules.doors(agreement=lambda own, other, purpose: True):
            page = carla.post(NEW, {**SAME, "given": given, "step": "elsewhere", "purpose": "intake"})
        return page.content.decode().split('class="preview"')[1].split("</div>")[0]

    carla = world.at(world.people.carla)
    assert answer(f"{CANARY} Guadalupe") == answer("Nadia Inventada")
    refused = carla.post(NEW, {**SAME, "step": "elsewhere", "purpose": "intake"})
    assert refused.status_code == 422
    assert "no active agreement" in refused.content.decode()
    assert f"{CANARY} Guadalupe" in refused.content.decode()


def test_who_may_open_a_record(world: World) -> None:
    people = world.people
    page = world.at(people.ana).get(world.record)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert "Only through her aunt" in page.content.decode()
    assert world.at(people.sofia).get(world.record).status_code == 200
    for other in (people.berta, people.carla, people.hugo, people.adela, people.aura):
        assert world.at(other).get(world.record).status_code == 404, other
    with acting_as(people.ana, "test"):
        assert AuditEvent.objects.filter(action="see_identity", kind="child").exists()


def test_an_edit_and_both_versions(world: World) -> None:
    ana, sofia = world.at(world.people.ana), world.at(world.people.sofia)
    address = f"{world.record}edit/"
    first = {"given": "Guadalupe", "surname1": "Vázquez", "birth_date": "2012-03-04", "age_known": "known",
             "safe_contact": "Through her teacher", "language": "zapoteco", "version": world.child.version}  # fmt: skip
    assert ana.get(address).status_code == 200
    assert ana.post(address, first).status_code == 302
    stale = sofia.post(address, {**first, "safe_contact": "Never by telephone", "language": ""})
    page = stale.content.decode()
    assert stale.status_code == 409
    assert "Through her teacher" in page
    assert "Never by telephone" in page
    assert 'value="theirs" checked' not in page.split("safe_contact")[1].split("</fieldset>")[0]
    with acting_as(world.people.ana, "test"):
        version = Child.objects.get(pk=world.child.pk).version
    chosen = {**first, "safe_contact": "Never by telephone", "language": "", "version": version}
    unsaid = sofia.post(address, {**chosen, "asked": ["safe_contact"]})
    assert unsaid.status_code == 409
    both = {"asked": ["safe_contact", "language"], "pick_safe_contact": "mine", "pick_language": "theirs"}
    assert sofia.post(address, {**chosen, **both}).status_code == 302
    record = ana.get(world.record).content.decode()
    assert "Never by telephone" in record
    assert "zapoteco" in record
    assert "Changed: version" in ana.get(f"{world.record}history/").content.decode()


def test_concepts_are_shown_before_they_are_saved(world: World) -> None:
    ana = world.at(world.people.ana)
    address = f"{world.record}event/"
    row = {"began_on": "2026-01-10", "area": "MX-OAX", "sexual_act": "yes", "exchange_given": "yes",
           "exchange_kind": ["food"]}  # fmt: skip
    page = ana.post(address, {**row, "step": "preview"})
    assert page.status_code == 200
    assert "What follows from this" in page.content.decode()
    assert "CRC, art. 34" in page.content.decode()
    with acting_as(world.people.ana, "test"):
        assert not Event.objects.exists()
    assert ana.post(address, row).status_code == 302
    with acting_as(world.people.ana, "test"):
        assert Concept.objects.filter(concept="cse", ended_at=None).exists()
        event = Event.objects.get()
    assert "CRC, art. 34" in ana.get(world.record).content.decode()
    change = f"{address}{event.pk}/"
    assert "checked" in ana.get(change).content.decode()
    assert ana.post(change, {**row, "exchange_given": "no", "exchange_promised": "no", "exchange_kind": [],
                             "version": event.version}).status_code == 302  # fmt: skip
    with acting_as(world.people.ana, "test"):
        assert not Concept.objects.filter(concept="cse", ended_at=None).exists()
    before = ana.post(address, {**row, "began_on": "2001-01-01"})
    assert before.status_code == 422
    assert "before the child was born" in before.content.decode()
    assert world.at(world.people.berta).get(address).status_code == 404


def test_a_status_is_a_decision(world: World) -> None:
    ana = world.at(world.people.ana)
    address = f"{world.record}status/"
    row = {"status": "presumed", "body_kind": "protection", "body": "Procuraduría Inventada",
           "decided_on": timezone.localdate().isoformat(), "ground": "disclosure"}  # fmt: skip
    assert ana.post(address, {**row, "body": ""}).status_code == 422
    assert ana.post(address, row).status_code == 302
    with acting_as(world.people.ana, "test"):
        assert StatusDecision.objects.get().status == "presumed"
    assert "Procuraduría Inventada" in ana.get(world.record).content.decode()


def test_lists_show_codes_only(world: World) -> None:
    for address in ("/en/care/children/", "/en/care/cases/"):
        page = world.at(world.people.ana).get(address).content.decode()
        assert CANARY not in page
        assert "Lupita" not in page
        assert world.child.code in page or world.case.code in page
        assert world.at(world.people.hugo).get(address).status_code == 403
