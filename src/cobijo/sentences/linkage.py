"""What record linkage says: why lists cannot be linked, and how far it is."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "linkage.no_records": N_(
        "The lists hold no usable record: run the check on each list and mend what it names."
    ),
    "linkage.nothing_to_compare": N_(
        "The lists {lists} hold neither names nor an official id, so nobody can be recognised: map the "
        "columns of names in a mapping file."
    ),
    "linkage.record_id_twice": N_(
        "Two lists have the same name: give each list its own name, then link again."
    ),
    "linkage.one_list_one_to_one": N_(
        "One-to-one linkage compares lists that each hold a person once, so it needs at least two lists: "
        "leave the option out to look for doubles in one list."
    ),
    "linkage.truth_unrelated": N_(
        "None of the {truth} record ids of the truth file belongs to the {records} records linked: write "
        "them as list name, colon and row number, or as the agency's own id."
    ),
    "linkage.prepare": N_("Preparing names, dates and places"),
    "linkage.train": N_("Learning how the lists differ"),
    "linkage.compare": N_("Comparing records"),
    "linkage.decide": N_("Deciding which records are one person"),
}
