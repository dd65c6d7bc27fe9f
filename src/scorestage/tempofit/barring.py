"""Which bars to write, once it is known on which unit each hit falls."""

from __future__ import annotations

import math
from bisect import bisect_left

from scorestage.tempofit.ground import Ground, bar_stress
from scorestage.timebase import Meter


def write_bars(
    ground: Ground,
    landed: dict[int, int],
    total: int,
    pickup: int,
    free: tuple[int, ...] = (),
) -> tuple[float, tuple[Meter, ...]] | None:
    """The cheapest bars from unit `pickup` to `total` and their points; None where none fill it.

    `landed` says on which unit each point (by its number) falls, `free` where a free bar of the
    usual meter begins. Of equal ways the one is taken whose odd bar comes late, directly before
    the hit that it brings to a downbeat.
    """
    prices = _prices(ground, landed)
    hit_units = sorted(prices)
    lengths, odds = ground.bar_lengths(), ground.bar_prices()
    best: list[float] = [math.inf] * total + [0.0]
    taken = [-1] * (total + 1)
    choices = list(zip(range(len(lengths)), lengths, odds, strict=True))
    longest, share = max(lengths), ground.last_share
    for at in range(total - 1, pickup - 1, -1):
        least = best[at]
        first = bisect_left(hit_units, at)
        inside = hit_units[first : bisect_left(hit_units, at + longest, first)]
        for number, length, odd in choices:
            end = at + length
            if end > total or best[end] >= least:
                continue
            if free and not _frees(at, end, number, free):
                continue
            price = best[end] + (odd * share if end == total else odd)
            for unit in inside:
                if unit >= end:
                    break
                price += prices[unit][number][unit - at]
            if price < least - 1e-9:
                least, taken[at] = price, number
        best[at] = least
    if best[pickup] == math.inf:
        return None
    return best[pickup], _read(ground, taken, pickup, total)


def _read(ground: Ground, taken: list[int], pickup: int, total: int) -> tuple[Meter, ...]:
    """The bars taken, from the first on."""
    bars, at, lengths = [], pickup, ground.bar_lengths()
    while at < total:
        bars.append(ground.meters[taken[at]])
        at += lengths[taken[at]]
    return tuple(bars)


def _frees(at: int, end: int, number: int, free: tuple[int, ...]) -> bool:
    """Whether a bar leaves every free bar whole: a bar of the usual meter of its own."""
    return all(unit >= end or unit < at or (unit == at and number == 0) for unit in free)


def _prices(ground: Ground, landed: dict[int, int]) -> dict[int, list[list[float]]]:
    """By unit and meter: what the hits on that unit cost at each place of a bar."""
    found: dict[int, list[list[float]]] = {}
    stresses = [bar_stress(meter, ground.unit) for meter in ground.meters]
    for number, unit in landed.items():
        places = ground.points[number].places
        tables = [[places[strength] for strength in stress] for stress in stresses]
        if unit not in found:
            found[unit] = tables
            continue
        found[unit] = [
            [one + other for one, other in zip(old, new, strict=True)]
            for old, new in zip(found[unit], tables, strict=True)
        ]
    return found
