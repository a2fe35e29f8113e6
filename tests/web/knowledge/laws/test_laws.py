"""Rules of laws, penalties, law reform and studies."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from cobijo.errors import InputProblem
from cobijo.sentences import catalogue, render
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.accounts.models import Account
from cobijo.web.knowledge.laws import services, showing
from cobijo.web.knowledge.laws.models import (
    NEXT_STAGES,
    OPEN_STAGES,
    Instrument,
    Penalty,
    Proposal,
    Stage,
    Study,
)
from tests.web.directory.keepers import body, browser
from tests.web.knowledge.laws.made import HOW, LAW, article, law, penalty, proposal

pytestmark = pytest.mark.django_db(transaction=True)


# --- Rules -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": "treaty"}, "laws.treaty_has_no_area"),
        ({"area": "MX-XXX"}, "country.area_unknown"),
        ({"area": ""}, "country.area_unknown"),
        ({"area": "MX-OAX"}, "laws.area_of_another_kind"),
        ({"kind": "state_code"}, "laws.area_of_another_kind"),
        ({"adopted": date(2010, 1, 1), "ended": date(2009, 1, 1)}, "laws.days"),
    ],
)
def test_a_law_lies_where_its_kind_says(cora: Account, given: dict[str, Any], code: str) -> None:
    with acting_as(cora, "") as by:
        with pytest.raises(InputProblem) as problem:
            law(by, **given)
        assert problem.value.code == code
        assert catalogue()[code].format(**problem.value.params)
        assert law(by, code="tratado", kind="treaty", area="").pk
        assert law(by, code="codigo", kind="state_code", area="MX-OAX").pk
        with pytest.raises(InputProblem, match=r"laws.code_taken"):
            law(by, code="codigo")
        with pytest.raises(InputProblem, match=r"laws.twice"):
            services.add_instruments(by=by, rows=[LAW, LAW])


def test_an_article_stands_once_and_a_law_does_not_replace_itself(cora: Account) -> None:
    with acting_as(cora, "") as by:
        made = article(by)
        with pytest.raises(InputProblem, match=r"laws.article_twice"):
            article(by, instrument=made.instrument)
        itself = {"pk": made.instrument.pk, "version": 1, "replaced_by": made.instrument}
        with pytest.raises(InputProblem, match=r"laws.replaces_itself"):
            services.change_instruments(by=by, rows=[itself])


def test_an_amendment_has_a_day_or_says_why_not(cora: Account) -> None:
    with acting_as(cora, "") as by:
        row = {"code": "a", "instrument": law(by), "title": "Reforma", "changed": "Mucho.", **HOW}
        with pytest.raises(InputProblem, match=r"laws.amendment_without_day"):
            services.add_amendments(by=by, rows=[row])
        with pytest.raises(InputProblem, match=r"laws.days"):
            services.add_amendments(
                by=by, rows=[row | {"on": date(2007, 3, 27), "in_force": date(2007, 1, 1)}]
            )
        [made] = services.add_amendments(by=by, rows=[row | {"dates_said": "2007"}])
        assert showing.amended(made) == "2007"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"min_years": Decimal(7)}, "laws.years_upside_down"),
        ({"min_fine_days": 100}, "laws.fine_half"),
        ({"min_fine_days": 100, "max_fine_days": 50}, "laws.fine_upside_down"),
        ({"until": date(2000, 1, 1)}, "laws.days"),
        ({"area": "MX-XXX"}, "country.area_unknown"),
        ({"min_years": Decimal(-1)}, "screens.field_wrong"),
    ],
)
def test_a_penalty_is_in_order(cora: Account, given: dict[str, Any], code: str) -> None:
    with acting_as(cora, "") as by, pytest.raises(InputProblem) as problem:
        services.add_penalties(by=by, rows=[penalty(article(by), **given)])
    assert problem.value.code == code


def test_one_law_has_one_penalty_at_a_time(cora: Account) -> None:
    with acting_as(cora, "") as by:
        held = article(by)
        other = article(by, instrument=law(by, code="otra"))
        [first] = services.add_penalties(by=by, rows=[penalty(held, until=date(2010, 1, 1))])
        for since, until in (
            (date(2009, 1, 1), None),
            (date(2000, 1, 1), None),
            (date(2008, 1, 1), date(2008, 2, 1)),
        ):
            with pytest.raises(InputProblem, match=r"laws.penalty_overlaps"):
                services.add_penalties(by=by, rows=[penalty(held, since=since, until=until)])
        with pytest.raises(InputProblem, match=r"laws.penalty_overlaps"):
            rows = [penalty(held, since=date(2011, 1, 1)), penalty(held, since=date(2012, 1, 1))]
            services.add_penalties(by=by, rows=rows)
        services.add_penalties(
            by=by,
            rows=[
                penalty(held, since=date(2010, 1, 2)), penalty(other), penalty(held, area="MX-OAX"),
                penalty(held, offence="epros"), penalty(held, since=date(1990, 1, 1), until=date(2000, 1, 1)),
            ],
        )  # fmt: skip
        with pytest.raises(InputProblem, match=r"laws.penalty_overlaps"):
            services.change_penalties(by=by, rows=[{"pk": first.pk, "version": 1, "until": None}])
        state = article(by, instrument=law(by, code="oax", kind="state_code", area="MX-OAX"))
        with pytest.raises(InputProblem, match=r"laws.penalty_of_another_area"):
            services.add_penalties(by=by, rows=[penalty(state, area="MX-CHP")])


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"next_on": date(2020, 2, 1)}, "laws.next_half"),
        ({"next_what": "Voto"}, "laws.next_half"),
        ({"next_on": date(2019, 1, 1), "next_what": "Voto"}, "laws.next_before_stage"),
        ({"stage": "rejected"}, "laws.no_result"),
        (
            {"stage": "rejected", "result": "No", "next_on": date(2020, 2, 1), "next_what": "Voto"},
            "laws.nothing_next",
        ),
        ({"position": "oppose"}, "laws.position_without_reason"),
        ({"area": "US"}, "country.area_unknown"),
    ],
)
def test_a_proposal_is_whole(cora: Account, given: dict[str, Any], code: str) -> None:
    with acting_as(cora, "") as by, pytest.raises(InputProblem) as problem:
        services.add_proposals(by=by, rows=[proposal(**given)])
    assert problem.value.code == code
    assert catalogue()[code].format(**problem.value.params)


def test_stages_follow_the_table(cora: Account) -> None:
    assert set(NEXT_STAGES) == set(Stage.values)
    assert set(OPEN_STAGES) == {
        "draft",
        "introduced",
        "committee",
        "first_chamber",
        "second_chamber",
        "approved",
    }
    with acting_as(cora, "") as by:
        for before in Stage.values:
            for after in Stage.values:
                over = {"result": "Ya."} if before not in OPEN_STAGES else {}
                [one] = services.add_proposals(
                    by=by, rows=[proposal(code=f"{before}-{after}", stage=before, **over)]
                )
                row = {
                    "pk": one.pk,
                    "version": 1,
                    "stage": after,
                    "result": "Ya.",
                    "stage_on": date(2020, 2, 1),
                }
                if after == before or after in NEXT_STAGES[before]:
                    services.change_proposals(by=by, rows=[row])
                else:
                    with pytest.raises(InputProblem, match=r"laws.stage_order") as problem:
                        services.change_proposals(by=by, rows=[row])
                    assert str(Stage(before).label) in render("laws.stage_order", problem.value.params)
        [one] = services.add_proposals(by=by, rows=[proposal()])
        back = {"pk": one.pk, "version": 1, "stage": "first_chamber", "stage_on": date(2019, 1, 1)}
        with pytest.raises(InputProblem, match=r"laws.stage_day"):
            services.change_proposals(by=by, rows=[back])


def test_a_study_says_who_approved_it_or_that_nobody_did(cora: Account) -> None:
    row = {"code": "s", "title": "Estudio", "who": "Equipo inventado", "year": 2020, **HOW}
    approved = {
        "approved_by": "Comité Inventado",
        "approval_number": "12/2020",
        "approved_on": date(2020, 1, 2),
    }
    with acting_as(cora, "") as by, translation.override("en"):
        for missing in approved:
            half = approved | {missing: None if missing == "approved_on" else ""}
            with pytest.raises(InputProblem, match=r"laws.approval_half"):
                services.add_studies(by=by, rows=[row | half | {"ethics": "approved"}])
        with pytest.raises(InputProblem, match=r"laws.approval_not_said"):
            services.add_studies(by=by, rows=[row | approved])
        whole, without = services.add_studies(
            by=by, rows=[row | approved | {"ethics": "approved"}, row | {"code": "t"}]
        )
        assert showing.approval(whole) == "Approved by Comité Inventado, no. 12/2020, 2 January 2020"
        assert showing.approval(without) == "Without a stated approval on ethics"
    page = browser(cora).get(f"/en/knowledge/studies/{without.pk}/")
    assert "Without a stated approval on ethics" in body(page)
    assert "Without a stated approval on ethics" in body(browser(cora).get("/en/knowledge/studies/"))


def test_the_database_holds_what_the_rules_say(cora: Account) -> None:
    with acting_as(cora, "") as by:
        held = article(by)
        services.add_penalties(by=by, rows=[penalty(held)])
        services.add_proposals(by=by, rows=[proposal()])
        services.add_studies(by=by, rows=[{"code": "s", "title": "E", "who": "E", "year": 2020, **HOW}])
    for rows, wrong in (
        (Instrument.objects, {"kind": "treaty"}), (Instrument.objects, {"kind": "rumour"}),
        (Penalty.objects, {"min_years": 9}), (Penalty.objects, {"min_fine_days": 3}),
        (Penalty.objects, {"until": date(1999, 1, 1)}), (Proposal.objects, {"stage": "rejected"}),
        (Proposal.objects, {"next_on": date(2030, 1, 1)}), (Proposal.objects, {"position": "support"}),
        (Proposal.objects, {"stage": "somewhere"}), (Study.objects, {"ethics": "approved"}),
        (Study.objects, {"approved_by": "x"}),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
