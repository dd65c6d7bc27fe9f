from __future__ import annotations

import pytest

from scorestage.production import Hit, HitWant
from scorestage.tempofit.bend import Step
from scorestage.tempofit.ground import lay_ground
from scorestage.tempofit.plan import plain_plan, plan_of_option, plan_of_steps
from scorestage.tempofit.settings import FitSettings
from scorestage.tempofit.steady import Option
from scorestage.timebase import FRAMES_24, FilmTime, Meter

HITS = (Hit("a", FilmTime(5), weight=5, want=HitWant.DOWNBEAT), Hit("b", FilmTime("8.13")))


def test_a_path_becomes_knots_bars_and_landings() -> None:
    ground = lay_ground(FilmTime(0), FilmTime(10), HITS, FRAMES_24, FitSettings())
    steps = (Step(0, 0, 0, 0.0), Step(1, 14, 0, 0.01), Step(3, 16, 0, 0.0))
    plan = plan_of_steps(ground, steps)
    assert plan is not None
    assert [(knot.unit, knot.point) for knot in plan.knots] == [(0, 0), (14, 1), (30, 3)]
    assert plan.bars == (Meter(4, 4), Meter(3, 4), Meter(4, 4), Meter(4, 4))
    assert dict(plan.landed) == {1: 14, 2: 24}
    assert plan.seconds_at(14) == pytest.approx(5.01)


def test_one_tempo_catches_what_its_grid_meets() -> None:
    ground = lay_ground(FilmTime(0), FilmTime(10), HITS, FRAMES_24, FitSettings())
    plan = plan_of_option(ground, Option(0.0, 3.2, 32))
    assert plan is not None
    assert dict(plan.landed) == {1: 16, 2: 26}
    assert plan.largest_step == 0


def test_an_open_end_goes_on_in_whole_bars() -> None:
    ground = lay_ground(FilmTime(0), None, HITS, FRAMES_24, FitSettings())
    plan = plan_of_steps(ground, (Step(0, 0, 0, 0.0), Step(1, 16, 0, 0.0), Step(2, 10, 2, 0.0)))
    assert plan is not None
    assert len(plan.bars) % 4 == 0
    assert sum(8 for _ in plan.bars) > 26 + 8


def test_a_cue_without_end_or_hits_is_plain() -> None:
    ground = lay_ground(FilmTime(0), None, (), FRAMES_24, FitSettings())
    plan = plain_plan(ground, 16)
    assert plan.bars == (Meter(4, 4),) * 16
    assert plan.rates == (pytest.approx(3.2),)
