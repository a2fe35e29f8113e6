"""Every family by name, and an estimate as plain data."""

from __future__ import annotations

import hashlib
import inspect
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import cast

import numpy as np

from cobijo import __version__
from cobijo.engine.population.asking import check_common, check_histories
from cobijo.engine.population.shape import Estimate, Histories
from cobijo.engine.population.tables import table_histories
from cobijo.errors import Param, Refused, WrongUsage

#: Method name -> the module whose `fit(histories, …)` it is. A new family is one file and one line here.
FAMILIES: Mapping[str, str] = {
    "independence": "independence",
    "chapman": "chapman",
    "chao": "chao",
    "loglinear": "loglinear",
    "stepwise": "stepwise",
    "bic": "bic",
    "decomposable": "decomposable",
    "latent": "latent",
    "bayes": "bayes",
    "closedp": "closedp",
    "ensemble": "ensemble",
}
COMMON = ("level", "resamples", "threshold", "seed", "threads", "progress")


def family(method: str) -> Callable[..., Estimate]:
    """The `fit` of a method; its module is imported when it is first asked for."""
    if method not in FAMILIES:
        raise WrongUsage("population.method_unknown", method=method, methods=", ".join(FAMILIES))
    module = import_module(f"cobijo.engine.population.{FAMILIES[method]}")
    return cast(Callable[..., Estimate], module.fit)


def estimate(histories: Histories, method: str = "stepwise", **options: object) -> Estimate:
    """Estimate how many people there are, the hidden ones included.

    `options` go to the family's `fit`: level, resamples, threshold, seed, threads and progress are left out
    where a family has no use for them; any other that it does not know raises `WrongUsage`. An estimator that
    finds no defensible answer returns an `Estimate` whose `refused` says why (see `raise_if_refused`).

    >>> from cobijo.engine.datasets import load
    >>> round(estimate(load("Kosovo"), "independence").total)
    7395
    """
    check_histories(histories)
    fit = family(method)
    accepted = inspect.signature(fit).parameters
    unknown = [name for name in options if name not in accepted and name not in COMMON]
    if unknown:
        raise WrongUsage("population.option_unknown", option=unknown[0], method=method)
    options = {
        name: value.item() if isinstance(value, np.generic) else value for name, value in options.items()
    }
    check_common(options)
    used = {name: value for name, value in options.items() if name in accepted}
    return replace(fit(histories, **used), trace=trace_of(histories, method, used))


def estimate_file(path: str | Path, *, method: str = "stepwise", **options: object) -> Estimate:
    """Estimate from a CSV table of capture histories (see `table_histories`); the trace holds the files'
    hashes."""
    answer = estimate(table_histories(path), method, **options)
    files = [Path(path), *(Path(value) for value in options.values() if isinstance(value, Path))]
    inputs = [{"file": file.name, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()} for file in files]
    return replace(answer, trace={**answer.trace, "inputs": inputs})


def trace_of(histories: Histories, method: str, used: Mapping[str, object]) -> dict[str, object]:
    """What was run: versions, settings and a hash of the histories."""
    rows = [[list(histories.lists)], histories.cells.tolist(), histories.counts.tolist()]
    settings = {
        name: value
        if isinstance(value, str | int | float | None)
        else getattr(value, "name", type(value).__name__)
        for name, value in sorted(used.items())
        if name not in ("progress", "threads")
    }
    return {
        "cobijo": __version__,
        "numpy": np.__version__,
        "method": method,
        "settings": settings,
        "histories_sha256": hashlib.sha256(json.dumps(rows).encode()).hexdigest(),
    }


def raise_if_refused(answer: Estimate) -> Estimate:
    """The estimate itself, or `Refused` with its reason."""
    if answer.refused is None:
        return answer
    code, params = answer.refused
    raise Refused(code, **{name: cast(Param, value) for name, value in params.items()})


def as_dict(answer: Estimate) -> dict[str, object]:
    """An estimate as JSON takes it: numbers finite or null, tuples as lists."""
    interval = None if answer.interval is None else list(answer.interval)
    hidden_interval = None if answer.interval is None else [v - answer.observed for v in answer.interval]
    result: dict[str, object] = {
        "method": answer.method,
        "observed": answer.observed,
        "estimate": answer.total,
        "interval": interval,
        "level": answer.level,
        "hidden": answer.hidden,
        "hidden_interval": hidden_interval,
        "lists": answer.lists,
        "model": answer.model,
        "monte_carlo_error": answer.monte_carlo_error,
        "seed": answer.seed,
        "diagnostics": answer.diagnostics,
        "trace": answer.trace,
    }
    if answer.refused is not None:
        result["refused"] = {"code": answer.refused[0], "params": answer.refused[1]}
    return cast(dict[str, object], plain(result))


def plain(value: object) -> object:
    """Plain data, with null for a number that is none."""
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
