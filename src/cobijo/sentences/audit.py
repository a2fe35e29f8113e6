"""What the check of the audit finds, and what is wrong with its keys."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "audit.altered": N_(
        "Event {event}: what it says was changed after it was written, or it was not written by this site."
    ),
    "audit.missing": N_("Event {event}: it was sealed as number {number} and is gone."),
    "audit.reordered": N_(
        "Event {event}: it does not stand where it was sealed (number {number}); rows were exchanged."
    ),
    "audit.unsealed": N_("Event {event}: it waits for its seal for too long. Is the worker running?"),
    "audit.seal_missing": N_("Seal {number} is gone."),
    "audit.seal_altered": N_("Seal {number} does not stand on the one before it."),
    "audit.key_unknown": N_(
        "Event {event}: the key it was written with is not here. Put the former key back into the data folder."
    ),
    "audit.checkpoint_altered": N_(
        "The checkpoint at number {number} was not signed with this site’s key, or was changed."
    ),
    "audit.head_lost": N_("The chain once reached number {number} and is shorter now: its end was cut off."),
    "audit.head_differs": N_(
        "The chain at number {number} is not the one that the checkpoint was signed for."
    ),
    "audit.nothing_sealed": N_(
        "Nothing is sealed yet, so there is nothing to sign. Try again once somebody has used the site."
    ),
    "audit.no_checkpoint_file": N_("{file} is not a checkpoint of the audit."),
    "audit.key_too_short": N_(
        "The secret of the audit needs at least {least} characters. Make one anew, or take COBIJO_AUDIT_KEY away."
    ),
}
