"""A tempo path written down exactly: plain tempos, errors that never add up."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

from scorestage.errors import FitError
from scorestage.tempofit.played.line import TempoPath
from scorestage.tempofit.played.values import Follow
from scorestage.timebase import (
    BarGrid,
    Beat,
    Beats,
    FilmTime,
    Ramp,
    RampLaw,
    Steady,
    Tempo,
    TempoEvent,
    TempoMap,
)

PLAIN = (1, 2, 4, 10, 20, 100, 1000, 10**4, 10**6)
"""Denominators of a tempo, plainest first."""
FLAT = 0.006
"""A ramp that changes the tempo by less (as a logarithm) is a steady span."""
SAME = 0.0005
"""A step smaller than this is none."""
SLACK_SECONDS = Fraction(1, 1000)
CLOSE_SECONDS = Fraction(1, 20_000)
NANOSECONDS = 10**9
START_PARTS = 10_000
"""Bar 1 begins on a tenth of a millisecond: a plain number to read."""


def write_path(path: TempoPath, grid: BarGrid, follow: Follow, ramps: bool) -> TempoMap:
    """The path as a map: an event where it bends, or one a bar.

    Each stretch gets the plainest tempo that ends within a millisecond of the path, from the exact
    moment that the stretch before it reached.
    """
    start = Fraction(round(path.second_at(0.0) * START_PARTS), START_PARTS)
    bending = follow is Follow.SPANS
    knots = _knots(path, grid, every_bar=not bending)
    reached, events = start, list[TempoEvent]()
    for knot, after in pairwise(knots):
        length = after - knot
        target = exact_seconds(path.second_at(float(after.quarters)))
        first = path.quarter_lasts(float(knot.quarters))
        last = path.quarter_lasts(float(after.quarters), before=True)
        _refuse_backwards(grid, knot, first, last, target - reached)
        click = grid.bars[grid.index_at(knot)].meter.click
        if bending and ramps and abs(math.log(last / first)) > FLAT:
            ramp = _ramp(knot, length, first, target - reached, click)
            events.append(ramp)
            reached += ramp.seconds_after(length)
            continue
        clicks = length.quarters / click.quarters
        bpm = _plainest(clicks, target - reached, SLACK_SECONDS)
        held = events[-1].tempo if events and isinstance(events[-1], Steady) else None
        if held is not None and held.unit == click and abs(math.log(held.bpm / bpm)) < SAME:
            drift = abs(60 * clicks / held.bpm - (target - reached))
            bpm = held.bpm if drift <= 2 * SLACK_SECONDS else bpm
        if held is None or held.of(click).bpm != bpm:
            events.append(Steady(knot, Tempo(bpm, click)))
        reached += 60 * clicks / bpm
    return TempoMap(FilmTime(start), grid, tuple(events))


def write_beats(moments: tuple[tuple[Beat, Fraction], ...], grid: BarGrid) -> TempoMap:
    """A map that is at every place at its moment, a tempo from each to the next.

    `moments` are places in order with their seconds; each is met within 1/20 ms.
    """
    reached, events = moments[0][1], list[TempoEvent]()
    for (at, _), (after, target) in pairwise(moments):
        click = grid.bars[grid.index_at(at)].meter.click
        clicks = (after - at).quarters / click.quarters
        if target <= reached:
            raise FitError(f"the take goes backwards at {grid.position(at)}", do="drop that tap")
        bpm = _plainest(clicks, target - reached, CLOSE_SECONDS)
        if not events or events[-1] != Steady(events[-1].at, Tempo(bpm, click)):
            events.append(Steady(at, Tempo(bpm, click)))
        reached += 60 * clicks / bpm
    found = TempoMap(FilmTime(0), grid, tuple(events))
    shift = moments[0][1] - found.time_at(moments[0][0]).seconds
    return TempoMap(FilmTime(shift), grid, tuple(events))


def exact_seconds(seconds: float) -> Fraction:
    """Seconds on the nanosecond grid.

    >>> exact_seconds(0.1)
    Fraction(1, 10)
    """
    return Fraction(round(seconds * NANOSECONDS), NANOSECONDS)


def _knots(path: TempoPath, grid: BarGrid, every_bar: bool) -> list[Beat]:
    """Where events stand: barlines at which the path bends, or all of them."""
    bent = {path.until, *(bend.quarters for bend in path.bends)}
    inside = [at for at in grid.starts[1:-1] if every_bar or float(at.quarters) in bent]
    return [Beat(0), *inside, grid.end]


def _ramp(at: Beat, length: Beats, first: float, seconds: Fraction, click: Beats) -> Ramp:
    """A ramp with a plain first tempo that lasts so many seconds; beats lengthen evenly."""
    start = _rounded_bpm(60 / (first * float(click.quarters)), 100)
    clicks = length.quarters / click.quarters
    shortest = 2 * seconds / (60 * clicks) - 1 / start
    end = 1 / shortest if shortest > 0 else start
    ending = Fraction(round(end * 1000), 1000)
    return Ramp(at, length, Tempo(start, click), Tempo(ending, click), RampLaw.LINEAR_INTERVAL)


def _rounded_bpm(bpm: float, parts: int) -> Fraction:
    return Fraction(round(bpm * parts), parts)


def _plainest(clicks: Fraction, seconds: Fraction, slack: Fraction) -> Fraction:
    """The plainest tempo at which so many clicks last `seconds`, give or take `slack`."""
    ideal = 60 * clicks / seconds
    for denominator in PLAIN:
        bpm = Fraction(round(ideal * denominator), denominator)
        if bpm > 0 and abs(60 * clicks / bpm - seconds) <= slack:
            return bpm
    return ideal


def _refuse_backwards(
    grid: BarGrid, at: Beat, first: float, last: float, seconds: Fraction
) -> None:
    if first > 0 and last > 0 and seconds > 0:
        return
    raise FitError(
        f"no tempo leads on from {grid.position(at)}: hits and take contradict each other there",
        do="drop a hit near it, or move it to where the take is",
    )
