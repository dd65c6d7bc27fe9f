"""Putting struck keys on a grid: the file's own where it has one, else found beat by beat."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

GRID = 12
"""Parts of a quarter that played notes are put on at the finest: 16ths and triplets of 16ths."""
_EXACT = frozenset((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 24, 32, 48, 64))
_QUANTISED_SHARE = Fraction(9, 10)
_WAYS = (1, 2, 4, 3, 6, 8)
_COSTS = {1: 0, 2: 1, 4: 2, 3: 3, 6: 5, 8: 6}
_COST = Fraction(1, 90)


@dataclass(frozen=True, slots=True)
class Grid:
    """How the beats of a track are divided; `exact` keeps every time as it stands."""

    exact: bool
    ways: tuple[tuple[int, int], ...] = ()
    """By quarter the number of parts, where it was found out."""

    @classmethod
    def of_onsets(cls, onsets: Iterable[Fraction]) -> Grid:
        """The grid on which these onsets lie, or near which they were played.

        >>> Grid.of_onsets([Fraction(0), Fraction(1, 3), Fraction(2, 3)]).exact
        True
        """
        told = list(onsets)
        on_grid = sum(onset.denominator in _EXACT for onset in told)
        if on_grid >= _QUANTISED_SHARE * len(told):
            return cls(True)
        beats: dict[int, list[Fraction]] = defaultdict(list)
        for onset in told:
            beats[int(onset // 1)].append(onset % 1)
        return cls(False, tuple(sorted((beat, _way(inside)) for beat, inside in beats.items())))

    def nearest(self, at: Fraction) -> Fraction:
        """The point of the grid nearest to a time."""
        if self.exact and at.denominator in _EXACT:
            return at
        parts = self._parts(int(at // 1))
        return Fraction(round(at * parts), parts)

    def least(self, at: Fraction) -> Fraction:
        """The shortest length a note that begins there may have."""
        parts = GRID if self.exact else self._parts(int(at // 1))
        return Fraction(1, max(parts, 4))

    def _parts(self, beat: int) -> int:
        place = bisect_left(self.ways, (beat, 0))
        if place < len(self.ways) and self.ways[place][0] == beat:
            return self.ways[place][1]
        return GRID if self.exact else 4


def _way(inside: list[Fraction]) -> int:
    """Into how many parts a beat is divided: near what was played, and plain."""

    def cost(parts: int) -> Fraction:
        off = (abs(at - Fraction(round(at * parts), parts)) for at in inside)
        places = {round(at * parts) for at in inside}
        crowded = len(inside) - len(places) if len(set(inside)) > len(places) else 0
        return sum(off, Fraction(0)) / len(inside) + _COST * (_COSTS[parts] + crowded)

    return min(_WAYS, key=cost)
