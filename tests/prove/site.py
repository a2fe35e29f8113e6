"""A house whose site knows the proofs' own kind, with an open vault and one caseworker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.web.house import House, house

#: Begins every piece of code that acts as the caseworker.
ANA = """
import json, sys
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.vault.queries import find, identities
from cobijo.web.core.vault.sealing import unseal_many
from tests.prove.country.models import File, Past, add, change
ana = Account.objects.get(email="ana@refuge.example")
"""
MAKE = """
from cobijo.web.core.accounts.roles import Role
from tests.web.people import organisation, person
person("Ana", Role.CASEWORKER, of=organisation("refuge"))
"""


@contextmanager
def proving(folder: Path, *, made: bool = True) -> Iterator[House]:
    """`made`: with tables, keys and the caseworker; else empty, to be restored into."""
    with house(folder, migrated=False) as site:
        site.environment["DJANGO_SETTINGS_MODULE"] = "tests.prove.settings"
        if made:
            site.python("from cobijo.web.operations.upgrading import bring_up_to_date; bring_up_to_date()")
            site.manage("vault", "make")
            site.python(MAKE)
        yield site
