"""Non-punishment: the task at once, the clock, the end; and that nothing identifying can be in what leaves."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cobijo.engine.pack import load_pack
from cobijo.errors import CobijoError, InputProblem, WrongUsage
from cobijo.sentences import catalogue
from cobijo.web.care.cases.models import Case, Task
from cobijo.web.care.children.models import Child
from cobijo.web.care.justice import alerts, queries
from cobijo.web.care.justice.choices import Ground
from cobijo.web.care.justice.models import Alert
from cobijo.web.care.justice.pattern import MONTH, Pattern, pattern_of
from cobijo.web.core import reactions
from cobijo.web.core.access.context import acting_as, current
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.audit.models import Event as Happened
from cobijo.web.core.reactions import on
from cobijo.web.core.screens.clocks import due_for
from tests.web.care.children.made import CANARY, LUPITA, ago
from tests.web.care.justice.conftest import Court

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.usefixtures("open_vault")]
AREAS = {area.code for area in load_pack("mexico").areas}


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What a room above hears, and what it can see of children while it listens."""
    monkeypatch.setattr(
        reactions, "_reactions", {name: list(known) for name, known in reactions._reactions.items()}
    )
    told: list[dict[str, Any]] = []

    def listen(*, by: Any, **what: Any) -> None:
        told.append({"by": by, "what": what, "current": current(), "alerts": queries.alerts(by).count()})

    on("non_punishment_alert", listen)
    return told


def waiting(court: Court, who: Any) -> list[Any]:
    with acting_as(who, "follow_up") as by:
        return [due for due in due_for(by) if due.code == "justice.find_a_lawyer"]


def test_the_story_of_an_alert(court: Court, heard: list[dict[str, Any]]) -> None:
    """Ana learns that Lupita was detained; task and clock are there at once, for her and Sofia and nobody else."""
    one = court.alert()
    people = court.people
    with acting_as(people.ana, "follow_up") as by:
        task = Task.objects.get(pk=one.task_id)
        assert (task.kind, task.risk, task.state, task.due_on) == (
            "represent", "immediate", "open", timezone.localdate(),
        )  # fmt: skip
        assert (timezone.now() - one.act_by).total_seconds() >= 0  # an immediate clock runs out at once
        both = due_for(by)[:2]
        assert {(one_due.code, one_due.level) for one_due in both} == {
            ("cases.task_due", "urgent"), ("justice.find_a_lawyer", "urgent"),
        }  # fmt: skip
        assert {one_due.params.get("done", "detained") for one_due in both} == {"detained"}
        assert CANARY not in str(both)
    assert len(waiting(court, people.sofia)) == 1
    for other in (people.berta, people.carla, people.rita, people.adela, people.hugo):
        assert waiting(court, other) == []
    assert len(heard) == 1
    with acting_as(people.ana, "follow_up") as by:
        (one,) = alerts.represented(by=by, rows=[{"pk": one.pk, "version": 1, "on": ago(0)}])
        assert Task.objects.get(pk=one.task_id).state == "done"
        with pytest.raises(InputProblem) as refused:
            alerts.represented(by=by, rows=[{"pk": one.pk, "version": 2, "on": ago(0)}])
        assert refused.value.code == "justice.alert_not_open"
        with pytest.raises(InputProblem) as refused:
            alerts.end(by=by, rows=[{"pk": one.pk, "version": 2, "on": ago(3), "end": "dropped"}])
        assert refused.value.code == "justice.days_in_order"
    assert waiting(court, people.ana) == waiting(court, people.sofia) == []
    with acting_as(people.sofia, "supervision") as by:
        (one,) = alerts.end(by=by, rows=[{"pk": one.pk, "version": 2, "on": ago(0), "end": "dropped"}])
        assert (one.state, one.end, one.ended_on) == ("ended", "dropped", timezone.localdate())
        with pytest.raises(InputProblem) as refused:
            alerts.end(by=by, rows=[{"pk": one.pk, "version": 3, "on": ago(0), "end": "dropped"}])
        assert refused.value.code == "justice.alert_over"
    events = Happened.objects.filter(kind="non_punishment", outcome="done").order_by("pk")
    assert list(events.values_list("action", flat=True)) == ["add", "represented", "end"]
    assert {"justice.alert_over", "justice.alert_not_open", "justice.days_in_order"} <= set(catalogue())


def test_who_is_set_free_at_once_leaves_no_task_behind(court: Court) -> None:
    one = court.alert()
    with acting_as(court.people.ana, "follow_up") as by:
        alerts.end(by=by, rows=[{"pk": one.pk, "version": 1, "on": ago(0), "end": "not_opened"}])
        assert Task.objects.get(pk=one.task_id).state == "dropped"


def test_nothing_identifying_can_be_in_what_leaves(court: Court, heard: list[dict[str, Any]]) -> None:
    """Three codes, said by the system: no person, organisation, place, id, day or word, and no way to look them up."""
    one = court.alert()
    (told,) = heard
    assert told["what"] == {"pattern": {"area": "MX-OAX", "ground": "papers", "month": f"{ago(1):%Y-%m}"}}
    assert all(type(value) is str for value in told["what"]["pattern"].values())
    by = told["by"]
    assert (by.account_id, by.organisation_id, by.scopes, by.own, by.drops, by.roles) == (
        0, 0, (), frozenset(), (), frozenset(),
    )  # fmt: skip
    assert told["current"] == by
    assert told["alerts"] == 0
    text = json.dumps(told["what"], ensure_ascii=False).casefold()
    with acting_as(court.people.ana, "follow_up"):
        child, case = Child.objects.get(pk=court.child.pk), Case.objects.get(pk=court.case.pk)
    identity = [value for value in LUPITA.values() if isinstance(value, str) and len(value) > 5]
    secrets = [
        *identity,
        CANARY,
        child.code,
        case.code,
        str(child.key_id),
        court.people.refuge.code,
        "ana",
        "cell",
    ]
    assert not [secret for secret in secrets if secret.casefold() in text]
    assert not re.search(r"\d{4}-\d\d-\d\d", text)
    numbers = re.findall(r"\d+", text)
    assert numbers == [f"{ago(1):%Y}", f"{ago(1):%m}"], (numbers, one.pk)


@given(
    area=st.one_of(st.sampled_from(sorted(AREAS)), st.text(max_size=20)),
    ground=st.one_of(st.sampled_from(Ground.values), st.text(max_size=20), st.just("Guadalupe Vázquez")),
    month=st.one_of(st.from_regex(MONTH, fullmatch=True), st.dates().map(str), st.text(max_size=12)),
)
def test_a_pattern_has_no_place_for_anything_else(area: str, ground: str, month: str) -> None:
    try:
        made = Pattern(area=area, ground=ground, month=month)
    except CobijoError:
        assert area not in AREAS or ground not in Ground.values or not MONTH.fullmatch(month)
    else:
        assert set(made.said()) == {"area", "ground", "month"}
        assert (made.area in AREAS, made.ground in Ground.values, len(made.month)) == (True, True, 7)


def test_a_pattern_takes_states_and_no_places() -> None:
    with pytest.raises(CobijoError):
        pattern_of("MX-OAX-067", "papers", ago(1))
    with pytest.raises(WrongUsage):
        pattern_of("MX-OAX", f"papers of {CANARY}", ago(1))


@pytest.mark.parametrize(
    "wrong",
    [
        {"happened_on": ago(-1)},
        {"happened_on": LUPITA["birth_date"].replace(year=2001)},
        {"area": "MX-OAX-067"},
        {"ground": f"papers {CANARY}"},
        {"done": "arrested"},
        {"authority": "police"},
        {"place": "https://example.org/video"},
    ],
)
def test_an_alert_that_cannot_be_leaves_no_task_and_tells_nobody(
    court: Court, heard: list[dict[str, Any]], wrong: dict[str, Any]
) -> None:
    with acting_as(court.people.ana, "follow_up") as by:
        said = {"case": court.case, "done": "fined", "ground": "theft", "authority": "administrative"} | wrong
        with pytest.raises(CobijoError) as refused:
            alerts.raise_alerts(by=by, rows=[said])
        assert refused.value.code in catalogue()
        assert not Alert.objects.exists()
        assert not Task.objects.exists()
    assert heard == []
    assert Happened.objects.filter(action="alert", outcome="refused").count() == 1


def test_a_reaction_that_fails_undoes_the_whole(court: Court, heard: list[dict[str, Any]]) -> None:
    def fail(**what: Any) -> None:
        raise RuntimeError("the desk above fell over")

    on("non_punishment_alert", fail)
    with pytest.raises(RuntimeError):
        court.alert()
    with acting_as(court.people.ana, "follow_up"):
        assert not Alert.objects.exists()
        assert not Task.objects.exists()


def test_nobody_else_raises_one(court: Court, heard: list[dict[str, Any]]) -> None:
    for other in (
        court.people.berta,
        court.people.carla,
        court.people.hugo,
        court.people.rita,
        court.people.aura,
    ):
        with acting_as(other, "follow_up") as by, pytest.raises(Forbidden):
            alerts.raise_alerts(
                by=by, rows=[{"case": court.case, "done": "fined", "ground": "theft", "authority": "other"}]
            )
    assert heard == []


def test_a_closed_case_is_reopened_first(court: Court, heard: list[dict[str, Any]]) -> None:
    from cobijo.web.core.access.context import acting_as_system

    with acting_as_system("test", scopes="all"):
        Case.objects.filter(pk=court.case.pk).update(state="closed", closed_on=ago(1), closure="moved")
        court.case.refresh_from_db()
    with pytest.raises(InputProblem) as refused:
        court.alert()
    assert refused.value.code == "cases.closed"
    assert heard == []
