"""What every text of these rooms is asked: does it seem to say who a child is? A guess from the text, no index."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.coordination.requests.naming import sign
from cobijo.web.core import country

CODES = {
    "official_id": "requests.official_id",
    "birth_date": "requests.birth_date",
    "name": "requests.names_a_child",
}


def check_no_sign(texts: Iterable[str], row: int) -> None:
    """Refuse texts in which an official id, a date of birth or a name beside the word child stands."""
    whole = "\n".join(one for one in texts if one)
    seems = sign(whole, country.pack(), timezone.localdate()) if whole else ""
    if seems:
        raise InputProblem(CODES[seems], row=row)
