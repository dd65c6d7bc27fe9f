"""A map on its way: knots between stretches of one tempo, still in float seconds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from scorestage.tempofit.barring import write_bars
from scorestage.tempofit.bend import Step
from scorestage.tempofit.ground import Ground
from scorestage.tempofit.steady import Option
from scorestage.timebase import Meter


@dataclass(frozen=True, slots=True)
class Knot:
    """Where the tempo may change: a unit of the music, when it sounds, and the point met there."""

    unit: int
    seconds: float
    point: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Knots from the first unit (of the pickup or bar 1) to the last, the bars, the hits met.

    `landed` says on which unit each hit (by its number among the points) is caught.
    """

    knots: tuple[Knot, ...]
    pickup: int
    bars: tuple[Meter, ...]
    landed: tuple[tuple[int, int], ...]

    @property
    def rates(self) -> tuple[float, ...]:
        """Units per second between the knots."""
        knots = self.knots
        return tuple(
            (after.unit - knot.unit) / (after.seconds - knot.seconds)
            for knot, after in pairwise(knots)
        )

    @property
    def largest_step(self) -> float:
        """The largest change of the log tempo."""
        return max((abs(math.log(b / a)) for a, b in pairwise(self.rates)), default=0.0)

    def seconds_at(self, unit: int) -> float:
        """When `unit` sounds; beyond the last knot the last tempo holds."""
        knots = self.knots
        for knot, after, rate in zip(knots, knots[1:], self.rates, strict=False):
            if unit <= after.unit or after is knots[-1]:
                return knot.seconds + (unit - knot.unit) / rate
        raise ValueError("a plan has at least two knots")


def plan_of_steps(ground: Ground, steps: tuple[Step, ...]) -> Plan | None:
    """The plan that a path of the bending search means."""
    knots, unit = [], 0
    for step in steps:
        unit += step.units
        seconds = ground.points[step.point].seconds + step.lean
        knots.append(Knot(unit, seconds, step.point))
    return _with_bars(ground, tuple(knots), -steps[0].phase % ground.bar_units)


def plan_of_option(ground: Ground, option: Option) -> Plan | None:
    """The plan that one tempo means; of the pickups the one with the cheapest bars."""
    last = len(ground.points) - 1
    end = option.offset + option.units / option.rate
    knots = (Knot(0, option.offset, 0), Knot(option.units, end, last))
    for pickup in ground.pickups:
        found = _with_bars(ground, knots, pickup)
        if found is not None:
            return found
    return None


def plain_plan(ground: Ground, bars: int) -> Plan:
    """So many bars at the wished tempo, for a cue of no fixed length."""
    units = ground.bar_units * bars
    knots = (Knot(0, 0.0, 0), Knot(units, units / ground.wish))
    return Plan(knots, 0, (ground.meters[0],) * bars, ())


def _with_bars(ground: Ground, knots: tuple[Knot, ...], pickup: int) -> Plan | None:
    bare = Plan(knots, pickup, (), ())
    landed = _landed(ground, bare)
    total = knots[-1].unit
    if ground.open_end:
        return _open_ended(ground, bare, landed)
    written = write_bars(ground, landed, total, pickup)
    if written is None:
        return None
    return Plan(knots, pickup, written[1], tuple(landed.items()))


def _open_ended(ground: Ground, bare: Plan, landed: dict[int, int]) -> Plan:
    """Bars go on after the last hit: its bar is completed, one follows, up to a fourth bar."""
    last = bare.knots[-1].unit
    lengths = range(last + 1, last + 2 * ground.bar_units + 1)
    written = [write_bars(ground, landed, total, bare.pickup) for total in lengths]
    _, bars = min((found for found in written if found is not None), key=lambda found: found[0])
    usual = (ground.meters[0],) * (1 + -(len(bars) + 1) % 4)
    return Plan(bare.knots, bare.pickup, bars + usual, tuple(landed.items()))


def _landed(ground: Ground, plan: Plan) -> dict[int, int]:
    """On which unit each hit is caught, taken from the knots, or where the grid meets it."""
    found: dict[int, int] = {}
    for number, point in enumerate(ground.points):
        if point.hit is None:
            continue
        unit = nearest_unit(plan, point.seconds)
        for knot in plan.knots:
            if knot.point == number:
                unit = knot.unit
        off = plan.seconds_at(unit) - point.seconds
        if -point.early - 1e-9 <= off <= point.late + 1e-9:
            found[number] = unit
    return found


def nearest_unit(plan: Plan, seconds: float) -> int:
    """The unit that sounds nearest to `seconds`."""
    knots = plan.knots
    for knot, after, rate in zip(knots, knots[1:], plan.rates, strict=False):
        if seconds <= after.seconds or after is knots[-1]:
            return max(0, round(knot.unit + (seconds - knot.seconds) * rate))
    raise ValueError("a plan has at least two knots")
