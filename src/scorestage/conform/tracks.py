"""The best way through the lines: which of them each new frame lies on, or that it is new."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from scorestage.conform.lines import Line
from scorestage.conform.pictures import Floats

JUMP: Final = 0.4
"""What it costs at most to go from one line to another; to nothing and back, always."""
RETIMED: Final = 0.25
"""What it costs besides to go to a line at another speed."""
_BACK, _FAR, _AT_CUT = 0.25, 0.002, 0.5
_CLEARLY, _LEAST_LED = 1e-9, 3


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
    weighing = _Weighed(lines, frames, new_cost, jump, frozenset(cuts))
    at = 0
    for first, last, leader in _led(lines, frames, new_cost, weighing.cuts):
        while at < last:
            reach = max(at, first) + 1
            weighing.step(at, reach)
            at = reach
            if weighing.leads(leader):
                weighing.stay(at, last)
                at = last
    weighing.step(at, frames)
    ends = [(weighing.free, -1), *((cost, index) for index, cost in weighing.reached.items())]
    return list(_back(min(ends)[1], frames, weighing.jumps, lines))


def _led(
    lines: Sequence[Line], frames: int, new_cost: float, cuts: frozenset[int]
) -> Iterator[tuple[int, int, int]]:
    """Runs of frames on which one line is better than all others and than none, from cut to cut.

    There no change of line can be best: later it costs as much, and less was paid before.
    """
    least = np.full(frames, np.inf, dtype=np.float32)
    second, best = least.copy(), np.full(frames, -1, dtype=np.intp)
    for index, line in enumerate(lines):
        span = slice(line.first, line.last)
        np.minimum(second[span], np.maximum(least[span], line.costs), out=second[span])
        best[span][line.costs < least[span]] = index
        np.minimum(least[span], line.costs, out=least[span])
    clear = (least < new_cost - _CLEARLY) & (second > least + _CLEARLY)
    kind = np.where(clear, best, -1)
    turns = np.zeros(frames + 1, dtype=np.bool_)
    turns[1:-1] = kind[1:] != kind[:-1]
    turns[[0, frames, *(cut for cut in cuts if cut < frames)]] = True
    for begin, end in pairwise(np.flatnonzero(turns).tolist()):
        if kind[begin] >= 0 and end - begin > _LEAST_LED:
            yield begin, end, int(kind[begin])


class _Weighed:
    """What the cheapest way to each line costs so far, and every change of line worth its price."""

    def __init__(
        self,
        lines: Sequence[Line],
        frames: int,
        new_cost: float,
        jump: float,
        cuts: frozenset[int],
    ) -> None:
        self.lines, self.new_cost, self.jump, self.cuts = lines, new_cost, jump, cuts
        self.places = [(float(one.at), float(one.speed)) for one in lines]
        self.reached: dict[int, float] = {}
        self.prices: dict[tuple[int, int], float] = {}
        self.free = 0.0
        self.left_at = 0.0
        self.jumps: list[dict[int, int]] = [{} for _ in range(len(lines) + 1)]
        self._bounds = sorted({0, frames, *(n for one in lines for n in (one.first, one.last))})
        self._waiting = sorted(range(len(lines)), key=lambda index: -lines[index].first)
        self._live: list[int] = []

    def step(self, first: int, last: int) -> None:
        """Go on frame by frame."""
        while first < last:
            reach = min(last, self._bounds[bisect_right(self._bounds, first)])
            self._step(first, reach, self._running(first))
            first = reach

    def stay(self, first: int, last: int) -> None:
        """Go on without any change of line."""
        for index in list(self.reached):
            line = self.lines[index]
            if line.last < last:
                del self.reached[index]
                continue
            off = line.costs[first - line.first : last - line.first]
            self.reached[index] += float(off.sum(dtype=np.float64))
        self.free += self.new_cost * (last - first)

    def _running(self, frame: int) -> list[int]:
        """The lines that run over a frame."""
        while self._waiting and self.lines[self._waiting[-1]].first <= frame:
            self._live.append(self._waiting.pop())
        self._live = [index for index in self._live if self.lines[index].last > frame]
        return self._live

    def leads(self, index: int) -> bool:
        """Whether the cheapest way so far is on this line, clearly before all others."""
        mine = self.reached.get(index)
        if mine is None:
            return False
        others = (cost for one, cost in self.reached.items() if one != index)
        return mine < min(others, default=mine + 1) and mine + self.jump < self.free + JUMP / 2

    def _step(self, first: int, last: int, live: Sequence[int]) -> None:
        half, endless = JUMP / 2, float("inf")
        lines = [self.lines[index] for index in live]
        rows = [one.costs[first - one.first : last - one.first].tolist() for one in lines]
        costs = zip(*rows, strict=True) if rows else [()] * (last - first)
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
            far += RETIMED
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
