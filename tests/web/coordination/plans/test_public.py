"""The plans in force, for everybody: no sign-in, no draft, and nothing of what was reported."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from cobijo.web.coordination.plans import reporting, services
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from tests.web.coordination.plans.setting import Setting, in_force, make, money, plan_row
from tests.web.directory.keepers import body, browser
from tests.web.people import People, person

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/en/plans/"


@pytest.fixture
def at(people: People) -> Setting:
    return make(people)


def test_a_draft_is_shown_to_nobody(at: Setting) -> None:
    assert "No plan is in force here" in body(browser().get(PAGE))
    assert browser().get(f"{PAGE}?plan=pan").status_code == 404


def test_a_plan_in_force_is_read_without_signing_in(at: Setting) -> None:
    money(at, at.lines[0], "1000.10", "600.00", "250.05")
    in_force(at)
    today = timezone.localdate()
    row = {
        "line": at.lines[0], "period_from": today - timedelta(days=9), "period_to": today - timedelta(days=1),
        "text": "Secret words", "evidence": "Secret minute", "line_state": "under_way",
    }  # fmt: skip
    with acting_as(at.olga, "") as by:
        reporting.report(by=by, rows=[row])
        reporting.rate(
            by=by, rows=[{"line": at.lines[0], "on": today, "grade": "behind", "why": "Secret reason"}]
        )
    answer = browser().get(PAGE)
    page = body(answer)
    assert page.index("1 line is late") < page.index("How far each objective has come")
    assert "250.05 were spent" in page
    assert "Less than was promised" in page
    assert "Secret" not in page
    assert "Olga" not in page
    assert "/coordination/" not in page
    assert not answer.cookies


def test_of_several_plans_one_is_chosen_by_its_short_name(at: Setting) -> None:
    in_force(at)
    with acting_as(at.cora, "") as by:
        [other] = services.add(by=by, rows=[plan_row(code="other", name="Other plan", predecessor=at.plan)])
        [objective] = services.add_objectives(by=by, rows=[{"plan": other, "number": 1, "title": "x"}])
        line = {
            "objective": objective,
            "number": 1,
            "title": "y",
            "owner": at.people.refuge,
            "due_on": other.ends_on,
        }
        services.add_lines(by=by, rows=[line])
        services.add_evaluations(by=by, rows=[{"plan": other, "kind": "final", "due_on": other.ends_on}])
        services.begin(by=by, rows=[{"pk": other.pk, "version": 1}])
    listed = body(browser().get(PAGE))
    assert "?plan=other" in listed
    assert "?plan=pan" in listed
    assert "The plan has no budget of its own" in body(browser().get(f"{PAGE}?plan=other"))


def test_the_invented_plan_of_the_demonstration(people: People, tmp_path: Path) -> None:
    """Everything that it makes goes through the rooms' own services, so it breaks where they change."""
    from cobijo.web.coordination.duties import invented as duties
    from cobijo.web.coordination.duties.models import Answer, Compliance
    from cobijo.web.coordination.plans import invented
    from cobijo.web.coordination.plans.models import Line, Plan, ProgressReport, Rating
    from cobijo.web.core.access.context import acting_as_system

    accounts: dict[Role, Account] = {
        role: person(f"demo-{role}", role, of=people.refuge)
        for role in (Role.COORDINATOR, Role.PROGRAMME_OFFICER)
    }
    with acting_as_system("demonstration") as by:
        invented.add_mine(by=by, accounts=accounts)
        duties.add_mine(by=by, accounts=accounts)
    assert Plan.objects.get().state == "in_force"
    assert all("inventad" in title for title in Line.objects.values_list("title", flat=True))
    assert {one.side for one in Rating.objects.all()} == {"state", "civil_society"}
    assert {one.state for one in ProgressReport.objects.all()} == {"submitted", "approved"}
    assert Answer.objects.count() == 42
    assert Compliance.objects.count() > 50
    page = body(browser().get(PAGE))
    assert "more were spent than committed" in page
    assert "lines are late" in page
