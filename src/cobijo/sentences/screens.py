"""What registers say when something does not go through."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "screens.stale": N_(
        "Somebody else changed this meanwhile. Nothing of yours is lost: compare both versions."
    ),
    "screens.gone": N_("This record is not there any more, or not yours to see. Go back to the list."),
    "screens.still_used": N_("Other records refer to this one, so it cannot be removed. Close it instead."),
    "screens.constraint": N_(
        "This cannot be saved as it stands: another record says the same, or two fields contradict each other."
    ),
    "screens.field_wrong": N_("Row {row}: “{field}” cannot hold this. Correct it and try again."),
    "screens.version_missing": N_(
        "Say which version you started from (“version”), so that nobody else’s edit is overwritten."
    ),
    "screens.nothing_here": N_("There is nothing at this address, or it is not yours to see."),
    "screens.fields_wrong": N_("Some fields cannot hold what was sent; see “errors”."),
    "screens.no_json": N_("What was sent cannot be read as JSON. Send one JSON object, in UTF-8."),
    "screens.no_method": N_("This address does not know that method. It knows: {allowed}."),
    "screens.key_unknown": N_("This key to the API is not known, has ended or was revoked."),
    "screens.no_table": N_(
        "The file is not a table that can be read. Save it as CSV (UTF-8) or XLSX and try again."
    ),
    "screens.file_too_large": N_("The file is larger than {most} MB. Divide it into parts."),
    "screens.too_many_rows": N_("The table has more than {most} rows. Divide it into parts."),
    "screens.no_columns": N_("No column is put to a field. Say for at least one column which field it is."),
    "screens.mapped_twice": N_("Two columns are put to “{field}”. Choose one, and leave the other aside."),
    "screens.not_mapped": N_(
        "No column is put to “{field}”, which must be filled in. Choose the one that holds it."
    ),
    "screens.no_rows": N_("The table has no row below the first, so there is nothing to import."),
    "screens.import_stopped": N_(
        "Row {row} has a problem, so the import stopped. {count} rows are in, down to row {last}; nothing below it is. "
        "Correct the table, take the rows that are in out of it, and import the rest."
    ),
    "screens.tried": N_("{good} of {rows} rows are in order. Nothing was written. Go back to read more."),
    "screens.trying": N_("Trying the rows"),
    "screens.imported": N_("{count} rows were imported."),
    "screens.file_gone": N_("This file was handed in already, or it is too old. Choose it again."),
    "screens.reading": N_("Reading the table"),
    "screens.exported": N_("{count} rows are in the file."),
    "screens.writing": N_("Writing the file"),
}
