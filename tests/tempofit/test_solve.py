"""The least-squares problem of a plan: its slopes by small differences, its answer by trying."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scorestage.production import Hit, HitKind
from scorestage.tempofit.ground import Floats, Ground, lay_ground
from scorestage.tempofit.plan import Knot, Law, Plan, with_bars
from scorestage.tempofit.settings import FitSettings
from scorestage.tempofit.solve import Solver
from scorestage.timebase import FRAMES_24, FilmTime

KINDS = (HitKind.ACCENT, HitKind.CHANGE, HitKind.ACCENT)
LAWS = {
    "plain": (Law.STEADY,) * 4,
    "ritardando": (Law.STEADY, Law.STEADY, Law.RAMP, Law.STEADY),
    "ritardando at the end": (Law.STEADY, Law.STEADY, Law.STEADY, Law.RAMP),
    "fermata": (Law.STEADY, Law.FERMATA, Law.STEADY, Law.STEADY),
}


def _ground() -> Ground:
    hits = tuple(
        Hit(f"h{second}", FilmTime(second), weight=3, kind=kind)
        for second, kind in zip((5, 9, 14), KINDS, strict=True)
    )
    return lay_ground(FilmTime(0), FilmTime(20), hits, FRAMES_24, FitSettings())


def _plan(ground: Ground, laws: tuple[Law, ...]) -> Plan:
    at = ((0, 0.0, 0), (16, 5.02, 1), (30, 9.03, 2), (46, 14.04, None), (64, 20.0, 4))
    knots = [
        Knot(unit, seconds, point, law)
        for (unit, seconds, point), law in zip(at, (*laws, Law.STEADY), strict=True)
    ]
    plan = with_bars(ground, tuple(knots), 0)
    assert plan is not None
    return plan


def _points(solver: Solver, at: Floats) -> float:
    return float(np.sum(solver._terms(at)[1] ** 2))


@pytest.mark.parametrize("laws", LAWS.values(), ids=LAWS)
def test_the_tempos_slopes_are_those_of_their_values(laws: tuple[Law, ...]) -> None:
    ground = replace(_ground(), before=3.0, after=3.3)
    plan = _plan(ground, laws)
    solver = Solver(ground, plan, 0.8)
    nudge = 1e-6
    for knot in range(len(plan.knots)):
        aside = np.zeros(len(plan.knots))
        aside[knot] = nudge
        for terms in (solver._step_terms, solver._ramp_terms, solver._ends):
            now, later, sooner = (
                terms(solver._levels(np.diff(at)))
                for at in (plan.seconds, plan.seconds + aside, plan.seconds - aside)
            )
            pairs = (
                [(now, later, sooner)]
                if isinstance(now, tuple)
                else zip(now, later, sooner, strict=True)
            )
            for (slopes, _), (_, high), (_, low) in pairs:
                assert slopes[:, knot] == pytest.approx((high - low) / (2 * nudge), abs=1e-3)


@pytest.mark.parametrize("laws", LAWS.values(), ids=LAWS)
def test_no_knot_is_notably_better_a_little_aside(laws: tuple[Law, ...]) -> None:
    ground = _ground()
    solver = Solver(ground, _plan(ground, laws), 0.8)
    assert solver.run() is not None
    least = _points(solver, solver.at)
    for knot in range(len(solver.at)):
        for aside in (-0.01, 0.01):
            moved = solver.at.copy()
            moved[knot] += aside
            if solver.low[knot] <= moved[knot] <= solver.high[knot]:
                assert _points(solver, moved) >= 0.99 * least
