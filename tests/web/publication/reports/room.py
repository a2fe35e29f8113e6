"""A report with everything in it, for the tests of the room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cobijo.web.core.access.context import acting_as
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.vault import custody, ring
from cobijo.web.publication.reports import editions, services
from cobijo.web.publication.reports.models import DataTable, Edition, Report, Section
from tests.web.people import People, person

SECRET = "Colectiva Confidencial del Norte"
NAMED = "Red Abierta"
FORCE = date(2022, 2, 28)


@dataclass
class Room:
    people: People
    cora: Account  # coordinator
    pablo: Account  # publisher
    report: Report

    def section(self, code: str) -> Section:
        return Section.objects.get(report=self.report, code=code)

    def fresh(self) -> dict[str, Any]:
        """What a step wants to know of the report as it is now."""
        return {
            "pk": self.report.pk,
            "version": Report.objects.values_list("version", flat=True).get(pk=self.report.pk),
        }


@contextmanager
def vault_open(folder: Path, settings: Any) -> Iterator[None]:
    """A key for the vault, as long as the test runs."""
    settings.DATA_DIR = folder
    settings.KEK_FILE, settings.KEK_COMMAND = folder / "kek.txt", ""
    custody.reload()
    ring.forget()
    custody.make_kek()
    yield
    custody.reload()
    ring.forget()


def make_room(people: People) -> Room:
    cora = person("Cora", Role.COORDINATOR, of=people.hospital)
    pablo = person("Pablo", Role.PUBLISHER, of=people.refuge)
    with acting_as(cora, "") as by:
        [report] = services.add(
            by=by, rows=[{"title": "Informe", "country": "País", "in_force_on": FORCE, "language": "es"}]
        )
    return Room(people, cora, pablo, report)


def write_all(room: Room) -> None:
    """Every section, every table (one from the picture), a contradiction, an annex, two contributors."""
    with acting_as(room.cora, "") as by:
        rows = [
            {"section": one, "text": f"Texto de {one.code}.", "request": "Solicitud 1, sin respuesta"}
            for one in Section.objects.filter(report=room.report)
        ]
        rows[3]["picture_table"] = "sex_age"
        made = services.add_paragraphs(by=by, rows=rows)
        services.ready(by=by, rows=[{"pk": one.pk, "version": one.version} for one in made])
        answers = [
            {
                "pk": one.pk,
                "version": one.version,
                "answer": "none",
                "reason": "Nadie cuenta.",
                "plan": "Se contará.",
            }
            for one in DataTable.objects.filter(report=room.report).exclude(code="D2")
        ]
        one = DataTable.objects.get(report=room.report, code="D2")
        answers.append(
            {
                "pk": one.pk, "version": one.version, "answer": "picture", "picture_table": "sex_age",
                "differs": "Cuenta niñas y niños.",
            }
        )  # fmt: skip
        services.change_tables(by=by, rows=answers)
        services.add_claims(
            by=by,
            rows=[
                {
                    "report": room.report,
                    "paragraph": 7,
                    "said": "Hay datos.",
                    "have": "No los hay.",
                    "source": "Acta",
                }
            ],
        )
        services.add_annexes(
            by=by,
            rows=[
                {
                    "report": room.report, "title": "Nuestra voz", "group": "12 adolescentes", "text": "Pregunten.",
                    "accompanied_by": NAMED, "consent": True,
                }
            ],
        )  # fmt: skip
        services.add_contributors(
            by=by,
            rows=[
                {"report": room.report, "name": NAMED, "confidential": False},
                {"report": room.report, "name": SECRET, "part": "relatos secretos"},
            ],
        )


def frozen(room: Room) -> Edition:
    with acting_as(room.cora, "") as by:
        services.review(by=by, rows=[room.fresh()])
    with acting_as(room.pablo, "") as by:  # who only read it
        [made] = editions.freeze(by=by, rows=[room.fresh()])
    return made
