"""Points and lengths of film time, in exact seconds."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import overload

Exact = Fraction | int | str
"""How an exact number may be written: `Fraction(19, 8)`, `2`, `"19/8"`, `"2.375"`; no float."""


def exact(number: Exact) -> Fraction:
    """The exact fraction meant by `number`; a float is refused, it is rarely what was meant.

    >>> exact("2.375")
    Fraction(19, 8)
    """
    if type(number) is Fraction:
        return number
    if isinstance(number, float):
        raise TypeError(f"{number!r} is a float; write it as a Fraction, an int or a string")
    if isinstance(number, str) and "e" in number.lower():
        raise ValueError(f"{number!r}: write the number out, without an exponent")
    return Fraction(number)


@dataclass(frozen=True, slots=True, order=True)
class FilmSpan:
    """A length of film time in seconds; may be negative.

    >>> FilmSpan("1/2") + FilmSpan(1)
    FilmSpan('3/2')
    """

    seconds: Fraction

    def __init__(self, seconds: Exact) -> None:
        object.__setattr__(self, "seconds", exact(seconds))

    def __repr__(self) -> str:
        return f"FilmSpan({str(self.seconds)!r})"

    def __add__(self, other: FilmSpan) -> FilmSpan:
        return FilmSpan(self.seconds + other.seconds) if type(other) is FilmSpan else NotImplemented

    def __sub__(self, other: FilmSpan) -> FilmSpan:
        return FilmSpan(self.seconds - other.seconds) if type(other) is FilmSpan else NotImplemented

    def __neg__(self) -> FilmSpan:
        return FilmSpan(-self.seconds)

    def __abs__(self) -> FilmSpan:
        return FilmSpan(abs(self.seconds))

    def __mul__(self, factor: Fraction | int) -> FilmSpan:
        if isinstance(factor, Fraction | int):
            return FilmSpan(self.seconds * factor)
        return NotImplemented

    __rmul__ = __mul__


@dataclass(frozen=True, slots=True, order=True)
class FilmTime:
    """A point of film time: seconds from the film's first frame; pre-roll is negative.

    >>> FilmTime("7/2") - FilmTime(1)
    FilmSpan('5/2')
    >>> FilmTime(1) + FilmSpan("1/24")
    FilmTime('25/24')
    """

    seconds: Fraction

    def __init__(self, seconds: Exact) -> None:
        object.__setattr__(self, "seconds", exact(seconds))

    def __repr__(self) -> str:
        return f"FilmTime({str(self.seconds)!r})"

    def __add__(self, span: FilmSpan) -> FilmTime:
        return FilmTime(self.seconds + span.seconds) if type(span) is FilmSpan else NotImplemented

    @overload
    def __sub__(self, other: FilmTime) -> FilmSpan: ...
    @overload
    def __sub__(self, other: FilmSpan) -> FilmTime: ...
    def __sub__(self, other: FilmTime | FilmSpan) -> FilmSpan | FilmTime:
        if type(other) is FilmTime:
            return FilmSpan(self.seconds - other.seconds)
        if type(other) is FilmSpan:
            return FilmTime(self.seconds - other.seconds)
        return NotImplemented


@dataclass(frozen=True, slots=True, order=True)
class FilmRange:
    """A stretch of film from `start` up to, not including, `end`.

    >>> FilmRange(FilmTime(1), FilmTime(3)).span
    FilmSpan('2')
    """

    start: FilmTime
    end: FilmTime

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a range cannot end ({self.end}) before it starts ({self.start})")

    @property
    def span(self) -> FilmSpan:
        """How long it lasts."""
        return self.end - self.start

    def holds(self, at: FilmTime) -> bool:
        """Whether `at` lies inside; the end does not."""
        return self.start <= at < self.end

    def overlaps(self, other: FilmRange) -> bool:
        """Whether both share more than a point."""
        return self.start < other.end and other.start < self.end
