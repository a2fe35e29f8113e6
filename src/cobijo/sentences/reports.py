"""What the room of alternative reports says."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "reports.title_taken": N_("Row {row}: there is a report of this title already. Give it another one."),
    "reports.periodic_due": N_("Row {row}: say when the State’s periodic report is due."),
    "reports.due_before_force": N_(
        "Row {row}: a report is due after the Protocol entered into force, not before."
    ),
    "reports.fixed": N_(
        "Row {row}: “{report}” is frozen. Take it up again for a next edition before you change anything."
    ),
    "reports.no_such_step": N_("What is “{state}” cannot become “{to}”."),
    "reports.step_unknown": N_("Choose one of the steps that this page offers."),
    "reports.format_unknown": N_("An edition can be taken as DOCX or as PDF. Choose one of them."),
    "reports.stays": N_(
        "Row {row}: what belongs to one report or section stays there. Write it anew in the other."
    ),
    "reports.number_taken": N_(
        "Row {row}: the section has a paragraph {number} already. Choose another number."
    ),
    "reports.no_evidence": N_(
        "Paragraph {paragraph} rests on nothing. Name a figure, a protected table, a request or a protected case "
        "statistic; until then it stays a draft."
    ),
    "reports.still_draft": N_("Paragraph {paragraph} is still a draft. Read it again and mark it as ready."),
    "reports.plan_only": N_(
        "Row {row}: {table} asks for a plan, not for numbers. Say why there is no table, and what is planned."
    ),
    "reports.which_table": N_("Row {row}: choose the protected table that answers {table}."),
    "reports.table_unknown": N_(
        "Row {row}: the published picture has no protected table “{table}”. Choose one from the list."
    ),
    "reports.differs_missing": N_(
        "Row {row}: say what the table counts instead of what {table} asks for: whom, where, in which time."
    ),
    "reports.reason_and_plan": N_(
        "Row {row}: {table} has no data. Say why, and what is planned so that there will be."
    ),
    "reports.claim_rests_on_nothing": N_(
        "Row {row}: say what the contradiction with paragraph {paragraph} rests on: a figure, a protected table or a "
        "source."
    ),
    "reports.official_id": N_(
        "Row {row}, {place}: the text holds a person’s official number. Take it out: nobody in a report may be told "
        "from others."
    ),
    "reports.birth_date": N_(
        "Row {row}, {place}: a date of birth stands in the text. Write an age group instead."
    ),
    "reports.seems_a_name": N_(
        "Row {row}, {place}: the text seems to name a child. Write an age group and how often, and offices instead of "
        "names of people."
    ),
    "reports.child_reachable": N_(
        "Row {row}: the text of children holds an e-mail address or a telephone number. Take it out."
    ),
    "reports.child_named": N_("Row {row}: the text of children seems to name a child. Take every name out."),
    "reports.names_in_confidence": N_(
        "Row {row}, {place}: the text names an organisation that contributed in confidence. Take its name out."
    ),
    "reports.names_in_confidence_somewhere": N_(
        "Somewhere the report names an organisation that contributed in confidence. Look for it in every text."
    ),
    "reports.contributor_twice": N_("Row {row}: this organisation is entered already. Edit that entry."),
    "reports.section_empty": N_("Section {section}: nothing is written, and nobody says why it is left out."),
    "reports.table_open": N_(
        "{table} ({title}) is not answered: choose a protected table, or give reason and plan."
    ),
    "reports.table_gone": N_("{place} rests on “{table}”, which is not published now. Choose another one."),
    "reports.own_words": N_(
        "Whoever wrote in a report since its last edition does not freeze it. Ask somebody who only read it."
    ),
    "reports.request_not_public": N_(
        "Row {row}: choose a request that is public and was sent, so that a reader can look it up."
    ),
    "reports.request_withdrawn": N_(
        "Paragraph {paragraph} rests on a request that is not public any more. Choose other evidence."
    ),
    "reports.too_long": N_("The report has {words} words, {over} more than the Committee reads. Shorten it."),
    "reports.no_consent": N_(
        "Annex “{annex}”: the children’s consent is not recorded. Record it, or take the annex out."
    ),
    "reports.altered": N_(
        "Edition {number} is not what was frozen: its hash differs. It is not shown. Tell whoever runs the site."
    ),
    "reports.step_due": N_("{report}: {step}."),
}
