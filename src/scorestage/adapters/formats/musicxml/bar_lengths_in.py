"""How long each bar is, where the parts of a file do not say the same."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from scorestage.adapters.formats.musicxml.facts_in import ReadBar
from scorestage.timebase import Meter


def lengths_of(columns: Sequence[Sequence[ReadBar]], meter: Meter) -> list[Fraction]:
    """The length of each bar in quarters; `meter` is in force where no part sets one.

    It is the longest of its parts. Rests make no bar longer than its meter where other parts have
    it right, and a short bar in which several parts play and end together is as long as they are.
    """
    found = []
    for column in columns:
        meter = next((bar.meter for bar in column if bar.meter is not None), meter)
        found.append(_length(column, meter.length.quarters))
    return found


def agreed(column: Sequence[ReadBar]) -> bool:
    """Whether several parts play in a bar, all end together, and none is longer.

    Whole rests of the parts that are silent do not count in a bar that is marked as irregular.
    """
    playing = {bar.length for bar in column if bar.sounds_until}
    if len(playing) != 1 or sum(bar.sounds_until > 0 for bar in column) < 2:
        return False
    silent = [bar.length for bar in column if not bar.sounds_until]
    return column[0].implicit or all(length <= min(playing) for length in silent)


def _length(column: Sequence[ReadBar], full: Fraction) -> Fraction:
    lengths = {bar.length for bar in column}
    longest = max(lengths)
    if len(lengths) == 1:
        return longest
    if agreed(column):
        return max(bar.length for bar in column if bar.sounds_until)
    if longest > full:
        return max(min(bar.length, max(full, bar.sounds_until)) for bar in column)
    return longest
