"""One chain of the latent class model: the sampler of Manrique-Vallier, and a better one for the hidden
people.

A truncated stick-breaking mixture of K classes, in each of which the lists are independent. The plain sampler
draws the number of hidden people given the classes' sizes and capture probabilities, and those given the
number, so that it creeps. The other one integrates sizes and probabilities out while it moves hidden people
in and out of one class at a time, in steps that grow with the class (Metropolis on the log scale), and draws
them anew afterwards.
"""

from __future__ import annotations

import math

import numpy as np

from cobijo.engine.population.jit import kernel
from cobijo.engine.population.kernels import Floats, Ints

HUGE = 1e15  # a chain that goes beyond says so, and stops


@kernel
def log_gamma_draw(rng: np.random.Generator, shape: float) -> float:
    """The log of a gamma variate; for small shapes the variate itself would underflow."""
    if shape < 1.0:
        return math.log(rng.standard_gamma(shape + 1.0)) + math.log(1.0 - rng.random()) / shape
    return math.log(rng.standard_gamma(shape))


@kernel
def draw_sizes(rng: np.random.Generator, members: Floats, alpha: float, log_size: Floats) -> None:
    """Log sizes of the classes given how many people are in each, by stick breaking in logs."""
    classes = members.shape[0]
    later = members.sum()
    left = 0.0
    for c in range(classes - 1):
        later -= members[c]
        one, other = log_gamma_draw(rng, 1.0 + members[c]), log_gamma_draw(rng, alpha + max(later, 0.0))
        both = max(one, other) + math.log1p(math.exp(-abs(one - other)))
        log_size[c] = left + one - both
        left += other - both
    log_size[classes - 1] = left


@kernel
def draw_chances(
    rng: np.random.Generator,
    inside: Floats,
    members: Floats,
    log_in: Floats,
    log_out: Floats,
    log_unseen: Floats,
) -> None:
    """Log chances of each list to see, or not to see, a person of each class."""
    for c in range(members.shape[0]):
        log_unseen[c] = 0.0
        for j in range(inside.shape[1]):
            one = log_gamma_draw(rng, 1.0 + inside[c, j])
            other = log_gamma_draw(rng, 1.0 + max(members[c] - inside[c, j], 0.0))
            both = max(one, other) + math.log1p(math.exp(-abs(one - other)))
            log_in[c, j], log_out[c, j] = one - both, other - both
            log_unseen[c] += other - both


@kernel
def split_cells(
    rng: np.random.Generator,
    cells: Ints,
    counts: Ints,
    log_size: Floats,
    log_in: Floats,
    log_out: Floats,
    seen: Floats,
    inside: Floats,
    weight: Floats,
) -> None:
    """Spread the people of each observed history over the classes; `seen` and `inside` count them."""
    classes, lists = log_in.shape
    seen[:] = 0.0
    inside[:, :] = 0.0
    for i in range(cells.shape[0]):
        highest = -np.inf
        for c in range(classes):
            value = log_size[c]
            for j in range(lists):
                value += log_in[c, j] if cells[i] >> j & 1 else log_out[c, j]
            weight[c] = value
            highest = max(highest, value)
        total = 0.0
        for c in range(classes):
            weight[c] = math.exp(weight[c] - highest)
            total += weight[c]
        left = counts[i]
        for c in range(classes):
            if left == 0:
                break
            share = weight[c] / total if total > 0.0 else 1.0
            part = left if c == classes - 1 or share >= 1.0 else rng.binomial(left, share)
            total -= weight[c]
            left -= part
            seen[c] += part
            for j in range(lists):
                if cells[i] >> j & 1:
                    inside[c, j] += part


@kernel
def draw_hidden(
    rng: np.random.Generator,
    observed: float,
    log_size: Floats,
    log_unseen: Floats,
    hidden: Floats,
    cap: float,
) -> float:
    """Hidden people given the classes, spread over them: negative binomial, drawn again beyond the cap."""
    classes = log_size.shape[0]
    unseen = 0.0
    for c in range(classes):
        unseen += math.exp(log_size[c] + log_unseen[c])
    unseen = min(unseen, 1.0)
    total = 0.0
    for _ in range(10_000):
        rate = rng.standard_gamma(observed) * unseen / max(1.0 - unseen, 1e-300)
        if rate > HUGE:
            return np.inf
        total = float(rng.poisson(rate))
        if total <= cap:
            break
    left, share_left = int(total), unseen
    for c in range(classes):
        weight = math.exp(log_size[c] + log_unseen[c])
        if left == 0 or c == classes - 1 or weight >= share_left:
            hidden[c] = left
        else:
            hidden[c] = rng.binomial(left, weight / share_left)
        left -= int(hidden[c])
        share_left -= weight
    return total


@kernel
def log_target(
    c: int, value: float, hidden: Floats, seen: Floats, inside: Floats, alpha: float, observed: float
) -> float:
    """Log density of `value` hidden people in class c, sizes and chances integrated out, up to a constant."""
    classes, lists = inside.shape
    members = seen[c] + value
    total = observed + value
    for other in range(classes):
        if other != c:
            total += hidden[other]
    answer = math.lgamma(total) - math.lgamma(value + 1.0)
    for j in range(lists):
        answer += math.lgamma(1.0 + members - inside[c, j])
    answer -= lists * math.lgamma(2.0 + members)
    later = total
    for other in range(min(c + 1, classes - 1)):
        size = members if other == c else seen[other] + hidden[other]
        later -= size
        answer += math.lgamma(alpha + max(later, 0.0)) - math.lgamma(1.0 + size + alpha + max(later, 0.0))
        if other == c:
            answer += math.lgamma(1.0 + size)
    return float(answer)


@kernel
def move_hidden(
    rng: np.random.Generator,
    hidden: Floats,
    seen: Floats,
    inside: Floats,
    alpha: float,
    observed: float,
    cap: float,
) -> float:
    """Metropolis steps on the number of hidden people of each class; returns their sum.

    Classes without observed people, which do not change here, are tried less often.
    """
    classes = hidden.shape[0]
    total = hidden.sum()
    for c in range(classes):
        if seen[c] == 0.0 and rng.random() > 0.25:
            continue
        here = log_target(c, hidden[c], hidden, seen, inside, alpha, observed)
        for turn in range(3):
            width = 0.08 if turn == 0 else (0.4 if turn == 1 else 1.6)
            new = math.floor((hidden[c] + 1.0) * math.exp(width * rng.standard_normal()))
            others = total - hidden[c]
            if new < 0.0 or others + new > cap or others + new > HUGE:
                continue
            there = log_target(c, new, hidden, seen, inside, alpha, observed)
            jump = proposal(new, hidden[c], width) - proposal(hidden[c], new, width)
            if math.log(1.0 - rng.random()) < there - here + jump:
                total = others + new
                hidden[c] = new
                here = there
    return float(total)


@kernel
def proposal(start: float, end: float, width: float) -> float:
    """Log chance that floor((start + 1) exp(width z)) is `end`."""
    high = math.log((end + 1.0) / (start + 1.0)) / width
    low = math.log(end / (start + 1.0)) / width if end > 0.0 else -40.0
    if low > 0.0:
        low, high = -high, -low
    chance = 0.5 * (math.erfc(-high / math.sqrt(2.0)) - math.erfc(-low / math.sqrt(2.0)))
    return math.log(max(chance, 1e-300))


@kernel
def chain(
    rng: np.random.Generator,
    cells: Ints,
    counts: Ints,
    lists: int,
    classes: int,
    prior: Floats,
    cap: float,
    burn: int,
    thin: int,
    plain: bool,
    draws: Floats,
    used: Ints,
) -> None:
    """Fill `draws` with numbers of hidden people; infinite from where a chain diverges. `used`: classes in use."""
    observed = float(counts.sum())
    seen, hidden, weight = np.zeros(classes), np.zeros(classes), np.zeros(classes)
    inside = np.zeros((classes, lists))
    log_in, log_out = np.zeros((classes, lists)), np.zeros((classes, lists))
    log_size, log_unseen = np.zeros(classes), np.zeros(classes)
    alpha, left = 1.0, 0.0
    for c in range(classes - 1):
        stick = min(max(rng.random(), 1e-12), 1.0 - 1e-12)
        log_size[c] = left + math.log(stick)
        left += math.log1p(-stick)
    log_size[classes - 1] = left
    for j in range(lists):
        on = 0.0
        for i in range(cells.shape[0]):
            on += counts[i] if cells[i] >> j & 1 else 0
        share = min(max(on / observed, 1e-9), 1.0 - 1e-9)
        for c in range(classes):
            log_in[c, j], log_out[c, j] = math.log(share), math.log1p(-share)
            log_unseen[c] += math.log1p(-share)
    total = draw_hidden(rng, observed, log_size, log_unseen, hidden, cap)
    draws[:] = np.inf
    for sweep in range(burn + thin * draws.shape[0]):
        split_cells(rng, cells, counts, log_size, log_in, log_out, seen, inside, weight)
        if not plain:
            total = move_hidden(rng, hidden, seen, inside, alpha, observed, cap)
        members = seen + hidden
        draw_chances(rng, inside, members, log_in, log_out, log_unseen)
        draw_sizes(rng, members, alpha, log_size)
        total = draw_hidden(rng, observed, log_size, log_unseen, hidden, cap)
        if not total < HUGE:
            return
        alpha = rng.standard_gamma(prior[0] + classes - 1.0) / max(prior[1] - log_size[classes - 1], 1e-12)
        after = sweep - burn
        if after >= 0 and after % thin == 0:
            draws[after // thin] = total
            used[after // thin] = np.sum(seen + hidden > 0.0)
