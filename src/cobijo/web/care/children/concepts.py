"""Concepts (sexual exploitation, trafficking, sale, …) derived from recorded elements by a pack's published rules.

Nobody picks a label. A caseworker records what was done, and each rule then says of its concept that it holds,
that it does not hold, or that it cannot be told and which element is missing. The rules are data in the pack's
`concepts.toml`; docs/reference/concepts.md explains them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Literal

from cobijo.errors import Param
from cobijo.sentences import render
from cobijo.web.care.children.rule_shape import All, Any, Expression, Leaf, Not, Rule, Rules

Answer = Literal["holds", "not", "unknown"]

#: The age below which the treaties speak of a child (CRC art. 1, Palermo Protocol art. 3(d)).
CHILD = 18

Finding = tuple[str, dict[str, Param]]


@dataclass(frozen=True)
class Elements:
    """What was done, to what end and for what. True, False, or None where nobody knows yet.

    `exchange_kind` may hold several codes parted by `|`; an empty text is unknown. What each element means to
    the person who records it stands in the pack (`Rules.elements`).
    """

    act_recruit: bool | None = None
    act_transport: bool | None = None
    act_transfer: bool | None = None
    act_harbour: bool | None = None
    act_receive: bool | None = None
    means_force: bool | None = None
    means_deception: bool | None = None
    means_abuse_of_power: bool | None = None
    means_payment: bool | None = None
    purpose_sexual: bool | None = None
    purpose_labour: bool | None = None
    purpose_organs: bool | None = None
    purpose_adoption: bool | None = None
    purpose_marriage: bool | None = None
    purpose_other: bool | None = None
    sexual_act: bool | None = None
    sexual_material: bool | None = None
    exchange_given: bool | None = None
    exchange_promised: bool | None = None
    exchange_to_child: bool | None = None
    exchange_to_third_party: bool | None = None
    exchange_kind: str = ""
    transfer_of_child: bool | None = None
    moved_within_country: bool | None = None
    moved_across_border: bool | None = None
    online: bool | None = None
    travel_tourism: bool | None = None
    third_party: bool | None = None
    third_party_relation: str = ""
    third_party_role: str = ""


#: Elements that hold a code instead of yes, no or unknown; a rule sees them through a pack's groups of codes.
CODED = ("exchange_kind", "third_party_relation", "third_party_role")
#: Elements that a rule may name.
TOLD = tuple(one.name for one in fields(Elements) if one.name not in CODED)


@dataclass(frozen=True)
class Derived:
    """What one rule says of one event, with all that is needed to show why.

    `because`: the elements that made it hold, or that stand against it, each with its recorded value.
    `missing`: the elements that would have to be known; filled only where the answer is "unknown".
    """

    concept: str
    rule: str
    version: int
    article: str
    answer: Answer
    because: tuple[tuple[str, bool], ...]
    missing: tuple[str, ...]
    age_presumed: bool  # the age is unknown or disputed, so the person counts as a child
    code: str
    params: Mapping[str, Param]


@dataclass(frozen=True)
class _Told:
    """The value of an expression with the leaves that decided it."""

    value: bool | None
    because: tuple[tuple[str, bool], ...] = ()
    missing: tuple[str, ...] = ()


def elements_of(record: Mapping[str, object]) -> Elements:
    """`Elements` from any record that has some of the names; what is not an element is passed over."""
    known = {one.name for one in fields(Elements)}
    values: dict[str, object] = {}
    for name, value in record.items():
        if name not in known:
            continue
        if name in CODED:
            values[name] = "|".join(value) if isinstance(value, list | tuple) else str(value or "")
        else:
            values[name] = value if isinstance(value, bool) else None
    return Elements(**values)  # type: ignore[arg-type]  # each value was made to fit just above


def derive(elements: Elements, *, age: int | None, rules: Rules) -> tuple[Derived, ...]:
    """What each rule says, in the order of the pack; `age` is the age at the event.

    None is an unknown or disputed age and counts as a child's. Of each rule the newest version in `rules`
    speaks: `rules.at(day)` gives the rules as they stood when an old case was first derived.

    >>> from cobijo.web.care.children.rule_reading import load_rules
    >>> told = derive(Elements(act_harbour=True, purpose_sexual=True), age=15, rules=load_rules("mexico"))
    >>> [one.article for one in told if one.rule == "trafficking-child" and one.answer == "holds"]
    ['Palermo Protocol, art. 3(a), 3(c) and 3(d)']
    """
    values: dict[str, bool | None] = {name: getattr(elements, name) for name in TOLD}
    values["under_18"] = age is None or age < CHILD
    for group in rules.groups.values():
        values[group.name] = group.value(str(getattr(elements, group.field)))
    return tuple(_apply(rule, values, age, rules) for rule in rules.current())


def concepts_that_hold(derived: tuple[Derived, ...]) -> tuple[str, ...]:
    """The concepts of which at least one rule holds, each once, in the order of the rules."""
    return tuple(dict.fromkeys(one.concept for one in derived if one.answer == "holds"))


def say(derived: Derived, rules: Rules, language: str) -> Finding:
    """The code and parameters of the plain sentence, with the pack's names in `language` instead of codes."""
    concept = rules.concepts[derived.concept].names[language]
    if derived.answer == "unknown":
        words = "; ".join(rules.name_of(name, language) for name in derived.missing)
    else:
        words = "; ".join(
            render(
                "concepts.yes" if value else "concepts.no",
                {"element": rules.name_of(name, language)},
                language,
            )
            for name, value in derived.because
        )
    return derived.code, {**derived.params, "concept": concept, "elements": words}


def contradictions(elements: Elements) -> list[Finding]:
    """Answers that cannot stand together; none of them stops a derivation, each is worth asking about."""
    told = asdict(elements)
    nothing = elements.exchange_given is False and elements.exchange_promised is False
    pairs = [
        (name, "exchange_given")
        for name in ("exchange_to_child", "exchange_to_third_party")
        if nothing and told[name]
    ]
    if nothing and elements.exchange_kind:
        pairs.append(("exchange_kind", "exchange_given"))
    if elements.third_party is False:
        pairs += [
            (name, "third_party") for name in ("third_party_relation", "third_party_role") if told[name]
        ]
        if elements.exchange_to_third_party:
            pairs.append(("exchange_to_third_party", "third_party"))
    return [("concepts.contradiction", {"one": one, "other": other}) for one, other in pairs]


def _apply(rule: Rule, values: Mapping[str, bool | None], age: int | None, rules: Rules) -> Derived:
    told = _told(rule.when, values)
    answer: Answer = "unknown" if told.value is None else "holds" if told.value else "not"
    because = () if told.value is None else tuple(dict.fromkeys(told.because))
    missing = tuple(dict.fromkeys(_field(name, rules) for name in told.missing)) if told.value is None else ()
    shown = missing if told.value is None else tuple(name for name, _ in because)
    presumed = age is None
    return Derived(
        concept=rule.concept,
        rule=rule.id,
        version=rule.version,
        article=rule.article,
        answer=answer,
        because=because,
        missing=missing,
        age_presumed=presumed,
        code=f"concepts.{answer}_age_presumed"
        if presumed and answer == "holds" and "under_18" in shown
        else f"concepts.{answer}",
        params={
            "concept": rule.concept,
            "rule": rule.id,
            "version": rule.version,
            "article": rule.article,
            "elements": ", ".join(shown),
        },
    )


def _field(name: str, rules: Rules) -> str:
    """The element that somebody has to ask about: for a group of codes the element that holds the code."""
    return rules.groups[name].field if name in rules.groups else name


def _told(expression: Expression, values: Mapping[str, bool | None]) -> _Told:
    """Kleene's three values: one False decides an "all", one True an "any"; the unknown of a decided one is idle."""
    if isinstance(expression, Leaf):
        value = values[expression.name]
        if value is None:
            return _Told(None, missing=(expression.name,))
        return _Told(value, because=((expression.name, value),))
    if isinstance(expression, Not):
        inner = _told(expression.of, values)
        return _Told(None if inner.value is None else not inner.value, inner.because, inner.missing)
    parts = [_told(one, values) for one in expression.of]
    decisive = isinstance(expression, Any)  # the value of one part that decides the whole
    deciding = [part for part in parts if part.value is decisive]
    open_parts = [part for part in parts if part.value is None]
    if deciding:
        return _Told(decisive, because=tuple(leaf for part in deciding for leaf in part.because))
    if open_parts:
        return _Told(None, missing=tuple(name for part in open_parts for name in part.missing))
    return _Told(not decisive, because=tuple(leaf for part in parts for leaf in part.because))


__all__ = [
    "All",
    "Answer",
    "Derived",
    "Elements",
    "Rule",
    "Rules",
    "concepts_that_hold",
    "contradictions",
    "derive",
    "elements_of",
    "say",
]
