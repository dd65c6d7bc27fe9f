"""What hits cost off the grid, against the price of one hit by itself."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from scorestage.production import Hit
from scorestage.tempofit.flaws import caught_within, flaw_or_miss, flaw_points
from scorestage.tempofit.ground import lay_ground
from scorestage.tempofit.price import caught_points
from scorestage.tempofit.settings import FitSettings, Weights
from scorestage.timebase import FRAMES_24, FilmTime

WEIGHTS = Weights()
OFF = np.linspace(-0.3, 0.3, 61)


@pytest.mark.parametrize("weight", [1, 5])
def test_many_flaws_are_what_each_would_cost(weight: int) -> None:
    one_by_one = [caught_points(WEIGHTS, off, weight) for off in OFF.tolist()]
    assert flaw_points(WEIGHTS, weight, OFF) == pytest.approx(one_by_one)


def test_a_hit_is_caught_up_to_its_tolerance_and_half_of_it_within_half_the_room() -> None:
    hit = Hit("cut", FilmTime(2), early_frames=Fraction(1), late_frames=Fraction(3))
    ground = lay_ground(FilmTime(0), FilmTime(4), (hit,), FRAMES_24, FitSettings())
    off = np.array([-1.01, -1.0, -0.51, 0.0, 1.5, 1.51, 3.0, 3.01]) / 24
    whole = caught_within(ground.points[1], off)
    assert whole.tolist() == [False, True, True, True, True, True, True, False]
    half = caught_within(ground.points[1], off, 0.5)
    assert half.tolist() == [False, False, False, True, True, False, False, False]


def test_a_choice_is_exact_where_flaw_and_miss_are_far_apart() -> None:
    caught = np.array([True, False, True])
    flaw = np.array([1e-12, 3.0, 0.1])
    assert flaw_or_miss(caught, flaw, 1e5).tolist() == [1e-12, 1e5, 0.1]
