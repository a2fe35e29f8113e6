"""Concepts follow from elements as the table of scenarios says, and old rules still speak for old cases."""

from __future__ import annotations

import copy
import csv
import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cobijo.engine.pack import PACKS
from cobijo.errors import InputProblem
from cobijo.sentences import LANGUAGES, catalogue, render
from cobijo.web.care.children.concepts import (
    CODED,
    TOLD,
    Derived,
    Elements,
    concepts_that_hold,
    contradictions,
    derive,
    elements_of,
    say,
)
from cobijo.web.care.children.rule_reading import load_rules, read_rules

HERE = Path(__file__).parent
SCENARIOS = list(csv.DictReader((HERE / "scenarios.csv").open(encoding="utf-8")))
RULES = load_rules("mexico")
DATA = tomllib.loads((PACKS / "mexico" / "concepts.toml").read_text(encoding="utf-8"))
TRI = st.sampled_from((True, False, None))


def told(row: dict[str, str]) -> tuple[Derived, ...]:
    values: dict[str, Any] = dict.fromkeys(TOLD, False)
    values |= dict.fromkeys(row["yes"].split(), True) | dict.fromkeys(row["unknown"].split(), None)
    elements = Elements(**values, exchange_kind=row["kind"])
    return derive(elements, age=int(row["age"]) if row["age"] else None, rules=RULES)


def test_there_are_forty_scenarios_and_each_concept_occurs() -> None:
    assert len(SCENARIOS) >= 40
    assert len({row["what"] for row in SCENARIOS}) == len(SCENARIOS)
    named = {one for row in SCENARIOS for one in row["concepts"].split()}
    assert named == {rule.concept for rule in RULES.current()}


@pytest.mark.parametrize("row", SCENARIOS, ids=[row["what"] for row in SCENARIOS])
def test_scenario(row: dict[str, str]) -> None:
    derived = told(row)
    holding = concepts_that_hold(derived)
    assert set(holding) == set(row["concepts"].split())
    opened = {one.concept for one in derived if one.answer == "unknown"} - set(holding)
    assert opened == set(row["open"].split())
    if row["concept"]:
        articles = {one.article for one in derived if one.concept == row["concept"] and one.answer == "holds"}
        assert row["article"] in articles


def test_an_answer_shows_what_decided_and_what_is_missing() -> None:
    derived = {
        one.rule: one
        for one in derive(
            Elements(sexual_act=True, exchange_given=True, exchange_promised=None, online=False),
            age=None,
            rules=RULES,
        )
    }
    assert derived["sexual-exploitation"].because == (
        ("under_18", True),
        ("sexual_act", True),
        ("exchange_given", True),
    )
    assert derived["commercial-sexual-exploitation"].missing == ("exchange_kind",)
    assert derived["online-dimension"].because == (("online", False),)
    assert derived["sexual-abuse"].age_presumed


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_is_a_sentence_in_words(language: str) -> None:
    for age in (None, 12, 30):
        for one in derive(Elements(sexual_act=True, online=False), age=age, rules=RULES):
            code, params = say(one, RULES, language)
            sentence = render(code, params)
            assert RULES.concepts[one.concept].names[language] in sentence
            assert one.article in sentence
            assert "_" not in sentence
            assert "{" not in sentence


def test_the_presumed_age_is_said_only_where_it_mattered() -> None:
    derived = derive(Elements(sexual_act=True), age=None, rules=RULES)
    assert derived[0].code == "concepts.holds_age_presumed"
    assert derive(Elements(sexual_act=True), age=12, rules=RULES)[0].code == "concepts.holds"


@given(st.fixed_dictionaries(dict.fromkeys(TOLD, TRI)), st.data())
def test_learning_more_never_turns_an_answer_around(
    values: dict[str, bool | None], data: st.DataObject
) -> None:
    """Kleene's logic is monotone: what holds or does not hold stays so whatever an unknown turns out to be."""
    age = data.draw(st.sampled_from((None, 10, 17, 18, 40)))
    known = {name: data.draw(st.booleans()) if value is None else value for name, value in values.items()}
    before = derive(Elements(**values), age=age, rules=RULES)  # type: ignore[arg-type]
    after = derive(Elements(**known), age=age, rules=RULES)  # type: ignore[arg-type]
    for one, other in zip(before, after, strict=True):
        assert one.answer in ("unknown", other.answer)
        assert (one.answer == "unknown") == bool(one.missing)


@given(st.fixed_dictionaries({name: st.booleans() for name in TOLD}), st.integers(0, 60))
def test_means_never_matter_under_eighteen(values: dict[str, bool], age: int) -> None:
    without = {**values, **{name: False for name in TOLD if name.startswith("means_")}}
    one, other = (
        {d.rule: d.answer for d in derive(Elements(**v), age=age, rules=RULES)}  # type: ignore[arg-type]
        for v in (values, without)
    )
    if age < 18:
        assert one["trafficking-child"] == other["trafficking-child"]
    else:
        assert other["trafficking-adult"] == "not"


def test_answers_that_cannot_both_be_so_are_found() -> None:
    nothing = Elements(
        exchange_given=False, exchange_promised=False, exchange_to_child=True, exchange_kind="money"
    )
    assert [params["one"] for _, params in contradictions(nothing)] == ["exchange_to_child", "exchange_kind"]
    alone = Elements(third_party=False, third_party_relation="parent")
    assert [params["one"] for _, params in contradictions(alone)] == ["third_party_relation"]
    assert contradictions(Elements(exchange_given=None, exchange_to_child=True)) == []


def test_elements_come_from_any_record() -> None:
    made = elements_of({"online": True, "sexual_act": "yes", "exchange_kind": ["money", "food"], "name": "x"})
    assert (made.online, made.sexual_act, made.exchange_kind) == (True, None, "money|food")


def test_published_rules_stay_as_they_are() -> None:
    """A change belongs into a next version: an old case must be derivable as it was."""
    pinned = json.loads((HERE / "published_rules.json").read_text(encoding="utf-8"))
    assert {f"{rule.id} {rule.version}": rule.fingerprint for rule in RULES.rules} == pinned


def test_an_old_case_is_derived_by_the_rules_of_its_day() -> None:
    data = copy.deepcopy(DATA)
    better = {
        **data["rule"][0],
        "version": 2,
        "since": date(2027, 3, 1),
        "when": {"all": ["under_18", "online"]},
    }
    data["rule"].append(better)
    rules = read_rules(data, ("es", "en"))
    event = Elements(sexual_act=True, online=False)
    new = derive(event, age=12, rules=rules)[0]
    old = derive(event, age=12, rules=rules.at(date(2026, 12, 31)))[0]
    assert (new.rule, new.version, new.answer) == ("sexual-abuse", 2, "not")
    assert (old.rule, old.version, old.answer) == ("sexual-abuse", 1, "holds")
    assert derive(event, age=12, rules=rules.at(date(2020, 1, 1))) == ()


def spoil(change: Any) -> str:
    data = copy.deepcopy(DATA)
    change(data)
    with pytest.raises(InputProblem) as caught:
        read_rules(data, ("es", "en"))
    assert "{" not in render(caught.value.code, caught.value.params)
    return caught.value.code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda d: d["rule"][0].update(when={"all": ["under_eighteen"]}), "concepts.element_unknown"),
        (lambda d: d["rule"][0].update(when="exchange_kind"), "concepts.element_unknown"),
        (lambda d: d["rule"][0].update(when={"all": []}), "concepts.expression_wrong"),
        (
            lambda d: d["rule"][0].update(when={"all": ["online"], "any": ["online"]}),
            "concepts.expression_wrong",
        ),
        (lambda d: d["rule"][0].update(when={"some": ["online"]}), "concepts.expression_wrong"),
        (lambda d: d["rule"][0].update(when=deep(20)), "concepts.expression_wrong"),
        (lambda d: d["rule"][0].update(version=2), "concepts.version_wrong"),
        (lambda d: d["rule"].append(d["rule"][0]), "concepts.version_wrong"),
        (lambda d: d["rule"][0].update(since="soon"), "concepts.version_wrong"),
        (lambda d: d["rule"][0].update(concept="crime"), "concepts.concept_unknown"),
        (lambda d: d["rule"][0].update(article=" "), "concepts.empty"),
        (lambda d: d["rule"][0].pop("when"), "pack.setting_missing"),
        (lambda d: d.update(rule=7), "pack.setting_wrong"),
        (lambda d: d["define"].update(online="under_18"), "concepts.name_taken"),
        (lambda d: d["define"].update(first={"any": ["first"]}), "concepts.element_unknown"),
        (lambda d: d["element"].pop("online"), "concepts.element_unnamed"),
        (lambda d: d["element"].update(colour=d["element"]["online"]), "concepts.element_stranger"),
        (lambda d: d["element"]["online"]["names"].pop("es"), "pack.setting_missing"),
        (lambda d: d["group"]["exchange_basic"].update(field="online"), "concepts.group_wrong"),
        (lambda d: d["group"]["exchange_basic"]["no"].append("food"), "concepts.code_wrong"),
        (lambda d: d["code"]["exchange_kind"].pop("money"), "concepts.code_wrong"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_in_one_sentence(change: Any, code: str) -> None:
    assert spoil(change) == code


def deep(levels: int) -> Any:
    return {"not": deep(levels - 1)} if levels else "online"


def test_no_sentence_of_these_rooms_lacks_its_spanish() -> None:
    parts = PACKS.parent / "locale" / "parts"
    spanish = {
        **json.loads((parts / "concepts.es.json").read_text(encoding="utf-8")),
        **json.loads((parts / "exchange.es.json").read_text(encoding="utf-8")),
    }
    rooms = ("concepts.", "checklists.", "care_pack.", "exchange.")
    for code, sentence in catalogue().items():
        if code.startswith(rooms):
            assert spanish.get(sentence), code
            holes = {part.split("}")[0] for part in sentence.split("{")[1:]}
            assert holes == {part.split("}")[0] for part in spanish[sentence].split("{")[1:]}, code


def test_trafficking_is_never_called_smuggling_in_spanish() -> None:
    assert not any("tráfico" in concept.names["es"] for concept in RULES.concepts.values())
    assert set(RULES.elements) == {*TOLD, *CODED, "under_18"}
