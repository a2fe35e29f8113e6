"""What the simulation says."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "simulate.children_range": N_(
        "An invented country can have {least} to {most} children, not {children}: "
        "choose a number between them."
    ),
    "simulate.lists_range": N_(
        "An invented country can have {least} to {most} lists, not {lists}: choose a number between them."
    ),
    "simulate.pack_without_names": N_(
        "The country pack {pack} has no areas or no lists of names, so no people can be invented from it: "
        "add areas.csv, given_names.csv (for girls and boys) and surnames.csv."
    ),
    "simulate.design_unknown": N_("There is no capture design called {design}: choose one of {designs}."),
    "simulate.people": N_("Inventing families"),
    "simulate.capture": N_("Deciding who is seen by which list"),
    "simulate.writing": N_("Writing the lists"),
}
