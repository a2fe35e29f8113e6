"""Sentences of writing results."""

from cobijo.sentences.marks import N_

SENTENCES = {
    "output.is_a_file": N_("{path} is a file; name a folder for the results."),
    "output.not_ours": N_(
        "The folder {path} is not empty and was not made by Cobijo; nothing was written. "
        "Name another folder, or empty it."
    ),
}
