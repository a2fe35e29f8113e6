"""What the terminology check says, and what can be wrong with a vocabulary, a text or a term."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "terms.found": N_("Line {line}: “{term}” → {preferred}."),
    "terms.none": N_("✓ No discouraged word was found."),
    "terms.one": N_("One discouraged word was found."),
    "terms.many": N_("{count} discouraged words were found."),
    "terms.why_agency": N_("It makes the child the author of what others did."),
    "terms.why_work": N_("It calls exploitation work."),
    "terms.why_legal": N_("It is a word of treaties and laws: keep it inside quoted titles."),
    "terms.why_tourism": N_("It presents abuse as a kind of tourism."),
    "terms.why_clinical": N_("It is a diagnosis, not what somebody did."),
    "terms.why_purchase": N_("It makes a purchase of abuse."),
    "terms.why_slang": N_("A word of the street hides who profits; say what the person does."),
    "terms.why_plain": N_("Say in full that it is extortion of a child."),
    "terms.why_consent": N_("Nobody under 18 can agree to be exploited."),
    "terms.why_smuggling": N_(
        "In Spanish, “tráfico” is the smuggling of migrants; the exploitation of persons is “trata”."
    ),
    "terms.why_outdated": N_("It is out of date and speaks of some women only."),
    "terms.why_child_harms": N_("A child who harms needs protection and help, not a label."),
    "terms.why_own": N_("Your country’s vocabulary discourages it."),
    "terms.own_concept": N_(
        "Row {row}: there is no concept {value} in the vocabulary. Choose one of the list."
    ),
    "terms.own_plain": N_("Row {row}: give plain words, without brackets or strokes."),
    "terms.own_twice": N_("Row {row}: “{words}” is entered already. Edit that one."),
    "terms.own_forbids_good": N_(
        "Row {row}: “{words}” would also mark “{name}”, which is a preferred name. Give more words."
    ),
    "terms.own_preferred_bad": N_(
        "Row {row}: “{preferred}” holds a discouraged word itself. Choose other words to write instead."
    ),
    "terms.file_missing": N_("{file} cannot be opened. Check its name and place."),
    "terms.ending": N_("{file} is of a kind that is not read here. Use one of: {known}."),
    "terms.too_large": N_("{file} is larger than {most} MB. Divide it."),
    "terms.not_utf8": N_("{file} is not text in UTF-8. Save it as UTF-8 and try again."),
    "terms.not_docx": N_("{file} cannot be read as a DOCX. Open it and save it again."),
    "terms.language_unknown": N_("There is no vocabulary in “{language}”. Use one of: {known}."),
    "terms.format_unknown": N_("“{format}” is no format of the vocabulary. Use one of: {known}."),
    "terms.not_skos": N_("This is not a vocabulary that Cobijo wrote as {format}."),
    "terms.row_wrong": N_("{file}, row {row}: cells are missing, or there are too many. Mend the row."),
    "terms.doubled": N_("Two concepts of the vocabulary are called {concept}. Rename one."),
    "terms.status_unknown": N_("Concept {concept}: there is no status “{status}”."),
    "terms.incomplete": N_("Concept {concept}: a name or its evidence is missing."),
    "terms.concept_unknown": N_("{place}: there is no concept {concept} in the vocabulary."),
    "terms.form_wrong": N_("The form “{form}” has no such kind, language or words."),
    "terms.no_preferred": N_("The discouraged form “{form}” does not say what to write instead, and why."),
    "terms.group_unknown": N_("The form “{form}” names a group of words that does not exist: {group}."),
    "terms.match_unknown": N_("Concept {concept}: there is no match “{match}” to a classification."),
}
