"""Meters: how a bar is counted, beaten and grouped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from scorestage.errors import InputError
from scorestage.timebase.beats import Beats

_TEXT = re.compile(r"(\()?(\d+(?:\+\d+)*)(?(1)\))/(\d+)")


@dataclass(frozen=True, slots=True)
class Meter:
    """A time signature with its grouping, in units of the denominator.

    `grouping` says where the stresses fall: 7/8 as (3, 2, 2), 4/4 as (2, 2).

    >>> Meter.parse("3+2+2/8").grouping
    (3, 2, 2)
    >>> Meter(6, 8).click, Meter(4, 4).click
    (Beats('3/2'), Beats('1'))
    """

    numerator: int
    denominator: int
    grouping: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.numerator < 1 or self.denominator not in (1, 2, 4, 8, 16, 32):
            raise InputError(f"{self.numerator}/{self.denominator} is no meter")
        if not self.grouping:
            object.__setattr__(self, "grouping", _usual_grouping(self.numerator, self.denominator))
        if sum(self.grouping) != self.numerator or min(self.grouping) < 1:
            groups = "+".join(map(str, self.grouping))
            raise InputError(f"the grouping {groups} does not add up to {self.numerator}")

    def __str__(self) -> str:
        if self.grouping == _usual_grouping(self.numerator, self.denominator):
            return f"{self.numerator}/{self.denominator}"
        groups = "+".join(map(str, self.grouping))
        return f"{groups if len(self.grouping) > 1 else f'({groups})'}/{self.denominator}"

    @classmethod
    def parse(cls, text: str) -> Meter:
        """Read `4/4`, `6/8` or, with its grouping, `3+2+2/8`; `(4)/4` is one group of four."""
        match = _TEXT.fullmatch(text.replace(" ", ""))
        if match is None:
            raise InputError(f"{text!r} is no meter", do="write for example 4/4 or 3+2+2/8")
        groups = tuple(int(group) for group in match[2].split("+"))
        grouped = len(groups) > 1 or match[1]
        return cls(sum(groups), int(match[3]), groups if grouped else ())

    @classmethod
    def of_length(cls, length: Beats, denominator: int = 4) -> Meter:
        """A meter whose bar lasts `length`, in units of `denominator` if it can be; else in
        finer ones, rounded up to 32nds at last.

        >>> str(Meter.of_length(Beats("7/2")))
        '7/8'
        """
        for unit in (denominator, 4, 8, 16, 32):
            count = length.quarters * unit / 4
            if count.denominator == 1:
                return cls(int(count), unit)
        return cls(-(-length.quarters * 8 // 1), 32)

    @property
    def unit(self) -> Beats:
        """The length of one denominator unit."""
        return _units(1, self.denominator)

    @property
    def length(self) -> Beats:
        """The length of a whole bar."""
        return _units(self.numerator, self.denominator)

    @property
    def compound(self) -> bool:
        """Beaten in dotted units: 6/8, 9/8, 12/8 (and their 16ths)."""
        return self.denominator >= 8 and set(self.grouping) == {3}

    @property
    def additive(self) -> bool:
        """Beaten in unequal groups, such as 3+2+2/8."""
        return self.denominator >= 8 and len(set(self.grouping)) > 1

    @property
    def click(self) -> Beats:
        """The click unit: the dotted beat in compound meters, the eighth in additive ones."""
        return _units(3 if self.compound else 1, self.denominator)

    @property
    def clicks(self) -> tuple[Beats, ...]:
        """Offsets of the clicks from the barline."""
        return _clicks(self)

    @property
    def stresses(self) -> tuple[Beats, ...]:
        """Offsets at which a group begins; the first is the downbeat."""
        return _stresses(self)


@lru_cache(maxsize=256)
def _units(count: int, denominator: int) -> Beats:
    return Beats(Fraction(4 * count, denominator))


@lru_cache(maxsize=256)
def _clicks(meter: Meter) -> tuple[Beats, ...]:
    count = int(meter.length.quarters / meter.click.quarters)
    return tuple(meter.click * index for index in range(count))


@lru_cache(maxsize=256)
def _stresses(meter: Meter) -> tuple[Beats, ...]:
    starts = [sum(meter.grouping[:index]) for index in range(len(meter.grouping))]
    return tuple(meter.unit * start for start in starts)


def _usual_grouping(numerator: int, denominator: int) -> tuple[int, ...]:
    if denominator >= 8 and numerator > 3 and numerator % 3 == 0:
        return (3,) * (numerator // 3)
    usual = {4: (2, 2), 5: (3, 2), 6: (3, 3), 7: (4, 3), 8: (3, 3, 2)}
    if denominator <= 4:
        return usual.get(numerator, (1,) * numerator if numerator > 8 else (numerator,))
    return {2: (2,), 3: (3,), 4: (2, 2), 5: (3, 2), 7: (2, 2, 3), 8: (3, 3, 2)}.get(
        numerator, (1,) * numerator
    )
