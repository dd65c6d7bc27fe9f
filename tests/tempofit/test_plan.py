from __future__ import annotations

import pytest

from scorestage.production import Hit, HitWant
from scorestage.tempofit.ground import lay_ground
from scorestage.tempofit.plan import plain_plan, plan_of_path, steady_plan
from scorestage.tempofit.settings import FitSettings
from scorestage.tempofit.smooth import largest_step
from scorestage.tempofit.sweep import Leg, Path
from scorestage.timebase import FRAMES_24, FilmTime, Meter

HITS = (Hit("a", FilmTime(5), weight=5, want=HitWant.DOWNBEAT), Hit("b", FilmTime("8.13")))


def test_a_path_becomes_knots_bars_and_landings() -> None:
    ground = lay_ground(FilmTime(0), FilmTime(10), HITS, FRAMES_24, FitSettings())
    plan = plan_of_path(ground, Path(0.0, (Leg(0, 0, 0), Leg(1, 14, 0), Leg(3, 16, 0))))
    assert plan is not None
    assert [(knot.unit, knot.point) for knot in plan.knots] == [(0, 0), (14, 1), (30, 3)]
    assert plan.bars == (Meter(4, 4), Meter(3, 4), Meter(4, 4), Meter(4, 4))
    assert dict(plan.landed) == {1: 14, 2: 24}
    assert plan.seconds_at(14) == pytest.approx(5.0)


def test_one_tempo_catches_what_its_grid_meets() -> None:
    ground = lay_ground(FilmTime(0), FilmTime(10), HITS, FRAMES_24, FitSettings())
    plan = steady_plan(ground, 0.0, 10.0, 32)
    assert plan is not None
    assert dict(plan.landed) == {1: 16, 2: 26}
    assert largest_step(plan) == 0


def test_an_open_end_goes_on_in_whole_bars() -> None:
    ground = lay_ground(FilmTime(0), None, HITS, FRAMES_24, FitSettings())
    plan = plan_of_path(ground, Path(0.0, (Leg(0, 0, 0), Leg(1, 16, 0), Leg(2, 10, 2))))
    assert plan is not None
    assert len(plan.bars) % 4 == 0
    assert sum(8 for _ in plan.bars) > 26 + 8


def test_a_cue_without_end_or_hits_is_plain() -> None:
    ground = lay_ground(FilmTime(0), None, (), FRAMES_24, FitSettings())
    plan = plain_plan(ground, 16)
    assert plan.bars == (Meter(4, 4),) * 16
    assert list(plan.rates) == [pytest.approx(3.2)]
