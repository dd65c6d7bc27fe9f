from __future__ import annotations

import math
from itertools import pairwise

import pytest

from scorestage.production import Hit
from scorestage.tempofit.ground import Ground, lay_ground
from scorestage.tempofit.plan import Knot, Plan
from scorestage.tempofit.settings import FitSettings
from scorestage.tempofit.smooth import smoothed
from scorestage.timebase import FRAMES_24, FilmTime, Meter

HIDDEN = math.log(1.025)


def _ground(*at: str, end: str) -> Ground:
    hits = tuple(Hit(text, FilmTime(text)) for text in at)
    return lay_ground(FilmTime(0), FilmTime(end), hits, FRAMES_24, FitSettings())


def _steps(plan: Plan) -> list[float]:
    return [abs(math.log(after / rate)) for rate, after in pairwise(plan.rates)]


def test_a_steep_step_is_spread_over_barlines() -> None:
    ground = _ground("20", end="38.6")
    knots = (Knot(0, 0.0, 0), Knot(64, 20.0, 1), Knot(128, 38.6, 2))
    plan = Plan(knots, 0, (Meter(4, 4),) * 16, ((1, 64),))
    assert max(_steps(plan)) > 0.07
    found = smoothed(ground, plan, 0.0)
    assert max(_steps(found)) < 0.045
    assert found.seconds_at(64) == pytest.approx(20, abs=1e-4)
    assert found.seconds_at(128) == pytest.approx(38.6, abs=1e-4)
    assert all(knot.unit % 8 == 0 for knot in found.knots)


def test_hits_lean_within_their_freedom_and_no_further() -> None:
    ground = _ground("3.0", "6.1", end="9.1")
    knots = (Knot(0, 0.0, 0), Knot(10, 3.0, 1), Knot(20, 6.1, 2), Knot(30, 9.1, 3))
    plan = Plan(knots, 0, (Meter(5, 4),) * 3, ((1, 10), (2, 20)))
    found = smoothed(ground, plan, 0.5)
    assert sum(step**2 for step in _steps(found)) < sum(step**2 for step in _steps(plan))
    for knot, at in ((found.knots[1], 3.0), (found.knots[2], 6.1)):
        assert abs(knot.seconds - at) <= 0.5 / 24 + 1e-6


def test_marks_that_change_nothing_are_dropped() -> None:
    ground = _ground("10.001", end="20")
    knots = (Knot(0, 0.0, 0), Knot(32, 10.001, 1), Knot(64, 20.0, 2))
    plan = Plan(knots, 0, (Meter(4, 4),) * 8, ((1, 32),))
    found = smoothed(ground, plan, 0.5)
    assert [knot.unit for knot in found.knots] == [0, 64]
    assert found.seconds_at(32) == pytest.approx(10.0, abs=2e-3)
