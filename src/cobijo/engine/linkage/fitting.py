"""Splink at work: learn how often true and chance pairs agree, then describe every blocked pair by its
levels.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.comparison_level import ComparisonLevel
from splink.internals.comparison_vector_values import compute_comparison_vector_values_from_id_pairs_sqls
from splink.internals.exceptions import EMTrainingException
from splink.internals.pipeline import CTEPipeline
from splink.internals.settings import Settings
from splink.internals.splink_dataframe import SplinkDataFrame
from splink.internals.vertically_concatenate import enqueue_df_concat

from cobijo.engine.linkage.blocking import pairs_agreeing, with_keys
from cobijo.engine.linkage.model import (
    EM_PAIRS,
    U_PAIRS,
    Comparison,
    comparisons,
    splink_comparison,
    training_passes,
)
from cobijo.engine.progress import Progress

#: No level is taken as rarer than this, whatever a sample did not show.
SMALLEST_SHARE = 1e-6
#: A pass of EM over fewer pairs than this teaches nothing reliable: the priors stand.
FEWEST_PAIRS = 100
#: The share of true pairs at a level that no pass of EM showed in a comparison that passes did learn.
UNSEEN = 1e-3


@dataclass(frozen=True)
class Pairs:
    """Every blocked pair, described: record numbers, and for each comparison the level reached.

    `levels[i, c]` is -1 where a value is missing, else 0 for the strongest level and up to `len(m[c]) -
    1` for "different". `m[c]` and `u[c]` are the shares of true pairs and of chance pairs at each level.
    """

    comparisons: tuple[Comparison, ...]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    levels: NDArray[np.int8]
    m: tuple[NDArray[np.float64], ...]
    u: tuple[NDArray[np.float64], ...]
    untrained: tuple[str, ...]  # levels that no pass saw: their priors stand


def describe_pairs(
    columns: pa.Table,
    available: frozenset[str],
    *,
    seed: int,
    between_only: bool,
    threads: int,
    work: Path,
    progress: Progress,
) -> Pairs:
    """Train on `columns` and give all blocked pairs with their levels; `work` holds what does not fit in
    memory.
    """
    model = comparisons(available)
    keyed, rules = with_keys(columns, available)
    with _quiet_splink(), _database(work, threads) as connection:
        connection.register("keyed", keyed)
        connection.execute("create table records as select * from keyed order by id")
        across = " and l.list_no <> r.list_no" if between_only else ""
        api = DuckDBAPI(connection=connection)
        linker = Linker(
            api.register("records", dataset_display_name="records"),
            SettingsCreator(
                link_type="dedupe_only",
                unique_id_column_name="id",
                comparisons=[splink_comparison(one, available) for one in model],
                blocking_rules_to_generate_predictions=[
                    {"blocking_rule": rule + across, "sql_dialect": "duckdb"} for rule in rules
                ],
                probability_two_random_records_match=min(0.1, 1.0 / max(columns.num_rows, 10)),
                retain_matching_columns=False,
            ),
            log_level=None,
        )
        untrained = _train(linker, columns, available, seed=seed, progress=progress)
        progress("linkage.compare", 0, 1)
        left, right, levels = _compare(linker, connection, model)
        progress("linkage.compare", 1, 1)
        m, u = _shares(linker, model)
    return Pairs(model, left, right, levels, m, u, untrained)


@contextmanager
def _database(work: Path, threads: int) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect(":memory:")
    try:
        connection.execute(f"set threads = {int(threads)}")
        connection.execute(f"set temp_directory = '{str(work).replace(chr(39), chr(39) * 2)}'")
        connection.execute("set enable_progress_bar = false")
        yield connection
    finally:
        connection.close()


@contextmanager
def _quiet_splink() -> Iterator[None]:
    """Splink tells its story by logging; here it is a part, and what matters is in the result."""
    logger = logging.getLogger("splink")
    before = (logger.level, logger.propagate)
    silence = logging.NullHandler()
    logger.addHandler(silence)
    logger.setLevel(logging.CRITICAL)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(silence)
        logger.setLevel(before[0])
        logger.propagate = before[1]


def _train(
    linker: Linker, columns: pa.Table, available: frozenset[str], *, seed: int, progress: Progress
) -> tuple[str, ...]:
    passes = [one for one in training_passes(available) if pairs_agreeing(columns, one) >= FEWEST_PAIRS]
    progress("linkage.train", 0, len(passes) + 1)
    linker.training.estimate_u_using_random_sampling(
        max_pairs=U_PAIRS, seed=seed, min_count_per_level=None, num_chunks=1
    )
    for done, agreed in enumerate(passes, start=1):
        progress("linkage.train", done, len(passes) + 1)
        whole = deepcopy(linker._settings_obj.core_model_settings)
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(
                block_on(*agreed),
                estimate_without_term_frequencies=True,
                max_pairs=EM_PAIRS,
                record_sample_proportion=min(1.0, 20_000 / max(columns.num_rows, 1)),
            )
        except (EMTrainingException, ValueError):
            # Too few pairs, or a share fell to nought: other passes teach it. Splink has by then taken the
            # comparisons of this pass out of the model itself; they come back.
            linker._settings_obj.core_model_settings = whole
    progress("linkage.train", len(passes) + 1, len(passes) + 1)
    return tuple(
        f"{one.output_column_name}:{level.label_for_charts}"
        for one in linker._settings_obj.comparisons
        for level in one._comparison_levels_excluding_null
        if not level._has_estimated_m_values
    )


def _compare(
    linker: Linker, connection: duckdb.DuckDBPyConnection, model: tuple[Comparison, ...]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int8]]:
    vectors = _comparison_vectors(linker)
    wanted = ", ".join(
        f"(case when gamma_{one.name} < 0 then -1 else {len(one.levels)} - gamma_{one.name} end)::tinyint"
        f" as c{place}"
        for place, one in enumerate(model)
    )
    table = connection.sql(
        f"select id_l::integer as l, id_r::integer as r, {wanted} from {vectors.physical_name} order by l, r"  # noqa: S608 - names of our own
    ).to_arrow_table()
    levels = np.empty((table.num_rows, len(model)), np.int8)
    for place in range(len(model)):
        levels[:, place] = table[f"c{place}"].to_numpy()
    left, right = table["l"].to_numpy(), table["r"].to_numpy()
    vectors.drop_table_from_database_and_remove_from_cache()
    return left, right, levels


def _comparison_vectors(linker: Linker) -> SplinkDataFrame:
    """The levels only: `predict` gives them only together with a copy of every compared text."""
    settings = linker._settings_obj
    ids = settings.column_info_settings
    blocked = linker.inference.compute_blocked_pairs_for_predict()
    pipeline = CTEPipeline([blocked])
    enqueue_df_concat(linker, pipeline)
    pipeline.enqueue_list_of_sqls(
        compute_comparison_vector_values_from_id_pairs_sqls(
            settings._columns_to_select_for_blocking,
            Settings.columns_to_select_for_comparison_vector_values(
                unique_id_input_columns=ids.unique_id_input_columns,
                comparisons=settings.core_model_settings.comparisons,
                retain_matching_columns=False,
                additional_columns_to_retain=[],
            ),
            input_tablename_l="__splink__df_concat",
            input_tablename_r="__splink__df_concat",
            source_dataset_input_column=ids.source_dataset_input_column,
            unique_id_input_column=ids.unique_id_input_column,
        )
    )
    vectors = linker._db_api.sql_pipeline_to_splink_dataframe(pipeline)
    blocked.drop_table_from_database_and_remove_from_cache()
    return vectors


def _shares(
    linker: Linker, model: tuple[Comparison, ...]
) -> tuple[tuple[NDArray[np.float64], ...], tuple[NDArray[np.float64], ...]]:
    m, u = [], []
    for one in model:
        trained = linker._settings_obj._get_comparison_by_output_column_name(one.name)
        levels = trained._comparison_levels_excluding_null  # strongest first
        m.append(_normal(_learned_m(levels)))
        u.append(_normal([level.u_probability for level in levels]))
    return tuple(m), tuple(u)


def _learned_m(levels: Sequence[ComparisonLevel]) -> list[float | None]:
    """What no pass showed in any pair is rare, whatever the prior said; a comparison no pass saw keeps
    its priors.
    """
    priors = [level.m_probability for level in levels]
    seen = [level._has_estimated_m_values for level in levels]
    if not any(seen):
        return priors
    return [m if known else min(m or 0.0, UNSEEN) for m, known in zip(priors, seen, strict=True)]


def _normal(shares: list[float | None]) -> NDArray[np.float64]:
    values = np.maximum(np.array([share or 0.0 for share in shares]), SMALLEST_SHARE)
    result: NDArray[np.float64] = values / values.sum()
    return result
