"""What can go wrong with accounts, invitations and roles."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "accounts.no_children_for_kind": N_(
        "Row {row}: people of “{name}” read no records of children, so this role is not for them. Choose another role."
    ),
    "accounts.kind_with_roles": N_(
        "Row {row}: people of “{name}” hold roles about children, which an organisation of this kind may not have. "
        "End those roles first."
    ),
    "accounts.invitation_not_for_kind": N_(
        "This invitation names a role that people of this organisation may not have now. Ask for a new invitation."
    ),
    "accounts.invitation_unknown": N_(
        "This link is not one of ours, or it was cut short. Ask for a new invitation."
    ),
    "accounts.invitation_used": N_("This invitation was used already. Sign in, or ask for a new one."),
    "accounts.invitation_expired": N_("This invitation has expired. Ask whoever invited you for a new one."),
    "accounts.email_taken": N_(
        "There is an account with the e-mail address in row {row} already. Give that account the role instead."
    ),
    "accounts.email_wrong": N_("Row {row}: this is not an e-mail address."),
    "accounts.role_unknown": N_("Row {row}: there is no such role. Choose one from the list."),
    "accounts.roles_missing": N_(
        "Row {row}: choose at least one role; without one, the account could do nothing."
    ),
    "accounts.organisation_closed": N_("This organisation is closed, so nobody can be invited to it."),
    "accounts.code_taken": N_("Row {row}: another organisation has this short name already."),
    "accounts.roles_to_self": N_("Nobody gives roles to themselves. Ask another administrator."),
    "accounts.close_self": N_("Nobody closes their own account. Ask another administrator."),
    "accounts.last_administrator": N_(
        "This is the last administrator. Give the role to somebody else first."
    ),
    "accounts.role_held": N_("Row {row}: this person holds the role already."),
    "accounts.area_not_for_role": N_(
        "Row {row}: this role reaches desks or accounts, not areas; leave the area empty."
    ),
    "accounts.account_closed": N_("This account is closed."),
    "accounts.name_missing": N_("Write the name by which colleagues know you."),
    "accounts.password_weak": N_(
        "Choose a longer password that nobody would guess: at least 12 characters, not your name or address."
    ),
    "accounts.token_too_long": N_("A key to the API lasts {most} days at most."),
    "accounts.token_actions": N_(
        "Row {row}: “{action}” is not something that you may do yourself, so a key cannot do it."
    ),
    "accounts.sign_in_failed": N_("The address and the password did not belong together."),
    "accounts.reset_self": N_("Nobody takes away their own second factor here. Ask another administrator."),
    "accounts.demo_only": N_(
        "This site has accounts of real people, so no demonstration accounts are made here."
    ),
    "accounts.already_set_up": N_("There is an administrator already. Ask to be invited."),
}
