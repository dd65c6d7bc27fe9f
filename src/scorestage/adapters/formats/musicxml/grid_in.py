"""Putting the measures of all parts together: bars, pickup, and where each begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest

from scorestage.adapters.format import Losses
from scorestage.adapters.formats.musicxml.facts_in import Place, ReadBar
from scorestage.errors import InputError
from scorestage.timebase import Bar, BarGrid, BarLabel, Beat, Beats, Meter


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars of the score, and the beat that every place in the file stands for."""

    grid: BarGrid
    has_pickup: bool

    def beat(self, place: Place) -> Beat:
        """The beat at a measure (counted in the file from 0) and an offset from its barline."""
        index, offset = place
        if self.has_pickup and index == 0:
            return Beat(offset) - self.grid.pickup
        start = self.grid.starts[index - 1 if self.has_pickup else index]
        return min(start + Beats(offset), self.grid.end)


def timeline_of(
    parts: Sequence[Sequence[ReadBar]], groupings: Mapping[int, str], losses: Losses
) -> Timeline:
    """The bars that all parts agree on.

    A first measure shorter than its meter is the pickup. A measure longer than its meter, or one
    marked as a part of a bar, gets a meter of its own length; any other short one is filled up.
    `groupings` are meters by bar index that the file's own words cannot tell.
    """
    meter = Meter(4, 4)
    bars: list[Bar] = []
    pickup = Fraction(0)
    columns = list(zip_longest(*parts))
    for place, column in enumerate(columns):
        present = [bar for bar in column if bar is not None]
        meter = next((bar.meter for bar in present if bar.meter is not None), meter)
        if len({bar.meter for bar in present if bar.meter is not None}) > 1:
            losses.add("time signature of a single part")
        length = max(bar.length for bar in present)
        first = present[0]
        if place == 0 and 0 < length < meter.length.quarters and len(columns) > 1:
            pickup = length
            continue
        shown = _meter_of(first, length, meter, losses)
        if len(bars) in groupings:
            shown = _regrouped(shown, groupings[len(bars)])
        bars.append(Bar(shown, _label(first.number, bars)))
    return Timeline(BarGrid(tuple(bars), Beats(pickup)), pickup > 0)


def _meter_of(bar: ReadBar, length: Fraction, meter: Meter, losses: Losses) -> Meter:
    full = meter.length.quarters
    if length == full or not length:
        return meter
    if bar.unmeasured:
        losses.add("bar without meter (given one of its length)")
    elif length < full and not bar.implicit:
        return meter
    elif length > full:
        losses.add("bar longer than its meter (given one of its length)")
    return Meter.of_length(Beats(length), meter.denominator)


def _regrouped(meter: Meter, told: str) -> Meter:
    try:
        found = Meter.parse(told)
    except InputError:
        return meter
    return found if found.length == meter.length else meter


def _label(number: str, before: Sequence[Bar]) -> BarLabel:
    """The printed label; a measure without a number of its own follows the one before it."""
    try:
        return BarLabel.parse(number)
    except InputError:
        if not before:
            return BarLabel(1)
    last = before[-1].label
    if last.letter == "Z" or not last.letter.isalpha():
        return BarLabel(last.number, last.letter + "A")
    return BarLabel(last.number, last.letter[:-1] + chr(ord(last.letter[-1]) + 1))
