"""What can be wrong with a service of the directory, and what is due."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "services.ages": N_("Row {row}: the first age is above the last. Exchange them."),
    "services.day_to_come": N_(
        "Row {row}: a day lies in the future. Places and verification speak of days past."
    ),
    "services.organisation_closed": N_("Row {row}: this organisation is closed. Choose an open one."),
    "services.verify": N_("Make sure that the entry “{name}” is still right."),
}
