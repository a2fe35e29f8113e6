"""What a checklist's score means and does not mean, and what is wrong with a checklist's file."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "checklists.above": N_("{score} of {most} points: at or above the cut-off of {cutoff}."),
    "checklists.below": N_("{score} of {most} points: below the cut-off of {cutoff}."),
    "checklists.open": N_(
        "{score} of {most} points so far: {unanswered} unanswered items could still bring it to the cut-off of "
        "{cutoff}."
    ),
    "checklists.above_means": N_(
        "Where {of_1000} of 1,000 children are exploited, about {share} of 1,000 who score like this are "
        "({low} to {high}); the other {rest} are not. Listen and ask; do not conclude."
    ),
    "checklists.below_means": N_(
        "Where {of_1000} of 1,000 children are exploited, about {share} of 1,000 who score like this are all the "
        "same ({low} to {high}). A low score clears nobody."
    ),
    "checklists.no_figures": N_(
        "How often a score like this is right is not known here: take it only as a reason to listen."
    ),
    "checklists.invented": N_("This checklist is invented, for demonstration: do not use it with children."),
    "checklists.opens_nothing": N_(
        "A score opens no case, sets no status and proves nothing, neither for a court nor about a child."
    ),
    "checklists.no_licence": N_(
        "The checklist {file} does not say under what licence it may be used, so it was not read: write it under "
        "licence, or remove the file."
    ),
    "checklists.code_not_file": N_(
        "The checklist {file} calls itself {value}: give the file and its code one name."
    ),
    "checklists.accuracy_wrong": N_(
        "The checklist {file} has an accuracy that cannot be: sensitivity and specificity go from 0 to 1, each "
        "with the number of people it was worked out from."
    ),
    "checklists.items_wrong": N_(
        "The checklist {file} needs 1 to {most} items, each with a code of its own: correct the list."
    ),
    "checklists.weight_wrong": N_(
        "Item {value} of the checklist {file} has no usable weight: write a whole number from 1 to 100."
    ),
    "checklists.cutoff_wrong": N_(
        "The cut-off of the checklist {file} cannot be reached or is no whole number: write one from 1 to {most}."
    ),
    "checklists.item_unknown": N_(
        "The checklist {checklist} has no item {value}: answer only items that it has."
    ),
    "checklists.prevalence_wrong": N_(
        "A share of exploited children of {value} cannot be used: give one between 0 and 1, such as 0.02."
    ),
    "checklists.counts_wrong": N_(
        "{positive} of {screened} cannot have scored: give at least one screened child, and no more that scored."
    ),
    "checklists.no_accuracy": N_(
        "No accuracy is published for the checklist {checklist}: the share of exploited children cannot be worked "
        "out from it."
    ),
    "checklists.other_population": N_(
        "The checklist {checklist} was tested on other children: its figures do not carry over to these, so no "
        "share is given."
    ),
    "checklists.tells_little": N_(
        "The checklist {checklist} hardly tells children apart (sensitivity + specificity - 1 = {youden}, or too "
        "few were tested): a correction would be noise, so no share is given."
    ),
}
