"""Records leave only under an agreement, name nobody, and come back as the case that they were."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import jsonschema_rs
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from cobijo.errors import CobijoError, InputProblem
from cobijo.sentences import catalogue
from cobijo.web.care.cases.models import Case
from cobijo.web.care.children.models import Child, Concept, Event, StatusDecision
from cobijo.web.care.children.writing import body_of
from cobijo.web.care.exchange.htcds import read_document
from cobijo.web.care.exchange.mapping import schema
from cobijo.web.care.sharing import agreements
from cobijo.web.care.sharing.models import SharingAgreement
from cobijo.web.care.systems import jobs, receiving, sending
from cobijo.web.care.systems.mapping import KEPT
from cobijo.web.care.systems.models import Exchange, Received
from cobijo.web.care.systems.sending import Asked
from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.accounts.models import Account, Organisation
from cobijo.web.core.audit.models import Event as Happened
from tests.web.care.children.made import CANARY
from tests.web.care.sharing.conftest import World, agreement_of
from tests.web.care.systems.conftest import ELEMENTS, SECOND, case_of

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.usefixtures("open_vault")]
VALIDATOR = jsonschema_rs.Draft202012Validator(schema())


def send(by: Account, agreement: SharingAgreement, **more: Any) -> sending.Sent:
    with acting_as(by, "transfer") as access:
        return sending.send(by=access, asked=Asked(agreement.pk, more.pop("why", "joint_work"), **more))


def records(sent: sending.Sent) -> list[dict[str, Any]]:
    document = json.loads(sent.content)
    VALIDATOR.validate(document)
    found: list[dict[str, Any]] = document["records"]
    return found


def code_of(refused: Any) -> str:
    problem = refused.value
    assert isinstance(problem, CobijoError)
    assert problem.code in catalogue()
    return problem.code


def test_records_leave_without_names_and_are_put_on_record(
    world: World, kevin: Child, agreement: SharingAgreement
) -> None:
    with acting_as_system("test", scopes="all"):
        case = case_of(kevin)
    sent = send(world.people.sofia, agreement)
    text = sent.content.decode()
    for word in (CANARY, "Kevin", "Osorio", "Lupita", "2010-08", "2012-03", "2024-05-06", "Stays here"):
        assert word not in text
    assert case.code not in text
    rows = [one for one in records(sent) if one["x_cobijo"].get("event_month")]
    assert {one["x_cobijo"]["event_month"] for one in rows} == {"2024-05", "2025-01"}
    assert {one["x_cobijo"]["reference"] for one in rows} == {sending.reference(agreement, case)}
    assert rows[0]["x_cobijo"]["age_band"] in {"15-17", "18+"}
    assert (sent.rows, sent.cases) == (3, 2)
    [noted] = Exchange.objects.all()
    assert (noted.way, noted.why, noted.rows, noted.cases) == ("sent", "joint_work", 3, 2)
    told = Happened.objects.get(action="export", kind="case")
    assert told.detail["rows"] == 3
    assert told.detail["for"] == "joint_work"
    assert told.detail["to"] == world.clinic.pk
    assert "Kevin" not in json.dumps(told.detail)


def test_a_workbook_holds_the_same(world: World, kevin: Child, agreement: SharingAgreement) -> None:
    sheet = openpyxl.load_workbook(BytesIO(send(world.people.sofia, agreement, form="xlsx").content))[
        "records"
    ]
    assert sheet.max_row == 4
    heading = [cell.value for cell in sheet[1]]
    assert "prs_Gender" in heading
    assert not {"prs_FirstName", "prs_Birthdate"} & set(heading)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        ({"for_records": False}, "systems.no_agreement"),
        ({"ends_on": timezone.localdate() - timedelta(days=1), "starts_on": date(2020, 1, 1)}, "systems.no_agreement"),
        ({"starts_on": timezone.localdate() + timedelta(days=1)}, "systems.no_agreement"),
        ({"ended_at": timezone.now()}, "systems.no_agreement"),
        ({"share_events": False, "share_names": False, "share_situation": False}, "systems.nothing_agreed"),
    ],
)  # fmt: skip
def test_without_an_agreement_that_covers_it_nothing_leaves(
    world: World, kevin: Child, agreement: SharingAgreement, spoil: dict[str, Any], code: str
) -> None:
    SharingAgreement.objects.filter(pk=agreement.pk).update(**spoil)
    with acting_as(world.people.sofia, "transfer") as by, pytest.raises(InputProblem) as refused:
        sending.send(by=by, asked=Asked(agreement.pk, "joint_work"))
    assert code_of(refused) == code
    assert not Exchange.objects.exists()


def test_a_refusal_is_put_on_record(world: World, kevin: Child, agreement: SharingAgreement) -> None:
    with acting_as(world.people.sofia, "transfer") as by:
        agreements.end(by=by, ids=[agreement.pk])
    with acting_as(world.people.sofia, "transfer") as by, pytest.raises(InputProblem):
        sending.send(by=by, asked=Asked(agreement.pk, "joint_work"))
    assert Happened.objects.filter(outcome="refused", code="systems.no_agreement", action="export").exists()


def test_an_agreement_of_others_covers_nothing(
    world: World, kevin: Child, agreement: SharingAgreement
) -> None:
    Organisation.objects.filter(pk=world.people.hospital.pk).update(kind="ngo")
    theirs = agreement_of(world.saul, _supervisor(world), for_records=True, share_events=True)
    with acting_as(world.people.sofia, "transfer") as by, pytest.raises(InputProblem) as refused:
        sending.send(by=by, asked=Asked(theirs.pk, "joint_work"))
    assert code_of(refused) == "systems.no_agreement"


def test_police_and_prosecutors_get_no_file(world: World, kevin: Child, agreement: SharingAgreement) -> None:
    for kind in ("police", "migration", "prosecution", "government", "company"):
        Organisation.objects.filter(pk=world.clinic.pk).update(kind=kind)
        with acting_as(world.people.sofia, "transfer") as by, pytest.raises(InputProblem):
            sending.send(by=by, asked=Asked(agreement.pk, "joint_work"))
    assert not Exchange.objects.exists()


def test_caseworkers_and_strangers_export_nothing(
    world: World, kevin: Child, agreement: SharingAgreement
) -> None:
    for account in (world.people.ana, world.rocio, world.people.aura, world.people.adela):
        with acting_as(account, "transfer") as by, pytest.raises(Forbidden):
            sending.send(by=by, asked=Asked(agreement.pk, "joint_work"))
    with acting_as(world.saul, "transfer") as by, pytest.raises(InputProblem) as refused:
        sending.send(by=by, asked=Asked(agreement.pk, "joint_work"))
    assert code_of(refused) == "systems.no_cases"  # none of the refuge's is within the clinic's reach


def test_what_is_not_agreed_stays(world: World, kevin: Child) -> None:
    narrow = agreement_of(world.people.sofia, world.saul, for_records=True, share_names=False, share_situation=False,
                          share_events=True)  # fmt: skip
    sent = send(world.people.sofia, narrow)
    for one in records(sent):
        assert not {"prs_Gender", "prs_PrimaryLanguage"} & one.keys()
        assert not {"age_band", "age_known", "gender"} & one["x_cobijo"].keys()
    assert sent.left_out["gender"] == 2
    assert sent.left_out["language"] == 2


def test_a_consent_brings_no_name_into_a_file(
    world: World, kevin: Child, agreement: SharingAgreement
) -> None:
    """She said yes to names for this organisation; that is for a referral's packet, never for a file."""
    world.consent(fields=["child.chosen_name", "child.given", "child.surname1", "child.birth_date"])
    sent = send(world.people.sofia, agreement)
    assert json.loads(sent.content)["pseudonymised"] is True
    assert not any(one.keys() & {"prs_FirstName", "prs_SecondName", "prs_Birthdate"} for one in records(sent))
    for word in (CANARY, "Kevin", "Osorio", "2010-08", "2012-03"):
        assert word not in sent.content.decode()
    with acting_as_system("test", scopes="all"):
        read = Happened.objects.filter(kind="child", action="see_identity")
        assert read.exists()
        assert not any("given" in json.dumps(one.detail) for one in read)


def test_a_decision_leaves_by_its_month_and_without_the_bodys_name(
    world: World, kevin: Child, agreement: SharingAgreement
) -> None:
    sent = send(world.people.sofia, agreement)
    told = [one["x_cobijo"] for one in records(sent) if "status_month" in one["x_cobijo"]]
    assert [(one["status_month"], one["status_body"]) for one in told] == [("2025-03", "protection")] * 2
    assert "2025-03-01" not in sent.content.decode()
    assert "An office" not in sent.content.decode()


def test_more_than_fit_at_once_are_not_cut_off(
    world: World, kevin: Child, agreement: SharingAgreement, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "AT_ONCE", 1)
    with acting_as(world.people.sofia, "transfer") as by, pytest.raises(InputProblem) as refused:
        sending.send(by=by, asked=Asked(agreement.pk, "joint_work"))
    assert code_of(refused) == "systems.too_many_at_once"
    assert not Exchange.objects.exists()


# --- There and back ------------------------------------------------------------------------------------------------


def _supervisor(world: World) -> Account:
    from cobijo.web.core.accounts.roles import Role
    from tests.web.people import person

    return person("Sara", Role.SUPERVISOR, of=world.people.hospital)


def _taken(world: World, agreement: SharingAgreement, content: bytes, **more: Any) -> list[Case]:
    with acting_as(world.saul, "intake") as by:
        receiving.take_in(by=by, agreement_id=agreement.pk, content=content, **more)
    with acting_as_system("test", scopes="all"):
        return list(Case.objects.filter(organisation=world.clinic).select_related("child").order_by("pk"))


def test_a_case_comes_back_with_what_happened_and_only_once(
    world: World, kevin: Child, agreement: SharingAgreement
) -> None:
    content = send(world.people.sofia, agreement, form="xlsx").content
    cases = _taken(world, agreement, content)
    assert sorted(one.area for one in cases) == ["MX-OAX", "MX-PUE"]
    assert Received.objects.count() == 2
    with acting_as_system("test", scopes="all"):
        child = next(one.child for one in cases if one.area == "MX-PUE")
        assert body_of(child) == {"gender": "trans_boy", "language": "nah"}
        assert child.age_known == "unknown"
        [first, second] = Event.objects.filter(child=child).order_by("began_on")
        assert (first.began_on, second.began_on) == (date(2024, 5, 1), date(2025, 1, 1))
        assert [body_of(one)["elements"] for one in (first, second)] == [ELEMENTS, SECOND]
        assert (first.area, second.area) == ("MX-OAX", "MX-PUE")
        assert "narrative" not in body_of(first)
        theirs = {one.concept for one in Concept.objects.filter(child=kevin, ended_at=None)}
        assert {one.concept for one in Concept.objects.filter(child=child, ended_at=None)} == theirs != set()
        # What the other body decided has no day and no ground in a file: it becomes no decision here.
        assert not StatusDecision.objects.filter(child=child).exists()
        sent_as = {
            sending.reference(agreement, one).encode()
            for one in Case.objects.exclude(organisation=world.clinic)
        }
    for kept in Received.objects.values_list("reference", flat=True):
        assert len(bytes(kept)) == 16
        assert bytes(kept) not in sent_as
    with acting_as(world.saul, "intake") as by:
        again = receiving.try_out(by=by, agreement_id=agreement.pk, content=content)
        assert (len(again.good), again.again) == (0, 2)
        with pytest.raises(InputProblem) as refused:
            receiving.take_in(by=by, agreement_id=agreement.pk, content=content)
    assert code_of(refused) == "systems.nothing_to_take"


def test_a_dry_run_writes_nothing(world: World, kevin: Child, agreement: SharingAgreement) -> None:
    content = send(world.people.sofia, agreement).content
    with acting_as_system("test", scopes="all"):
        before = (Child.objects.count(), Event.objects.count(), Exchange.objects.count())
    with acting_as(world.saul, "intake") as by:
        trial = receiving.try_out(by=by, agreement_id=agreement.pk, content=content)
    assert (trial.records, len(trial.good), trial.events) == (3, 2, 2)
    assert trial.problems == ()
    with acting_as_system("test", scopes="all"):
        assert (Child.objects.count(), Event.objects.count(), Exchange.objects.count()) == before
    assert not {name for name in trial.not_kept if name in KEPT}


def test_both_official_spellings_are_read_and_what_is_wrong_is_said(
    world: World, agreement: SharingAgreement
) -> None:
    rows = [
        {"prs_FirstName": "Sol", "hte_State": "MX-OAX", "hte_Date": "2024-02-03", "vic_TypeOfExploitation":
         "SexualExploitation", "vic_RelationshipToTrafficker": "Unaquainted"},
        {"prs_First_Name": "Mar", "hte_State": "MX-PUE", "grp/vic_TypeOfExploitation": "SexualExploitation",
         "vic_RelationshipToTrafficker": "Unacquainted", "vic_Methods_of_Control": "DebtBondage "},
        {"prs_Gender": "Purple", "hte_State": "MX-XXX"},
        {"hte_Date": "2990-01-01", "hte_State": "MX-OAX"},
        {"prs_Gender": "Feminine"},
    ]  # fmt: skip
    content = json.dumps(rows).encode()
    with acting_as(world.saul, "intake") as by:
        trial = receiving.try_out(by=by, agreement_id=agreement.pk, content=content)
        there = receiving.try_out(by=by, agreement_id=agreement.pk, content=content, area="MX-GRO")
    assert [one.row for one in trial.good] == [1, 2]
    assert [one.events[0]["elements"] for one in trial.good] == [
        {"purpose_sexual": True, "third_party_relation": "stranger"}
    ] * 2
    assert trial.identities == {"prs_FirstName": 1, "prs_First_Name": 1}
    assert trial.not_kept == {"control": 1}
    assert [(one.row, one.code) for one in trial.problems] == [
        (3, "exchange.code"), (3, "country.area_unknown"), (4, "children.day_to_come"), (5, "systems.area_missing"),
    ]  # fmt: skip
    assert [one.row for one in there.good] == [1, 2, 5]


def test_names_in_a_file_of_theirs_are_left_out(world: World, agreement: SharingAgreement) -> None:
    row = {
        "prs_FirstName": "Kevin",
        "prs_SecondName": "Osorio",
        "prs_Birthdate": "2010-08-01",
        "hte_State": "MX-OAX",
    }
    [case] = _taken(world, agreement, json.dumps([row]).encode())
    with acting_as_system("test", scopes="all"):
        assert body_of(case.child) == {}
        assert case.child.age_known == "unknown"


@pytest.mark.parametrize("month", ["0000-05", "0999-01", "2024-13", "2024-5"])
def test_a_month_that_is_none_is_one_sentence(world: World, agreement: SharingAgreement, month: str) -> None:
    content = json.dumps([{"hte_State": "MX-OAX", "x_cobijo": {"event_month": month}}]).encode()
    with acting_as(world.saul, "intake") as by:
        trial = receiving.try_out(by=by, agreement_id=agreement.pk, content=content)
    assert [(one.row, one.code) for one in trial.problems] == [(1, "exchange.text_wrong")]


def test_a_day_that_is_none_is_one_sentence() -> None:
    """What the schema lets through and no calendar knows."""
    one = receiving.Incoming(7, "", case={"area": "MX-OAX"})
    one.events.append({"began_on": "0000-05-01", "area": "", "elements": {}})
    found = receiving._problem(one)
    assert found is not None
    assert (found.row, found.code) == (7, "exchange.day")


def test_of_two_who_take_in_the_same_record_one_is_told(
    world: World, kevin: Child, agreement: SharingAgreement, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = send(world.people.sofia, agreement).content
    assert len(_taken(world, agreement, content)) == 2
    monkeypatch.setattr(receiving, "_came_before", lambda *told: set())  # both had read before either wrote
    with acting_as(world.saul, "intake") as by, pytest.raises(InputProblem) as refused:
        receiving.take_in(by=by, agreement_id=agreement.pk, content=content)
    assert code_of(refused) == "systems.taken_meanwhile"
    with acting_as_system("test", scopes="all"):
        assert Case.objects.filter(organisation=world.clinic).count() == 2
    assert Happened.objects.filter(outcome="refused", code="systems.taken_meanwhile").exists()


def test_only_a_supervisor_takes_in(world: World, agreement: SharingAgreement) -> None:
    for account in (world.rocio, world.people.ana, world.people.aura):
        with acting_as(account, "intake") as by, pytest.raises(Forbidden):
            receiving.take_in(by=by, agreement_id=agreement.pk, content=b'[{"hte_State": "MX-OAX"}]')


# --- Long work and pages -------------------------------------------------------------------------------------------


def test_a_large_file_is_long_work(
    world: World, kevin: Child, agreement: SharingAgreement, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cobijo.web.core.jobs import outbox, running

    monkeypatch.setattr(jobs, "CHUNK", 1)
    job = jobs.ask(by=world.people.sofia, asked=Asked(agreement.pk, "figures", since=date(2020, 1, 1)))
    running.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.code) == ("done", "systems.sent")
    file, content = outbox.fetch(by=world.people.sofia, job_id=job.pk)
    assert len(read_document(content)) == file.rows == 3
    assert Exchange.objects.get().why == "figures"


def test_a_file_that_waits_stays_where_it_is_when_the_agreement_ends(
    world: World, kevin: Child, agreement: SharingAgreement
) -> None:
    from cobijo.web.core.jobs import outbox, running

    job = jobs.ask(by=world.people.sofia, asked=Asked(agreement.pk, "figures", since=date(2020, 1, 1)))
    running.run(job.pk)
    with acting_as(world.people.sofia, "") as by:
        agreements.end(by=by, ids=[agreement.pk])
    with pytest.raises(CobijoError) as refused:
        outbox.fetch(by=world.people.sofia, job_id=job.pk)
    assert code_of(refused) == "systems.no_agreement"


def test_long_work_is_on_record_before_its_file_can_be_fetched(
    world: World, kevin: Child, agreement: SharingAgreement, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cobijo.web.core.jobs import running
    from cobijo.web.core.jobs.models import StoredFile

    there: list[bool] = []
    noted = sending.note

    def note(*args: Any, **told: Any) -> Exchange:
        there.append(StoredFile.objects.exists())
        return noted(*args, **told)

    monkeypatch.setattr(sending, "note", note)
    job = jobs.ask(by=world.people.sofia, asked=Asked(agreement.pk, "figures"))
    running.run(job.pk)
    assert there == [False]
    assert StoredFile.objects.filter(job_id=job.pk).exists()
    assert Exchange.objects.count() == 1


def test_an_agreement_that_ends_stops_the_long_work(
    world: World, kevin: Child, agreement: SharingAgreement
) -> None:
    from cobijo.web.core.jobs import running
    from cobijo.web.core.jobs.models import StoredFile

    job = jobs.ask(by=world.people.sofia, asked=Asked(agreement.pk, "figures"))
    with acting_as(world.people.sofia, "") as by:
        agreements.end(by=by, ids=[agreement.pk])
    running.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.code) == ("failed", "systems.no_agreement")
    assert not StoredFile.objects.exists()


@pytest.fixture
def sofia(world: World, monkeypatch: pytest.MonkeyPatch) -> Client:
    from cobijo.web.core.accounts import sessions

    monkeypatch.setattr(sessions, "reauthenticated_recently", lambda request: True)
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    client.force_login(world.people.sofia)
    return client


def test_the_pages_hand_over_and_take_in(
    world: World, kevin: Child, agreement: SharingAgreement, sofia: Client
) -> None:
    page = sofia.get("/en/care/systems/").content.decode()
    assert "Clinic" in page
    wrong = sofia.post("/en/care/systems/send/", {"agreement": agreement.pk, "form": "json"})
    assert wrong.status_code == 422
    answer = sofia.post(
        "/en/care/systems/send/", {"agreement": agreement.pk, "form": "json", "why": "research"}
    )
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert len(read_document(answer.content)) == 3
    there = Client(headers={"host": "localhost"}, raise_request_exception=False)
    there.force_login(world.saul)
    tried = there.post(
        "/en/care/systems/take/",
        {"agreement": agreement.pk, "records": SimpleUploadedFile("records.json", answer.content)},
    )
    body = tried.content.decode()
    assert "Take in 2 cases" in body
    assert Received.objects.count() == 0
    file = body.split('name="file" value="')[1].split('"')[0]
    taken = there.post("/en/care/systems/take/", {"agreement": agreement.pk, "file": file, "area": ""})
    assert "2 cases of Refuge were opened." in taken.content.decode()
    assert Received.objects.count() == 2
    again = there.post("/en/care/systems/take/", {"agreement": agreement.pk, "file": file, "area": ""})
    assert again.status_code == 422
    assert Exchange.objects.filter(way="taken").count() == 1
    assert "handed over" in sofia.get("/en/care/systems/").content.decode().lower()


def test_a_kept_file_that_is_refused_stays_and_the_refusal_is_on_record(
    world: World, kevin: Child, agreement: SharingAgreement
) -> None:
    from cobijo.web.core.jobs.models import StoredFile

    content = send(world.people.sofia, agreement).content
    there = Client(headers={"host": "localhost"}, raise_request_exception=False)
    there.force_login(world.saul)
    for _time in range(2):
        records_ = SimpleUploadedFile("records.json", content)
        there.post("/en/care/systems/take/", {"agreement": agreement.pk, "records": records_})
    first, second = StoredFile.objects.order_by("pk").values_list("pk", flat=True)
    asked = {"agreement": agreement.pk, "area": ""}
    assert there.post("/en/care/systems/take/", asked | {"file": first}).status_code == 200
    refused = there.post("/en/care/systems/take/", asked | {"file": second})
    assert refused.status_code == 422
    assert "No case of this file can be taken in" in refused.content.decode()
    assert [one.pk for one in StoredFile.objects.all()] == [second]
    assert Happened.objects.filter(outcome="refused", code="systems.nothing_to_take").count() == 1
    assert Exchange.objects.filter(way="taken").count() == 1


def test_a_file_that_is_none_is_one_sentence(world: World, agreement: SharingAgreement) -> None:
    there = Client(headers={"host": "localhost"}, raise_request_exception=False)
    there.force_login(world.saul)
    for content, said in (
        (b"PK\x03\x04 not a workbook", "holds no records"),
        (b"hello", "not JSON"),
    ):
        answer = there.post(
            "/en/care/systems/take/",
            {"agreement": agreement.pk, "records": SimpleUploadedFile("x", content)},
        )
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert (
        "Choose a file first"
        in there.post("/en/care/systems/take/", {"agreement": agreement.pk}).content.decode()
    )


@pytest.mark.parametrize("change", [{"rows": 1}, {"why": "research"}])
def test_what_left_stays_on_record(
    world: World, kevin: Child, agreement: SharingAgreement, change: dict[str, Any]
) -> None:
    send(world.people.sofia, agreement)
    with pytest.raises(DatabaseError), transaction.atomic():
        Exchange.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Exchange.objects.all().delete()
    assert Exchange.objects.get().rows == 3
