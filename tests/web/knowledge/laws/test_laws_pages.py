"""Pages of laws, what is due of them, and what the country pack brings along."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cobijo.engine.pack import PACKS
from cobijo.errors import InputProblem
from cobijo.sentences import catalogue, render
from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.screens.clocks import due_for
from cobijo.web.knowledge.laws import invented, services, showing
from cobijo.web.knowledge.laws.loading import load_pack_laws
from cobijo.web.knowledge.laws.models import (
    Amendment,
    Instrument,
    Penalty,
    Proposal,
)
from cobijo.web.knowledge.laws.pack import load_laws
from tests.web.directory.keepers import body, browser
from tests.web.directory.test_organisations import imported
from tests.web.knowledge.laws.made import HOW, article, law, penalty, proposal
from tests.web.people import People, person

pytestmark = pytest.mark.django_db(transaction=True)


# --- Pages -------------------------------------------------------------------------------------------------------


def test_a_law_is_entered_by_hand_and_shows_all_that_hangs_on_it(cora: Account, people: People) -> None:
    page = browser(cora)
    new = {
        "name": "Ley de Prueba",
        "code": "prueba",
        "kind": "federal_law",
        "area": "MX",
        "source": "x",
        "evidence": "GK",
    }
    assert page.post("/en/knowledge/laws/new/", new).status_code == 302
    made = Instrument.objects.get(code="prueba")
    with acting_as(cora, "") as by:
        held = article(by, instrument=made, number="7", title="Prohibición inventada")
        services.add_penalties(
            by=by, rows=[penalty(held, min_years=Decimal("0.5"), min_fine_days=1000, max_fine_days=2000)]
        )
        services.add_proposals(by=by, rows=[proposal(instrument=made)])
        services.add_amendments(
            by=by,
            rows=[{"code": "a", "instrument": made, "title": "Reforma inventada", "on": date(2007, 3, 27),
                   "changed": "Cambió todo.", **HOW}],
        )  # fmt: skip
    said = body(browser(people.hugo).get(f"/en/knowledge/laws/{made.pk}/"))
    for words in (
        "Ley de Prueba", "Not confirmed in every part", "Prohibición inventada", "6 months to 6 years",
        "1\u202f000 to 2\u202f000 days of fine", "27 March 2007", "Cambió todo.",
        "Iniciativa inventada", "In committee",
    ):  # fmt: skip
        assert words in said, words
    assert browser(people.hugo).get(f"/en/knowledge/laws/{made.pk}/edit/").status_code == 403
    wrong = page.post("/en/knowledge/laws/new/", new | {"code": "otra", "area": "MX-OAX"})
    assert wrong.status_code == 422
    assert "does not go with where it holds" in body(wrong)
    still = page.post(f"/en/knowledge/laws/{made.pk}/remove/", {"version": 1})
    assert still.status_code == 409


def test_penalties_are_compared_over_time_and_between_states(cora: Account, people: People) -> None:
    assert "No penalty is entered yet" in body(browser(cora).get("/en/knowledge/penalties/compare/"))
    with acting_as(cora, "") as by:
        federal = article(by)
        state = article(
            by, instrument=law(by, code="oax", kind="state_code", area="MX-OAX", name="Código de Oaxaca")
        )
        services.add_penalties(
            by=by,
            rows=[
                penalty(federal, min_years=Decimal(1), max_years=Decimal(4), since=date(2000, 1, 1),
                        until=date(2007, 3, 27)),
                penalty(federal, evidence="GK: not confirmed"), penalty(state, area="MX-OAX", min_years=Decimal(6)),
                penalty(federal, offence="epros", called="Otro delito"),
            ],
        )  # fmt: skip
    page = body(browser(people.hugo).get("/en/knowledge/penalties/compare/?offence=csam"))
    assert "<svg" in page
    table = page[page.index("<table") :]
    assert table.index("1 to 4 years") > table.index("3 to 6 years")
    for words in (
        "28 March 2007",
        "not the law today",
        "Oaxaca",
        "6 years",
        "not confirmed",
        "Nothing is entered for:",
        "Chiapas",
    ):
        assert words in page, words
    assert "Otro delito</h2>" not in page
    assert "Otro delito</h2>" in body(browser(cora).get("/en/knowledge/penalties/compare/?offence=epros"))
    assert browser(cora).get("/en/knowledge/penalties/compare/?offence=nothing").status_code == 200


def test_the_pages_ask_a_fixed_number_of_questions(cora: Account) -> None:
    with acting_as(cora, "") as by:
        held = article(by)
        services.add_penalties(by=by, rows=[penalty(held)])
        services.add_proposals(by=by, rows=[proposal(instrument=held.instrument)])
    addresses = [
        f"/en/knowledge/laws/{held.instrument_id}/", "/en/knowledge/penalties/compare/", "/en/knowledge/laws/",
        "/en/knowledge/articles/", "/en/knowledge/penalties/", "/en/knowledge/law-reform/", "/en/knowledge/studies/",
    ]  # fmt: skip
    few = [_questions(cora, one) for one in addresses]
    with acting_as(cora, "") as by:
        more = services.add_articles(
            by=by, rows=[{"instrument": held.instrument, "number": f"{n}", **HOW} for n in range(2, 22)]
        )
        services.add_penalties(
            by=by, rows=[penalty(one, area="MX-OAX", offence=f"o{one.pk}") for one in more]
        )
        services.add_proposals(
            by=by, rows=[proposal(code=f"p{n}", instrument=held.instrument) for n in range(20)]
        )
        services.add_studies(
            by=by, rows=[{"code": f"s{n}", "title": "E", "who": "E", "year": 2020, **HOW} for n in range(9)]
        )
    assert [_questions(cora, one) for one in addresses] == few


def _questions(account: Account, address: str) -> int:
    page = browser(account)
    page.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert page.get(address).status_code == 200
    return len(asked)


def test_laws_go_out_and_come_in(cora: Account, people: People) -> None:
    text = "short name,kind,official title,where it holds,source,evidence\nuna,State code,Código Uno,MX-OAX,x,read\n"
    assert "1 of 1 row" in imported(cora, "/en/knowledge/laws/import/", text)
    assert "no state" in imported(
        cora, "/en/knowledge/laws/import/", text.replace("State code", "Treaty").replace("una", "dos")
    )
    found = json.loads(browser(cora).post("/en/knowledge/laws/export/", {"format": "json"}).content)
    assert [one["code"] for one in found] == ["una"]
    assert browser(people.ana).post("/en/knowledge/laws/export/", {"format": "json"}).status_code == 403


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.ANALYST, Role.PROGRAMME_OFFICER, Role.ADMINISTRATOR])
def test_others_read_laws_and_write_none(people: People, role: Role) -> None:
    with acting_as(person("Zoe", role, of=people.refuge), "") as by, pytest.raises(Forbidden):
        law(by)


# --- What is due -------------------------------------------------------------------------------------------------


def test_the_next_date_of_an_open_proposal_is_due(cora: Account, people: People) -> None:
    today = timezone.localdate()
    soon = {
        "next_on": today + timedelta(days=10),
        "next_what": "Audiencia",
        "stage_on": today - timedelta(days=90),
    }
    with acting_as(cora, "") as by:
        services.add_proposals(
            by=by,
            rows=[
                proposal(**soon), proposal(code="late", **soon | {"next_on": today - timedelta(days=1)}),
                proposal(code="far", **soon | {"next_on": today + timedelta(days=60)}), proposal(code="open"),
                proposal(code="over", stage="published", result="Es ley."),
            ],
        )  # fmt: skip
        mine = [one for one in due_for(by) if one.code.startswith("laws.")]
    assert [(one.due, one.overdue) for one in mine] == [
        (today - timedelta(days=1), True),
        (soon["next_on"], False),
    ]
    assert "Audiencia – Iniciativa inventada" in render(mine[0].code, mine[0].params)
    with acting_as(people.ana, "") as by:
        assert not [one for one in due_for(by) if one.code.startswith("laws.")]
    assert "Audiencia" in body(browser(cora).get("/en/work/"))


# --- The country pack --------------------------------------------------------------------------------------------


def test_the_pack_is_loaded_once_and_overwrites_nothing(cora: Account) -> None:
    out = StringIO()
    call_command("load_laws", stdout=out)
    read = load_laws("mexico")
    assert out.getvalue().startswith(
        f"{len(read.instruments)} treaties and laws, {len(read.articles)} articles"
    )
    assert Instrument.objects.count() == len(read.instruments) >= 25
    opsc = Instrument.objects.get(code="opsc")
    assert (opsc.adopted, opsc.in_force, opsc.ratified) == (
        date(2000, 5, 25),
        date(2002, 1, 18),
        date(2002, 3, 15),
    )
    older = Instrument.objects.get(code="lpstp")
    assert (older.ended, older.replaced_by_id) == (
        date(2012, 6, 14),
        Instrument.objects.get(code="lgpsedmtp").pk,
    )
    reform = Amendment.objects.get(code="cpf-2007")
    assert (reform.on, reform.in_force) == (date(2007, 3, 27), date(2007, 3, 28))
    assert "delitos federales" in reform.changed
    with acting_as(cora, "") as by:
        services.change_instruments(by=by, rows=[{"pk": opsc.pk, "version": 1, "abbreviation": "OPSC-2000"}])
        assert load_pack_laws(by=by) == (0, 0, 0, 0, 0)
    opsc.refresh_from_db()
    assert opsc.abbreviation == "OPSC-2000"


def test_every_row_of_the_pack_has_its_citation_and_no_penalty_passes_for_read_that_was_not() -> None:
    read = load_laws("mexico")
    for row in (*read.instruments, *read.articles, *read.changes, *read.penalties, *read.studies):
        assert row["source"]
        assert row["evidence"]
    unsure = [row for row in read.penalties if not showing.sure(row["evidence"])]
    assert [(row["number"], row["until"]) for row in unsure] == [("201 Bis", date(2007, 3, 27))]
    assert showing.sure("read")
    assert showing.sure("read (SCJN)")
    assert not showing.sure("read (dates); GK (number of the resolution)")


@pytest.mark.parametrize(
    ("file", "before", "after", "code"),
    [
        ("instruments.csv", "2000-05-25", "May 2000", "laws.pack_cell"),
        ("instruments.csv", ",lgpsedmtp,", ",nothing,", "laws.pack_unknown"),
        ("law_articles.csv", "crc,1,", "crd,1,", "laws.pack_unknown"),
        ("penalties.csv", "cpf,202,7", "cpf,999,7", "laws.pack_unknown"),
        ("penalties.csv", ",7,12,800", ",x,12,800", "laws.pack_cell"),
        ("studies.csv", "code,title_es", "code,titulo", "pack.column_missing"),
        ("law_changes.csv", "cpf-2007,cpf", ",cpf", "pack.empty"),
    ],
)
def test_a_wrong_row_of_the_pack_is_said(
    tmp_path: Path, file: str, before: str, after: str, code: str
) -> None:
    copy = tmp_path / "mexico"
    shutil.copytree(PACKS / "mexico", copy)
    text = (copy / file).read_text(encoding="utf-8")
    assert before in text
    (copy / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(InputProblem) as problem:
        load_laws(copy)
    assert problem.value.code == code
    assert catalogue()[code].format(**problem.value.params)


def test_the_demonstration_says_that_it_is_invented(cora: Account) -> None:
    for _twice in range(2):
        with acting_as_system("demonstration") as by:
            invented.add_mine(by=by, accounts={Role.COORDINATOR: cora})
    assert Proposal.objects.count() == 3
    assert all("inventad" in one.title for one in Proposal.objects.all())
    made = Penalty.objects.filter(article__instrument__kind="state_code")
    assert made.count() == 5
    assert all("inventad" in one.called and "inventad" in one.article.instrument.name for one in made)
    assert "Oaxaca" in body(browser(cora).get("/en/knowledge/penalties/compare/?offence=procuring"))
