"""What the room of cases says."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "cases.keep_reason": N_("Row {row}: say why the record stays longer than its time."),
    "cases.erase_sure": N_("Tick that you have read the record: erasing cannot be undone."),
    "cases.no_such_step": N_("A case that is “{state}” cannot go to “{to}”."),
    "cases.assess_first": N_(
        "Nobody has assessed the risk of case {code} yet. Assess it first: that stops this clock."
    ),
    "cases.closed": N_("Case {code} is closed. Reopen it first."),
    "cases.open_already": N_("This child has an open case here already: {code}. Go on with that one."),
    "cases.safety_first": N_(
        "Row {row}: with a risk of suicide or without a safe place tonight, the risk cannot be this low. Raise it."
    ),
    "cases.goal_missing": N_("Row {row}: say what is to be reached."),
    "cases.office_unknown": N_("Row {row}: choose the protection office that is competent."),
    "cases.no_determination": N_(
        "No return before a best-interest determination that says so, in which the child was heard and represented."
    ),
    "cases.closure_missing": N_("Choose why the case is closed."),
    "cases.no_goal_met": N_(
        "No line of the plan is done yet, so the goals cannot be met. Choose another reason."
    ),
    "cases.not_approved_plan": N_("The plan needs the supervisor’s approval first. Ask for it."),
    "cases.not_approved_closure": N_("Closing needs the supervisor’s approval first. Ask for it."),
    "cases.nothing_to_approve": N_("There is nothing to approve yet. Write it first."),
    "cases.asked_already": N_("The supervisor was asked for this already."),
    "cases.own_approval": N_(
        "Nobody approves what they asked for themselves. Another supervisor must decide."
    ),
    "cases.decided_already": N_("This was decided already."),
    "cases.safety_plan_missing": N_("The risk is high: write tonight’s safety plan first."),
    "cases.tonight_missing": N_("Row {row}: say what keeps the child safe tonight."),
    "cases.done_on_missing": N_("Row {row}: say on which day it took place."),
    "cases.not_closed": N_(
        "Row {row}: outcomes are asked after a case is closed, and not for this reason of closure."
    ),
    "cases.outcome_too_early": N_("Row {row}: it is too early for this outcome. Ask again when it is due."),
    "cases.outcome_there": N_("Row {row}: this outcome is recorded already."),
    "cases.lost_and_known": N_(
        "Row {row}: either contact was lost, or there are answers. Leave one of them empty."
    ),
    "cases.reasons_missing": N_("Row {row}: give the reasons of the determination."),
    "cases.heard_and_represented": N_(
        "Row {row}: no return can be decided without hearing the child and an independent representative."
    ),
    "cases.consulate_unheard": N_(
        "Row {row}: the consulate may be contacted only after the child was heard."
    ),
    "cases.sibling_empty": N_("Row {row}: say who the other child is, or choose their record."),
    "cases.no_recipient": N_("Choose another organisation that is active."),
    "cases.no_ground": N_(
        "There is neither consent nor another legal basis to pass this child’s record on. Ask for the consent first."
    ),
    "cases.not_offered": N_("This case is not offered to that organisation any more."),
    "cases.not_due": N_("The time of keeping of this record is not over yet."),
    "cases.still_open": N_("This child has an open case, so the record cannot be erased."),
    "cases.erased": N_(
        "Erased: {children} children, {concerns} concerns, and {parts} parts of records that have a time of their own."
    ),
    "cases.act_now": N_("Case {code}: act on the risk."),
    "cases.task_due": N_("Case {code}: {what}."),
    "cases.follow_up_due": N_("Case {code}: see how the child is."),
    "cases.outcome_due": N_("Case {code}: ask how the child is, {months} months after closure."),
    "cases.approve": N_("Case {code} waits for your approval."),
    "cases.concern_waits": N_("Concern {code} waits for somebody to take it up."),
    "cases.offer_waits": N_("{sender} offers a case. Accept or decline it."),
    "cases.clock_unmet": N_("Nobody has acted on the risk of case no. {number}. See to it, or to who can."),
}
