"""How a listener hears the tempo of a plan change: from beat to beat, and from bar to bar.

Tempo marks less than a beat apart add up, and so do small steps within a bar: what counts in the
end is how long a beat lasts beside the one before it, and a bar beside the bar before it.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from scorestage.tempofit.ground import Floats, Ground, Ints, bar_stress
from scorestage.tempofit.plan import Law, Plan
from scorestage.tempofit.same import Same
from scorestage.tempofit.settings import HIDDEN, HIDES, Weights
from scorestage.timebase import Beats, Meter

NOTHING = np.zeros(0)


def heard_changes(ground: Ground, plan: Plan) -> tuple[Floats, Floats]:
    """Changes of the log tempo between neighbouring beats and bars; what is written is left out."""
    beats, bars = beats_and_bars(plan.bars, ground.unit, plan.pickup)
    return _changes(plan, beats), _changes(plan, bars)


def _changes(plan: Plan, places: Ints) -> Floats:
    """Changes of the log tempo from each stretch between two places to the next one."""
    inside = places[(places >= plan.units[0]) & (places <= plan.units[-1])]
    if len(inside) < 3:
        return NOTHING
    seconds = np.interp(inside, plan.units, plan.seconds)
    paces = np.log(np.diff(inside) / np.maximum(np.diff(seconds), 1e-9))
    found = np.diff(paces)
    for number, knot in enumerate(plan.knots[:-1]):
        if knot.law is not Law.STEADY:
            first, last = knot.unit, plan.knots[number + 1].unit
            touched = (inside[:-1] < last) & (inside[1:] > first)
            found[touched[1:] | touched[:-1]] = 0.0
    return np.asarray(found, dtype=np.float64)


@lru_cache(maxsize=512)
def _laid(bars: Same[tuple[Meter, ...]], unit: Same[Beats], pickup: int) -> tuple[Ints, Ints]:
    beats, starts, at = list[int](), list[int](), pickup
    stresses = {meter: bar_stress(meter, unit.one) for meter in dict.fromkeys(bars.one)}
    for meter in bars.one:
        stress = stresses[meter]
        starts.append(at)
        beats += [at + into for into, strength in enumerate(stress) if strength]
        at += len(stress)
    return np.array(beats, dtype=np.int64), np.array([*starts, at], dtype=np.int64)


def beats_and_bars(bars: tuple[Meter, ...], unit: Beats, pickup: int) -> tuple[Ints, Ints]:
    """The units on which beats begin, and those on which bars do, with the final barline."""
    return _laid(Same(bars), Same(unit), pickup)


def crowded_points(weights: Weights, beats: Floats, marks: Floats) -> float:
    """Points for changes between beats that are heard, beyond what the tempo marks pay for theirs.

    Both are changes of the log tempo.
    """
    return max(0.0, _heard(weights, beats) - _heard(weights, marks))


def _heard(weights: Weights, changes: Floats) -> float:
    sizes = np.abs(changes) / weights.step_scale
    loud = np.maximum(0.0, sizes - HIDES)
    flat = weights.audible * np.count_nonzero(sizes > HIDDEN)
    return float(weights.step * weights.heard * (loud @ loud) + flat)


def drift_points(weights: Weights, bars: Floats) -> float:
    """Points for bars that are audibly faster or slower than the one before, nothing written."""
    beyond = np.maximum(0.0, np.abs(bars) / weights.step_scale - HIDDEN)
    often = np.count_nonzero(beyond)
    return float(weights.drift * (often + weights.drift_size * (beyond @ beyond)))
