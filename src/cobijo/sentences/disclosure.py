"""What disclosure control and the attackers say."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "disclosure.protect": N_("Hiding what would disclose"),
    "disclosure.tables_disagree": N_(
        "The tables contradict each other: {cell} is not what {other} makes it; count both from the "
        "same records."
    ),
    "disclosure.same_table_twice": N_("Two tables have the same id: give each its own."),
    "disclosure.dimensions": N_("Table {table} needs at least one dimension, each named once."),
    "disclosure.no_cells": N_("Table {table} has no cells: there is nothing to publish."),
    "disclosure.bad_cell": N_(
        "Cell {cell} of table {table} cannot be used: give one value per dimension, none of them a "
        "total, and a count from 0 up."
    ),
    "disclosure.unknown_dimension": N_(
        "Table {table} is to be published by {dimensions}, which it does not have: name its own dimensions."
    ),
    "disclosure.unknown_category": N_(
        "Table {table} has a person at {cell}, which is not among its categories: add the category "
        "or correct the value."
    ),
    "disclosure.sum_of_nothing": N_(
        "The sum {sum} of table {table} names cells that the table does not have: correct its parts."
    ),
    "disclosure.link_to_nothing": N_(
        "Cell {cell} of table {table} is referred to but not published: correct the reference or "
        "publish the cell."
    ),
    "disclosure.bad_hierarchy": N_(
        "The subtotals of {dimension} in table {table} go in a circle or are also plain values: each "
        "value needs one way up to the total."
    ),
    "disclosure.already_public": N_(
        "Cell {cell} must be hidden by the rules but is public already: this table cannot be released."
    ),
    "disclosure.cannot_protect": N_(
        "Cell {cell} cannot be kept from being worked out: join small categories or publish fewer totals."
    ),
    "disclosure.audit_failed": N_(
        "The audit found {problems} ways to narrow hidden cells down, so nothing is published: join "
        "small categories or publish fewer totals."
    ),
    "disclosure.plan_unreadable": N_(
        "The plan {file} cannot be opened: check its name and that it may be read."
    ),
    "disclosure.plan_not_toml": N_("The plan {file} is not valid TOML ({detail}): correct that place."),
    "disclosure.plan_unknown_key": N_(
        "The plan {file} has a key {key} that means nothing here: use only {known}."
    ),
    "disclosure.plan_key": N_(
        "In the plan {file} the key {key} is missing or of the wrong kind: see "
        "docs/explanation/disclosure.md for an example."
    ),
    "disclosure.plan_number": N_(
        "In the plan {file} the key {key} must be a whole number of at least {least}."
    ),
    "disclosure.table_unreadable": N_(
        "The table {file} cannot be opened: check its name and that it may be read."
    ),
    "disclosure.table_not_utf8": N_("The table {file} is not in UTF-8: save it again as CSV UTF-8."),
    "disclosure.table_not_csv": N_("The table {file} is not a CSV file with commas: save it again as CSV."),
    "disclosure.no_column": N_(
        "The table {file} needs exactly one column called {column}: rename it in the file or in the plan."
    ),
    "disclosure.row_length": N_(
        "Row {row} of {file} has more or fewer fields than the header: correct the row."
    ),
    "disclosure.empty_value": N_(
        'Row {row} of {file} has nothing in {column}: write the value, or "unknown".'
    ),
    "disclosure.unsafe_value": N_(
        "Row {row} of {file} has a value in {column} that a spreadsheet could run or that is too "
        "long: correct it."
    ),
    "disclosure.not_a_count": N_(
        "Row {row} of {file} has no whole number from 0 up in {column}: correct it."
    ),
    "disclosure.cell_twice": N_(
        "Row {row} of {file} gives the cell {cell} a second time: keep one row per cell."
    ),
    "disclosure.total_disagrees": N_(
        "Row {row} of {file} gives a total for {cell} that is not the sum of its parts: correct it "
        "or leave the row out."
    ),
    "disclosure.too_many_cells": N_(
        "The table {file} would have {cells} cells with its totals, more than {most}: join "
        "categories or split the table."
    ),
    "disclosure.no_folder": N_("There is no folder {folder}: name the folder of published files."),
    "disclosure.attack_exact": N_(
        "{file}, {table}: the hidden cell {cell} is exactly {known}, by the table's own totals."
    ),
    "disclosure.attack_narrow": N_(
        "{file}, {table}: the hidden cell {cell} lies in {known}, by the table's own totals."
    ),
    "disclosure.attack_linked": N_(
        "{file}, {table}: the hidden cell {cell} is {known} once other tables or files are put beside it."
    ),
    "disclosure.attack_derived": N_(
        "{file}, {table}: percentages or estimates give the cell {cell} away: {known}."
    ),
    "disclosure.attack_difference": N_(
        "{file}: two published tables differ by the cell {cell}, which is {known}."
    ),
    "disclosure.attack_elsewhere": N_(
        "{file}, {table}: the cell {cell} is shown here ({known}) and hidden elsewhere."
    ),
    "disclosure.attack_words": N_("{file}: a text tells the hidden cell {cell} of table {table}: {known}."),
    "disclosure.attack_rounded": N_(
        "{file}, {table}: the cell {cell} is rounded in one place and exact in another ({known})."
    ),
    "disclosure.attack_contradiction": N_(
        "{file}, {table}: the cell {cell} has different counts in different places ({known})."
    ),
    "disclosure.attack_symbols": N_(
        "{file}, {table}: the cell {cell} is hidden by another symbol than others, which tells why "
        "it is hidden."
    ),
    "disclosure.attack_below": N_(
        "{file}, {table}: the cell {cell} shows {known}, fewer than the threshold."
    ),
    "disclosure.attack_zero": N_(
        "{file}, {table}: the cell {cell} shows a zero, which speaks about everybody it could have held."
    ),
    "disclosure.attack_sums": N_(
        "{file}, {table}: the parts of {cell} do not add up to it; a reader will look for the reason."
    ),
}
