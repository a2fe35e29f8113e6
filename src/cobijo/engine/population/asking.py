"""What every way of asking has in common: the histories, and settings that make no sense said in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from cobijo.engine.population.shape import Histories
from cobijo.errors import WrongUsage


def check_histories(histories: object) -> None:
    """A table that was not read yet is no histories."""
    if not isinstance(histories, Histories):
        raise WrongUsage("population.not_histories")


def check_common(options: Mapping[str, object]) -> None:
    """Settings that every family has in common and that make no sense are the caller's error, said in one sentence,
    also where the family asked has no use for them."""
    level, threshold = options.get("level", 0.95), options.get("threshold", 0.02)
    seed, threads = options.get("seed", 0), options.get("threads", 1)
    if not _number(level) or not 0.0 < cast(float, level) < 1.0:
        raise WrongUsage("population.level", level=str(level))
    if not _number(threshold) or not 0.0 <= cast(float, threshold) <= 1.0:
        raise WrongUsage("population.threshold", threshold=str(threshold))
    if not isinstance(seed, int) or isinstance(seed, bool) or seed < 0:
        raise WrongUsage("population.seed", seed=str(seed))
    if not isinstance(threads, int) or isinstance(threads, bool) or threads < 1:
        raise WrongUsage("population.threads", threads=str(threads))
    if _number(options.get("resamples")) and not isinstance(options.get("resamples"), int):
        raise WrongUsage("population.resamples_number", resamples=str(options["resamples"]))


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
