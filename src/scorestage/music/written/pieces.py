"""What a bar is spelled in: written values, each a piece of a sound, and the tuplets over them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scorestage.music.written.values import NoteValue


class OffGridError(ValueError):
    """A point that no value and no tuplet reaches; `at` in quarter notes from the barline."""

    def __init__(self, at: Fraction) -> None:
        super().__init__(str(at))
        self.at = at


@dataclass(frozen=True, slots=True)
class Bracket:
    """A tuplet: `actual` of `base` in the time of `normal`, over a stretch of quarter notes."""

    start: Fraction
    end: Fraction
    actual: int
    normal: int
    base: NoteValue


@dataclass(frozen=True, slots=True)
class Piece:
    """One written value; `source` is the index of what it is a piece of."""

    source: int
    start: Fraction
    end: Fraction
    value: NoteValue
    dots: int
    bracket: Bracket | None


def odd_part(number: int) -> int:
    """What is left of a number when it is halved as often as it can be.

    >>> odd_part(40)
    5
    """
    return number // (number & -number)
