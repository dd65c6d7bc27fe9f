"""Tempos of a tune that changes them: of a stretch of it, put elsewhere, all faster or slower."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scorestage.timebase import BarGrid, Beat, FilmTime, Steady, Tempo, TempoMap

Step = tuple[Beat, Tempo]
"""From a place on, a tempo."""


def steps_of(tempo_map: TempoMap, low: Beat, high: Beat, to: Beat) -> Iterator[Step]:
    """The tempos from `low` to `high`, the one in force first, as if `low` stood at `to`."""
    steps = tempo_map.baked()
    before = [tempo for at, tempo in steps if at <= low]
    yield to, before[-1] if before else steps[0][1]
    yield from ((to + (at - low), tempo) for at, tempo in steps if low < at < high)


def stepped(start: FilmTime, grid: BarGrid, steps: Iterable[Step]) -> TempoMap:
    """A map of tempos, each from its place on; `start` is the film time of `Beat(0)`."""
    events: list[Steady] = []
    for at, tempo in sorted(steps, key=lambda one: one[0]):
        if events and events[-1].at == at:
            events.pop()
        if not events or events[-1].tempo != tempo:
            events.append(Steady(at, tempo))
    return TempoMap(start, grid, tuple(events))


def faster(steps: Iterable[Step], own: Tempo, wished: Tempo) -> tuple[Step, ...]:
    """The same changes where the opening tempo is another one.

    >>> [str(one.bpm) for _, one in faster([(Beat(0), Tempo(60))], Tempo(120), Tempo(100))]
    ['50']
    """
    by = wished.quarters_per_minute / own.quarters_per_minute
    return tuple((at, Tempo(tempo.bpm * by, tempo.unit)) for at, tempo in steps)


def at_tempo(tempo_map: TempoMap, wished: Tempo) -> TempoMap:
    """A map that begins in another tempo, and changes as it did."""
    if len(tempo_map.events) == 1:
        return TempoMap.steady(tempo_map.start, wished, tempo_map.grid)
    steps = faster(tempo_map.baked(), tempo_map.tempo_at(Beat(0)), wished)
    return stepped(tempo_map.start, tempo_map.grid, steps)
