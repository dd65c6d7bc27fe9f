"""Makes a plan smooth: spreads audible steps over barlines, drops idle marks, leans on hits."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np

from scorestage.tempofit.barring import write_bars
from scorestage.tempofit.ground import Floats, Ground
from scorestage.tempofit.heard import heard_changes
from scorestage.tempofit.plan import Knot, Law, Plan, with_bars
from scorestage.tempofit.price import plan_points, relief_at
from scorestage.tempofit.solve import Solver

FREEDOM = 0.8
"""How much of its tolerance a hit may use up; the rest is left to the player's attack."""
ROOM = 0.9
"""How much of it a hit between two knots may use up."""
NOTABLE = 0.012
"""A step of the log tempo from which spreading it may pay."""
NOTICED = 1.25
"""A fermata is at least so many times as long as its written length."""
SPREADS = (3, 2)
"""Into how many parts the stretches beside a notable step are cut, in rounds."""
MOST_ROUNDS = 12
MOST_PARTS = 6
FEW_KNOTS = 40
"""So many knots may be made many more of."""
HIDING_ROUNDS = 2
GENTLE = 0.015
"""Of a step that would be heard, each part is about so large."""


def polished(ground: Ground, plan: Plan, freedom: float = FREEDOM) -> Plan:
    """The plan at its best times, without changing its knots."""
    found = Solver(ground, plan, freedom).run()
    if found is None or not holds(ground, found, plan):
        return plan
    return found if plan_points(ground, found) < plan_points(ground, plan) else plan


def smoothed(
    ground: Ground, plan: Plan, freedom: float = FREEDOM, spreads: tuple[int, ...] = SPREADS
) -> Plan:
    """The plan with gentler steps: spread over barlines beside them where that costs less."""
    best = polished(ground, plan, freedom)
    for parts in spreads:
        solver = Solver(ground, _split(ground, best, parts), freedom)
        found = solver.run()
        if found is None or not holds(ground, found, best):
            continue
        found = _without_idle_marks(ground, found, solver)
        if _judged_better(ground, found, best):
            best = found
    done = largest_change(ground, best) <= ground.hidden or len(best.knots) > FEW_KNOTS
    return _regained(ground, best if done else _hidden(ground, best, freedom))


def _regained(ground: Ground, plan: Plan) -> Plan:
    """The plan with the hits besides that it happens to catch, where that costs less."""
    found = with_bars(ground, plan.knots, plan.pickup)
    if found is None or len(found.landed) <= len(plan.landed):
        return plan
    return found if plan_points(ground, found) < plan_points(ground, plan) else plan


def _hidden(ground: Ground, plan: Plan, freedom: float) -> Plan:
    """The plan with more tempo marks yet, where its steps are still heard."""
    for _ in range(HIDING_ROUNDS):
        solver = Solver(ground, _split(ground, plan, SPREADS[0]), freedom)
        found = solver.run()
        if found is None or not holds(ground, found, plan):
            return plan
        found = _without_idle_marks(ground, found, solver)
        if not _judged_better(ground, found, plan):
            return plan
        plan = found
        if largest_change(ground, plan) <= ground.hidden:
            break
    return plan


def _judged_better(ground: Ground, found: Plan, than: Plan) -> bool:
    now, before = largest_change(ground, found), largest_change(ground, than)
    if now > max(ground.breath, before) + 1e-9:
        return False
    relieved = before > ground.breath >= now
    return relieved or plan_points(ground, found) < plan_points(ground, than) - 1e-9


def steps(plan: Plan) -> Floats:
    """The step of the log tempo at each knot inside, as it is heard; written ones are none."""
    levels, laws = plan.levels(), [knot.law for knot in plan.knots[:-1]]
    found = np.zeros(max(0, len(levels) - 1))
    for index in range(1, len(levels)):
        if laws[index] is Law.STEADY and laws[index - 1] is not Law.RAMP:
            found[index - 1] = math.log(levels[index][0] / levels[index - 1][1])
    return found


def largest_change(ground: Ground, plan: Plan) -> float:
    """The largest change of the log tempo, from mark to mark or from beat to beat."""
    beats, _ = heard_changes(ground, plan)
    return max(largest_step(plan), float(np.abs(beats).max(initial=0.0)))


def largest_step(plan: Plan) -> float:
    """The largest step of the log tempo."""
    return float(np.abs(steps(plan)).max(initial=0.0))


def holds(ground: Ground, plan: Plan, than: Plan) -> bool:
    """Whether every hit caught still is, well within its tolerance or no further off than before,
    and no tempo left the range (further)."""
    for number, unit in than.landed:
        point = ground.points[number]
        off = plan.seconds_at(unit) - point.seconds
        if -point.early * ROOM - 1e-6 <= off <= point.late * ROOM + 1e-6:
            continue
        was = than.seconds_at(unit) - point.seconds
        if not min(was, 0.0) - 1e-6 <= off <= max(was, 0.0) + 1e-6:
            return False
    if plan.written and not _held_long(plan):
        return False
    return in_range(ground, plan) or not in_range(ground, than)


def _held_long(plan: Plan) -> bool:
    """Whether every fermata is longer than what is written, as a listener would notice."""
    levels = plan.levels()
    for index, knot in enumerate(plan.knots[:-1]):
        after = plan.knots[index + 1]
        natural = (after.unit - knot.unit) / levels[index][0]
        if knot.law is Law.FERMATA and after.seconds - knot.seconds < NOTICED * natural:
            return False
    return True


def in_range(ground: Ground, plan: Plan) -> bool:
    """Whether all tempos lie in the range allowed."""
    slack = 2e-4
    low, high = ground.lowest * (1 - slack), ground.highest * (1 + slack)
    return all(low <= rate <= high for level in plan.levels() for rate in level)


def sensible(ground: Ground, plan: Plan) -> bool:
    """Whether all tempos lie in the range, and nothing written hurries into the cue's end."""
    levels, ends = plan.levels(), not ground.open_end and ground.after is None
    if ends and plan.knots[-2].law is Law.RAMP and levels[-1][1] > levels[-1][0]:
        return False
    return in_range(ground, plan)


def _split(ground: Ground, plan: Plan, parts: int) -> Plan:
    """The plan with knots at barlines in the stretches beside notable steps.

    Where a step would be heard and too few barlines lie beside it, beats must do; no two knots
    that are added, nor one beside another, are less than a beat apart.
    """
    sizes = np.abs(steps(plan))
    large = np.flatnonzero(sizes > NOTABLE)
    beside: dict[int, float] = {}
    for number in large.tolist():
        for index in (number, number + 1):
            beside[index] = max(beside.get(index, 0.0), float(sizes[number]))
    if not beside:
        return plan
    barlines, knots = barline_units(ground, plan), list(plan.knots)
    beat, few = ground.click_units, len(knots) <= FEW_KNOTS
    crowded = {unit for knot in knots for unit in range(knot.unit - beat + 1, knot.unit + beat)}
    for index, size in sorted(beside.items()):
        first, last = plan.knots[index], plan.knots[index + 1]
        if first.law is not Law.STEADY:
            continue
        inside = [unit for unit in barlines if first.unit < unit < last.unit]
        many = max(parts, min(MOST_PARTS if few else parts, math.ceil(size / GENTLE)))
        if size > ground.hidden and len(inside) < many - 1:
            inside = _beats_between(ground, plan, first.unit, last.unit)
        inside = [unit for unit in inside if not _in_steady(ground, plan.seconds_at(unit))]
        for part in range(1, many):
            aim = first.unit + (last.unit - first.unit) * part / many
            clear = [unit for unit in inside if unit not in crowded]
            near = min(clear, key=lambda unit: abs(unit - aim), default=None)
            if near is not None:
                crowded.update(range(near - beat + 1, near + beat))
                knots.append(Knot(near, plan.seconds_at(near)))
    return replace(plan, knots=tuple(sorted(knots, key=lambda knot: knot.unit)))


def _beats_between(ground: Ground, plan: Plan, first: int, last: int) -> list[int]:
    """Click beats of the usual meter, counted from the barlines, between two units."""
    beat = max(1, round(ground.meters[0].click.quarters / ground.unit.quarters))
    ends = [*barline_units(ground, plan), plan.knots[-1].unit]
    beats = {unit for low, high in pairwise(ends) for unit in range(low, high, beat)}
    return sorted(unit for unit in beats if first < unit < last)


def _in_steady(ground: Ground, seconds: float) -> bool:
    return any(first < seconds < last for first, last in ground.steady)


def barline_units(ground: Ground, plan: Plan) -> list[int]:
    """Where bars begin."""
    found, at, lengths = (
        [],
        plan.pickup,
        dict(zip(ground.meters, ground.bar_lengths(), strict=True)),
    )
    for meter in plan.bars:
        found.append(at)
        at += lengths[meter]
    return found


def _without_idle_marks(ground: Ground, plan: Plan, solver: Solver) -> Plan:
    """The plan, as `solver` found it, without tempo marks that are not worth printing."""
    best, worth, many = plan, plan_points(ground, plan), True
    for _ in range(MOST_ROUNDS):
        idle = _idle_units(ground, best, solver, many)
        if not idle:
            return best
        fewer = tuple(knot for knot in best.knots if knot.unit not in idle)
        leaner = Solver(ground, replace(best, knots=fewer), solver.freedom)
        found, points = leaner.run(), math.inf
        if found is not None and holds(ground, found, best):
            points = plan_points(ground, found)
        if found is not None and points < worth:
            best, worth, solver = found, points, leaner
        elif many and len(idle) > 1:
            many = False
        else:
            return best
    return best


def _idle_units(ground: Ground, plan: Plan, solver: Solver, many: bool) -> set[int]:
    """Units of the knots that cost more than doing without them; no two neighbours at once."""
    if len(plan.knots) < 3:
        return set()
    paid = ground.weights.change * np.array(
        [relief_at(ground, knot, Law.STEADY) for knot in plan.knots[1:-1]]
    )
    gains = paid - solver.merging_points()
    found: set[int] = set()
    taken: set[int] = set()
    for number in np.argsort(-gains, kind="stable").tolist():
        if gains[number] <= 0 or (found and (not many or gains[number] < 0.4 * paid[number])):
            break
        if taken.isdisjoint((number - 1, number, number + 1)):
            taken.add(number)
            found.add(plan.knots[number + 1].unit)
    return found


def barred_anew(ground: Ground, plan: Plan) -> Plan:
    """The plan with the cheapest bars for where its hits now fall."""
    free = tuple(knot.unit for knot in plan.knots if knot.law is Law.FREE)
    written = write_bars(ground, dict(plan.landed), plan.knots[-1].unit, plan.pickup, free)
    if written is None or ground.open_end:
        return plan
    return replace(plan, bars=written[1], bar_points=written[0])
