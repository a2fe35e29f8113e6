"""What the room of children says."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "children.counting_fields": N_("counting filled fields"),
    "children.fields_counted": N_("Counted in {organisations} organisations."),
    "children.fields_locked": N_(
        "The fields could not be counted, because the vault of identities is locked. Open it, then have it counted "
        "anew."
    ),
    "children.no_such_field": N_("There is no field “{field}” in “{kind}”."),
    "children.no_addresses": N_(
        "Row {row}, “{field}”: no addresses of pages or files may stand here. Do not copy such material; secure it "
        "and call the help line."
    ),
    "children.too_long": N_("Row {row}: “{field}” is too long. Keep to what helps to protect the child."),
    "children.day_to_come": N_("Row {row}: “{field}” is a day that is still to come. Correct it."),
    "children.days_in_order": N_("Row {row}: it cannot end before it began. Correct one of the two days."),
    "children.before_birth": N_(
        "Row {row}: this day lies before the child was born. Correct this day or the day of birth."
    ),
    "children.born_too_long_ago": N_(
        "Row {row}: this day of birth lies more than 120 years back. Correct it."
    ),
    "children.birth_date_missing": N_(
        "Row {row}: where the age is known or estimated, give the day of birth. Otherwise say that it is unknown."
    ),
    "children.nothing_noticed": N_(
        "Row {row}: choose at least one sign, or say in your words what was noticed."
    ),
    "children.other_childs_event": N_("Row {row}: this event belongs to another child."),
    "children.body_missing": N_("Row {row}: say which body decided."),
    "children.erased": N_("This record was erased. Nothing can be added to it."),
    "children.emptied": N_(
        "This was erased when its time of keeping was over. Nothing can be added to it: write a new one."
    ),
    "children.held": N_("This record is under a legal hold, so it cannot be erased. Release the hold first."),
    "children.purpose_missing": N_("Say what you need it for: choose one of the purposes."),
    "children.no_agreement": N_(
        "There is no active agreement with that organisation for this purpose. Ask your supervisor."
    ),
    "children.known_already": N_(
        "Row {row}: a child like this is registered here already ({code}, with {holder}). Open that record, or say "
        "that this is another child."
    ),
    "children.taken_already": N_("Concern {code} was taken up already."),
    "children.nobody_takes_up": N_(
        "Nobody at {name} takes up concerns on this site yet, so nothing was sent. Call them, or choose another "
        "organisation."
    ),
    "children.no_desk": N_(
        "That person has no desk here. Choose a caseworker or supervisor of your organisation."
    ),
    "children.too_little_known": N_(
        "Too little is known to ask: give a given name with a surname, a surname with the year of birth, or the "
        "official id."
    ),
    "children.too_many_questions": N_(
        "Too many questions were asked. Wait an hour, or ask the data steward."
    ),
    "children.asked": N_(
        "Your question is noted. If there is a reason to, the data steward will contact you. You will get the same "
        "answer whether or not the child is known elsewhere."
    ),
    "children.match_further": N_(
        "Row {row}: this match is further along already: somebody wrote down how far it is. What was found stays."
    ),
    "children.matches_wait": N_("{count} possible matches between organisations wait for you."),
}
