"""The tempo of a cue along its seconds, as a chart draws it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from scorestage.timebase import Beat, Beats, Ramp, Steady, Tempo, TempoMap

RAMP_STEPS = 12
"""How finely a ritardando or accelerando is drawn."""


def tempo_path(tempo_map: TempoMap) -> tuple[tuple[Fraction, Fraction, bool], ...]:
    """Film seconds, the tempo from there on in the click beat of the first bar, and if it is told.

    A ramp comes in `RAMP_STEPS` steps that are not told; what is held or free keeps the tempo
    before it.

    >>> from scorestage.timebase import BarGrid, FilmTime, Meter
    >>> tempo_path(TempoMap.steady(FilmTime(2), Tempo(96), BarGrid.regular(2, Meter(4, 4))))
    ((Fraction(2, 1), Fraction(96, 1), True),)
    """
    unit = tempo_map.grid.bars[0].meter.click if tempo_map.grid.bars else Beats(1)
    return tuple(
        (tempo_map.time_at(at).seconds, tempo.of(unit).bpm, told)
        for at, tempo, told in _points(tempo_map)
        if at < tempo_map.grid.end
    )


def _points(tempo_map: TempoMap) -> Iterator[tuple[Beat, Tempo, bool]]:
    begun = {event.at for event in tempo_map.events if isinstance(event, Steady | Ramp)}
    for event in tempo_map.events:
        if isinstance(event, Steady):
            yield event.at, event.tempo, True
        elif isinstance(event, Ramp):
            for step in range(RAMP_STEPS):
                into = event.length * Fraction(step, RAMP_STEPS)
                middle = event.length * Fraction(2 * step + 1, 2 * RAMP_STEPS)
                yield event.at + into, event.tempo_after(middle), False
            if event.at + event.length not in begun:
                yield event.at + event.length, event.end, True
