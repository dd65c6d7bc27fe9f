"""Whole stretches of a score that come again note for note: repeats, reprises, a da capo.

For every distance in time at which many notes find themselves again, the stretches over which
(nearly) all of them do; cut where any of them begins or ends, they are the sections of the piece.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scorestage.thematics.recognition.points import GRID, PointSet

_LEAST_NOTES = 24
_LEAST_QUARTERS = 8
_MOST_LAGS = 300
_NEAR_QUARTERS = 2


@dataclass(frozen=True, slots=True)
class Repeat:
    """A stretch from `start` until `end` (grid points) that comes again `lag` later."""

    start: int
    end: int
    lag: int
    notes: int


@dataclass(frozen=True, slots=True)
class Section:
    """One stretch of music and all places (grid points) where it stands, the first one first."""

    starts: tuple[int, ...]
    length: int
    notes: int

    @property
    def start(self) -> int:
        """Where it stands first."""
        return self.starts[0]


def find_repeats(points: PointSet) -> list[Repeat]:
    """All stretches of at least two bars or so that come again note for note, longest first."""
    votes: Counter[int] = Counter()
    for key in np.unique(points.keys):
        times = points.times[points.keys == key]
        apart = (times[None, :] - times[:, None]).ravel()
        lags, counts = np.unique(apart[apart >= GRID], return_counts=True)
        votes.update(dict(zip(lags.tolist(), counts.tolist(), strict=True)))
    found = []
    for lag, count in votes.most_common(_MOST_LAGS):
        if count >= _LEAST_NOTES:
            found += _stretches(points, lag)
    return sorted(found, key=lambda one: (-one.notes, one.start, one.lag))


def _stretches(points: PointSet, lag: int) -> list[Repeat]:
    """Where notes keep coming again `lag` later, few misses forgiven."""
    onsets, starts = np.unique(points.times, return_index=True)
    bounds = [*starts.tolist(), len(points)]
    again = np.array(
        [
            (int(at) + lag, int(key)) in points.index
            for at, key in zip(points.times, points.keys, strict=True)
        ]
    )
    found: list[Repeat] = []
    run: list[int] = []
    missed = 0
    for place in range(len(onsets)):
        own = again[bounds[place] : bounds[place + 1]]
        if own.all() and len(own):
            run.append(place)
            missed = 0
        elif run:
            missed += 1
            if missed > 1 or not own.any():
                found += _closed(points, run, onsets, bounds, lag)
                run, missed = [], 0
    found += _closed(points, run, onsets, bounds, lag)
    return found


def _closed(
    points: PointSet, run: Sequence[int], onsets: np.ndarray, bounds: Sequence[int], lag: int
) -> list[Repeat]:
    if not run:
        return []
    first, last = run[0], run[-1]
    notes = bounds[last + 1] - bounds[first]
    end = int(points.ends[bounds[last] : bounds[last + 1]].max())
    start = int(onsets[first])
    if notes < _LEAST_NOTES or end - start < _LEAST_QUARTERS * GRID:
        return []
    return [Repeat(start, end, lag, notes)]


def sections_of(points: PointSet, repeats: Sequence[Repeat]) -> list[Section]:
    """Repeats that speak of the same music joined, the largest first.

    A repeat that only moves inside a larger section, with it, is not told again.
    """
    places: list[list[tuple[int, int]]] = []
    for one in repeats:
        own = (one.start, one.end)
        other = (one.start + one.lag, one.end + one.lag)
        known = [group for group in places if _has(group, own) or _has(group, other)]
        if known:
            for place in (own, other):
                if not _has(known[0], place):
                    known[0].append(place)
        elif not any(_inside(group, own, one.lag) for group in places):
            places.append([own, other])
    return [_section(points, sorted(group)) for group in places]


def _has(group: Sequence[tuple[int, int]], place: tuple[int, int]) -> bool:
    near = _NEAR_QUARTERS * GRID
    return any(
        abs(start - place[0]) <= near and abs(end - place[1]) <= near for start, end in group
    )


def _inside(group: Sequence[tuple[int, int]], place: tuple[int, int], lag: int) -> bool:
    """Whether a place lies in one of the group's and its repeat at the same spot of another."""
    near = _NEAR_QUARTERS * GRID
    return any(
        start - near <= place[0] and place[1] <= end + near
        for start, end in group
        if any(abs(other - start - lag) <= near for other, _ in group)
    )


def _section(points: PointSet, group: Sequence[tuple[int, int]]) -> Section:
    first = min(group, key=lambda place: place[1] - place[0])
    length = first[1] - first[0]
    starts = tuple(sorted({place[0] for place in group}))
    return Section(starts, length, len(points.between(first[0], first[1])))
