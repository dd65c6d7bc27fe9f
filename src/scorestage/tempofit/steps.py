"""What the tempo does from one event of a map to the next: steps, ramps, holds."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scorestage.timebase import Beat, Fermata, FreeBar, Ramp, Steady, TempoMap

HUNDRED = Fraction(100)


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


def ramps(tempo_map: TempoMap) -> tuple[Ramp, ...]:
    """The written ritardandos and accelerandos."""
    return tuple(event for event in tempo_map.events if isinstance(event, Ramp))


def holds(tempo_map: TempoMap) -> tuple[Fermata | FreeBar, ...]:
    """The fermatas and free bars."""
    return tuple(event for event in tempo_map.events if isinstance(event, Fermata | FreeBar))
