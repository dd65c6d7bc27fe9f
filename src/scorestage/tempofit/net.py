"""The net of ways between hits: every whole number of units, at every tempo allowed.

A row leads from one hit that is landed to a later one over a whole number of units at one tempo;
the hits in between are caught where the grid happens to meet them, or missed at their price. Many
draws of hits are netted at once, which is how the chance baseline runs through the same search.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from scorestage.tempofit.flaws import caught_within, flaw_or_miss, flaw_points
from scorestage.tempofit.ground import Floats, Ground, Ints, Point

MISS_MARK = 2.0**-30
"""Added for each hit missed where misses are counted; far below the grain of the points."""
GRAIN = 1024.0
"""Points are whole shares of this where misses are counted, so that sums stay exact."""


@dataclass(frozen=True, slots=True)
class Fineness:
    """How finely the search looks: bucket width (log tempo), hits passed over, room they have.

    One row may pass over `passed` hits, and over any number of them within `far_seconds`; those
    count as caught within `room` of their tolerance. `lean` lets hits be taken off their frame
    and `spread` lets a step be spread over barlines, both as far as a table of steps can tell;
    `count` marks the misses in the points.
    """

    bucket: float = 0.005
    passed: int = 8
    far_seconds: float = 6.0
    room: float = 0.8
    lean: bool = True
    spread: bool = True
    count: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """All ways into one point, sorted by draw and tempo on arrival.

    `passed` are the points for the places of the hits passed over, [row, phase on arrival];
    `priced` what a row costs besides, whatever the place: those hits off their frame or missed,
    what is written; `tail` names a written way of arriving (0: none) over the last `tail_units`.
    """

    draw: Ints
    before: Ints
    units: Ints
    lasting: Floats
    heard: Floats
    leave: Ints
    arrive: Ints
    passed: Floats | None
    priced: Floats
    tail: Ints
    tail_units: Ints
    starts: Ints = field(init=False)

    def __post_init__(self) -> None:
        code = self.draw * (1 << 20) + self.arrive
        first = np.flatnonzero(np.diff(code, prepend=-1))
        object.__setattr__(self, "starts", first)

    def __len__(self) -> int:
        return len(self.units)


_NONE = np.zeros(0, dtype=np.int64)
NO_ROWS = Rows(
    _NONE, _NONE, _NONE, np.zeros(0), np.zeros(0), _NONE, _NONE, None, np.zeros(0), _NONE, _NONE
)


class Net:
    """All rows of a search; `seconds` is [draw, point], the points' times of each draw.

    `laid` says whether its rows are laid at once, for a `Sweep` to go over.
    """

    def __init__(
        self, ground: Ground, seconds: Floats, fineness: Fineness, laid: bool = True
    ) -> None:
        self.ground, self.seconds, self.fineness = ground, seconds, fineness
        self.phases = ground.bar_units
        self.bottom = math.log(ground.lowest)
        span = math.log(ground.highest) - self.bottom
        self.buckets = max(1, math.ceil(span / fineness.bucket)) + 1
        phases = np.arange(self.phases)
        self.roll = (phases[None, :] - phases[:, None]) % self.phases
        usual = ground.meters[0]
        self.place = [self.grained(ground.place_points(one, usual)) for one in ground.points]
        if not ground.open_end:
            self.place[-1] = self.grained(ground.end_points())
        self.shift = self.grained(ground.shift_points())
        last = len(ground.points) - 1
        self.nodes = [n for n, one in enumerate(ground.points) if one.turn or n in (0, last)]
        self.rows: list[Rows] = [NO_ROWS] * len(ground.points)
        for number, point in enumerate(self.nodes):
            if number and laid:
                self.rows[point] = self._rows(point, self.befores(number))

    def grained(self, points: Floats) -> Floats:
        """`points` in whole grains where misses are counted, else as they are."""
        if not self.fineness.count:
            return points
        return np.asarray(np.rint(points * GRAIN) / GRAIN, dtype=np.float64)

    def bucket_of(self, heard: Floats) -> Ints:
        """The bucket of log tempos."""
        found = np.rint((heard - self.bottom) / self.fineness.bucket).astype(np.int64)
        return np.asarray(np.clip(found, 0, self.buckets - 1), dtype=np.int64)

    def befores(self, number: int) -> list[int]:
        """The points a row to the node of that number may come from."""
        point, found = self.nodes[number], []
        for step, before in enumerate(reversed(self.nodes[:number])):
            gap = float((self.seconds[:, point] - self.seconds[:, before]).mean())
            found.append(before)
            if step >= self.fineness.passed and gap > self.fineness.far_seconds:
                break
        return found

    def units_between(self, gap_seconds: Floats) -> tuple[Ints, Ints]:
        """The fewest units that a span may have, and how many numbers of them are allowed."""
        low, high = self.ground.lowest, self.ground.highest
        least = np.maximum(1, np.ceil(low * gap_seconds - 1e-9)).astype(np.int64)
        counts = np.floor(high * gap_seconds + 1e-9).astype(np.int64) - least + 1
        return least, np.where(gap_seconds > 1e-6, np.maximum(counts, 0), 0)

    def _rows(self, point: int, befores: list[int]) -> Rows:
        ground, before = self.ground, np.array(befores)
        gap = self.seconds[:, point, None] - self.seconds[:, before]
        lowest, counts = self.units_between(gap)
        counts = counts.reshape(-1)
        row = np.repeat(np.arange(len(counts)), counts)
        first = np.repeat(np.cumsum(counts) - counts, counts)
        units = lowest.reshape(-1)[row] + np.arange(len(row)) - first
        lasting = gap.reshape(-1)[row]
        heard = np.log(np.clip(units / lasting, ground.lowest, ground.highest))
        bucket = self.bucket_of(heard)
        draw, column = np.divmod(row, len(befores))
        order = order_of(draw * self.buckets + bucket)
        draw, came, units = draw[order], before[column[order]], units[order]
        lasting, heard, bucket = lasting[order], heard[order], bucket[order]
        priced, passed = self._passed(point, befores, draw, came, units, units / lasting)
        none = np.zeros(len(order), dtype=np.int64)
        return Rows(draw, came, units, lasting, heard, bucket, bucket, passed, priced, none, none)

    def _passed(
        self, point: int, befores: list[int], draw: Ints, came: Ints, units: Ints, rate: Floats
    ) -> tuple[Floats, Floats | None]:
        """Points of the hits passed over: off their frame or missed, [row]; for their places,
        [row, phase on arrival]."""
        ground = self.ground
        flaws = np.zeros(len(units))
        inner = [n for n in range(min(befores) + 1, point) if ground.points[n].hit is not None]
        if not inner:
            return flaws, None
        places = np.zeros((len(units), self.phases))
        start = self.seconds[draw, came]
        for number in inner:
            over = np.flatnonzero(came < number) if len(befores) > 1 else np.arange(len(units))
            pace, count = rate[over], units[over]
            at = pace * (self.seconds[draw[over], number] - start[over])
            unit = np.clip(np.rint(at), 0, count)
            flaw, caught = self.flaws(ground.points[number], (unit - at) / pace)
            flaws[over] += flaw
            left = (count[caught] - unit[caught].astype(np.int64)) % self.phases
            met = over[caught]
            places[met] += self.place[number][self.roll].take(left, axis=0)
        return flaws, places

    def flaws(self, hit: Point, off: Floats) -> tuple[Floats, Ints]:
        """What a hit costs that lies so many seconds off the grid, and where it is caught."""
        caught = caught_within(hit, off, self.fineness.room)
        flaw = self.grained(flaw_points(self.ground.weights, hit.weight, off))
        lost = hit.price + (MISS_MARK if self.fineness.count else 0.0)
        return flaw_or_miss(caught, flaw, lost), np.flatnonzero(caught)


def order_of(keys: Ints) -> Ints:
    """What sorts whole numbers from 0 on, equal ones as they come; small ones by their digits."""
    small = len(keys) > 0 and int(keys.max()) < 1 << 16
    return np.argsort(keys.astype(np.uint16) if small else keys, kind="stable")
