"""Rounding whose chance is a function of a secret and of who is counted: asking again gives the same answer.

Fresh random rounding averages out over many releases. Here a cell with the same children rounds the same way
for ever, in every table and release; a cell with other children rounds by other chance, even where the count
is equal (the record key of Fraser and Wooton, 2005, "A proposed method for confidentialising tabular output
to protect against differencing", UNECE work session on statistical data confidentiality).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable


def round_keyed(records: Iterable[str], *, base: int, secret: bytes, extra: str = "") -> int:
    """The number of distinct records, rounded to a neighbouring multiple of `base`, right on average.

    `records` are stable person ids; their order and repeats do not matter. `extra` separates uses that must
    not share their chance. ValueError for a base below 2 or an empty secret.

    >>> ids = ["p1", "p2", "p3", "p4"]
    >>> round_keyed(ids, base=5, secret=b"s") == round_keyed(reversed(ids), base=5, secret=b"s")
    True
    """
    if base < 2 or not secret:
        raise ValueError("base must be at least 2 and the secret must not be empty")
    distinct = sorted(set(records))
    digest = hmac.new(secret, extra.encode(), hashlib.sha256)
    for record in distinct:
        encoded = record.encode()
        digest.update(len(encoded).to_bytes(4, "big") + encoded)
    down, rest = divmod(len(distinct), base)
    chance = int.from_bytes(digest.digest()[:8], "big") / 2**64
    return base * (down + (chance * base < rest))
