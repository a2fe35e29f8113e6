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
    "screens.key_unknown": N_("This key to the API is not known, has ended or was revoked."),
    "screens.exported": N_("{count} rows are in the file."),
    "screens.writing": N_("Writing the file"),
}
