"""Music of the scene: it keeps its own time, is heard from somewhere in the tune, and cut off."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from scorestage.errors import InputError, Where
from scorestage.music import Score
from scorestage.music.replaying import PlayedSpan, replayed
from scorestage.production import Cue, WayOut
from scorestage.timebase import (
    Bar,
    BarGrid,
    BarLabel,
    Beat,
    Beats,
    FilmClock,
    FilmTime,
    Meter,
    Steady,
    TempoMap,
)

_PLACE = re.compile(r"(\d{1,4})(?::(\d{1,2}(?:\.\d+|/\d+)?))?")
_BARS_AFTER = 2
"""How many bars of the tune are written past the out, so that nothing leads to an ending."""
_NOTHING = Fraction(0)


def bar_and_beat(text: str) -> tuple[int, Fraction]:
    """Where in a tune: `17`, `17:3`, `17:3.5`.

    >>> bar_and_beat("17:3")
    (17, Fraction(3, 1))
    """
    match = _PLACE.fullmatch(text.strip())
    if match is None or int(match[1]) < 1:
        raise InputError(f"{text!r} is no place in a tune", do="write a bar, or bar:beat: 17:3")
    beat = Fraction(match[2] or 1)
    if beat < 1:
        raise InputError(f"{text!r}: beats count from 1")
    return int(match[1]), beat


def beginning(cue: Cue) -> FilmTime:
    """Where music of the scene is heard first; a cue without a place begins at zero."""
    return cue.start if cue.start is not None else FilmTime(0)


def rest_of_bar(cue: Cue, bar: int, beat: Fraction, meter: Meter) -> Fraction:
    """How many quarters of a bar are left where it is entered on a later beat; 0 on its first.

    Raises `InputError` for a beat that the bar has not.
    """
    into = meter.click.quarters * (beat - 1)
    if into >= meter.length.quarters:
        where = Where(cue=cue.number)
        raise InputError(f"bar {bar} of {meter} has no beat {beat}", where, "start at another beat")
    return meter.length.quarters - into if into else _NOTHING


def as_played(cue: Cue) -> Cue:
    """The cue as its players know it: source music has no hits, and does not know where it ends."""
    if not cue.is_source:
        return cue
    way_out = cue.way_out if cue.way_out is WayOut.BUTTON else WayOut.CUT
    return replace(cue, hits=(), way_out=way_out, dialogue=(), segue_to="")


def whole_map(cue: Cue, own: TempoMap) -> TempoMap:
    """The map of the whole tune: from its first bar to some bars past where it is left.

    `own` is the cue's map, from where it is heard first.
    """
    grid = own.grid
    lead = grid.bars[0].label.number - 1
    first = grid.bars[0].meter
    after = 0 if cue.way_out is WayOut.BUTTON else _BARS_AFTER
    meters = [bar.meter for bar in grid.bars]
    whole = ((first,) * lead, meters, (meters[-1],) * after)
    bars = [meter for run in whole for meter in run]
    shift = Beats(first.length.quarters * lead)
    tempo = own.tempo_at(Beat(0))
    start = FilmTime(own.start.seconds - shift.quarters * tempo.seconds_per_quarter)
    events = [replace(one, at=one.at + shift) for one in own.events if one.at > Beat(0)]
    labelled = tuple(Bar(meter, BarLabel(number)) for number, meter in enumerate(bars, start=1))
    return TempoMap(start, BarGrid(labelled), (Steady(Beat(0), tempo), *events))


def heard_of(score: Score, whole: TempoMap, own: TempoMap, end: FilmTime | None) -> Score:
    """What is heard of a whole tune: from the cue's first sound to its out, cut off where it is.

    A note that sounds at either edge is cut there.
    """
    grid = own.grid
    low = whole.beat_at(own.start) - grid.pickup
    out = own.beat_at(end) if end is not None else grid.end
    until = min(out, grid.end)
    length = (until - (Beat(0) - grid.pickup)).quarters
    span = PlayedSpan(Beat(0) - grid.pickup, Beats(length), low)
    return replayed(score, [span], grid)


def source_remarks(cue: Cue, clock: FilmClock) -> tuple[str, ...]:
    """What a person should know of music of the scene."""
    told = []
    if not cue.keeps_own_time:
        return ()
    if cue.live_hits:
        many = len(cue.live_hits)
        told.append(f"it keeps its own time: hits are left to the scene ({many})")
    if cue.start_at:
        told.append(f"it is heard from bar {cue.start_at} of the tune on")
    if cue.end is not None and cue.leaves is WayOut.CUT:
        label = clock.nearest_label(cue.end)
        told.append(f"it plays on past its out and is cut off at {label}")
    return tuple(told)
