"""Beginning a report, writing in it, and what its rules refuse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.sentences import render
from cobijo.web.coordination.requests.models import PublicRequest, Request
from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.audit.models import Event
from cobijo.web.core.screens.clocks import due_for
from cobijo.web.core.vault import custody
from cobijo.web.knowledge.evidence import contradicting
from cobijo.web.knowledge.evidence.loading import load_evidence
from cobijo.web.knowledge.evidence.models import Contradiction, Figure
from cobijo.web.publication.reports import clocks, rules, services
from cobijo.web.publication.reports.counting import words_in
from cobijo.web.publication.reports.models import (
    Annex,
    Contributor,
    DataTable,
    Paragraph,
    Report,
    Section,
    StateClaim,
    Step,
)
from cobijo.web.publication.reports.outline import outline, requests_for_data, written
from cobijo.web.publication.reports.rules import years_after
from tests.web.directory.keepers import body, browser
from tests.web.people import People, person
from tests.web.publication.reports.room import Room, make_room, vault_open, write_all
from tests.web.shared import publish

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
PLACE = "/en/publication"
CURP = "GARC100101MOCRRN09"  # the shape only: no such number exists


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A published picture, and the key of the vault: without it nobody could check that no child is named."""
    settings.PUBLIC_DIR = publish(tmp_path / "public")
    with vault_open(tmp_path, settings):
        yield tmp_path


@pytest.fixture
def room(people: People) -> Room:
    return make_room(people)


def refused(code: str, call: Any, **named: Any) -> InputProblem:
    with pytest.raises(InputProblem) as problem, transaction.atomic():
        call(**named)
    assert problem.value.code == code
    return problem.value


def paragraph(room: Room, code: str = "III.B", **more: Any) -> Paragraph:
    with acting_as(room.cora, "") as by:
        return services.add_paragraphs(
            by=by, rows=[{"section": room.section(code), "text": "Uno dos.", **more}]
        )[0]


def test_the_outline_is_the_committees_and_says_where_it_was_read() -> None:
    heads = [code for code in outline() if "." not in code]
    assert heads == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
    assert [code for code in outline() if code.startswith("III.")] == [f"III.{one}" for one in "ABCDEFG"]
    assert [one for one, part in outline().items() if part.head] == ["III", "IV", "VIII"]
    assert list(requests_for_data()) == [f"D{number}" for number in range(1, 10)]
    assert [one for one, asked in requests_for_data().items() if asked.plan_only] == ["D8"]
    for part in (*outline().values(), *requests_for_data().values()):
        assert part.source
        assert part.evidence
        assert part.titles["en"] != part.titles["es"]
    assert all(part.asks["en"] and part.asks["es"] for part in written())


def test_a_new_report_comes_with_sections_tables_a_day_and_a_calendar(room: Room) -> None:
    page = browser(room.cora)
    new = {
        "title": "Otro", "country": "Inventada", "kind": "initial", "language": "en", "in_force_on": "2024-02-29",
    }  # fmt: skip
    assert page.post(f"{PLACE}/reports/new/", new).status_code == 302
    one = Report.objects.get(title="Otro")
    assert one.due_on == date(2026, 2, 28), "two years after a leap day"
    assert [two.code for two in one.sections.all()] == [part.code for part in written()]
    assert [two.code for two in one.tables.all()] == list(requests_for_data())
    assert [two.due_on for two in one.steps.order_by("pk")][:2] == [one.due_on, None]
    again = page.post(f"{PLACE}/reports/new/", new)
    assert "report of this title already" in body(again)
    periodic = page.post(f"{PLACE}/reports/new/", new | {"title": "Tres", "kind": "periodic"})
    assert periodic.status_code == 422
    assert "periodic report is due" in body(periodic)
    assert years_after(date(2022, 3, 1), 2) == date(2024, 3, 1)


def test_a_paragraph_without_evidence_stays_a_draft_and_one_sentence_names_it(room: Room) -> None:
    one = paragraph(room)
    page = browser(room.cora)
    there = f"{PLACE}/report-sections/{one.section_id}/"
    said = page.post(f"{PLACE}/report-paragraphs/{one.pk}/state/", {"version": 1})
    assert said.status_code == 422
    assert "Paragraph III.B 1 rests on nothing." in body(said)
    one.refresh_from_db()
    assert one.state == "draft"
    with pytest.raises(IntegrityError), transaction.atomic():
        Paragraph.objects.filter(pk=one.pk).update(state="ready")
    given = {
        "version": 1,
        "request": "Solicitud 4, sin respuesta",
        "picture_table": "",
        "statistic": "",
        "figure": "",
    }
    assert page.post(f"{PLACE}/report-paragraphs/{one.pk}/evidence/", given).status_code == 302
    assert (
        page.post(f"{PLACE}/report-paragraphs/{one.pk}/state/", {"version": 2}).headers["location"] == there
    )
    one.refresh_from_db()
    assert one.state == "ready"
    taken = page.post(f"{PLACE}/report-paragraphs/{one.pk}/evidence/", given | {"version": 3, "request": ""})
    assert taken.status_code == 422, "what is ready keeps what it rests on"
    assert "rests on nothing" in body(taken)


def test_one_question_a_page_and_paragraphs_are_numbered(room: Room) -> None:
    page = browser(room.cora)
    section = room.section("IV.B")
    where = f"{PLACE}/report-sections/{section.pk}/write/"
    assert "What must hotels, carriers and agencies do" in body(page.get(where))
    for number in (1, 2):
        went = page.post(where, {"text": f"Párrafo {number}"})
        made = Paragraph.objects.get(section=section, number=number)
        assert went.headers["location"] == f"{PLACE}/report-paragraphs/{made.pk}/evidence/"
    refused_number = {"section": section, "text": "x", "number": 2}
    with acting_as(room.cora, "") as by:
        refused("reports.number_taken", services.add_paragraphs, by=by, rows=[refused_number])
        many = services.add_paragraphs(by=by, rows=[{"section": section, "text": "x"} for _many in range(3)])
        assert [one.number for one in many] == [3, 4, 5]
        elsewhere = {"pk": many[0].pk, "version": 1, "section": room.section("V")}
        refused("reports.stays", services.change_paragraphs, by=by, rows=[elsewhere])


def test_discouraged_words_are_pointed_at(room: Room) -> None:
    one = paragraph(room, text="Contra el turismo sexual infantil en la costa.")
    shown = body(browser(room.cora).get(f"{PLACE}/report-sections/{one.section_id}/"))
    assert shown.count("“turismo sexual infantil”") == 1
    assert "sexual exploitation of children in travel and tourism" in shown or "en viajes y turismo" in shown


def test_whoever_quotes_a_figure_reads_what_it_does_not_show_and_what_is_undecided(room: Room) -> None:
    with acting_as_system("pack_figures") as by:
        load_evidence(by=by)
    figure = Figure.objects.get(code="epros-2015-border")
    one = paragraph(room, figure=figure)
    place = f"{PLACE}/report-sections/{one.section_id}/"
    shown = body(browser(room.cora).get(place))
    assert "Do not say “50,000 in Mexico”" in shown
    assert "It does not go together with 2 other figures" in shown
    assert shown.count("50\u202f000 children") == 1, "it is cited once"
    with acting_as(person("Alma", Role.ANALYST, of=room.people.hospital), "") as by:
        for held in Contradiction.objects.filter(Q(first=figure) | Q(second=figure)):
            row = {"pk": held.pk, "version": held.version, "explanation": "They count other things."}
            [held] = contradicting.explain(by=by, rows=[row])
            choice = {"contradiction": held, "report": room.report.title, "choice": "both", "reason": "Both."}
            contradicting.decide(by=by, rows=[choice])
    assert "does not go together" not in body(browser(room.cora).get(place))


def test_a_table_is_filled_from_a_protected_table_or_says_reason_and_plan(room: Room) -> None:
    one, plan = (DataTable.objects.get(report=room.report, code=code) for code in ("D2", "D8"))
    page, there = browser(room.cora), f"{PLACE}/report-tables/{one.pk}/"
    assert page.post(there, {"answer": "picture"}).headers["location"] == f"{there}picture/"
    asked = body(page.get(f"{there}picture/"))
    assert 'value="sex_age"' in asked
    assert 'value="overlap"' not in asked, "it would name the agencies"
    assert 'type="number"' not in asked
    typed = page.post(f"{there}picture/", {"version": 1, "picture_table": "mine", "differs": "x"})
    assert typed.status_code == 422
    given = {"version": 1, "picture_table": "sex_age", "differs": "Counts children."}
    assert page.post(f"{there}picture/", given).status_code == 302
    shown = body(page.get(there))
    assert "Counts children." in shown
    assert "2 813" in shown.replace("\u202f", " "), "the published cell"
    assert page.post(there, {"answer": "none"}).headers["location"] == f"{there}no-data/"
    assert page.post(f"{there}no-data/", {"version": 2, "reason": "", "plan": "x"}).status_code == 422
    assert page.post(f"{there}no-data/", {"version": 2, "reason": "r", "plan": "p"}).status_code == 302
    one.refresh_from_db()
    assert (one.answer, one.picture_table, one.differs, one.reason) == ("none", "", "", "r")
    with acting_as(room.cora, "") as by:
        row = {"pk": plan.pk, "version": 1, "answer": "picture", "picture_table": "area", "differs": "x"}
        refused("reports.plan_only", services.change_tables, by=by, rows=[row])
        row = {"pk": one.pk, "version": 3, "answer": "picture", "picture_table": "overlap", "differs": "x"}
        refused("reports.table_unknown", services.change_tables, by=by, rows=[row])
        row = {"pk": one.pk, "version": 3, "answer": "picture", "picture_table": "area"}
        refused("reports.differs_missing", services.change_tables, by=by, rows=[row])
    with pytest.raises(IntegrityError), transaction.atomic():
        DataTable.objects.filter(pk=one.pk).update(answer="picture")


def test_without_a_published_picture_no_table_can_be_chosen(room: Room, settings: Any) -> None:
    settings.PUBLIC_DIR = None
    one = DataTable.objects.get(report=room.report, code="D1")
    page = body(browser(room.cora).get(f"{PLACE}/report-tables/{one.pk}/picture/"))
    assert "No picture is published now" in page
    with acting_as(room.cora, "") as by:
        row = {"pk": one.pk, "version": 1, "answer": "picture", "picture_table": "area", "differs": "x"}
        refused("reports.table_unknown", services.change_tables, by=by, rows=[row])


def test_a_contradiction_rests_on_something(room: Room) -> None:
    page = browser(room.cora)
    where = f"{PLACE}/reports/{room.report.pk}/new/state_claim/"
    given = {"paragraph": 12, "said": "Everything is counted.", "have": "Nothing is."}
    bare = page.post(where, given)
    assert bare.status_code == 422
    assert "Say what this rests on: a figure" in body(bare)
    with acting_as(room.cora, "") as by:
        row = given | {"report": room.report}
        refused("reports.claim_rests_on_nothing", services.add_claims, by=by, rows=[row])
    assert page.post(where, given | {"picture_table": "area"}).status_code == 302
    assert page.post(where, given | {"paragraph": 3, "source": "Acta 4"}).status_code == 302
    shown = body(page.get(f"{PLACE}/reports/{room.report.pk}/"))
    assert shown.index(">3</a>") < shown.index(">12</a>"), "in the order of their paragraphs"
    assert StateClaim.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"Me llamo {CURP}", "reports.official_id"),
        (CURP.lower(), "reports.official_id"),
        ("Escríbanme a yo@correo.example", "reports.child_reachable"),
        ("Mi teléfono es 951 000 00 00", "reports.child_reachable"),
        ("La niña Xóchitl lo contó.", "reports.child_named"),
    ],
)
def test_an_annex_of_children_tells_nobody_apart(room: Room, text: str, code: str) -> None:
    row = {"report": room.report, "title": "Voz", "group": "Ocho", "accompanied_by": "Red", "text": text}
    with acting_as(room.cora, "") as by:
        refused(code, services.add_annexes, by=by, rows=[row])
        services.add_annexes(by=by, rows=[row | {"text": "En 2024 fuimos 14, de 12 a 16 años."}])
    assert not Annex.objects.get().consent


def test_of_an_annex_only_what_changes_is_looked_at_and_all_of_it_when_consent_opens_it(
    room: Room, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[list[str]] = []
    look = rules.check_no_child

    def counting(by: Any, texts: Any, row: int) -> None:
        looked.append(sorted(one for one in texts if one))
        look(by, texts, row)

    monkeypatch.setattr(rules, "check_no_child", counting)
    row = {
        "report": room.report,
        "title": "Voz",
        "group": "Ocho",
        "accompanied_by": "Red",
        "text": "Pregunten.",
    }
    whole = ["Ocho", "Pregunten.", "Red", "Voz"]
    with acting_as(room.cora, "") as by:
        [annex] = services.add_annexes(by=by, rows=[row])

        def change(**fields: Any) -> None:
            asked = {"pk": annex.pk, "version": Annex.objects.get().version, **fields}
            services.change_annexes(by=by, rows=[asked])

        change(group="Nueve", title="Voz")
        change(group="Ocho", consent=True)
        change(text="Pregunten antes.")
        assert looked == [whole, ["Nueve"], whole, ["Pregunten antes."]]
        before = Event.objects.filter(action="match", kind="vault").count()
        change(consent=False)
        assert looked[-1] == []
        assert Event.objects.filter(action="match", kind="vault").count() == before, "the index was not asked"
        refused("reports.child_named", change, text=CHILD)
        settings.KEK_FILE.unlink()
        custody.reload()
        refused("requests.vault_closed", change, consent=True)
    assert not Annex.objects.get().consent


def test_a_public_request_that_was_sent_is_evidence_and_a_confidential_one_is_not(room: Room) -> None:
    today = timezone.localdate()
    rows = [
        Request(
            title=f"Piden {public} {sent}", text="x", organisation=room.people.refuge, addressee=room.people.hospital,
            public=public, state="sent" if sent else "draft", sent_on=today if sent else None,
            looked_at=timezone.now(),
        )
        for public in (True, False)
        for sent in (True, False)
    ]  # fmt: skip
    Request.objects.bulk_create(rows)
    good, *others = PublicRequest.objects.order_by("pk")
    one = paragraph(room)
    page = browser(room.cora)
    asked = body(page.get(f"{PLACE}/report-paragraphs/{one.pk}/evidence/"))
    assert "Piden True True" in asked
    assert "Piden False True" not in asked
    with acting_as(room.cora, "") as by:
        for other in others:
            row = {"pk": one.pk, "version": 1, "asked": other}
            refused("reports.request_not_public", services.change_paragraphs, by=by, rows=[row])
        [one] = services.change_paragraphs(by=by, rows=[{"pk": one.pk, "version": 1, "asked": good}])
        services.ready(by=by, rows=[{"pk": one.pk, "version": one.version}])
    shown = body(page.get(f"{PLACE}/report-sections/{one.section_id}/"))
    assert "Request to an authority: Piden True True, Hospital, sent on" in shown
    Request.objects.filter(pk=good.pk).update(public=False)
    missing = body(page.get(f"{PLACE}/reports/{room.report.pk}/checklist/"))
    assert "Paragraph III.B 1 rests on a request that is not public any more." in missing


def test_without_the_key_of_the_vault_no_text_of_children_is_kept(room: Room, settings: Any) -> None:
    settings.KEK_FILE.unlink()
    custody.reload()
    row = {
        "report": room.report,
        "title": "Voz",
        "group": "Ocho",
        "accompanied_by": "Red",
        "text": "Pregunten.",
    }
    with acting_as(room.cora, "") as by:
        refused("requests.vault_closed", services.add_annexes, by=by, rows=[row])


def test_a_persons_number_is_refused_in_every_text(room: Room) -> None:
    with acting_as(room.cora, "") as by:
        row: Mapping[str, Any] = {"section": room.section("I"), "text": f"x {CURP} y"}
        refused("reports.official_id", services.add_paragraphs, by=by, rows=[row])
        row = {"report": room.report, "paragraph": 1, "said": CURP, "have": "x", "source": "y"}
        refused("reports.official_id", services.add_claims, by=by, rows=[row])


CHILD = "La niña Xóchitl no fue oída."


def every_text(room: Room) -> list[tuple[Any, Mapping[str, Any], str]]:
    """A service, a row in which a text is still to be put, and its field."""
    table = DataTable.objects.get(report=room.report, code="D8")
    section, step = room.section("IV.A"), Step.objects.filter(report=room.report)[0]
    number = {"pk": table.pk, "version": table.version, "answer": "none", "reason": "r", "plan": "p"}
    claim = {"report": room.report, "paragraph": 1, "said": "x", "have": "x", "source": "y"}
    return [
        (services.change, room.fresh(), "title"),
        (services.change, room.fresh(), "state_report"),
        (services.change_sections, {"pk": section.pk, "version": section.version}, "left_out"),
        *((services.add_paragraphs, {"section": room.section("I"), "text": "x"}, one)
          for one in ("text", "request", "statistic")),
        *((services.change_tables, number, one) for one in ("reason", "plan")),
        *((services.add_claims, claim, one) for one in ("said", "have", "source")),
        (services.change_steps, {"pk": step.pk, "version": step.version}, "title"),
    ]  # fmt: skip


def test_no_text_of_a_report_seems_to_name_a_child(room: Room) -> None:
    with acting_as(room.cora, "") as by:
        for service, row, name in every_text(room):
            problem = refused("reports.seems_a_name", service, by=by, rows=[{**row, name: CHILD}])
            assert problem.params["place"]
            refused(
                "reports.birth_date", service, by=by, rows=[{**row, name: "Nació el 12 de mayo de 2010."}]
            )
        row = {"section": room.section("I"), "text": CHILD}
        said = refused("reports.seems_a_name", services.add_paragraphs, by=by, rows=[row])
    assert "Row 1, I 1: the text seems to name a child. Write an age group" in render(said.code, said.params)


def test_no_text_of_a_report_names_who_spoke_in_confidence_however_it_is_written(room: Room) -> None:
    with acting_as(room.cora, "") as by:
        services.add_contributors(by=by, rows=[{"report": room.report, "name": "Red Ángeles del Sur"}])
        for said in ("según RED ANGELES\u00a0DEL  SUR.", "red\nángeles del sur", "Red An\u0301geles-del-Sur"):
            for service, row, name in every_text(room):
                refused("reports.names_in_confidence", service, by=by, rows=[{**row, name: said}])
        services.add_paragraphs(by=by, rows=[{"section": room.section("I"), "text": "Red Ángeles del Surco"}])


def test_the_calendar_ticks_on_the_work_page_in_one_query(room: Room) -> None:
    today = timezone.localdate()
    with acting_as(room.cora, "") as by:
        first, second, *_rest = Step.objects.filter(report=room.report).order_by("pk")
        services.change_steps(
            by=by,
            rows=[
                {"pk": first.pk, "version": 1, "due_on": today - timedelta(days=1)},
                {"pk": second.pk, "version": 1, "due_on": today + timedelta(days=31)},
            ],
        )
        with CaptureQueriesContext(connection) as asked:
            [due] = clocks.due_steps(by)
        assert len(asked) == 1
        assert (due.code, due.overdue, due.level) == ("reports.step_due", True, "urgent")
        assert render(due.code, due.params) == f"Informe: {first.title}."
        assert due.url == reverse("alternative_report:detail", args=[room.report.pk])
        services.change_steps(by=by, rows=[{"pk": first.pk, "version": 2, "done_on": today}])
        assert list(clocks.due_steps(by)) == []
    with acting_as(room.people.ana, "") as by:
        assert not [one for one in due_for(by) if one.code.startswith("reports.")]


def test_who_may_write_and_who_may_not(room: Room) -> None:
    with acting_as(room.pablo, "") as by:
        services.add_paragraphs(by=by, rows=[{"section": room.section("I"), "text": "x"}])
    there = f"{PLACE}/reports/{room.report.pk}/"
    for role in (Role.CASEWORKER, Role.ANALYST, Role.PROGRAMME_OFFICER, Role.ADMINISTRATOR, Role.AUDITOR):
        account = person(f"Zoe{role}", role, of=room.people.refuge)
        with acting_as(account, "") as by, pytest.raises(Forbidden):
            services.add_paragraphs(by=by, rows=[{"section": room.section("I"), "text": "x"}])
        seen = browser(account).get(there).status_code
        assert seen == (200 if role == Role.AUDITOR else 404), role
        assert browser(account).get(f"{PLACE}/report-editions/").status_code == 200
        assert browser(account).get(f"{PLACE}/report-contributors/").status_code == 403
    history = browser(room.people.aura).get(f"{there}history/")
    assert history.status_code == 200
    assert browser(room.people.aura).get(f"{there}checklist/").status_code == 403


def test_who_contributed_in_confidence_is_seen_by_keepers_only(room: Room) -> None:
    with acting_as(room.cora, "") as by:
        [one] = services.add_contributors(by=by, rows=[{"report": room.report, "name": "Grupo Callado"}])
        assert one.confidential, "until they say otherwise"
        refused(
            "reports.contributor_twice", services.add_contributors, by=by,
            rows=[{"report": room.report, "name": "grupo callado"}],
        )  # fmt: skip
        row = {"section": room.section("I"), "text": "Lo dijo el grupo callado."}
        refused("reports.names_in_confidence", services.add_paragraphs, by=by, rows=[row])
    there = f"{PLACE}/reports/{room.report.pk}/"
    assert "Grupo Callado" in body(browser(room.pablo).get(there))
    assert "Grupo Callado" not in body(browser(room.people.aura).get(there))
    assert browser(room.people.aura).get(f"{PLACE}/report-contributors/{one.pk}/").status_code in (403, 404)
    assert Contributor.objects.count() == 1


def test_words_are_counted_as_a_person_counts_them(room: Room) -> None:
    assert words_in("") == 0
    assert words_in("Uno, dos: tres (4,5 %)") == 4
    assert words_in("a b", "c") == 3
    paragraph(room, text="uno dos tres")
    shown = body(browser(room.cora).get(f"{PLACE}/reports/{room.report.pk}/"))
    assert "3 words" in shown
    assert "no limit is entered" in shown


def test_the_page_of_a_report_asks_a_fixed_number_of_times(room: Room) -> None:
    page, there = browser(room.cora), f"{PLACE}/reports/{room.report.pk}/"
    page.get(there)
    with CaptureQueriesContext(connection) as few:
        page.get(there)
    write_all(room)
    with CaptureQueriesContext(connection) as many:
        page.get(there)
    assert len(many) == len(few)
    assert Section.objects.count() == len(written())
