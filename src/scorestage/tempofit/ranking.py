"""Which maps to show: the cheapest first, and none that says the same as one before."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import numpy as np

from scorestage.tempofit.ground import Ground
from scorestage.tempofit.plan import Plan
from scorestage.timebase import TempoMap

APART = 0.03
"""Two maps of the same bars differ where one is somewhere this much faster."""
HALF = Fraction(1, 2)


def differ(ground: Ground, one: Plan, other: Plan) -> bool:
    """Whether two plans differ in number or order of bars, or in tempo by more than 3 %."""
    if one.bars != other.bars:
        return True
    units = np.unique(np.concatenate([one.units, other.units]))
    middles = (units[1:] + units[:-1]) / 2
    paces = []
    for plan in (one, other):
        index = np.searchsorted(plan.units, middles, side="right") - 1
        inside = np.clip(index, 0, len(plan.knots) - 2)
        paces.append(np.log(plan.rates[inside]))
    return bool(np.abs(paces[0] - paces[1]).max(initial=0.0) > math.log1p(APART))


def maps_differ(one: TempoMap, other: TempoMap) -> bool:
    """Whether two maps differ in number or order of bars, or somewhere by > 3 % of tempo."""
    if [bar.meter for bar in one.grid.bars] != [bar.meter for bar in other.grid.bars]:
        return True
    places = {event.at for event in (*one.events, *other.events)}
    places |= {one.grid.starts[0], one.grid.end}
    ordered = sorted(at for at in places if at <= one.grid.end)
    for first, last in pairwise(ordered):
        lasting = [
            float((tempo_map.time_at(last) - tempo_map.time_at(first)).seconds)
            for tempo_map in (one, other)
        ]
        if min(lasting) > 0 and abs(math.log(lasting[0] / lasting[1])) > math.log1p(APART):
            return True
    return False


def alike(one: TempoMap, other: TempoMap) -> bool:
    """Whether two maps have the same bars and no barline further apart than 5 ms."""
    if one.grid != other.grid:
        return False
    near = Fraction(1, 200)
    return all(abs((one.time_at(at) - other.time_at(at)).seconds) <= near for at in one.grid.starts)
