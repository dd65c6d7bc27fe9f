"""Which maps to show: the cheapest first, and none that says the same as one before."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np

from scorestage.tempofit.beats import meters_of, places_of, seconds_at, touched
from scorestage.tempofit.ground import Bools, Floats, Ground
from scorestage.tempofit.heard import beats_and_bars
from scorestage.tempofit.plan import Law, Plan
from scorestage.tempofit.same import Same
from scorestage.timebase import Meter, Ramp, Steady, TempoMap

LATELY = 16
"""Maps that are remembered: each is set beside every other one."""
APART = 0.03
"""Two maps of the same bars differ where one is somewhere this much faster."""


@dataclass(frozen=True, slots=True)
class Sounding:
    """How a map sounds: its bars, its log tempo beat by beat, which beats do not sound on.

    `until` is the number of beats before the last bar, `held` and `bent` whether the music ends
    with a hold, or with a ritardando.
    """

    bars: tuple[Meter, ...]
    paces: Floats
    silent: Bools
    until: int
    held: bool
    bent: bool


def differ(ground: Ground, one: Plan, other: Plan) -> bool:
    """Whether two plans differ in number or order of bars, or in tempo by more than 3 %.

    Holds do not count, nor how many beats are played before the last one is held.
    """
    return sound_different(sounding_plan(ground, one), sounding_plan(ground, other))


def maps_differ(one: TempoMap, other: TempoMap) -> bool:
    """The same of two maps."""
    return sound_different(sounding_map(one), sounding_map(other))


def sound_different(one: Sounding, other: Sounding) -> bool:
    """Whether two maps differ while music sounds."""
    if one.bars == other.bars:
        return _apart(one, other, len(one.paces))
    if one.bent or other.bent or not (one.held or other.held):
        return True
    until = min(len(one.bars), len(other.bars)) - 1
    if until < 1 or one.bars[:until] != other.bars[:until]:
        return True
    return _apart(one, other, min(one.until, other.until))


def _apart(one: Sounding, other: Sounding, beats: int) -> bool:
    """Whether one is anywhere in so many beats more than 3 % faster."""
    away = np.abs(one.paces[:beats] - other.paces[:beats])
    away[one.silent[:beats] | other.silent[:beats]] = 0.0
    return float(away.max(initial=0.0)) > math.log1p(APART)


def sounding_plan(ground: Ground, plan: Plan) -> Sounding:
    """How a plan sounds."""
    beats, starts = beats_and_bars(plan.bars, ground.unit, plan.pickup)
    places = np.append(beats, starts[-1])
    knots = plan.knots
    seconds = np.interp(places, plan.units, plan.seconds)
    silent = np.zeros(len(beats), dtype=np.bool_)
    for number, knot in enumerate(knots[:-1]):
        first, last = knot.unit, knots[number + 1].unit
        if knot.law is Law.RAMP:
            inside = np.flatnonzero((places > first) & (places < last))
            seconds[inside] = [plan.seconds_at(unit) for unit in places[inside].tolist()]
        elif knot.law is not Law.STEADY:
            silent |= (beats < last) & (places[1:] > first)
    beyond = places > knots[-1].unit
    seconds[beyond] = knots[-1].seconds + (places[beyond] - knots[-1].unit) / plan.levels()[-1][1]
    lasting = np.maximum(np.diff(seconds), 1e-9)
    paces = np.log(np.diff(places) * float(ground.unit.quarters) / lasting)
    until = int(np.count_nonzero(beats < starts[-2])) if len(starts) > 1 else 0
    ends = knots[-2].law if not ground.open_end else Law.STEADY
    held = ends in (Law.FERMATA, Law.FREE)
    return Sounding(plan.bars, paces, silent, until, held, ends is Law.RAMP)


def sounding_map(tempo_map: TempoMap) -> Sounding:
    """How a map sounds."""
    return _sounding(Same(tempo_map))


@lru_cache(maxsize=LATELY)
def _sounding(one: Same[TempoMap]) -> Sounding:
    tempo_map = one.one
    meters, end = meters_of(tempo_map), tempo_map.grid.end
    places = places_of(tempo_map)
    seconds = seconds_at(tempo_map, places.beats)
    paces = np.log(np.diff(places.beats) / np.maximum(np.diff(seconds), 1e-9))
    last = [event for event in tempo_map.events if not isinstance(event, Steady)][-1:]
    ends = bool(last) and last[0].at + last[0].length >= end
    bent = ends and isinstance(last[0], Ramp)
    until = int(np.count_nonzero(places.bar < len(meters) - 1))
    silent = touched(tempo_map, places.beats, holds_only=True)
    return Sounding(meters, paces, silent, until, ends and not bent, bent)


def alike(one: TempoMap, other: TempoMap) -> bool:
    """Whether two maps have the same bars and no barline further apart than 5 ms."""
    if one.grid != other.grid:
        return False
    near = Fraction(1, 200)
    return all(abs((one.time_at(at) - other.time_at(at)).seconds) <= near for at in one.grid.starts)
