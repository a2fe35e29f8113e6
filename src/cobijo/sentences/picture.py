"""Sentences of the picture: refusals, stages, limits."""

from cobijo.sentences.marks import N_

SENTENCES = {
    "picture.no_status": N_(
        "No picture: the list {list} does not say who is an identified victim (column {column}). "
        "Add the status with the body that decided, or name its column in a mapping."
    ),
    "picture.no_capture_date": N_(
        "No picture: the list {list} does not say when each child was seen (column {column}). "
        "Add the date, or name its column in a mapping."
    ),
    "picture.nothing_captured": N_("No picture: none of the lists has a single record with a date."),
    "picture.period_upside_down": N_("The period ends ({end}) before it begins ({start}); swap the two."),
    "picture.nobody": N_(
        "No picture: no record on these lists is of an identified child seen from {start} to {end}. "
        "Check the period and the status column."
    ),
    "picture.overlap_hidden": N_(
        "The lists {lists} have so few children in common that an estimate would give their number away."
    ),
    "picture.protecting": N_("Making the tables safe"),
    "picture.writing": N_("Writing the results"),
    "picture.drawing": N_("Drawing the charts"),
    "picture.estimating": N_("Estimating the hidden ones"),
    "picture.limit_assumption": N_(
        "Every method assumes something about children whom no list saw; no data can test that assumption."
    ),
    "picture.limit_linkage": N_(
        "Records were linked by name, birth date and place; missed and false links were drawn at random many times, "
        "and the interval includes what that changes."
    ),
    "picture.limit_lists": N_(
        "Children whom no agency could ever meet (a closed place, a region without any service) "
        "are beyond every method."
    ),
    "picture.limit_definition": N_(
        "Counted are children identified as victims by a competent body in the period; other statuses are shown apart."
    ),
}
