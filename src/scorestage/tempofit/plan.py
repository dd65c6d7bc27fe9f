"""A map on its way: knots between stretches of one law, still in float seconds."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np

from scorestage.tempofit.barring import write_bars
from scorestage.tempofit.ground import Floats, Ground, Ints
from scorestage.tempofit.sweep import Path
from scorestage.timebase import Meter

HOLD_ROOM = 1e-9
PASSED_ROOM = 0.8
"""How much of its tolerance a hit that a path passes over may use up, to count as caught."""


class Law(IntEnum):
    """What the tempo does between two knots."""

    STEADY = 0
    RAMP = 1
    FERMATA = 2
    FREE = 3


@dataclass(frozen=True, slots=True)
class Knot:
    """Where the tempo may change: a unit of the music, when it sounds, and the point met there.

    `law` is that of the stretch which begins here.
    """

    unit: int
    seconds: float
    point: int | None = None
    law: Law = Law.STEADY


@dataclass(frozen=True, slots=True)
class Plan:
    """Knots from the first unit (of the pickup or bar 1) to the last, the bars, the hits met.

    `landed` says on which unit each hit (by its number among the points) is caught; `bar_points`
    is what the bars cost with the places of those hits.
    """

    knots: tuple[Knot, ...]
    pickup: int
    bars: tuple[Meter, ...]
    landed: tuple[tuple[int, int], ...]
    bar_points: float = 0.0
    units: Ints = field(init=False, repr=False, compare=False)
    seconds: Floats = field(init=False, repr=False, compare=False)
    _levels: list[tuple[float, float]] | None = field(
        init=False, repr=False, compare=False, default=None
    )

    def __post_init__(self) -> None:
        units = np.array([knot.unit for knot in self.knots], dtype=np.int64)
        object.__setattr__(self, "units", units)
        object.__setattr__(self, "seconds", np.array([knot.seconds for knot in self.knots]))

    @property
    def rates(self) -> Floats:
        """Mean units per second between the knots."""
        return np.asarray(
            (self.units[1:] - self.units[:-1]) / (self.seconds[1:] - self.seconds[:-1]),
            dtype=np.float64,
        )

    @property
    def written(self) -> bool:
        """Whether a ritardando, an accelerando or a hold is written."""
        return any(knot.law is not Law.STEADY for knot in self.knots[:-1])

    def levels(self) -> list[tuple[float, float]]:
        """The tempo at the beginning and the end of each stretch, in units per second."""
        if self._levels is None:
            object.__setattr__(self, "_levels", self._found_levels())
        return self._levels or []

    def _found_levels(self) -> list[tuple[float, float]]:
        found: list[tuple[float, float]] = []
        for knot, rate in zip(self.knots, self.rates.tolist(), strict=False):
            came = found[-1][1] if found else rate
            if knot.law is Law.STEADY:
                found.append((rate, rate))
            elif knot.law is Law.RAMP:
                found.append((came, 2 * rate - came))
            else:
                found.append((came, came))
        return found

    def seconds_at(self, unit: int) -> float:
        """When `unit` sounds; beyond the last knot the last tempo holds."""
        last = len(self.knots) - 2
        index = min(max(int(self.units.searchsorted(unit, "right")) - 1, 0), last)
        knot, after = self.knots[index], self.knots[index + 1]
        into, whole = unit - knot.unit, after.unit - knot.unit
        lasting = after.seconds - knot.seconds
        if knot.law is Law.RAMP and 0 < into < whole:
            first, final = self.levels()[index]
            return knot.seconds + ramp_seconds(into, first, final, lasting)
        return knot.seconds + lasting * into / whole

    def nearest_unit(self, seconds: float) -> int:
        """The unit that sounds nearest to `seconds`."""
        last = len(self.knots) - 2
        index = min(max(int(self.seconds.searchsorted(seconds, "right")) - 1, 0), last)
        knot, after = self.knots[index], self.knots[index + 1]
        into, lasting = seconds - knot.seconds, after.seconds - knot.seconds
        if knot.law is Law.RAMP:
            first, final = self.levels()[index]
            return knot.unit + round(first * into + (final - first) * into**2 / (2 * lasting))
        return max(0, round(knot.unit + (after.unit - knot.unit) * into / lasting))


def ramp_seconds(units: float, first: float, final: float, lasting: float) -> float:
    """Seconds to `units` into a ramp from tempo `first` to `final`, linear in time."""
    slope = (final - first) / lasting
    if abs(slope) < 1e-9:
        return units / first
    return (math.sqrt(max(0.0, first * first + 2 * slope * units)) - first) / slope


def plan_of_path(ground: Ground, path: Path) -> Plan | None:
    """The plan that a path of the search means."""
    knots = [Knot(0, 0.0, 0)]
    pickup = -path.legs[0].phase % ground.bar_units
    for leg in path.legs[1:]:
        before = knots[-1]
        unit, seconds = before.unit + leg.units, ground.points[leg.point].seconds
        if leg.tail:
            _write_tail(ground, knots, leg.units, leg.tail, leg.tail_units, leg.pace, seconds)
        knots.append(Knot(unit, seconds, leg.point))
    return with_bars(ground, tuple(knots), pickup, PASSED_ROOM)


def _write_tail(
    ground: Ground,
    knots: list[Knot],
    units: int,
    tail: int,
    over: int,
    pace: float,
    arrives: float,
) -> None:
    """Puts a written ritardando or hold of `over` units before the knot that comes next."""
    before = knots[-1]
    head = tail in (Law.FERMATA, Law.FREE) and before.point is not None
    if head and before.point is not None and ground.points[before.point].stop:
        knots[-1] = Knot(before.unit, before.seconds, before.point, Law(tail))
        if units > over:
            held_until = arrives - (units - over) / pace
            knots.append(Knot(before.unit + over, held_until))
    elif units > over:
        begins = before.seconds + (units - over) / pace
        knots.append(Knot(before.unit + units - over, begins, None, Law(tail)))
    else:
        knots[-1] = Knot(before.unit, before.seconds, before.point, Law(tail))


def steady_plan(ground: Ground, offset: float, end: float, units: int) -> Plan | None:
    """The plan that one tempo means; of the pickups the one with the cheapest bars."""
    knots = (Knot(0, offset, 0), Knot(units, end, len(ground.points) - 1))
    found = [with_bars(ground, knots, pickup) for pickup in ground.pickups if pickup < units]
    return min((one for one in found if one), key=lambda one: one.bar_points, default=None)


def plain_plan(ground: Ground, bars: int) -> Plan:
    """So many bars at the wished tempo, for a cue of no fixed length."""
    units = ground.bar_units * bars
    knots = (Knot(0, 0.0, 0), Knot(units, units / ground.wish))
    return Plan(knots, 0, (ground.meters[0],) * bars, ())


def with_bars(
    ground: Ground, knots: tuple[Knot, ...], pickup: int, room: float = 1.0
) -> Plan | None:
    """The knots as a plan with the hits they catch and the cheapest bars; None where none fill.

    A hit between knots counts as caught within `room` of its tolerance.
    """
    bare = Plan(knots, pickup, (), ())
    landed = landed_units(ground, bare, room)
    total = knots[-1].unit
    if ground.open_end:
        return _open_ended(ground, bare, landed)
    free = tuple(knot.unit for knot in knots if knot.law is Law.FREE)
    written = write_bars(ground, landed, total, pickup, free)
    if written is None:
        return None
    return Plan(knots, pickup, written[1], tuple(landed.items()), written[0])


def _open_ended(ground: Ground, bare: Plan, landed: dict[int, int]) -> Plan | None:
    """Bars go on after the last hit: its bar is completed, one follows, up to a fourth bar."""
    last = bare.knots[-1].unit
    free = tuple(knot.unit for knot in bare.knots if knot.law is Law.FREE)
    lengths = range(last + 1, last + 2 * ground.bar_units + 1)
    written = [write_bars(ground, landed, total, bare.pickup, free) for total in lengths]
    found = [one for one in written if one is not None]
    if not found:
        return None
    points, bars = min(found, key=lambda one: one[0])
    usual = (ground.meters[0],) * (1 + -(len(bars) + 1) % 4)
    return Plan(bare.knots, bare.pickup, bars + usual, tuple(landed.items()), points)


def landed_units(ground: Ground, plan: Plan, room: float = 1.0) -> dict[int, int]:
    """On which unit each hit is caught, taken from the knots, or where the grid meets it within
    `room` of its tolerance."""
    found: dict[int, int] = {}
    met = {knot.point: knot.unit for knot in plan.knots}
    for number, point in enumerate(ground.points):
        if point.hit is None:
            continue
        unit, share = met.get(number), 1.0
        if unit is None:
            share = room
            unit = min(max(plan.nearest_unit(point.seconds), 0), plan.knots[-1].unit)
        off = plan.seconds_at(unit) - point.seconds
        if -point.early * share - HOLD_ROOM <= off <= point.late * share + HOLD_ROOM:
            found[number] = unit
    return found
