"""When the beats and bars of a map sound, in floats; exact where its tempo changes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np

from scorestage.tempofit.ground import Bools, Floats, Ints
from scorestage.tempofit.same import Same
from scorestage.timebase import Beat, Fermata, FreeBar, Meter, Ramp, TempoMap


@dataclass(frozen=True, slots=True)
class Places:
    """Beats in quarters from bar 1, with the bar of each; where bars begin.

    Both lists end with the final barline.
    """

    beats: Floats
    bar: Ints
    bars: Floats


def places_of(tempo_map: TempoMap) -> Places:
    """Where the beats of a map's bars lie."""
    return _places(Same(tempo_map))


@lru_cache(maxsize=16)
def _places(tempo_map: Same[TempoMap]) -> Places:
    meters = meters_of(tempo_map.one)
    beats, bar, bars, at = list[float](), list[int](), list[float](), 0.0
    offsets = {
        meter: [float(click.quarters) for click in meter.clicks] for meter in dict.fromkeys(meters)
    }
    lengths = {meter: float(meter.length.quarters) for meter in offsets}
    for index, meter in enumerate(meters):
        bars.append(at)
        beats += [at + into for into in offsets[meter]]
        bar += [index] * len(offsets[meter])
        at += lengths[meter]
    return Places(
        np.array([*beats, at]),
        np.array(bar, dtype=np.int64),
        np.array([*bars, at]),
    )


def meters_of(tempo_map: TempoMap) -> tuple[Meter, ...]:
    """The meter of every bar."""
    return tuple(bar.meter for bar in tempo_map.grid.bars)


def beat_at(places: Places, index: int) -> Beat:
    """The beat of that number, exactly; the last one is the final barline."""
    return Beat(Fraction(float(places.beats[index])))


def seconds_at(tempo_map: TempoMap, quarters: Floats) -> Floats:
    """When these places sound, in seconds from the map's start."""
    known = dict(_joints(Same(tempo_map)))
    for event in tempo_map.events:
        if isinstance(event, Ramp):
            first, last = float(event.at.quarters), float((event.at + event.length).quarters)
            for one in quarters[(quarters > first) & (quarters < last)].tolist():
                into = tempo_map.time_at(Beat(Fraction(one))) - tempo_map.start
                known[one] = float(into.seconds)
    places = sorted(known)
    return np.interp(quarters, places, [known[one] for one in places])


@lru_cache(maxsize=16)
def _joints(tempo_map: Same[TempoMap]) -> tuple[tuple[float, float], ...]:
    """Quarters and seconds from the map's start, where one law of the tempo follows another.

    The first barline and the last one are among them, nothing beyond those.
    """
    one, start = tempo_map.one, tempo_map.one.start.seconds
    end = one.grid.end.quarters
    inside = [(at.quarters, time.seconds - start) for at, time in one.joints]
    found = {float(at): float(into) for at, into in inside if 0 <= at <= end}
    return tuple({0.0: 0.0, **found, float(end): float((one.end - one.start).seconds)}.items())


def touched(tempo_map: TempoMap, quarters: Floats, holds_only: bool = False) -> Bools:
    """Which stretches from each place to the next something written has to do with."""
    found = np.zeros(max(0, len(quarters) - 1), dtype=np.bool_)
    for event in tempo_map.events:
        if isinstance(event, Fermata | FreeBar) or (isinstance(event, Ramp) and not holds_only):
            first, last = float(event.at.quarters), float((event.at + event.length).quarters)
            found |= (quarters[:-1] < last - 1e-9) & (quarters[1:] > first + 1e-9)
    return found
