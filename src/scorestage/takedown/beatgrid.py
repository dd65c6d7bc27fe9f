"""The beats that played notes are read against, and into what parts a beat may be divided."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from scorestage.timebase import BarGrid, Meter

_QUARTER = Fraction(1)
_WHOLE_BEAT = {1: 0.0, 2: 0.5, 4: 1.5, 8: 4.2, 3: 2.4, 6: 4.6, 12: 7.5, 5: 6.0, 7: 8.0}
_PART_OF_BEAT = {1: 0.0, 2: 0.6, 4: 4.5, 3: 3.2, 6: 7.5}
"""What it costs to divide a beat, and an eighth that is itself a part of one."""


@dataclass(frozen=True, slots=True)
class GridBeat:
    """One beat: where it starts and how long it is in quarters, in which bar, how it divides.

    `ways` are numbers of parts with what each costs: the plainer the cheaper.
    """

    start: Fraction
    length: Fraction
    bar: int
    ways: tuple[tuple[int, float], ...]

    @property
    def end(self) -> Fraction:
        """Where the next begins."""
        return self.start + self.length


def beats_of(grid: BarGrid) -> tuple[GridBeat, ...]:
    """Every beat of the bars, those of the pickup first; in eighths each eighth is one.

    >>> from scorestage.timebase import BarGrid, Meter
    >>> len(beats_of(BarGrid.regular(2, Meter.parse("7/8"))))
    14
    """
    found = list(_pickup(grid))
    for index, bar in enumerate(grid.bars):
        at = grid.starts[index].quarters
        for length in beat_lengths(bar.meter):
            found.append(GridBeat(at, length, index, ways_of(length)))
            at += length
    return tuple(found)


def _pickup(grid: BarGrid) -> list[GridBeat]:
    """The pickup in whole beats of the first bar's meter, counted back from bar 1."""
    found: list[GridBeat] = []
    if not grid.bars or not grid.pickup.quarters:
        return found
    length = beat_lengths(grid.bars[0].meter)[-1]
    at = Fraction(0)
    while at > -grid.pickup.quarters:
        at -= length
        found.append(GridBeat(at, length, 0, ways_of(length)))
    return found[::-1]


@lru_cache(maxsize=64)
def beat_lengths(meter: Meter) -> tuple[Fraction, ...]:
    """The lengths of a bar's beats in quarters: quarters, or in eighths and shorter the unit."""
    unit = meter.unit.quarters
    if unit > _QUARTER:
        return (_QUARTER,) * int(meter.length.quarters / _QUARTER)
    return (unit,) * meter.numerator


@lru_cache(maxsize=64)
def ways_of(length: Fraction) -> tuple[tuple[int, float], ...]:
    """Into how many parts a beat of so many quarters may be divided, and at what cost.

    >>> [parts for parts, _ in ways_of(Fraction(1, 2))]
    [1, 2, 4, 3, 6]
    """
    return tuple((_WHOLE_BEAT if length >= _QUARTER else _PART_OF_BEAT).items())


def kind_of(parts: int) -> str:
    """Whether parts go with twos or threes; empty where they say nothing.

    >>> kind_of(4), kind_of(6), kind_of(1)
    ('even', 'three', '')
    """
    if parts == 1:
        return ""
    if parts in (5, 7):
        return "odd"
    return "three" if parts % 3 == 0 else "even"
