"""An invented report for the demonstration: every section has text, and every text says that it is invented.

It is frozen once, so that there is an edition to read, and taken up again, so that there is something to write.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any

from django.utils import timezone

from cobijo.web.coordination.requests.queries import public_requests
from cobijo.web.core.access.context import Access, acting_as
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.vault import sealing
from cobijo.web.publication.reports import editions, pictured, services
from cobijo.web.publication.reports.models import DataTable, Paragraph, Report, Section, Step
from cobijo.web.publication.reports.rules import years_after
from cobijo.web.publication.reports.states import Answer

TITLE = "Informe alternativo del país inventado"
REQUEST = "Núm. {number} (inventada), a una autoridad inventada; {what}"


@lru_cache(maxsize=1)
def words() -> Mapping[str, Any]:
    """What the report says, in Spanish."""
    package = files("cobijo.web.publication.reports")
    found: dict[str, Any] = json.loads(
        package.joinpath("data", "invented.es.json").read_text(encoding="utf-8")
    )
    return found


def add_mine(*, by: Access, accounts: Mapping[Role, Account]) -> None:
    """Once: where a report is begun already, nothing is added."""
    if Report.objects.exists():
        return
    with acting_as(accounts[Role.COORDINATOR], "demonstration") as mine:
        report = _fill(mine)
    with acting_as(accounts[Role.PUBLISHER], "demonstration") as other:  # nobody freezes the own words
        editions.freeze(by=other, rows=[{"pk": report.pk, "version": report.version}])
    report.refresh_from_db()
    with acting_as(accounts[Role.COORDINATOR], "demonstration") as mine:
        services.take_up(by=mine, rows=[{"pk": report.pk, "version": report.version}])


def _fill(by: Access) -> Report:
    today = timezone.localdate()
    force = years_after(today.replace(day=1), -3) + timedelta(days=40)
    [report] = services.add(
        by=by,
        rows=[
            {
                "title": TITLE, "country": "País Inventado", "in_force_on": force, "language": "es",
                "state_report": "Informe inicial del Estado inventado (XX/OPSC/1, inventado)", "word_limit": 10_000,
                "invented": True,
            }
        ],
    )  # fmt: skip
    _write(by, report)
    _answer(by, report)
    _beside(by, report)
    version = Report.objects.values_list("version", flat=True).get(pk=report.pk)
    [report] = services.review(by=by, rows=[{"pk": report.pk, "version": version}])
    return report


def _write(by: Access, report: Report) -> None:
    """Every section of the outline, each paragraph resting on something invented or on the published picture."""
    sections = {one.code: one for one in Section.objects.filter(report=report)}
    there, answers = pictured.available(), words()["requests"]
    asked = public_requests(by).order_by("pk").first()
    rows: list[dict[str, Any]] = []
    for code, texts in words()["texts"].items():
        for text in texts:
            number = len(rows) + 1
            row: dict[str, Any] = {"section": sections[code], "text": text}
            if code in ("III.B", "IV.A", "IX") and "sex_age" in there:
                row["picture_table"] = "sex_age"
            elif code == "VIII.B" and "area" in there:
                row["picture_table"] = "area"
            elif code == "III.D" and asked is not None:
                row["asked"] = asked
            else:
                row["request"] = REQUEST.format(number=number, what=answers[number % len(answers)])
            rows.append(row)
    made: list[Paragraph] = services.add_paragraphs(by=by, rows=rows)
    services.ready(by=by, rows=[{"pk": one.pk, "version": one.version} for one in made])


def _answer(by: Access, report: Report) -> None:
    """Some from the published picture, where there is one; the others say why not and what is planned."""
    there, rows = pictured.available(), []
    for table in DataTable.objects.filter(report=report).order_by("code"):
        row: dict[str, Any] = {"pk": table.pk, "version": table.version}
        filled = words()["filled"].get(table.code)
        if filled is not None and filled["table"] in there:
            row |= {"answer": Answer.PICTURE, "picture_table": filled["table"], "differs": filled["differs"]}
        else:
            row |= {"answer": Answer.NONE, **words()["no_data"][table.code]}
        rows.append(row)
    services.change_tables(by=by, rows=rows)


def _beside(by: Access, report: Report) -> None:
    services.add_claims(by=by, rows=[{"report": report, **one} for one in words()["claims"]])
    if sealing.is_open():  # else nobody could check that no child is named, and no text of children is kept
        services.add_annexes(by=by, rows=[{"report": report, **words()["annex"]}])
    services.add_contributors(by=by, rows=[{"report": report, **one} for one in words()["contributors"]])
    today = timezone.localdate()
    late = today - timedelta(days=200)  # the State handed its report in, months after its day
    known: tuple[dict[str, Any], ...] = (
        {"done_on": late},
        {"due_on": today - timedelta(days=20), "done_on": today - timedelta(days=20)},
        {"due_on": today + timedelta(days=5)},
        {"due_on": today + timedelta(days=12)},
    )
    steps = Step.objects.filter(report=report).order_by("pk")
    rows = [{"pk": one.pk, "version": one.version, **day} for one, day in zip(steps, known, strict=False)]
    services.change_steps(by=by, rows=rows)
