"""Sentences of the room that estimates how many are hidden."""

from cobijo.sentences.marks import N_

SENTENCES = {
    # tables
    "population.table_missing": N_(
        "The file {file} cannot be opened: check its name and that it can be read."
    ),
    "population.table_empty": N_(
        "The file {file} is empty: it needs a header with one column per list and a count, and one row per "
        "history."
    ),
    "population.table_too_large": N_(
        "The file {file} is too large for a table of capture histories (one row per history, at most 1,023)."
    ),
    "population.table_unreadable": N_(
        "Row {row} of {file} cannot be read as text: save the table as CSV in UTF-8."
    ),
    "population.table_not_a_table": N_(
        "This is not a table: give a CSV file, columns by name or an Arrow table."
    ),
    "population.row_length": N_(
        "Row {row} has {cells} cells and the header {columns}: give every row as many."
    ),
    "population.not_zero_or_one": N_(
        "Row {row}, column {column}: {value} is neither 0 nor 1; write 1 where the list saw the person, else "
        "0."
    ),
    "population.count_not_a_number": N_(
        "Row {row}: the count {value} is not a number; write a whole number."
    ),
    "population.count_negative": N_(
        "Row {row}: the count {value} is below zero; nobody can be counted less than once."
    ),
    "population.count_not_whole": N_(
        "Row {row}: the count {value} is not a whole number; people are counted whole."
    ),
    "population.count_too_large": N_(
        "Row {row}: the count {value} is larger than 2^53, the largest that stays exact."
    ),
    "population.count_thousands": N_(
        "Row {row}: the count {value} may mean {thousands} or {units}; write it without a separator."
    ),
    "population.count_missing": N_(
        "No column is called count, and the last one ({column}) has only 0 and 1 like a list: add a column "
        "called count with how many people have each history (1 where each row is a person, equal rows added up)."
    ),
    "population.history_twice": N_(
        "Row {row} repeats the history of row {first}: add their counts in one row."
    ),
    "population.history_all_zero": N_(
        "Row {row} counts people whom no list saw: these are what is to be estimated; take the row out."
    ),
    # histories
    "population.count_below_zero": N_(
        "A count is below zero: counts are whole numbers of people, 0 or more."
    ),
    "population.count_fraction": N_("A count is not a whole number: people are counted whole."),
    "population.total_too_large": N_("The counts are larger than 2^53, the largest number that stays exact."),
    "population.nobody": N_("The table counts nobody: at least one history needs a count above 0."),
    "population.one_list": N_("An estimate needs two lists or more, and there is {lists}."),
    "population.too_many_lists": N_(
        "There are {lists} lists and at most {most} can be used: merge or leave out some."
    ),
    "population.list_without_name": N_(
        "A column has no name: name every list in the header, and take out a column that is no list, such as "
        "row numbers."
    ),
    "population.lists_same_name": N_("Two lists are called {list}: give each a name of its own."),
    "population.list_empty": N_("The list {list} saw nobody: leave it out."),
    "population.list_unknown": N_("A record names a list that is not among the {lists} lists given."),
    "population.mask_unknown": N_(
        "A history names a list that is not among the {lists} lists given, or no list."
    ),
    "population.counts_length": N_(
        "There are {cells} histories and {counts} counts: give one count for each."
    ),
    "population.cells_not_masks": N_(
        "The histories are not whole numbers: each is a bit mask, 1 for the first list, 2 for the second, 3 for both."
    ),
    "population.counts_not_numbers": N_("A count is not a number: counts are whole numbers of people."),
    "population.columns_length": N_(
        "The column {column} has {cells} cells and the first one {rows}: give every column as many."
    ),
    "population.records_length": N_(
        "There are {people} people and {lists} list places: give one of each for every record."
    ),
    "population.records_lists": N_(
        "The lists of the records are not places in the list names: write 0 for the first, 1 for the second."
    ),
    "population.records_person": N_("A record has no person: give every record the code of its person."),
    # resamples
    "population.resamples_unreadable": N_(
        "The resamples in {file} cannot be read: a header of histories such as 0110, then one row of counts "
        "each."
    ),
    "population.resamples_columns": N_(
        "The resamples do not fit the table: they need exactly its {columns} observed histories as columns."
    ),
    "population.resamples_few": N_("There are {rows} resamples and at least {least} are needed."),
    "population.resamples_total": N_(
        "Row {row} of the resamples does not hold {observed} people in counts of 0 or more, as the table "
        "does."
    ),
    # usage
    "population.method_unknown": N_("There is no method {method}; choose one of: {methods}."),
    "population.option_unknown": N_("The method {method} has no setting {option}."),
    "population.model_unknown": N_("There is no model {model}; choose one of: {models}."),
    "population.effect_unknown": N_(
        "The effect {effect} names a list that is not there; the lists are: {lists}."
    ),
    "population.pair_unknown": N_("{pair} is not a pair of the lists; choose two of: {lists}."),
    "population.dataset_unknown": N_("There is no published table {name}; choose one of: {names}."),
    "population.dataset_changed": N_(
        "The file of the published table {name} was changed: install Cobijo again."
    ),
    "population.not_histories": N_(
        "An estimate takes capture histories: read the table first with from_table, from_masks or from_records."
    ),
    "population.not_strata": N_(
        "Estimates by strata take strata: make them with strata_by_records or strata_by_histories."
    ),
    "population.list_not_there": N_("There is no list {list}; the lists are: {lists}."),
    "population.order_of_all": N_("An order names every list once: {lists}."),
    "population.seed": N_("The seed {seed} is not a whole number of 0 or more."),
    "population.threads": N_("The number of threads {threads} is not a whole number of 1 or more."),
    "population.error_below": N_(
        "The Monte Carlo error {error} is not a share of the limits between 0 and 1; 0.02 is usual."
    ),
    "population.cap": N_(
        "The cap {cap} is not a number above 0; 20 means 20 hidden people for each one seen."
    ),
    "population.model_not_named": N_(
        'The model {model} is neither "independence" nor "pairs" nor a list of effects such as A:B.'
    ),
    "population.level": N_("The level {level} is not between 0 and 1; 0.95 is usual."),
    "population.threshold": N_("The threshold {threshold} is not between 0 and 1; 0.02 is usual."),
    "population.resamples_number": N_(
        "{resamples} resamples: give a number between 10 and 10,000,000; 1000 is usual."
    ),
    "population.setting": N_(
        "The settings make no sense: order {order} and threads {threads} are 1 or more, ties {ties} is mid, "
        "below or above."
    ),
    "population.order_too_high": N_(
        "Interactions of order {order} among {lists} lists are too many to search; choose a lower order."
    ),
    "population.top": N_("The number of best models kept is {top}; it has to be 1 or more."),
    "population.delta": N_(
        "The prior weight {delta} is not above 0 and at most 10; 2^-k for k lists is usual."
    ),
    "population.chains": N_(
        "The chains make no sense: {chains} chains of {draws} draws ({burn} before, every "
        "{thin}th kept) with {classes} classes."
    ),
    "population.bayes_setting": N_(
        "The settings make no sense: prior {prior} is proper or improper, cut {cut} is 0 or "
        "more, {chains} chains, {draws} draws."
    ),
    # refusals
    "population.never_overlap": N_(
        "No estimate: nobody is on two of these lists ({lists}), and without overlap any number of hidden "
        "people is possible."
    ),
    "population.chapman_two_lists": N_(
        "Chapman's method takes two lists and there are more ({lists}): name two, or choose another method."
    ),
    "population.no_maximum": N_(
        "No estimate: the table has no most likely population under this model, because of {causes}; "
        "too few people are on these lists together."
    ),
    "population.not_identified": N_(
        "No estimate: the table cannot tell the effects of {causes} apart; use a smaller model or merge "
        "lists."
    ),
    "population.no_convergence": N_(
        "No estimate: the fit did not settle ({model}); use a smaller model or merge lists."
    ),
    "population.closedp_not_identified": N_("No estimate: there are too few lists for the model {model}."),
    "population.closedp_no_maximum": N_(
        "No estimate: the table has no most likely population under the model {model}; too few people are on "
        "several lists."
    ),
    "population.one_person_decides": N_(
        "No estimate: without one single person ({causes}) there would be none at all; the lists overlap too "
        "little."
    ),
    "population.interval_unbounded": N_(
        "No estimate: the table puts no upper limit on the hidden people; {causes} share too few people with "
        "other lists."
    ),
    "population.resamples_unclear": N_(
        "No estimate: in {share} of 100 redrawn tables nothing can be estimated; the lists overlap too "
        "little."
    ),
    "population.graphs_too_many_lists": N_(
        "No estimate: this method takes at most {most} lists and there are {lists}; merge some."
    ),
    "population.graphs_too_many_people": N_(
        "No estimate: this method takes at most {most} people and there are {observed}; use another method."
    ),
    "population.graphs_unbounded": N_(
        "No estimate: the table does not rule out more than {reach} times the people "
        "observed; the lists overlap too little."
    ),
    "population.chains_diverge": N_(
        "No estimate: {chains} of {of} chains ran off to any number of hidden people; the "
        "lists overlap too little."
    ),
    "population.chains_not_mixed": N_(
        "No estimate: the chains of the sampler do not agree (Rhat {rhat}, {effective} "
        "independent draws); draw longer."
    ),
    # the ensemble
    "population.ensemble_agree": N_(
        "The methods agree (from {least} to {most}): the recommended range is {low} to {high}."
    ),
    "population.ensemble_disagree": N_(
        "The methods disagree (from {least} to {most}): the range {low} to {high} depends on which assumption "
        "holds, and the lists cannot tell."
    ),
    "population.ensemble_untested": N_(
        "The methods agree (from {least} to {most}): the recommended range is {low} to {high}. It allows for some "
        "people being harder to find, but how much harder cannot be tested with {three} people on three lists "
        "or more."
    ),
    "population.ensemble_two_lists": N_(
        "No estimate by several methods: with two lists ({lists}) nothing shows whether they depend on each "
        "other; add a third list, or use Chapman's method and its assumption."
    ),
    "population.ensemble_sparse": N_(
        "No estimate: {shared} people are on two lists or more, and at least {least} are needed."
    ),
    "population.ensemble_alone": N_(
        "No estimate by several methods: {answered} of {of} gave an answer, and at least {least} are needed."
    ),
    "population.ensemble_too_wide": N_(
        "No estimate: the methods together leave anything from {low} to {high} possible, which is too wide to "
        "be of use."
    ),
    "population.ensemble_no_share": N_("Left out: other models explain the table far better."),
    "population.side_by_side": N_("Estimating by each method"),
    # progress
    "population.resampling": N_("Redrawing the table and estimating again"),
    "population.sampling": N_("Drawing from what the table leaves possible"),
    # strata, covariates, pooling
    "population.interval_unknown": N_("There is no interval {interval} here; choose one of: {intervals}."),
    "population.pair_needed": N_(
        "No estimate: this method takes two lists and there are more ({lists}); name the pair whose "
        "lists know least of each other."
    ),
    "population.doubly_robust_setting": N_(
        "The settings make no sense: {folds} folds are 2 or more, {repeats} repeats 1 or more, the clip "
        "{clip} is above 0 and below 0.5."
    ),
    "population.seen_shape": N_(
        "Who is on which list needs one row per person and {lists} columns of 0 and 1."
    ),
    "population.seen_nowhere": N_("Row {row}: this person is on no list; leave the row out."),
    "population.covariate_length": N_("The column {column} has {values} values and {people} are needed."),
    "population.covariate_not_finite": N_(
        "The column {column} has a number that is missing or infinite; fill it in, or give the column as"
        " text."
    ),
    "population.covariate_values": N_(
        "The column {column} has {values} different values and at most {most} can be used; group them."
    ),
    "population.overlap_too_small": N_(
        "No estimate: only {both} people are on both lists ({lists}), and at least {least} are needed."
    ),
    "population.overlap_clipped": N_(
        "No estimate: of every 100 people, {share} have almost no chance to be on both lists ({lists})."
    ),
    "population.overlap_decides": N_(
        "No estimate: the answer moves by {share} of 100 with how few people alike are believed to be on"
        " both lists ({lists})."
    ),
    "population.below_observed": N_(
        "No estimate: these lists ({lists}) would make the population smaller than the people observed."
    ),
    "population.no_draws": N_(
        "There is nothing to pool: give the histories of at least one way of joining the records."
    ),
    "population.draws_lists_differ": N_(
        "Draw {draw} has other lists ({found}) than the first one ({lists}); all draws need the same."
    ),
    "population.strata_no_dimension": N_(
        "There is nothing to group by: give at least one column, such as state or sex."
    ),
    "population.strata_key": N_("The group {key} needs {dimensions} values, one per dimension."),
    "population.strata_dimension": N_("There is no dimension {dimension}; choose one of: {dimensions}."),
    "population.strata_setting": N_(
        "The settings make no sense: at least {least} shared people is 1 or more, {draws} draws 100 or more."
    ),
    "population.strata_total": N_("The total {total} is not above the {observed} people observed."),
    "population.strata_sparse": N_(
        "No estimate: {shared} people are on two lists or more, and at least {least} are needed."
    ),
    "population.strata_joined": N_(
        "These groups are taken as one, because fewer than {least} people of one of them are on two "
        "lists or more: {strata}."
    ),
    "population.pooling": N_("Estimating for each way of joining the records"),
    "population.strata": N_("Estimating for each group"),
}
