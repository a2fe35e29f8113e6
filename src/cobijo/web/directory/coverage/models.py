"""What the room counts with: whom a question is about, and the counts themselves. Nothing of it is a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cobijo.web.directory.services.models import ForWhom, ServiceKind

NATIONAL = ""  # the area of a service that covers the whole country
KINDS: tuple[str, ...] = tuple(ServiceKind.values)
#: Specialised care: what a child who was exploited needs and an ordinary office does not have.
SPECIALISED: tuple[str, ...] = (
    ServiceKind.SHELTER,
    ServiceKind.MENTAL_HEALTH,
    ServiceKind.LEGAL,
    ServiceKind.REINTEGRATION,
)


@dataclass(frozen=True)
class Child:
    """Whom a service must take to count. Left empty, every service counts."""

    whom: str = ""  # girls or boys
    age: int | None = None
    disability: bool = False
    any_papers: bool = False

    def query(self) -> dict[str, str]:
        """As it stands in an address."""
        asked = {
            "whom": self.whom,
            "age": "" if self.age is None else str(self.age),
            "disability": "on" if self.disability else "",
            "any_papers": "on" if self.any_papers else "",
        }
        return {name: value for name, value in asked.items() if value}

    @property
    def anybody(self) -> bool:
        return self == Child()


@dataclass
class Count:
    """Services of open organisations: those verified of late, and those that nobody verified for half a year."""

    verified: int = 0
    stale: int = 0

    @property
    def all(self) -> int:
        return self.verified + self.stale

    @property
    def state(self) -> str:
        """none, verified, partly or stale: each has a word and a shape."""
        if not self.all:
            return "none"
        if not self.stale:
            return "verified"
        return "partly" if self.verified else "stale"


@dataclass(frozen=True)
class Group:
    """Services that do not differ in what the pages ask for."""

    kind: str
    area: str
    whom: str
    disability: bool
    any_papers: bool
    verified: bool
    number: int

    def takes(self, child: Child) -> bool:
        """Whether such a service is open to the child (the age was asked of the database)."""
        return (
            (not child.whom or self.whom in (ForWhom.ANY, child.whom))
            and (self.disability or not child.disability)
            and (self.any_papers or not child.any_papers)
        )


@dataclass(frozen=True)
class Counts:
    """The whole country's services, counted once; every page takes its numbers from here."""

    areas: tuple[str, ...]  # codes, in the pack's order
    groups: tuple[Group, ...] = ()
    cells: Mapping[tuple[str, str], Count] = field(default_factory=dict)  # (kind, area)

    def cell(self, kind: str, area: str) -> Count:
        return self.cells.get((kind, area), Count())

    def offered(self, kind: str, child: Child | None = None) -> frozenset[str]:
        """The areas that have a service of a kind in place, for a child."""
        wanted = child or Child()
        found = {one.area for one in self.groups if one.kind == kind and one.takes(wanted)}
        return frozenset(found)

    def missing(self, kind: str, child: Child | None = None) -> tuple[str, ...]:
        """The areas that have none in place."""
        there = self.offered(kind, child)
        return tuple(area for area in self.areas if area not in there)

    def only_stale(self, kind: str) -> tuple[str, ...]:
        """The areas whose every service of the kind waits to be verified."""
        return tuple(area for area in self.areas if self.cell(kind, area).state == "stale")

    @property
    def total(self) -> int:
        return sum(one.number for one in self.groups)

    @property
    def stale(self) -> int:
        return sum(one.number for one in self.groups if not one.verified)

    def elsewhere(self) -> int:
        """Services in an area that the pack does not know."""
        known = {*self.areas, NATIONAL}
        return sum(one.number for one in self.groups if one.area not in known)


@dataclass(frozen=True)
class Offer:
    """One service, as far as an overlap needs it."""

    pk: int
    name: str
    organisation: str
    organisation_id: int
    whom: str
    ages: range

    def sexes(self) -> Iterator[str]:
        yield from ("girls", "boys") if self.whom == ForWhom.ANY else (self.whom,)


@dataclass(frozen=True)
class Shared:
    """Children whom several organisations serve alike in one place."""

    whom: str  # any, girls, boys
    ages: range
    offers: tuple[Offer, ...]


@dataclass(frozen=True)
class Overlap:
    """One kind in one area, done by several for the same children."""

    kind: str
    area: str
    shared: tuple[Shared, ...]

    @property
    def organisations(self) -> int:
        return len({one.organisation_id for shared in self.shared for one in shared.offers})
