"""A first guess of where a tempo bends: the take cut into stretches, each steady or one ramp.

The lengths of the beats alone, cut exactly by dynamic programming over the barlines; a ramp and the
*a tempo* after it, which only make sense together, are found at once here.
"""

from __future__ import annotations

import numpy as np

from scorestage.tempofit.played.line import Bend, Floats, Played

LONGEST_BARS = 64
"""No stretch is thought longer in the first guess; longer ones grow when bends are taken away."""


def first_bends(played: Played, candidates: tuple[Bend, ...], price: float) -> tuple[int, ...]:
    """The candidates at the seams of the cheapest row of stretches."""
    inside = sorted({bend.quarters for bend in candidates})
    if not inside or len(played.quarters) < 4:
        return ()
    edges = np.array([-np.inf, *(at for at in inside if at > played.quarters[0]), np.inf])
    ramps = any(not bend.step for bend in candidates)
    seams = _cheapest(played, edges, price, ramps)
    number = {bend: index for index, bend in enumerate(candidates)}
    found: set[int] = set()
    sloped = False
    for edge, slope in seams:
        at = float(edges[edge]) if edge else float(inside[0])
        if edge:
            found.add(number[Bend(at, True)])
        ramp = Bend(at, False)
        if (slope or sloped) and ramp in number:
            found.add(number[ramp])
        sloped = slope
    return tuple(sorted(found))


def _cheapest(
    played: Played, edges: Floats, price: float, ramps: bool
) -> tuple[tuple[int, bool], ...]:
    """Edges at which stretches begin, and whether each is a ramp."""
    sums = _sums(played, edges)
    count = len(edges) - 1
    best = np.full(count + 1, np.inf)
    best[0] = 0.0
    came: list[tuple[int, bool]] = [(0, False)] * (count + 1)
    for stop in range(1, count + 1):
        starts = np.arange(max(0, stop - LONGEST_BARS), stop)
        level, line = _left(sums[stop] - sums[starts])
        options = [(best[starts] + level + price, False)]
        if ramps:
            options.append((best[starts] + line + 2 * price, True))
        for costs, sloped in options:
            least = int(np.argmin(costs))
            if costs[least] < best[stop]:
                best[stop], came[stop] = costs[least], (int(starts[least]), sloped)
    seams, stop = [], count
    while stop > 0:
        start, sloped = came[stop]
        seams.append((start, sloped))
        stop = start
    return tuple(reversed(seams))


def _sums(played: Played, edges: Floats) -> Floats:
    """Running sums up to each edge of what a line through beat lengths needs."""
    once = np.concatenate([[True], np.diff(played.quarters) > 0])
    played = Played(played.quarters[once], played.seconds[once], played.weights[once])
    gaps = np.diff(played.quarters)
    lengths = np.diff(played.seconds) / gaps
    places = (played.quarters[1:] + played.quarters[:-1]) / 2
    weights = gaps**2 / (1 / played.weights[1:] + 1 / played.weights[:-1])
    terms = np.stack(
        [
            weights,
            weights * places,
            weights * places**2,
            weights * lengths,
            weights * places * lengths,
            weights * lengths**2,
        ],
        axis=1,
    )
    total = np.vstack([np.zeros(6), np.cumsum(terms, axis=0)])
    found: Floats = total[np.searchsorted(places, edges)]
    return found


def _left(sums: Floats) -> tuple[Floats, Floats]:
    """Squares that a level and a line leave, for each row of sums."""
    weight, wx, wxx, wy, wxy, wyy = (sums[:, column] for column in range(6))
    safe = np.maximum(weight, 1e-12)
    level = np.maximum(wyy - wy**2 / safe, 0.0)
    across = wxx - wx**2 / safe
    both = wxy - wx * wy / safe
    line = np.where(across > 1e-9, level - both**2 / np.maximum(across, 1e-9), level)
    return level, np.maximum(line, 0.0)
