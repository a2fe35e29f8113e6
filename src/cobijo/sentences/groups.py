"""What the room of groups says."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "groups.name_taken": N_("Row {row}: there is a group of this name already. Edit that one."),
    "groups.seat_taken": N_("Row {row}: this group has this seat already. Edit that one."),
    "groups.days": N_("Row {row}: it ends before it begins. Exchange the two days."),
    "groups.cadence": N_(
        "Row {row}: give the cadence in months, from 1 to 120, or nothing if the mandate is silent."
    ),
    "groups.vacant_sends_nothing": N_(
        "Row {row}: nobody sits there, so nobody can have been asked for a list. Name the organisation first."
    ),
    "groups.meeting_outside": N_("Row {row}: the group does not exist on that day. Look at the day again."),
    "groups.held_in_future": N_("Row {row}: a meeting cannot have been held before its day."),
    "groups.held_stays": N_("Row {row}: this meeting was held, so its group and its day stay as they were."),
    "groups.no_seat": N_(
        "Row {row}: your organisation has no seat in this group. Ask whoever coordinates to write down the decision."
    ),
    "groups.decided_stays": N_(
        "Row {row}: what the meeting decided, who does it and until when are changed by whoever keeps the meeting. You"
        " can change how far it is, its result and the person."
    ),
    "groups.reason_missing": N_("Row {row}: say why the meeting does not take place. The group will ask."),
    "groups.no_such_step": N_("What is “{state}” cannot become “{to}”."),
    "groups.seat_elsewhere": N_("Only seats of this group can have been filled in its meeting."),
    "groups.decision_without_owner": N_(
        "Row {row}: a decision without an owner is not carried out. Say which organisation answers for it."
    ),
    "groups.person_elsewhere": N_(
        "Row {row}: this person belongs to another organisation. Leave the person empty, or change who does it."
    ),
    "groups.decided_nowhere": N_(
        "Row {row}: this meeting was not held yet, so it decided nothing. Say first that it took place."
    ),
    "groups.due_before_meeting": N_("Row {row}: the day until which it is done lies before the meeting."),
    "groups.starts_open": N_("Row {row}: a new decision is open. Say later what became of it."),
    "groups.result_missing": N_("Row {row}: say what became of it: what was done, or why it was dropped."),
    "groups.nobody_met": N_(
        "{group}: nobody has met for longer than {months} months. Meetings in the last {years} years: {met}."
    ),
    "groups.meets_soon": N_("{group} meets. Check the agenda and who will come."),
    "groups.was_it_held": N_("{group}: say whether the meeting took place."),
    "groups.promised": N_("Your organisation promised: {text}"),
    "groups.promised_elsewhere": N_("{who} has not done what it promised: {text}"),
}
