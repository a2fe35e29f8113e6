"""What is wrong with the tables of a country pack that care stands on."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "care_pack.empty": N_("Row {row} of {file} in the country pack has nothing under {column}: fill it."),
    "care_pack.number_wrong": N_(
        "Row {row} of {file} in the country pack has “{value}” under {column}: write a whole number, 0 or more."
    ),
    "care_pack.value_wrong": N_(
        "Row {row} of {file} in the country pack has “{value}” under {column}: write one of {known}."
    ),
    "care_pack.code_wrong": N_(
        "Row {row} of {file} in the country pack has “{value}” under {column}, which is no code of that list: "
        "look it up and correct it."
    ),
    "care_pack.day_wrong": N_(
        "Row {row} of {file} in the country pack has “{value}” under {column}: write a day as 2026-11-30, or "
        "nothing."
    ),
    "care_pack.no_evidence": N_(
        "Row {row} of {file} in the country pack does not say how sure it is: begin {column} with one of {known}."
    ),
    "care_pack.missing_row": N_("{file} of the country pack has no row with {value} under {column}: add it."),
    "care_pack.clocks_order": N_(
        "risk_clocks.csv of the country pack gives {one} as much time as {other} or more: a graver risk must "
        "come sooner."
    ),
    "care_pack.capacity_gap": N_(
        "capacity.csv of the country pack has {times} rows for the decision {decision} at age {age}: every age "
        "needs exactly one."
    ),
    "care_pack.capacity_across": N_(
        "capacity.csv of the country pack has one row for the decision {decision} that runs across the age of 18: "
        "end it at 17 and begin another at 18."
    ),
    "care_pack.area_unknown": N_(
        "protection_offices.csv of the country pack names the area {value}, which areas.csv does not have: correct "
        "the code."
    ),
    "care_pack.concept_unknown": N_(
        "Offence {row} in offences.csv of the country pack answers to the concept “{value}”, which concepts.toml "
        "does not name: correct it or leave it empty."
    ),
    "care_pack.article_missing": N_(
        "Offence {row} in offences.csv of the country pack names no article: look it up, or begin its evidence "
        "with GK until somebody has."
    ),
}
