"""The best way through the lines: which of them each new frame lies on, or that it is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from scorestage.conform.lines import Line
from scorestage.conform.pictures import Floats

JUMP: Final = 0.4
"""What it costs to go from one line to another; to nothing and back costs as much in all."""


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """New frames `first` up to `last` on one line; on none where the picture is new."""

    first: int
    last: int
    line: Line | None

    @property
    def frames(self) -> int:
        """How long it is."""
        return self.last - self.first

    @property
    def costs(self) -> Floats:
        """How unlike each of its frames is to the old one; 1 where the picture is new."""
        if self.line is None:
            return np.ones(self.frames, dtype=np.float32)
        return self.line.costs[self.first - self.line.first : self.last - self.line.first]

    @property
    def unlike(self) -> float:
        """How unlike its frames are to the old ones on the whole."""
        return float(self.costs.mean())


def best_way(lines: Sequence[Line], frames: int, new_cost: float) -> list[Stretch]:
    """The cheapest way from the first new frame to the last: each costs what it is unlike.

    A frame that is nowhere in the old cut costs `new_cost`. Exact (dynamic programming over
    frames); where two ways cost the same, the line is changed as late as may be.
    """
    bounds = sorted({0, frames, *(one.first for one in lines), *(one.last for one in lines)})
    costs = [one.costs.tolist() for one in lines]
    waiting = sorted(range(len(lines)), key=lambda index: lines[index].first)
    live: list[int] = []
    free = 0.0
    reached: dict[int, float] = {}
    jumps: list[dict[int, int]] = [{} for _ in range(len(lines) + 1)]
    place = 0
    for first, last in pairwise(bounds):
        while place < len(waiting) and lines[waiting[place]].first <= first:
            live.append(waiting[place])
            place += 1
        live = [index for index in live if lines[index].last > first]
        reached, free = _stretch(
            first, last, [(index, costs[index], lines[index].first) for index in live],
            reached, free, jumps, new_cost,
        )  # fmt: skip
    ends = [(free, -1), *((cost, index) for index, cost in reached.items())]
    return list(_back(min(ends)[1], frames, jumps, lines))


def _stretch(
    first: int,
    last: int,
    live: list[tuple[int, list[float], int]],
    reached: dict[int, float],
    free: float,
    jumps: list[dict[int, int]],
    new_cost: float,
) -> tuple[dict[int, float], float]:
    """Frames over which the same lines run; notes down every change of line that is worth it."""
    half, endless = JUMP / 2, float("inf")
    for frame in range(first, last):
        best, source = free, -1
        for index, cost in reached.items():
            if cost < best:
                best, source = cost, index
        now = {}
        over = best + (half if source < 0 else JUMP)
        if source >= 0 and free + half < over:
            over, source_over = free + half, -1
        else:
            source_over = source
        for index, costs, begin in live:
            stay = reached.get(index, endless)
            if over < stay:
                jumps[index][frame] = source_over
                stay = over
            now[index] = stay + costs[frame - begin]
        if best + half < free:
            jumps[-1][frame] = source
            free = best + half
        free += new_cost
        reached = now
    return reached, free


def _back(
    index: int, frames: int, jumps: list[dict[int, int]], lines: Sequence[Line]
) -> list[Stretch]:
    """The way walked back from its end."""
    sorted_jumps = [np.array(sorted(one), dtype=np.int64) for one in jumps]
    found: list[Stretch] = []
    last = frames
    while True:
        at = sorted_jumps[index]
        place = int(np.searchsorted(at, last)) - 1
        first = int(at[place]) if place >= 0 else 0
        line = lines[index] if index >= 0 else None
        if last > first:
            found.append(Stretch(first, last, line))
        if place < 0 or first == 0:
            return found[::-1]
        index = jumps[index][first]
        last = first
