"""What the room of requests to authorities says."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "requests.names_a_child": N_(
        "Row {row}: this text may say who a child is, so it is not kept. Write how often, where and since when, and "
        "offices instead of names."
    ),
    "requests.no_pdf": N_(
        "A sign in this text cannot be printed. Take out drawn signs such as emoji, or take the letter as DOCX."
    ),
    "requests.official_id": N_(
        "Row {row}: an official id of a person stands in this text, so it is not kept. Take it out."
    ),
    "requests.birth_date": N_(
        "Row {row}: a date of birth stands in this text, so it is not kept. Write an age group."
    ),
    "requests.vault_closed": N_(
        "Row {row}: nobody can check now that no child is named, since the key of the vault is not at hand. Nothing is "
        "kept until it is back; keep your text and try again."
    ),
    "requests.deadline_unknown_row": N_(
        "Row {row}: the country pack has no such deadline. Choose one, or none."
    ),
    "requests.to_oneself": N_("Row {row}: nobody writes to the own organisation. Choose the authority."),
    "requests.sent_is_sent": N_(
        "Row {row}: the letter was sent, so its words stay. Write a new request, or climb the ladder."
    ),
    "requests.no_such_step": N_("A request that stands at “{state}” cannot become “{to}”."),
    "requests.nobody_asks": N_("Row {row}: say first which organisation asks."),
    "requests.no_addressee": N_("Row {row}: choose first the authority to which it goes."),
    "requests.day": N_("Row {row}: this day lies in the future, or before the step before it."),
    "requests.answer_missing": N_("Row {row}: write what they answered."),
    "requests.grade_reason": N_("Row {row}: give the reason of the grade, so that others can judge it."),
    "requests.silence_answered": N_("Row {row}: they answered, so it was no silence. Choose another grade."),
    "requests.grade_nothing": N_(
        "Row {row}: there is no answer to grade. Enter it first, or grade the silence."
    ),
    "requests.still_in_time": N_("Row {row}: the authority is still in time. Wait until its day has passed."),
    "requests.rung_unknown": N_("Row {row}: the ladder of the country pack has no such rung."),
    "requests.rung_climbed": N_(
        "Row {row}: this rung, or a higher one, was climbed already. Choose the next one."
    ),
    "requests.left_the_network": N_(
        "Row {row}: somebody of these has left the network and cannot support it."
    ),
    "requests.outcome_missing": N_("Row {row}: say what came of it, also where nothing did."),
    "requests.pack_row": N_("{file}, row {row}: “{value}” cannot stand under {column}."),
    "requests.pack_column": N_("{file} has no column {column}: add it."),
    "requests.overdue": N_("{who} has not answered: {title}"),
    "requests.ask_again": N_("Ask {who} again: {title}"),
    "requests.nobody_moves": N_("Nobody has moved since the answer of {who}: {title}"),
    "requests.many_texts": N_(
        "Many texts of {who} were refused within a week because they may name a child. Ask what they were for: "
        "somebody may be trying out names."
    ),
    "requests.hide": N_("A public request may say who a child is. Make it confidential: request {number}"),
    "requests.take_up": N_("A pattern repeats and nobody has taken it up: {title}"),
}
