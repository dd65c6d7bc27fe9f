"""The bars of a cue: their meters, their labels, where each begins."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from fractions import Fraction
from operator import attrgetter

from scorestage.errors import InputError
from scorestage.timebase.beats import Beat, Beats
from scorestage.timebase.meter import Meter

NO_PICKUP = Beats(0)
_LABEL = re.compile(r"(\d+)([A-Z]*)")
_QUARTERS = attrgetter("quarters")


@dataclass(frozen=True, slots=True, order=True)
class BarLabel:
    """What is printed under the bar: a number, and a letter where put in after parts were issued.

    >>> str(BarLabel.parse("12A"))
    '12A'
    """

    number: int
    letter: str = ""

    def __str__(self) -> str:
        return f"{self.number}{self.letter}"

    @classmethod
    def parse(cls, text: str) -> BarLabel:
        """Read `12` or `12A`."""
        match = _LABEL.fullmatch(text)
        if match is None:
            raise InputError(f"{text!r} is no bar number", do="write for example 12 or 12A")
        return cls(int(match[1]), match[2])


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: how it is counted and what is printed under it."""

    meter: Meter
    label: BarLabel


@dataclass(frozen=True, slots=True)
class Position:
    """Where in the bars something falls: `beat` counts from 1 in click beats of the bar's meter."""

    bar_index: int
    label: BarLabel
    beat: Fraction

    def __str__(self) -> str:
        return f"{self.label} beat {self.beat}"


@dataclass(frozen=True, slots=True)
class BarGrid:
    """All bars of a cue in order; bar index 0 begins at `Beat(0)`, a pickup lies before it.

    >>> grid = BarGrid.regular(3, Meter(4, 4))
    >>> str(grid.position(Beat("11/2")))
    '2 beat 5/2'
    """

    bars: tuple[Bar, ...]
    pickup: Beats = NO_PICKUP
    starts: tuple[Beat, ...] = field(init=False, repr=False, compare=False)
    """Where each bar begins, and as one more entry where the last one ends."""

    def __post_init__(self) -> None:
        starts = [Beat(0)]
        for bar in self.bars:
            starts.append(starts[-1] + bar.meter.length)
        object.__setattr__(self, "starts", tuple(starts))

    @classmethod
    def of_meters(
        cls, meters: tuple[Meter, ...], pickup: Beats = NO_PICKUP, first: int = 1
    ) -> BarGrid:
        """Bars numbered from `first` in the `meters` given."""
        bars = (Bar(meter, BarLabel(number)) for number, meter in enumerate(meters, start=first))
        return cls(tuple(bars), pickup)

    @classmethod
    def regular(cls, count: int, meter: Meter) -> BarGrid:
        """`count` bars of one meter, numbered from 1."""
        return cls.of_meters((meter,) * count)

    def counted_from(self, first: int) -> BarGrid:
        """The same bars with all numbers moved so that the first is `first`; letters stay.

        >>> str(BarGrid.regular(2, Meter(4, 4)).counted_from(3).bars[-1].label)
        '4'
        """
        by = first - self.bars[0].label.number if self.bars else 0
        bars = (
            Bar(bar.meter, BarLabel(bar.label.number + by, bar.label.letter)) for bar in self.bars
        )
        return BarGrid(tuple(bars), self.pickup) if by else self

    @property
    def pickup_label(self) -> BarLabel:
        """What the bar of the pickup is called: 0, or the last of the bars counted before."""
        return BarLabel(max(0, self.bars[0].label.number - 1) if self.bars else 0)

    @property
    def end(self) -> Beat:
        """The final barline."""
        return self.starts[-1]

    def index_at(self, at: Beat) -> int:
        """The bar that `at` lies in; before bar 1 the first, after the end the last."""
        return max(
            0, min(len(self.bars) - 1, bisect_right(self.starts, at.quarters, key=_QUARTERS) - 1)
        )

    def position(self, at: Beat) -> Position:
        """Bar and beat of `at`; in a pickup the beat is 0 or negative, counted back from bar 1."""
        index = self.index_at(at)
        bar = self.bars[index]
        into = at - self.starts[index]
        return Position(index, bar.label, into.quarters / bar.meter.click.quarters + 1)

    def beat_of(self, position: Position) -> Beat:
        """The point that bar and beat name; the inverse of `position`."""
        bar = self.bars[position.bar_index]
        return self.starts[position.bar_index] + bar.meter.click * (position.beat - 1)

    def stress_at(self, at: Beat) -> int:
        """How strong `at` is: 3 downbeat, 2 start of a group, 1 a click, 0 off the click."""
        index = self.index_at(at)
        into, meter = at - self.starts[index], self.bars[index].meter
        if into.quarters == 0:
            return 3
        if into in meter.stresses:
            return 2
        return 1 if into in meter.clicks else 0
