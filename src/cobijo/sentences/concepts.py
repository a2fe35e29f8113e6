"""What the derivation of concepts says of an event, and what is wrong with its rules."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "concepts.holds": N_("This is {concept} ({article}), because it was recorded: {elements}."),
    "concepts.holds_age_presumed": N_(
        "This is {concept} ({article}), because it was recorded: {elements}. The age is unknown or disputed, so "
        "the person counts as a child until it is decided."
    ),
    "concepts.not": N_("By {article} this is not {concept}. What decided: {elements}."),
    "concepts.yes": N_("{element}: yes"),
    "concepts.no": N_("{element}: no"),
    "concepts.unknown": N_(
        "Whether this is {concept} ({article}) cannot be told yet. Still unknown: {elements}."
    ),
    "concepts.contradiction": N_(
        "“{one}” and “{other}” were answered in a way that cannot both be so: ask again and correct one of them."
    ),
    "concepts.group_wrong": N_(
        "concepts.toml of the country pack has a group {value} that fits no element: give it a name of its own "
        "and a field out of {known}."
    ),
    "concepts.code_wrong": N_(
        "Group {group} in concepts.toml counts the code “{value}” twice, or [code.{field}] has no name for it: keep "
        "it under yes or no, and name it."
    ),
    "concepts.name_taken": N_(
        "concepts.toml of the country pack defines {value}, which is already an element: choose another name."
    ),
    "concepts.version_wrong": N_(
        "The versions of rule {rule} in concepts.toml do not follow each other: count up from 1 by one, give each "
        "a later day under since, and keep the concept."
    ),
    "concepts.concept_unknown": N_(
        "Rule {rule} in concepts.toml leads to the concept “{value}”, which the file does not name: add "
        "[concept.{value}]."
    ),
    "concepts.empty": N_("Rule {rule} in concepts.toml says nothing under {setting}: fill it."),
    "concepts.element_unknown": N_(
        "Rule {rule} in concepts.toml asks for “{value}”, which is no element, group or definition above it: "
        "correct the name."
    ),
    "concepts.expression_wrong": N_(
        "Rule {rule} in concepts.toml cannot be read: write a name, or one of all, any and not, with at least one "
        "name inside."
    ),
    "concepts.element_unnamed": N_(
        "concepts.toml of the country pack has no words for the element {value}: add [element.{value}] with names "
        "and meaning."
    ),
    "concepts.element_stranger": N_(
        "concepts.toml of the country pack has words for {value}, which is no element: remove it."
    ),
}
