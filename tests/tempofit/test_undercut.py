"""The cheapest constant tempo, against every one of them priced by itself."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from tests.tempofit.test_constants import film_like

from scorestage.production import Hit
from scorestage.tempofit import FitSettings, fit
from scorestage.tempofit.ground import Ground, lay_ground
from scorestage.tempofit.plan import Knot, Law, Plan, steady_plan, with_bars
from scorestage.tempofit.price import plan_points
from scorestage.tempofit.undercut import cheapest_constant
from scorestage.timebase import FRAMES_24, Fermata, FilmTime, Steady

FEW = FitSettings(
    lowest_bpm=Fraction(94), highest_bpm=Fraction(98), draws=0, start_late_frames=Fraction(1, 2)
)


def _ground(hits: tuple[Hit, ...], length: str, settings: FitSettings = FEW) -> Ground:
    return lay_ground(FilmTime(0), FilmTime(length), hits, FRAMES_24, settings)


def _plans(ground: Ground) -> list[Plan]:
    """Every tempo by 0.05 bpm, every quarter frame, every end, by plain loops."""
    found: list[Plan | None] = []
    for twentieths in range(94 * 20, 98 * 20 + 1):
        rate = twentieths / 20 / 30
        for quarter in range(3):
            offset = quarter / 96
            for units in range(1, 200):
                end = offset + units / rate
                if abs(end - ground.length) <= 1 / 48:
                    found.append(steady_plan(ground, offset, end, units))
                begins = offset + (units - 2) / rate
                played = ground.length - begins
                if units > 2 and 1.3 * 2 / rate <= played <= 2 / rate + 4:
                    last = Knot(units, ground.length, len(ground.points) - 1)
                    hold = Knot(units - 2, begins, None, Law.FERMATA)
                    found.append(with_bars(ground, (Knot(0, offset, 0), hold, last), 0))
    return [one for one in found if one is not None]


@pytest.mark.parametrize(("seed", "count", "length"), [(1, 1, "9"), (2, 3, "14.3"), (3, 5, "20")])
def test_nothing_that_plain_loops_find_is_cheaper(seed: int, count: int, length: str) -> None:
    hits = film_like(seed, count, int(float(length)), FRAMES_24)
    ground = _ground(hits, length)
    best = cheapest_constant(ground, math.inf)
    assert best is not None
    least = min(plan_points(ground, plan) for plan in _plans(ground))
    assert plan_points(ground, best) <= least + 1e-9


def test_only_what_is_cheaper_is_told() -> None:
    ground = _ground(film_like(4, 3, 20, FRAMES_24), "20")
    best = cheapest_constant(ground, math.inf)
    assert best is not None
    points = plan_points(ground, best)
    assert cheapest_constant(ground, points) is None
    again = cheapest_constant(ground, points + 1e-6)
    assert again is not None and plan_points(ground, again) == pytest.approx(points)


def test_a_tempo_that_no_bars_fill_holds_its_last_note() -> None:
    exactly = replace(FEW, lowest_bpm=Fraction(96), wish_bpm=Fraction(96), highest_bpm=Fraction(96))
    only = fit(FilmTime(0), FilmTime("31.1"), (), FRAMES_24, exactly)[0].tempo_map
    steady, hold = only.events
    assert isinstance(steady, Steady) and steady.tempo.bpm == 96
    assert isinstance(hold, Fermata) and only.end == FilmTime("31.1")
    assert hold.played.seconds > hold.length.quarters * Fraction(60, 96)
    assert cheapest_constant(_ground((), "31.1", replace(exactly, end_hold=False)), 1e9) is None


def test_without_an_end_every_tempo_counts() -> None:
    hits = tuple(
        Hit(f"h{n}", FilmTime(Fraction(round(one * 24), 24)))
        for n, one in enumerate(np.array([8, 13, 21]) * 60 / 95.35)
    )
    ground = lay_ground(FilmTime(0), None, hits, FRAMES_24, FEW)
    best = cheapest_constant(ground, math.inf)
    assert best is not None and len(best.landed) == 3
    assert float(best.rates[0]) * 30 == pytest.approx(95.35, abs=0.3)
