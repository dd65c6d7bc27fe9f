"""Which bars to write, once it is known on which unit each hit falls."""

from __future__ import annotations

import math

from scorestage.tempofit.ground import Ground, odd_factor, units_in
from scorestage.timebase import Meter


def write_bars(
    ground: Ground, landed: dict[int, int], total: int, pickup: int
) -> tuple[float, tuple[Meter, ...]] | None:
    """The cheapest bars from unit `pickup` to `total` and their points; None where none fill it.

    `landed` says on which unit each point (by its number) falls. Of equal ways the one is taken
    whose odd bar comes late, directly before the hit that it brings to a downbeat.
    """
    prices = _prices(ground, landed)
    lengths = [units_in(meter.length, ground.unit) for meter in ground.meters]
    best: list[float] = [math.inf] * (total + 1)
    taken = [-1] * (total + 1)
    best[total] = 0.0
    for at in range(total - 1, pickup - 1, -1):
        for number, length in enumerate(lengths):
            if at + length > total or best[at + length] == math.inf:
                continue
            odd = ground.weights.odd_bar * odd_factor(ground.meters[number], number)
            price = best[at + length] + odd
            for unit in range(at, at + length):
                if unit in prices:
                    price += prices[unit][number][unit - at]
            if price < best[at] - 1e-9:
                best[at], taken[at] = price, number
    if best[pickup] == math.inf:
        return None
    bars, at = [], pickup
    while at < total:
        bars.append(ground.meters[taken[at]])
        at += lengths[taken[at]]
    return best[pickup], tuple(bars)


def _prices(ground: Ground, landed: dict[int, int]) -> dict[int, list[list[float]]]:
    """By unit and meter: what the hits on that unit cost at each place of a bar."""
    found: dict[int, list[list[float]]] = {}
    for number, unit in landed.items():
        tables = [list(ground.place_points(ground.points[number], m)) for m in ground.meters]
        if unit not in found:
            found[unit] = tables
            continue
        found[unit] = [
            [one + other for one, other in zip(old, new, strict=True)]
            for old, new in zip(found[unit], tables, strict=True)
        ]
    return found
