"""What was done to a theme at one place of a score: the operation by its name.

Classes after the measured practice of motif work (repeat, real and diatonic transposition, change
of mode, stretched contour, rhythm alone, fragment, other note count), tested from strict to loose.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from scorestage.music.key import MODES, Key
from scorestage.thematics.recognition.shape import (
    INVERTED,
    RETROGRADE,
    RETROGRADE_INVERTED,
    Shape,
)


class Transformation(StrEnum):
    """What a statement does to the theme, in the words an analyst would write over it."""

    RETROGRADE_INVERSION = "retrograde inversion"
    RETROGRADE = "retrograde"
    INVERTED = "inverted"
    AUGMENTED = "augmented"
    DIMINISHED = "diminished"
    SAME_RHYTHM = "same rhythm, new pitches"
    SAME_CONTOUR = "same contour, stretched"
    RHYTHM_CHANGED = "rhythm changed"
    SEQUENCE = "sequence"
    EXTENDED = "extended"
    ORNAMENTED = "ornamented"
    THINNED = "thinned out"
    FRAGMENT = "fragment"
    CHANGE_OF_MODE = "change of mode"
    DIATONIC = "transposed (diatonic)"
    REAL = "transposed (real)"
    FREE = "varied freely"
    AS_IS = "as is"


_RANK = {one: place for place, one in enumerate(Transformation)}
_NEARLY_ALL = 0.87
_FEW_MISSING = 24
WHOLE = 0.85
"""The share of its weight that must sound for a theme to count as stated whole."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A note of the theme and the one that stands for it: onsets in quarters, keys and steps."""

    index: int
    onset: float
    key: int
    step: int
    weight: float
    other_onset: float
    other_key: int
    other_step: int


def named(
    shape: Shape, pairs: Sequence[Pair], passed: int, key: Key | None
) -> tuple[Transformation, ...]:
    """All that holds of a statement, the most telling first.

    `passed` counts notes of the line between those of the theme; `key` is the theme's, where it
    has one.
    """
    found = [*_direction(shape), *_pace(pairs)]
    found += _count(shape, pairs, passed)
    found.append(_pitches(pairs, key, mirrored=bool(_direction(shape))))
    told = [one for one in found if one is not Transformation.AS_IS]
    if Transformation.SAME_RHYTHM in told and Transformation.RHYTHM_CHANGED in told:
        told = [Transformation.FREE]
    if _direction(shape):
        told = [one for one in told if one not in (Transformation.REAL, Transformation.DIATONIC)]
    return tuple(sorted(set(told), key=_RANK.__getitem__)) or (Transformation.AS_IS,)


def _direction(shape: Shape) -> list[Transformation]:
    return {
        INVERTED: [Transformation.INVERTED],
        RETROGRADE: [Transformation.RETROGRADE],
        RETROGRADE_INVERTED: [Transformation.RETROGRADE_INVERSION],
    }.get(shape.way, [])


def scale_of(pairs: Sequence[Pair]) -> tuple[float, float]:
    """By what the theme's distances are multiplied most, and how much of it keeps to that."""
    votes: Counter[float] = Counter()
    total = 0.0
    for one, other in pairwise(pairs):
        own = other.onset - one.onset
        if own > 0:
            votes[round((other.other_onset - one.other_onset) / own, 3)] += 1
            total += 1
    if not votes:
        return 1.0, 1.0
    scale, count = max(votes.items(), key=lambda item: (item[1], item[0] == 1))
    return scale, count / total


def _pace(pairs: Sequence[Pair]) -> list[Transformation]:
    scale, share = scale_of(pairs)
    if share < 0.7 or (len(pairs) <= 4 and share < 1):
        return [Transformation.RHYTHM_CHANGED]
    if scale == 1:
        return [] if share >= _NEARLY_ALL or len(pairs) > 8 else [Transformation.RHYTHM_CHANGED]
    return [Transformation.AUGMENTED if scale > 1 else Transformation.DIMINISHED]


def _count(shape: Shape, pairs: Sequence[Pair], passed: int) -> list[Transformation]:
    """Whether notes were put in, left out between, or cut off at either end."""
    found = []
    span = range(pairs[0].index, pairs[-1].index + 1)
    low, high = min(span.start, pairs[-1].index), max(pairs[0].index, pairs[-1].index)
    inside = [weight for index, weight in _in_order(shape) if low <= index <= high]
    if passed * 10 > len(pairs):
        found.append(Transformation.ORNAMENTED)
    missing = high - low + 1 - len(pairs)
    if missing and missing * _FEW_MISSING >= high - low + 1:
        found.append(Transformation.THINNED)
    if sum(inside) < WHOLE * shape.weight or high - low + 1 < shape.size - max(1, shape.size // 8):
        found.append(Transformation.FRAGMENT)
    return found


def _in_order(shape: Shape) -> list[tuple[int, float]]:
    return list(zip(shape.order, shape.weights, strict=True))


def _pitches(pairs: Sequence[Pair], key: Key | None, *, mirrored: bool) -> Transformation:
    total = sum(pair.weight for pair in pairs)
    by_keys: dict[int, float] = defaultdict(float)
    by_steps: dict[int, float] = defaultdict(float)
    for pair in pairs:
        by_keys[pair.other_key - pair.key] += pair.weight
        by_steps[pair.other_step - pair.step] += pair.weight
    moved, share = max(by_keys.items(), key=lambda item: (item[1], -abs(item[0])))
    if share >= 0.92 * total:
        return Transformation.AS_IS if moved % 12 == 0 else Transformation.REAL
    steps, step_share = max(by_steps.items(), key=lambda item: (item[1], -abs(item[0])))
    if step_share >= _NEARLY_ALL * total and step_share >= share:
        return _along_the_scale(pairs, steps, key)
    altered = sum(weight for by, weight in by_keys.items() if abs(by - moved) <= 1)
    if 0.5 * total <= share and altered >= 0.95 * total:
        return Transformation.CHANGE_OF_MODE if moved % 12 == 0 else Transformation.DIATONIC
    if share >= 0.75 * total:
        return Transformation.AS_IS if moved % 12 == 0 else Transformation.REAL
    return _outline(pairs)


def _along_the_scale(pairs: Sequence[Pair], steps: int, key: Key | None) -> Transformation:
    """Moved along its own scale, or put into another mode on the same or another tonic."""
    if steps % 7 == 0 or key is None:
        return Transformation.CHANGE_OF_MODE if steps % 7 == 0 else Transformation.DIATONIC
    scale = {key.at(step).key % 12 for step in range(7)}
    inside = sum(pair.weight for pair in pairs if pair.other_key % 12 in scale)
    if inside >= _NEARLY_ALL * sum(pair.weight for pair in pairs):
        return Transformation.DIATONIC
    return Transformation.CHANGE_OF_MODE if _has_a_mode(pairs, key) else Transformation.DIATONIC


def _has_a_mode(pairs: Sequence[Pair], key: Key) -> bool:
    """Whether the same steps of another mode on a moved tonic give just these notes."""
    degrees = {(pair.step - key.home.staff_step) % 7: pair.other_key % 12 for pair in pairs}
    return any(
        all((tonic + scale[degree]) % 12 == tone for degree, tone in degrees.items())
        for scale in MODES.values()
        for tonic in range(12)
    )


def _outline(pairs: Sequence[Pair]) -> Transformation:
    """The contour kept, or the rhythm alone, or neither."""
    moves = [
        (_sign(other.key - one.key), _sign(other.other_key - one.other_key))
        for one, other in pairwise(pairs)
    ]
    if not moves:
        return Transformation.SAME_RHYTHM
    kept = sum(one == other for one, other in moves) / len(moves)
    return Transformation.SAME_CONTOUR if kept >= _NEARLY_ALL else Transformation.SAME_RHYTHM


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
