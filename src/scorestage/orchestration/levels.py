"""Dynamics of a sketch staff as a curve, and as what would be printed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from fractions import Fraction

from scorestage.music import Dynamic, Hairpin, Staff


class LevelCurve:
    """How loud one strand is meant, in steps from mf, with hairpins in between its marks."""

    def __init__(self, staff: Staff) -> None:
        marks = sorted(staff.dynamics, key=lambda mark: mark.at)
        self.marks = tuple((mark.at.quarters, mark.dynamic) for mark in marks)
        self.hairpins = tuple(sorted(staff.hairpins, key=lambda pin: (pin.start, pin.end)))
        self._known: dict[tuple[int, int], float] = {}
        self._ats = [at for at, _ in self.marks]
        self._levels = [float(dynamic.level) for _, dynamic in self.marks]
        self._pins = tuple(
            (pin.start.quarters, pin.end.quarters, pin)
            for pin in self.hairpins
            if pin.end.quarters > pin.start.quarters
        )

    def at(self, quarters: Fraction) -> float:
        """The level at a beat; before the first mark what that mark says, mf where there is none.

        >>> staff = Staff((), (DynamicMark(Beat(0), Dynamic.P), DynamicMark(Beat(4), Dynamic.F)),
        ...               (Hairpin(Beat(2), Beat(4), True),))
        >>> curve = LevelCurve(staff)
        >>> curve.at(Beat(0).quarters), curve.at(Beat(3).quarters), curve.at(Beat(9).quarters)
        (-2.0, -0.5, 1.0)
        """
        ratio = quarters.as_integer_ratio()
        found = self._known.get(ratio)
        if found is None:
            found = self._known[ratio] = self._at(quarters)
        return found

    def _at(self, quarters: Fraction) -> float:
        if not self.marks:
            level, since = 0.0, None
        else:
            index = max(0, bisect_right(self._ats, quarters) - 1)
            since, level = self._ats[index], self._levels[index]
        for start, end, pin in self._pins:
            if start >= quarters:
                break
            if since is not None and end <= since:
                continue
            target = self._target(pin, level)
            share = min(Fraction(1), (quarters - start) / (end - start))
            level += (target - level) * float(share)
        return level

    def dynamic_at(self, quarters: Fraction) -> Dynamic:
        """The dynamic that would be printed for an entry there."""
        return dynamic_of(self.at(quarters))

    def _target(self, pin: Hairpin, level: float) -> float:
        end = pin.end.quarters
        first = bisect_left(self._ats, end - Fraction(1, 4))
        for at, wanted in zip(self._ats[first:], self._levels[first:], strict=True):
            if at > end + 1:
                break
            if (wanted > level) is pin.opens:
                return wanted
        return level + (1.0 if pin.opens else -1.0)


def dynamic_of(level: float) -> Dynamic:
    """The printed dynamic nearest to a level, between ppp and fff.

    >>> dynamic_of(0.4), dynamic_of(-9)
    (<Dynamic.MF: 'mf'>, <Dynamic.PPP: 'ppp'>)
    """
    return Dynamic.MF.shifted(round(level))


def tier_of(level: float) -> int:
    """How much scoring a level asks for: 0 whisper, 1 soft, 2 medium, 3 loud, 4 tutti.

    >>> [tier_of(level) for level in (-3, -2, -1, 0, 1, 2)]
    [0, 1, 1, 2, 3, 4]
    """
    for tier, limit in enumerate((-2.5, -0.6, 0.5, 1.5)):
        if level < limit:
            return tier
    return 4
