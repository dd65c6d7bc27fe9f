"""Putting the measures of all parts together: bars, pickup, and where each begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest

from scorestage.adapters.formats.musicxml.bar_lengths_in import agreed, lengths_of
from scorestage.adapters.formats.musicxml.facts_in import Place, ReadBar
from scorestage.adapters.formats.musicxml.loss_report import Tally
from scorestage.errors import FormatError, InputError, Where
from scorestage.music import Sign, StaffSign
from scorestage.timebase import Bar, BarGrid, BarLabel, Beat, Beats, Meter


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars of the score, and the beat that every place in the file stands for."""

    grid: BarGrid
    has_pickup: bool
    signs: tuple[StaffSign, ...] = ()
    """Barlines, page breaks, and how time signatures are drawn."""

    def beat(self, place: Place) -> Beat:
        """The beat at a measure (counted in the file from 0) and an offset from its barline."""
        index, offset = place
        if self.has_pickup and index == 0:
            return Beat(offset) - self.grid.pickup
        start = self.grid.starts[index - 1 if self.has_pickup else index]
        return min(start + Beats(offset), self.grid.end)


def timeline_of(
    parts: Sequence[Sequence[ReadBar]], groupings: Mapping[int, str], losses: Tally
) -> Timeline:
    """The bars that all parts agree on.

    A first measure shorter than its meter is the pickup. A measure longer than its meter, one that
    is only a part of a bar, or a short one in which several parts play and end together gets a
    meter of its own length, whose signature is not drawn; any other short one is filled up.
    `groupings` are meters by bar index that the file's own words cannot tell.

    Raises `FormatError` for bars that no page could hold.
    """
    meter = Meter(4, 4)
    bars: list[Bar] = []
    drawn: list[tuple[int, Sign]] = []
    pickup = Fraction(0)
    columns = [[bar for bar in column if bar is not None] for column in zip_longest(*parts)]
    lengths = lengths_of(columns, meter)
    if len(columns) > _MOST_BARS:
        raise FormatError(f"more than {_MOST_BARS} bars", do="split it into movements")
    own = False
    upbeat: tuple[Sign | None, Meter] | None = None
    for place, column in enumerate(columns):
        told = next((bar.meter for bar in column if bar.meter is not None), None)
        meter = told or meter
        if len({bar.meter for bar in column if bar.meter is not None}) > 1:
            losses.add("time signature of a single part", path="attributes/time")
        if lengths[place] > _LONGEST_BAR:
            raise FormatError(
                f"a bar of {float(lengths[place]):.0f} quarters",
                Where(bar=column[0].number or None),
                "the longest one that can be read has 1024",
            )
        if place == 0 and 0 < lengths[0] < meter.length.quarters and len(columns) > 1:
            pickup = lengths[0]
            upbeat = (column[0].time, meter)
            continue
        shown = _meter_of(column, lengths, place, meter, pickup)
        if len(bars) in groupings:
            shown = _regrouped(shown, groupings[len(bars)])
        time = next((bar.time for bar in column if bar.time is not None), None)
        irregular = shown.length != meter.length or time == _NOT_DRAWN
        if upbeat is not None and (irregular or upbeat[0] is not None):
            drawn.append((0, _full_time(*upbeat) if irregular else upbeat[0] or plain_time(meter)))
        upbeat = None
        if time is not None:
            drawn.append((len(bars), time))
        elif not column[0].unmeasured:
            odd = shown.length != meter.length
            before = bars[-1].meter if bars else None
            hidden = bool(drawn) and drawn[-1] == (len(bars) - 1, _NOT_DRAWN)
            if told is None and (odd or own):
                drawn.append((len(bars), _NOT_DRAWN))
            elif told is not None and (odd or (before == shown and (own or hidden))):
                drawn.append((len(bars), plain_time(told)))
        own = shown.length != meter.length and not column[0].unmeasured
        bars.append(Bar(shown, _label(column[0].number, bars)))
    grid = BarGrid(tuple(bars), Beats(pickup))
    return Timeline(grid, pickup > 0, _signs(parts, grid, drawn, losses))


_MOST_BARS = 50_000
_LONGEST_BAR = 1024
_NOT_DRAWN = Sign("time", "", (("print-object", "no"),))


def plain_time(meter: Meter) -> Sign:
    """A time signature drawn as its meter says."""
    beats, _, unit = str(meter).partition("/")
    return Sign("time", inner=(Sign("beats", beats.strip("()")), Sign("beat-type", unit)))


def _full_time(sign: Sign | None, meter: Meter) -> Sign:
    """A signature with its numbers, for an upbeat whose first bar is counted otherwise."""
    if sign is not None and sign.inner:
        return sign
    return Sign("time", "", sign.details if sign is not None else (), plain_time(meter).inner)


def _signs(
    parts: Sequence[Sequence[ReadBar]],
    grid: BarGrid,
    drawn: Sequence[tuple[int, Sign]],
    losses: Tally,
) -> tuple[StaffSign, ...]:
    """Signs at bars, taken from the first part; what others have besides is lost."""
    found = [StaffSign(grid.starts[index], sign) for index, sign in drawn]
    ends = [*grid.starts[1:], grid.end]
    shift = 1 if grid.pickup.quarters > 0 else 0
    last = len(grid.bars) - 1
    for place, column in enumerate(zip_longest(*parts)):
        signs = column[0].signs if column[0] is not None else []
        for bar in column[1:]:
            if bar is not None and bar.signs:
                extra = [one for one in bar.signs if one not in signs and one.name == "barline"]
                losses.add("barline of a single part", len(extra), path="measure/barline")
        index = place - shift
        start = grid.starts[index] if index >= 0 else Beat(0) - grid.pickup
        for sign in signs:
            if sign == FINAL_BARLINE and index == last:
                continue
            right = sign.name == "barline" and sign.detail("location") == "right"
            end = ends[index] if index >= 0 else Beat(0)
            found.append(StaffSign(end if right else start, sign))
    return tuple(sorted(found, key=lambda one: one.at))


FINAL_BARLINE = Sign("barline", "", (("location", "right"),), (Sign("bar-style", "light-heavy"),))
"""What stands at the end of every score, unless another one is asked for."""


def _meter_of(
    column: Sequence[ReadBar],
    lengths: Sequence[Fraction],
    place: int,
    meter: Meter,
    pickup: Fraction,
) -> Meter:
    """The meter a bar is counted in: the one in force, or one of its own length."""
    bar = column[0]
    full, length = meter.length.quarters, lengths[place]
    if length == full or not length:
        return meter
    if length < full and not (bar.unmeasured or bar.implicit or agreed(column)):
        beside = [*lengths[max(place - 1, 0) : place], *lengths[place + 1 : place + 2]]
        is_last = place + 1 == len(lengths)
        if not (is_last and length + pickup == full) and full - length not in beside:
            return meter
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
