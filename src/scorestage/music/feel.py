"""How a bar is felt: the beats a listener would tap, whatever unit the click counts."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from scorestage.timebase import Meter


@cache
def felt_beats(meter: Meter) -> tuple[Fraction, ...]:
    """Lengths of the bar's felt beats in quarters: dotted ones in compound, groups in additive.

    >>> [str(beat) for beat in felt_beats(Meter.parse("2+2+3/8"))], len(felt_beats(Meter(6, 8)))
    (['1', '1', '3/2'], 2)
    """
    unit = meter.unit.quarters
    if meter.numerator > 3 and (meter.compound or meter.additive):
        return tuple(unit * group for group in meter.grouping)
    return (unit,) * meter.numerator


@cache
def felt_starts(meter: Meter) -> tuple[Fraction, ...]:
    """Offsets of the felt beats from the barline in quarters."""
    beats = felt_beats(meter)
    return tuple(sum(beats[:index], Fraction(0)) for index in range(len(beats)))


@cache
def stress_in_bar(meter: Meter, offset: Fraction) -> int:
    """How strong an offset is: 3 downbeat, 2 start of a group, 1 a felt beat, 0 between."""
    if offset == 0:
        return 3
    if any(offset == stress.quarters for stress in meter.stresses):
        return 2 if len(felt_beats(meter)) > 2 or offset * 2 == meter.length.quarters else 1
    return 1 if offset in felt_starts(meter) else 0


@cache
def middle_of_bar(meter: Meter) -> Fraction:
    """Where a bar divides in two for harmony: the group start nearest its middle, else a beat."""
    half = meter.length.quarters / 2
    groups = [stress.quarters for stress in meter.stresses if stress.quarters > 0]
    starts = groups or [start for start in felt_starts(meter) if start > 0]
    if not starts:
        return half
    return min(starts, key=lambda start: (abs(start - half), -start))
