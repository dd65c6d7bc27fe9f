"""Where two stretches meet: the joint put where it belongs when the pictures leave it open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from scorestage.conform.lines import Line
from scorestage.conform.pictures import Floats
from scorestage.conform.tracks import Stretch

_LONG_FRAMES = 24
_LOW, _STEEP = 0.08, 4.0
LEAST_NEW: Final = 0.1
MOST_NEW: Final = 0.35


def noise_of(way: Sequence[Stretch]) -> tuple[float, float]:
    """How unlike the same picture is in both films: in the middle, and at four frames of five.

    Of stretches that are long enough to be beyond doubt; two high values where there are none.
    """
    costs = [one.costs for one in way if one.line is not None and one.frames >= _LONG_FRAMES]
    if not costs:
        return MOST_NEW, MOST_NEW
    every = np.concatenate(costs)
    low, high = np.quantile(every, (0.5, 0.8))
    return float(low), float(high)


def new_cost(noise: tuple[float, float]) -> float:
    """From how unlike on a frame is another picture, in films of so much noise.

    >>> round(new_cost((0.005, 0.01)), 2), new_cost((0.3, 0.35))
    (0.12, 0.35)
    """
    return min(MOST_NEW, max(LEAST_NEW, _LOW + _STEEP * noise[1]))


def settled(way: Sequence[Stretch], even: float) -> list[Stretch]:
    """The way with each joint as late as the pictures allow; with a retimed shot as early.

    Over a still picture or black, where the joint could be anywhere, the earlier shot so goes on
    as long as it did: what is missing or new is its tail. Two lines that differ by no more than
    `even` over all frames in question are equally good.
    """
    held = list(way)
    for index in range(len(held) - 1):
        one, other = held[index], held[index + 1]
        if one.line is None or other.line is None:
            continue
        if one.line.plain and other.line.plain:
            joint = one.last + _late(one.line, other.line, one.last, other.last - 1, even)
        else:
            joint = one.last - _early(one.line, other.line, one.first + 1, one.last, even)
            joint = _whole(one.line, other.line, joint, other.last - 1, even)
        held[index] = Stretch(one.first, joint, one.line)
        held[index + 1] = Stretch(joint, other.last, other.line)
    return held


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
