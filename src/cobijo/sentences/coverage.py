"""What can be wrong with a 4W table, and how its import ends."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "coverage.no_hashtags": N_(
        "None of the first {most} rows is a row of HXL hashtags such as #org or #adm1. Add one above the data."
    ),
    "coverage.no_rows": N_(
        "There is no row below the hashtags. Write one row a service, then choose the table again."
    ),
    "coverage.column_missing": N_(
        "The table has no column {tag}. Add it, or write the hashtag above the right column."
    ),
    "coverage.organisation_unknown": N_(
        "Row {row}: no organisation has the short name or name “{name}”. Correct it, or add the organisation first."
    ),
    "coverage.organisation_twice": N_(
        "Row {row}: several organisations are called “{name}”. Write the short name under #org+code."
    ),
    "coverage.state_unknown": N_(
        "Row {row}: “{value}” is no state of this country. Write its code or its name; leave it empty for the"
        " whole country."
    ),
    "coverage.state_twice": N_(
        "Row {row}: the code “{code}” and the name “{name}” are two states. Correct one of them."
    ),
    "coverage.row_twice": N_(
        "Row {row}: the same service stands in an earlier row (organisation, name, state). Remove one of them."
    ),
    "coverage.several_services": N_(
        "Row {row}: this organisation has several services with this name in this state. Change them in the register."
    ),
    "coverage.import_stopped": N_(
        "The import stopped at row {row}; the {count} rows before it are done. Correct the table and import it again:"
        " what is there already stays as it is."
    ),
    "coverage.imported": N_(
        "Done: {made} services made, {changed} changed, {same} were as in the table already."
    ),
}
