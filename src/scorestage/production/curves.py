"""Curves drawn over a cue: how tense, how driven, how bright it should be, from 0 to 10."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from scorestage.errors import InputError

LOWEST, HIGHEST, NEUTRAL = Fraction(0), Fraction(10), Fraction(5)
_PLACE = re.compile(
    r"(?:bar:[A-Za-z0-9.-]+|hit:[^\s=,]+|\d{1,2}[:;]\d\d[:;]\d\d[:;]\d\d|"
    r"(?:\d+:)?\d+:\d\d(?:\.\d+)?|\d+(?:\.\d+|/[1-9]\d*)?s?)"
)


class CurveKind(StrEnum):
    """What is drawn: tension (relaxed to unbearable), arousal (still to driven), valence (dark to
    bright)."""

    TENSION = "tension"
    AROUSAL = "arousal"
    VALENCE = "valence"


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A point of a curve: `level` from 0 to 10 (5 is neither) at a place.

    A place is a clock time or seconds from the cue's start (`0:20`, `12.5`), a timecode of the
    film, a printed bar (`bar:9`), or a hit by id or number (`hit:3`): it then moves with the hit.

    >>> CurvePoint.parse("hit:3=10")
    CurvePoint(place='hit:3', level=Fraction(10, 1))
    """

    place: str
    level: Fraction

    def __post_init__(self) -> None:
        if not _PLACE.fullmatch(self.place):
            raise InputError(
                f"{self.place!r} is no place in a cue",
                do="write 0:20, 12.5, 01:00:10:00, bar:9 or hit:3",
            )
        if not LOWEST <= self.level <= HIGHEST:
            raise InputError(
                f"{self.place}={float(self.level):g} is out of the scale", do="stay within 0 and 10"
            )

    @classmethod
    def parse(cls, text: str) -> CurvePoint:
        """Read `place=level`; raises `InputError` for what is no point."""
        place, _, level = text.strip().partition("=")
        try:
            return cls(place.strip(), Fraction(level.strip()))
        except (ValueError, ZeroDivisionError):
            raise InputError(
                f"{text!r} is no point of a curve", do="write place=level: 0:20=8, hit:3=10"
            ) from None

    def __str__(self) -> str:
        level = self.level
        plain = level.denominator == 1 or (level * 1000).denominator == 1
        return f"{self.place}={float(level):g}" if plain else f"{self.place}={level}"


Curve = tuple[CurvePoint, ...]


def parse_curve(text: str) -> Curve:
    """Read a drawn curve: points with commas between them; empty text draws nothing.

    >>> [str(point) for point in parse_curve("0:00=2, 0:20=8, hit:3=10")]
    ['0:00=2', '0:20=8', 'hit:3=10']
    """
    points = tuple(CurvePoint.parse(part) for part in text.split(",") if part.strip())
    twice = {point.place for point in points if sum(p.place == point.place for p in points) > 1}
    if twice:
        raise InputError(f"{min(twice)} is drawn twice", do="give each place one level")
    return points
