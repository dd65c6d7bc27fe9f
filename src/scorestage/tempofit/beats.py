"""When the beats and bars of a map sound, in floats; exact where its tempo changes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np

from scorestage.tempofit.ground import Bools, Floats, Ints
from scorestage.timebase import Beat, Fermata, FreeBar, Meter, Ramp, Steady, TempoMap


@dataclass(frozen=True, slots=True)
class Places:
    """Beats in quarters from bar 1, with the bar of each; where bars begin.

    Both lists end with the final barline.
    """

    beats: Floats
    bar: Ints
    bars: Floats


@lru_cache(maxsize=128)
def places_of(meters: tuple[Meter, ...]) -> Places:
    """Where the beats of these bars lie."""
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
    end = tempo_map.grid.end
    exact = {Beat(0): None, end: None}
    for event in tempo_map.events:
        exact[event.at] = None
        if not isinstance(event, Steady):
            exact[event.at + event.length] = None
        if isinstance(event, Ramp):
            first, last = float(event.at.quarters), float((event.at + event.length).quarters)
            inside = quarters[(quarters > first) & (quarters < last)]
            exact |= dict.fromkeys(Beat(Fraction(one)) for one in inside.tolist())
    known = sorted(at for at in exact if Beat(0) <= at <= end)
    times = [float((tempo_map.time_at(at) - tempo_map.start).seconds) for at in known]
    return np.interp(quarters, [float(at.quarters) for at in known], times)


def touched(tempo_map: TempoMap, quarters: Floats, holds_only: bool = False) -> Bools:
    """Which stretches from each place to the next something written has to do with."""
    found = np.zeros(max(0, len(quarters) - 1), dtype=np.bool_)
    for event in tempo_map.events:
        if isinstance(event, Fermata | FreeBar) or (isinstance(event, Ramp) and not holds_only):
            first, last = float(event.at.quarters), float((event.at + event.length).quarters)
            found |= (quarters[:-1] < last - 1e-9) & (quarters[1:] > first + 1e-9)
    return found
