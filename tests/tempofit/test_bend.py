"""The bending search against published numbers and against plain recursion without buckets."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from scorestage.production import Hit, HitWant
from scorestage.tempofit.bend import Bender, Bent, Fineness
from scorestage.tempofit.ground import Ground, lay_ground
from scorestage.tempofit.settings import FitSettings, Weights
from scorestage.timebase import FRAMES_24, Beats, FilmTime, Meter

EXACT = Fineness(bucket=0.0005, leans=(0.0,))
EVERY_HIT = replace(EXACT, passed=0, far_seconds=0.0)
ONLY_TEMPO = Weights(
    off=0, place=0, miss=1e4, step=4, step_scale=1, change=0, wish=1, wish_scale=1, by_share=False
)


def _search(ground: Ground, fineness: Fineness = EXACT) -> Bent:
    seconds = np.array([[point.seconds for point in ground.points]])
    return Bender(ground, seconds, fineness).run()


def _whole_beats(*at: str, breath_percent: int = 20) -> Ground:
    """Hits at `at` seconds, the last being the end, counted in whole beats without bars."""
    settings = FitSettings(weights=ONLY_TEMPO, meters=(Meter(1, 4),), breath_percent=breath_percent)
    hits = tuple(Hit(text, FilmTime(text), weight=5) for text in at[:-1])
    ground = lay_ground(FilmTime(0), FilmTime(at[-1]), hits, FRAMES_24, settings)
    half_to_whole = {"lowest": 1.0, "highest": 160 / 60, "wish": 96 / 60, "start_late": 0.0}
    points = (replace(ground.points[0], late=0.0), *ground.points[1:])
    return replace(ground, unit=Beats(1), bar_units=1, points=points, **half_to_whole)


def test_the_published_piecewise_map() -> None:
    """V30: hits at 0, 7.5, 13.2, 21 and 26.4 s are 12, 9, 13 and 9 beats, 0.015903 points."""
    found = _search(_whole_beats("7.5", "13.2", "21.0", "26.4"), EVERY_HIT)
    assert [step.units for step in found.steps] == [0, 12, 9, 13, 9]
    assert found.points[0] == pytest.approx(0.015903, abs=1e-4)


def test_the_second_best_of_the_published_map_when_the_best_is_too_steep() -> None:
    """V30: with steps of at most 4 % the second map wins: 12, 9, 12 and 8 beats."""
    cue = _whole_beats("7.5", "13.2", "21.0", "26.4", breath_percent=4)
    found = _search(cue, EVERY_HIT)
    assert [step.units for step in found.steps] == [0, 12, 9, 12, 8]
    assert found.points[0] == pytest.approx(0.016735, abs=1e-4)


def _recursion(ground: Ground, passed: int) -> float:
    """The least points by plain recursion over (point, phase, tempo), exact and slow."""
    weights, phases, usual = ground.weights, ground.bar_units, ground.meters[0]
    points = ground.points
    place = [list(ground.place_points(point, usual)) for point in points]
    odd = ground.odd_points(int(ground.highest * ground.length) + 8 * phases)
    last = len(points) - 1

    def passing(before: int, after: int, rate: float, phase: int, units: int) -> float:
        total = 0.0
        for number in range(before + 1, after):
            hit = points[number]
            at = rate * (hit.seconds - points[before].seconds)
            unit = min(max(round(at), 0), units)
            off = (unit - at) / rate
            if -hit.early * 0.6 <= off <= hit.late * 0.6:
                scale = weights.early_seconds if off < 0 else weights.late_seconds
                total += weights.off * hit.weight * (off / scale) ** 2
                total += place[number][(phase + unit) % phases]
            else:
                total += hit.price
        return total

    @cache
    def least(before: int, phase: int, came: float) -> float:
        if before == last:
            return 0.0 if phase == 0 else math.inf
        best = math.inf
        for after in range(before + 1, min(last, before + passed + 1) + 1):
            gap = points[after].seconds - points[before].seconds
            if gap <= 0:
                continue
            units = max(1, math.ceil(ground.lowest * gap - 1e-9))
            while units <= ground.highest * gap + 1e-9:
                rate = units / gap
                step = abs(math.log(rate / came)) if came else 0.0
                if step <= ground.breath:
                    price = weights.step * (step / weights.step_scale) ** 2
                    price += weights.change if step > 1e-9 else 0.0
                    away = math.log(rate / ground.wish) / weights.wish_scale
                    price += weights.wish * away**2 * gap / ground.length
                    price += passing(before, after, rate, phase, units)
                    landing = (phase + units) % phases
                    way = price + place[after][landing] + least(after, landing, rate)
                    rest = units - (-phase % phases)
                    if rest > 0 and odd[rest] < math.inf:
                        bent = price + place[after][0] + odd[rest] + least(after, 0, rate)
                        way = min(way, bent)
                    best = min(best, way)
                units += 1
        return best

    return least(0, 0, 0.0)


@pytest.mark.parametrize(
    ("length", "at"),
    [
        ("10", ("3.1", "6.4")),
        ("12", ("2.5", "2.9", "7.75")),
        ("9.5", ("4.04",)),
        ("14", ("3.3", "7.1", "10.2")),
        ("6", ("1.1", "1.6", "2.2", "3.9")),
    ],
)
def test_the_search_finds_what_plain_recursion_finds(length: str, at: tuple[str, ...]) -> None:
    wants = (HitWant.DOWNBEAT, HitWant.BEAT, HitWant.STRONG, HitWant.ANY)
    hits = tuple(
        Hit(text, FilmTime(text), weight=2 + number, want=wants[number])
        for number, text in enumerate(at)
    )
    settings = FitSettings(breath_percent=25, start_late_frames=0)
    ground = lay_ground(FilmTime(0), FilmTime(length), hits, FRAMES_24, settings)
    found = _search(ground, replace(EXACT, passed=9, far_seconds=0.0))
    assert found.points[0] == pytest.approx(_recursion(ground, passed=9), rel=0.02)


def test_many_draws_at_once_find_what_each_finds_alone() -> None:
    hits = tuple(Hit(text, FilmTime(text)) for text in ("3.1", "7.4", "9.9"))
    ground = lay_ground(FilmTime(0), FilmTime(14), hits, FRAMES_24, FitSettings())
    coarse = Fineness(bucket=0.01, leans=(0.0,), paths=False)
    random = np.random.default_rng(4)
    seconds = np.tile([point.seconds for point in ground.points], (5, 1))
    seconds[1:, 1:-1] = np.sort(random.uniform(0.5, 13.5, (4, 3)), axis=1)
    together = Bender(ground, seconds, coarse).run()
    for draw in range(5):
        alone = Bender(ground, seconds[draw : draw + 1], coarse).run()
        assert together.points[draw] == pytest.approx(alone.points[0], rel=1e-12)
        assert together.missed[draw] == alone.missed[0]


def test_leaning_hits_cost_less_or_the_same() -> None:
    hits = tuple(Hit(text, FilmTime(text)) for text in ("2.1", "4.4", "7.3", "9.1"))
    ground = lay_ground(FilmTime(0), FilmTime(12), hits, FRAMES_24, FitSettings())
    stiff = _search(ground, Fineness(leans=(0.0,)))
    leaning = _search(ground, Fineness(leans=(-0.5, 0.0, 0.5)))
    assert leaning.points[0] <= stiff.points[0]
    assert any(step.lean for step in leaning.steps)


def test_odd_bars_only_where_they_are_allowed() -> None:
    hits = (Hit("a", FilmTime("4.375"), weight=5, want=HitWant.DOWNBEAT),)
    four = FitSettings(meters=(Meter(4, 4),), breath_percent=0, start_late_frames=0)
    any_meter = replace(four, meters=FitSettings().meters)
    end = FilmTime("14.375")
    odd = _search(lay_ground(FilmTime(0), end, hits, FRAMES_24, any_meter))
    plain = _search(lay_ground(FilmTime(0), end, hits, FRAMES_24, four))
    assert odd.points[0] < plain.points[0]
    assert all(step.phase == 0 for step in odd.steps)
