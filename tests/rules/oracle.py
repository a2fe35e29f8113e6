"""A second reader of the table of grants. It shares nothing with the policy but the table itself.

What a role reaches is written here once more, from the description of the roles, and a record's facts come from the
place that the factory was given, never from the kind's lookups.
"""

from __future__ import annotations

from cobijo.web.core.access.grants import GRANTS
from cobijo.web.core.accounts.roles import Role
from tests.rules.factories import example_of
from tests.rules.world import ELSEWHERE, HERE_AREA, PLACES, THERE_AREA

#: Where a role works: what is "own" of records that lie in scopes.
WORKS_AT = {
    Role.CASEWORKER: {"own", "my_team"},
    Role.SUPERVISOR: {"own", "my_team"},
    Role.RECEIVING_SERVICE: {"own", "my_team", "tray"},
    Role.ANALYST: {"my_team"},
    Role.DATA_STEWARD: {"my_team"},
}
#: What a role reaches beyond, within its organisation.
OVERSEES = {Role.SUPERVISOR: set(PLACES) - ELSEWHERE}
HERE = set(PLACES) - ELSEWHERE


def reached(role: Role, action: str, kind: str, *, bound: str = "", whole: bool = False) -> set[str]:
    """Names of the places where the role may do this. `bound`: the area to which the role is bound.

    `whole`: only what is reached by a grant that shows more than what is public.
    """
    bears = example_of(kind).bears
    found: set[str] = set()
    for grant_action, grant_kind, within, public_only in GRANTS[role]:
        if (grant_action, grant_kind) != (action, kind) or (whole and public_only):
            continue
        if "scope" in bears:
            found |= _in_scopes(role, str(within))
        else:
            found |= _of_the_open(str(within), bears, bound)
    return found


def may(role: Role, action: str, kind: str, place: str) -> bool:
    return place in reached(role, action, kind)


def holds(role: Role, action: str, kind: str) -> bool:
    """Whether there is anything of the kind that the role may do this to."""
    return any((one[0], one[1]) == (action, kind) for one in GRANTS[role])


def _in_scopes(role: Role, within: str) -> set[str]:
    works = WORKS_AT.get(role, set())
    return set(works) if within == "own" else set(works | OVERSEES.get(role, set()))


def _of_the_open(within: str, bears: frozenset[str], bound: str) -> set[str]:
    if within == "own":
        places = {"own"} if "owner" in bears else set()
    elif within == "organisation":
        places = set(HERE) if "organisation" in bears else set()
    else:
        places = set(PLACES)
    area = bound or (HERE_AREA if within == "area" else "")
    if not area or ("area" not in bears and within != "area"):
        return places
    if "area" not in bears:
        return set()
    return places & {name for name in PLACES if (THERE_AREA if name in ELSEWHERE else HERE_AREA) == area}
