"""Stretches of the new cut that run at another speed: fast, slow, or a film at another rate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

import numpy as np

from scorestage.conform.lines import Line, Weighing, old_frames
from scorestage.conform.pictures import Floats, Numbers
from scorestage.conform.seeds import Finds, Search
from scorestage.conform.tracks import Stretch

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


def other_speeds(
    way: Sequence[Stretch], noise: tuple[float, float], search: Search, weighing: Weighing
) -> list[Line]:
    """Lines at other speeds through those new frames that the way so far explains badly.

    `noise` is how unlike frames are that are the same, in the middle and at most.
    """
    told = _told(way)
    return [
        line
        for first, last in _doubtful(way, doubtful(noise))
        if (line := _line(first, last, told, search, weighing)) is not None
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
        line = _sloped(slope, first, last, weighing)
        if line is not None:
            found.append(line)
    return found


def _passes(line: Line, joints: Sequence[tuple[int, float]]) -> bool:
    return all(
        line.first <= new < line.last and abs(line.old(new) - old) <= _OFF_SLOPE
        for new, old in joints
    )


def _sloped(
    slope: float, first: tuple[int, float], last: tuple[int, float], weighing: Weighing
) -> Line | None:
    """The line of about this slope that fits best between two joints."""
    near = [one for one in SPEEDS if abs(float(one) / slope - 1) < _NEAR_SPEED]
    if not near:
        near = [Fraction(slope).limit_denominator(_LARGEST)]
    middle = (first[0] + last[0]) / 2, (first[1] + last[1]) / 2
    tried = []
    for speed in near:
        start = round((middle[1] - float(speed) * middle[0]) * _PHASES)
        for step in range(-_SEARCHED * _PHASES, _SEARCHED * _PHASES + 1):
            tried.append((Fraction(start + step, _PHASES), speed))
    best = weighing.best(tried, first[0], last[0])
    return None if best is None else weighing.line(*best, first[0], last[0], last[0] - first[0])


def _doubtful(way: Sequence[Stretch], most: float) -> Iterator[tuple[int, int]]:
    """Runs of new frames that are on no line, or on one that fits them worse than others fit."""
    costs = np.concatenate([one.costs for one in way]) if way else np.zeros(0, np.float32)
    bad = np.flatnonzero(costs > most)
    if not len(bad):
        return
    edges = np.flatnonzero(np.diff(bad) > _BRIDGED_FRAMES) + 1
    for run in np.split(bad, edges):
        first, last = int(run[0]), int(run[-1]) + 1
        if last - first >= LEAST_FRAMES:
            yield first, last


def _told(way: Sequence[Stretch]) -> Numbers:
    """Where the way puts each new frame in the old film; -1 where nowhere."""
    told = np.full(way[-1].last if way else 0, -1, dtype=np.intp)
    for one in way:
        if one.line is not None:
            news = np.arange(one.first, one.last)
            told[news] = old_frames(one.line.at, one.line.speed, news)
    return told


def _line(first: int, last: int, told: Numbers, search: Search, weighing: Weighing) -> Line | None:
    step = max(1, (last - first) // _LOOKED_UP)
    probe = np.arange(first, last, max(1, (last - first) // _PROBED), dtype=np.intp)
    if len(probe) < last - first:
        seen = search.places(probe)
        if len(set(seen.new.tolist())) < _HALF * len(probe):
            return None
        if _right(seen, told) >= _MOST * len(probe):
            return None
    found = search.places(np.arange(first, last, step, dtype=np.intp))
    if len(found) < LEAST_FRAMES // 2:
        return None
    best: tuple[int, Fraction, int] | None = None
    for speed in (*SPEEDS, *_guessed(found)):
        agreeing, start = _agreeing(found, speed)
        if best is None or agreeing > best[0]:
            best = agreeing, speed, start
    looked_up = -(-(last - first) // step)
    if best is None or best[0] < max(LEAST_FRAMES // 2, _SHARE * looked_up):
        return None
    return _placed(found, best[1], best[2], weighing)


def _right(seen: Finds, told: Numbers) -> int:
    """How many frames are likest where the way puts them."""
    order = np.lexsort((seen.old != told[seen.new], seen.unlike, seen.new))
    news, first = np.unique(seen.new[order], return_index=True)
    return int((seen.old[order][first] == told[news]).sum())


def _agreeing(found: Finds, speed: Fraction) -> tuple[int, int]:
    """How many new frames lie on the best line of this speed, and where it begins."""
    starts = np.floor(found.old - float(speed) * found.new).astype(np.int64)
    low = int(starts.min())
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
