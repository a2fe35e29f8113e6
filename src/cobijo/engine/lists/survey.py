"""What only a whole column can tell, found in a first pass: the order of its dates and what a lone `M`
means."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pyarrow.compute as pc

from cobijo.engine.lists.dates import Evidence
from cobijo.engine.lists.headers import DATE_TARGETS
from cobijo.engine.lists.mapping import ListMapping, Plan
from cobijo.engine.lists.problems import ProblemLog
from cobijo.engine.lists.schema import Sex
from cobijo.engine.lists.source import Source
from cobijo.engine.lists.text import fold, tidy
from cobijo.engine.progress import Progress


@dataclass
class Survey:
    """`orders`: target -> "dmy", "mdy", "ymd", or None where the column contradicts itself. `m`: the sex
    that M is."""

    orders: dict[str, str | None] = field(default_factory=dict)
    m: str | None = None
    rows: int = 0


def survey(source: Source, plan: Plan, mapping: ListMapping, log: ProblemLog, progress: Progress) -> Survey:
    """Read the date and sex columns once and decide; what had to be assumed goes to the log as a note."""
    asked = {t: plan.sources[t][0] for t in DATE_TARGETS if t in plan.sources}
    evidence = {target: Evidence() for target in asked}
    sexes: Counter[str] = Counter()
    sex = plan.sources.get("sex", (None,))[0]
    found = Survey()
    for block in source.blocks(frozenset(asked.values()) | ({sex} if sex is not None else set())):
        found.rows += len(block.rows) + len(block.broken)
        for target, position in asked.items():
            counts = pc.value_counts(block.columns[position])
            texts, times = counts.field("values").to_pylist(), counts.field("counts").to_pylist()
            evidence[target].add((tidy(text), n) for text, n in zip(texts, times, strict=True) if text)
        if sex is not None and len(sexes) < 1000:
            sexes.update(fold(text) for text in pc.unique(block.columns[sex]).to_pylist() if text)
        progress("lists.survey", block.done, block.total)
    for target in asked:
        found.orders[target] = _order(target, evidence[target], source.headers[asked[target]], mapping, log)
    found.m = _meaning_of_m(sexes)
    return found


def _order(target: str, evidence: Evidence, header: str, mapping: ListMapping, log: ProblemLog) -> str | None:
    told = mapping.orders.get(target) or mapping.orders.get("order")
    if told:
        return told
    order = evidence.order()
    if order is None and evidence.day_first + evidence.month_first:
        log.add(
            "lists.date_order_mixed",
            "field",
            column=header,
            day_first=evidence.day_first,
            month_first=evidence.month_first,
            either=evidence.either,
        )
        return None
    if order is None and evidence.either:
        log.add("lists.date_order_assumed", "note", column=header, count=evidence.either)
    elif order == "mdy":
        log.add("lists.date_order_month_first", "note", column=header, count=evidence.month_first)
    return order or "dmy"


def _meaning_of_m(words: Counter[str]) -> str | None:
    """`M` beside `H` is mujer; beside `F` it is masculino or male; beside both or neither it cannot be
    told."""
    women = bool({"h", "hombre", "nino"} & words.keys())
    men = bool({"f", "femenino", "female", "girl"} & words.keys())
    if women == men:
        return None
    return Sex.FEMALE if women else Sex.MALE
