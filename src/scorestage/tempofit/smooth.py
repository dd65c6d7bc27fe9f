"""Bends a plan's tempos smooth: the least steps that still catch what the plan catches.

With the units fixed, every time is linear in the knots' times, so the smoothest map inside the
hits' tolerances is a bounded least-squares problem.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from scipy.optimize import lsq_linear

from scorestage.tempofit.ground import Floats, Ground, units_in
from scorestage.tempofit.plan import Knot, Plan

TIGHT = 1e-7
FREE_SECONDS = 5.0
"""How far a knot that is no hit may move."""
FLAT = 0.004
"""A step of the log tempo below which a tempo mark is not worth printing."""


ROOM = 0.65
"""How much of its tolerance a hit may use up between two knots."""


def smoothed(ground: Ground, plan: Plan, freedom: float, hidden: float) -> Plan:
    """The plan with gentler steps: hits move within `freedom` of their tolerance.

    Steps beyond `hidden` (log tempo) are spread over barlines of the stretches beside them;
    tempo marks that hardly change anything are dropped.
    """
    best = plan
    for parts in (1, 2, 3):
        found = _solved(ground, _split(ground, best, hidden, parts), freedom)
        if found is not None and _better(ground, found, best, 0.0):
            best = found
    return _without_idle_marks(ground, best, freedom)


def _better(ground: Ground, found: Plan, than: Plan, allowance: float) -> bool:
    """Whether `found` steps more gently (but for `allowance` points) and never beyond a breath."""
    if found.largest_step > max(ground.breath, than.largest_step):
        return False
    return _price(ground, found) < _price(ground, than) + allowance


def _price(ground: Ground, plan: Plan) -> float:
    weights, steps = ground.weights, _steps(plan)
    return float(
        weights.step * np.sum((steps / weights.step_scale) ** 2)
        + weights.change * np.count_nonzero(np.abs(steps) > 1e-6)
    )


def _steps(plan: Plan) -> Floats:
    return np.asarray(np.diff(np.log(plan.rates)), dtype=np.float64)


def _bounds(ground: Ground, knot: Knot, freedom: float) -> tuple[float, float]:
    if knot.point is None:
        return knot.seconds - FREE_SECONDS, knot.seconds + FREE_SECONDS
    point = ground.points[knot.point]
    if knot.point == 0:
        late = ground.start_late if freedom else knot.seconds
        return min(0.0, knot.seconds), max(knot.seconds, late) + TIGHT
    early, late = freedom * point.early, freedom * point.late
    low = min(point.seconds - early, knot.seconds)
    return low - TIGHT, max(point.seconds + late, knot.seconds) + TIGHT


def _solved(ground: Ground, plan: Plan, freedom: float) -> Plan | None:
    """The smoothest times for the plan's knots, or None where a hit would be lost."""
    knots = plan.knots
    if len(knots) < 3:
        return plan
    rows, wanted = _residuals(ground, plan)
    lows, highs = zip(*(_bounds(ground, knot, freedom) for knot in knots), strict=True)
    found = lsq_linear(rows, wanted, bounds=(lows, highs), method="bvls", max_iter=200)
    seconds = np.clip(found.x, lows, highs)
    if np.any(np.diff(seconds) <= 0):
        return None
    moved = replace(
        plan,
        knots=tuple(
            replace(knot, seconds=float(at)) for knot, at in zip(knots, seconds, strict=True)
        ),
    )
    return moved if _holds(ground, moved) else None


def _residuals(ground: Ground, plan: Plan) -> tuple[Floats, Floats]:
    """Rows of the least-squares problem in the knots' times."""
    knots, weights = plan.knots, ground.weights
    count, pace = len(knots), 1 / np.array(plan.rates)
    rows: list[Floats] = []
    wanted: list[float] = []

    def lasting(index: int) -> Floats:
        row = np.zeros(count)
        units = knots[index + 1].unit - knots[index].unit
        row[index], row[index + 1] = -1 / units, 1 / units
        return row

    for index in range(count - 1):
        share = (knots[index + 1].seconds - knots[index].seconds) / ground.length
        keen = math.sqrt(weights.wish * share) / weights.wish_scale * ground.wish
        rows.append(lasting(index) * keen)
        wanted.append(keen / ground.wish)
        if index:
            keen = math.sqrt(weights.step) / weights.step_scale
            keen *= 2 / (pace[index] + pace[index - 1])
            rows.append((lasting(index) - lasting(index - 1)) * keen)
            wanted.append(0.0)
    scale = math.sqrt(weights.early_seconds * weights.late_seconds)
    for number, unit in (*plan.landed, (0, 0)):
        point = ground.points[number]
        keen = math.sqrt(weights.off * point.weight) / scale
        rows.append(_time_row(plan, unit) * keen)
        wanted.append(point.seconds * keen)
    return np.array(rows), np.array(wanted)


def _time_row(plan: Plan, unit: int) -> Floats:
    """The time of `unit` as a combination of the knots' times."""
    knots, row = plan.knots, np.zeros(len(plan.knots))
    for index in range(len(knots) - 1):
        first, last = knots[index].unit, knots[index + 1].unit
        if unit <= last or index == len(knots) - 2:
            part = (unit - first) / (last - first)
            row[index], row[index + 1] = 1 - part, part
            return row
    raise ValueError("a plan has at least two knots")


def _holds(ground: Ground, plan: Plan) -> bool:
    """Whether every hit the plan caught is still caught, and no tempo left the range."""
    for number, unit in plan.landed:
        point = ground.points[number]
        off = plan.seconds_at(unit) - point.seconds
        if not -point.early * ROOM <= off <= point.late * ROOM:
            return False
    slack = 1e-6
    return all(
        ground.lowest * (1 - slack) <= rate <= ground.highest * (1 + slack) for rate in plan.rates
    )


def _split(ground: Ground, plan: Plan, hidden: float, parts: int) -> Plan:
    """The plan with knots at barlines in the long stretches beside steps beyond `hidden`."""
    large = np.abs(_steps(plan)) > hidden
    beside = {index for number in np.flatnonzero(large) for index in (int(number), int(number) + 1)}
    barlines = _barlines(ground, plan)
    knots = list(plan.knots)
    for index in sorted(beside):
        first, last = plan.knots[index], plan.knots[index + 1]
        inside = [unit for unit in barlines if first.unit < unit < last.unit]
        for part in range(1, parts):
            aim = first.unit + (last.unit - first.unit) * part / parts
            near = min(inside, key=lambda unit: abs(unit - aim), default=None)
            if near is not None and all(knot.unit != near for knot in knots):
                knots.append(Knot(near, plan.seconds_at(near)))
    return replace(plan, knots=tuple(sorted(knots, key=lambda knot: knot.unit)))


def _barlines(ground: Ground, plan: Plan) -> list[int]:
    found, at = [], plan.pickup
    for meter in plan.bars:
        found.append(at)
        at += units_in(meter.length, ground.unit)
    return found


def _without_idle_marks(ground: Ground, plan: Plan, freedom: float) -> Plan:
    """The plan without tempo marks that hardly change anything."""
    steps = np.abs(_steps(plan)) if len(plan.knots) > 2 else np.zeros(0)
    for number in np.argsort(steps, kind="stable"):
        if steps[number] > FLAT:
            break
        idle = plan.knots[int(number) + 1].unit
        fewer = tuple(knot for knot in plan.knots if knot.unit != idle)
        if len(fewer) < len(plan.knots):
            found = _solved(ground, replace(plan, knots=fewer), freedom)
            if found is not None and _better(ground, found, plan, 1.0):
                return _without_idle_marks(ground, found, freedom)
    return plan
