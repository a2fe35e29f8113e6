"""What the room of recommendations and of the advocacy record says."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "recommendations.code_taken": N_(
        "Row {row}: another recommendation has this short name. Choose another one."
    ),
    "recommendations.no_document": N_(
        "Row {row}: give the document where it stands, so that everybody can look it up."
    ),
    "recommendations.no_such_step": N_("A recommendation that is “{state}” cannot become “{to}”."),
    "recommendations.reason_missing": N_("Row {row}: say what shows that it is so."),
    "recommendations.links_nothing": N_(
        "Row {row}: choose at least one thing to link to the recommendation."
    ),
    "recommendations.agrees_for_itself": N_(
        "Row {row}: only an organisation itself agrees to stand in the advocacy record. Ask it."
    ),
    "recommendations.agreed_day": N_(
        "Row {row}: the days of agreeing and withdrawing must be in order, and have come."
    ),
    "recommendations.agreed_already": N_("Row {row}: your organisation has agreed already."),
    "recommendations.not_agreed": N_(
        "Row {row}: this organisation no longer agrees to be named, so nothing is written of it."
    ),
    "recommendations.day": N_("Row {row}: this day has not come yet."),
    "recommendations.result_missing": N_("Row {row}: say what came of it."),
    "recommendations.pack_row": N_(
        "recommendations.csv, row {row}: {column} is missing or cannot stand there."
    ),
}
