"""What the tempo does from one event of a map to the next: steps, ramps, holds."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from scorestage.tempofit.beats import beat_at, places_of, seconds_at, touched
from scorestage.tempofit.ground import Floats
from scorestage.timebase import Beat, Fermata, FreeBar, Ramp, Steady, TempoMap

HUNDRED = Fraction(100)
NO_CHANGE = 1e-9
"""Of the log tempo: none."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A step of the tempo at `at`: as a ratio, and where a ramp led there the ratio to the tempo
    before the ramp (`back`); `held` says that a fermata or a free bar comes before."""

    at: Beat
    ratio: Fraction
    back: Fraction | None = None
    held: bool = False


def turns(tempo_map: TempoMap) -> tuple[Turn, ...]:
    """Every step of the tempo inside the map, in order."""
    found: list[Turn] = []
    speed: Fraction | None = None
    primo: Fraction | None = None
    held = False
    for event in tempo_map.events:
        if event.at >= tempo_map.grid.end:
            break
        if isinstance(event, Fermata | FreeBar):
            held, primo = True, None
            continue
        begins = event.tempo if isinstance(event, Steady) else event.start
        now = begins.quarters_per_minute
        if speed is not None and now != speed:
            back = None if primo is None else now / primo
            found.append(Turn(event.at, now / speed, back, held))
        held, primo, speed = False, None, now
        if isinstance(event, Ramp):
            primo, speed = now, event.end.quarters_per_minute
    return tuple(found)


def tempo_steps_percent(tempo_map: TempoMap) -> tuple[Fraction, ...]:
    """How much each tempo differs from the one before, in percent; what a ramp does, and what
    follows it (`a tempo`), is written and left out, as is a new tempo after a hold."""
    return tuple(
        (turn.ratio - 1) * HUNDRED
        for turn in turns(tempo_map)
        if turn.back is None and not turn.held
    )


@dataclass(frozen=True, slots=True)
class Change:
    """How the tempo of a beat or bar, which begins at `at`, differs from that of the one before it.

    `log_change` is of the log tempo; `before` and `after` are where the one before begins and this
    one ends. `written` says that a ritardando, an accelerando or a hold has to do with it.
    """

    before: Beat
    at: Beat
    after: Beat
    log_change: float
    written: bool

    @property
    def percent(self) -> float:
        """How much longer the longer one of the two lasts; negative where the later is slower."""
        return math.copysign(math.expm1(abs(self.log_change)) * 100, self.log_change)


@dataclass(frozen=True, slots=True)
class Heard:
    """All changes of a map from beat to beat and from bar to bar."""

    beats: tuple[Change, ...]
    bars: tuple[Change, ...]


def heard_in(tempo_map: TempoMap) -> Heard:
    """How a map is heard to change."""
    return Heard(beat_changes(tempo_map), bar_changes(tempo_map))


def beat_changes(tempo_map: TempoMap) -> tuple[Change, ...]:
    """Every change between neighbouring beats: those that are clicked, the last one's left out.

    Just what the times of the beats say, the longer one of two beside the shorter one; beats of
    different lengths are compared by their lengths.
    """
    places = places_of(tempo_map)
    kept = np.arange(len(places.bar))
    if any(isinstance(event, FreeBar) for event in tempo_map.events):
        free = [tempo_map.is_free(beat_at(places, one)) for one in kept.tolist()]
        kept = kept[~np.array(free, dtype=np.bool_)]
    quarters = places.beats[kept]
    found = []
    for index, change, written in _changes(tempo_map, quarters):
        three = [beat_at(places, int(one)) for one in kept[index : index + 3]]
        found.append(Change(three[0], three[1], three[2], change, written))
    return tuple(found)


def bar_changes(tempo_map: TempoMap) -> tuple[Change, ...]:
    """Every change between neighbouring bars."""
    grid = tempo_map.grid
    places = [*grid.starts[: len(grid.bars)], grid.end]
    quarters = places_of(tempo_map).bars
    return tuple(
        Change(places[index], places[index + 1], places[index + 2], change, written)
        for index, change, written in _changes(tempo_map, quarters)
    )


def _changes(tempo_map: TempoMap, quarters: Floats) -> list[tuple[int, float, bool]]:
    """Where stretches between places differ in tempo: the first place, by how much, if written."""
    if len(quarters) < 3:
        return []
    lasting = np.maximum(np.diff(seconds_at(tempo_map, quarters)), 1e-12)
    change = np.diff(np.log(np.diff(quarters) / lasting))
    marked = touched(tempo_map, quarters)
    written = marked[1:] | marked[:-1]
    return [
        (index, float(change[index]), bool(written[index]))
        for index in np.flatnonzero(np.abs(change) > NO_CHANGE).tolist()
    ]


def largest_percent(tempo_map: TempoMap, changes: Iterable[Change]) -> Fraction:
    """The largest of some changes, exactly, without its sign."""
    sizes = sorted(changes, key=lambda one: -abs(one.log_change))
    near = [one for one in sizes if abs(one.log_change) > abs(sizes[0].log_change) - NO_CHANGE]
    return max((_exactly(tempo_map, one) for one in near), default=Fraction(0))


def _exactly(tempo_map: TempoMap, change: Change) -> Fraction:
    first, second, third = (
        tempo_map.time_at(at).seconds for at in (change.before, change.at, change.after)
    )
    before = (second - first) / (change.at - change.before).quarters
    now = (third - second) / (change.after - change.at).quarters
    return (max(before, now) / min(before, now) - 1) * HUNDRED


def ramps(tempo_map: TempoMap) -> tuple[Ramp, ...]:
    """The written ritardandos and accelerandos."""
    return tuple(event for event in tempo_map.events if isinstance(event, Ramp))


def holds(tempo_map: TempoMap) -> tuple[Fermata | FreeBar, ...]:
    """The fermatas and free bars."""
    return tuple(event for event in tempo_map.events if isinstance(event, Fermata | FreeBar))
