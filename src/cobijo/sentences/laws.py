"""What can be wrong with a law, a penalty, a proposal or a study, and what is due of law reform."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "laws.code_taken": N_("Row {row}: the short name {code} is taken. Choose another one."),
    "laws.twice": N_("{value} stands in two rows. Leave one of them out."),
    "laws.treaty_has_no_area": N_(
        "Row {row}: a treaty or international document lies in no state. Leave “where it holds” empty."
    ),
    "laws.area_of_another_kind": N_(
        "Row {row}: the kind “{kind}” does not go with where it holds. A state’s law needs its state, a federal one the"
        " country."
    ),
    "laws.days": N_("Row {row}: it ends before it begins. Exchange the two days."),
    "laws.replaces_itself": N_("Row {row}: a law cannot replace itself. Choose the one that came after it."),
    "laws.article_twice": N_("Row {row}: article {number} of this law is entered already. Edit that one."),
    "laws.amendment_without_day": N_(
        "Row {row}: give the day of the amendment, or say in “dates in words” what is known of it."
    ),
    "laws.years_upside_down": N_(
        "Row {row}: the least years of prison are more than the most. Exchange them."
    ),
    "laws.fine_half": N_("Row {row}: a fine needs its least and its most days, or neither."),
    "laws.fine_upside_down": N_("Row {row}: the least days of fine are more than the most. Exchange them."),
    "laws.penalty_of_another_area": N_(
        "Row {row}: the article is of another state’s law. Choose an article that holds there."
    ),
    "laws.penalty_overlaps": N_(
        "Row {row}: this law has a penalty for {offence} in these days already. End that one first, by its “until”."
    ),
    "laws.stage_order": N_("Row {row}: after “{before}” can come: {known}."),
    "laws.stage_day": N_("Row {row}: the new stage begins before the last one did. Mend the day."),
    "laws.next_half": N_("Row {row}: a next date needs what happens then, and the other way round."),
    "laws.next_before_stage": N_(
        "Row {row}: the next date lies before the stage began. Mend one of the two."
    ),
    "laws.no_result": N_("Row {row}: it is decided, so say in “result” what came of it."),
    "laws.nothing_next": N_("Row {row}: it is decided, so nothing is next. Leave the next date empty."),
    "laws.position_without_reason": N_("Row {row}: say why we hold this position."),
    "laws.approval_half": N_("Row {row}: an approval on ethics needs who gave it, its number and its day."),
    "laws.approval_not_said": N_(
        "Row {row}: there is a body, a number or a day of an approval, but the study is not marked as approved."
    ),
    "laws.next_due": N_("Law reform: {what} – {title}."),
    "laws.pack_cell": N_("{file}, row {row}: “{value}” in {column} is not right. Mend the cell."),
    "laws.pack_unknown": N_("{file}, row {row}: there is no {column} {value}."),
}
