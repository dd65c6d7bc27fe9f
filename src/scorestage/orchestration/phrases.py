"""Cutting a cue into phrases: the stretches that are scored in one way.

Where a phrase begins depends on bars, rehearsal marks and how loud the sketch is there, never on
what was decided for another phrase; so a changed bar changes the scoring of its own phrase only.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate, pairwise

from scorestage.music import MarkKind, Sketch
from scorestage.orchestration.levels import tier_of
from scorestage.orchestration.reading import StrandReading
from scorestage.orchestration.timing import Timing
from scorestage.orchestration.values import Phrase, Tone

_SHORT_SECONDS = 7.0
_LONG_SECONDS = 22.0
_JUMP = 1.4
_STAYS = 0.9


def cut(
    sketch: Sketch, strands: Sequence[StrandReading], timing: Timing, seed: int
) -> tuple[Phrase, ...]:
    """The phrases of a cue in order; together they hold every bar once."""
    levels = _bar_levels(strands, timing)
    found: list[Phrase] = []
    number = 0
    for label, first, stop in _sections(sketch, timing):
        for turn, (begin, end) in enumerate(_chunks(first, stop, timing)):
            for letter, (low, high) in enumerate(_by_level(begin, end, levels)):
                name = f"{label}:{turn}:{letter}"
                found.append(_phrase(name, number, low, high, levels, timing, seed))
            number += 1
    return tuple(found)


def _phrase(
    name: str,
    number: int,
    first: int,
    stop: int,
    levels: Sequence[float | None],
    timing: Timing,
    seed: int,
) -> Phrase:
    start, end = timing.bar_start(first), timing.bar_start(stop)
    heard = [level for level in levels[first:stop] if level is not None]
    level = sum(heard) / len(heard) if heard else 0.0
    rise = heard[-1] - heard[0] if heard else 0.0
    lasting = timing.between(start, end)
    tier = tier_of(level)
    return Phrase(name, number, start, end, first, stop - 1, level, tier, rise, lasting, seed)


def _sections(sketch: Sketch, timing: Timing) -> list[tuple[str, int, int]]:
    count = len(sketch.grid.bars)
    starts = {0: "-"}
    for mark in sketch.marks:
        if mark.kind is MarkKind.REHEARSAL:
            starts[timing.bar(mark.at.quarters)] = mark.text
    order = [*sorted(starts), count]
    return [(starts[first], first, stop) for first, stop in pairwise(order) if stop > first]


def _chunks(first: int, stop: int, timing: Timing) -> list[tuple[int, int]]:
    """Two, four or eight bars each, by tempo; a short remainder joins the one before it."""
    bar_seconds = timing.between(timing.bar_start(first), timing.bar_start(first + 1))
    size = 4
    if 4 * bar_seconds < _SHORT_SECONDS:
        size = 8
    elif 4 * bar_seconds > _LONG_SECONDS:
        size = 2
    starts = list(range(first, stop, size))
    if len(starts) > 1 and stop - starts[-1] <= size // 2:
        starts.pop()
    return list(pairwise([*starts, stop]))


def _by_level(first: int, stop: int, levels: Sequence[float | None]) -> list[tuple[int, int]]:
    """The chunk, cut where it becomes clearly louder or softer and stays so.

    A single loud bar is a hit, not a new way of scoring.
    """
    starts = [first]
    heard: list[float] = []
    for bar in range(first, stop):
        level = levels[bar]
        if level is None:
            continue
        if heard:
            before = sum(heard) / len(heard)
            after = levels[bar + 1] if bar + 1 < len(levels) else level
            stays = after is None or abs(after - before) >= _STAYS
            if abs(level - before) >= _JUMP and stays:
                starts.append(bar)
                heard = []
        heard.append(level)
    return list(pairwise([*starts, stop]))


def _bar_levels(strands: Sequence[StrandReading], timing: Timing) -> list[float | None]:
    """How loud each bar is: the loudest strand that sounds, mean over its clicks."""
    spans = [
        (reading.curve, *_spans(line)) for reading in strands for line in reading.lines[:1] if line
    ]
    found: list[float | None] = []
    for index, bar in enumerate(timing.grid.bars):
        heard = []
        for offset in bar.meter.clicks:
            at = timing.bar_start(index) + offset.quarters
            now, late = float(at), float(at + Fraction(1, 2))
            here = [
                curve.at(at)
                for curve, starts, ends in spans
                if (before := bisect_left(starts, late)) and ends[before - 1] > now
            ]
            if here:
                heard.append(max(here))
        found.append(sum(heard) / len(heard) if heard else None)
    return found


def _spans(line: Sequence[Tone]) -> tuple[list[float], list[float]]:
    """Where a line's tones begin, and up to where it has sounded by then, in quarters."""
    ends = accumulate((float(tone.end) for tone in line), max)
    return [float(tone.start) for tone in line], list(ends)
