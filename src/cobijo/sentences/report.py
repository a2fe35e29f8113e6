"""What the report says, in the order of its pages. `**` marks what is set bold."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "report.title": N_("The national picture of the sexual exploitation of children"),
    "report.place_period": N_("{place} · {from} to {to}"),
    "report.invented": N_("Invented data"),
    "report.invented_long": N_(
        "Every child in this report is invented. It shows what the program does and says nothing about a "
        "real country."
    ),
    "report.skip": N_("Skip to the report"),
    "report.contents": N_("Contents"),
    "report.page": N_("Page {page} of {pages}"),
    "report.made_by": N_(
        "Made with Cobijo {version}. The figures are those of picture.json beside this report."
    ),
    "report.agencies_2": N_("Two agencies"),
    "report.agencies_3": N_("Three agencies"),
    "report.agencies_4": N_("Four agencies"),
    "report.agencies_5": N_("Five agencies"),
    "report.agencies_6": N_("Six agencies"),
    "report.agencies_7": N_("Seven agencies"),
    "report.agencies_8": N_("Eight agencies"),
    "report.agencies_9": N_("Nine agencies"),
    "report.agencies_10": N_("Ten agencies"),
    "report.agencies_many": N_("{count} agencies"),
    "report.seen": N_("{agencies} saw **{observed}** children once each is counted once."),
    "report.seen_one": N_("One agency saw **{observed}** children once each is counted once."),
    "report.seen_hidden": N_("How many children the agencies saw is not shown, to protect them."),
    "report.affected": N_("Between **{low}** and **{high}** children were probably affected."),
    "report.affected_open": N_("At least **{low}** children were probably affected."),
    "report.affected_refused": N_("How many more there are cannot be said honestly from these lists."),
    "report.fact_seen": N_("On the lists"),
    "report.fact_seen_note": N_("each child counted once"),
    "report.fact_hidden": N_("On no list, estimated"),
    "report.fact_total": N_("In all, estimated"),
    "report.between": N_("between {low} and {high}"),
    "report.who": N_(
        "This report counts children under {age} whom a competent body has identified as victims, seen "
        "by the agencies from {from} to {to}."
    ),
    "report.who_other": N_(
        "This report counts children under {age} whose status is “{status}”, seen by the agencies from "
        "{from} to {to}."
    ),
    "report.who_unknown": N_("Where an age is unknown or disputed, the person counts as a child."),
    "report.refused_title": N_("No estimate is given"),
    "report.refused_why": N_("Why: {reason}"),
    "report.refused_still": N_(
        "The children on the lists are counted all the same. Their number is what the agencies know, not "
        "the size of the problem: it must not be quoted as the number of children affected."
    ),
    "report.refused_mend": N_(
        "What would help: another list that is kept independently of these, a longer period, or official "
        "identifiers that let the lists be joined with more certainty."
    ),
    "report.disagree_title": N_("The methods disagree"),
    "report.disagree": N_(
        "The largest answer is {ratio} times the smallest. The data cannot decide between them, so quote "
        "the interval together with this warning, never the single number."
    ),
    "report.agree": N_("The methods give similar answers: the largest is {ratio} times the smallest."),
    "report.means": N_("What this means"),
    "report.means_seen": N_(
        "The agencies know **{observed}** children. The same child is often on several lists; here each "
        "is counted once."
    ),
    "report.means_hidden": N_(
        "About **{hidden}** more were probably affected and are on no list. They are worked out from how "
        "much the lists overlap: the less they share, the more children nobody has seen."
    ),
    "report.means_interval": N_(
        "The answer is a range, not one number. If the assumptions hold, a range made this way contains "
        "the true number about {level} times in 100."
    ),
    "report.means_not": N_("What this does not mean"),
    "report.not_named": N_(
        "It names nobody. The estimate says how many are missing from the lists, not who they are or "
        "where to look for them."
    ),
    "report.not_worse": N_(
        "A larger number next time need not mean more exploitation. Agencies may simply have looked harder."
    ),
    "report.not_certain": N_(
        "It is not certain. Every method rests on an assumption about the children nobody saw, and no "
        "data can test that."
    ),
    "report.not_place": N_(
        "The state tables and the map show only children on the lists. A low figure can mean that nobody "
        "is looking."
    ),
    "report.methods": N_("The methods side by side"),
    "report.methods_intro": N_(
        "Each method answers the same question from different assumptions. Where they agree, the answer "
        "is more trustworthy; where they disagree, the data cannot say which is right."
    ),
    "report.methods_caption": N_("Estimates of the number of children affected, by method"),
    "report.column_method": N_("Method"),
    "report.column_estimate": N_("Estimate"),
    "report.column_interval": N_("Interval ({level})"),
    "report.column_note": N_("What to know"),
    "report.note_recommended": N_("Recommended."),
    "report.note_model": N_("Lists found to go together: {pairs}."),
    "report.note_no_pairs": N_("No lists were found to go together."),
    "report.note_headline": N_("The recommended figure, with the doubt of joining the lists included."),
    "report.pair": N_("{first} with {last}"),
    "report.how_methods": N_("How each method works"),
    "report.explain_ensemble": N_(
        "Takes the defensible methods together. Its interval is as wide as their disagreement demands."
    ),
    "report.explain_stepwise": N_(
        "Looks for pairs of lists that go together more, or less, than chance would have it (a shelter "
        "that takes in whom the police bring), and allows for them one by one. The rest is assumed to be "
        "chance."
    ),
    "report.explain_chao": N_(
        "Looks only at children seen once or twice. It gives a floor: if some children are harder to see "
        "than others, the true number is at least about this."
    ),
    "report.explain_chapman": N_(
        "Compares two lists, as one would count fish by marking them: the share of one list found on the "
        "other says how much the lists reach. It assumes that being on one list changes nothing about "
        "being on the other."
    ),
    "report.explain_independence": N_(
        "Assumes that no list has anything to do with any other. This is rarely true; it stands here to "
        "show how much that assumption matters."
    ),
    "report.explain_bic": N_(
        "Tries every reasonable way in which lists can go together and prefers those that explain the "
        "data with the fewest assumptions."
    ),
    "report.explain_bayes": N_(
        "Starts from the belief that lists go together only a little, and keeps the relations on which "
        "the data insist."
    ),
    "report.explain_decomposable": N_(
        "Averages over many patterns of relations between lists, each weighted by how well it explains "
        "the data."
    ),
    "report.explain_latent": N_(
        "Supposes groups of children, some easy to see and some hard, and lets the data say how large "
        "the groups are."
    ),
    "report.tables": N_("The children on the lists"),
    "report.tables_intro": N_(
        "These tables count children on the lists, never the estimated ones. The sign {symbol} stands "
        "for a figure that is hidden to protect children; it can be small or large."
    ),
    "report.column_children": N_("Children"),
    "report.table_area": N_("By state"),
    "report.caption_area": N_("Children on the lists, by state"),
    "report.note_map": N_("These are numbers, not rates: states with more inhabitants tend to have more."),
    "report.table_sex_age": N_("By sex and age"),
    "report.caption_sex_age": N_("Children on the lists, by sex and age in years"),
    "report.table_overlap": N_("By the lists they appear on"),
    "report.caption_overlap": N_("Children by the exact combination of lists they appear on"),
    "report.caption_overlap_hidden": N_(
        "The other {count} combinations are hidden to protect children: all of them are in the file {file}."
    ),
    "report.caption_other": N_("Table: {name}"),
    "report.table_file": N_("The same table for a spreadsheet: {file}"),
    "report.dimension_area": N_("State"),
    "report.dimension_sex": N_("Sex"),
    "report.dimension_age_band": N_("Age"),
    "report.dimension_history": N_("Lists"),
    "report.value_female": N_("Girls"),
    "report.value_male": N_("Boys"),
    "report.value_other": N_("Another sex"),
    "report.value_unknown": N_("Not known"),
    "report.value_total": N_("Total"),
    "report.value_only": N_("only {list}"),
    "report.apart": N_("Shown apart"),
    "report.apart_intro": N_(
        "These children are not in any figure above. Whether a child is a victim is decided by a "
        "competent body, never by a score or by this program."
    ),
    "report.apart_caption": N_("Children on the lists who are not counted as identified"),
    "report.column_status": N_("Status"),
    "report.status_identified": N_("Identified as victims"),
    "report.status_presumed": N_("Presumed victims, not yet decided"),
    "report.status_at_risk": N_("At risk"),
    "report.status_not": N_("Found not to be victims"),
    "report.status_unknown": N_("Status not recorded"),
    "report.sources": N_("Where the figures come from"),
    "report.sources_intro": N_(
        "{read} records were read. {rejected} could not be used and {kept} belong to the period and to "
        "the children counted here. A child who is on several lists, or several times on one, has "
        "several records."
    ),
    "report.sources_caption": N_("The lists and how many children each holds"),
    "report.column_list": N_("List"),
    "report.column_records": N_("Records in the file"),
    "report.column_on_list": N_("Children counted here"),
    "report.linkage": N_("How each child was counted once"),
    "report.linkage_how": N_(
        "Records of the same child are found by comparing names, birth dates, places and official "
        "identifiers, allowing for spelling mistakes, missing surnames and imprecise dates. Each pair of "
        "records gets a probability of being the same child. Records that very probably belong to one "
        "child are joined; no person's name leaves the computer where this is done."
    ),
    "report.linkage_errors": N_(
        "A link that is missed makes the estimate too high; a false link makes it too low."
    ),
    "report.linkage_draws": N_(
        "So the estimate was repeated for {draws} plausible ways of joining the records, and the "
        "differences went into the interval."
    ),
    "report.linkage_share": N_("They are the source of {share} of its uncertainty."),
    "report.protection": N_("How the children are protected"),
    "report.protection_threshold": N_(
        "A figure of fewer than {threshold} children is not shown, and neither are others from which it "
        "could be worked out. All of them carry the same sign, {symbol}, so that nobody can tell which "
        "is which: {cells} figures are hidden."
    ),
    "report.protection_passed": N_(
        "Before publication, an independent attacker program tried to recover the hidden figures from "
        "the published ones and could not."
    ),
    "report.protection_failed_title": N_("Do not publish this report"),
    "report.protection_failed": N_("The check that tries to recover hidden figures did not pass ({audit})."),
    "report.protection_rounded": N_(
        "Estimates are rounded to three digits. No table goes below the level of states; no place of "
        "exploitation, address or route is published."
    ),
    "report.limits": N_("What this report cannot know"),
    "report.limit_closed": N_(
        "The methods treat the period as one moment: children who were affected during only part of it "
        "make the estimate less sure."
    ),
    "report.limit_otherwise": N_("A limit that has no words yet ({code})."),
    "report.trace": N_("How to get the same result again"),
    "report.trace_intro": N_(
        "The same lists, versions, settings and seed give the same figures. A list's fingerprint shows "
        "whether a file is the very same."
    ),
    "report.trace_versions": N_("Versions and settings"),
    "report.trace_inputs": N_("Fingerprints of the lists (SHA-256)"),
    "report.column_name": N_("Name"),
    "report.column_value": N_("Value"),
    "report.column_print": N_("Fingerprint"),
    "report.seed": N_("seed"),
    "report.means_refused": N_(
        "Nobody may conclude that there are no others. The lists simply do not say how many."
    ),
    "report.note_estimates": N_(
        "The shaded bar is what the lists already hold. Each line is the interval of one method, its dot "
        "the estimate."
    ),
    "report.note_overlap": N_(
        "A line joins the lists that hold the same children. The more the lists overlap, the fewer "
        "children are likely to be on none."
    ),
    "report.language_unknown": N_("There is no report in “{language}”; choose one of {known}."),
    "report.no_picture": N_("The folder {folder} has no readable picture.json; run `cobijo picture` first."),
    "report.other_format": N_(
        "picture.json has the format {format}, this program reads {known}; make the picture again with "
        "this version."
    ),
    "report.writing": N_("Writing the report"),
    "report.hidden_word": N_("hidden"),
    "report.note_chao": N_("A floor, not a best guess."),
    "report.note_chapman": N_("Uses only two of the lists."),
    "report.note_independence": N_("Shown for comparison only."),
    "report.who_title": N_("Who is counted here"),
}
