"""What is said of records that go to other systems and come from them."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "systems.no_agreement": N_(
        "No agreement in force lets records of cases go to that organisation. Propose one, and have both sign."
    ),
    "systems.nothing_agreed": N_(
        "The agreement shares none of what a record holds: names and age, language, or what happened. "
        "Agree on one of them first."
    ),
    "systems.too_many_at_once": N_(
        "More than {most} cases fit these days now. Ask for the file again: it is then made as long work."
    ),
    "systems.taken_meanwhile": N_(
        "A case of this file was taken in by somebody else meanwhile, so nothing was written. Choose the file again."
    ),
    "systems.why_missing": N_("Say what the file is for: it is put on record with it."),
    "systems.no_cases": N_("No case within your reach was opened in these days, so there is no file."),
    "systems.no_file": N_("Choose a file first: JSON or XLSX."),
    "systems.area_missing": N_(
        "Row {row}: no state of the country is named. Choose one below for records that name none."
    ),
    "systems.too_many_cases": N_("The file speaks of more than {most} cases: send it in parts."),
    "systems.nothing_to_take": N_(
        "No case of this file can be taken in. Read what is wrong, and mend the file."
    ),
    "systems.reading": N_("Reading cases"),
    "systems.sent": N_("{rows} records of {cases} cases are in the file."),
}
