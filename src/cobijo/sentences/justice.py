"""What the room of justice says."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "justice.no_such_step": N_("A proceeding that stands at “{state}” cannot go to “{to}”."),
    "justice.maybe_a_child": N_(
        "Row {row}: whoever is or may be a child is never listed as offender. Note that child apart instead."
    ),
    "justice.offence_unknown": N_("Row {row}: choose the offences from the list, each once."),
    "justice.offences_missing": N_("Row {row}: say first which offences the authority has named."),
    "justice.steps_in_order": N_(
        "Row {row}: this day does not fit between the step before and the step after it."
    ),
    "justice.verdict_missing": N_("Row {row}: say what the court decided."),
    "justice.verdict_too_early": N_(
        "Row {row}: only a judgment says convicted or acquitted. Leave it empty."
    ),
    "justice.no_conviction": N_("Row {row}: a sentence follows a conviction, and the last judgment is none."),
    "justice.expected_missing": N_(
        "Row {row}: say by when the next step is expected. If nobody said, give the day on which you will ask again."
    ),
    "justice.expected_wrong": N_(
        "Row {row}: the next step cannot be expected before this one, and nothing is expected of what is at rest."
    ),
    "justice.at_rest": N_("Nothing is expected of this proceeding, so nothing can be put off."),
    "justice.delay_forward": N_(
        "Row {row}: the new day must lie after the day that was missed, and not in the past."
    ),
    "justice.measure_day": N_(
        "Row {row}: a measure that was ordered has its day; one that was only asked for or refused has none."
    ),
    "justice.arrived_day": N_(
        "Row {row}: what has arrived has a day on which it arrived; what has not has none."
    ),
    "justice.days_in_order": N_("Row {row}: the days are not in order. Look at them again."),
    "justice.more_than_ordered": N_(
        "Row {row}: more cannot have arrived than was ordered. Look at both amounts."
    ),
    "justice.twice": N_("Each proceeding can take one step at a time."),
    "justice.alert_not_open": N_("Somebody represents this child already, or it is over."),
    "justice.alert_over": N_("This alert is over already."),
    "justice.pattern_wrong": N_("Only a state, a ground of the list and a month may leave this room."),
    "justice.find_a_lawyer": N_("Case {code}: the child was {done}. Find a legal representative now."),
    "justice.step_expected": N_("Case {code}: ask what has become of the {state}."),
    "justice.measure_ends": N_("Case {code}: a protection measure runs out: {what}."),
    "justice.reparation_owed": N_("Case {code}: reparation has not all arrived: {what}."),
}
