"""The steps of a possible match between organisations, as a table; the database keeps it too."""

from __future__ import annotations

SETTLED = frozenset({"same", "different", "unclear"})
#: Said by the data steward: first that both organisations were called, then what they found, or that at once.
MATCH_STEPS: dict[str, frozenset[str]] = {
    "new": frozenset({"contacted"}) | SETTLED,
    "contacted": SETTLED,
    **{one: frozenset() for one in SETTLED},
}
