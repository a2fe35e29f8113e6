"""What charts say: numbers, dates and methods by name, titles, descriptions. `**` marks what is set bold."""

from __future__ import annotations

from cobijo.sentences.marks import N_

SENTENCES = {
    "charts.range": N_("{low} to {high}"),
    "charts.or_more": N_("{low} or more"),
    "charts.and": N_("{first} and {last}"),
    "charts.day": N_("{day} {month} {year}"),
    "charts.month_1": N_("January"),
    "charts.month_2": N_("February"),
    "charts.month_3": N_("March"),
    "charts.month_4": N_("April"),
    "charts.month_5": N_("May"),
    "charts.month_6": N_("June"),
    "charts.month_7": N_("July"),
    "charts.month_8": N_("August"),
    "charts.month_9": N_("September"),
    "charts.month_10": N_("October"),
    "charts.month_11": N_("November"),
    "charts.month_12": N_("December"),
    "charts.method_ensemble": N_("Methods together"),
    "charts.method_stepwise": N_("Stepwise model"),
    "charts.method_chao": N_("Chao lower bound"),
    "charts.method_chapman": N_("Chapman"),
    "charts.method_independence": N_("Independent lists"),
    "charts.method_bic": N_("Best models by BIC"),
    "charts.method_bayes": N_("Bayes threshold"),
    "charts.method_decomposable": N_("Decomposable graphs"),
    "charts.method_latent": N_("Latent classes"),
    "charts.method_loglinear": N_("All pairs of lists"),
    "charts.method_closedp": N_("Darroch's model"),
    "charts.method_loglinear_named": N_("Log-linear model"),
    "charts.method_closedp_named": N_("Model {model}"),
    "charts.method_of": N_("{method}, {lists}"),
    "charts.recommended": N_("{method} (recommended)"),
    "charts.no_estimate": N_("No estimate. {reason}"),
    "charts.refused_otherwise": N_("A check of the method failed ({code})."),
    "charts.hidden": N_("figure hidden to protect children"),
    "charts.estimates_question": N_("How many children were affected, by each way of estimating?"),
    "charts.on_lists": N_("On the lists: {count}"),
    "charts.children_axis": N_("children"),
    "charts.estimates_describe": N_(
        "One line a method, from the lower to the upper limit of its interval; the dot is its estimate. "
        "{rows}"
    ),
    "charts.estimates_row": N_("{method}: {total} children, interval {range}."),
    "charts.estimates_row_refused": N_("{method}: no estimate."),
    "charts.overlap_question": N_("On which lists do the children appear?"),
    "charts.overlap_more": N_("and {count} more combinations: see the table"),
    "charts.overlap_describe": N_(
        "One bar for each combination of lists; dots show which lists. {rows} The figures of {hidden} "
        "combinations are hidden to protect children."
    ),
    "charts.overlap_row": N_("{lists}: {count}."),
    "charts.map_question": N_("In which states were the children seen?"),
    "charts.map_unknown": N_("State unknown: {count}"),
    "charts.map_missing": N_("not in the table"),
    "charts.map_describe": N_(
        "Map of the states, darker where more children are on the lists. Most: {most}. Hidden to protect "
        "children: {hidden}. {unknown}."
    ),
    "charts.none": N_("none"),
    "charts.recommended_word": N_("recommended"),
    "charts.method_pooled": N_("{method} with linkage doubt"),
}
