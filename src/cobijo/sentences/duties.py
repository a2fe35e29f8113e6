"""What can be wrong with a duty, a finding or a self-assessment."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "duties.code_taken": N_("Row {row}: another duty has this short name. Choose another one."),
    "duties.state_missing": N_("Row {row}: this is a duty of every state. Say in which one this was found."),
    "duties.no_state": N_("Row {row}: this is a duty of the federation. Leave the state empty."),
    "duties.found_later": N_("Row {row}: nothing can have been found out on a day that has not come yet."),
    "duties.no_evidence": N_("Row {row}: say where it can be checked, or write that it is not known."),
    "duties.found_already": N_(
        "Row {row}: there is a finding on this duty, state and day already. Change that one, or take another day."
    ),
    "duties.assessment_taken": N_(
        "Row {row}: there is a self-assessment of this name already. Choose another name."
    ),
    "duties.finished": N_(
        "Row {row}: this self-assessment is finished and stays as it is. How things are now stands in the next one."
    ),
    "duties.capability_unknown": N_("Row {row}: “{value}” is none of the 21 capabilities."),
    "duties.answered_already": N_("Row {row}: this capability has an answer here already. Change that one."),
    "duties.not_whole": N_(
        "These capabilities have no answer yet: {numbers}. Fill them in; “not assessed” is an answer too."
    ),
    "duties.assessed_meanwhile": N_("Somebody changed this self-assessment meanwhile. Open the page again."),
}
