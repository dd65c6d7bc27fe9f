"""What a plan costs: the same points as the judge gives the finished map, in floats."""

from __future__ import annotations

import math

import numpy as np

from scorestage.tempofit.ground import EDGE_WEIGHT, Ground, Point
from scorestage.tempofit.heard import crowded_points, drift_points, heard_changes
from scorestage.tempofit.plan import Knot, Law, Plan
from scorestage.tempofit.settings import HIDDEN, HIDES, Weights

EVEN = 1e-7
"""A step of the log tempo that is none."""


def plan_points(ground: Ground, plan: Plan) -> float:
    """Everything that speaks against a plan, in points; a locked hit missed at its full price."""
    found = plan.bar_points + tempo_points(ground, plan)
    landed = dict(plan.landed)
    for number, point in enumerate(ground.points):
        if point.hit is None:
            continue
        if number not in landed:
            found += point.price
            continue
        off = plan.seconds_at(landed[number]) - point.seconds
        found += caught_points(ground.weights, off, point.weight)
    found += off_points(ground.weights, plan.knots[0].seconds, EDGE_WEIGHT)
    if not ground.open_end:
        off = plan.knots[-1].seconds - ground.length
        found += off_points(ground.weights, off, EDGE_WEIGHT)
    return found


def off_points(weights: Weights, off_seconds: float, weight: float) -> float:
    """Points for sound off its frame, early dearer than late."""
    scale = weights.early_seconds if off_seconds < 0 else weights.late_seconds
    return weights.off * weight * (off_seconds / scale) ** 2


def caught_points(weights: Weights, off_seconds: float, weight: float) -> float:
    """Points for a hit caught off its frame: never as many as for missing it."""
    return min(weights.most_off_points(weight), off_points(weights, off_seconds, weight))


def tempo_points(ground: Ground, plan: Plan) -> float:
    """Points for steps, for what is written, and for tempos away from the wished one."""
    levels, weights = plan.levels(), ground.weights
    found = 0.0
    if ground.before is not None:
        found += step_points(weights, math.log(levels[0][0] / ground.before))
    if ground.after is not None:
        found += step_points(weights, math.log(ground.after / levels[-1][1]))
    for index, knot in enumerate(plan.knots[:-1]):
        if knot.law is not Law.STEADY:
            found += written_points(ground, plan, index, levels)
        elif index and plan.knots[index - 1].law is Law.STEADY:
            away = math.log(levels[index][0] / levels[index - 1][1])
            if not -EVEN <= away <= EVEN:
                relief = 1.0 if knot.point is None else ground.points[knot.point].relief
                found += step_points(weights, away, relief)
        elif index:
            found += turn_points(ground, plan, index, levels)
    if len(plan.knots) > 3:
        found += _together_points(ground, plan, levels)
    return found + wish_points(ground, plan, levels)


def _together_points(ground: Ground, plan: Plan, levels: list[tuple[float, float]]) -> float:
    """Points for marks that add up: from beat to beat, from bar to bar."""
    laws = [knot.law for knot in plan.knots[:-1]]
    marks = [
        abs(math.log(levels[index][0] / levels[index - 1][1]))
        for index in range(1, len(laws))
        if laws[index] is laws[index - 1] is Law.STEADY
    ]
    if sum(marks) <= HIDES * ground.weights.step_scale:
        return 0.0
    sizes = np.array(marks)
    beats, bars = heard_changes(ground, plan)
    return crowded_points(ground.weights, beats, sizes) + drift_points(ground.weights, bars)


def step_points(weights: Weights, away: float, relief: float = 1.0, held: bool = False) -> float:
    """Points for a step of the log tempo; `relief` is not for its being heard, but after a hold."""
    if abs(away) <= EVEN:
        return 0.0
    size = abs(away) / weights.step_scale
    heard = weights.heard * max(0.0, size - HIDES) ** 2
    flat = weights.audible * (relief if held else 1.0) if size > HIDDEN else 0.0
    return relief * (weights.step * (size**2 + heard) + weights.change) + flat


def turn_points(ground: Ground, plan: Plan, index: int, levels: list[tuple[float, float]]) -> float:
    """Points for the step into a steady stretch, from the one before it."""
    weights, knot = ground.weights, plan.knots[index]
    came, law = levels[index - 1], plan.knots[index - 1].law
    relief, held = relief_at(ground, knot, law), law in (Law.FERMATA, Law.FREE)
    points = step_points(weights, math.log(levels[index][0] / came[1]), relief, held)
    if law is Law.RAMP:
        back = step_points(weights, math.log(levels[index][0] / came[0]), relief)
        points = min(points, back + weights.change * relief)
    return points


def relief_at(ground: Ground, knot: Knot, before: Law) -> float:
    """What share of its cost a step keeps: less where the picture changes or after a hold."""
    if before in (Law.FERMATA, Law.FREE):
        return ground.weights.relief
    return 1.0 if knot.point is None else ground.points[knot.point].relief


def written_points(
    ground: Ground, plan: Plan, index: int, levels: list[tuple[float, float]]
) -> float:
    """Points for a ritardando, an accelerando, a fermata or a free bar."""
    weights, law = ground.weights, plan.knots[index].law
    ends = index == len(plan.knots) - 2 and not ground.open_end and ground.after is None
    if law is Law.RAMP:
        first, final = levels[index]
        if final <= 0:
            return math.inf
        share = weights.ramp_ending if ends else 1.0
        return ramp_points(weights, math.log(final / first)) * share
    share = weights.ending if ends else 1.0
    return share * (weights.fermata if law is Law.FERMATA else weights.free_bar)


def ramp_points(weights: Weights, away: float) -> float:
    """Points for a written change of the log tempo by `away`."""
    return weights.ramp * (1 + ((abs(away) - weights.ramp_size) / weights.ramp_scale) ** 2)


def wish_points(ground: Ground, plan: Plan, levels: list[tuple[float, float]]) -> float:
    """How far the tempos are from the one wished for, by their share of the cue."""
    weights, found = ground.weights, 0.0
    knots, wish = plan.knots, math.log(ground.wish)
    tail = _tail_seconds(ground, plan)
    whole = ground.whole or (knots[-1].seconds + tail - knots[0].seconds)
    last, by_share = len(knots) - 2, weights.by_share
    for index, knot in enumerate(knots[:-1]):
        law = knot.law
        if law is Law.FERMATA or law is Law.FREE:
            continue
        lasting = knots[index + 1].seconds - knot.seconds
        if index == last:
            lasting += tail
        share = lasting / whole if by_share else 1.0
        first, final = levels[index]
        away = math.log(first) - wish
        if law is Law.STEADY:
            found += share * _wish_between(away, away)
        else:
            found += share * _wish_between(away, math.log(max(final, 1e-6)) - wish)
    return weights.wish * found / weights.wish_scale**2


def _wish_between(first: float, final: float) -> float:
    """The mean square of the way between two log tempos."""
    return (first * first + first * final + final * final) / 3


def _tail_seconds(ground: Ground, plan: Plan) -> float:
    """How long the bars after the last knot last, at the last tempo."""
    if not ground.open_end or not plan.bars:
        return 0.0
    units = plan.pickup + sum(
        int(meter.length.quarters / ground.unit.quarters) for meter in plan.bars
    )
    return (units - plan.knots[-1].unit) / plan.levels()[-1][1]


def point_off(plan: Plan, point: Point, unit: int) -> float:
    """How late the music is at a point that falls on `unit`, in seconds."""
    return plan.seconds_at(unit) - point.seconds
