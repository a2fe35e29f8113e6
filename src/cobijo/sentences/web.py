"""Sentences of the site's command line side; its pages keep theirs in the templates."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "web.port_not_free": N_(
        "The site cannot open {host}:{port}: another program has it, or this machine does not have that "
        "address. Choose another with --port."
    ),
    "web.not_ready": N_("The site could not be made ready. The lines above say what is missing."),
}
