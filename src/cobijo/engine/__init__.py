"""The engine: lists in, one honest picture out. Pure Python over Arrow tables and numpy; no site, no database.

    import cobijo.engine as cb
    answer = cb.estimate(cb.load("NewOrl_5"), seed=1)

>>> import cobijo.engine as cb
>>> round(cb.estimate(cb.load("NewOrl_5"), "independence").total)
1034
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cobijo.engine.datasets import load
    from cobijo.engine.disclosure import protect
    from cobijo.engine.linkage import link
    from cobijo.engine.lists.reading import read_list
    from cobijo.engine.pack import load_pack
    from cobijo.engine.picture import make_picture
    from cobijo.engine.population import Estimate, Histories, estimate, from_masks, from_records, from_table
    from cobijo.engine.population.doubly_robust import fit as estimate_with_covariates
    from cobijo.engine.population.pooling import pool
    from cobijo.engine.population.robustness import examine
    from cobijo.engine.population.strata import fit as estimate_strata
    from cobijo.engine.population.strata_tables import by_histories as strata_by_histories
    from cobijo.engine.population.strata_tables import by_records as strata_by_records

#: Name, its room, and what it is called there where that differs.
_FACE = {
    "read_list": "cobijo.engine.lists.reading",
    "load_pack": "cobijo.engine.pack",
    "link": "cobijo.engine.linkage",
    "from_table": "cobijo.engine.population",
    "from_masks": "cobijo.engine.population",
    "from_records": "cobijo.engine.population",
    "estimate": "cobijo.engine.population",
    "estimate_strata": "cobijo.engine.population.strata:fit",
    "strata_by_records": "cobijo.engine.population.strata_tables:by_records",
    "strata_by_histories": "cobijo.engine.population.strata_tables:by_histories",
    "estimate_with_covariates": "cobijo.engine.population.doubly_robust:fit",
    "examine": "cobijo.engine.population.robustness",
    "pool": "cobijo.engine.population.pooling",
    "Estimate": "cobijo.engine.population",
    "Histories": "cobijo.engine.population",
    "protect": "cobijo.engine.disclosure",
    "make_picture": "cobijo.engine.picture",
    "load": "cobijo.engine.datasets",
}
__all__ = [
    "Estimate",
    "Histories",
    "estimate",
    "estimate_strata",
    "estimate_with_covariates",
    "examine",
    "from_masks",
    "from_records",
    "from_table",
    "link",
    "load",
    "load_pack",
    "make_picture",
    "pool",
    "protect",
    "read_list",
    "strata_by_histories",
    "strata_by_records",
]


def __getattr__(name: str) -> Any:
    """A verb's room is imported when the verb is first used: whoever estimates does not wait for the linkage."""
    if name not in _FACE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    room, _, called = _FACE[name].partition(":")
    return getattr(import_module(room), called or name)


def __dir__() -> list[str]:
    return __all__
