"""Who is seen by which list: heterogeneous, dependent capture, with or without names around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.population.shape import Histories
from cobijo.engine.simulate.settings import DEPENDENCES, LIST_NAMES, REACH, CountrySettings, Dependence, Reach
from cobijo.errors import WrongUsage

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

#: Enough children to set a list's intercept to 1 % of its share; more would only cost time.
_CALIBRATION = 50_000


@dataclass(frozen=True)
class Traits:
    """What raises or lowers a child's odds of being seen, one value a child."""

    age: Floats  # (age - 14) / 5
    girl: Floats  # 0 or 1
    rural: Floats  # 0 or 1
    visible: Floats  # standard normal, recorded by nobody


def _intercept(slopes: Floats, share: float) -> float:
    """The a with mean(expit(a + slopes)) = share, by Newton's method."""
    part = slopes[:_CALIBRATION]
    a = float(np.log(share / (1 - share)))
    for _ in range(8):
        p = 1 / (1 + np.exp(-(a + part)))
        a -= float((p.mean() - share) / (p * (1 - p)).mean())
    return a


def chances(traits: Traits, reach: Reach) -> Floats:
    """Each child's probability of being reached by one list before any other list has a say.

    >>> flat = np.zeros(4)
    >>> chances(Traits(flat, flat, flat, flat), Reach(0.25)).round(6).tolist()
    [0.25, 0.25, 0.25, 0.25]
    """
    slopes = reach.age * traits.age + reach.girl * traits.girl + reach.rural * traits.rural
    slopes = slopes + reach.visible * traits.visible
    result: Floats = 1 / (1 + np.exp(-(_intercept(slopes, reach.share) + slopes)))
    return result


def _in_order(names: Sequence[str], dependences: Sequence[Dependence]) -> list[str]:
    """The lists so ordered that each comes after the one it depends on."""
    source = {d.target: d.source for d in dependences if d.source in names}
    done: list[str] = []
    while len(done) < len(names):
        ready = [name for name in names if name not in done and source.get(name, name) in (*done, name)]
        if not ready:
            raise ValueError("dependences run in a circle")
        done.extend(ready)
    return done


def capture(
    names: Sequence[str],
    traits: Traits,
    reach: Mapping[str, Reach],
    dependences: Sequence[Dependence],
    rng: np.random.Generator,
) -> tuple[Bools, Bools]:
    """Children x lists: who is on which list, and who is there because another list referred the child."""
    size = len(traits.age)
    seen = np.zeros((size, len(names)), dtype=bool)
    referred = np.zeros_like(seen)
    column = {name: j for j, name in enumerate(names)}
    by_target = {d.target: d for d in dependences if d.source in column}
    for name in _in_order(names, dependences):
        j = column[name]
        seen[:, j] = rng.random(size) < chances(traits, reach[name])
        link = by_target.get(name)
        if link is None:
            continue
        moved = seen[:, column[link.source]] & (rng.random(size) < link.strength)
        if link.kind == "referral":
            referred[:, j] = moved & ~seen[:, j]
            seen[:, j] |= moved
        else:
            seen[:, j] &= ~moved
    return seen, referred


def to_histories(names: Sequence[str], seen: Bools) -> Histories:
    """Count the children of every capture history; those seen by nobody are left out."""
    masks = (seen * (1 << np.arange(len(names)))).sum(axis=1).astype(np.uint16)
    cells, counts = np.unique(masks[masks > 0], return_counts=True)
    return Histories(tuple(names), cells, counts.astype(np.int64))


# --- Designs for studies of coverage
# ---------------------------------------------------------------------------------

_FIVE = LIST_NAMES[:5]
_SHARES = dict(zip(_FIVE, (0.16, 0.12, 0.18, 0.13, 0.11), strict=True))
_SPARSE = dict(zip(_FIVE, (0.030, 0.015, 0.040, 0.020, 0.008), strict=True))
_PAIRS = (Dependence("health", "dif", "referral", 0.18), Dependence("police", "shelter", "referral", 0.25))
_AVOIDS = (Dependence("ngo", "police", "avoids", 0.60),)
_CLASSES = ((0.25, 0.9), (0.45, 0.0), (0.30, -0.9))


@dataclass(frozen=True)
class CaptureDesign:
    """One way in which lists see children, for `capture_only`.

    `classes`: latent classes as (share of children, shift of the log-odds on every list); one class of shift
    0 means that all children are alike. `country` uses the invented country's own slopes and propensities
    instead.
    """

    reach: Mapping[str, Reach]
    dependences: tuple[Dependence, ...] = ()
    classes: tuple[tuple[float, float], ...] = ((1.0, 0.0),)
    country: bool = False


def _flat(shares: Mapping[str, float], visible: float = 0.0) -> dict[str, Reach]:
    return {name: Reach(share, visible=visible) for name, share in shares.items()}


#: `independent`: all alike, nothing depends on anything. `dependent`: two referrals. `avoiding`: one list
#: stays away from another. `latent`: three latent classes, the case in which models of pairs come out too
#: low. `sparse`: few captures, overlaps near zero. `faint`: both at once, few captures and latent classes.
#: `country`: the demonstration country as `simulate` draws it.
DESIGNS: Mapping[str, CaptureDesign] = {
    "independent": CaptureDesign(_flat(_SHARES)),
    "dependent": CaptureDesign(_flat(_SHARES), _PAIRS),
    "avoiding": CaptureDesign(_flat(_SHARES), _AVOIDS),
    "latent": CaptureDesign(_flat(_SHARES, 1.0), classes=_CLASSES),
    "sparse": CaptureDesign(_flat(_SPARSE), (Dependence("police", "shelter", "referral", 0.25),)),
    "faint": CaptureDesign(_flat(_SPARSE, 1.0), classes=_CLASSES),
    "country": CaptureDesign({name: REACH[name] for name in _FIVE}, DEPENDENCES, country=True),
}


def draw_traits(settings: CountrySettings, size: int, rng: np.random.Generator) -> Traits:
    """Traits of children who belong to no family, for studies without names."""
    weights = np.array(settings.age_weights) / sum(settings.age_weights)
    return Traits(
        age=(rng.choice(len(weights), size, p=weights) - 14) / 5,
        girl=(rng.random(size) < settings.girls).astype(float),
        rural=(rng.random(size) < settings.rural).astype(float),
        visible=rng.standard_normal(size),
    )


def capture_only(design: str | CaptureDesign, children: int, seed: int) -> tuple[Histories, int]:
    """Capture histories of an invented population without names or errors, and its true number (`children`).

    `design` is a name of `DESIGNS` or a design of your own. Raises `WrongUsage` for an unknown name.

    >>> histories, truth = capture_only("independent", 10_000, seed=1)
    >>> truth, histories.lists, bool(histories.observed < truth)
    (10000, ('dif', 'health', 'ngo', 'police', 'shelter'), True)
    """
    if isinstance(design, str):
        if design not in DESIGNS:
            raise WrongUsage("simulate.design_unknown", design=design, designs=", ".join(DESIGNS))
        design = DESIGNS[design]
    rng = np.random.default_rng(seed)
    if design.country:
        traits = draw_traits(CountrySettings(), children, rng)
    else:
        shares, shifts = np.array(design.classes).T
        zero = np.zeros(children)
        traits = Traits(zero, zero, zero, shifts[rng.choice(len(shares), children, p=shares)])
    names = tuple(design.reach)
    seen, _ = capture(names, traits, design.reach, design.dependences, rng)
    return to_histories(names, seen), children
