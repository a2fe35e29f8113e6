"""Resamples of a table and the interval they give: bias-corrected and accelerated (Efron 1987, JASA 82).

The bootstrap draws as many people as were observed, multinomially, and repeats everything that chose the
estimate.
"""

from __future__ import annotations

import csv
import gzip
import io
import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.population.normal import cdf, quantile
from cobijo.engine.population.shape import Histories
from cobijo.errors import InputProblem, WrongUsage

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
TIE = 1e-9  # relative distance below which two estimates are the same
TAIL = 20  # outermost resamples whose single gaps say nothing
ERROR_DRAWS = 2000
LARGEST_FILE = 1 << 29  # bytes of a file of resamples, unpacked


def draw(histories: Histories, resamples: int, seed: int) -> Counts:
    """Multinomial resamples, shape (resamples, cells), columns in the order of `histories.cells`."""
    shares = histories.counts / histories.observed
    return (
        np.random.default_rng(seed).multinomial(histories.observed, shares, size=resamples).astype(np.int64)
    )


def tables(histories: Histories, resamples: int | Counts | str | Path, seed: int) -> Counts:
    """Resamples drawn here, or those given."""
    return draw(histories, resamples, seed) if isinstance(resamples, int) else given(histories, resamples)


def check_settings(resamples: object, ties: str, order: int, threads: int) -> None:
    """Settings of a bootstrap that make no sense are the caller's error, said in one sentence."""
    if not isinstance(order, int) or order < 1 or threads < 1 or ties not in ("mid", "below", "above"):
        raise WrongUsage("population.setting", order=order, threads=threads, ties=ties)
    if isinstance(resamples, int) and not 10 <= resamples <= 10_000_000:
        raise WrongUsage("population.resamples_number", resamples=resamples)


def given(histories: Histories, resamples: Counts | str | Path) -> Counts:
    """Resamples made elsewhere: an array in the order of `histories.cells`, or a CSV file (also gzipped).

    The file's header are the histories ("1010": seen by the first and third list), each row is one resample.
    """
    if isinstance(resamples, str | Path):
        return read_resamples(Path(resamples), histories)
    matrix = np.asarray(resamples)
    if matrix.ndim != 2 or matrix.shape[1] != len(histories.cells) or matrix.dtype.kind not in "iu":
        raise InputProblem("population.resamples_columns", columns=len(histories.cells))
    return checked(histories, matrix.astype(np.int64))


def read_resamples(file: Path, histories: Histories) -> Counts:
    """The resamples of a file, its columns put in the order of `histories.cells`."""
    k = len(histories.lists)
    try:
        with file.open("rb") as plain:
            packed = plain.read(2) == b"\x1f\x8b"
        with gzip.open(file) if packed else file.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
        if len(raw) > LARGEST_FILE:
            raise InputProblem("population.resamples_unreadable", file=file.name)
        text = raw.decode("ascii")
        if not text.partition("\n")[2].strip():
            raise InputProblem("population.resamples_few", rows=0, least=10)
        header = next(csv.reader([text.partition("\n")[0]]))
        matrix = np.loadtxt(io.StringIO(text), delimiter=",", skiprows=1, dtype=np.int64, ndmin=2)
    except FileNotFoundError:
        raise InputProblem("population.table_missing", file=file.name) from None
    except (OSError, EOFError, ValueError, StopIteration, csv.Error, zlib.error):
        raise InputProblem("population.resamples_unreadable", file=file.name) from None
    if any(len(name) != k or set(name) - {"0", "1"} for name in header) or matrix.shape[1] != len(header):
        raise InputProblem("population.resamples_columns", columns=len(histories.cells))
    masks = [sum(1 << j for j in range(k) if name[j] == "1") for name in header]
    place = {mask: column for column, mask in enumerate(masks)}
    extra = [c for c, mask in enumerate(masks) if mask not in set(histories.cells.tolist())]
    if len(place) < len(masks) or not set(histories.cells.tolist()) <= set(place) or np.any(matrix[:, extra]):
        raise InputProblem("population.resamples_columns", columns=len(histories.cells))
    return checked(histories, matrix[:, [place[int(c)] for c in histories.cells]])


def checked(histories: Histories, matrix: Counts) -> Counts:
    """Resamples of this table: at least ten, none negative, each with as many people as were observed."""
    if len(matrix) < 10:
        raise InputProblem("population.resamples_few", rows=len(matrix), least=10)
    wrong = np.flatnonzero((matrix.min(axis=1) < 0) | (matrix.sum(axis=1) != histories.observed))
    if wrong.size:
        raise InputProblem("population.resamples_total", row=int(wrong[0]) + 2, observed=histories.observed)
    return np.ascontiguousarray(matrix)


@dataclass(frozen=True)
class Bca:
    """Limits at the probabilities asked for, their Monte Carlo standard errors, and what they are made of."""

    limits: tuple[float, ...]
    errors: tuple[float, ...]
    bias: float  # z0
    acceleration: float
    clamped: bool  # every resample lay on one side of the estimate


def acceleration(left_out: Floats, weights: Counts) -> float:
    """From the jackknife over people: `left_out[i]` is the estimate without one of the `weights[i]` people of
    cell i."""
    n = float(weights.sum())
    distance = float(weights @ left_out) / n - left_out
    spread = float(weights @ distance**2)
    if spread <= 0.0:
        return 0.0
    return float(weights @ distance**3 / (6.0 * spread**1.5))


def bca(
    point: float,
    replicates: Floats,
    accelerated: float,
    probabilities: Sequence[float],
    *,
    ties: str = "mid",
    seed: int = 0,
) -> Bca:
    """BCa limits. `replicates` may hold infinities: they count as the largest values they are.

    `ties` says where resamples that equal the estimate belong: "mid" counts half of them below it. R's
    program compares rounding noise; "below" reproduces its Korea table and "above" its Artificial_3 table.
    """
    values = np.sort(replicates)
    near = TIE * abs(point)
    below = int(np.searchsorted(values, point - near, side="left"))
    tied = int(np.searchsorted(values, point + near, side="right")) - below
    share = (below + {"mid": 0.5, "below": 1.0, "above": 0.0}[ties] * tied) / len(values)
    least = 0.5 / len(values)
    clamped = not least <= share <= 1.0 - least
    share = min(max(share, least), 1.0 - least)
    bias = quantile(share)
    adjusted = [adjust(bias, accelerated, p) for p in probabilities]
    limits = tuple(type8(values, p) for p in adjusted)
    errors = tuple(
        monte_carlo_error(values, share, accelerated, p, np.random.default_rng([seed, i]))
        for i, p in enumerate(probabilities)
    )
    return Bca(limits, errors, bias, accelerated, clamped)


def percentile(replicates: Floats, probabilities: Sequence[float], *, seed: int = 0) -> Bca:
    """The plain quantiles of the resamples (Efron 1979, Annals of Statistics 7): no correction, hence no bias and no
    acceleration in the result."""
    values = np.sort(replicates)
    size = len(values)
    errors = []
    for i, p in enumerate(probabilities):
        place = min(max((size + 1.0 / 3.0) * p + 1.0 / 3.0, 0.5), size + 0.5)
        drawn = np.random.default_rng([seed, i]).beta(place, size + 1.0 - place, ERROR_DRAWS)
        found = redrawn(values, drawn)
        errors.append(float(np.std(found)) if np.all(np.isfinite(found)) else math.inf)
    return Bca(tuple(type8(values, p) for p in probabilities), tuple(errors), 0.0, 0.0, False)


def adjust(bias: float, accelerated: float, probability: float) -> float:
    """Phi(z0 + (z0 + z) / (1 - a (z0 + z))): which quantile of the resamples stands for this probability."""
    z = bias + quantile(probability)
    room = 1.0 - accelerated * z
    return cdf(bias + z / room) if room > 0.0 else float(z > 0.0)


def type8(values: Floats, probability: float) -> float:
    """Median-unbiased quantile of sorted values (Hyndman and Fan 1996, type 8)."""
    place = (len(values) + 1.0 / 3.0) * probability + 1.0 / 3.0
    low = min(max(math.floor(place + 4e-16), 1), len(values))
    high = min(low + 1, len(values))
    part = min(max(place - low, 0.0), 1.0)
    if part == 0.0 or values[low - 1] == values[high - 1]:
        return float(values[low - 1])
    return float(values[low - 1] + part * (values[high - 1] - values[low - 1]))


def monte_carlo_error(
    values: Floats, share: float, accelerated: float, probability: float, rng: np.random.Generator
) -> float:
    """Standard error of one limit, had the resamples been drawn anew; infinite where infinite values take
    part.

    What a new draw changes is the number below the estimate (binomial) and the order statistic taken (beta,
    given that number), so a few thousand of these two stand for as many new bootstraps.
    """
    size = len(values)
    below = rng.binomial(size, share, ERROR_DRAWS).astype(np.float64)
    numbers, back = np.unique(below, return_inverse=True)
    inward = np.clip(numbers / size, 0.5 / size, 1.0 - 0.5 / size)
    limits = np.array([adjust(quantile(new), accelerated, probability) for new in inward.tolist()])[back]
    place = np.clip((size + 1.0 / 3.0) * limits + 1.0 / 3.0, 0.5, size + 0.5)
    inside = place <= below
    within = np.where(inside, below, size - below)
    order = np.where(inside, place, place - below)
    order = np.clip(order, 0.5, within + 0.5)
    drawn = rng.beta(order, within + 1.0 - order)
    drawn = np.where(inside, share * drawn, share + (1.0 - share) * drawn)
    found = redrawn(values, drawn)
    return float(np.std(found)) if np.all(np.isfinite(found)) else math.inf


def redrawn(values: Floats, shares: Floats) -> Floats:
    """What a new bootstrap would have at these shares of its order, judged by the sorted values of this one.

    Among the `TAIL` outermost values the gaps of this one bootstrap are chance: where the two lowest lie close, plain
    interpolation would call a limit there exact. The mean excess (an exponential tail) stands for them.
    """
    size = len(values)
    found = np.interp(np.clip(shares * size + 0.5, 1.0, size) - 1.0, np.arange(size), values)
    if size < 4 * TAIL:
        return found
    for side, outward in ((values, shares), (-values[::-1], 1.0 - shares)):
        edge = side[TAIL]
        outer = outward * size < TAIL
        if not outer.any() or not np.isfinite(side[0]):
            continue
        scale = float(np.mean(edge - side[:TAIL]))
        tail = edge - scale * np.log(TAIL / np.maximum(outward[outer] * size, 0.05))
        found[outer] = tail if side is values else -tail
    return found
