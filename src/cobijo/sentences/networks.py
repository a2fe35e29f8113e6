"""What can be wrong with a network or a membership."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "networks.code_taken": N_("Row {row}: another network has this short name. Choose another one."),
    "networks.name_taken": N_("Row {row}: there is a network of this name already. Edit that one."),
    "networks.days": N_("Row {row}: the membership ends before it begins. Exchange the two days."),
    "networks.member_already": N_(
        "Row {row}: this organisation is a member of this network already. End that membership first."
    ),
}
