"""What a robustness report says, on its page and in its charts. `**` marks what is set bold."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    # findings
    "robustness.two_lists": N_(
        "With two lists ({lists}) nothing in the table can show whether they depend on each other: the whole "
        "figure rests on their independence."
    ),
    "robustness.threshold_steady": N_(
        "The threshold hardly matters: from the strictest to the loosest, the estimate stays between {low} and "
        "{high}."
    ),
    "robustness.threshold_moves": N_(
        "The threshold matters: it moves the estimate from {low} to {high}, {ratio} times as many."
    ),
    "robustness.threshold_none": N_("No threshold gives an estimate."),
    "robustness.prior_steady": N_(
        "The prior of the decomposable graphs hardly matters: their estimate stays between {low} and {high}."
    ),
    "robustness.prior_moves": N_(
        "The prior of the decomposable graphs decides: it moves their estimate from {low} to {high}, {ratio} "
        "times as many."
    ),
    "robustness.prior_none": N_("The decomposable graphs give no estimate under any prior."),
    "robustness.omission_steady": N_(
        "Whichever of the {of} lists is left out, the estimate stays inside its interval."
    ),
    "robustness.omission_moves": N_(
        "Leaving out one list takes the estimate outside its interval in {count} of {of} cases; farthest "
        "without {lists}: {total}."
    ),
    "robustness.omission_refused": N_(
        "When a list is left out, {count} of {of} tables give no estimate at all."
    ),
    "robustness.merge_steady": N_(
        "Whichever two lists are taken as one ({of} pairs), the estimate stays inside its interval."
    ),
    "robustness.merge_moves": N_(
        "Taking two lists as one takes the estimate outside its interval in {count} of {of} cases; farthest "
        "with {lists} as one: {total}."
    ),
    "robustness.merge_refused": N_(
        "When two lists are taken as one, {count} of {of} tables give no estimate at all."
    ),
    "robustness.consistency_found": N_(
        "Lists hidden on purpose were found again: the interval held the true size in all {of} cases that had "
        "an answer."
    ),
    "robustness.consistency_missed": N_(
        "Lists hidden on purpose were missed in {count} of {of} cases ({lists}); {below} of these estimates "
        "were too small."
    ),
    "robustness.consistency_none": N_(
        "No list could be hidden and estimated from the others: too few people are on three lists."
    ),
    "robustness.overlaps_enough": N_("Every two lists share {few} people or more ({of} pairs)."),
    "robustness.overlaps_few": N_(
        "{count} of {of} pairs of lists share fewer than {few} people; {empty} of them share nobody."
    ),
    "robustness.overlaps_thin": N_("{count} of {of} pairs of lists share fewer than {few} people."),
    "robustness.coverage_kept": N_(
        "If the selected model were true, intervals made this way would hold the truth in {covered} % of {of} "
        "drawn tables; {level} % is promised."
    ),
    "robustness.coverage_short": N_(
        "Even if the selected model were true, intervals made this way would hold the truth in only {covered} "
        "% of {of} drawn tables; {level} % is promised. Read the interval as too narrow."
    ),
    "robustness.coverage_refused": N_(
        "Even if the selected model were true, {count} of {of} drawn tables would give no estimate: the lists "
        "overlap too little."
    ),
    "robustness.tables": N_("{tables} drawn tables make no sense: give 0 for none, or 200."),
    "robustness.too_few_others": N_(
        "Not tried: among the people of {list}, fewer than two other lists saw anybody."
    ),
    # progress
    "robustness.examining": N_("Asking the same question in other ways"),
    "robustness.simulating": N_("Drawing tables from the fitted model"),
    "robustness.families": N_("Estimating by every method"),
    # charts
    "robustness.people_axis": N_("people"),
    "robustness.methods_question": N_("How many people are there, by each way of estimating?"),
    "robustness.methods_row": N_("{method}: {total} people, interval {range}."),
    "robustness.own_word": N_("the figure of this page"),
    "robustness.own": N_("{method} (the figure of this page)"),
    "robustness.threshold_question": N_("Does the threshold decide the answer?"),
    "robustness.threshold_axis": N_("threshold of p for two lists to depend on each other"),
    "robustness.prior_question": N_("Does the prior decide the answer?"),
    "robustness.prior_axis": N_("prior weight of each history"),
    "robustness.curve_describe": N_(
        "A line of estimates with a band for their intervals, one point for each value of: {axis}. {points}"
    ),
    "robustness.curve_point": N_("{value}: {total}, interval {range}."),
    "robustness.curve_refused": N_("{value}: no estimate."),
    "robustness.curve_legend": N_("estimate, with its {level} interval"),
    "robustness.usual": N_("usual"),
    "robustness.no_answer": N_("no estimate"),
    "robustness.changes_question": N_("Does one list, or one pair, decide the answer?"),
    "robustness.all_lists": N_("All lists"),
    "robustness.without": N_("Without {list}"),
    "robustness.as_one": N_("{lists} as one"),
    "robustness.base_word": N_("as it stands"),
    "robustness.base": N_("{method} (as it stands)"),
    "robustness.consistency_question": N_("Can lists of known size be found again when they are hidden?"),
    "robustness.consistency_axis": N_("estimate as a share of the true size"),
    "robustness.consistency_describe": N_(
        "One line for each hidden list, from the lower to the upper limit as a share of its true size; the "
        "dot is the estimate, the upright line the truth. {rows}"
    ),
    "robustness.consistency_row": N_("{list}: true {truth}, estimated {total}, interval {range}."),
    "robustness.consistency_row_none": N_("{list}: no estimate."),
    "robustness.consistency_figures": N_("est. {total}, true {truth}"),
    "robustness.missed_word": N_("missed"),
    "robustness.found_word": N_("found"),
    "robustness.heat_question": N_("How many people does every two lists share?"),
    "robustness.heat_describe": N_(
        "A square for every two lists, darker where they share more people; on the diagonal each list's own "
        "size. {rows}"
    ),
    "robustness.heat_row": N_("{first} and {second}: {count}."),
    "robustness.heat_empty": N_("nobody in common"),
    "robustness.heat_own": N_("all people of the list"),
    "robustness.upset_question": N_("On which lists do the people appear?"),
    "robustness.upset_describe": N_("One bar for each combination of lists; dots show which lists. {rows}"),
    "robustness.upset_more": N_("and {count} more combinations, none of them larger"),
    # page
    "robustness.made_by": N_("Made with Cobijo {version}."),
    "robustness.title": N_("How many people are there, seen and unseen"),
    "robustness.kicker": N_("Estimated from the table {file}: {count} lists, {lists}"),
    "robustness.seen": N_("The lists saw **{observed}** people."),
    "robustness.in_all": N_("In all there are between **{low} and {high}** ({method})."),
    "robustness.in_all_floor": N_(
        "In all there are **at least {total}** ({method}: a floor, between {low} and {high}, not an answer)."
    ),
    "robustness.in_all_refused": N_("How many there are in all cannot be said from this table."),
    "robustness.no_interval": N_(
        "This model gives {total} people and no interval, and a figure without one is not shown here."
    ),
    "robustness.refused_title": N_("Why there is no figure"),
    "robustness.refused_beside": N_(
        "Other methods below may give an answer. That this one does not is a warning about all of them."
    ),
    "robustness.fact_seen": N_("Seen"),
    "robustness.fact_seen_note": N_("by at least one list"),
    "robustness.fact_hidden": N_("Not seen"),
    "robustness.fact_total": N_("In all"),
    "robustness.between": N_("between {low} and {high}"),
    "robustness.doubts_title": N_("{count} of {of} checks weaken this figure"),
    "robustness.none_doubts": N_(
        "None of the {of} checks weakens this figure. The checks cannot prove the assumption behind it."
    ),
    "robustness.doubts_title_stepwise": N_("{count} of {of} checks weaken the stepwise estimate"),
    "robustness.none_doubts_stepwise": N_(
        "None of the {of} checks weakens the stepwise estimate. They cannot prove the assumption behind any figure."
    ),
    "robustness.methods_title": N_("Methods side by side"),
    "robustness.methods_intro": N_(
        "Each method assumes something else about what nobody saw, and nothing in the table can tell which is "
        "right. Where they disagree, the disagreement is the result."
    ),
    "robustness.methods_spread": N_("The largest answer is {ratio} times the smallest ({low} to {high})."),
    "robustness.methods_none": N_("No method gives an answer."),
    "robustness.methods_caption": N_("What each method says"),
    "robustness.column_method": N_("Method"),
    "robustness.column_total": N_("In all"),
    "robustness.column_interval": N_("{level} interval"),
    "robustness.column_note": N_("What it assumes, or why it has no answer"),
    "robustness.no_figure": N_("none"),
    "robustness.assumes_independence": N_(
        "Being on one list says nothing about being on another: a naive figure to compare with."
    ),
    "robustness.assumes_chapman": N_("The two lists are independent of each other."),
    "robustness.assumes_chao": N_(
        "People differ in how easily they are seen: a lower bound, not a full answer."
    ),
    "robustness.assumes_loglinear": N_(
        "Every two lists may depend on each other, no three beyond that; the interval takes this for certain."
    ),
    "robustness.assumes_stepwise": N_(
        "Only pairs of lists that clearly depend on each other do; the choice is repeated in every resample."
    ),
    "robustness.assumes_bic": N_(
        "One of the models with the best balance of fit and size is right; resamples choose among the best."
    ),
    "robustness.assumes_decomposable": N_(
        "Averages over all simple patterns of dependence; the prior can decide where overlaps are few."
    ),
    "robustness.assumes_latent": N_("Within hidden groups of people, lists are independent of each other."),
    "robustness.assumes_bayes": N_(
        "Pairs of lists depend on each other where the posterior is clear of zero."
    ),
    "robustness.assumes_closedp": N_(
        "People differ in how easily they are seen, in the form that Darroch gave."
    ),
    "robustness.assumes_loglinear_named": N_(
        "Exactly the dependences that were named hold, and no others; the interval takes this for certain."
    ),
    "robustness.assumes_closedp_named": N_(
        "People are as easy or as hard to see as this model has it; the table cannot tell."
    ),
    "robustness.assumes_ensemble": N_("Holds the defensible methods together."),
    "robustness.checks_title": N_("How far the figure can be trusted"),
    "robustness.checks_intro": N_(
        "The stepwise estimate was made again in every way that should not matter. Where it moves, the figure "
        "rests on that choice more than on the table."
    ),
    "robustness.sign_doubt": N_("**Weakens the figure.** {text}"),
    "robustness.sign_holds": N_("**Holds.** {text}"),
    "robustness.overlaps_title": N_("What the lists share"),
    "robustness.curves_title": N_("Threshold and prior"),
    "robustness.changes_title": N_("Leaving out and merging lists"),
    "robustness.consistency_title": N_("Hiding what is known"),
    "robustness.changes_caption": N_("The estimate without a list, and with two lists as one"),
    "robustness.column_change": N_("Change"),
    "robustness.changes_most": N_("The chart shows those that move the estimate most; the table has all."),
    "robustness.consistency_note": N_(
        "Among the people of one list, those whom no other list saw play the hidden ones. How many there are "
        "is known, so the method can be tried (Binette and Steorts 2022)."
    ),
    "robustness.prior_missing": N_(
        "There is no curve over the prior: the decomposable graphs take at most seven lists."
    ),
    "robustness.limits_title": N_("What no check can show"),
    "robustness.limit_assumption": N_(
        "How people whom no list saw resemble those seen cannot be tested with any table: it is assumed."
    ),
    "robustness.limit_selection": N_(
        "Choosing a model by significance makes intervals look surer than they are (Whitehead et al. 2021)."
    ),
    "robustness.limit_linkage": N_(
        "One person counted as two makes the estimate too large, two taken as one too small; a table of "
        "counts does not show which."
    ),
    "robustness.limit_closed": N_(
        "All lists are taken to look at the same people over the same time, each of whom any list could see."
    ),
    "robustness.limit_small": N_(
        "This page shows exact counts of small groups. Protect them before it is published."
    ),
    "robustness.trace_title": N_("How to make this page again"),
    "robustness.trace_caption": N_("What was run, on what"),
    "robustness.column_what": N_("What"),
    "robustness.column_value": N_("Value"),
    "robustness.trace_command": N_("Method"),
    "robustness.trace_settings": N_("Settings"),
    "robustness.trace_checks": N_("Settings of the checks"),
    "robustness.trace_file": N_("File {file}, SHA-256"),
    "robustness.trace_histories": N_("Histories, SHA-256"),
    "robustness.trace_error": N_("Monte Carlo error of both limits"),
    "robustness.trace_model": N_("Selected model"),
    # notebook
    "robustness.card": N_("Between {low} and {high} in all"),
    "robustness.card_guess": N_("best guess {total}; {observed} seen, about {hidden} not seen"),
    "robustness.card_method": N_("{method}, {level} interval"),
    "robustness.notebook_histories": N_(
        "{observed} people on {count} lists; {shared} of them on two lists or more"
    ),
    "robustness.notebook_list": N_("List"),
    "robustness.notebook_people": N_("People"),
    "robustness.notebook_alone": N_("On no other list"),
    "robustness.notebook_whole": N_("All together"),
    "robustness.notebook_pooled": N_(
        "{share} of the uncertainty comes from how records were joined; {draws} of {of} ways of joining them gave an "
        "estimate."
    ),
    "robustness.card_floor": N_("At least {total} in all"),
    "robustness.card_floor_guess": N_(
        "a floor, between {low} and {high}; {observed} seen, at least {hidden} not seen"
    ),
    "robustness.card_point": N_("About {total} in all"),
    "robustness.card_point_guess": N_("{observed} seen, about {hidden} not seen"),
    "robustness.card_no_interval": N_("{method}; this model gives no interval"),
    "robustness.card_refused": N_("No estimate"),
    "robustness.not_written": N_("The report cannot be written to {file}: check the folder and its rights."),
}
