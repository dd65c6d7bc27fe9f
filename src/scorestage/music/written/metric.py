"""The tree of a bar: which stretch divides into which, down to the shortest value.

Lengths are counted in whole ticks, so that the search for a spelling runs on integers.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from scorestage.timebase import Beats, Meter


class Kind(Enum):
    """How a stretch divides, and with it which notes may cross its inner points."""

    BINARY = auto()
    """Two halves; syncopations across the middle are readable."""
    HALVES = auto()
    """Two halves of a bar whose middle must stay visible (4/4, 6/8, 12/8)."""
    EQUAL = auto()
    """Three beats of a bar or of a group, three eighths of a dotted beat, or a tuplet's parts."""
    UNEQUAL = auto()
    """Groups of different length: each must stay visible."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A node of the tree, from `start` over `length` ticks; binary ones divide by themselves."""

    start: int
    length: int
    kind: Kind = Kind.BINARY
    parts: tuple[Stretch, ...] = ()
    dotted_rest: bool = False
    """Whether its whole length may be one dotted rest (a dotted beat)."""

    @property
    def end(self) -> int:
        """Where the next one begins."""
        return self.start + self.length

    @property
    def children(self) -> tuple[Stretch, ...]:
        """What it divides into; nothing at the shortest value."""
        if self.parts or self.length % 2:
            return self.parts
        half = self.length // 2
        return Stretch(self.start, half), Stretch(self.start + half, half)


def tuplet_stretch(start: int, length: int, count: int) -> Stretch:
    """A stretch divided into `count` equal parts."""
    part = length // count
    parts = tuple(Stretch(start + index * part, part) for index in range(count))
    return Stretch(start, length, Kind.EQUAL, parts)


def bar_tree(meter: Meter, ticks_per_quarter: int, bars: int = 1) -> Stretch:
    """The tree of a bar of `meter` (or of several, for a pickup longer than a bar)."""
    unit = ticks_per_quarter * 4 // meter.denominator
    length = unit * meter.numerator
    trees = tuple(_one_bar(meter, index * length, unit) for index in range(bars))
    return trees[0] if bars == 1 else Stretch(0, length * bars, Kind.UNEQUAL, trees)


def bars_in(meter: Meter, pickup: Beats) -> int:
    """How many bars of `meter` a pickup reaches into."""
    return int(-(-pickup.quarters // meter.length.quarters))


def _one_bar(meter: Meter, start: int, unit: int) -> Stretch:
    groups = []
    at = start
    dotted = meter.denominator >= 8 or (len(meter.grouping) > 1 and set(meter.grouping) == {3})
    for count in meter.grouping:
        groups.append(_group(at, count, unit, dotted))
        at += count * unit
    return _joined(tuple(groups))


def _joined(groups: tuple[Stretch, ...]) -> Stretch:
    """Groups put together: pairs show their middle, threes may be joined, the rest stays apart."""
    count = len(groups)
    start, length = groups[0].start, groups[-1].end - groups[0].start
    if count == 1:
        return groups[0]
    if len({group.length for group in groups}) > 1:
        return Stretch(start, length, Kind.UNEQUAL, groups)
    if count % 2 == 0:
        halves = _joined(groups[: count // 2]), _joined(groups[count // 2 :])
        return Stretch(start, length, Kind.HALVES, halves)
    return Stretch(start, length, Kind.EQUAL, groups)


def _group(start: int, count: int, unit: int, dotted: bool) -> Stretch:
    length = count * unit
    if count & (count - 1) == 0:
        return Stretch(start, length)
    if count % 2 == 0:
        halves = tuple(
            _group(start + index * length // 2, count // 2, unit, dotted) for index in (0, 1)
        )
        return Stretch(start, length, Kind.HALVES, halves)
    parts = tuple(Stretch(start + index * unit, unit) for index in range(count))
    return Stretch(start, length, Kind.EQUAL, parts, dotted_rest=dotted and count == 3)
