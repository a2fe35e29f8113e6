"""What can be wrong with a figure, its source or a series, and what keeps two figures from being compared."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    # --- A wide table.
    "evidence.wide_area": N_(
        "Row {row}, “{column}”: “{value}” is neither a state nor the country. Correct it, or take the row out."
    ),
    "evidence.wide_area_twice": N_("Row {row}, “{column}”: “{value}” stands in a row above already. Keep one of them."),
    "evidence.wide_number": N_(
        "Row {row}, “{column}”: “{value}” is no number that can be read for sure. Write it as 12.5, or leave it empty."
    ),
    "evidence.wide_one_area": N_("Say which one column names the state. A wide table has exactly one."),
    "evidence.wide_no_year": N_("Say which columns are years. At least one has to be."),
    "evidence.wide_names_no_year": N_(
        "The column “{column}” names no single year. Leave it aside, or name it by its year."
    ),
    "evidence.wide_year_twice": N_("Two columns are of the year {year}. Leave one of them aside."),
    "evidence.wide_nothing": N_("No cell under a year has a number, so there is nothing to bring in."),
    # --- A figure.
    "evidence.no_concept": N_(
        "Row {row}, “what is counted”: it is empty. Choose what the figure counts; a number of nobody knows what is no"
        " figure."
    ),
    "evidence.concept_unknown": N_(
        "Row {row}, “what is counted”: “{value}” is not among the things that are counted here. Choose one of the list."
    ),
    "evidence.no_period": N_(
        "Row {row}, “period”: it is empty. Give the first and the last day; where the source does not say when it was"
        " counted, give the year in which it was said and untick “the source says the period”."
    ),
    "evidence.period_order": N_("Row {row}, “period”: it ends before it begins. Exchange the two days."),
    "evidence.no_area": N_("Row {row}, “area”: it is empty. Give the country or one of its states."),
    "evidence.area_below_state": N_(
        "Row {row}, “area”: “{value}” lies below the state. Nothing below the state is kept with a figure: give the"
        " code of the state."
    ),
    "evidence.part_of_state": N_(
        "Row {row}, “part of the country”: only the whole country can have a part, or it would lie below a state."
        " Empty it, or choose the country as area."
    ),
    "evidence.part_unknown": N_(
        "Row {row}, “part of the country”: it is none of the parts that the country pack counts, and other words could"
        " name a place below a state. Empty it, or choose one of the list."
    ),
    "evidence.nothing_said": N_("Row {row}, “value”: it is empty. Give a value, or a range."),
    "evidence.range_upside_down": N_(
        "Row {row}, “range from”: it is larger than “range to”. Exchange the two numbers."
    ),
    "evidence.range_half": N_(
        "Row {row}, “range from”: it is empty, and the range has an end. Give its beginning, or give a value that is"
        " meant as “at most”."
    ),
    "evidence.value_outside": N_(
        "Row {row}, “value”: it lies outside the range. Look both up in the source again."
    ),
    "evidence.negative": N_("Row {row}, “value”: it is below nought. Look it up in the source again."),
    "evidence.percent_over": N_(
        "Row {row}, “value”: more than 100 per cent. Choose another unit, or look it up in the source again."
    ),
    "evidence.ages_order": N_("Row {row}, “age from”: it is above “age to”. Exchange the two ages."),
    "evidence.repeats_itself": N_(
        "Row {row}, “repeats”: a figure cannot repeat itself. Choose the figure that its source passes on."
    ),
    "evidence.code_taken": N_(
        "Row {row}, “short name”: “{code}” is taken. Edit that entry, or choose another short name."
    ),
    "evidence.code_twice": N_("Row {row}, “short name”: row {other} has the same one. Choose another one."),
    "evidence.contradicted_stays": N_(
        "This figure stands in a contradiction, and contradictions are never deleted. Edit it instead, and say in the"
        " method what was wrong."
    ),
    # --- A source, a rating, a series.
    "evidence.day_not_in_year": N_("Row {row}, “day”: it does not lie in the year {year}. Mend one of the two."),
    "evidence.rated_already": N_("Row {row}, “year”: {year} has a rating of this scheme already. Edit that one."),
    "evidence.rated_twice": N_("Row {row}, “year”: row {other} rates the same year. Keep one of them."),
    "evidence.defined_only": N_(
        "Row {row}, “factor”: this factor is defined, but never a series and never a map. Choose another one."
    ),
    "evidence.value_already": N_(
        "Row {row}, “year”: this series has a value for {area} and {year} already. Edit that one."
    ),
    "evidence.value_twice": N_(
        "Row {row}, “year”: row {other} has the same series, area and year. Keep one of them."
    ),
    # --- Contradictions.
    "evidence.not_from_here": N_("This contradiction is “{state}” and cannot become “{to}” from there."),
    "evidence.no_explanation": N_(
        "The explanation is empty. Say in a sentence or two why the two figures do not go together."
    ),
    "evidence.explain_first": N_("Row {row}: explain the contradiction first, then decide it for a report."),
    "evidence.chosen_already": N_(
        "Row {row}, “report”: this report has decided it already. Edit that decision."
    ),
    "evidence.differs_concept": N_("They count different things: {first}, and {second}."),
    "evidence.differs_unit": N_("They are of different units: {first}, and {second}."),
    "evidence.differs_status": N_("The status differs: {first}, and {second}."),
    "evidence.differs_ages": N_("The ages differ: {first}, and {second}."),
    "evidence.differs_area": N_("The areas differ: {first}, and {second}."),
    "evidence.differs_area_part": N_("They are of different parts: {first}, and {second}."),
    "evidence.differs_period": N_("The periods differ: {first}, and {second}."),
    "evidence.differs_measure": N_("One is not like the other: {first}, and {second}."),
    "evidence.unsaid_status": N_("A source does not say the status of those who are counted."),
    "evidence.unsaid_ages": N_("A source does not say the ages."),
    "evidence.unsaid_period": N_("A source does not say when it was counted."),
    # --- The pack.
    "evidence.pack_value": N_(
        "{file}, row {row}, column {column}: “{value}” cannot be read there. Days are written 2005-12-31, numbers"
        " without signs."
    ),
    "evidence.pack_unknown": N_(
        "{file}, row {row}, column {column}: “{value}” does not stand in the pack. Add it there, or mend the cell."
    ),
}  # fmt: skip
