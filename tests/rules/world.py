"""A small country to ask about: one person of every role in one organisation, and every place where a record can lie.

All persons of a cell are the same in everything but their role, so a difference between two cells is the role's.
"""

from __future__ import annotations

from dataclasses import dataclass

from cobijo.web.core.access.models import Scope, ScopeKind
from cobijo.web.core.access.scopes import desk_of, tray_of
from cobijo.web.core.accounts.models import Account, Organisation
from cobijo.web.core.accounts.roles import Role
from tests.web.people import organisation, person

HERE_AREA, THERE_AREA = "MX-OAX", "MX-PUE"
#: Whose a record can be and where it can lie, seen from the person who asks.
PLACES = (
    "own",  # mine, on my desk
    "my_team",  # a colleague's, in a team that I belong to
    "colleague",  # a colleague's, on her desk
    "other_team",  # a colleague's, in a team without me: the supervisor's
    "tray",  # of my organisation, assigned to nobody
    "stranger",  # another organisation's, on a desk there
    "stranger_tray",  # another organisation's, assigned to nobody
)
ELSEWHERE = frozenset({"stranger", "stranger_tray"})


@dataclass(frozen=True)
class Place:
    """Where a factory puts a record, and whose it is."""

    name: str
    owner: Account
    organisation: Organisation
    scope: Scope
    number: int  # another one for every place: for what must be unique

    @property
    def area(self) -> str:
        return THERE_AREA if self.name in ELSEWHERE else HERE_AREA


@dataclass(frozen=True)
class World:
    here: Organisation
    there: Organisation
    people: dict[Role, Account]
    own: dict[Role, Place]
    shared: dict[str, Place]

    def place(self, role: Role, name: str) -> Place:
        return self.own[role] if name == "own" else self.shared[name]

    def places(self, role: Role) -> dict[str, Place]:
        return {name: self.place(role, name) for name in PLACES}

    def everywhere(self) -> list[Place]:
        return [*self.own.values(), *self.shared.values()]


def make_world() -> World:
    here, there = organisation("here", area=HERE_AREA), organisation("there", area=THERE_AREA)
    people = {role: person(f"me-{role}", role, of=here) for role in Role}
    colleague = person("Berta", Role.CASEWORKER, of=here)
    supervisor = person("Sofia", Role.SUPERVISOR, of=here)
    stranger = person("Carla", Role.CASEWORKER, of=there)
    mine = Scope.objects.create(kind=ScopeKind.SHARED, organisation=here, name="mine")
    mine.members.set([*people.values(), colleague])
    other = Scope.objects.create(kind=ScopeKind.SHARED, organisation=here, name="other")
    other.members.set([colleague, supervisor])
    own = {
        role: Place("own", one, here, desk_of(one), number)
        for number, (role, one) in enumerate(people.items(), 1)
    }
    shared = {
        "my_team": Place("my_team", colleague, here, mine, 101),
        "colleague": Place("colleague", colleague, here, desk_of(colleague), 102),
        "other_team": Place("other_team", supervisor, here, other, 103),
        "tray": Place("tray", colleague, here, tray_of(here.pk), 104),
        "stranger": Place("stranger", stranger, there, desk_of(stranger), 105),
        "stranger_tray": Place("stranger_tray", stranger, there, tray_of(there.pk), 106),
    }
    return World(here, there, people, own, shared)
