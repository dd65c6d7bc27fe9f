"""How a listener hears tempo marks that lie close together."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from scorestage.tempofit import FitSettings
from scorestage.tempofit.exactly import HARDLY, exact_map
from scorestage.tempofit.ground import Ground, lay_ground
from scorestage.tempofit.heard import crowded_points, drift_points, heard_changes
from scorestage.tempofit.plan import Knot, Law, Plan, with_bars
from scorestage.tempofit.price import plan_points
from scorestage.tempofit.settings import Weights
from scorestage.tempofit.smooth import largest_change, largest_step
from scorestage.tempofit.steps import bar_changes, beat_changes
from scorestage.timebase import FRAMES_24, FilmTime

SETTINGS = FitSettings(draws=0)
W = Weights()


def _ground(length: float = 20) -> Ground:
    end = FilmTime(Fraction(length).limit_denominator(10**9))
    return lay_ground(FilmTime(0), end, (), FRAMES_24, SETTINGS)


def _plan(*marks: tuple[int, float], units: int = 64, law: Law = Law.STEADY) -> Plan:
    """Half-beats on which the tempo changes, and units a second from each; the last by `law`."""
    knots, at, before = [], 0.0, (0, marks[0][1])
    for unit, rate in marks:
        at += (unit - before[0]) / before[1]
        knots.append(Knot(unit, at, 0 if not unit else None, law if unit else Law.STEADY))
        before = (unit, rate)
    knots.append(Knot(units, at + (units - before[0]) / before[1], 1))
    found = with_bars(_ground(knots[-1].seconds), tuple(knots), 0)
    assert found is not None
    return found


def test_marks_half_a_beat_apart_add_up() -> None:
    plan = _plan((0, 3.2), (31, 3.2 * 1.022), (32, 3.2 * 1.022**2))
    beats, bars = heard_changes(_ground(), plan)
    assert largest_step(plan) == pytest.approx(math.log(1.022))
    assert float(np.abs(beats).max()) == pytest.approx(1.5 * math.log(1.022), rel=0.02)
    assert largest_change(_ground(), plan) > math.log(1.03)
    assert np.count_nonzero(np.abs(bars) > 1e-9) == 2
    apart = _plan((0, 3.2), (24, 3.2 * 1.022), (40, 3.2 * 1.022**2))
    assert largest_change(_ground(), apart) == pytest.approx(math.log(1.022))
    assert plan_points(_ground(), plan) > plan_points(_ground(), apart) + W.audible / 2


@pytest.mark.parametrize("unit", [16, 17, 19, 24, 31])
def test_the_plan_and_its_exact_map_are_heard_alike(unit: int) -> None:
    plan = _plan((0, 3.2), (unit, 3.27), (unit + 1, 3.31), (unit + 9, 3.2))
    ground = _ground(plan.knots[-1].seconds)
    tempo_map = exact_map(ground, plan, FRAMES_24, HARDLY)
    for planned, told in zip(
        heard_changes(ground, plan), (beat_changes(tempo_map), bar_changes(tempo_map)), strict=True
    ):
        heard = [one for one in planned if abs(one) > 1e-6]
        exact = [one.log_change for one in told if abs(one.log_change) > 1e-6]
        assert exact == pytest.approx(heard, abs=2e-5)


def test_what_is_written_is_not_heard_as_a_step() -> None:
    plan = _plan((0, 3.2), (48, 2.8), law=Law.RAMP)
    ground = _ground(plan.knots[-1].seconds)
    assert not np.any(heard_changes(ground, plan)[0])
    changes = beat_changes(exact_map(ground, plan, FRAMES_24, HARDLY))
    assert changes and all(one.written for one in changes)
    assert all(one.percent < 0 for one in changes)


def test_only_what_marks_do_not_pay_for_is_crowded() -> None:
    loud = np.array([0.04])
    assert crowded_points(W, loud, loud) == 0
    assert crowded_points(W, loud, np.array([0.02, 0.02])) > W.audible
    assert crowded_points(W, np.array([0.02]), loud) == 0


def test_bars_may_differ_by_what_hides_for_nothing() -> None:
    assert drift_points(W, np.array([0.024, -0.024])) == 0
    small, large = (drift_points(W, np.array([size])) for size in (0.03, 0.057))
    assert 0 < small < W.missing(1) < large < W.missing(3)
    assert drift_points(replace(W, drift=0.0), np.array([0.06])) == 0
