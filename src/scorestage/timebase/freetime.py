"""Free timing: what a conductor counts against the stop clock, stretch by stretch."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scorestage.timebase.beats import Beat
from scorestage.timebase.meter import Meter
from scorestage.timebase.tempo import Fermata, FreeBar, Ramp, Steady, Tempo
from scorestage.timebase.tempomap import TempoMap
from scorestage.timebase.thirds import thirds_of
from scorestage.timebase.writtenclick import WrittenClick, drift_per_minute

MOST_BARS = 4
"""A conductor looks at the clock every four bars at the latest."""


@dataclass(frozen=True, slots=True)
class FreeStretch:
    """Music of one tempo (or one ramp) and how it is counted, from `at` up to `end`.

    `written` counts a bar, or a whole ramp; `longer` counts two to four bars where thirds of a
    second fit those better than one bar. Both are None where no whole beats can be counted.
    """

    at: Beat
    end: Beat
    tempo: Tempo
    written: WrittenClick | None
    longer: WrittenClick | None = None
    ramp: bool = False
    slower: bool = False
    """Whether a ramp is a rit."""


def free_stretches(tempo_map: TempoMap) -> tuple[FreeStretch, ...]:
    """The stretches of a map that are counted; fermatas and free bars have their own seconds.

    >>> from scorestage.timebase import BarGrid, FilmTime
    >>> cue = TempoMap.steady(FilmTime(0), Tempo(88), BarGrid.regular(8, Meter(4, 4)))
    >>> (one,) = free_stretches(cue)
    >>> str(one.written), str(one.longer)
    ('4 beats in :02⅔', '16 beats in :11')
    """
    found: list[FreeStretch] = []
    tempo: Tempo | None = None
    since = Beat(0)
    grid = tempo_map.grid

    def steady_up_to(end: Beat) -> None:
        if tempo is not None and end > since and since < grid.end:
            found.append(_steady(tempo_map, tempo, since, min(end, grid.end)))

    for event in tempo_map.events:
        at = max(event.at, Beat(0))
        if isinstance(event, Steady) and event.tempo == tempo and since == at:
            continue
        steady_up_to(at)
        if isinstance(event, Steady):
            tempo, since = event.tempo, at
        elif isinstance(event, Ramp):
            end = event.at + event.length
            found.append(_ramp(tempo_map, event, end))
            tempo, since = event.end, end
        elif isinstance(event, Fermata | FreeBar):
            since = event.at + event.length
    steady_up_to(grid.end)
    return tuple(found)


def bar_clicks(
    tempo: Tempo, meter: Meter, most_beats: Fraction
) -> tuple[WrittenClick | None, WrittenClick | None]:
    """A bar of a tempo in thirds of a second, and two to four bars where they drift less.

    No more than `most_beats` are counted; a shorter stretch is counted as a whole.
    """
    per_bar = len(meter.clicks)
    if most_beats < per_bar:
        whole = most_beats.denominator == 1 and most_beats >= 1
        return (WrittenClick.nearest(tempo, int(most_beats)) if whole else None), None
    one = WrittenClick.nearest(tempo, per_bar)
    bars = [WrittenClick.nearest(tempo, per_bar * count) for count in range(1, MOST_BARS + 1)]
    fitting = [click for click in bars if click.beats <= most_beats]
    best = min(fitting, key=lambda click: (abs(drift_per_minute(tempo, click.tempo)), click.beats))
    return one, None if best == one else best


def _steady(tempo_map: TempoMap, tempo: Tempo, since: Beat, end: Beat) -> FreeStretch:
    meter = tempo_map.grid.bars[tempo_map.grid.index_at(since)].meter
    counted = tempo.of(meter.click)
    beats = (end - since).quarters / meter.click.quarters
    written, longer = bar_clicks(counted, meter, beats)
    return FreeStretch(since, end, counted, written, longer)


def _ramp(tempo_map: TempoMap, ramp: Ramp, end: Beat) -> FreeStretch:
    """A whole rit. or accel. counted at once: its real length, to the nearest third."""
    meter = tempo_map.grid.bars[tempo_map.grid.index_at(ramp.at)].meter
    beats = ramp.length.quarters / meter.click.quarters
    played = tempo_map.time_at(end) - tempo_map.time_at(ramp.at)
    written = None
    if beats.denominator == 1 and beats >= 1:
        written = WrittenClick(int(beats), max(1, thirds_of(played.seconds)))
    slower = ramp.end.quarters_per_minute < ramp.start.quarters_per_minute
    return FreeStretch(ramp.at, end, ramp.start.of(meter.click), written, None, True, slower)
