"""The report of core fields that nobody fills: counts only, of one organisation or of each.

Sealed parts are opened to be counted and are shown to nobody. Below a number of records nothing is said, since a rare
field would then point at a child.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from cobijo.web.care.children.fields import CORE_FIELDS, FieldDeclaration, fields_of
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.access.kinds import kind_of
from cobijo.web.core.access.models import Scope
from cobijo.web.core.access.policy import check, visible
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.core.vault.sealing import unseal_many

AT_ONCE = 1_000
FEW = 50  # records, below which a report would say nothing of a field and too much of a child
RARELY = 5  # per cent: a field filled less often is proposed for removal
#: Values with which a field begins: they say that nobody has said anything.
NOTHING = (None, "", "unknown", "not_said")


@dataclass(frozen=True)
class Filled:
    """How many of the records have a field filled. `propose_removal`: so few that one should stop asking for it."""

    kind: str
    name: str
    label: str | Promise
    purpose: str | Promise
    filled: int
    of: int

    @property
    def enough(self) -> bool:
        return self.of >= FEW

    @property
    def propose_removal(self) -> bool:
        return self.enough and self.filled * 100 < RARELY * self.of


@dataclass(frozen=True)
class Report:
    """Of one organisation, the least filled first. `fields` is empty where there are too few records."""

    organisation: str
    fields: tuple[Filled, ...]

    @property
    def told(self) -> tuple[Filled, ...]:
        """The fields of which enough records are there."""
        return tuple(one for one in self.fields if one.enough)


def own(access: Access) -> Report:
    """Of the own organisation; audited as a count."""
    check(access, "review", "child")
    found = tuple(_counted(access))
    audit.record("count_fields", "child", [], access=access, detail={"fields": len(found)})
    name = Organisation.objects.values_list("name", flat=True).get(pk=access.organisation_id)
    return Report(name, found)


def of_all(access: Access) -> list[Report]:
    """Of each organisation that has enough records, for the data steward, who reaches no child."""
    check(access, "list", "match")
    reports = []
    for organisation in Organisation.objects.filter(active=True).order_by("name"):
        places = list(Scope.objects.filter(organisation=organisation).values_list("pk", flat=True))
        with acting_as_system("count_fields", scopes=places) as system:
            found = tuple(_counted(system))
        if any(one.enough for one in found):
            reports.append(Report(organisation.name, found))
    audit.record("count_fields", "child", [], access=access, detail={"organisations": len(reports)})
    return reports


def _counted(access: Access) -> Iterable[Filled]:
    found = []
    for kind in dict.fromkeys(one.kind for one in CORE_FIELDS):
        declared = fields_of(kind)
        counts, total = _count(access, kind, declared)
        found += [Filled(kind, one.name, one.label, one.purpose, counts[one.name], total) for one in declared]
    return sorted(found, key=lambda one: (one.filled / one.of if one.of else 1, one.kind, one.name))


def _count(access: Access, kind: str, declared: tuple[FieldDeclaration, ...]) -> tuple[Counter[str], int]:
    """How many rows of a kind have each field filled, and of how many. Erased rows count as none."""
    known: Any = kind_of(kind)
    plain = [one.name for one in declared if one.sealing is None]
    rows = visible(access, kind, known.model._default_manager.all(), "review")
    counts, total, last = Counter[str](), 0, 0
    while True:
        page = list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE])
        if not page:
            return counts, total
        last = page[-1].pk
        opened = unseal_many((row.key_id, row.place(), row.sealed) for row in page)
        for row, one in zip(page, opened, strict=True):
            if isinstance(one.plain, Mapping):
                total += 1
                counts.update(name for name in plain if _is_filled(getattr(row, name)))
                counts.update(
                    each.name for each in declared if each.sealing and _is_filled(one.plain.get(each.name))
                )


def _is_filled(value: Any) -> bool:
    return value not in NOTHING and value != [] and value != {}
