"""The pages, as Ana's and others' browsers see them: what is shown, what is asked, what is refused and kept."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cobijo.web.care.justice import forms, queries
from cobijo.web.care.justice.models import Alert, AllegedChild, Proceeding, Step
from cobijo.web.core.access.context import acting_as, acting_as_system
from tests.web.care.children.made import CANARY, ago
from tests.web.care.justice.conftest import IN_TWO_MONTHS, Court
from tests.web.directory.keepers import body, browser

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.usefixtures("open_vault")]
TOMORROW_ON = (timezone.localdate() + IN_TWO_MONTHS).isoformat()
STARTED = {
    "opened_on": ago(100).isoformat(), "authority": "state_prosecutor", "area": "MX-OAX", "relation": "employer",
    "part": "paid", "offender_age": "adult", "offences": ["cpf-procuring", "lgt-sexual"], "expected_by": TOMORROW_ON,
    "file_number": "FGE/12", "note": "Heard with her aunt",
}  # fmt: skip


def test_ana_writes_a_proceeding_down_step_by_step(court: Court) -> None:
    ana = browser(court.people.ana)
    tab = f"/en/justice/{court.case.pk}/"
    shown = ana.get(tab)
    assert shown.headers["Cache-Control"] == "no-store"
    assert "No proceeding yet" in body(shown)
    assert body(shown).count("<h1") == 1
    answer = ana.post(f"{tab}start/", STARTED)
    assert (answer.status_code, answer.headers["Location"]) == (302, tab)
    page = body(ana.get(tab))
    assert "It stands at: <strong>complaint</strong>." in page
    assert "ICCS 030222" in page
    assert "ICCS 02041" in page
    assert "Heard with her aunt" in page
    with acting_as(court.people.ana, "follow_up"):
        one = Proceeding.objects.get()
    said = {
        "version": 1, "to": "investigation", "on": ago(40).isoformat(), "authority": "state_prosecutor",
        "area": "MX-OAX", "expected_by": ago(0).isoformat(),
    }  # fmt: skip
    assert ana.post(f"/en/justice/proceeding/{one.pk}/step/", said).status_code == 302
    stale = ana.post(f"/en/justice/proceeding/{one.pk}/step/", said | {"to": "charge"})
    assert stale.status_code == 422
    assert "It is not saved yet" in body(stale)
    later = {"version": 2, "reason": "no_date", "until": TOMORROW_ON}
    assert ana.post(f"/en/justice/proceeding/{one.pk}/later/", later).status_code == 302
    page = body(ana.get(tab))
    assert "It has stood here for 40 days." in page
    assert "Put off 1 time; days added: 60." in page
    assert "The authority gave no date" in page


def test_what_is_refused_stays_on_the_page_with_its_sentence(court: Court) -> None:
    ana = browser(court.people.ana)
    answer = ana.post(f"/en/justice/{court.case.pk}/start/", STARTED | {"offender_age": "maybe_child"})
    page = body(answer)
    assert answer.status_code == 422
    assert "never listed as offender" in page
    assert f'href="/en/justice/{court.case.pk}/apart/"' in page
    assert "Heard with her aunt" in page
    answer = ana.post(f"/en/justice/{court.case.pk}/start/", STARTED | {"opened_on": "2026-02-31"})
    assert answer.status_code == 422
    with acting_as(court.people.ana, "follow_up"):
        assert not Proceeding.objects.exists()


def test_measures_reparation_and_corrections_have_their_forms(court: Court) -> None:
    one = court.start()
    ana = browser(court.people.ana)
    here = f"/en/justice/proceeding/{one.pk}"
    said = {
        "kind": "no_contact",
        "state": "asked",
        "asked_on": ago(9).isoformat(),
        "note": f"{CANARY} is afraid",
    }
    assert ana.post(f"{here}/measure/", said).status_code == 302
    money = {"kind": "money", "state": "ordered", "ordered_on": ago(9).isoformat(), "amount": 90000}
    assert ana.post(f"{here}/reparation/", money).status_code == 302
    with acting_as(court.people.ana, "follow_up") as by:
        (track,) = queries.tracks(by, court.case)
    (measure,), (reparation,) = track.measures, track.reparations
    assert f"{CANARY} is afraid" in body(ana.get(f"/en/justice/measure/{measure.pk}/"))
    ordered = {"state": "ordered", "ordered_on": ago(3).isoformat(), "until": TOMORROW_ON, "version": 1}
    assert ana.post(f"/en/justice/measure/{measure.pk}/", said | ordered).status_code == 302
    arrived = {"state": "partly", "received": 30000, "arrived_on": ago(1).isoformat(), "version": 1}
    assert ana.post(f"/en/justice/reparation/{reparation.pk}/", money | arrived).status_code == 302
    changed = {name: STARTED[name] for name in ("relation", "part", "offender_age", "offences")}
    changed |= {"file_number": "FGE/13", "note": "", "version": 1}
    assert ana.post(f"{here}/change/", changed).status_code == 302
    fixed = {
        "version": 1,
        "on": ago(99).isoformat(),
        "authority": "federal_prosecutor",
        "area": "",
        "verdict": "",
    }
    assert ana.post(f"/en/justice/step/{track.steps[0].pk}/", fixed).status_code == 302
    page = body(ana.get(f"/en/justice/{court.case.pk}/"))
    assert "FGE/13" in page
    assert "federal prosecutor" in page
    assert "(30 000 of 90 000)" in page.replace("\u202f", " ").replace("\u2009", " ").replace("\xa0", " ")
    with acting_as(court.people.ana, "follow_up"):
        assert Step.objects.get().version == 2


def test_the_alert_is_one_screen(court: Court) -> None:
    ana, sofia = browser(court.people.ana), browser(court.people.sofia)
    address = f"/en/justice/{court.case.pk}/alert/"
    page = body(ana.get(address))
    assert page.count("<form") == 1
    assert '<option value="MX-OAX" selected' in page
    said = {
        "done": "detained", "ground": "sold_sex", "happened_on": ago(0).isoformat(), "authority": "administrative",
        "area": "MX-OAX", "place": "Cell 4", "note": "",
    }  # fmt: skip
    assert ana.post(address, said).status_code == 302
    assert "Cell 4" in body(ana.get(f"/en/justice/{court.case.pk}/"))
    for who in (ana, sofia):
        assert "Find a legal representative now" in body(who.get("/en/work/"))
    with acting_as(court.people.ana, "follow_up"):
        one = Alert.objects.get()
    day = {"version": 1, "on": ago(0).isoformat()}
    assert ana.post(f"/en/justice/alert/{one.pk}/represented/", day).status_code == 302
    assert (
        ana.post(f"/en/justice/alert/{one.pk}/over/", day | {"version": 2, "end": "dropped"}).status_code
        == 302
    )
    assert ana.get(f"/en/justice/alert/{one.pk}/over/").status_code == 404
    assert "Dropped: the child is not punished" in body(ana.get(f"/en/justice/{court.case.pk}/"))


def test_a_child_kept_apart_is_on_the_supervisors_page_only(court: Court) -> None:
    ana, sofia = browser(court.people.ana), browser(court.people.sofia)
    tab = f"/en/justice/{court.case.pk}/"
    said = {"alleged": "recruited", "relation": "friend", "help": "none", "note": "x"}
    assert ana.post(f"{tab}apart/", said).status_code == 302
    with acting_as_system("test", scopes="all"):
        one = AllegedChild.objects.get()
    assert "Children kept apart" not in body(ana.get(tab))
    assert "Brought in other children" in body(sofia.get(tab))
    assert ana.get(f"/en/justice/apart/{one.pk}/").status_code == 404
    assert sofia.post(f"/en/justice/apart/{one.pk}/", {"version": 1, "help": "has"}).status_code == 302


def addresses(court: Court) -> list[str]:
    one = court.start()
    made = court.alert()
    with acting_as(court.people.ana, "follow_up"):
        step = Step.objects.get()
    case, proceeding = f"/en/justice/{court.case.pk}/", f"/en/justice/proceeding/{one.pk}/"
    return [
        *(case + end for end in ("", "start/", "alert/", "apart/")),
        *(proceeding + end for end in ("change/", "step/", "later/", "measure/", "reparation/")),
        f"/en/justice/step/{step.pk}/", f"/en/justice/alert/{made.pk}/represented/",
        f"/en/justice/alert/{made.pk}/over/",
    ]  # fmt: skip


def test_every_page_opens_for_who_reaches_the_case_and_is_not_there_for_others(court: Court) -> None:
    there = addresses(court)
    people = court.people
    for who in (people.ana, people.sofia):
        client = browser(who)
        for address in there:
            page = client.get(address)
            assert page.status_code == 200, address
            assert body(page).count("<h1") == 1
            assert "style=" not in body(page)
    for other in (people.berta, people.carla, people.hugo, people.rita, people.adela, people.aura):
        client = browser(other)
        for address in there:
            assert client.get(address).status_code in {403, 404}, (other.name, address)
            assert client.post(address, STARTED).status_code in {403, 404, 405}, (other.name, address)
    with acting_as(people.ana, "follow_up"):
        assert Proceeding.objects.count() == Alert.objects.count() == 1


def test_every_choice_and_label_is_there_in_spanish() -> None:
    """Whatever this room can say has its Spanish in the room's part."""
    import ast
    import json
    import re
    from pathlib import Path

    import cobijo

    root = Path(cobijo.__file__).parent
    parts = [json.loads(one.read_text()) for one in (root / "locale" / "parts").glob("*.es.json")]
    spanish = {english for part in parts for english in part}
    said = set()
    for file in [*(root / "web/care/justice").glob("*.py"), root / "sentences/justice.py"]:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "N_"}:
                said.add(ast.literal_eval(node.args[0]))
    for file in (root / "web/templates/justice").glob("*.html"):
        text = file.read_text()
        said |= set(re.findall(r'{% translate "([^"]+)"', text))
        for inside in re.findall(r"{% blocktranslate[^%]*%}(.*?){% endblocktranslate %}", text, re.S):
            for one in re.split(r"{% plural %}", inside):
                said.add(re.sub(r"{{ (\w+) }}", r"%(\1)s", " ".join(one.split())))
    assert len(said) > 250
    missing = {one for one in said if one not in spanish and one.replace("%%", "%") not in spanish}
    assert not missing, "\n".join(sorted(missing))
    assert forms.offence_name(forms.tables().offences[0])
