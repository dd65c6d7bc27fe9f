"""Free timing: what a conductor counts against the stop clock, stretch by stretch."""

from __future__ import annotations

from collections.abc import Sequence
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
LEAP = Fraction(12, 100)
"""A step of tempo larger than this is one that the conductor must be told of by itself."""
HEARD = Fraction(25, 1000)
"""Tempos that go one way by less than this are no rit. or accel."""


@dataclass(frozen=True, slots=True)
class FreeStretch:
    """Music of one tempo (or one ramp) and how it is counted, from `at` up to `end`.

    `written` counts a bar, or a whole ramp; `longer` counts two to four bars where thirds of a
    second fit those better than one bar. Both are None where no whole beats can be counted.
    Tempos that follow one another within a bar are one stretch, counted as a whole: a ramp where
    they go one way.
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
    return _gathered(tempo_map, found)


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


def _gathered(tempo_map: TempoMap, found: Sequence[FreeStretch]) -> tuple[FreeStretch, ...]:
    """Neighbours of less than a bar each are counted together: nobody beats one beat by the clock.

    Such a run ends at a barline, where the tempo turns or `MOST_BARS` are full.
    """
    runs: list[list[FreeStretch]] = []
    for one in found:
        if runs and _goes_on(tempo_map, runs[-1], one):
            runs[-1].append(one)
        else:
            runs.append([one])
    return tuple(run[0] if len(run) == 1 else _counted_whole(tempo_map, run) for run in runs)


def _goes_on(tempo_map: TempoMap, run: Sequence[FreeStretch], one: FreeStretch) -> bool:
    last, grid = run[-1], tempo_map.grid
    meter = grid.bars[grid.index_at(one.at)].meter
    within_a_bar = _within_a_bar(tempo_map, last) and _within_a_bar(tempo_map, one)
    if not within_a_bar or last.end != one.at or last.tempo.unit != meter.click:
        return False
    if abs(one.tempo.bpm / last.tempo.bpm - 1) > LEAP:
        return False
    full = (one.at - run[0].at).quarters >= MOST_BARS * meter.length.quarters
    barline = grid.starts[grid.index_at(one.at)] == one.at
    return not barline or (_one_way([*run, one]) and not full)


def _within_a_bar(tempo_map: TempoMap, one: FreeStretch) -> bool:
    grid = tempo_map.grid
    length = grid.bars[grid.index_at(one.at)].meter.length
    return not one.ramp and (one.end - one.at).quarters < length.quarters


def _one_way(run: Sequence[FreeStretch]) -> bool:
    bpm = [one.tempo.bpm for one in run]
    return bpm in (sorted(bpm), sorted(bpm, reverse=True))


def _counted_whole(tempo_map: TempoMap, run: Sequence[FreeStretch]) -> FreeStretch:
    """A run as one stretch of its real length; its tempo is the first, or the mean of no ramp."""
    at, end, first, last = run[0].at, run[-1].end, run[0].tempo, run[-1].tempo
    seconds = (tempo_map.time_at(end) - tempo_map.time_at(at)).seconds
    beats = (end - at).quarters / first.unit.quarters
    whole = beats.denominator == 1
    written = WrittenClick(int(beats), max(1, thirds_of(seconds))) if whole else None
    ramp = _one_way(run) and abs(last.bpm / first.bpm - 1) > HEARD
    tempo = first if ramp else Tempo(60 * beats / seconds, first.unit)
    return FreeStretch(at, end, tempo, written, None, ramp, ramp and last.bpm < first.bpm)
