"""Taps as they came, and as they count: which beat each one stands for, which ones stand for none.

Human tapping scatters by 20 to 30 ms, beats are left out, hands bounce, the first tap is often
a false start. What is asked for is the likeliest count: the one whose beat lengths follow one
another most evenly, found exactly by dynamic programming over (tap, tap before it, beats between).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from scorestage.errors import FitError
from scorestage.timebase import FilmTime

FEWEST = 3
MOST_STRAYS = 3
"""How many taps in a row may be strays."""
STEPS = (Fraction(1, 2), Fraction(1, 2), *(Fraction(count) for count in range(1, 9)))
"""Beats from one tap to the next that are thought of: to the half-beat and back, beats, gaps."""
OFF, BACK = 0, 1
"""The two half steps: whoever taps off the beat comes back to it."""
SCATTER_SECONDS = 0.025
HEED = 0.45
"""How much each beat says of the tempo after it, beside all beats before it."""
BREATH = 0.07
"""How much (as a logarithm) the length of a beat may change between two beats without surprise."""
LIKELY = 2.6
"""No beat is longer or shorter than the usual one by more than this factor."""
SUDDEN = 1.5
"""Beyond so many scatters a change is no chance: an *a tempo* costs in proportion, not squared."""
STRAY = 10.0
FALSE_START = 11.0
LEFT_OUT = (3.0, 1.5)
"""A gap costs the first number, and the second for every further beat left out."""
OTHER_LEVEL = 6.0
SAME_LEVEL = 0.4
"""Going on in half-notes, or in eighths, costs little once it was begun."""


@dataclass(frozen=True, slots=True)
class Tap:
    """One tap, clap, click or note onset on the film's clock; `strength` from 0 to 1."""

    at: FilmTime
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class CountedTap:
    """A tap with the beat it stands for, counted from 0 at the first one; None: a stray."""

    tap: Tap
    beat: Fraction | None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class _Way:
    """The cheapest count that ends with one tap reached from another by so many beats.

    `period_seconds` is how long a beat lasts there, the scatter of the last few evened out.
    """

    cost: float
    before: tuple[int, int, int] | None
    period_seconds: float


def count_taps(taps: tuple[Tap, ...]) -> tuple[CountedTap, ...]:
    """Say of every tap which beat it is; raises `FitError` for fewer than three that make sense.

    >>> taps = tuple(Tap(FilmTime(at)) for at in ("0", "1/2", "1", "11/10", "2", "5/2", "3"))
    >>> [str(one.beat) for one in count_taps(taps)]
    ['0', '1', '2', 'None', '4', '5', '6']
    """
    ordered = tuple(sorted(taps, key=lambda tap: tap.at))
    if len(ordered) < FEWEST:
        raise FitError(
            f"{len(ordered)} tap{'s are' if len(ordered) != 1 else ' is'} too few to tell a tempo",
            do=f"tap at least {FEWEST} beats",
        )
    seconds = [float(tap.at.seconds) for tap in ordered]
    beats = _counted(seconds)
    if sum(beat is not None for beat in beats) < FEWEST:
        raise FitError("the taps keep no beat", do="tap again, evenly")
    told = []
    held: Fraction | None = None
    for tap, beat in zip(ordered, beats, strict=True):
        told.append(CountedTap(tap, beat, _remark(beat, held)))
        held = held if beat is None else beat
    return tuple(told)


def _remark(beat: Fraction | None, held: Fraction | None) -> str:
    if beat is None:
        return "a false start: no beat" if held is None else "stray or doubled: no beat"
    if held is None or beat - held == 1:
        return ""
    if beat - held < 1:
        return "tapped on the half-beat"
    left_out = beat - held - 1
    return f"{left_out} beat{'s' if left_out > 1 else ''} left out before it"


def _counted(seconds: list[float]) -> list[Fraction | None]:
    """The beat of each tap on the cheapest way through."""
    usual = _usual_period(seconds)
    ways: dict[tuple[int, int, int], _Way] = {}
    count = len(seconds)
    for here in range(1, count):
        for before in range(max(0, here - 1 - MOST_STRAYS), here):
            for level, step in enumerate(STEPS):
                found = _arriving(seconds, ways, usual, here, before, level, step)
                if found is not None:
                    ways[here, before, level] = found
    ends = [
        (way.cost + FALSE_START * (count - 1 - place[0]), place)
        for place, way in ways.items()
        if place[0] >= count - 1 - MOST_STRAYS
    ]
    if not ends:
        return [None] * count
    place: tuple[int, int, int] | None = min(ends)[1]
    trail = []
    while place is not None:
        trail.append(place)
        place = ways[place].before
    trail.reverse()
    beats: list[Fraction | None] = [None] * count
    beat = Fraction(0)
    beats[trail[0][1]] = beat
    for here, _, level in trail:
        beat += STEPS[level]
        beats[here] = beat
    return beats


def _arriving(
    seconds: list[float],
    ways: dict[tuple[int, int, int], _Way],
    usual: float,
    here: int,
    before: int,
    level: int,
    step: Fraction,
) -> _Way | None:
    """The cheapest way to reach tap `here` from tap `before` as so many beats."""
    gap = seconds[here] - seconds[before]
    if gap <= 0.02:
        return None
    period = gap / float(step)
    if not 1 / LIKELY < period / usual < LIKELY:
        return None
    own = STRAY * (here - before - 1) + 0.5 * (math.log(period / usual) / 0.5) ** 2
    best: _Way | None = None
    if before <= MOST_STRAYS and level != BACK:
        cost = own + FALSE_START * before + _level_cost(level, BACK)
        best = _Way(cost, None, period)
    for earlier in range(max(0, before - 1 - MOST_STRAYS), before):
        for held in _followed_by(level):
            way = ways.get((before, earlier, held))
            if way is None:
                continue
            cost = way.cost + own + _level_cost(level, held)
            if best is not None and cost >= best.cost:
                continue
            cost += _surprise(period, gap, level, way.period_seconds)
            if best is None or cost < best.cost:
                smooth = way.period_seconds * (period / way.period_seconds) ** HEED
                best = _Way(cost, (before, earlier, held), smooth)
    return best


def _surprise(period: float, gap: float, level: int, held: float) -> float:
    """How unlikely a beat of `period` seconds is where those before it lasted about `held`."""
    scatter = 2.5 * SCATTER_SECONDS**2 / gap**2
    breath = BREATH**2 * max(1.0, float(STEPS[level]))
    away = abs(math.log(period / held)) / math.sqrt(breath + scatter)
    return away * away if away < SUDDEN else SUDDEN * (2 * away - SUDDEN)


def _followed_by(level: int) -> tuple[int, ...]:
    """The steps that may come before a step of this level."""
    if level == BACK:
        return (OFF,)
    return tuple(held for held in range(len(STEPS)) if held != OFF)


def _level_cost(level: int, held: int) -> float:
    step = STEPS[level]
    if step == 1:
        return 0.0
    if step <= 2 and step == STEPS[held]:
        return SAME_LEVEL
    if level == BACK:
        return SAME_LEVEL
    if level == OFF:
        return OTHER_LEVEL
    return LEFT_OUT[0] + LEFT_OUT[1] * float(step - 1)


def _usual_period(seconds: list[float]) -> float:
    """The median time between taps, bounces left out."""
    gaps = sorted(later - one for one, later in pairwise(seconds) if later - one > 0.02)
    if not gaps:
        raise FitError("all taps fall together", do="tap at least three beats")
    middle = gaps[len(gaps) // 2]
    longer = [gap for gap in gaps if gap > 0.3 * middle]
    return longer[len(longer) // 2]
