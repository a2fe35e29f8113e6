"""Sentences of the command line itself, and the names of the facts it prints."""

from cobijo.sentences.marks import N_

SENTENCES = {
    "cli.half_a_period": N_("A period needs both --from and --to."),
    "cli.bug": N_(
        "Something went wrong inside Cobijo ({kind} at {place}); nothing was written. "
        "Please report this sentence; COBIJO_DEBUG=1 shows more."
    ),
    "fact.records": N_("records"),
    "fact.people": N_("people"),
    "fact.pairs": N_("pairs found"),
    "fact.precision": N_("precision of pairs"),
    "fact.recall": N_("recall of pairs"),
    "fact.f1": N_("F1 of pairs"),
    "fact.seconds": N_("seconds"),
    "fact.children": N_("children"),
}
