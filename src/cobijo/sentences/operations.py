"""What keeps the site running, said in sentences."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "operations.init_link": N_(
        "Open this link in a browser; it works once, until {until}, and is kept nowhere:\n{link}"
    ),
    "operations.init_kek_made": N_("Made the key {kek} that opens the children’s names. It lies in {file}."),
    "operations.init_kek_there": N_("The key {kek} that opens the children’s names lies in {file}."),
    "operations.init_copies": N_(
        "Whoever loses it loses every name for ever. Before the first real child is entered, print two copies for two "
        "houses: cobijo manage vault copy FIRST SECOND (docs/how-to/keys.md)."
    ),
    "operations.init_kek_command": N_(
        "The key that opens the children’s names comes from COBIJO_KEK_COMMAND; keep its two copies there."
    ),
    "operations.audit_is_whole": N_(
        "The record is whole: {events} events, {sealed} of them sealed, none altered, none missing."
    ),
    "operations.audit_is_not_whole": N_(
        "The record is NOT whole: {count} findings in {events} events. Change nothing, keep a copy of the database and "
        "the last checkpoint file, and call whoever answers for the site."
    ),
    "operations.audit_waits": N_(
        "Nothing is altered and nothing is missing, but {count} of {events} events wait for their seal. "
        "Start a worker, then verify again."
    ),
    "operations.demo_there": N_(
        "There is a site at {folder} already; a demonstration is made in a new folder only. Choose another with --dir."
    ),
    "operations.not_a_demo": N_(
        "This is not the folder of a demonstration. Only `cobijo demo` makes one, apart from any real site."
    ),
    "operations.demo_role_unknown": N_("The demonstration has no role {role}. Choose one of: {roles}."),
    "operations.demo_door": N_(
        "Look around as one of {count} invented people, without a password: {address}"
    ),
    "operations.demo_sign_in": N_(
        "Or sign in as on a real site: `cobijo demo-code ROLE` shows address, password and code of a role."
    ),
    "operations.disk_full": N_(
        "The disk is nearly full: {free} MB are free. Whoever runs the site should make room today; "
        "nothing is lost yet."
    ),
    "operations.no_worker": N_(
        "Nobody does the long work: exports, imports and mail wait until whoever runs the site starts a worker."
    ),
    "operations.mail_down": N_("Mail is not leaving: {count} messages wait. They are kept and tried again."),
    "operations.audit_unsealed": N_(
        "What happened in the last {seconds} seconds is written down, but not sealed yet. Tell whoever runs the site."
    ),
    "operations.not_up_to_date": N_(
        "The tables belong to another version of Cobijo. Run `cobijo upgrade`, then start the site again."
    ),
    "operations.no_site": N_(
        "There is no site here yet. Check COBIJO_DATA_DIR and DATABASE_URL, or run `cobijo upgrade`."
    ),
    "operations.key_exists": N_("There is a {file} already; it is not overwritten. Choose another folder."),
    "operations.key_unreadable": N_("{file} is not a key for backups. `cobijo backup-key` makes one."),
    "operations.other_half_of_the_key": N_(
        "This is the other half of the key: backups are made with backup.public and restored with backup.private."
    ),
    "operations.other_key": N_(
        "{file} was made for another key ({wanted}), so this one cannot open it. Use the private half of that key."
    ),
    "operations.backup_damaged": N_(
        "{file} is damaged or cut off, so nothing was restored. Take another copy of it, or an older backup."
    ),
    "operations.backup_missing": N_("There is no file {file}. Check its name and folder."),
    "operations.no_backup": N_("{file} is not a backup of Cobijo."),
    "operations.backup_differs": N_(
        "What came out of the backup is not what went in, so nothing was restored. Take an older backup."
    ),
    "operations.backup_newer": N_(
        "The backup was made by a newer version of Cobijo. Install that version, then restore."
    ),
    "operations.backup_needs_owner": N_(
        "This database role does not see every row, so a backup would be incomplete. "
        "Set MIGRATE_DATABASE_URL to the owner of the tables."
    ),
    "operations.database_damaged": N_(
        "The database itself is damaged, so no backup was made from it. Keep the older backups and call for help."
    ),
    "operations.database_unreachable": N_(
        "The database does not answer. Check that it runs and that address, name and password are right: "
        "DATABASE_URL, KEYS_DATABASE_URL, MIGRATE_DATABASE_URL."
    ),
    "operations.file_missing": N_("There is no {file}. Check name and folder, and make the folder first."),
    "operations.file_forbidden": N_(
        "{file} may not be read or written by this user. Choose another place, or give the user the right."
    ),
    "operations.file_is_folder": N_("{file} is a folder; name a file."),
    "operations.file_exists": N_("There is a {file} already; it is not overwritten. Choose another name."),
    "operations.upgrade_needs_owner": N_(
        "Tables are changed by their owner. Set MIGRATE_DATABASE_URL to the role that owns them, then upgrade again."
    ),
    "operations.owner_is_application": N_(
        "The site may not be the owner of its tables: DATABASE_URL and MIGRATE_DATABASE_URL need two different roles."
    ),
    "operations.setting_wrong": N_("A setting is wrong. {what}."),
    "operations.other_store": N_(
        "{file} holds the other part of a backup ({kind}). Name the file of the site first, the keys with --keys."
    ),
    "operations.other_vendor": N_("The backup comes from {kind}: restore it into the same kind of database."),
    "operations.erasures_missing": N_(
        "{file} is missing: it lists the children who were erased. Name the newest one with --erasures."
    ),
    "operations.restore_not_empty": N_(
        "There is a site already at that place, or part of one; it is not overwritten. "
        "Restore into an empty folder and an empty database."
    ),
    "operations.no_room": N_("The disk is full, so the file was not written. Make room, then try again."),
    "operations.step_failed": N_("The step {stage} failed. The lines above say where."),
    "operations.upgrade_refused": N_(
        "The site is not sound after the upgrade ({count} findings). Restore the backup {file} and call for help."
    ),
    "fact.checkpoint": N_("checkpoint written"),
    "fact.sealed": N_("events sealed"),
    "fact.email": N_("e-mail address"),
    "fact.password": N_("password"),
    "fact.code": N_("code of the second factor, now"),
    "fact.seconds_left": N_("seconds that the code still holds"),
    "fact.key": N_("the key's name"),
    "fact.public": N_("stays on the machine"),
    "fact.private": N_("leaves the machine"),
    "fact.files": N_("files written"),
    "fact.tables": N_("tables"),
    "fact.rows": N_("rows"),
    "fact.erasures": N_("erasures known"),
    "fact.for_key": N_("for the key"),
    "fact.made_at": N_("made at"),
    "fact.keys_destroyed": N_("keys destroyed again"),
    "fact.jobs_ended": N_("unfinished work ended"),
    "fact.ways_in_ended": N_("keys and invitations ended, to be given anew"),
    "fact.key_encryption_key": N_("key-encryption key in place"),
    "fact.backup": N_("backup made first"),
    "fact.migrations": N_("changes to the tables"),
}
