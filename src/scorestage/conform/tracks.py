"""The best way through the lines: which of them each new frame lies on, or that it is new."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorestage.conform.lines import Line
from scorestage.conform.pictures import Floats

Costs = NDArray[np.float64]
JUMP: Final = 0.4
"""What it costs at most to go from one line to another; to nothing and back, always."""
_BACK, _FAR, _RETIMED, _AT_CUT = 0.25, 0.002, 0.25, 0.5
_CLEARLY, _LEAST_LED, _LEAST_BLOCK = 1e-9, 3, 24


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
    lines: Sequence[Line],
    frames: int,
    new_cost: float,
    jump: float = JUMP,
    cuts: Iterable[int] = (),
) -> list[Stretch]:
    """The cheapest way from the first new frame to the last: each costs what it is unlike.

    A frame that is nowhere in the old cut costs `new_cost`; a change of line costs `jump`, a little
    more where it goes back in the old film or far, and less at `cuts` of the new film, where
    editors trim. Dynamic programming over the frames.
    """
    at_cuts = frozenset(cuts)
    bounds = sorted({0, frames, *at_cuts, *(n for one in lines for n in (one.first, one.last))})
    waiting = sorted(range(len(lines)), key=lambda index: lines[index].first)
    weighing = _Weighed(lines, new_cost, jump, at_cuts)
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
        self, lines: Sequence[Line], new_cost: float, jump: float, cuts: frozenset[int]
    ) -> None:
        self.lines, self.new_cost, self.jump, self.cuts = lines, new_cost, jump, cuts
        self.begins = [one.first for one in lines]
        self.places = [(float(one.at), float(one.speed)) for one in lines]
        self.reached: dict[int, float] = {}
        self.prices: dict[tuple[int, int], float] = {}
        self.free = 0.0
        self.left_at = 0.0
        self.jumps: list[dict[int, int]] = [{} for _ in range(len(lines) + 1)]

    def over(self, first: int, last: int, live: Sequence[int]) -> None:
        """Go on over frames on which the same lines run."""
        table = np.array(
            [self.lines[one].costs[first - self.begins[one] : last - self.begins[one]]
             for one in live],
            dtype=np.float64,
        ).reshape(len(live), last - first)  # fmt: skip
        at = first
        for begin, end, place in self._led(table, live):
            while at < first + end:
                reach = min(first + end, max(at, first + begin) + 1)
                self._step(first, table, live, at, reach)
                at = reach
                if self._leads(live[place]):
                    self._stay(table[:, at - first : end], live)
                    at = first + end
        self._step(first, table, live, at, last)

    def _stay(self, table: Costs, live: Sequence[int]) -> None:
        """Go on without any change of line."""
        for index, off in zip(live, table.sum(axis=1).tolist(), strict=True):
            self.reached[index] += off
        self.free += self.new_cost * table.shape[1]

    def _led(self, table: Costs, live: Sequence[int]) -> Iterator[tuple[int, int, int]]:
        """Runs of columns in which one line is better than all others and than none.

        There no change of line can be best: later it costs as much, and less was paid before.
        """
        short = table.shape[1] < _LEAST_BLOCK
        if short or not live or any(self.places[one][1] != 1 for one in live):
            return
        best = table.argmin(axis=0)
        columns = np.arange(table.shape[1])
        least = table[best, columns]
        clear = least < self.new_cost - _CLEARLY
        if len(live) > 1:
            clear &= np.partition(table, 1, axis=0)[1] > least + _CLEARLY
        kind = np.where(clear, best, -1)
        edges = [0, *(np.flatnonzero(np.diff(kind)) + 1).tolist(), len(kind)]
        for begin, end in pairwise(edges):
            if kind[begin] >= 0 and end - begin > _LEAST_LED:
                yield begin, end, int(kind[begin])

    def _leads(self, index: int) -> bool:
        """Whether the cheapest way so far is on this line, clearly before all others."""
        mine = self.reached.get(index)
        if mine is None:
            return False
        others = (cost for one, cost in self.reached.items() if one != index)
        return mine < min(others, default=mine + 1) and mine + self.jump < self.free + JUMP / 2

    def _step(self, origin: int, table: Costs, live: Sequence[int], first: int, last: int) -> None:
        """Go on frame by frame."""
        half, endless = JUMP / 2, float("inf")
        costs = table[:, first - origin : last - origin].T.tolist()
        for frame, price_of in zip(range(first, last), costs, strict=True):
            reached, free = self.reached, self.free
            jump = self.jump * (_AT_CUT if frame in self.cuts else 1)
            best, source = free + half, -1
            for index, cost in reached.items():
                if cost + jump < best:
                    best, source = cost + jump, index
            now = {}
            for index, cost in zip(live, price_of, strict=True):
                stay = reached.get(index, endless)
                if best < stay:
                    price = best + self._farther(source, index, frame)
                    if price < stay:
                        self.jumps[index][frame] = source
                        stay = price
                now[index] = stay + cost
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
