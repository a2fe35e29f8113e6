"""The one rule that every text of this room passes: it does not say who a child is.

It fails closed: without the key of the vault nobody can look, so nothing is kept. Whoever writes is never told whether
a child is known here: a guess from the text and a known identity are refused with the same sentence.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone

from cobijo.engine.pack import load_pack
from cobijo.errors import InputProblem
from cobijo.web.coordination.requests.naming import forms, sign
from cobijo.web.core.access.context import Access
from cobijo.web.core.vault import sealing
from cobijo.web.core.vault.errors import Locked
from cobijo.web.core.vault.queries import any_known

CODES = {
    "official_id": "requests.official_id", "birth_date": "requests.birth_date", "name": "requests.names_a_child",
}  # fmt: skip
INDEX = "search"  # of children and concerns alike


def check_no_child(by: Access, texts: Iterable[str], row: int) -> None:
    """Refuse texts in which an id, a date of birth, a name beside the word child, or a known child stands."""
    whole = "\n".join(one for one in texts if one)
    if not whole.strip():
        return
    pack = load_pack(getattr(settings, "PACK", "mexico"))
    seems = sign(whole, pack, timezone.localdate())
    if seems:
        raise InputProblem(CODES[seems], row=row)
    if not sealing.is_open():
        raise InputProblem("requests.vault_closed", row=row)
    try:
        known = any_known(by, INDEX, set(forms(whole, pack.rules)))
    except Locked:
        raise InputProblem("requests.vault_closed", row=row) from None
    if known:
        raise InputProblem("requests.names_a_child", row=row)
