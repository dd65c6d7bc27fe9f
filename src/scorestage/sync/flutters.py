"""Flutters: bars, phrases and tempo changes marked for a conductor who hears no click."""

from __future__ import annotations

from collections.abc import Sequence

from scorestage.sync.marks import Flutter, Punch, StageWarning, Trouble
from scorestage.sync.scheme import FlutterWish
from scorestage.timebase import Beat, FrameRate, Ramp, Steady, TempoMap, free_stretches

BREATH_FRAMES = 2
"""So many dark frames at least between a flutter and any other flash, or it cannot be read."""


def planned_flutters(
    tempo_map: TempoMap,
    rate: FrameRate,
    wish: FlutterWish,
    colour: str,
    back: Sequence[int] = (),
    phrase_starts: tuple[tuple[Beat, str], ...] = (),
) -> tuple[Flutter, ...]:
    """The flutters that are wished for, in film order, one a frame; `back` are frames of re-entry.

    What weighs more gives the name: back in tempo, a tempo change, a phrase, a bar by count.
    """
    named: dict[int, str] = dict.fromkeys(back, "back in tempo")

    def mark(at: Beat, words: str) -> None:
        if not tempo_map.is_free(at):
            named.setdefault(rate.nearest_frame(tempo_map.time_at(at)), words)

    if wish.tempos:
        for at, words in tempo_changes(tempo_map):
            mark(at, words)
    if wish.phrases:
        for at, words in phrase_starts:
            mark(at, f"phrase {words}".strip())
    if wish.every_bars:
        grid = tempo_map.grid
        for index in range(0, len(grid.bars), wish.every_bars):
            mark(grid.starts[index], f"bar {grid.bars[index].label}")
    return tuple(
        Flutter(frame, wish.punches, colour, words) for frame, words in sorted(named.items())
    )


def tempo_changes(tempo_map: TempoMap) -> tuple[tuple[Beat, str], ...]:
    """Beats at which the written tempo changes, or begins to.

    What a conductor counts as a whole (tempos that change within a bar) is one change.

    >>> from scorestage.timebase import Beats, FilmTime, BarGrid, Meter, Tempo
    >>> events = (Steady(Beat(0), Tempo(96)), Steady(Beat(8), Tempo(88)))
    >>> tempo_changes(TempoMap(FilmTime(0), BarGrid.regular(4, Meter(4, 4)), events))
    ((Beat('8'), 'tempo 88'),)
    """
    found: list[tuple[Beat, str]] = []
    before = None
    stretches = free_stretches(tempo_map)
    ramps = {one.at: "rit." if one.slower else "accel." for one in stretches if one.ramp}
    for event in tempo_map.events:
        if isinstance(event, Ramp):
            slower = event.end.quarters_per_minute < event.start.quarters_per_minute
            if before is not None:
                found.append((event.at, "rit." if slower else "accel."))
            before = event.end
        elif isinstance(event, Steady):
            inside = any(one.at < event.at < one.end for one in stretches)
            if before is not None and event.tempo != before and not inside:
                words = ramps.get(event.at, f"tempo {float(event.tempo.bpm):.4g}")
                found.append((event.at, words))
            before = event.tempo
    return tuple(found)


def flutters_between(
    flutters: Sequence[Flutter], punches: Sequence[Punch], kept: Sequence[int] = ()
) -> tuple[tuple[Flutter, ...], tuple[StageWarning, ...]]:
    """The flutters that can be read between the punches; which were left out, and why.

    A punch on the flutter's own beat already marks it. Those on the frames `kept` always stay.
    """
    found: list[Flutter] = []
    told: list[StageWarning] = []
    flashing = [(frame, punch.into, punch.frame) for punch in punches for frame in punch.shown]
    order = sorted(flutters, key=lambda one: (one.frame not in kept, one.frame))
    for one in order:
        first, last = one.shown[0] - BREATH_FRAMES, one.shown[-1] + BREATH_FRAMES
        near = [mark for mark in flashing if first <= mark[0] <= last]
        if not near or one.frame in kept:
            found.append(one)
            flashing += [(frame, one.marks, one.frame) for frame in one.shown]
        elif all(mark[2] != one.frame for mark in near):
            told.append(_left_out(one, near[0][1], abs(near[0][2] - one.frame)))
    return tuple(sorted(found, key=lambda one: one.frame)), tuple(told)


def _left_out(one: Flutter, other: str, apart: int) -> StageWarning:
    return StageWarning(
        Trouble.LEFT_OUT,
        one.marks,
        other,
        apart,
        f"the flutter at {one.marks} would lie {apart} frames from the flash of {other}",
        "it is left out, so that the other can be read",
    )
