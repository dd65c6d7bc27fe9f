"""Tempos of a tune that changes them: of a stretch of it, put elsewhere, all faster or slower."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scorestage.music import Articulation, Note
from scorestage.timebase import (
    BarGrid,
    Beat,
    Fermata,
    FilmSpan,
    FilmTime,
    Steady,
    Tempo,
    TempoMap,
)

HELD = 2
"""A fermata holds a note so many times as long as it is written."""

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


def holding(tempo_map: TempoMap, tune: Iterable[Note]) -> TempoMap:
    """A map that waits where the tune has fermatas; where its tempo changes under one, it does not.

    Whatever others play is held there too (`music.holding`).
    """
    found: list[Fermata] = []
    known = [event.at for event in tempo_map.events]
    for note in sorted(tune, key=lambda one: one.onset):
        low, high = note.onset, min(note.end, tempo_map.grid.end)
        if Articulation.FERMATA not in note.articulations or low < Beat(0) or low >= high:
            continue
        if any(low <= at < high and at != Beat(0) for at in known) or (
            found and found[-1].at + found[-1].length > low
        ):
            continue
        lasts = (tempo_map.time_at(high) - tempo_map.time_at(low)).seconds
        found.append(Fermata(low, high - low, FilmSpan(HELD * lasts)))
    if not found:
        return tempo_map
    events = sorted((*tempo_map.events, *found), key=lambda event: event.at)
    return TempoMap(tempo_map.start, tempo_map.grid, tuple(events))


def at_tempo(tempo_map: TempoMap, wished: Tempo) -> TempoMap:
    """A map that begins in another tempo, and changes as it did."""
    if len(tempo_map.events) == 1:
        return TempoMap.steady(tempo_map.start, wished, tempo_map.grid)
    steps = faster(tempo_map.baked(), tempo_map.tempo_at(Beat(0)), wished)
    return stepped(tempo_map.start, tempo_map.grid, steps)
