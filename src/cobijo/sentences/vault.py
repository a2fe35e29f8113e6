"""What is said of keys and of names that cannot be shown. Never a word of what was sealed."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "vault.is_open": N_("The vault is open: names can be shown to those who may see them."),
    "vault.in_use": N_("In use: key {kek}."),
    "vault.kek_missing": N_(
        "Names cannot be shown: the key file is missing. Nothing is lost; whoever keeps the key can put it back "
        "from a copy (cobijo manage vault restore)."
    ),
    "vault.kek_open_to_others": N_(
        "Names cannot be shown: others on this machine can read the key file. Make it its owner's only (chmod 600)."
    ),
    "vault.kek_unreadable": N_(
        "Names cannot be shown: what should be the key is not one. Restore it from a copy "
        "(cobijo manage vault restore)."
    ),
    "vault.kek_command_failed": N_(
        "Names cannot be shown: the command that gives the key (COBIJO_KEK_COMMAND) failed or took too long."
    ),
    "vault.kek_wrong": N_(
        "Names cannot be shown: the key at hand is not the one that these records need, which is key {expected}."
    ),
    "vault.store_missing": N_("Names cannot be shown: the key store does not answer."),
    "vault.erased": N_("Erased: this child's key was destroyed, and nobody can read what it sealed."),
    "vault.lost": N_(
        "The key store has no key for this record. Restore the key store's backup that belongs to this database."
    ),
    "vault.altered": N_(
        "What is stored here is not what was stored for this record. It is not shown; the attempt is recorded."
    ),
    "vault.key_altered": N_(
        "A key in the key store was changed or exchanged. Restore the key store from its backup."
    ),
    "vault.purpose_missing": N_("Identities are read for a purpose; none was given."),
    "vault.reason_is_a_code": N_(
        "The reason of an erasure is a code, not a sentence: nothing in it may tell whose."
    ),
    "vault.kek_from_command": N_(
        "The key comes from a command (COBIJO_KEK_COMMAND); make it there, not here."
    ),
    "vault.kek_exists": N_("There is a key file already ({file}). Nothing was changed."),
    "vault.kek_lost_not_new": N_(
        "There are records under a key already, and a new key cannot read them. Restore the key from a copy "
        "(cobijo manage vault restore)."
    ),
    "vault.kek_noted": N_(
        "Key {kek} was made for this site, and a new one would make its copies on paper worthless. "
        "Restore the key from a copy (cobijo manage vault restore). If there is no copy, nothing is lost: "
        "no name is sealed under it yet (cobijo manage vault make --anew)."
    ),
    "vault.made": N_("Made key {kek}. Now write two copies to print: cobijo manage vault copy."),
    "vault.copies_apart": N_(
        "The two copies go to two different folders, best on two carriers, and not into the data folder."
    ),
    "vault.copied": N_(
        "Wrote two copies of key {kek}. Print both, keep them in two places, delete the files, then check one: "
        "cobijo manage vault check-copy."
    ),
    "vault.sheet": N_(
        "COBIJO: copy {number} of 2 of the key-encryption key {kek}, written {day}.\n"
        "Whoever holds this sheet and the databases can read every child's name. Keep it under lock, "
        "not where the backups are.\n"
        "Each line: its number, four words, and a fifth word that checks the line.\n"
        "To use it, type the lines into a file: cobijo manage vault restore FILE"
    ),
    "vault.sheet_line": N_("Line {line} of the copy has a slip: compare each word of it with the sheet."),
    "vault.sheet_of_other_key": N_(
        "This copy is right, but of key {found}; the records need key {expected}. Look for the newer copy."
    ),
    "vault.copy_right": N_("The copy is right: it holds key {kek}, which is in use."),
    "vault.restored": N_("Key {kek} is in its file again, and names can be shown."),
    "vault.rotate_command_first": N_(
        "Let the command (COBIJO_KEK_COMMAND) print the new key first and the former one below it, then try again."
    ),
    "vault.rotating": N_("Wrapping children's keys anew"),
    "vault.rotated": N_(
        "Key {kek} is in use; {keys} keys were wrapped anew. Write two new copies, and keep the former ones as long "
        "as backups of the key store from before today."
    ),
    "vault.reindexing": N_("Writing the search index anew"),
    "vault.texts_spent": N_(
        "{most} of your texts of today may have said who a child is. Until tomorrow no further text of yours is looked "
        "at, so none is kept, whatever it says. Keep it elsewhere, and speak with your supervisor."
    ),
    "vault.reindexed": N_("The search index was written anew for {records} records."),
    "vault.replayed": N_(
        "{lines} erasures are in the ledger; {keys} keys and {tokens} search tokens had come back and are gone again."
    ),
}
