"""What the tempo does from one event of a map to the next: steps, ramps, holds."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from scorestage.timebase import Beat, Fermata, FreeBar, Ramp, Steady, TempoMap

HUNDRED = Fraction(100)
LATELY = 16
"""Maps whose changes are remembered: a judge and the words about a map ask for them in turn."""


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
    """How much longer a beat or bar lasts than the one before, in percent; negative where shorter.

    The longer one is set beside the shorter one, so 80 after 82 bpm is as large as 82 after 80.

    `at` is where the later one begins; bars are compared by the beats they hold. `written` says
    that a ritardando, an accelerando or a hold has to do with it.
    """

    at: Beat
    percent: Fraction
    written: bool

    @property
    def log_change(self) -> float:
        """The change of the log tempo."""
        return math.copysign(math.log1p(abs(self.percent) / 100), -self.percent)


@lru_cache(maxsize=LATELY)
def beat_changes(tempo_map: TempoMap) -> tuple[Change, ...]:
    """Every change between neighbouring beats: those that are clicked, the last one's left out.

    Just what the times of the beats say, the longer one of two beside the shorter one; beats of
    different lengths are compared by their lengths.
    """
    grid = tempo_map.grid
    beats = [
        grid.starts[index] + offset
        for index, bar in enumerate(grid.bars)
        for offset in bar.meter.clicks
        if not tempo_map.is_free(grid.starts[index] + offset)
    ]
    return _changes(tempo_map, beats)


@lru_cache(maxsize=LATELY)
def bar_changes(tempo_map: TempoMap) -> tuple[Change, ...]:
    """Every change between neighbouring bars."""
    grid = tempo_map.grid
    return _changes(tempo_map, [*grid.starts[: len(grid.bars)], grid.end])


def _changes(tempo_map: TempoMap, places: list[Beat]) -> tuple[Change, ...]:
    found, near = [], sorted(_near_events(tempo_map, places))
    spans = {number for index in near for number in (index - 1, index)}
    times = {
        number: tempo_map.time_at(places[number]).seconds
        for number in spans | {number + 1 for number in spans}
    }
    lasting = {
        number: (times[number + 1] - times[number]) / (places[number + 1] - places[number]).quarters
        for number in spans
    }
    for index in near:
        first, second, third = places[index - 1 : index + 2]
        before, now = lasting[index - 1], lasting[index]
        if now != before:
            written = _written_within(tempo_map, first, third)
            percent = (now / before - 1) if now > before else (1 - before / now)
            found.append(Change(second, percent * HUNDRED, written))
    return tuple(found)


def _near_events(tempo_map: TempoMap, places: list[Beat]) -> set[int]:
    """The places, but the first and last, about which the tempo may change."""
    found: set[int] = set()
    for event in tempo_map.events:
        last = event.at if isinstance(event, Steady) else event.at + event.length
        low, high = bisect_left(places, event.at) - 1, bisect_right(places, last) + 1
        found.update(range(max(1, low), min(high + 1, len(places) - 1)))
    return found


def _written_within(tempo_map: TempoMap, first: Beat, last: Beat) -> bool:
    return any(
        event.at < last and first < event.at + event.length
        for event in tempo_map.events
        if not isinstance(event, Steady)
    )


def ramps(tempo_map: TempoMap) -> tuple[Ramp, ...]:
    """The written ritardandos and accelerandos."""
    return tuple(event for event in tempo_map.events if isinstance(event, Ramp))


def holds(tempo_map: TempoMap) -> tuple[Fermata | FreeBar, ...]:
    """The fermatas and free bars."""
    return tuple(event for event in tempo_map.events if isinstance(event, Fermata | FreeBar))
