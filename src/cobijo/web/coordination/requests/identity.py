"""The one rule that every text of this room passes: it does not say who a child is.

It fails closed: without the key of the vault nobody can look, so nothing is kept. A guess from the text and a known
identity are refused with the same sentence. That hides less than it seems: whoever has no name beside the word child
in the text, and is refused, can tell that some organisation's index knows a name in it. So refused texts are put on
record, and after a few on one day no text of that account is looked at, nor kept (see `any_known`, which also says
what remains). Every service that writes such texts stands under `counted`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.utils import timezone

from cobijo.errors import InputProblem, Param
from cobijo.web.care.children.sheets import as_read
from cobijo.web.coordination.requests.naming import forms, sign
from cobijo.web.core import country
from cobijo.web.core.access.context import Access
from cobijo.web.core.audit.services import put_on_record
from cobijo.web.core.vault import sealing
from cobijo.web.core.vault.errors import Locked
from cobijo.web.core.vault.queries import any_known

CODES = {"official_id": "requests.official_id", "birth_date": "requests.birth_date"}
INDEX = "search"  # of children and concerns alike
P = ParamSpec("P")
R = TypeVar("R")


class NamesAChild(InputProblem):
    """A text that may name a child: by guess or because it is known, which neither its words nor its event say."""

    def __init__(self, code: str, /, *, by: Access, **params: Param) -> None:
        super().__init__(code, **params)
        self.by = by


def counted(service: Callable[P, R]) -> Callable[P, R]:
    """A service whose refused texts count against the day's limit: written down after what it began is undone.

    It must stand outside of the service's own transaction, or the event goes with it.
    """

    @wraps(service)
    def attempt(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return service(*args, **kwargs)
        except NamesAChild as problem:
            put_on_record(problem, access=problem.by, action="match", kind="vault")
            raise

    return attempt


def check_no_child(by: Access, texts: Iterable[str], row: int) -> None:
    """Refuse texts in which an id, a date of birth, a name beside the word child, or a known child stands."""
    whole = as_read("\n".join(one for one in texts if one))
    if not whole.strip():
        return
    pack = country.pack()
    seems = sign(whole, pack, timezone.localdate())
    if seems in CODES:
        raise InputProblem(CODES[seems], row=row)
    if seems:
        raise NamesAChild("requests.names_a_child", by=by, row=row)
    if not sealing.is_open():
        raise InputProblem("requests.vault_closed", row=row)
    try:
        known = any_known(by, INDEX, set(forms(whole, pack.rules)))
    except Locked:
        raise InputProblem("requests.vault_closed", row=row) from None
    if known:
        raise NamesAChild("requests.names_a_child", by=by, row=row)


def seems_to_name_a_child(by: Access, texts: Iterable[str]) -> bool:
    """The same look at texts that were kept, for the site's own clock. Raises `Locked` where nobody can look."""
    whole = as_read("\n".join(one for one in texts if one))
    pack = country.pack()
    guessed = bool(sign(whole, pack, timezone.localdate()))
    return any_known(by, INDEX, set(forms(whole, pack.rules))) or guessed
