"""What the policy says. Read by a tired caseworker: what is not possible, why, and the way that is open."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "access.sign_in": N_("Please sign in first."),
    "access.kind_unknown": N_("This is not open to anybody."),
    "access.token_may_not": N_(
        "This key to the API does not include “{action}” for “{kind}”. Make a key that does."
    ),
    "access.purpose_missing": N_(
        "Say first what the names are needed for; the purpose is kept with the reading."
    ),
    "access.may_not_list": N_("None of your roles includes this list."),
    "access.may_not_see": N_("None of your roles includes seeing this."),
    "access.may_not_see_identity": N_("None of your roles includes seeing who this is."),
    "access.may_not_add": N_(
        "None of your roles includes adding this. Ask your supervisor to add it, or to give you the role."
    ),
    "access.may_not_change": N_(
        "None of your roles includes changing this. Ask your supervisor to change it, or to give you the role."
    ),
    "access.may_not_remove": N_("None of your roles includes removing this."),
    "access.may_not_export": N_("None of your roles includes exporting this."),
    "access.may_not_import": N_("None of your roles includes importing this."),
    "access.may_not_history": N_("None of your roles includes seeing who changed this."),
    "access.may_not_review": N_("None of your roles includes reviewing this. It is for a supervisor."),
    "access.other_organisation": N_("This belongs to another organisation. Ask that organisation."),
    "access.not_assigned": N_(
        "This is on somebody else’s desk. Ask your supervisor to assign it to you; if a child is in danger now, "
        "open it with a reason."
    ),
    "access.out_of_reach": N_(
        "Your role does not reach this one: it belongs to another person, organisation or area."
    ),
    "access.hand_to_trays_only": N_(
        "Another organisation receives records in its tray only, not on a person’s desk."
    ),
    "access.reason_missing": N_("Write in a few words why it cannot wait. Do not name the child."),
    "access.glass_not_here": N_(
        "There is no such record in your organisation. For another organisation’s record, call that organisation."
    ),
    "access.glass_not_needed": N_("You reach this record already; open it as usual."),
    "access.review_own": N_("Nobody reviews an own emergency access. Another supervisor does."),
    "access.reviewed_already": N_("This emergency access was reviewed already."),
    "access.verdict_missing": N_("Say whether the emergency access was justified."),
}
