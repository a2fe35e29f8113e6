"""What can be wrong with an organisation of the directory, its contacts and its areas of work."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "organisations.name_taken": N_(
        "Row {row}: there is an organisation of this name already. Add what tells them apart, such as the state."
    ),
    "organisations.close_own": N_(
        "This is your own organisation: closing it would lock you out. Ask an administrator of another one."
    ),
    "organisations.closed": N_("Row {row}: this organisation is closed. Choose an open one."),
    "organisations.contact_unreachable": N_(
        "Row {row}: the contact has neither telephone nor e-mail address. Give one of them."
    ),
    "organisations.contact_without_mail": N_(
        "Row {row}: whoever is asked about the entries needs an e-mail address. Give it, or take the mark away."
    ),
    "organisations.contact_twice": N_(
        "Row {row}: this organisation has this contact already. Edit that one, or write another post or name."
    ),
    "organisations.area_missing": N_("Row {row}: the state is missing. Choose the one in which it works."),
    "organisations.area_twice": N_(
        "Row {row}: it is entered already that this organisation works there. Leave the row out."
    ),
    "organisations.area_unknown": N_("“{area}” is no state of the country. Choose states from the list."),
}
