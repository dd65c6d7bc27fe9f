"""What it costs to land a hit on each place of a bar, by what the hit wants and does."""

from __future__ import annotations

from fractions import Fraction

from scorestage.production import Hit, HitKind, HitWant
from scorestage.timebase import Beats, Meter

PLACE_POINTS = {
    HitWant.DOWNBEAT: (12.0, 5.0, 2.0, 0.0),
    HitWant.STRONG: (9.0, 3.0, 0.0, 0.0),
    HitWant.BEAT: (6.0, 1.5, 0.5, 0.0),
    HitWant.HALF: (0.5, 0.5, 0.2, 0.0),
    HitWant.ANY: (0.0, 0.0, 0.0, 0.0),
}
"""Points by stress of the place: between beats, beat, strong beat, downbeat."""
KIND_POINTS = {HitKind.CHANGE: (2.0, 1.5, 1.0, 0.0), HitKind.START: (1.0, 0.75, 0.5, 0.0)}
"""What a new scene or a new idea adds off the downbeat, where a phrase would begin."""
LOOSE_KINDS = (HitKind.STOP, HitKind.CATCH)
"""Kinds for which any half-beat is a good place unless a better one is asked for."""


def place_prices(hit: Hit, place: float) -> tuple[float, ...]:
    """Points of landing `hit` on each stress (0 … 3), `place` being the weight of places.

    >>> from scorestage.timebase import FilmTime
    >>> place_prices(Hit("cut", FilmTime(1), weight=3), 1.0)
    (6.0, 1.5, 0.5, 0.0)
    """
    want = hit.want
    if hit.kind in LOOSE_KINDS and want is HitWant.BEAT:
        want = HitWant.HALF
    table: tuple[float, ...] = PLACE_POINTS[want]
    if want is not HitWant.ANY and hit.kind in KIND_POINTS:
        added = KIND_POINTS[hit.kind]
        table = tuple(one + other for one, other in zip(table, added, strict=True))
    return tuple(points * place * hit.weight / 3 for points in table)


def grid_unit(meter: Meter) -> Beats:
    """The finest place a hit may fall: half a click, a third of a dotted one, an eighth of 7/8.

    >>> grid_unit(Meter(4, 4)), grid_unit(Meter(6, 8)), grid_unit(Meter(7, 8))
    (Beats('1/2'), Beats('1/2'), Beats('1/2'))
    """
    if meter.additive:
        return meter.click
    return meter.click * Fraction(1, 3 if meter.compound else 2)


def common_unit(meters: tuple[Meter, ...]) -> Beats:
    """The longest unit that counts the places of all `meters` in whole numbers."""
    units = [grid_unit(meter).quarters for meter in meters]
    finest = units[0]
    for unit in units[1:]:
        finest = _common(finest, unit)
    return Beats(finest)


def _common(one: Fraction, other: Fraction) -> Fraction:
    while other:
        one, other = other, one % other
    return one
