"""The cheapest way through a written cue after a re-cut: bars as they were, and moves between."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scorestage.tempofit.ground import EDGE_WEIGHT
from scorestage.tempofit.repairs.ground import Terrain
from scorestage.tempofit.repairs.moves import Moves, move_points
from scorestage.tempofit.repairs.prices import RepairPrices, hit_points

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Way:
    """A whole way through the cue: its moves in order, the shift of each end, and its cost."""

    moves: tuple[Moves, ...]
    first_shift: int
    last_shift: int
    cost: float


_Back = dict[tuple[int, int, bool], tuple[int, int, bool, int]]
"""How a place was reached, by bar, shift and calm (no move just before): from which, by what."""
_STAYED = -1


def cheapest_way(
    terrain: Terrain, prices: RepairPrices, moves: Moves, allowed: Bools
) -> Way | None:
    """The cheapest way of all that make only the moves `allowed`; None where there is none.

    `moves` are in the order of `all_moves`. Between two moves at least one bar stays as it was,
    so that each bend is heard against the tempo that was written.
    """
    leading, groups = _leading(terrain, moves, allowed)
    stay = staying_points(terrain, prices)
    bars, count = terrain.bars, len(terrain.shifts)
    calm = np.full((bars + 1, count), math.inf)
    moved = np.full((bars + 1, count), math.inf)
    back: _Back = {}
    calm[0] = begin_points(terrain, prices)
    for bar in range(1, bars + 1):
        before = np.minimum(calm[bar - 1], moved[bar - 1])
        calm[bar] = before + stay[bar - 1]
        for shift in range(count):
            quiet = bool(calm[bar - 1, shift] <= moved[bar - 1, shift])
            back[bar, shift, True] = (bar - 1, shift, quiet, _STAYED)
        mine = leading[groups[bar] : groups[bar + 1]]
        costs = calm[moves.first[mine], moves.low[mine]] + moves.cost[mine]
        dearest_first = np.argsort(-costs, kind="stable")
        _, cheapest = np.unique(moves.high[mine[dearest_first[::-1]]], return_index=True)
        for place in dearest_first[::-1][cheapest]:
            one = mine[place]
            moved[bar, moves.high[one]] = costs[place]
            came = (int(moves.first[one]), int(moves.low[one]), True, int(one))
            back[bar, int(moves.high[one]), False] = came
    total = np.minimum(calm[bars], moved[bars]) + end_points(terrain, prices)
    last = int(np.argmin(total))
    if not np.isfinite(total[last]):
        return None
    quiet = bool(calm[bars, last] <= moved[bars, last])
    return _traced(moves, back, (bars, last, quiet), float(total[last]))


def _traced(moves: Moves, back: _Back, end: tuple[int, int, bool], cost: float) -> Way:
    found: list[Moves] = []
    at = end
    while at[0] > 0:
        *before, taken = back[at]
        at = (before[0], before[1], bool(before[2]))
        if taken != _STAYED:
            found.append(moves.where(np.array([taken])))
    return Way(tuple(reversed(found)), at[1], end[1], cost)


def _leading(
    terrain: Terrain, moves: Moves, allowed: Bools
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The cheapest allowed move of each stretch, by last bar, and where each last bar begins."""
    chosen = np.nonzero(allowed)[0]
    key = moves.stretch(terrain)[chosen]
    new = np.ones(len(key), dtype=bool)
    new[1:] = key[1:] != key[:-1]
    leading = chosen[new]
    groups = np.searchsorted(moves.last[leading], np.arange(terrain.bars + 2))
    return leading, groups.astype(np.int64)


def staying_points(terrain: Terrain, prices: RepairPrices) -> Floats:
    """What each bar costs that stays as it was, by its shift: hits missed, picture run away."""
    found = np.zeros((terrain.bars, len(terrain.shifts)))
    for hit, _, seconds, aim in terrain.hit_numbers:
        bar = terrain.written.tempo_map.grid.index_at(hit.at)
        found[bar] += hit_points(prices, hit, seconds + terrain.by - aim, terrain.frame)
    own = terrain.own
    there = own >= 0
    away = np.abs(terrain.by[None, :] - terrain.by[np.maximum(own, 0)][:, None])
    found += there[:, None] * prices.astray_bar * np.minimum(1.0, away / 0.5)
    return found


def way_points(terrain: Terrain, prices: RepairPrices, way: Way) -> float:
    """What a way costs at other prices than those it was found by."""
    stay = staying_points(terrain, prices)
    total = float(begin_points(terrain, prices)[way.first_shift])
    total += float(end_points(terrain, prices)[way.last_shift])
    bar, shift = 0, way.first_shift
    for move in way.moves:
        total += float(stay[bar : int(move.first[0]), shift].sum())
        total += float(move_points(terrain, prices, move)[0])
        bar, shift = int(move.last[0]), int(move.high[0])
    return total + float(stay[bar:, shift].sum())


def begin_points(terrain: Terrain, prices: RepairPrices) -> Floats:
    """What it costs to begin at each shift: how far the first sound is from where it should be."""
    return _edge_points(prices, terrain.by - terrain.by[terrain.first_shift])


def end_points(terrain: Terrain, prices: RepairPrices) -> Floats:
    """The same of the end; nothing where the end is open."""
    if terrain.last_shift is None:
        return np.zeros(len(terrain.shifts))
    return _edge_points(prices, terrain.by - terrain.by[terrain.last_shift])


def _edge_points(prices: RepairPrices, off: Floats) -> Floats:
    weights = prices.fit
    scale = np.where(off < 0, weights.early_seconds, weights.late_seconds)
    found: Floats = weights.off * EDGE_WEIGHT * (off / scale) ** 2
    return found
