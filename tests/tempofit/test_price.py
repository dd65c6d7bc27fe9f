"""Prices worked out by hand; a plan costs what the judge says of its map."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import pytest
from tests.tempofit.test_constants import film_like

from scorestage.tempofit import FitSettings, judged
from scorestage.tempofit.exactly import HARDLY, exact_map
from scorestage.tempofit.ground import lay_ground
from scorestage.tempofit.plan import Knot, Law, Plan, with_bars
from scorestage.tempofit.price import (
    caught_points,
    off_points,
    plan_points,
    ramp_points,
    step_points,
)
from scorestage.tempofit.settings import Weights
from scorestage.timebase import FRAMES_24, FilmTime

W = Weights()
SETTINGS = FitSettings(draws=0)


def test_early_is_dearer_than_late_and_caught_never_dearer_than_missed() -> None:
    assert off_points(W, 0.025, 3) == pytest.approx(24 * 3 * 0.04)
    assert off_points(W, -0.009, 3) == pytest.approx(24 * 3 * 0.04)
    for weight in (1, 3, 5):
        missed = W.missing(weight)
        assert caught_points(W, -0.5, weight) == pytest.approx(0.75 * missed)


def test_a_step_that_hides_is_cheap_and_one_that_does_not_costs_more_than_a_light_hit() -> None:
    assert step_points(W, 0.0) == 0.0
    assert step_points(W, 0.0125) == pytest.approx(0.25 + 0.3)
    hidden, heard = (step_points(W, math.log(ratio)) for ratio in (1.0249, 1.0251))
    assert hidden < 4 and heard > W.missing(2) > hidden
    assert heard < W.missing(3)
    assert step_points(W, 0.0125, relief=0.4) == pytest.approx(0.4 * 0.55)
    assert step_points(W, 0.1, 0.4, held=True) < step_points(W, 0.1, 0.4)


def test_a_ramp_of_the_usual_size_costs_least() -> None:
    assert ramp_points(W, -W.ramp_size) == ramp_points(W, W.ramp_size) == W.ramp
    assert ramp_points(W, 0.32) == pytest.approx(2 * W.ramp)


@pytest.mark.parametrize("seed", range(4))
def test_a_plan_costs_what_the_judge_says_of_its_map(seed: int) -> None:
    hits = film_like(seed, 5, 24, FRAMES_24)
    ground = lay_ground(
        FilmTime(0), FilmTime(24), hits, FRAMES_24, replace(SETTINGS, fermatas=True)
    )
    knots = (
        Knot(0, 1 / 48, 0),
        Knot(32, 10.2),
        Knot(56, 17.6),
        Knot(70, 21.9, None, Law.FERMATA),
        Knot(72, 24.0, len(ground.points) - 1),
    )
    plan = with_bars(ground, knots, 0)
    assert isinstance(plan, Plan)
    tempo_map = exact_map(ground, plan, FRAMES_24, HARDLY)
    told = judged("", tempo_map, ground, hits, FRAMES_24).costs.total
    assert float(told) == pytest.approx(plan_points(ground, plan), abs=0.3)
    assert tempo_map.end - FilmTime(24) == (FilmTime(0) - FilmTime(0))
    assert told > Fraction(0)
