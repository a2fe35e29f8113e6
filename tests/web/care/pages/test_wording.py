"""Notes on the words of what a worker wrote: for whoever may change it, never under what a child said."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.utils import timezone

from cobijo.web.care.cases import forms as case_forms
from cobijo.web.care.cases import services, work
from cobijo.web.care.cases.models import Case
from cobijo.web.care.children import forms as child_forms
from cobijo.web.care.children import services as children
from cobijo.web.care.children.models import Child
from cobijo.web.care.children.views import child as view
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.screens.wording import AS_SAID, Written
from tests.web.care.pages.conftest import World

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TEXT = "Salió de la prostitución infantil."
NOTE = "One word to look at."


def test_a_workers_text_has_its_note_on_the_childs_record(world: World) -> None:
    ana = world.at(world.people.ana)
    assert NOTE not in ana.get(world.record).content.decode()
    with acting_as(world.people.ana, "intake") as by:
        children.record_events(by=by, rows=[{"child": Child.objects.get(), "narrative": TEXT}])
    assert ana.get(world.record).content.decode().count(NOTE) == 1
    with acting_as(world.people.ana, "intake") as by:
        row = {"pk": world.child.pk, "version": 1, "safe_contact": TEXT, "disability_accommodations": TEXT}
        children.change(by=by, rows=[row])
    # The narrative and the safe contact; what the child says of what it needs stands as it was said.
    assert ana.get(world.record).content.decode().count(NOTE) == 2


def test_a_workers_text_has_its_note_on_the_case_and_a_childs_words_have_none(world: World) -> None:
    ana = world.at(world.people.ana)
    with acting_as(world.people.ana, "follow_up") as by:
        case = Case.objects.get(pk=world.case.pk)
        services.assess(by=by, rows=[{"case": case, "version": case.version, "risk": "low", "wishes": TEXT}])
        today = timezone.localdate()
        work.write_safety_plans(by=by, rows=[{"case": case, "tonight": TEXT, "good_until": today}])
    page = ana.get(world.page).content.decode()
    assert page.count(TEXT) == 2
    assert NOTE not in page
    with acting_as(world.people.ana, "follow_up") as by:
        work.add_plan_items(by=by, rows=[{"case": case, "goal": TEXT, "doer": "worker", "due_on": today}])
        note = {"kind": "visit", "planned_on": today, "note": TEXT, "wishes": TEXT}
        work.plan_follow_ups(by=by, rows=[{"case": case} | note])
    assert ana.get(world.page).content.decode().count(NOTE) == 2


def test_only_whoever_may_change_it_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with acting_as(world.people.ana, "intake") as by:
        children.record_events(by=by, rows=[{"child": Child.objects.get(), "narrative": TEXT}])
    decide = view.decide
    monkeypatch.setattr(
        view, "decide", lambda who, action, *rest: action != "change" and decide(who, action, *rest)
    )
    page = world.at(world.people.ana).get(world.record).content.decode()
    assert TEXT in page
    assert NOTE not in page


def test_on_forms_a_childs_own_words_are_nobodys_to_correct(world: World) -> None:
    said = {
        "AssessmentForm": {"wishes"}, "SafetyPlanForm": {"tonight", "warning_signs", "people", "places"},
        "FollowUpForm": {"wishes"}, "OutcomeForm": {"words"}, "DeterminationForm": {"wishes"},
    }  # fmt: skip
    with acting_as(world.people.ana, "follow_up"):
        made: list[Any] = [getattr(case_forms, name)() for name in said]
        for form in made:
            for name, field in form.fields.items():
                if isinstance(field.widget, forms.Textarea):
                    expected = name in said[type(form).__name__]
                    assert (AS_SAID in field.widget.attrs) == expected, (form, name)
                    assert isinstance(field.widget, Written) != expected
        child = child_forms.ChildForm()
        assert AS_SAID in child.fields["disability_accommodations"].widget.attrs
        assert isinstance(child.fields["safe_contact"].widget, Written)
