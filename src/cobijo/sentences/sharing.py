"""What can be wrong with agreements, consents, referrals and codes, and what is due."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    # agreements
    "sharing.not_a_party": N_(
        "Your organisation is no party to this agreement, so it cannot sign or end it."
    ),
    "sharing.agreement_over": N_("This agreement has ended. Propose a new one."),
    "sharing.signed_already": N_("Your organisation has signed this agreement already."),
    "sharing.agreement_with_oneself": N_(
        "Row {row}: an agreement needs two different organisations. Choose the other one."
    ),
    "sharing.days_in_order": N_("Row {row}: the last day lies before the first. Exchange them."),
    "sharing.purpose_missing": N_("Row {row}: say at least one thing that sharing is for."),
    "sharing.no_fields": N_("Choose at least one thing that may be shared."),
    "sharing.signed_as_it_stands": N_(
        "Row {row}: somebody has signed this agreement as it stands. End it and propose a new one."
    ),
    "sharing.fields_not_agreed": N_(
        "The agreement between the two organisations does not cover this: {fields}. Leave it out, or "
        "agree on it first."
    ),
    # recipients
    "sharing.organisation_closed": N_("“{name}” is closed. Choose another recipient."),
    "sharing.never_police": N_(
        "“{name}” is an immigration or police body. Nothing of a child is ever sent there. If the child "
        "is in danger now, "
        "call; do not send the record."
    ),
    "sharing.kind_unclear": N_(
        "“{name}” is a government body of a kind that nobody has said, so no child’s record can go there. Have a "
        "coordinator choose its kind in the directory."
    ),
    "sharing.no_child_service": N_(
        "“{name}” offers no service to children in the directory, so no child’s record can go there. "
        "Choose a service."
    ),
    "sharing.prosecutor_by_law": N_(
        "“{name}” prosecutes crimes: it receives a case only under a legal basis. Record the law and the "
        "article."
    ),
    "sharing.not_a_prosecutor": N_(
        "“{name}” is no prosecution office. Choose the purpose “referral to a service”."
    ),
    # consent
    "sharing.only_for_prosecution": N_(
        "Row {row}: what happened, and the status, go to prosecutors only, under a legal basis. Take them out."
    ),
    "sharing.field_never_shared": N_("“{field}” is never shared. Take it out."),
    "sharing.service_of_other": N_(
        "Row {row}: this service belongs to another organisation. Choose its own."
    ),
    "sharing.until_missing": N_("Row {row}: say until which day it holds, today or later."),
    "sharing.until_too_long": N_(
        "Row {row}: a yes holds for a year at most. Choose an earlier day, and ask again then."
    ),
    "sharing.until_of_age": N_(
        "Row {row}: before that day the child comes of age and decides alone. Choose a day before the birthday, and "
        "ask again then."
    ),
    "sharing.duty_not_told": N_(
        "Row {row}: first tell the child what you must report by law, then mark that you did. A child "
        "who does not know "
        "this cannot agree."
    ),
    "sharing.law_missing": N_(
        "Row {row}: name the law and the article. Without both there is no legal basis."
    ),
    "sharing.child_said_no": N_(
        "Row {row}: the child does not agree, and its no counts. Record it as refused."
    ),
    "sharing.child_not_heard": N_(
        "Row {row}: at this age the child must agree itself. Ask it, alone and in its language."
    ),
    "sharing.nobody_may": N_("Row {row}: nobody may agree to this for a child of this age."),
    "sharing.child_decides": N_("Row {row}: at this age the person decides alone. Nobody else can agree."),
    "sharing.guardian_excluded": N_(
        "Row {row}: a guardian who is, or may be, involved never agrees for a child. Record an "
        "independent representative."
    ),
    "sharing.guardian_out": N_(
        "A guardian agreed to this who by now is, or may be, involved. Ask the child again, with an independent "
        "representative."
    ),
    "sharing.no_representative": N_(
        "Row {row}: the case names no independent representative. Enter the name in the case first."
    ),
    "sharing.representative_decides": N_(
        "Row {row}: at this age a representative agrees beside the child. Say who agreed."
    ),
    "sharing.consent_ended": N_(
        "This consent no longer holds: it has run out, was withdrawn, or the child said no. Nothing is "
        "sent. Ask again first."
    ),
    "sharing.consent_for_other_service": N_(
        "The child agreed to another service of this organisation. Ask again first."
    ),
    "sharing.consent_for_other_purpose": N_(
        "This consent is for handing over the case. Use the transfer of the case."
    ),
    "sharing.field_not_consented": N_(
        "The child did not agree to share “{field}”. Take it out, or ask first."
    ),
    "sharing.law_stands": N_(
        "This was shared because a law demands it, so it cannot be withdrawn. Tell the child so."
    ),
    "sharing.withdrawn_already": N_("This consent is withdrawn already. Nothing more is shared."),
    # choosing a service
    "sharing.service_missing": N_("Choose a service of this organisation."),
    "sharing.service_closed": N_("“{name}” is no longer offered. Choose another service."),
    "sharing.service_stale": N_(
        "Nobody has verified “{name}” for half a year, so a child might stand before a closed door. Have "
        "it verified, or "
        "choose another."
    ),
    "sharing.service_full": N_(
        "“{name}” has no free place now. Choose another service, or call whether one becomes free."
    ),
    "sharing.service_elsewhere": N_("“{name}” does not work in this state. Choose another service."),
    "sharing.service_not_for_age": N_("“{name}” is not for children of this age. Choose another service."),
    "sharing.service_not_for_gender": N_("“{name}” is not open to this child. Choose another service."),
    # referral
    "sharing.no_such_step": N_("A referral that is “{state}” cannot become “{to}”. Load the page again."),
    "sharing.packet_changed": N_(
        "The child’s record has changed since you looked at the packet. Look at it again; nothing was sent."
    ),
    "sharing.sent_already": N_(
        "The same service has a referral of this child to answer already. Wait, or take it back."
    ),
    "sharing.case_packets_only": N_("A prosecutor receives cases only, and this child has no open case."),
    "sharing.words_missing": N_("Row {row}: write a few words."),
    "sharing.sharing_stopped": N_("Sharing was stopped, so this packet is closed. Nobody reads it any more."),
    "sharing.reason_missing": N_(
        "Row {row}: choose why you decline, so that the child is not sent to the same wall again."
    ),
    "sharing.outcome_missing": N_("Row {row}: choose what came of it."),
    "sharing.answer_missing": N_("Choose one of the answers."),
    "sharing.nothing_to_confirm": N_("There is nothing to confirm for this packet."),
    "sharing.nothing_to_keep": N_(
        "You had not accepted this referral, so there is nothing that you may keep."
    ),
    "sharing.keep_less": N_("Keep less than you had: choose only what the law requires you to keep."),
    # codes and the child's page
    "sharing.not_safe_yet": N_("Do not give a code yet: every line of the safety check must be so."),
    "sharing.too_young_for_page": N_(
        "By the country’s table a child of this age does not get a page of its own yet."
    ),
    "sharing.code_wrong": N_(
        "That code does not work. Look at each number and try again. After five tries it rests for a "
        "while."
    ),
    "sharing.code_locked": N_(
        "This code rests after too many tries. Wait a day, or ask the person who gave it to you for a new "
        "one."
    ),
    "sharing.no_more_codes": N_(
        "There is no other code for this packet: it was opened or answered already. Call the service, or take the "
        "referral back and send it again."
    ),
    "sharing.answered_already": N_("You have answered and reported back. There is nothing more to do."),
    "sharing.complained_enough": N_(
        "You have written several times today, and somebody from outside reads all of it. Write again tomorrow. Call "
        "911 if you are in danger."
    ),
    "sharing.asked_enough": N_("You have asked this already. Somebody will answer you."),
    "sharing.no_other_body": N_(
        "There is nobody outside yet who can take your complaint here. Call 911 if you are in danger."
    ),
    # due
    "sharing.packet_waits": N_("{sender} refers a child to you. Read the packet and answer."),
    "sharing.confirm_withdrawal": N_(
        "Sharing of {code} was stopped. Confirm that you deleted what you hold."
    ),
    "sharing.consent_ends_soon": N_(
        "Referral {code}: the consent ends on this day, and then {name} reads it no more. Ask again if it is still "
        "needed."
    ),
    "sharing.question_waits": N_("The service asks something about referral {code}. Answer it."),
    "sharing.unanswered": N_(
        "{name} has not answered referral {code} in time. Call, or choose another service."
    ),
    "sharing.unanswered_supervisor": N_(
        "{name} has not answered referral {code} in time. Decide with the caseworker what to do."
    ),
    "sharing.wish_correct": N_("A child says that something is wrong in its record. Look at it."),
    "sharing.wish_person": N_(
        "A child asks to speak with a person. Reach it as its record says, and no other way."
    ),
    "sharing.agreement_to_sign": N_("The agreement between {one} and {other} waits for your signature."),
    "sharing.complaints_wait": N_("{count} complaints about staff of other organisations wait for you."),
}  # fmt: skip
