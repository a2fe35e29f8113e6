"""What is wrong with a country pack, and how to mend it."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "pack.unknown": N_(
        "There is no country pack {pack}: give one of {known}, or a folder that has a pack.toml."
    ),
    "pack.file_missing": N_(
        "The country pack has no file {file}: add it; the manual describes every file of a pack."
    ),
    "pack.not_utf8": N_("{file} of the country pack is not UTF-8: save it again as UTF-8."),
    "pack.toml_wrong": N_("{file} of the country pack is not valid TOML ({where}): mend it there."),
    "pack.setting_missing": N_("{file} of the country pack lacks the setting {setting}: add it."),
    "pack.setting_wrong": N_(
        "{file} of the country pack has a setting of the wrong kind: compare it with the pack of Mexico."
    ),
    "pack.column_missing": N_(
        "{file} of the country pack has no column {column}: add it, even if it stays empty."
    ),
    "pack.row_too_long": N_(
        "Row {row} of {file} in the country pack has more cells than the header: quote cells that hold a "
        "comma."
    ),
    "pack.weight_wrong": N_(
        "Row {row} of {file} in the country pack has the weight “{value}”: write a number above 0."
    ),
    "pack.sex_wrong": N_(
        "Row {row} of {file} in the country pack has the sex “{value}”: write female, male or any."
    ),
    "pack.phonetic_wrong": N_(
        "Row {row} of {file} in the country pack is no rule: fill find, and write start, end or nothing "
        "under at."
    ),
    "pack.code_not_folder": N_(
        "The country pack calls itself {code} but its folder is {folder}: give both one name."
    ),
    "pack.country_wrong": N_(
        "The country “{value}” of the pack is no ISO 3166-1 code: write its two capital letters."
    ),
    "pack.language_wrong": N_(
        "The language “{value}” of the country pack is no ISO 639 code: write its two or three small letters."
    ),
    "pack.language_unknown": N_(
        "The country pack has names in {languages} only, and screens are in {known}: add names in one of "
        "these."
    ),
    "pack.age_wrong": N_("The country pack counts children under {value} years: write an age from 1 to 21."),
    "pack.status_unknown": N_("The country pack counts the status “{value}”: write one of {known}."),
    "pack.no_areas": N_("areas.csv of the country pack has no rows: add one for each first-level area."),
    "pack.doubled": N_("{file} of the country pack has “{value}” twice under {column}: keep it in one row."),
    "pack.areas_unordered": N_(
        "areas.csv of the country pack is not in the order of office_code: sort its rows by that column."
    ),
    "pack.area_code_wrong": N_(
        "The area code “{value}” of the country pack is not of the form {country}-XXX: write its ISO 3166-2 "
        "code."
    ),
    "pack.empty": N_("{file} of the country pack has nothing under {column} for {row}: fill it."),
    "pack.pinned": N_(
        "The country pack pins office code {office_code} to {area}, and areas.csv has “{found}” there: "
        "restore the statistics office's own numbering."
    ),
    "pack.word_of_two": N_(
        "{file} of the country pack lets “{value}” mean both {one} and {other}: keep the word for one of "
        "them."
    ),
    "pack.term_missing": N_("terms.csv of the country pack has no row {value} of the kind {kind}: add it."),
    "pack.term_unknown": N_(
        "terms.csv of the country pack has a row {value} of the kind {kind}, which can only be {known}: "
        "remove it."
    ),
    "pack.no_evidence": N_(
        "{file} of the country pack does not say how sure {row} is: fill {column}, such as read, inf or GK."
    ),
    "pack.no_names": N_(
        "given_names.csv of the country pack has no names for {value}: add some with weights."
    ),
    "pack.no_surnames": N_("surnames.csv of the country pack has no rows: add surnames with weights."),
    "pack.nickname_is_name": N_(
        "nicknames.csv of the country pack turns “{value}” into {name}, but given_names.csv has it as a name "
        "of its own: remove one."
    ),
    "pack.nickname_chain": N_(
        "nicknames.csv of the country pack turns “{value}” into “{name}”, which is itself a nickname there: "
        "write the full name."
    ),
    "pack.compound_short": N_(
        "“{value}” among the compounds of names.toml is one word: write the surname as it is written apart."
    ),
    "pack.phonetic_never": N_(
        "Row {row} of phonetic.csv looks for “{value}”, which is never there at that point: names.toml must "
        "keep "
        "the letter, or an earlier row must make it."
    ),
    "pack.map_licence": N_(
        "The country pack has a map without map-licence.txt: say there whose it is and under what terms."
    ),
    "pack.map_large": N_("The map of the country pack has {kilobytes} kB: simplify it to {most} kB at most."),
    "pack.map_unreadable": N_(
        "map.geojson of the country pack cannot be read: it must be a FeatureCollection of closed polygons "
        "in "
        "degrees, each with the area's code as its id."
    ),
    "pack.not_on_map": N_(
        "The map of the country pack must show {area} exactly once: give one shape that id."
    ),
    "pack.map_stranger": N_(
        "The map of the country pack shows “{value}”, which areas.csv does not have: remove it."
    ),
    "pack.map_winding": N_(
        "The map of the country pack draws {area} inside out: outer rings must run clockwise and holes the "
        "other way."
    ),
    "pack.organisation_kind": N_(
        "The organisation {row} of the country pack is of the kind “{value}”: write one of {known}."
    ),
    "pack.organisation_area": N_(
        "The organisation {row} of the country pack is in the area “{value}”, which areas.csv does not have: "
        "write a code from there, or nothing for the whole country."
    ),
    "pack.network_unknown": N_(
        "The organisation {row} of the country pack is in the network “{value}”, which networks.csv does not "
        "have: add it there."
    ),
}
