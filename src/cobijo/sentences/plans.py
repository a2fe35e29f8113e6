"""What can be wrong with a plan of action, its money and what is reported of it."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "plans.writing": N_("Writing the table into the plan"),
    "plans.tried": N_(
        "New: {made}. Changed: {changed}. As in the plan already: {same}. Not in order: {wrong}. Nothing was written. "
        "Go back to read more."
    ),
    "plans.taken_in": N_("New: {made}. Changed: {changed}. As in the plan already: {same}."),
    "plans.not_taken_in": N_(
        "{count} rows are not in order any more, so nothing was written. Try the table again to read which."
    ),
    "plans.code_taken": N_("Row {row}: another plan has this short name. Choose another one."),
    "plans.number_taken": N_(
        "Row {row}: this number is taken already at this place of the plan. Choose the next one."
    ),
    "plans.days": N_("Row {row}: the plan ends before it begins. Exchange the two days."),
    "plans.fixed": N_(
        "Row {row}: the plan “{plan}” was evaluated, and stays as it was then. Copy it to a next plan to go on."
    ),
    "plans.two_plans": N_(
        "Row {row}: a line lies in one plan, and so does everything under it. To go on with it in another plan, copy"
        " the plan to a next one."
    ),
    "plans.only_of_a_draft": N_(
        "Row {row}: the plan is in force, so nothing of it is removed. Set the line to “dropped” and say why."
    ),
    "plans.currency_fixed": N_(
        "Row {row}: this plan has amounts in {currency} already, so its currency stays. Another one needs a next plan."
    ),
    "plans.money_outside": N_(
        "Row {row}: there is money in years outside these days. Change those rows of the budget first."
    ),
    "plans.lines_outside": N_(
        "Row {row}: there are lines that are due on a day outside this period. Change their days first."
    ),
    "plans.targets_outside": N_(
        "Row {row}: there are targets of years outside this period. Change or remove them first."
    ),
    "plans.follows_itself": N_("Row {row}: a plan cannot follow itself, nor one that follows it."),
    "plans.no_such_step": N_("Row {row}: the plan cannot take this step from where it stands."),
    "plans.no_lines": N_(
        "Row {row}: the plan has no line yet. Add objectives and lines, then put it in force."
    ),
    "plans.no_evaluation": N_(
        "Row {row}: nobody has promised a final evaluation. Add one with its day, then put the plan in force."
    ),
    "plans.not_evaluated": N_("Row {row}: the final evaluation is not done yet. Enter what it found first."),
    "plans.line_days": N_("Row {row}: it is due before it begins. Exchange the two days."),
    "plans.line_outside": N_("Row {row}: the line is due on a day outside the plan’s period."),
    "plans.done_without_day": N_(
        "Row {row}: what is done has the day on which it was done, and nothing else has one."
    ),
    "plans.done_later": N_("Row {row}: it cannot have been done on a day that has not come yet."),
    "plans.dropped_without_reason": N_(
        "Row {row}: a dropped line says why it was dropped, and no other line does."
    ),
    "plans.year_outside": N_("Row {row}: the year {year} lies outside the plan’s period."),
    "plans.rate_of_own": N_(
        "Row {row}: {currency} is the plan’s own currency, so no rate is needed. Empty rate and day."
    ),
    "plans.other_currency": N_(
        "Row {row}: the amounts are in {currency}, the plan in {plan}. Nothing is added up across currencies: state the"
        " rate and its day, or write the amounts in {plan}."
    ),
    "plans.too_much": N_(
        "Row {row}: at this rate the amounts come to more {currency} than can be meant. Look at the amounts and the"
        " rate again."
    ),
    "plans.budget_twice": N_(
        "Row {row}: this line has a budget row from this source in this year already. Change that one."
    ),
    "plans.funder_taken": N_("Row {row}: there is a source of money of this name or short name already."),
    "plans.evaluation_twice": N_(
        "Row {row}: the plan has an evaluation of this kind already. Change that one."
    ),
    "plans.evaluation_unread": N_(
        "Row {row}: an evaluation is done once it says who evaluated, what was found and where it can be read."
    ),
    "plans.not_in_force": N_("Row {row}: the plan is not in force, so nothing is reported or rated in it."),
    "plans.report_decided": N_("Row {row}: somebody has decided on this report already. Write a new one."),
    "plans.report_moved": N_(
        "Row {row}: a report stays with its line. Write one of its own on the other line."
    ),
    "plans.report_days": N_("Row {row}: the report ends before it begins. Exchange the two days."),
    "plans.report_of_the_future": N_("Row {row}: a report is about days that are over."),
    "plans.no_evidence": N_(
        "Row {row}: a report without evidence is a promise. Say where it can be checked."
    ),
    "plans.own_report": N_("Row {row}: nobody approves the own report. Ask somebody else."),
    "plans.returned_without_reason": N_(
        "Row {row}: say what is missing, so that the report can be written anew."
    ),
    "plans.not_own_line": N_("Row {row}: another organisation answers for this line, and reports on it."),
    "plans.reading_elsewhere": N_("A value was given for an indicator of another line."),
    "plans.no_side": N_(
        "Your organisation is neither an authority nor civil society, so it rates for neither side."
    ),
    "plans.state_by_coordinator": N_(
        "For the State rates who coordinates at one of its bodies. Ask that person."
    ),
    "plans.rated_already": N_(
        "Row {row}: your organisation rated this line on this day already. Change that rating."
    ),
    "plans.rated_later": N_("Row {row}: a rating is of today or of an earlier day."),
    "plans.rating_moved": N_("Row {row}: a rating stays with its line. Add one to the other line."),
    "plans.other_side": N_("Row {row}: this is the other side’s rating. Each side edits its own."),
    "plans.column_missing": N_(
        "The first row does not name the column “{column}”. Add it, take away what stands above the names, or begin"
        " from the table that a plan gives."
    ),
    "plans.no_such_kind": N_(
        "Row {row}: “{value}” is no part of a plan. Write objective, line, activity, indicator, target or money."
    ),
    "plans.no_such_number": N_(
        "Row {row}: the number “{value}” does not fit. An objective is 2, a line 2.14, an activity 2.14.1, an indicator"
        " 2.14.1.3; a target has its indicator’s number, an amount its line’s."
    ),
    "plans.nothing_above": N_(
        "Row {row}: there is nothing in the plan under which this row could stand. Add that first."
    ),
    "plans.twice_in_table": N_("Row {row}: the same row stands further up in the table. Remove one of them."),
    "plans.line_of_another": N_(
        "Row {row}: this row lies in the plan “{value}”, and you are importing into “{plan}”. A line lies in one plan:"
        " to go on with it, copy the plan to a next one."
    ),
    "plans.copy_of_a_draft": N_(
        "This plan is a draft. Change it as it is: there is nothing yet to go on with."
    ),
    "plans.committed_over": N_("Line {line}: {over} {currency} more were committed than planned."),
    "plans.spent_over": N_("Line {line}: {over} {currency} more were spent than committed."),
    "plans.line_late": N_("Line {line} of the plan was due: {title}"),
    "plans.report_due": N_("A progress report on line {line} is due: {title}"),
    "plans.report_waits": N_("A progress report waits for approval: line {line}, {title}"),
    "plans.evaluation_due": N_("An evaluation of the plan “{plan}” is due."),
}
