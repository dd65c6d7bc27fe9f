"""Some bars of a score by themselves, at their own tempos, under their own bar labels."""

from __future__ import annotations

from dataclasses import replace

from scorestage.errors import InputError
from scorestage.music import Score
from scorestage.music.replaying import PlayedSpan, replayed
from scorestage.timebase import (
    BarGrid,
    Beat,
    Beats,
    Fermata,
    FilmSpan,
    FreeBar,
    Ramp,
    Steady,
    TempoMap,
)


def passage(score: Score, tempo_map: TempoMap, asked: str) -> tuple[Score, TempoMap]:
    """The bars `asked` for by their labels, `17-32` or `17`, with all that holds there.

    Raises `InputError` where there is no such bar, or the last stands before the first.
    """
    grid = score.grid
    first, last = _bar_of(grid, asked.partition("-")[0]), _bar_of(grid, asked.rpartition("-")[2])
    if last < first:
        raise InputError(f"bars {asked!r} end before they begin")
    upbeat = Beats(0) if first else grid.pickup
    alone = BarGrid(grid.bars[first : last + 1], upbeat)
    low, high = grid.starts[first], grid.starts[last + 1]
    begins = low - upbeat
    spans = (PlayedSpan(Beat(0) - upbeat, high - begins, begins),)
    return replayed(score, spans, alone), map_between(tempo_map, low, high, alone)


def map_between(tempo_map: TempoMap, low: Beat, high: Beat, grid: BarGrid) -> TempoMap:
    """The tempos from `low` to `high` as a map of their own over the bars of `grid`.

    >>> from scorestage.timebase import FilmTime, Meter, Tempo
    >>> bars = BarGrid.regular(4, Meter(4, 4))
    >>> tempos = (Steady(Beat(0), Tempo(60)), Steady(Beat(8), Tempo(90)))
    >>> whole = TempoMap(FilmTime(0), bars, tempos)
    >>> map_between(whole, Beat(4), Beat(16), BarGrid(bars.bars[1:])).events[1].at
    Beat('4')
    """
    move = Beat(0) - low
    events: list[Steady | Ramp | Fermata | FreeBar] = []
    for one in tempo_map.events:
        if isinstance(one, Steady):
            if low <= one.at < high:
                events.append(replace(one, at=one.at + move))
            continue
        begins, ends = max(low, one.at), min(high, one.at + one.length)
        if begins < ends:
            events.append(_clipped(one, begins, ends, move))
    if not events or events[0].at > Beat(0) or not isinstance(events[0], Steady | Ramp):
        events.insert(0, Steady(Beat(0), tempo_map.tempo_at(low)))
    return TempoMap(tempo_map.time_at(low), grid, tuple(events))


def _clipped(
    event: Ramp | Fermata | FreeBar, begins: Beat, ends: Beat, move: Beats
) -> Ramp | Fermata | FreeBar:
    """The part of a ramp, a hold or a free bar between two places, moved."""
    if isinstance(event, Ramp):
        opening, closing = (event.tempo_after(at - event.at) for at in (begins, ends))
        return Ramp(begins + move, ends - begins, opening, closing, event.law)
    share = (ends - begins).quarters / event.length.quarters
    played = FilmSpan(event.played.seconds * share)
    return type(event)(begins + move, ends - begins, played)


def _bar_of(grid: BarGrid, label: str) -> int:
    for place, bar in enumerate(grid.bars):
        if str(bar.label) == label.strip():
            return place
    ends = f"{grid.bars[0].label} to {grid.bars[-1].label}"
    raise InputError(f"there is no bar {label.strip()!r}", do=f"the bars are {ends}: --bars 17-32")
