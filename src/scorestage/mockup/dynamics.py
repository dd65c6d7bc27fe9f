"""How loud a line is written to be: marks and hairpins as levels over the beats.

A level counts dynamic steps from mf, as `Dynamic.level` does; between marks it may be broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from scorestage.music import DynamicMark, Hairpin, Instrument

STEP_DB = 4.0
"""One step of dynamics (p to mp) in dB of level; halls have some 5, loudspeakers bear less."""
SOFT_STEP_DB = 2.0
"""The same below p: under a film's sound pp has to be heard as well."""
_NEAR_QUARTERS = Fraction(1)
_LOUD_STEP, _SOFT_STEP = 1, -2
"""Where an instrument's `weight_f` and `weight_p` hold: f and p."""


@dataclass(frozen=True, slots=True)
class Levels:
    """Level against beat: straight between points; two points on one beat are a sudden change."""

    quarters: tuple[float, ...]
    steps: tuple[float, ...]

    def at(self, quarters: float) -> float:
        """The level at a beat; at a sudden change the new one."""
        number = int(np.searchsorted(self.quarters, quarters, side="right"))
        if number == 0:
            return self.steps[0]
        if number == len(self.quarters):
            return self.steps[-1]
        a, b = self.quarters[number - 1], self.quarters[number]
        share = (quarters - a) / (b - a)
        return self.steps[number - 1] + share * (self.steps[number] - self.steps[number - 1])


def levels_of(marks: Iterable[DynamicMark], hairpins: Iterable[Hairpin]) -> Levels:
    """Levels of a staff; without any mark it is mf.

    A hairpin leads to the next mark if one stands within a beat of its end, else one step on
    (two, where it lasts more than two bars of four).
    """
    written = sorted(marks, key=lambda mark: mark.at)
    points: list[tuple[Fraction, float]] = []
    now = float(written[0].dynamic.level) if written else 0.0
    start = written[0].at.quarters if written else Fraction(0)
    points.append((start, now))
    events: list[tuple[Fraction, int, DynamicMark | Hairpin]] = [
        (mark.at.quarters, 1, mark) for mark in written
    ]
    events += [(pin.start.quarters, 2, pin) for pin in hairpins if pin.end > pin.start]
    for at, _, event in sorted(events, key=lambda item: item[:2]):
        if isinstance(event, DynamicMark):
            points.append((max(at, points[-1][0]), now))
            now = float(event.dynamic.level)
            points.append((points[-1][0], now))
        else:
            begin = max(at, points[-1][0])
            end = max(event.end.quarters, begin)
            points.append((begin, now))
            now = _goal(event, now, written)
            points.append((end, now))
    return Levels(tuple(float(q) for q, _ in points), tuple(level for _, level in points))


def _goal(hairpin: Hairpin, now: float, written: Sequence[DynamicMark]) -> float:
    direction = 1 if hairpin.opens else -1
    for mark in written:
        gap = mark.at.quarters - hairpin.end.quarters
        if mark.at > hairpin.start and abs(gap) <= _NEAR_QUARTERS:
            goal = float(mark.dynamic.level)
            return goal if (goal - now) * direction > 0 else now + direction
    length = (hairpin.end - hairpin.start).quarters
    return now + direction * (2 if length > 8 else 1)


def level_db(
    steps: float | NDArray[np.float64], instrument: Instrument, heads: float = 1.0
) -> NDArray[np.float64]:
    """The level in dB that a written dynamic asks of an instrument, one trumpet at mf being 0.

    Between p and f the instrument's weight goes over from `weight_p` to `weight_f`: a flute
    balances a trumpet when both play p, a quarter of one when both play f.
    """
    soft, loud = float(Fraction(instrument.weight_p)), float(Fraction(instrument.weight_f))
    share = np.clip((np.asarray(steps) - _SOFT_STEP) / (_LOUD_STEP - _SOFT_STEP), 0, 1)
    weight = soft ** (1 - share) * loud**share * heads
    return np.asarray(steps_db(steps) + 10 * np.log10(weight))


def steps_db(steps: float | NDArray[np.float64]) -> NDArray[np.float64]:
    """Dynamic steps from mf in dB: f is 12 dB above p, and what is softer than p stays near it.

    >>> [float(steps_db(step)) for step in (1, 0, -2, -3, -4)]
    [4.0, 0.0, -8.0, -10.0, -12.0]
    """
    levels = np.asarray(steps)
    softer = np.minimum(levels - _SOFT_STEP, 0)
    return np.asarray(STEP_DB * (levels - softer) + SOFT_STEP_DB * softer)
