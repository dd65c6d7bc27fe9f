"""The best constant tempos of a cue, found by trying them all."""

from __future__ import annotations

import math

import numpy as np

from scorestage.tempofit.ground import Floats, Ground
from scorestage.tempofit.plan import Plan, steady_plan
from scorestage.tempofit.price import plan_points
from scorestage.tempofit.steady import OneTempo, Option, fills

STEP_BPM = 0.05
STARTS_PER_FRAME = 4
MOST_BARRED = 600
"""Tempos whose bars are worked out."""
MOST_WRITTEN = 10
"""Tempos whose bars are written down."""


def best_constants(ground: Ground, count: int) -> list[Plan]:
    """Up to `count` constant tempos of different lengths in units, cheapest first.

    Every tempo by 0.05 bpm from every quarter frame that reaches the end within its tolerance, and
    every tempo besides at which whole units fill the cue exactly.
    """
    options = exhaustive_options(ground)
    if not options:
        return []
    seconds = np.array([[point.seconds for point in ground.points]])
    search = OneTempo(ground, seconds, options)
    rough = search.rough(slice(0, 1))[0]
    most = min(MOST_BARRED, len(options))
    chosen = np.argpartition(rough, most - 1)[:most]
    points = search.with_bars(chosen[None, :])[0][0]
    plans: dict[int, tuple[float, Plan]] = {}
    seen: dict[int, int] = {}
    for number in chosen[np.argsort(points, kind="stable")].tolist():
        option = options[number]
        written = seen.get(option.units, 0)
        most = 3 if len(seen) < 4 else 1
        if written >= most or (written == 0 and len(seen) >= max(count, MOST_WRITTEN)):
            continue
        seen[option.units] = written + 1
        plan = steady_plan(ground, option.offset, option.end, option.units)
        if plan is not None:
            worth = plan_points(ground, plan)
            if option.units not in plans or worth < plans[option.units][0]:
                plans[option.units] = (worth, plan)
    ranked = sorted(plans.values(), key=lambda found: found[0])
    return [plan for _, plan in ranked[:count]]


def exhaustive_options(ground: Ground) -> tuple[Option, ...]:
    """All constant tempos, by steps of tempo and start, that fill the cue with whole bars."""
    length, found = ground.length, list[Option]()
    if length <= 0:
        return ()
    odd = ground.odd_points(int(ground.highest * length * 1.01) + 2)
    quarter = ground.frame_seconds / STARTS_PER_FRAME
    starts = quarter * np.arange(int(ground.start_late / quarter + 1e-6) + 1)
    slack = 0.0 if ground.open_end else ground.frame_seconds / 2
    tempos = tempos_of(ground)
    filled = np.array([fills(ground, odd, units) for units in range(len(odd))])
    for start in starts.tolist():
        lasting = length - start
        if lasting <= 0:
            continue
        units = np.rint(tempos * lasting).astype(np.int64)
        near = np.abs(units / tempos - lasting) <= slack + 1e-9
        near &= (units >= 1) & (units < len(odd))
        near &= filled[np.clip(units, 0, len(odd) - 1)] | ground.open_end
        found.extend(
            Option(start, rate, count)
            for rate, count in zip(tempos[near].tolist(), units[near].tolist(), strict=True)
        )
        low = max(1, math.ceil(ground.lowest * lasting - 1e-9))
        high = min(len(odd) - 1, math.floor(ground.highest * lasting + 1e-9))
        found.extend(
            Option(start, count / lasting, count) for count in range(low, high + 1) if filled[count]
        )
    return tuple(found)


def tempos_of(ground: Ground) -> Floats:
    """Every 0.05 bpm of the range, as units per second."""
    usual = ground.meters[0].click.quarters / ground.unit.quarters
    per_bpm = float(usual) / 60
    first = math.ceil(ground.lowest / per_bpm / STEP_BPM - 1e-9)
    last = math.floor(ground.highest / per_bpm / STEP_BPM + 1e-9)
    return np.arange(first, last + 1, dtype=np.float64) * (STEP_BPM * per_bpm)
