"""The best way through the lines: which of them each new frame lies on, or that it is new."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from scorestage.conform.lines import Line
from scorestage.conform.pictures import Floats

JUMP: Final = 0.4
"""What it costs at most to go from one line to another; to nothing and back, always."""
_BACK, _FAR, _RETIMED = 0.25, 0.002, 0.25


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


def best_way(
    lines: Sequence[Line], frames: int, new_cost: float, jump: float = JUMP
) -> list[Stretch]:
    """The cheapest way from the first new frame to the last: each costs what it is unlike.

    A frame that is nowhere in the old cut costs `new_cost`; a change of line costs `jump`, a little
    more where it goes back in the old film or far. Dynamic programming over the frames.
    """
    bounds = sorted({0, frames, *(one.first for one in lines), *(one.last for one in lines)})
    waiting = sorted(range(len(lines)), key=lambda index: lines[index].first)
    weighing = _Weighed(lines, [one.costs.tolist() for one in lines], new_cost, jump)
    live: list[int] = []
    place = 0
    for first, last in pairwise(bounds):
        while place < len(waiting) and lines[waiting[place]].first <= first:
            live.append(waiting[place])
            place += 1
        live = [index for index in live if lines[index].last > first]
        weighing.over(first, last, live)
    ends = [(weighing.free, -1), *((cost, index) for index, cost in weighing.reached.items())]
    return list(_back(min(ends)[1], frames, weighing.jumps, lines))


class _Weighed:
    """What the cheapest way to each line costs so far, and every change of line worth its price."""

    def __init__(
        self, lines: Sequence[Line], costs: list[list[float]], new_cost: float, jump: float
    ) -> None:
        self.lines, self.costs, self.new_cost, self.jump = lines, costs, new_cost, jump
        self.begins = [one.first for one in lines]
        self.places = [(float(one.at), float(one.speed)) for one in lines]
        self.reached: dict[int, float] = {}
        self.prices: dict[tuple[int, int], float] = {}
        self.free = 0.0
        self.left_at = 0.0
        self.jumps: list[dict[int, int]] = [{} for _ in range(len(lines) + 1)]

    def over(self, first: int, last: int, live: Sequence[int]) -> None:
        """Go on over frames on which the same lines run."""
        half, jump, endless = JUMP / 2, self.jump, float("inf")
        for frame in range(first, last):
            reached, free = self.reached, self.free
            best, source = free + half, -1
            for index, cost in reached.items():
                if cost + jump < best:
                    best, source = cost + jump, index
            now = {}
            for index in live:
                stay = reached.get(index, endless)
                if best < stay:
                    price = best + self._farther(source, index, frame)
                    if price < stay:
                        self.jumps[index][frame] = source
                        stay = price
                now[index] = stay + self.costs[index][frame - self.begins[index]]
            if source >= 0 and reached[source] + half < free:
                self.jumps[-1][frame] = source
                self.free = reached[source] + half
                self.left_at = self._old(source, frame)
            self.free += self.new_cost
            self.reached = now

    def _farther(self, source: int, index: int, frame: int) -> float:
        """What a change of line costs above the price: going back, and a little for going far."""
        if source < 0:
            return self._price(index, self._old(index, frame) - self.left_at)
        at, speed = self.places[index]
        from_at, from_speed = self.places[source]
        if speed != from_speed:
            return self._price(index, at + speed * frame - from_at - from_speed * frame)
        known = self.prices.get((source, index))
        if known is None:
            known = self.prices[source, index] = self._price(index, at - from_at)
        return known

    def _price(self, index: int, off: float) -> float:
        far = _FAR * math.log1p(abs(off))
        if self.places[index][1] != 1:
            far += _RETIMED
        return far + (_BACK * self.jump if off < 0 else 0.0)

    def _old(self, index: int, frame: int) -> float:
        at, speed = self.places[index]
        return at + speed * frame


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
