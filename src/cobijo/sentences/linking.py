"""Sentences of linking files."""

from cobijo.sentences.marks import N_

SENTENCES = {
    "linking.same_name": N_(
        "Two lists are called {name}; rename one file, since records are named after their list."
    ),
    "linking.truth_columns": N_("{file} needs the columns record_id and person_id."),
    "linking.truth_unreadable": N_("{file} cannot be read as a CSV file in UTF-8; save it again as one."),
    "linking.truth_twice": N_("{file}, row {row}: this record was named before; keep one of the two rows."),
    "linking.truth_empty": N_(
        "{file}, row {row}: record_id or person_id is empty; fill it or take the row out."
    ),
}
