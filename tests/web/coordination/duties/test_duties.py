"""Duties, what is found of them state by state, and the self-assessment that makes no score."""

from __future__ import annotations

import csv
import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from cobijo.engine.pack import PACKS, validate_pack
from cobijo.errors import CobijoError
from cobijo.web.coordination.duties import queries, services
from cobijo.web.coordination.duties.capabilities import DOMAINS, capabilities
from cobijo.web.coordination.duties.models import Answer, Assessment, Compliance, Duty, Level
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from tests.web.directory.keepers import body, browser
from tests.web.people import People, person

pytestmark = pytest.mark.django_db(transaction=True)
MATRIX = "/en/coordination/duties/states/"
COMPARED = "/en/coordination/assessments/compared/"


@pytest.fixture
def cora(people: People) -> Account:
    return person("Cora", Role.COORDINATOR, of=people.hospital)


@pytest.fixture
def duty(cora: Account) -> Duty:
    row = {"code": "report", "title": "Report", "holder": "Every state", "level": "state", "law": "LGDNNA"}
    with acting_as(cora, "") as by:
        return services.add(by=by, rows=[row])[0]


def found(duty: Duty, **more: Any) -> dict[str, Any]:
    row = {
        "duty": duty,
        "area": "MX-OAX",
        "on": timezone.localdate(),
        "met": "not_met",
        "evidence": "Letter 7",
    }
    return row | more


def refused(code: str, work: Any) -> None:
    with pytest.raises(CobijoError) as wrong:
        work()
    assert wrong.value.code == code


# --- Duties ------------------------------------------------------------------------------------------------------


def test_what_nobody_found_out_is_said_to_be_unknown(people: People, cora: Account, duty: Duty) -> None:
    with acting_as(cora, "") as by:
        services.find(by=by, rows=[found(duty)])
    page = body(browser(people.hugo).get(MATRIX))
    assert len(re.findall(r"met-not_met", page)) == 1
    assert len(re.findall(r"met-unknown", page)) == 31
    assert "Add a finding" not in page
    assert "%" not in re.sub(r"<[^>]+>", "", page)


def test_the_latest_finding_holds_and_the_earlier_one_stays(cora: Account, duty: Duty) -> None:
    today = timezone.localdate()
    with acting_as(cora, "") as by:
        services.find(by=by, rows=[found(duty, met="met"), found(duty, on=today - timedelta(days=9))])
        assert queries.latest(by)[duty.pk, "MX-OAX"].met == "met"
        refused("duties.found_already", lambda: services.find(by=by, rows=[found(duty)]))
    assert Compliance.objects.count() == 2


def test_a_finding_has_evidence_a_state_and_a_day_that_has_come(cora: Account, duty: Duty) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with acting_as(cora, "") as by:
        [national] = services.add(
            by=by, rows=[{"code": "n", "title": "N", "holder": "x", "level": "national", "law": "CRC"}]
        )
        for code, row in (
            ("duties.no_evidence", found(duty, evidence=" ")),
            ("duties.state_missing", found(duty, area="")),
            ("country.area_unknown", found(duty, area="MX-XXX")),
            ("duties.no_state", found(national)),
            ("duties.found_later", found(duty, on=tomorrow)),
        ):
            refused(code, lambda row=row: services.find(by=by, rows=[row]))  # type: ignore[misc]
        services.find(by=by, rows=[found(duty, met="unknown", evidence="")])
    with pytest.raises(IntegrityError), transaction.atomic():
        Compliance.objects.update(met="met")
    with acting_as(cora, "") as by:
        refused("duties.code_taken", lambda: services.add(by=by, rows=[{"code": "report", "title": "x", "holder": "x",
                                                                        "level": "state", "law": "x"}]))  # fmt: skip


def test_no_finding_and_no_answer_says_who_a_child_is(cora: Account, duty: Duty) -> None:
    text = "La niña María López ya está en la escuela."
    with acting_as(cora, "") as by:
        for field in ("evidence", "note"):
            row = found(duty, **{field: text})
            refused("requests.names_a_child", lambda row=row: services.find(by=by, rows=[row]))  # type: ignore[misc]
        row = {"name": "A", "on": timezone.localdate(), "organisation": cora.organisation}
        [one] = services.add_assessments(by=by, rows=[row])
        answer = {
            "assessment": one,
            "capability": next(iter(capabilities())),
            "phase": "absent",
            "evidence": text,
        }
        refused("requests.names_a_child", lambda: services.answer(by=by, rows=[answer]))
    assert not Compliance.objects.exists()
    assert not Answer.objects.exists()


def test_the_matrix_costs_the_same_however_much_was_found(people: People, cora: Account, duty: Duty) -> None:
    page = browser(people.hugo)
    page.get(MATRIX)
    with CaptureQueriesContext(connection) as few:
        page.get(MATRIX)
    with acting_as(cora, "") as by:
        more = services.add(
            by=by,
            rows=[
                {"code": f"d{n}", "title": f"D{n}", "holder": "x", "level": "state", "law": "x"}
                for n in range(5)
            ],
        )
        services.find(
            by=by, rows=[found(one, area=area) for one in more for area in ("MX-OAX", "MX-PUE", "MX-CHP")]
        )
    with CaptureQueriesContext(connection) as many:
        shown = body(page.get(MATRIX))
    assert len(many) == len(few)
    assert len(re.findall(r"met-not_met", shown)) == 15


def test_others_read_and_write_nothing(people: People, duty: Duty) -> None:
    for account in (people.hugo, people.sofia, people.adela):
        with acting_as(account, "") as by, pytest.raises(Forbidden):
            services.find(by=by, rows=[found(duty)])
        assert browser(account).get("/en/coordination/duties/").status_code == 200


def test_the_duties_of_the_pack_are_loaded_once_and_say_how_sure_they_are() -> None:
    out = StringIO()
    call_command("load_duties", stdout=out)
    call_command("load_duties", stdout=out)
    first, second = out.getvalue().splitlines()
    assert int(first.split()[0]) == Duty.objects.count() > 10
    assert second.startswith("0 ")
    assert not Duty.objects.filter(source="").exists()
    assert Duty.objects.get(code="opsc-initial-report").article == "12(1)"
    assert {one.level for one in Duty.objects.all()} == {Level.STATE, Level.NATIONAL}
    assert validate_pack(PACKS / "mexico") == []


def test_every_duty_of_the_pack_has_both_languages_and_a_source_or_a_doubt() -> None:
    with (PACKS / "mexico" / "duties.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        assert row["title_es"], row
        assert row["title_en"], row
        assert row["holder_es"], row
        assert row["evidence"].startswith(("read", "GK")), row
        assert row["source"] or row["evidence"].startswith("GK"), row
        assert "prostitución infantil" not in str(row)


# --- Self-assessment ---------------------------------------------------------------------------------------------


def test_there_are_21_capabilities_in_both_languages_with_their_source() -> None:
    found = list(capabilities().values())
    assert [one.number for one in found] == list(range(1, 22))
    assert {one.domain for one in found} == set(DOMAINS)
    assert all(one.names["es"] and one.names["en"] and one.about["es"] and one.about["en"] for one in found)
    assert all(one.source for one in found)
    with translation.override("es"):
        assert capabilities()["helpline"].name == "Línea de ayuda para la niñez"


@pytest.fixture
def first(cora: Account) -> Assessment:
    with acting_as(cora, "") as by:
        row = {"name": "First", "on": timezone.localdate(), "organisation": cora.organisation}
        return services.add_assessments(by=by, rows=[row])[0]


def sent(version: int, **more: str) -> dict[str, str]:
    said = {"version": str(version)}
    for code in capabilities():
        said |= {f"{code}-phase": "building", f"{code}-evidence": "Decree 1", f"{code}-next_step": ""}
    return said | more


def test_all_capabilities_are_filled_in_on_one_page_and_then_finished(
    cora: Account, first: Assessment
) -> None:
    page = browser(cora)
    place = f"/en/coordination/assessments/{first.pk}/"
    early = page.post(f"{place}finish/", {"version": 1})
    assert early.status_code == 422
    assert "1, 2, 3" in body(early)
    wrong = page.post(f"{place}fill/", sent(1, **{"helpline-evidence": ""}))
    assert wrong.status_code == 422
    assert "Say where it can be checked" in body(wrong)
    assert not Answer.objects.exists()
    assert page.post(f"{place}fill/", sent(1)).status_code == 302
    meanwhile = page.post(f"{place}fill/", sent(1))
    assert "meanwhile" in body(meanwhile)
    again = sent(2, **{"helpline-phase": "not_said", "helpline-evidence": ""})
    assert page.post(f"{place}fill/", again).status_code == 302
    assert Answer.objects.count() == 21
    assert Answer.objects.get(capability="helpline").phase == "not_said"
    assert page.post(f"{place}finish/", {"version": 3}).status_code == 302
    late = page.post(f"{place}fill/", sent(4))
    assert late.status_code == 422
    assert "finished and stays as it is" in body(late)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.filter(capability="media").update(evidence="")


def test_versions_stand_beside_each_other_and_no_score_is_made(
    people: People, cora: Account, first: Assessment
) -> None:
    later = {"name": "Second", "on": timezone.localdate(), "organisation": cora.organisation}
    with acting_as(cora, "") as by:
        [second] = services.add_assessments(by=by, rows=[later])
        for one, phase in ((first, "absent"), (second, "working")):
            services.answer(
                by=by,
                rows=[{"assessment": one, "capability": "leadership", "phase": phase, "evidence": "Minute"}],
            )
    page = body(browser(people.hugo).get(COMPARED))
    assert page.index("First") < page.index("Second")
    assert page.index("Nothing in place") < page.index("In place and at work")
    text = re.sub(r"<[^>]+>", " ", page.split("<main")[1].split("<footer")[0])
    assert page.count("Not assessed") == 40
    for word in ("%", "average", "total", "points", "overall"):
        assert word not in text.casefold()


def test_who_may_not_change_it_cannot_fill_it_in(people: People, first: Assessment) -> None:
    place = f"/en/coordination/assessments/{first.pk}/"
    assert browser(people.hugo).get(place).status_code == 200
    assert browser(people.hugo).get(f"{place}fill/").status_code == 403
    assert browser(people.hugo).post(f"{place}finish/", {"version": 1}).status_code == 403
    assert "Fill in the capabilities" not in body(browser(people.hugo).get(place))
