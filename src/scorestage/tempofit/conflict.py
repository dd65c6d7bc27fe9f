"""Names what keeps locked hits from being met together."""

from __future__ import annotations

import math
from itertools import combinations

from scorestage.tempofit.candidate import Candidate
from scorestage.tempofit.ground import Ground, Point


def conflict_words(ground: Ground, candidate: Candidate) -> str:
    """Which locked hits a map misses, and which other one stands in the way; empty where none."""
    missed = [one.hit.id for one in candidate.missed if one.hit.locked]
    if not missed:
        return ""
    locked = [point for point in ground.hits if point.hit is not None and point.hit.locked]
    for one, other in combinations(locked, 2):
        if not together(ground, one, other) and {_id(one), _id(other)} & set(missed):
            return _pair(ground, one, other)
    for point in locked:
        for edge, name in ((ground.points[0], "start"), (ground.points[-1], "end")):
            if edge.hit is None and _id(point) in missed and not _reaches(ground, edge, point):
                return (
                    f"locked hit {_named(point)} lies too near the {name} of the cue for a note "
                    f"at the tempos allowed"
                )
    named = ", ".join(_named(point) for point in locked if _id(point) in missed)
    others = ", ".join(_named(point) for point in locked if _id(point) not in missed)
    beside = f" besides {others}" if others else ""
    return f"no map found meets locked {named}{beside} within the tempos and steps allowed"


def together(ground: Ground, one: Point, other: Point) -> bool:
    """Whether some whole number of units can lead from one hit to the other, both caught."""
    gap = abs(other.seconds - one.seconds)
    first, last = (one, other) if one.seconds <= other.seconds else (other, one)
    shortest, longest = gap - first.late - last.early, gap + first.early + last.late
    if shortest <= 0:
        return True
    least = math.ceil(ground.lowest * shortest - 1e-9)
    return least <= ground.highest * longest + 1e-9


def _reaches(ground: Ground, edge: Point, point: Point) -> bool:
    return together(ground, edge, point)


def _pair(ground: Ground, one: Point, other: Point) -> str:
    gap = abs(other.seconds - one.seconds)
    fastest, slowest = 1 / ground.highest, 1 / ground.lowest
    frames = gap / ground.frame_seconds
    return (
        f"locked hits {_named(one)} and {_named(other)} are {gap:.3f} s ({frames:.1f} frames) "
        f"apart: no number of half-beats fits between them, one lasting {fastest:.3f} to "
        f"{slowest:.3f} s at the tempos allowed; unlock one, widen its tolerance or the tempos"
    )


def _id(point: Point) -> str:
    return point.hit.id if point.hit is not None else ""


def _named(point: Point) -> str:
    words = point.hit.words if point.hit is not None else ""
    return f"{_id(point)} ({words})" if words else _id(point)
