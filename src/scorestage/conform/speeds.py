"""Stretches of the new cut that run at another speed: fast, slow, or a film at another rate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

import numpy as np

from scorestage.conform.edges import new_cost
from scorestage.conform.lines import Line, Weighing, old_frames
from scorestage.conform.pictures import Floats, Numbers
from scorestage.conform.seeds import Finds, Search
from scorestage.conform.tracks import RETIMED, Stretch

SPEEDS: Final = tuple(
    Fraction(*pair)
    for pair in (
        *((2, 1), (1, 2), (3, 2), (2, 3), (3, 1), (1, 3), (4, 1), (1, 4), (5, 4), (4, 5)),
        *((4, 3), (3, 4), (6, 5), (5, 6), (25, 24), (24, 25), (5, 3), (3, 5), (5, 2), (2, 5)),
    )
)
LEAST_FRAMES: Final = 8
_LOOKED_UP, _BRIDGED_FRAMES, _SHARE = 96, 8, 0.6
_DOUBT, _ABOVE = 0.004, 3.0
_GUESSES, _LARGEST = 240, 8
_PROBED, _HALF, _MOST = 12, 0.5, 0.75
_PHASES = 4
_EVEN = 1e-4
_WINDOW_FRAMES, _NEARLY_PLAIN, _OFF_SLOPE, _SEARCHED = 600, 0.03, 4.0, 3
_NEAR_SPEED = 0.2
_LEAST_POINTS, _OFF_POINT = 4, 2.5


def other_speeds(
    way: Sequence[Stretch], noise: tuple[float, float], search: Search, weighing: Weighing
) -> list[Line]:
    """Lines at other speeds through those new frames that the way so far explains badly.

    `noise` is how unlike frames are that are the same, in the middle and at most.
    """
    told, most = _told(way), new_cost(noise)
    return [
        line
        for first, last in _doubtful(way, noise, told)
        if (line := _line(first, last, told, search, weighing, most)) is not None
    ]


def doubtful(noise: tuple[float, float]) -> float:
    """From how unlike on a frame may be another, in films of so much noise."""
    return noise[0] + max(_DOUBT, _ABOVE * (noise[1] - noise[0]))


def drifting(way: Sequence[Stretch], weighing: Weighing) -> list[Line]:
    """Lines at other speeds through joints that lie on a slope.

    Where a slow shot is explained by pieces at the old speed, each begins a little later (or, of a
    fast one, earlier) than the last, and the joints between them lie on its line.
    """
    joints = [
        (two.first, two.first + float(one.line.at + two.line.at) / 2)
        for one, two in pairwise(one for one in way if one.line is not None and one.line.plain)
        if one.line is not None and two.line is not None and one.line.at != two.line.at
    ]
    found: list[Line] = []
    for first, middle, last in zip(joints, joints[1:], joints[2:], strict=False):
        wide = last[0] - first[0]
        if wide < LEAST_FRAMES or wide > _WINDOW_FRAMES:
            continue
        slope = (last[1] - first[1]) / wide
        if not 1 / _LARGEST < slope < _LARGEST or abs(slope - 1) < _NEARLY_PLAIN:
            continue
        if abs(first[1] + slope * (middle[0] - first[0]) - middle[1]) > _OFF_SLOPE:
            continue
        if any(_passes(line, (first, middle, last)) for line in found):
            continue
        near = [one for one in SPEEDS if abs(float(one) / slope - 1) < _NEAR_SPEED]
        near = near or [Fraction(slope).limit_denominator(_LARGEST)]
        line = _sloped(near, first, last, weighing)
        if line is not None:
            found.append(line)
    return found


def sloping(found: Finds, weighing: Weighing) -> list[Line]:
    """Lines at other speeds through finds that lie on a slope, where no line at the old speed does.

    A shot at half speed is found, a few frames each, on many lines at the old speed; its own line
    spares them.
    """
    order = np.lexsort((found.unlike, found.new))
    news, first = np.unique(found.new[order], return_index=True)
    olds = found.old[order][first]
    points = list(zip(news.tolist(), olds.tolist(), strict=True))
    lines: list[Line] = []
    begin = 0
    while begin + _LEAST_POINTS <= len(points):
        end = _slope_end(points, begin)
        part, begin = slice(begin, end), begin + 1
        if part.stop - part.start < _LEAST_POINTS:
            continue
        line = _better_sloped(news[part], olds[part], weighing)
        if line is not None:
            lines.append(line)
            begin = end
    return lines


def _slope_end(points: Sequence[tuple[int, int]], begin: int) -> int:
    """To where points lie on one line from a first one, that does not run at the old speed."""
    (new, old), low, high = points[begin], 1 / _LARGEST, float(_LARGEST)
    best = begin
    for end in range(begin + 1, len(points)):
        wide, rise = points[end][0] - new, points[end][1] - old
        low, high = max(low, (rise - _OFF_POINT) / wide), min(high, (rise + _OFF_POINT) / wide)
        if wide > _WINDOW_FRAMES or not low <= rise / wide <= high:
            break
        if abs(rise - wide) >= _OFF_SLOPE:
            best = end + 1
    return best


def _better_sloped(news: Numbers, olds: Numbers, weighing: Weighing) -> Line | None:
    """The line on the slope of these points, if those at the old speed fit clearly worse."""
    ends = int(news[0]), int(news[-1])
    slope = (int(olds[-1]) - int(olds[0])) / (ends[1] - ends[0])
    near = [
        one
        for one in SPEEDS
        if abs(float(one) / slope - 1) < _NEAR_SPEED
        or abs(float(one) - slope) * (ends[1] - ends[0]) < _OFF_POINT
    ]
    points = (ends[0], float(olds[0])), (ends[1], float(olds[-1]))
    line = _sloped(near, *points, weighing) if near else None
    if line is None:
        return None
    sampled = np.arange(*ends, max(1, (ends[1] - ends[0]) // _LOOKED_UP))
    offsets = np.unique(olds - news).tolist()
    plain = [(Fraction(one), Fraction(1)) for one in offsets]
    plain = [one for one in plain if weighing.holds(*one, *ends)]
    mine = float(weighing.means([(line.at, line.speed)], sampled)[0])
    others = weighing.means(plain, sampled) if plain else np.ones(1, dtype=np.float32)
    gained = float(others.min()) - mine
    return line if gained > mine and gained * (ends[1] - ends[0]) > 2 * RETIMED else None


def _passes(line: Line, joints: Sequence[tuple[int, float]]) -> bool:
    return all(
        line.first <= new < line.last and abs(line.old(new) - old) <= _OFF_SLOPE
        for new, old in joints
    )


def _sloped(
    near: Sequence[Fraction],
    first: tuple[int, float],
    last: tuple[int, float],
    weighing: Weighing,
) -> Line | None:
    """The line of one of these speeds that fits best between two joints."""
    middle = (first[0] + last[0]) / 2, (first[1] + last[1]) / 2
    tried = []
    for speed in near:
        start = round((middle[1] - float(speed) * middle[0]) * _PHASES)
        for step in range(-_SEARCHED * _PHASES, _SEARCHED * _PHASES + 1):
            tried.append((Fraction(start + step, _PHASES), speed))
    best = weighing.best(tried, first[0], last[0])
    return None if best is None else weighing.line(*best, first[0], last[0], last[0] - first[0])


def _doubtful(
    way: Sequence[Stretch], noise: tuple[float, float], told: Numbers
) -> Iterator[tuple[int, int]]:
    """Runs of new frames that are on no line, or on one that fits them worse than others fit.

    Not those of one line by which less could be gained than another speed costs.
    """
    costs = np.concatenate([one.costs for one in way]) if way else np.zeros(0, np.float32)
    bad = np.flatnonzero(costs > doubtful(noise))
    if not len(bad):
        return
    edges = np.flatnonzero(np.diff(bad) > _BRIDGED_FRAMES) + 1
    for run in np.split(bad, edges):
        first, last = int(run[0]), int(run[-1]) + 1
        if last - first < LEAST_FRAMES:
            continue
        around = told[max(0, first - _BRIDGED_FRAMES) : last + _BRIDGED_FRAMES]
        little = float(costs[first:last].sum()) - noise[0] * (last - first) < RETIMED
        if not (little and (np.diff(around) == 1).all()):
            yield first, last


def _told(way: Sequence[Stretch]) -> Numbers:
    """Where the way puts each new frame in the old film; -1 where nowhere."""
    told = np.full(way[-1].last if way else 0, -1, dtype=np.intp)
    for one in way:
        if one.line is not None:
            news = np.arange(one.first, one.last)
            told[news] = old_frames(one.line.at, one.line.speed, news)
    return told


def _line(
    first: int, last: int, told: Numbers, search: Search, weighing: Weighing, most: float
) -> Line | None:
    """The line at another speed through these frames, of which most must be found, no worse."""
    step = max(1, (last - first) // _LOOKED_UP)
    probe = np.arange(first, last, max(1, (last - first) // _PROBED), dtype=np.intp)
    seen = search.places(probe)
    seen = seen.only(seen.unlike < most)
    if len(set(seen.new.tolist())) < _HALF * len(probe):
        return None
    if _right(seen, told) >= _MOST * len(probe):
        return None
    found = search.places(np.arange(first, last, step, dtype=np.intp))
    found = found.only(found.unlike < most)
    looked_up = -(-(last - first) // step)
    least = max(LEAST_FRAMES // 2, int(-(-_SHARE * looked_up // 1)))
    best: tuple[int, Fraction, int] | None = None
    for speed in (*SPEEDS, *_guessed(found)) if len(found) >= least else ():
        agreeing, start = _agreeing(found, speed, least)
        if agreeing >= least:
            best, least = (agreeing, speed, start), agreeing + 1
    return None if best is None else _placed(found, best[1], best[2], weighing)


def _right(seen: Finds, told: Numbers) -> int:
    """How many frames are likest where the way puts them."""
    order = np.lexsort((seen.old != told[seen.new], seen.unlike, seen.new))
    news, first = np.unique(seen.new[order], return_index=True)
    return int((seen.old[order][first] == told[news]).sum())


def _agreeing(found: Finds, speed: Fraction, least: int) -> tuple[int, int]:
    """How many new frames lie on the best line of this speed, and where it begins.

    0 where they are surely fewer than `least`.
    """
    starts = np.floor(found.old - float(speed) * found.new).astype(np.int64)
    low = int(starts.min())
    rough = np.bincount(starts - low + 1, minlength=int(starts.max()) - low + 3)
    if int((rough[:-2] + rough[1:-1] + rough[2:]).max()) < least:
        return 0, low
    wide = int(found.new.max()) + 1
    near = (starts - low + 1)[:, None] + np.arange(-1, 2)
    every = np.unique((near * wide + found.new[:, None]).ravel())
    own = np.unique(near[:, 1] * wide + found.new)
    counts = np.bincount(every // wide)
    exact = np.bincount(own // wide, minlength=len(counts))
    counts[exact == 0] = 0
    best = int(np.lexsort((-np.arange(len(counts)), exact, counts))[-1])
    return int(counts[best]), best - 1 + low


def _guessed(found: Finds) -> Iterator[Fraction]:
    """Speeds that many pairs of finds tell."""
    chance = np.random.default_rng(len(found))
    pairs = chance.integers(0, len(found), (_GUESSES, 2))
    news = found.new[pairs[:, 1]] - found.new[pairs[:, 0]]
    olds = found.old[pairs[:, 1]] - found.old[pairs[:, 0]]
    wide = np.abs(news) >= LEAST_FRAMES // 2
    ratios = olds[wide] / news[wide]
    ratios = ratios[(ratios > 1 / _LARGEST) & (ratios < _LARGEST)]
    if not len(ratios):
        return
    counts, edges = np.histogram(np.log(ratios), bins=64)
    for index in np.argsort(-counts)[:3]:
        inside = (np.log(ratios) >= edges[index]) & (np.log(ratios) <= edges[index + 1])
        if inside.any():
            speed = Fraction(float(np.median(ratios[inside]))).limit_denominator(24)
            if speed not in SPEEDS and speed != 1:
                yield speed


def _placed(found: Finds, speed: Fraction, start: int, weighing: Weighing) -> Line | None:
    """The line at the phase that fits best."""
    near = np.abs(found.old - float(speed) * found.new - start) <= 2
    first, last = int(found.new[near].min()), int(found.new[near].max()) + 1
    low, high = Fraction(start - 1), Fraction(start + 2)
    phases = [low + (high - low) * step / (3 * _PHASES) for step in range(3 * _PHASES + 1)]
    told = [
        (_mostly(costs), at)
        for at in phases
        if (costs := weighing.short(at, speed, first, last)) is not None
    ]
    least = min((cost for cost, _ in told), default=0.0)
    best = next((at for cost, at in told if cost <= 1.1 * least + _EVEN), None)
    return None if best is None else weighing.line(best, speed, first, last, int(near.sum()))


def _mostly(costs: Floats) -> float:
    """The mean of the lower four fifths."""
    return float(np.sort(costs)[: -(-len(costs) * 4 // 5)].mean())
