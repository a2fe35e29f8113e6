"""How many are hidden: multiple systems estimation from capture histories.

One shape: `fit(histories, …) -> Estimate` in one file per family, all of them by name through `estimate`.
"""

from cobijo.engine.population.estimate import FAMILIES, as_dict, estimate, estimate_file, raise_if_refused
from cobijo.engine.population.histories import (
    from_masks,
    from_records,
    from_table,
    merge_lists,
    omit_list,
    reorder,
)
from cobijo.engine.population.shape import Estimate, Histories
from cobijo.engine.population.tables import table_histories

__all__ = [
    "FAMILIES",
    "Estimate",
    "Histories",
    "as_dict",
    "estimate",
    "estimate_file",
    "from_masks",
    "from_records",
    "from_table",
    "merge_lists",
    "omit_list",
    "raise_if_refused",
    "reorder",
    "table_histories",
]
