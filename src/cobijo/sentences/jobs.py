"""How long work ends, said in a sentence."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "jobs.done": N_("It ended well."),
    "jobs.cancelled": N_("It was called off before its end. What had already been done stays."),
    "jobs.already_ended": N_("This work has already ended, so it can no longer be called off."),
    "jobs.not_yours": N_("Only the person who asked for this can do that."),
    "jobs.account_closed": N_("It stopped, because the account of the person who asked for it is closed."),
    "jobs.unknown_kind": N_("This version of Cobijo does not know this kind of work. Ask for it again."),
    "jobs.worker_gone": N_(
        "The machine stopped in the middle of it, and this kind of work cannot go on from there. Ask for it again."
    ),
    "jobs.worker_gone_often": N_(
        "The machine stopped in the middle of it {times} times, so it was not tried again. Tell whoever runs the site."
    ),
    "jobs.child_gone": N_(
        "The calculation was ended by the system, probably because memory ran out. Nothing was changed."
    ),
    "jobs.disk_full": N_(
        "The disk is full. Nothing is lost. Tell whoever runs the site, then ask for it again."
    ),
    "jobs.bug": N_(
        "Something broke on our side ({type}, {place}). What had been done until then stays. "
        "Tell whoever runs the site."
    ),
    "jobs.restored": N_("The site was restored from a backup meanwhile. Ask for it again."),
    "jobs.rotated": N_("The new key-encryption key is in use; {keys} keys were wrapped anew."),
    "jobs.reindexed": N_("The new search index is in use; {records} records are in it."),
    "jobs.export_gone": N_(
        "The file is gone: it was fetched already, a day has passed, or a role of yours has ended. "
        "Ask for the export again."
    ),
    "jobs.role_ended": N_(
        "A role of yours has ended since this file was written, so it may hold more than you may see now. "
        "Ask for the export again."
    ),
    "jobs.file_too_old": N_("The uploaded file was kept for a day and is gone. Upload it again."),
    "jobs.file_damaged": N_("The kept file cannot be read any more. Upload or export it again."),
}
