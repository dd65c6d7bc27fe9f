"""Points and lengths of musical time, in exact quarter notes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import overload

from scorestage.timebase.instant import Exact, exact


def _less(one: Fraction, other: Fraction) -> bool:
    """Whether one is smaller: what writing a cue asks most often, hence without Fraction's detours.

    >>> _less(Fraction(1, 3), Fraction(1, 2)), _less(Fraction(-1, 2), Fraction(-1, 2))
    (True, False)
    """
    high, low = one.as_integer_ratio()
    others_high, others_low = other.as_integer_ratio()
    return high * others_low < others_high * low


@dataclass(frozen=True, slots=True)
class Beats:
    """A length of music in quarter notes.

    >>> Beats("1/2") + Beats(1)
    Beats('3/2')
    """

    quarters: Fraction

    def __init__(self, quarters: Exact) -> None:
        object.__setattr__(self, "quarters", exact(quarters))

    def __repr__(self) -> str:
        return f"Beats({str(self.quarters)!r})"

    def __lt__(self, other: Beats) -> bool:
        return _less(self.quarters, other.quarters) if type(other) is Beats else NotImplemented

    def __le__(self, other: Beats) -> bool:
        return not _less(other.quarters, self.quarters) if type(other) is Beats else NotImplemented

    def __gt__(self, other: Beats) -> bool:
        return _less(other.quarters, self.quarters) if type(other) is Beats else NotImplemented

    def __ge__(self, other: Beats) -> bool:
        return not _less(self.quarters, other.quarters) if type(other) is Beats else NotImplemented

    def __add__(self, other: Beats) -> Beats:
        return Beats(self.quarters + other.quarters) if type(other) is Beats else NotImplemented

    def __sub__(self, other: Beats) -> Beats:
        return Beats(self.quarters - other.quarters) if type(other) is Beats else NotImplemented

    def __neg__(self) -> Beats:
        return Beats(-self.quarters)

    def __mul__(self, factor: Fraction | int) -> Beats:
        if isinstance(factor, Fraction | int):
            return Beats(self.quarters * factor)
        return NotImplemented

    __rmul__ = __mul__


@dataclass(frozen=True, slots=True)
class Beat:
    """A point of the music: quarter notes since the first downbeat of bar 1; a pickup is negative.

    >>> Beat(4) - Beat("7/2")
    Beats('1/2')
    """

    quarters: Fraction

    def __init__(self, quarters: Exact) -> None:
        object.__setattr__(self, "quarters", exact(quarters))

    def __repr__(self) -> str:
        return f"Beat({str(self.quarters)!r})"

    def __lt__(self, other: Beat) -> bool:
        return _less(self.quarters, other.quarters) if type(other) is Beat else NotImplemented

    def __le__(self, other: Beat) -> bool:
        return not _less(other.quarters, self.quarters) if type(other) is Beat else NotImplemented

    def __gt__(self, other: Beat) -> bool:
        return _less(other.quarters, self.quarters) if type(other) is Beat else NotImplemented

    def __ge__(self, other: Beat) -> bool:
        return not _less(self.quarters, other.quarters) if type(other) is Beat else NotImplemented

    def __add__(self, length: Beats) -> Beat:
        return Beat(self.quarters + length.quarters) if type(length) is Beats else NotImplemented

    @overload
    def __sub__(self, other: Beat) -> Beats: ...
    @overload
    def __sub__(self, other: Beats) -> Beat: ...
    def __sub__(self, other: Beat | Beats) -> Beats | Beat:
        if type(other) is Beat:
            return Beats(self.quarters - other.quarters)
        if type(other) is Beats:
            return Beat(self.quarters - other.quarters)
        return NotImplemented
