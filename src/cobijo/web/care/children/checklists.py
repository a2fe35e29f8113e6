"""Scored checklists, loaded from a pack: what a score means and, as important, what it does not.

A result is words and numbers. It opens no case, sets no status and is no measure of a child; nothing here can
write. Copyrighted checklists do not come with Cobijo: a body that has a licence puts its file into the pack.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cobijo.engine.pack.reading import by_language, find_folder, read_toml
from cobijo.errors import InputProblem, Param, WrongUsage
from cobijo.web.care.children.prevalence import predictive, wilson

FOLDER = "checklists"
#: Enough for any published instrument; a longer file is a mistake.
MOST_ITEMS = 100


@dataclass(frozen=True)
class Item:
    code: str
    weight: int
    text: Mapping[str, str]


@dataclass(frozen=True)
class Accuracy:
    """How often the checklist was right, and among how many: `sensitivity_n` people who were exploited,
    `specificity_n` who were not."""

    sensitivity: float
    sensitivity_n: int
    specificity: float
    specificity_n: int


@dataclass(frozen=True)
class Checklist:
    """`accuracy` is None where none has been published: then a score has no meaning in numbers."""

    code: str
    version: int
    invented: bool
    names: Mapping[str, str]
    licence: str
    source: str
    population: Mapping[str, str]
    cutoff: int
    items: tuple[Item, ...]
    accuracy: Accuracy | None

    @property
    def most(self) -> int:
        return sum(item.weight for item in self.items)


@dataclass(frozen=True)
class Meaning:
    """Of all who score at or above the cut-off, how many are exploited (`ppv`); below it, how many are not (`npv`).

    The ends are the worst and the best that the 95 % intervals of sensitivity and specificity allow together, so
    they are wider than a 95 % interval of their own.
    """

    prevalence: float
    ppv: float
    ppv_low: float
    ppv_high: float
    npv: float
    npv_low: float
    npv_high: float


@dataclass(frozen=True)
class Result:
    """`above` is None while an unanswered item could still change it. `lines` are codes with parameters."""

    checklist: str
    version: int
    score: int
    could_be: int  # the score if every unanswered item were a yes
    above: bool | None
    unanswered: tuple[str, ...]
    meaning: Meaning | None
    lines: tuple[tuple[str, Mapping[str, Param]], ...]


@lru_cache(maxsize=8)
def load_checklists(name_or_path: str | Path) -> Mapping[str, Checklist]:
    """The checklists of a pack by code; a pack without any has none.

    >>> load_checklists("mexico")["demo_signs"].invented
    True
    """
    folder = find_folder(name_or_path)
    languages = tuple(str(one) for one in read_toml(folder / "pack.toml").get("languages", ("en",)))
    found: dict[str, Checklist] = {}
    for path in sorted((folder / FOLDER).glob("*.toml")):
        checklist = read_checklist(read_toml(path), path.name, languages)
        if checklist.code != path.stem:
            raise InputProblem("checklists.code_not_file", file=path.name, value=checklist.code)
        found[checklist.code] = checklist
    return found


def read_checklist(data: Mapping[str, Any], file: str, languages: tuple[str, ...]) -> Checklist:
    """Check and build one checklist; without a licence statement it is not even read."""
    licence = data.get("licence", "")
    if not isinstance(licence, str) or not licence.strip():
        raise InputProblem("checklists.no_licence", file=file)
    try:
        items = tuple(
            Item(str(row["code"]), row["weight"], by_language(row["text"], languages)) for row in data["item"]
        )
        checklist = Checklist(
            code=str(data["code"]),
            version=int(data["version"]),
            invented=data["invented"] is True,
            names=by_language(data["names"], languages),
            licence=licence.strip(),
            source=str(data["source"]),
            population=by_language(data["population"], languages),
            cutoff=data["cutoff"],
            items=items,
            accuracy=read_accuracy(data.get("accuracy"), file),
        )
    except KeyError as missing:
        raise InputProblem("pack.setting_missing", file=file, setting=str(missing.args[0])) from None
    except (TypeError, ValueError, AttributeError):
        raise InputProblem("pack.setting_wrong", file=file) from None
    check_items(checklist, file)
    return checklist


def read_accuracy(data: Any, file: str) -> Accuracy | None:
    if data is None:
        return None
    accuracy = Accuracy(
        float(data["sensitivity"]),
        int(data["sensitivity_n"]),
        float(data["specificity"]),
        int(data["specificity_n"]),
    )
    shares = (accuracy.sensitivity, accuracy.specificity)
    if (
        not all(0 <= share <= 1 for share in shares)
        or min(accuracy.sensitivity_n, accuracy.specificity_n) < 1
    ):
        raise InputProblem("checklists.accuracy_wrong", file=file)
    return accuracy


def check_items(checklist: Checklist, file: str) -> None:
    codes = [item.code for item in checklist.items]
    if not codes or len(codes) > MOST_ITEMS or len(set(codes)) < len(codes):
        raise InputProblem("checklists.items_wrong", file=file, most=MOST_ITEMS)
    for item in checklist.items:
        if not isinstance(item.weight, int) or isinstance(item.weight, bool) or not 1 <= item.weight <= 100:
            raise InputProblem("checklists.weight_wrong", file=file, value=item.code)
    if not isinstance(checklist.cutoff, int) or not 1 <= checklist.cutoff <= checklist.most:
        raise InputProblem("checklists.cutoff_wrong", file=file, most=checklist.most)


def score(
    checklist: Checklist, answers: Mapping[str, bool | None], *, prevalence: float | None = None
) -> Result:
    """Add up the answers and say what the sum means where about `prevalence` of the children are exploited.

    An item that is not answered counts as open, not as a no. Without a prevalence, or without published
    accuracy, no share is given.
    """
    known = {item.code for item in checklist.items}
    for code in answers:
        if code not in known:
            raise WrongUsage("checklists.item_unknown", value=code, checklist=checklist.code)
    got = sum(item.weight for item in checklist.items if answers.get(item.code))
    unanswered = tuple(item.code for item in checklist.items if answers.get(item.code) is None)
    could_be = got + sum(item.weight for item in checklist.items if item.code in unanswered)
    above = True if got >= checklist.cutoff else None if could_be >= checklist.cutoff else False
    meaning = None
    if checklist.accuracy is not None and prevalence is not None:
        meaning = meaning_of(checklist.accuracy, prevalence)
    return Result(
        checklist.code,
        checklist.version,
        got,
        could_be,
        above,
        unanswered,
        meaning,
        tuple(lines_of(checklist, got, above, len(unanswered), meaning)),
    )


def lines_of(
    checklist: Checklist, got: int, above: bool | None, unanswered: int, meaning: Meaning | None
) -> list[tuple[str, Mapping[str, Param]]]:
    """The sentences under a result, in the order in which they are read."""
    head: dict[str, Param] = {"score": got, "most": checklist.most, "cutoff": checklist.cutoff}
    word = {True: "above", False: "below", None: "open"}[above]
    lines: list[tuple[str, Mapping[str, Param]]] = [
        (f"checklists.{word}", {**head, "unanswered": unanswered})
    ]
    if meaning is None:
        lines.append(("checklists.no_figures", {}))
    elif above is not None:
        share = meaning.ppv if above else 1 - meaning.npv
        low, high = (
            (meaning.ppv_low, meaning.ppv_high) if above else (1 - meaning.npv_high, 1 - meaning.npv_low)
        )
        lines.append(
            (
                f"checklists.{word}_means",
                {
                    "of_1000": round(meaning.prevalence * 1000),
                    "share": round(share * 1000),
                    "rest": 1000 - round(share * 1000),
                    "low": round(low * 1000),
                    "high": round(high * 1000),
                },
            )
        )
    if checklist.invented:
        lines.append(("checklists.invented", {}))
    lines.append(("checklists.opens_nothing", {}))
    return lines


def meaning_of(accuracy: Accuracy, prevalence: float) -> Meaning:
    """Predictive values at a prevalence (Bayes), with the envelope of the two Wilson intervals."""
    if not 0 < prevalence < 1:
        raise WrongUsage("checklists.prevalence_wrong", value=prevalence)
    low_se, high_se = wilson(accuracy.sensitivity, accuracy.sensitivity_n)
    low_sp, high_sp = wilson(accuracy.specificity, accuracy.specificity_n)
    ppv, npv = predictive(accuracy.sensitivity, accuracy.specificity, prevalence)
    worst = predictive(low_se, low_sp, prevalence)
    best = predictive(high_se, high_sp, prevalence)
    return Meaning(prevalence, ppv, worst[0], best[0], npv, worst[1], best[1])
