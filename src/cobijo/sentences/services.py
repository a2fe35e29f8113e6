"""What can be wrong with a service of the directory, and what is due."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "services.ages": N_("Row {row}: the first age is above the last. Exchange them."),
    "services.day_to_come": N_(
        "Row {row}: a day lies in the future. Places and verification speak of days past."
    ),
    "services.organisation_closed": N_("Row {row}: this organisation is closed. Choose an open one."),
    "services.twice": N_(
        "Row {row}: this organisation has a service with this name there already. Edit that one."
    ),
    "services.to_ask": N_(
        "{count} entries of the directory were not verified for half a year. Ask by e-mail."
    ),
    "services.nobody_to_ask": N_(
        "No contact of {organisation} has an e-mail address. Add a contact to ask, then send the link."
    ),
    "services.not_offered": N_("“{name}” is no longer offered, so there is nothing to verify."),
    "services.asked_lately": N_(
        "Somebody was asked about “{name}” in the last {days} days. Give them time, or telephone."
    ),
    "services.none_chosen": N_("No entry is chosen. Choose those to ask about."),
    "services.link_closed": N_(
        "This link does not work: it may have been used, have expired, or be incomplete. Nothing is wrong with you."
    ),
    "services.answer_missing": N_("Choose one of the three answers."),
    "services.verify": N_("Make sure that the entry “{name}” is still right."),
}
