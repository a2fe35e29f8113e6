"""Writes on networks and memberships, and the ones that the country pack brings along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db import transaction

from cobijo.web.core import country
from cobijo.web.core.access.context import Access
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.core.screens.writing import add_rows, change_rows, remove_rows
from cobijo.web.directory.networks.models import Membership, Network
from cobijo.web.directory.networks.rules import check_membership, check_network
from cobijo.web.directory.organisations import services as organisations
from cobijo.web.directory.organisations.rules import check_each_once


class Loaded(NamedTuple):
    """How many of each were new."""

    organisations: int
    networks: int
    memberships: int


def add(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Network]:
    """Rows of the fields of a network."""
    check_each_once((row["code"] for row in rows), "networks.code_taken")
    check_each_once((row["name"] for row in rows), "networks.name_taken")
    return add_rows(by=by, kind="network", rows=rows, rule=check_network)


def change(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Network]:
    """Rows of pk, version and the fields to change."""
    return change_rows(by=by, kind="network", rows=rows, rule=check_network)


def remove(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> int:
    """Rows of pk and version; a network that has, or had, members stays."""
    return remove_rows(by=by, kind="network", rows=rows)


def add_members(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Membership]:
    """Rows of network, member and, optionally, role, since and until."""
    still = ((row["network"].pk, row["member"].pk) if not row.get("until") else row_id
             for row_id, row in enumerate(rows))  # fmt: skip
    check_each_once(still, "networks.member_already")
    return add_rows(by=by, kind="membership", rows=rows, rule=check_membership)


def change_members(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Membership]:
    """Rows of pk, version and the fields to change; to end one, give it `until`."""
    return change_rows(by=by, kind="membership", rows=rows, rule=check_membership)


def remove_members(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> int:
    """Rows of pk and version: for what was entered by mistake."""
    return remove_rows(by=by, kind="membership", rows=rows)


@transaction.atomic
def load_pack_directory(*, by: Access) -> Loaded:
    """Add the networks and organisations of the country pack. What is there already, or was edited, is left alone."""
    pack = country.pack()
    main = pack.languages[0]
    known = set(Organisation.objects.values_list("code", flat=True))
    new = [one for one in pack.organisations if one.code not in known]
    if new:
        rows = [{"code": one.code, "name": one.name, "kind": one.kind, "area": one.area} for one in new]
        organisations.add(by=by, rows=rows)
    there = set(Network.objects.values_list("code", flat=True))
    bodies = [one for one in pack.networks if one.code not in there]
    if bodies:
        said = [
            {
                "code": one.code,
                "name": one.names[main],
                "abbreviation": one.abbreviation,
                "about": one.about[main],
                "source": f"{one.source} ({one.evidence})",
            }
            for one in bodies
        ]
        add(by=by, rows=said)
    joining = _joining([(one.code, code) for one in pack.organisations for code in one.networks])
    if joining:
        add_members(by=by, rows=joining)
    return Loaded(len(new), len(bodies), len(joining))


def _joining(pairs: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """Memberships that were never entered: one that somebody ended is not begun again."""
    members = Organisation.objects.in_bulk({one for one, _network in pairs}, field_name="code")
    networks = Network.objects.in_bulk({network for _one, network in pairs}, field_name="code")
    known = set(Membership.objects.values_list("member__code", "network__code"))
    return [
        {"network": networks[network], "member": members[one]}
        for one, network in pairs
        if (one, network) not in known and members[one].active
    ]
