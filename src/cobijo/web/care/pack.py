"""The care part of a country pack: clocks, duties, capacity, retention, protection offices and offences.

tables = load_care_tables("mexico")     # one that comes with Cobijo, or any folder; read once
tables.hours("high")                    # 24

`pack_checks.check_care_tables` finds what can be read but is not right.

No row of these tables is law by itself: each says in `evidence` how sure it is, and `confirmed` is false for
what a lawyer of the country has still to confirm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from cobijo.engine.pack.reading import find_folder, read_toml
from cobijo.web.care.pack_rows import SURE, Row, read_table

LEVELS = ("immediate", "high", "medium", "low")
WHO_CONSENTS = ("child", "representative", "nobody")
CHILD_SAYS = ("told", "assent", "consent")
AFTER = ("erase", "review")
OFFICE_LEVELS = ("federal", "state")
ANYONE = "anyone"


@dataclass(frozen=True)
class RiskClock:
    level: str
    hours: int
    names: Mapping[str, str]
    evidence: str


@dataclass(frozen=True)
class Duty:
    """A duty to report. `article` and `hours` are empty where no source has confirmed them."""

    profession: str
    names: Mapping[str, str]
    duty: Mapping[str, str]
    law: str
    article: str
    to: Mapping[str, str]
    hours: int | None
    evidence: str

    @property
    def confirmed(self) -> bool:
        return self.evidence.startswith(SURE)


@dataclass(frozen=True)
class Capacity:
    """Who decides at an age (both ends included), and what the child says in it."""

    decision: str
    age_from: int
    age_to: int
    consent_by: str
    child_says: str
    refusal_binds: bool
    evidence: str


@dataclass(frozen=True)
class Retention:
    purpose: str
    names: Mapping[str, str]
    starts: str
    months: int
    after: str
    review_months: int
    evidence: str


@dataclass(frozen=True)
class Office:
    """A protection office. Its contact is empty until somebody has verified it."""

    code: str
    level: str
    area: str
    names: Mapping[str, str]
    phone: str
    email: str
    verified: str
    evidence: str

    @property
    def reachable(self) -> bool:
        return bool(self.verified and (self.phone or self.email))


@dataclass(frozen=True)
class Offence:
    """A national article with its code in the crime classification (ICCS) and the concept it answers to."""

    code: str
    law: str
    article: str
    names: Mapping[str, str]
    iccs: str
    iccs_evidence: str
    concept: str
    evidence: str


@dataclass(frozen=True)
class CareTables:
    """All tables of the care part, in the order of their files."""

    risk_clocks: tuple[RiskClock, ...]
    duties: tuple[Duty, ...]
    capacity: tuple[Capacity, ...]
    retention: tuple[Retention, ...]
    offices: tuple[Office, ...]
    offences: tuple[Offence, ...]

    @cached_property
    def _hours(self) -> Mapping[str, int]:
        return {clock.level: clock.hours for clock in self.risk_clocks}

    def hours(self, level: str) -> int:
        """Within how many hours somebody must act on a risk of this level.

        >>> load_care_tables("mexico").hours("low")
        168
        """
        return self._hours[level]

    def duties_of(self, profession: str) -> tuple[Duty, ...]:
        """What a profession must report: its own rows first, then those of everybody."""
        own = tuple(duty for duty in self.duties if duty.profession == profession != ANYONE)
        return own + tuple(duty for duty in self.duties if duty.profession == ANYONE)

    def capacity_at(self, decision: str, age: int | None) -> Capacity:
        """The rule for a decision at an age; with an unknown age the row of the oldest child.

        That row asks most of the child's own word; it never lets a person decide alone who may be a child.
        """
        rows = [row for row in self.capacity if row.decision == decision]
        if not rows:
            raise KeyError(decision)
        if age is None:
            return max((row for row in rows if row.age_to < 18), key=lambda row: row.age_to)
        return next(row for row in rows if row.age_from <= age <= row.age_to)

    def keep(self, purpose: str) -> Retention:
        return next(row for row in self.retention if row.purpose == purpose)

    def office_for(self, area: str) -> Office:
        """The protection office of a state, and the federal one where the pack knows none."""
        own = next((office for office in self.offices if office.area == area and area), None)
        return own or next(office for office in self.offices if office.level == "federal")

    def offence(self, code: str) -> Offence:
        return next(row for row in self.offences if row.code == code)


@lru_cache(maxsize=8)
def load_care_tables(name_or_path: str | Path) -> CareTables:
    """Read the tables of a pack; raises `InputProblem` with file, row and mend for the first that is wrong."""
    read = open_folder(name_or_path)
    return CareTables(
        read.risk_clocks(), read.duties(), read.capacity(), read.retention(), read.offices(), read.offences()
    )


@dataclass(frozen=True)
class Reader:
    """Reads each table of one folder."""

    folder: Path
    languages: tuple[str, ...]

    def rows(self, file: str) -> Iterator[Row]:
        yield from read_table(self.folder, file, self.languages)

    def risk_clocks(self) -> tuple[RiskClock, ...]:
        return tuple(
            RiskClock(row.one_of("level", LEVELS), row.number("hours"), row.names(), row.evidence())
            for row in self.rows("risk_clocks.csv")
        )

    def duties(self) -> tuple[Duty, ...]:
        return tuple(
            Duty(
                row.text("profession"),
                row.names(),
                row.names("duty"),
                row.text("law"),
                row.get("article"),
                row.names("to"),
                row.number("hours") if row.get("hours") else None,
                row.evidence(),
            )
            for row in self.rows("duty_to_report.csv")
        )

    def capacity(self) -> tuple[Capacity, ...]:
        return tuple(
            Capacity(
                row.text("decision"),
                row.number("age_from"),
                row.number("age_to"),
                row.one_of("consent_by", WHO_CONSENTS),
                row.one_of("child_says", CHILD_SAYS),
                row.one_of("refusal_binds", ("yes", "no")) == "yes",
                row.evidence(),
            )
            for row in self.rows("capacity.csv")
        )

    def retention(self) -> tuple[Retention, ...]:
        return tuple(
            Retention(
                row.text("purpose"),
                row.names(),
                row.text("starts"),
                row.number("months"),
                row.one_of("after", AFTER),
                row.number("review_months"),
                row.evidence(),
            )
            for row in self.rows("retention.csv")
        )

    def offices(self) -> tuple[Office, ...]:
        return tuple(
            Office(
                row.text("code"),
                row.one_of("level", OFFICE_LEVELS),
                row.get("area"),
                row.names(),
                row.get("phone"),
                row.get("email"),
                row.day("verified"),
                row.evidence(),
            )
            for row in self.rows("protection_offices.csv")
        )

    def offences(self) -> tuple[Offence, ...]:
        return tuple(
            Offence(
                row.text("code"),
                row.text("law"),
                row.get("article"),
                row.names(),
                row.matching("iccs", "[0-9]{2,6}"),
                row.evidence("iccs_evidence"),
                row.get("concept"),
                row.evidence(),
            )
            for row in self.rows("offences.csv")
        )


def open_folder(name_or_path: str | Path) -> Reader:
    folder = find_folder(name_or_path)
    languages = tuple(str(one) for one in read_toml(folder / "pack.toml").get("languages", ("en",)))
    return Reader(folder, languages)
