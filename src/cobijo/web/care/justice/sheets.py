"""Sealed fields of this room's kinds. None of them asks who the offender is: there is no field for a name."""

from __future__ import annotations

from cobijo.web.care.children.sheets import Sealing, Sheet

TEXT, LINE = Sealing("text"), Sealing("line")

SHEETS = (
    Sheet(
        "proceeding",
        {"file_number": LINE, "note": TEXT},
        careful=frozenset({"state", "offender_age", "offences"}),
    ),
    Sheet("justice_step", {"note": TEXT}, careful=frozenset({"on", "authority"})),
    Sheet("justice_delay", {"note": TEXT}, revised=False),
    Sheet("protection_measure", {"note": TEXT}, careful=frozenset({"state", "until"})),
    Sheet("reparation", {"note": TEXT}, careful=frozenset({"state", "received"})),
    Sheet("non_punishment", {"place": LINE, "note": TEXT}, careful=frozenset({"state"})),
    Sheet("alleged_child", {"note": TEXT}, careful=frozenset({"help"})),
)
