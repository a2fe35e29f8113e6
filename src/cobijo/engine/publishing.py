"""What of a picture may be shown, in which words and files.

Counts leave this module only through `protect`; estimates only rounded to three significant digits (an unrounded
estimate is a function of hidden cells: docs/adr/0005).
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from cobijo.engine import counting
from cobijo.engine.charts import write_charts
from cobijo.engine.counting import Population
from cobijo.engine.disclosure import SYMBOL, ProtectedTables
from cobijo.engine.linkage import Linked
from cobijo.engine.lists.problems import write_problems, write_rejected
from cobijo.engine.lists.schema import AgencyList
from cobijo.engine.output import private_folder, write_json
from cobijo.engine.pack import Pack
from cobijo.engine.population import Estimate
from cobijo.engine.population.recommend import Recommendation
from cobijo.engine.progress import Progress, silent
from cobijo.engine.report import write_report

FORMAT = "cobijo.picture/1"
SIGNIFICANT = 3


def rounded(value: float | None) -> int | None:
    """A number of people to three significant digits."""
    if value is None:
        return None
    digits = SIGNIFICANT - 1 - math.floor(math.log10(abs(value))) if value else 0
    return round(round(value, min(digits, 0)))


def exact(estimate: Estimate) -> dict[str, object]:
    """An estimate as computed, for the private part."""
    return {
        "method": estimate.method,
        "lists": list(estimate.lists),
        "total": estimate.total,
        "interval": estimate.interval,
        "model": list(estimate.model),
        "refused": None if estimate.refused is None else estimate.refused[0],
    }


def published(estimate: Estimate, observed: int | None) -> dict[str, object]:
    """An estimate as it may be shown: rounded, or the reason why there is none."""
    shown: dict[str, object] = {"method": estimate.method}
    if estimate.method == "chapman":
        shown["lists"] = list(estimate.lists)
    if estimate.refused is not None or estimate.total is None or estimate.interval is None:
        code, params = estimate.refused or ("population.refused", {})
        return {**shown, "refused": {"code": code, "params": dict(params)}}
    total, (low, high) = rounded(estimate.total), (rounded(end) for end in estimate.interval)
    shown |= {"total": total, "interval": [low, high], "level": estimate.level}
    if observed is not None and total is not None and low is not None and high is not None:
        shown |= {
            "hidden": max(0, rounded(total - observed) or 0),
            "hidden_interval": [max(0, rounded(low - observed) or 0), max(0, rounded(high - observed) or 0)],
        }
    together = [effect for effect in estimate.model if ":" in effect]
    return {**shown, "diagnostics": {"model": together} if together else {}}


def public_picture(
    lists: Sequence[AgencyList],
    population: Population,
    protected: ProtectedTables,
    answer: Recommendation,
    *,
    pack: Pack,
    invented: bool,
    trace: Mapping[str, object],
) -> dict[str, Any]:
    """`picture.json` (docs/reference/picture.md): codes and numbers, never a sentence, never an identity."""
    overlap = protected["overlap"]
    observed = overlap.value("total")
    headline, families = answer.headline, list(answer.families)
    if any(count is None for name, count in overlap.sums.items() if "&" in name):
        hidden = ("picture.overlap_hidden", {"lists": " & ".join(headline.lists)})
        headline, *families = (replace(one, total=None, refused=hidden) for one in (headline, *families))
    shown = published(headline, observed)
    return {
        "format": FORMAT,
        "invented": invented,
        "pack": pack.code,
        "population": {
            "under_age": counting.UNDER_AGE,
            "status": "identified",
            "unknown_age_counts_as_child": True,
        },
        "period": {"from": str(population.period[0]), "to": str(population.period[1])},
        "lists": [{"name": name, "children": overlap.sums.get(name)} for name in population.lists],
        "records": {
            "read": sum(one.records.num_rows + one.rejected.num_rows for one in lists),
            "rejected": sum(one.rejected.num_rows for one in lists),
            "of_period_and_population": int(population.inside.sum()),
        },
        "observed": observed,
        "estimate": {"refused": shown["refused"]} if "refused" in shown else shown,
        "estimates": [published(one, observed) for one in families],
        "disagreement": {"ratio": round(answer.disagreement, 2), "flag": answer.disagree},
        "linkage": {"draws": answer.draws, "share_of_variance": round(answer.linkage_share, 2)},
        "apart": protected["apart"].records(),
        "tables": [
            {
                "id": table.id,
                "dimensions": list(table.dimensions),
                "file": f"tables/{table.id}.csv",
                "rows": table.records(),
            }
            for table in protected.tables
            if table.id != "apart"
        ],
        "charts": [],  # filled in when they are drawn: `write_public`
        "protection": {
            "threshold": protected.rules.threshold,
            "symbol": protected.symbol,
            "suppressed_cells": protected.suppressed,
            "audit": "passed" if protected.audit.passed else "failed",
        },
        "limits": [{"code": code, "params": {}} for code in answer.limits],
        "trace": dict(trace),
    }


def write_private(
    folder: Path, lists: Sequence[AgencyList], linked: Linked, private: Mapping[str, object], *, language: str
) -> None:
    """For those who hold the lists: who is one person, what was wrong, what could not be used, the exact counts."""
    private_folder(folder)
    pq.write_table(linked.people, folder / "people.parquet")
    pq.write_table(linked.pairs, folder / "pairs.parquet")
    write_problems(lists, folder / "problems.csv", language)
    write_rejected(lists, folder / "rejected.csv")
    write_json(folder / "counts.json", private)


def write_public(
    folder: Path,
    public: Mapping[str, Any],
    protected: ProtectedTables,
    *,
    pack: Pack,
    language: str,
    progress: Progress = silent,
) -> dict[str, Any]:
    """`picture.json`, the tables as CSV, the charts, and the report in every language; returns what was published."""
    (folder / "tables").mkdir(parents=True)
    for table in protected.tables:
        with (folder / "tables" / f"{table.id}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow([*table.dimensions, "children"])
            writer.writerows([*values, SYMBOL if count is None else count] for values, count in table.rows)
    progress("picture.drawing", 0, 1)
    shown = {**public, "charts": write_charts(public, folder, pack=pack)}
    write_json(folder / "picture.json", shown)
    write_report(folder, language, pack=pack, progress=progress)
    return shown
