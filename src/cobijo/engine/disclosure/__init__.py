"""Tables that do not disclose: which counts to hide, proof that they are hidden, attackers that try it."""

from __future__ import annotations

from cobijo.engine.disclosure.build import count_people, overlap_table
from cobijo.engine.disclosure.plan import Plan, load_plan
from cobijo.engine.disclosure.protection import protect
from cobijo.engine.disclosure.rounding import round_keyed
from cobijo.engine.disclosure.shape import (
    SYMBOL,
    TOTAL,
    Audit,
    Cell,
    CountTable,
    Link,
    ProtectedTable,
    ProtectedTables,
    Ref,
    Rules,
    Sum,
)
from cobijo.engine.disclosure.tablefile import ProtectedFile, protect_file

__all__ = [
    "SYMBOL",
    "TOTAL",
    "Audit",
    "Cell",
    "CountTable",
    "Link",
    "Plan",
    "ProtectedFile",
    "ProtectedTable",
    "ProtectedTables",
    "Ref",
    "Rules",
    "Sum",
    "count_people",
    "load_plan",
    "overlap_table",
    "protect",
    "protect_file",
    "round_keyed",
]
