"""From a pack's `concepts.toml` to `Rules`. The first thing that is wrong stops, with its rule and mend."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any as Value

from cobijo.engine.pack.reading import by_language, find_folder, read_toml
from cobijo.errors import InputProblem
from cobijo.web.care.children.concepts import CODED, TOLD
from cobijo.web.care.children.rule_shape import (
    All,
    Any,
    Concept,
    Element,
    Expression,
    Group,
    Leaf,
    Not,
    Rule,
    Rules,
)

FILE = "concepts.toml"
#: Deeper than any rule that a person can still read; a file from outside must not exhaust the stack.
DEEPEST = 8


@lru_cache(maxsize=8)
def load_rules(name_or_path: str | Path) -> Rules:
    """The rules of a pack, by name or folder; read once.

    >>> len({rule.concept for rule in load_rules("mexico").current()}) > 10
    True
    """
    folder = find_folder(name_or_path)
    languages = tuple(read_toml(folder / "pack.toml").get("languages", ("en",)))
    return read_rules(read_toml(folder / FILE), languages)


def read_rules(data: Mapping[str, Value], languages: tuple[str, ...]) -> Rules:
    """Check and build; raises `InputProblem` for what no rule may do."""
    try:
        concepts = {
            code: Concept(code, by_language(row["names"], languages), str(row.get("term", code)))
            for code, row in data["concept"].items()
        }
        elements = {
            name: Element(name, by_language(row["names"], languages), by_language(row["meaning"], languages))
            for name, row in data["element"].items()
        }
        groups = {name: read_group(name, row, languages) for name, row in data.get("group", {}).items()}
        codes = {
            name: {code: by_language(words, languages) for code, words in rows.items()}
            for name, rows in data.get("code", {}).items()
        }
        short = read_short(data.get("define", {}), {*TOLD, "under_18", *groups})
        rules = tuple(read_rule(row, concepts, groups, short) for row in data["rule"])
    except KeyError as missing:
        raise InputProblem("pack.setting_missing", file=FILE, setting=str(missing.args[0])) from None
    except (TypeError, ValueError, AttributeError):
        raise InputProblem("pack.setting_wrong", file=FILE) from None
    check_words(elements)
    check_codes(groups, codes)
    check_versions(rules)
    return Rules(rules, concepts, elements, groups, codes)


def read_group(name: str, row: Mapping[str, Value], languages: tuple[str, ...]) -> Group:
    if row["field"] not in CODED or name in TOLD:
        raise InputProblem("concepts.group_wrong", value=name, known=", ".join(CODED))
    return Group(
        name,
        row["field"],
        by_language(row["names"], languages),
        frozenset(map(str, row["yes"])),
        frozenset(map(str, row["no"])),
    )


def read_short(data: Mapping[str, Value], known: Collection[str]) -> dict[str, Expression]:
    """Named parts of expressions; each may use those above it, so none can turn in a circle."""
    found: dict[str, Expression] = {}
    for name, value in data.items():
        if name in known:
            raise InputProblem("concepts.name_taken", value=name)
        found[name] = read_expression(value, name, known, found)
    return found


def read_rule(
    row: Mapping[str, Value],
    concepts: Mapping[str, Concept],
    groups: Mapping[str, Group],
    short: Mapping[str, Expression],
) -> Rule:
    rule, version, since = str(row["id"]), row["version"], row["since"]
    if not isinstance(version, int) or version < 1 or not isinstance(since, date):
        raise InputProblem("concepts.version_wrong", rule=rule)
    if row["concept"] not in concepts:
        raise InputProblem("concepts.concept_unknown", rule=rule, value=str(row["concept"]))
    for setting in ("article", "evidence"):
        if not str(row[setting]).strip():
            raise InputProblem("concepts.empty", rule=rule, setting=setting)
    when = read_expression(row["when"], rule, {*TOLD, "under_18", *groups}, short)
    return Rule(rule, version, since, row["concept"], str(row["article"]), str(row["evidence"]), when)


def read_expression(
    value: Value, rule: str, known: Collection[str], short: Mapping[str, Expression], depth: int = 0
) -> Expression:
    """A name, or exactly one of `all`, `any` (lists of at least one) and `not`."""
    if isinstance(value, str):
        if value in short:
            return short[value]
        if value not in known:
            raise InputProblem("concepts.element_unknown", rule=rule, value=value)
        return Leaf(value)
    if depth >= DEEPEST or not isinstance(value, dict) or len(value) != 1:
        raise InputProblem("concepts.expression_wrong", rule=rule)
    ((word, inner),) = value.items()
    if word == "not":
        return Not(read_expression(inner, rule, known, short, depth + 1))
    if word not in ("all", "any") or not isinstance(inner, list) or not inner:
        raise InputProblem("concepts.expression_wrong", rule=rule)
    parts = tuple(read_expression(one, rule, known, short, depth + 1) for one in inner)
    return All(parts) if word == "all" else Any(parts)


def check_words(elements: Mapping[str, Element]) -> None:
    """Every element is asked in words, and no word asks for an element that does not exist."""
    needed = {*TOLD, *CODED, "under_18"}
    for name in sorted(needed - elements.keys()):
        raise InputProblem("concepts.element_unnamed", value=name)
    for name in sorted(elements.keys() - needed):
        raise InputProblem("concepts.element_stranger", value=name)


def check_codes(groups: Mapping[str, Group], codes: Mapping[str, Mapping[str, object]]) -> None:
    """A code that a group counts has a name, so that somebody can choose it; none counts both as yes and as no."""
    for group in groups.values():
        for code in sorted(group.yes & group.no) + sorted(
            (group.yes | group.no) - codes.get(group.field, {}).keys()
        ):
            raise InputProblem("concepts.code_wrong", group=group.name, value=code, field=group.field)


def check_versions(rules: tuple[Rule, ...]) -> None:
    """Versions of a rule count up from 1 with rising dates, and stay with one concept."""
    last: dict[str, Rule] = {}
    for rule in rules:
        before = last.get(rule.id)
        if rule.version != (before.version + 1 if before else 1):
            raise InputProblem("concepts.version_wrong", rule=rule.id)
        if before and (rule.since <= before.since or rule.concept != before.concept):
            raise InputProblem("concepts.version_wrong", rule=rule.id)
        last[rule.id] = rule
