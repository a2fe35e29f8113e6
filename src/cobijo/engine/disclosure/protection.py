"""From count tables to tables that may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from cobijo.engine.disclosure.audit import audit
from cobijo.engine.disclosure.shape import CountTable, Link, ProtectedTable, ProtectedTables, Ref, Rules
from cobijo.engine.disclosure.suppression import suppress
from cobijo.engine.disclosure.system import System, build
from cobijo.engine.progress import Progress
from cobijo.errors import InputProblem, Refused

_DEFAULT = Rules()


def protect(
    tables: Sequence[CountTable],
    rules: Rules = _DEFAULT,
    *,
    links: Sequence[Link] = (),
    public: Iterable[Ref] = (),
    secret: bytes = b"",
    progress: Progress | None = None,
) -> ProtectedTables:
    """Hide what would disclose in a set of tables that are published together, and prove that it is hidden.

    Arguments: `tables` over one or several populations; `links` are sums across tables that anybody can work
    out beyond those this room sees by itself; `public` names cells that are known already (an earlier
    release) and so cannot be hidden; `secret` breaks ties (see `suppress`). The same arguments give the same
    answer.

    Errors: `InputProblem` for a malformed or contradictory table; `Refused` when a cell cannot be protected
    or the audit does not pass. Nothing is returned then: there is no such thing as a nearly safe table.

    >>> from cobijo.engine.disclosure.shape import Cell
    >>> cells = {("north",): Cell(4), ("south",): Cell(31), ("east",): Cell(58)}
    >>> safe = protect([CountTable("area", ("area",), cells)])
    >>> for values, count in safe["area"].rows:
    ...     print(*values, "·" if count is None else count)
    north ·
    south ·
    east 58
    total 93
    """
    system = build(tables, links)
    fixed = np.zeros(len(system.counts), dtype=np.bool_)
    for ref in public:
        if ref not in system.at:
            raise InputProblem(
                "disclosure.link_to_nothing", table=ref.table, cell=ref.sum or ", ".join(ref.values)
            )
        fixed[system.at[ref]] = True
    found = suppress(system, rules, fixed=fixed, secret=secret, progress=progress)
    proof = audit(system, rules, found, fixed)
    if not proof.passed:
        raise Refused("disclosure.audit_failed", problems=len(proof.problems))
    shown: list[int | None] = [
        None if h else int(n) for n, h in zip(system.counts, found.hidden, strict=True)
    ]
    return ProtectedTables(
        tables=tuple(_safe(table, system, shown) for table in tables),
        rules=rules,
        suppressed=int((found.hidden & system.published).sum()),
        cells=int(system.published.sum()),
        audit=proof,
    )


def _safe(table: CountTable, system: System, shown: Sequence[int | None]) -> ProtectedTable:
    rows = tuple(
        (ref.values, shown[at]) for ref, at in system.at.items() if ref.table == table.id and ref.sum is None
    )
    sums = {extra.name: shown[system.at[Ref(table.id, sum=extra.name)]] for extra in table.sums}
    return ProtectedTable(table.id, table.dimensions, rows, sums)
