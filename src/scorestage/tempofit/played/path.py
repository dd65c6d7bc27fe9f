"""The tempo path behind a take: steady spans and ramps between barlines, no more than it needs.

The length of a beat is a chain of straight lines over the beats, which may bend or step at barlines
only. The time of a beat is then linear in all unknowns, so a path is a least-squares problem over
the whole take at once: what is played after a barline counts as much as what is played before it,
and nothing lags. Where it bends is found by adding and taking away bends one by one, each paid for
(Schwarz 1978); the scatter of the hand is told from the take itself.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from scorestage.tempofit.played.line import (
    Bend,
    Floats,
    Played,
    TempoPath,
    bend_rows,
    rows,
)
from scorestage.tempofit.played.stretches import first_bends

LEAST_SCATTER_SECONDS = 0.004
MOST_SCATTER_SECONDS = 0.030
PRICE = 1.5
"""What a bend must bring, in squares of the scatter, times the logarithm of the count of beats."""
MOST_BENDS = 160
HUBER = 2.5
"""Beyond so many scatters a beat pulls in proportion only."""
ROUNDS = 4


def scatter_seconds(played: Played) -> float:
    """How far the hand scatters, from third differences: steady, gliding tempos leave none.

    The median of their sizes, since ritardandos and steps of tempo are few (for white scatter the
    third difference has 20 times its variance).
    """
    places, seconds = played.quarters, played.seconds
    if len(places) < 5:
        return LEAST_SCATTER_SECONDS
    found = []
    for start in range(len(places) - 3):
        four = places[start : start + 4]
        gaps = [float(np.prod(four[k] - np.delete(four, k))) for k in range(4)]
        weights = np.array([1 / gap for gap in gaps])
        third = float(weights @ seconds[start : start + 4])
        found.append(abs(third) / math.sqrt(float(weights @ weights)))
    scatter = float(np.median(found)) / 0.6745
    return min(max(scatter, LEAST_SCATTER_SECONDS), MOST_SCATTER_SECONDS)


def find_path(
    played: Played,
    barlines: Floats,
    scatter: float,
    ramps: bool = True,
    price: float = PRICE,
) -> TempoPath:
    """The path of fewest bends at `barlines` that follows the take within its scatter.

    Without `ramps` the tempo only steps.
    """
    first = float(played.quarters[0])
    last = float(played.quarters[-1])
    candidates = [Bend(float(at), True) for at in barlines if first < at < last]
    if ramps:
        candidates += [Bend(float(at), False) for at in barlines if first <= at < last]
    weights = played.weights / scatter**2
    path = TempoPath(first, (), (0.0, 0.0))
    until = min([float(at) for at in barlines if at >= last], default=last)
    for _ in range(ROUNDS):
        task = _Task(replace(played, weights=weights), tuple(candidates), price, until)
        chosen = task.chosen()
        path = task.path(chosen)
        off = np.abs(path.seconds_at(played.quarters) - played.seconds) / scatter
        lenient = np.where(off > HUBER, HUBER / np.maximum(off, 1e-9), 1.0)
        renewed = played.weights * lenient / scatter**2
        if np.allclose(renewed, weights, rtol=0.02):
            break
        weights = renewed
    return path


class _Task:
    """One choice of bends: which of the candidates to take, by what each brings."""

    def __init__(
        self, played: Played, candidates: tuple[Bend, ...], price: float, until: float
    ) -> None:
        self.until = until
        self.origin = float(played.quarters[0])
        self.candidates = candidates
        root = np.sqrt(played.weights)
        self.wanted = played.seconds * root
        self.base = rows(played.quarters, self.origin, (), until) * root[:, None]
        columns = bend_rows(played.quarters, candidates, until) * root[:, None]
        self.columns = columns
        self.price = price * math.log(max(8, len(played.quarters)))
        self.first = first_bends(played, candidates, self.price)

    def path(self, chosen: tuple[int, ...]) -> TempoPath:
        """The path with these bends that leaves the least squares."""
        ordered = sorted(chosen, key=lambda number: _order(self.candidates[number]))
        matrix = np.hstack([self.base, self.columns[:, ordered]])
        terms = np.linalg.lstsq(matrix, self.wanted, rcond=None)[0]
        bends = tuple(self.candidates[number] for number in ordered)
        return TempoPath(self.origin, bends, tuple(float(term) for term in terms), self.until)

    def cost(self, chosen: tuple[int, ...]) -> float:
        """Squares left, and the price of every bend."""
        matrix = np.hstack([self.base, self.columns[:, list(chosen)]])
        terms = np.linalg.lstsq(matrix, self.wanted, rcond=None)[0]
        left = self.wanted - matrix @ terms
        return float(left @ left) + self.price * len(chosen)

    def chosen(self) -> tuple[int, ...]:
        """Bends added greedily, then moved and taken away while that pays; from two beginnings."""
        return min((self._settled(()), self._settled(self.first)), key=self.cost)

    def _settled(self, chosen: tuple[int, ...]) -> tuple[int, ...]:
        chosen, best = self._fewer(chosen, self.cost(chosen))
        chosen = self._added(chosen)
        best = self.cost(chosen)
        while True:
            moved = self._moved(chosen, best)
            fewer = self._fewer(moved[0], moved[1])
            more = self._added(fewer[0])
            cost = self.cost(more)
            if cost >= best - 1e-6:
                return fewer[0] if fewer[1] < best else chosen
            chosen, best = more, cost

    def _added(self, chosen: tuple[int, ...]) -> tuple[int, ...]:
        """The best next bend again and again (orthogonal matching pursuit), while it pays.

        A pair that pays only together (a ramp begins and ends) is found by looking two ahead.
        """
        kept, waiting = chosen, 0
        cost = self.cost(chosen)
        trial = chosen
        while len(trial) < min(MOST_BENDS, len(self.wanted) - 4) and waiting < 3:
            gains = self._gains(trial)
            if not len(gains) or gains.max() <= 1e-9:
                break
            trial = (*trial, int(np.argmax(gains)))
            found = self.cost(trial)
            waiting += 1
            if found < cost - 1e-9:
                kept, cost, waiting = trial, found, 0
        return kept

    def _gains(self, chosen: tuple[int, ...]) -> Floats:
        """How much each candidate would take off the squares left."""
        matrix = np.hstack([self.base, self.columns[:, list(chosen)]])
        basis, _ = np.linalg.qr(matrix)
        left = self.wanted - basis @ (basis.T @ self.wanted)
        free = self.columns - basis @ (basis.T @ self.columns)
        sizes = (free * free).sum(axis=0)
        full = (self.columns * self.columns).sum(axis=0)
        usable = sizes > 1e-9 * np.maximum(full, 1e-30)
        gains = np.where(usable, (left @ free) ** 2 / np.where(usable, sizes, 1.0), 0.0)
        gains[list(chosen)] = 0.0
        found: Floats = gains
        return found

    def _moved(self, chosen: tuple[int, ...], cost: float) -> tuple[tuple[int, ...], float]:
        """Each bend taken out and put back where it brings most."""
        for place in range(len(chosen)):
            rest = (*chosen[:place], *chosen[place + 1 :])
            gains = self._gains(rest)
            trial = (*rest[:place], int(np.argmax(gains)), *rest[place:])
            found = self.cost(trial)
            if found < cost - 1e-6:
                chosen, cost = trial, found
        return chosen, cost

    def _fewer(self, chosen: tuple[int, ...], cost: float) -> tuple[tuple[int, ...], float]:
        while chosen:
            trials = [(*chosen[:place], *chosen[place + 1 :]) for place in range(len(chosen))]
            costs = [self.cost(trial) for trial in trials]
            least = int(np.argmin(costs))
            if costs[least] >= cost:
                break
            chosen, cost = trials[least], costs[least]
        return chosen, cost


def _order(bend: Bend) -> tuple[float, bool]:
    return bend.quarters, not bend.step
