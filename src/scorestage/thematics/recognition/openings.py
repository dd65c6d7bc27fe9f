"""The ideas that open the sections of a piece, each as long as what comes back most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log2

from scorestage.thematics.recognition.points import GRID, PointSet, Shift
from scorestage.thematics.recognition.sections import Section

Place = tuple[list[int], int]
"""The notes of one appearance, and by how many keys it is moved."""

_FEWEST_NOTES = 8
_LEAST_SHARE = 0.75
_FULL_SHARE = 0.6
_BARS = 4


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea with all its appearances; `texture` is `line` or `all`."""

    texture: str
    places: tuple[Place, ...]


def opening_ideas(points: PointSet, sections: Sequence[Section], bar: Fraction) -> list[Idea]:
    """For the beginning of the piece and of each section its melody, and what goes with it."""
    beginnings = sorted({int(points.times[0]), *(one.start for one in sections)})
    found: list[Idea] = []
    told: list[set[int]] = []
    for start in beginnings:
        melody = _melody(points, start, bar)
        if len(melody) < _FEWEST_NOTES:
            continue
        notes, shifts = _as_it_returns(points, melody)
        places = _apart(points, notes, shifts)
        if len(places) < 2 or any(set(notes) & known for known in told):
            continue
        told.append({note for own, _ in places for note in own})
        found.append(Idea("line", tuple(places)))
        full = _with_all(points, notes, places)
        if full is not None:
            found.append(full)
    return found


def _melody(points: PointSet, start: int, bar: Fraction) -> list[int]:
    """The top line of the first bars after a point, an upbeat not counted."""
    length = round(float(bar) * _BARS * GRID)
    return points.top(points.between(start, start + length).tolist())


def _as_it_returns(points: PointSet, melody: list[int]) -> tuple[list[int], list[Shift]]:
    """The beginning of a melody that is worth most: many notes, often there."""
    best: tuple[float, list[int], list[Shift]] = (0.0, melody, [])
    for count in range(_FEWEST_NOTES, len(melody) + 1):
        notes = melody[:count]
        shifts = points.shifts(notes, _LEAST_SHARE)
        worth = log2(max(1, len(_starts(points, notes, shifts)))) * count
        if worth >= best[0]:
            best = (worth, notes, shifts)
    return best[1], best[2]


def _starts(points: PointSet, notes: Sequence[int], shifts: Sequence[Shift]) -> list[Shift]:
    """Of shifts that overlap in time the best."""
    span = int(points.ends[notes[-1]] - points.times[notes[0]])
    kept: list[Shift] = []
    for one in sorted(shifts, key=lambda one: (-one.share, abs(one.keys), one.at)):
        if all(abs(one.at - other.at) * 2 >= span for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.at)


def _apart(points: PointSet, notes: list[int], shifts: Sequence[Shift]) -> list[Place]:
    return [
        (points.landed(notes, one.at, one.keys), one.keys) for one in _starts(points, notes, shifts)
    ]


def _with_all(points: PointSet, notes: list[int], places: Sequence[Place]) -> Idea | None:
    """The same with everything that sounds at its own pitch each time."""
    start, end = int(points.times[notes[0]]), int(points.times[notes[-1]])
    everything = points.between(start, end + 1).tolist()
    if len(everything) < 1.3 * len(notes):
        return None
    found: list[Place] = []
    for own, keys in places:
        at = int(points.times[own[0]]) - start
        landed = points.landed(everything, at, keys)
        if len(landed) >= _FULL_SHARE * len(everything):
            found.append((landed, keys))
    return Idea("all", tuple(found)) if len(found) > 1 else None
