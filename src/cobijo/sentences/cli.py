"""Sentences of the command line itself, and the names of the facts it prints."""

from cobijo.sentences.marks import N_

SENTENCES = {
    "cli.half_a_period": N_("A period needs both --from and --to."),
    "cli.no_such_option": N_("{command} has no option {name}; `{command} --help` shows those that it has."),
    "cli.no_such_option_but": N_(
        "{command} has no option {name}; perhaps {possible} is meant. `{command} --help` shows all."
    ),
    "cli.no_such_word": N_("There is no `{command} {name}`; `{command} --help` shows what there is."),
    "cli.missing": N_("{command} needs {name}; `{command} --help` says what goes there."),
    "cli.no_value": N_("{command}: after {name} a value is needed; `{command} --help` says which."),
    "cli.bad_value": N_("{command}: the value of {name} does not fit; `{command} --help` says what does."),
    "cli.wrong_words": N_("{command} cannot be called with these words; `{command} --help` shows how."),
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
