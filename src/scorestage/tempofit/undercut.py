"""Makes sure that no constant tempo is cheaper: tries them all, from every start, to every end.

The family is every tempo by 0.05 bpm from every quarter frame that the start allows. A tempo that
reaches the cue's end within half a frame ends there; any other one holds its last beat until then.
Hit by hit those are left out that cost too much already; what is left is priced as every plan is.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from scorestage.tempofit.constants import STARTS_PER_FRAME, tempos_of
from scorestage.tempofit.flaws import TOUCH, caught_within, flaw_or_miss, flaw_points
from scorestage.tempofit.ground import EDGE_WEIGHT, Bools, Floats, Ground, Ints
from scorestage.tempofit.plan import Knot, Law, Plan, steady_plan, with_bars
from scorestage.tempofit.price import off_points, plan_points
from scorestage.tempofit.steady import OneTempo, Option, fills
from scorestage.tempofit.tails import LONGEST_HOLD_SECONDS, SHORTEST_HOLD

AT_ONCE = 2000
"""Constant tempos whose bars are worked out together."""


@dataclass(frozen=True, slots=True)
class Constants:
    """Constant tempos: start, units a second, units in all, and of those held at the end.

    `fixed` are the points for the tempo and its ends, `least` those and what the hits cost off
    their frame or missed, wherever they lie in the bar.
    """

    offset: Floats
    rate: Floats
    units: Ints
    held: Ints
    fixed: Floats
    least: Floats

    def some(self, chosen: Ints) -> Constants:
        """Those of the numbers chosen."""
        return Constants(
            self.offset[chosen],
            self.rate[chosen],
            self.units[chosen],
            self.held[chosen],
            self.fixed[chosen],
            self.least[chosen],
        )


def cheapest_constant(ground: Ground, most: float) -> Plan | None:
    """The cheapest constant tempo of all as a plan, where one costs less than `most` points."""
    found = _ended(ground, _within(ground, _all_tempos(ground), most), most)
    found = found.some(np.argsort(found.least, kind="stable"))
    best: Plan | None = None
    for first in range(0, len(found.rate), AT_ONCE):
        some = found.some(np.arange(first, min(first + AT_ONCE, len(found.rate))))
        if some.least[0] >= most:
            break
        least = _with_places(ground, some)
        for number in np.argsort(least, kind="stable").tolist():
            if least[number] >= most:
                break
            plan = plan_of(ground, some, number)
            worth = plan_points(ground, plan) if plan is not None else most
            if worth < most:
                best, most = plan, worth
    return best


def ended_constant(ground: Ground, offset: float, rate: float) -> Plan | None:
    """One constant tempo with the cheapest end it may have."""
    one, none = np.array([offset]), np.zeros(1, dtype=np.int64)
    alone = Constants(one, np.array([rate]), none, none, np.zeros(1), np.zeros(1))
    found = _ended(ground, alone, math.inf)
    plans = [plan_of(ground, found, number) for number in range(len(found.rate))]
    return min(
        (plan for plan in plans if plan), key=lambda plan: plan_points(ground, plan), default=None
    )


def plan_of(ground: Ground, constants: Constants, number: int) -> Plan | None:
    """One constant tempo as a plan; None where no whole bars make it up."""
    offset, rate = float(constants.offset[number]), float(constants.rate[number])
    units, held = int(constants.units[number]), int(constants.held[number])
    knots: tuple[Knot, ...]
    if ground.open_end:
        knots = (Knot(0, offset, 0), Knot(units, offset + units / rate))
    elif not held:
        return steady_plan(ground, offset, offset + units / rate, units)
    else:
        begins = Knot(units - held, offset + (units - held) / rate, None, Law.FERMATA)
        last = Knot(units, ground.length, len(ground.points) - 1)
        knots = (Knot(0, offset, 0), begins, last)
    plans = [with_bars(ground, knots, pickup) for pickup in ground.pickups if pickup < units - held]
    return min((one for one in plans if one), key=lambda one: one.bar_points, default=None)


def _all_tempos(ground: Ground) -> Constants:
    """Every tempo from every start, before its end is known."""
    quarter = ground.frame_seconds / STARTS_PER_FRAME
    starts = quarter * np.arange(int(ground.start_late / quarter + 1e-6) + 1)
    tempos = tempos_of(ground)
    offset, rate = np.repeat(starts, len(tempos)), np.tile(tempos, len(starts))
    edge = np.array([off_points(ground.weights, start, EDGE_WEIGHT) for start in starts.tolist()])
    fixed = np.repeat(edge, len(tempos)) + _least_wish(ground, offset, rate)
    none = np.zeros(len(rate), dtype=np.int64)
    kept = np.flatnonzero(offset < ground.length)
    return Constants(offset, rate, none, none, fixed, fixed).some(kept)


def _least_wish(ground: Ground, offset: Floats, rate: Floats) -> Floats:
    """What the tempos cost at least for not being the one wished for, however long a hold."""
    weights = ground.weights
    away = np.log(rate / ground.wish) / weights.wish_scale
    lasting = np.maximum(ground.length - offset, 1e-9)
    held = LONGEST_HOLD_SECONDS + ground.click_units / rate if ground.may_hold else 0.0
    share = np.clip(1 - held / lasting, 0.0, 1.0) if weights.by_share else 1.0
    return np.asarray(weights.wish * away**2 * share, dtype=np.float64)


def _within(ground: Ground, constants: Constants, most: float) -> Constants:
    """Those that cost less than `most` by their hits, wherever these fall in the bar."""
    found = constants
    for point in sorted(ground.hits, key=lambda point: -point.weight):
        found = found.some(np.flatnonzero(found.least < most))
        at = (point.seconds - found.offset) * found.rate
        off = (np.maximum(0.0, np.rint(at)) - at) / found.rate
        flaw = flaw_points(ground.weights, point.weight, off)
        found.least[:] += flaw_or_miss(caught_within(point, off), flaw, point.price)
    return found.some(np.flatnonzero(found.least < most))


def _ended(ground: Ground, constants: Constants, most: float) -> Constants:
    """Each with every end it may have, as far as it still costs less than `most`."""
    lasting = ground.length - constants.offset
    nearest = np.maximum(1, np.rint(constants.rate * lasting)).astype(np.int64)
    if ground.open_end:
        return replace(constants, units=nearest)
    fills = _fillings(ground, int(nearest.max(initial=0)) + 1)
    off = nearest / constants.rate - lasting
    close = (np.abs(off) <= ground.frame_seconds / 2 + TOUCH) & fills[nearest]
    flaw = flaw_points(ground.weights, EDGE_WEIGHT, off)
    found = [_with_end(constants, nearest, 0, flaw, close)]
    if ground.may_hold:
        found.extend(_held(ground, constants, fills))
    whole = Constants(
        np.concatenate([one.offset for one in found]),
        np.concatenate([one.rate for one in found]),
        np.concatenate([one.units for one in found]),
        np.concatenate([one.held for one in found]),
        np.concatenate([one.fixed for one in found]),
        np.concatenate([one.least for one in found]),
    )
    return whole.some(np.flatnonzero(whole.least < most))


def _held(ground: Ground, constants: Constants, fills: Bools) -> Iterator[Constants]:
    """The same with the last beat held, for as long as may be."""
    over, rate = ground.click_units, constants.rate
    lasting = ground.length - constants.offset
    price = np.full(len(rate), ground.weights.fermata * ground.weights.ending)
    longest = np.floor(lasting * rate - SHORTEST_HOLD * over + TOUCH).astype(np.int64) + over
    for fewer in range(int(LONGEST_HOLD_SECONDS * float(rate.max(initial=0.0))) + 1):
        units = longest - fewer
        played = lasting - (units - over) / rate
        fits = (units > over) & (played <= over / rate + LONGEST_HOLD_SECONDS)
        fits &= fills[np.clip(units, 0, len(fills) - 1)]
        if fits.any():
            yield _with_end(constants, units, over, price, fits)


def _with_end(
    constants: Constants, units: Ints, held: int, points: Floats, kept: Bools
) -> Constants:
    ended = replace(
        constants,
        units=units,
        held=np.full(len(units), held, dtype=np.int64),
        fixed=constants.fixed + points,
        least=constants.least + points,
    )
    return ended.some(np.flatnonzero(kept))


def _fillings(ground: Ground, most: int) -> Bools:
    """Whether whole bars make up 0 … `most` units."""
    odd = ground.odd_points(most)
    return np.array([fills(ground, odd, units) for units in range(most + 1)])


def _with_places(ground: Ground, constants: Constants) -> Floats:
    """Least points with the places of the hits, in whichever meters they lie."""
    options = tuple(
        Option(*one)
        for one in zip(
            constants.offset.tolist(),
            constants.rate.tolist(),
            constants.units.tolist(),
            strict=True,
        )
    )
    seconds = np.array([[point.seconds for point in ground.points]])
    search = OneTempo(ground, seconds, options)
    search.fixed = constants.fixed
    search.place = {number: ground.least_places(ground.points[number]) for number in search.hits}
    points, _ = search.with_bars(np.arange(len(options))[None, :])
    return np.asarray(points[0], dtype=np.float64)
