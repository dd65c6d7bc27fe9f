"""How like a statement is to its theme: two measures of different kinds, joined.

The first is what the alignment saw: interval by interval and distance by distance. The second is
the point set (SIA family): how much of the theme falls on notes of the statement when it is laid
over it as a whole, at one place, pitch and pace. The first forgives what is inserted or bent,
the second hears that the outline stays where it belongs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from math import log2

from scorestage.thematics.recognition.alignment import interval_likeness
from scorestage.thematics.recognition.naming import Pair, scale_of
from scorestage.thematics.recognition.shape import Shape

_PITCH_SHARE = 0.58
_ALIGNMENT_SHARE = 0.6
_MANY_NOTES = 20
"""A part of a longer theme is held against so many of its notes, not against all."""
_RHYTHM_CREDIT = 0.56
_NEIGHBOUR_CREDIT = 0.85
"""What a note counts that lies on its step of the staff but is altered."""


def likeness(
    shape: Shape, pairs: Sequence[Pair], passed: int, *, rhythm_alone: bool = False
) -> float:
    """From 0 (nothing in common) to 1 (the theme itself, at any pitch and place).

    With `rhythm_alone` the pitches are not held against it, but it can reach little more than a
    half.
    """
    if len(pairs) < 2:
        return 0.0
    whole = min(1.0, _MANY_NOTES / shape.size) * shape.weight
    share = sum(pair.weight for pair in pairs) / whole
    stated = float(min(1.0, share) ** 0.3)
    own = quality(pairs, passed)
    if rhythm_alone:
        own = max(own, _RHYTHM_CREDIT * _in_rhythm(pairs))
    return max(0.0, min(1.0, own * stated))


def quality(pairs: Sequence[Pair], passed: int) -> float:
    """How like what is stated is to its own part of the theme, however much of it that is."""
    aligned = _aligned(pairs) * len(pairs) / (len(pairs) + 0.35 * passed)
    return _ALIGNMENT_SHARE * aligned + (1 - _ALIGNMENT_SHARE) * overlap(pairs)


def _in_rhythm(pairs: Sequence[Pair]) -> float:
    """The share of its distances that are the theme's own, at its pace."""
    scale, _ = scale_of(pairs)
    kept = [
        abs((other.onset - one.onset) * scale - (other.other_onset - one.other_onset)) < 0.01
        for one, other in pairwise(pairs)
    ]
    return sum(kept) / len(kept)


def _aligned(pairs: Sequence[Pair]) -> float:
    """The mean over all moves of how like their intervals and distances are."""
    scale, _ = scale_of(pairs)
    total = weights = 0.0
    for one, other in pairwise(pairs):
        pitch = interval_likeness(
            other.key - one.key,
            other.step - one.step,
            other.other_key - one.other_key,
            other.other_step - one.other_step,
        )
        own = (other.onset - one.onset) * scale
        sounding = other.other_onset - one.other_onset
        pace = 1.0 - min(1.0, abs(log2(max(sounding, 1e-3) / max(own, 1e-3))))
        weight = (one.weight + other.weight) / 2
        total += weight * (_PITCH_SHARE * max(0.0, pitch) + (1 - _PITCH_SHARE) * pace)
        weights += weight
    return total / weights


def overlap(pairs: Sequence[Pair]) -> float:
    """The largest share of the theme's weight that one shift in time and pitch accounts for."""
    scale, _ = scale_of(pairs)
    exact: dict[tuple[float, int], float] = defaultdict(float)
    near: dict[tuple[float, int], float] = defaultdict(float)
    for pair in pairs:
        shift = round(pair.other_onset - pair.onset * scale, 3)
        exact[shift, pair.other_key - pair.key] += pair.weight
        near[shift, pair.other_step - pair.step] += pair.weight
    total = sum(pair.weight for pair in pairs)
    return max(max(exact.values()), _NEIGHBOUR_CREDIT * max(near.values())) / total
