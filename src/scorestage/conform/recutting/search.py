"""The cheapest way to re-cut a stretch so that cuts and actions land on the music.

Shot by shot: where its head lies, by how much its content is shifted, where its tail lies. A cut
that nobody speaks over is known by its frame alone. Where dialogue goes on over a cut both shots
keep their sync and the cut may only roll: it is known by the roll and the shift they share.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from scorestage.conform.recutting.aims import action_aims, aims_at, cut_aims
from scorestage.conform.recutting.edges import (
    Edges,
    Floats,
    shot_points,
    stretch_points,
    stretched_frame,
    stretches,
    task_edges,
)
from scorestage.conform.recutting.values import Aim, Prices, ShotChange, Task

Ints = npt.NDArray[np.int64]


class _Kind(IntEnum):
    EDGES = 0
    STRETCHED = 1
    DROPPED = 2
    OTHER = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A way: what is done to each shot left, in their new order, the shots dropped, its price."""

    changes: tuple[ShotChange, ...]
    dropped: tuple[int, ...]
    points: float


@dataclass(frozen=True, slots=True, eq=False)
class Front:
    """The cheapest ways up to a cut. Free: `cost[p]` for the cut on frame `base + p`. Rolled:
    `cost[r, s]` for a roll of `roll_low + r` at a shift of content of `base + s`.

    `kind`, `head` and `tail` tell of each entry what was done to `shot`, coming from `before`;
    of kind OTHER, that the way is that of `other` (two shots that changed places).
    """

    base: int
    cost: Floats
    shot: int = -1
    before: Front | None = None
    kind: Ints | None = None
    head: Ints | None = None
    tail: Ints | None = None
    roll_low: int | None = None
    other: Front | None = None


def cheapest(task: Task, prices: Prices, shy: frozenset[int] = frozenset()) -> Found | None:
    """The cheapest way there is, exactly; None where the limits allow none.

    Shots in `shy` cost more to touch: for ways unlike those known.
    """
    ground = _Ground(task, prices, shy)
    fronts = [ground.start()]
    shots = task.shots
    for index, shot in enumerate(shots):
        front = ground.play(fronts[index], index, shot.last)
        if index and ground.swaps(index - 1):
            middle = shots[index - 1].first + shot.frames
            lane = ground.play(fronts[index - 1], index, middle, alone=True)
            lane = ground.play(lane, index - 1, shot.last, alone=True)
            front = _merged(front, lane, prices.swapped)
        fronts.append(front)
    return ground.finish(fronts[-1])


class _Ground:
    """The task with what each shot allows."""

    def __init__(self, task: Task, prices: Prices, shy: frozenset[int]) -> None:
        self.task, self.prices, self.shy = task, prices, shy
        shots = task.shots
        before = [task.link_before, *(one.linked for one in shots[:-1])]
        self.edges = [task_edges(task, index) for index in range(len(shots))]
        self.linked_before = before
        gone = sum(one.frames for one in shots if one.may_drop)
        self.reach = task.limits.drift_frames + gone
        self.head_aims = [cut_aims(task, index) for index in range(len(shots) + 1)]
        self.action_aims = [action_aims(task, index) for index in range(len(shots))]

    def start(self) -> Front:
        """The head of the first shot, which stays."""
        cost = np.full(2 * self.reach + 1, np.inf)
        cost[self.reach] = 0.0
        return Front(self.task.shots[0].first - self.reach, cost)

    def swaps(self, index: int) -> bool:
        """Whether a shot and the next one may change places: nobody speaks over their cuts."""
        shots = self.task.shots
        links = (self.linked_before[index], shots[index].linked, shots[index + 1].linked)
        return shots[index].may_swap and not any(links) and index > 0

    def play(self, front: Front, index: int, old_end: int, *, alone: bool = False) -> Front:
        """The shot played after what `front` knows; its tail is near `old_end`.

        `alone`: its cuts are free and it is not dropped, as of two shots that change places.
        """
        shot, edges = self.task.shots[index], self.edges[index]
        points = shot_points(shot, edges, self.task.limits, self.prices)
        if index in self.shy:
            points = points + self.prices.touch * 4
            points[-edges.head_low.frames, -edges.tail_low.frames] -= self.prices.touch * 4
        entered, shift = self._entered(front, index)
        last = index + 1 == len(self.task.shots)
        if shot.linked and not last and not alone:
            return _rolled(front, index, entered, shift, points, edges)
        made = _empty(old_end - self.reach, 2 * self.reach + 1, index, front)
        _freed(made, entered, shift + shot.last, points, edges)
        if front.roll_low is None:
            self._stretched(made, front, index)
            if not alone:
                self._dropped(made, front, index)
        return made

    def _entered(self, front: Front, index: int) -> tuple[Floats, int]:
        """Cost by head move and shift of content, and the shift of the first column."""
        shot, edges = self.task.shots[index], self.edges[index]
        low, high = edges.head_low.frames, edges.head_high.frames
        if front.roll_low is not None:
            width, shift = front.cost.shape[1], front.base
            entered = np.full((high - low + 1, width), np.inf)
            for move in range(max(low, front.roll_low), high + 1):
                if move - front.roll_low < len(front.cost):
                    entered[move - low] = front.cost[move - front.roll_low]
        else:
            width, shift = len(front.cost) + high - low, front.base - shot.first - high
            entered = np.full((high - low + 1, width), np.inf)
            for move in range(low, high + 1):
                into = high - move
                entered[move - low, into : into + len(front.cost)] = front.cost
        for move in range(low, high + 1):
            start = shift + shot.first + move
            entered[move - low] += self._aimed(self.head_aims[index], start, width)
        return entered + self._action_points(index, shift, width), shift

    def _action_points(self, index: int, shift: int, width: int) -> Floats:
        found = np.zeros(width)
        for aim in self.action_aims[index]:
            found += self._aimed((aim,), shift + (aim.place.frame or 0), width)
        return found

    def _aimed(self, aims: tuple[Aim, ...], base: int, width: int) -> Floats:
        if not aims:
            return np.zeros(width)
        return aims_at(aims, base, width, self.prices, self.task.nearest)

    def _stretched(self, made: Front, front: Front, index: int) -> None:
        """Offer the shot untrimmed at another speed; not the one the music enters over."""
        if not index:
            return
        shot = self.task.shots[index]
        speeds = stretches(shot, self.task.limits, self.linked_before[index])
        width = len(front.cost)
        headed = front.cost + self._aimed(self.head_aims[index], front.base, width)
        for frames in speeds:
            if not frames:
                continue
            cost = headed + stretch_points(shot, frames, self.prices)
            cost += self.prices.touch * 4 * (index in self.shy)
            for aim in self.action_aims[index]:
                into = stretched_frame(shot, aim.place.frame or 0, frames)
                cost = cost + self._aimed((aim,), front.base + into, width)
            _offer(made, cost, front.base + shot.frames + frames, _Kind.STRETCHED, 0, frames)

    def _dropped(self, made: Front, front: Front, index: int) -> None:
        """Offer to leave the shot out, where it may be and nothing has to land in it."""
        shot = self.task.shots[index]
        aims = (*self.head_aims[index], *self.action_aims[index])
        spoken = shot.spoken or shot.linked or self.linked_before[index]
        if not shot.may_drop or spoken or any(one.must for one in aims):
            return
        missed = sum(max((t.worth for t in one.targets), default=0.0) for one in aims)
        cost = front.cost + self.prices.dropped + missed
        _offer(made, cost, front.base, _Kind.DROPPED, 0, 0)

    def finish(self, front: Front) -> Found | None:
        """The cheapest of all ways, read backwards."""
        aims = self.head_aims[len(self.task.shots)]
        cost = front.cost + self._aimed(aims, front.base, len(front.cost))
        end = self.task.shots[-1].last
        if self.task.keep_end:
            cost = np.where(np.arange(len(cost)) + front.base == end, cost, np.inf)
        away = np.abs(np.arange(len(cost)) + front.base - end)
        if not np.isfinite(cost.min()):
            return None
        best = int(np.lexsort((away, np.round(cost, 9)))[0])
        moves = list(_traced(front, best, self))[::-1]
        kept = tuple(one for one in moves if not one.dropped)
        gone = tuple(sorted(one.shot for one in moves if one.dropped))
        return Found(kept, gone, float(cost[best]))

    def change(self, index: int, head: int, tail: int) -> ShotChange:
        """What was done to the edges of a shot."""
        held = max(0, tail - self.edges[index].hold_from)
        return ShotChange(index, head, tail, held_frames=held)


def _freed(made: Front, entered: Floats, base: int, points: Floats, edges: Edges) -> None:
    """Offer the cut after a shot, free of sync; an untouched tail of column 0 lies on `base`."""
    for column in range(points.shape[1]):
        tail = edges.tail_low.frames + column
        cost = entered + points[:, column, None]
        rows = cost.argmin(axis=0)
        best = cost[rows, np.arange(cost.shape[1])]
        _offer(made, best, base + tail, _Kind.EDGES, rows + edges.head_low.frames, tail)


def _rolled(
    before: Front, index: int, entered: Floats, shift: int, points: Floats, edges: Edges
) -> Front:
    """The cut after a shot over which somebody speaks on."""
    cost = np.full((points.shape[1], entered.shape[1]), np.inf)
    heads = np.zeros(cost.shape, dtype=np.int64)
    for column in range(points.shape[1]):
        sums = entered + points[:, column, None]
        rows = sums.argmin(axis=0)
        cost[column] = sums[rows, np.arange(sums.shape[1])]
        heads[column] = rows + edges.head_low.frames
    return Front(shift, cost, index, before, None, heads, None, edges.tail_low.frames)


def _empty(base: int, width: int, index: int, before: Front) -> Front:
    def none() -> Ints:
        return np.zeros(width, dtype=np.int64)

    return Front(base, np.full(width, np.inf), index, before, none(), none(), none())


def _offer(made: Front, cost: Floats, base: int, kind: _Kind, head: Ints | int, tail: int) -> None:
    """Take over what is cheaper: `cost[0]` is for the cut on frame `base`."""
    low, high = max(base, made.base), min(base + len(cost), made.base + len(made.cost))
    if low >= high or made.kind is None or made.head is None or made.tail is None:
        return
    mine = slice(low - made.base, high - made.base)
    theirs = slice(low - base, high - base)
    better = cost[theirs] < made.cost[mine] - 1e-12
    where = np.flatnonzero(better) + mine.start
    made.cost[where] = cost[theirs][better]
    made.kind[where] = int(kind)
    made.head[where] = head[theirs][better] if isinstance(head, np.ndarray) else head
    made.tail[where] = tail


def _merged(front: Front, lane: Front, points: float) -> Front:
    """The cheaper of two fronts of one cut; the other is entered at a price."""
    if front.kind is None or front.roll_low is not None:
        return front
    made = replace(front, cost=front.cost.copy(), kind=front.kind.copy(), other=lane)
    _offer(made, lane.cost + points, lane.base, _Kind.OTHER, 0, 0)
    return made


def _traced(front: Front, at: int, ground: _Ground) -> Iterator[ShotChange]:
    """What was done to each shot, the last one first."""
    frame, shift, roll = front.base + at, 0, 0
    while (before := front.before) is not None and front.head is not None:
        shot = ground.task.shots[front.shot]
        if front.roll_low is not None:
            tail = roll
            head = int(front.head[roll - front.roll_low, shift - front.base])
        else:
            kind, head, tail = _entry(front, frame)
            if kind is _Kind.OTHER and front.other is not None:
                front = front.other
                continue
            if kind in (_Kind.DROPPED, _Kind.STRETCHED):
                gone = kind is _Kind.DROPPED
                yield ShotChange(front.shot, stretched_frames=tail, dropped=gone)
                frame -= 0 if gone else shot.frames + tail
                front = before
                continue
            shift = frame - shot.last - tail
        yield ground.change(front.shot, head, tail)
        frame, roll = shift + shot.first + head, head
        front = before


def _entry(front: Front, frame: int) -> tuple[_Kind, int, int]:
    if front.kind is None or front.head is None or front.tail is None:
        raise ValueError("a front without its moves")
    at = frame - front.base
    return _Kind(int(front.kind[at])), int(front.head[at]), int(front.tail[at])
