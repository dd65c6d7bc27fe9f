"""Where two stretches meet: the joint put where it belongs when the pictures leave it open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorestage.conform.lines import Line
from scorestage.conform.pictures import Floats
from scorestage.conform.tracks import JUMP, Stretch

_LONG_FRAMES = 24
_NEAR_CUT_FRAMES, _STILL_FRAMES, _CUT_WORTH = 12, 480, 0.05
_NOTHING = 1e-4
_LEAST_JUMP, _PER_NOISE = 0.15, 8.0
_LITTLE_SHARE, LITTLE_NEW = 0.2, 0.18
_LOW, _STEEP = 0.18, 2.0
_LITTLE_OFF, _COMES_BACK = 3, 1.5
LEAST_NEW: Final = 0.2
MOST_NEW: Final = 0.35


def noise_of(way: Sequence[Stretch]) -> tuple[float, float]:
    """How unlike the same picture is in both films: in the middle, and at four frames of five.

    Of stretches that are long enough to be beyond doubt; middling values where there are few.
    """
    costs = [one.costs for one in way if one.line is not None and one.frames >= _LONG_FRAMES]
    frames = sum(one.frames for one in way)
    if sum(map(len, costs)) < _LITTLE_SHARE * frames:
        return 0.0, (LITTLE_NEW - _LOW) / _STEEP
    every = np.concatenate(costs)
    low, high = np.quantile(every, (0.5, 0.8))
    return float(low), float(high)


def new_cost(noise: tuple[float, float]) -> float:
    """From how unlike on a frame is another picture, in films of so much noise.

    >>> round(new_cost((0.005, 0.01)), 2), new_cost((0.3, 0.35))
    (0.21, 0.5)
    """
    low, high = noise
    return min(max(MOST_NEW, low + LEAST_NEW), low + max(LEAST_NEW, _LOW + _STEEP * (high - low)))


def jump_cost(noise: tuple[float, float]) -> float:
    """What a change of line costs in films of so much noise.

    >>> jump_cost((0.0, 0.0)), jump_cost((0.1, 0.2))
    (0.15, 0.4)
    """
    low, high = noise
    return min(JUMP, _LEAST_JUMP + _PER_NOISE * (high - low))


def settled(way: Sequence[Stretch], even: float, new_cuts: NDArray[np.bool_]) -> list[Stretch]:
    """The way with each joint at a cut of the new film, or as late as the pictures allow.

    With a retimed shot as early where no cut is near. `new_cuts` tells where shots of the new
    film begin.

    Over a still picture or black, where the joint could be anywhere, the earlier shot so goes on
    as long as it did: what is missing or new is its tail. Two lines that differ by no more than
    `even` over all frames in question are equally good.
    """
    held: list[Stretch] = []
    even += _NOTHING
    way = _closed(_straightened(way))
    for nxt in way:
        one, other = held[-1] if held else None, nxt
        if one is None or one.line is None or other.line is None:
            held.append(other)
            continue
        if not (one.line.plain and other.line.plain):
            cut = _at_cut(one, other, even, new_cuts)
            cut = _at_crossing(one, other, even, new_cuts) if cut is None else cut
            early = one.last - _early(one.line, other.line, one.first + 1, one.last, even)
            whole = _whole(one.line, other.line, early, other.last - 1, even)
            joint = whole if cut is None else cut
            parts = [Stretch(one.first, joint, one.line), Stretch(joint, other.last, other.line)]
        elif (opened := _opened(one, other, even, new_cuts)) is not None:
            parts = opened
        else:
            cut = _at_cut(one, other, even, new_cuts)
            late = one.last + _late(one.line, other.line, one.last, other.last - 1, even)
            joint = late if cut is None else cut
            parts = [Stretch(one.first, joint, one.line), Stretch(joint, other.last, other.line)]
        held[-1:] = parts
    return held


def _straightened(way: Sequence[Stretch]) -> list[Stretch]:
    """Without frames that leave a line by very little and come back to it.

    What encoders blur, a fade graded otherwise, looks so; an editor's trim seldom comes back.
    """
    held = list(way)
    index = 1
    while index < len(held) - 1:
        spans = (1, 2) if index < len(held) - 2 else (1,)
        for count in spans:
            before, after = held[index - 1], held[index + count]
            inner = held[index : index + count]
            if _comes_back(before.line, after.line, inner):
                held[index - 1 : index + count + 1] = [
                    Stretch(before.first, after.last, before.line)
                ]
                index -= 1
                break
        index += 1
    return held


def _comes_back(line: Line | None, after: Line | None, inner: Sequence[Stretch]) -> bool:
    if line is None or after is None or not line.plain or line.at != after.at or not after.plain:
        return False
    lines = [one.line for one in inner if one.line is not None]
    first, last = inner[0].first, inner[-1].last
    if len(lines) != 1 or not lines[0].plain or last > line.last:
        return False
    off = abs(int(lines[0].at - line.at))
    if off > _LITTLE_OFF or any(one.line is None and one.frames > _LITTLE_OFF for one in inner):
        return False
    here = line.costs[first - line.first : last - line.first]
    there = np.concatenate([np.minimum(one.costs, MOST_NEW) for one in inner])
    return float((here - there).sum()) < _COMES_BACK


def _closed(way: Sequence[Stretch]) -> list[Stretch]:
    """Without new frames in the middle of where the way goes back: they are put in again whole."""
    held: list[Stretch] = []
    for index, one in enumerate(way):
        before = held[-1] if held else None
        after = way[index + 1] if index + 1 < len(way) else None
        if one.line is None and before is not None and after is not None:
            lines = before.line, after.line
            if lines[0] is not None and lines[1] is not None and lines[0].plain and lines[1].plain:
                back = lines[0].at - lines[1].at
                if (
                    one.frames < back < min(before.frames, after.frames)
                    and lines[0].last >= one.last
                    and _goes_on(lines[0], one)
                ):
                    held[-1] = Stretch(before.first, one.last, before.line)
                    continue
        held.append(one)
    return held


def _goes_on(line: Line, one: Stretch) -> bool:
    """Whether the picture of the line could be what these frames show."""
    costs = line.costs[one.first - line.first : one.last - line.first]
    return float(costs.mean()) < MOST_NEW


def _opened(
    one: Stretch, other: Stretch, even: float, cuts: NDArray[np.bool_]
) -> list[Stretch] | None:
    """Where the way goes back by some frames: as many new frames put in, where they fit best.

    At a cut of the new film if one will do, else as late as may be. None where it does not go
    back, or further than both stretches reach.
    """
    if one.line is None or other.line is None:
        return None
    back = one.line.old(one.last) - other.line.old(one.last)
    if back <= 0 or back >= min(one.frames, other.frames):
        return None
    low = max(one.first + 1, other.line.first - back, one.last - back - _STILL_FRAMES)
    high = min(one.line.last, other.last - 1 - back, one.last + _STILL_FRAMES)
    if high < low:
        return None
    here = one.line.costs[low - one.line.first : high - one.line.first]
    there = other.line.costs[low + back - other.line.first : high + back - other.line.first]
    worse = np.concatenate(([0.0], np.cumsum(here - there, dtype=np.float64)))
    worse -= worse.min()
    spots = np.arange(low, high + 1)
    at_cut = cuts[spots] | cuts[spots + back]
    good = np.flatnonzero(at_cut & (worse <= max(_CUT_WORTH, 2 * even)))
    if len(good):
        best = good[int(worse[good].argmin())]
        noise = max(even, float(np.median(np.minimum(here, there)))) if len(here) else even
        even_by_chance = 2 * noise * np.sqrt(1 + np.abs(good - best))
        spot = int(spots[good[worse[good] <= worse[best] + even_by_chance][-1]])
    else:
        spot = int(spots[np.flatnonzero(worse <= even)[-1]])
    return [
        Stretch(one.first, spot, one.line),
        Stretch(spot, spot + back, None),
        Stretch(spot + back, other.last, other.line),
    ]


def _at_cut(one: Stretch, other: Stretch, even: float, cuts: NDArray[np.bool_]) -> int | None:
    """The nearest cut of the new film where the joint would do nearly as well."""
    if one.line is None or other.line is None:
        return None
    low, high = _near(one, one.line, other, other.line)
    found = np.flatnonzero(cuts[low : high + 1]) + low
    for cut in sorted(found.tolist(), key=lambda frame: abs(frame - one.last)):
        if _does_as_well(one.line, other.line, one.last, cut, even):
            return int(cut)
    return None


def _at_crossing(one: Stretch, other: Stretch, even: float, cuts: NDArray[np.bool_]) -> int | None:
    """Where a shot changes its speed without a break: no frame is lost there or shown twice.

    None where that would not do nearly as well, or a cut of the new film is near.
    """
    if one.line is None or other.line is None or one.line.speed == other.line.speed:
        return None
    meet = (one.line.at - other.line.at) / (other.line.speed - one.line.speed)
    low, high = _near(one, one.line, other, other.line)
    joint = -(-meet.numerator // meet.denominator)
    fits = low <= joint <= high and not cuts[low : high + 1].any()
    return joint if fits and _does_as_well(one.line, other.line, one.last, joint, even) else None


def _near(one: Stretch, line: Line, other: Stretch, next_line: Line) -> tuple[int, int]:
    """The first and the last frame near the joint of two stretches to which it could be moved."""
    low = max(one.first + 1, next_line.first, one.last - _NEAR_CUT_FRAMES)
    return low, min(other.last - 1, line.last, one.last + _NEAR_CUT_FRAMES)


def _does_as_well(one: Line, other: Line, joint: int, moved: int, even: float) -> bool:
    """Whether the joint of two lines would do nearly as well elsewhere."""
    span = slice(min(moved, joint), max(moved, joint))
    here = one.costs[span.start - one.first : span.stop - one.first]
    there = other.costs[span.start - other.first : span.stop - other.first]
    worse = float((here - there).sum()) * (1 if moved > joint else -1)
    return worse <= max(_CUT_WORTH, 2 * even)


def _late(one: Line, other: Line, first: int, bound: int, even: float) -> int:
    """How many frames longer `one` may go on instead of `other`."""
    last = min(bound, one.last)
    if last <= first:
        return 0
    here = one.costs[first - one.first : last - one.first]
    there = other.costs[first - other.first : last - other.first]
    return _while_even(here - there, even)


def _early(one: Line, other: Line, bound: int, last: int, even: float) -> int:
    """How many frames earlier `other` may take over from `one`."""
    first = max(bound, other.first)
    if last <= first:
        return 0
    here = one.costs[first - one.first : last - one.first]
    there = other.costs[first - other.first : last - other.first]
    return _while_even((there - here)[::-1], even)


def _whole(one: Line, other: Line, joint: int, bound: int, even: float) -> int:
    """The joint moved so that a slow shot shows each old frame as often as its speed says."""
    slow = one if one.speed < other.speed else other
    moved = joint
    while moved < bound and slow.old(moved) == slow.old(moved - 1):
        moved += 1
    return (
        moved if moved == joint or _late(one, other, joint, moved, even) == moved - joint else joint
    )


def _while_even(worse: Floats, even: float) -> int:
    wrong = np.flatnonzero(np.cumsum(worse) > even)
    return int(wrong[0]) if len(wrong) else len(worse)
