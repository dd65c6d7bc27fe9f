"""The search over bending tempos against published numbers and against plain recursion."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from scorestage.production import Hit, HitWant
from scorestage.tempofit.ground import Ground, lay_ground
from scorestage.tempofit.net import Fineness, Net
from scorestage.tempofit.paths import PathReader
from scorestage.tempofit.settings import FitSettings, Weights
from scorestage.tempofit.sweep import MANY_RUNS, Path, Sweep, Taste, least_of_runs
from scorestage.timebase import FRAMES_24, Beats, FilmTime, Meter

EXACT = Fineness(bucket=0.0005, passed=9, far_seconds=0.0, room=0.6, lean=False, spread=False)
EVERY_HIT = replace(EXACT, passed=0)
ONLY_TEMPO = Weights(
    off=0, place=0, miss=1e4, step=4, step_scale=1, change=0, wish=1, wish_scale=1, by_share=False
)


def _sweep(ground: Ground, fineness: Fineness = EXACT) -> Sweep:
    seconds = np.array([[point.seconds for point in ground.points]])
    return Sweep(Net(ground, seconds, fineness), Taste(ground.wish, ground.breath))


def _best(ground: Ground, fineness: Fineness = EXACT) -> Path:
    found = PathReader(_sweep(ground, fineness)).best()
    assert found is not None
    return found


def _whole_beats(*at: str, breath_percent: int = 20) -> Ground:
    """Hits at `at` seconds, the last being the end, counted in whole beats without bars."""
    settings = FitSettings(weights=ONLY_TEMPO, meters=(Meter(1, 4),), breath_percent=breath_percent)
    hits = tuple(Hit(text, FilmTime(text), weight=5) for text in at[:-1])
    ground = lay_ground(FilmTime(0), FilmTime(at[-1]), hits, FRAMES_24, settings)
    half_to_whole = {"lowest": 1.0, "highest": 160 / 60, "wish": 96 / 60, "start_late": 0.0}
    return replace(ground, unit=Beats(1), bar_units=1, **half_to_whole)


def test_the_published_piecewise_map() -> None:
    """V30: hits at 0, 7.5, 13.2, 21 and 26.4 s are 12, 9, 13 and 9 beats, 0.015903 points."""
    found = _best(_whole_beats("7.5", "13.2", "21.0", "26.4"), EVERY_HIT)
    assert [leg.units for leg in found.legs] == [0, 12, 9, 13, 9]
    assert found.points == pytest.approx(0.015903, abs=1e-4)


def test_the_second_best_of_the_published_map() -> None:
    """V30: the second map is 12, 9, 12 and 8 beats; with steps of 4 % at most it is the first."""
    cue = _whole_beats("7.5", "13.2", "21.0", "26.4", breath_percent=4)
    found = _best(cue, EVERY_HIT)
    assert [leg.units for leg in found.legs] == [0, 12, 9, 12, 8]
    assert found.points == pytest.approx(0.016735, abs=1e-4)
    free = PathReader(_sweep(_whole_beats("7.5", "13.2", "21.0", "26.4"), EVERY_HIT)).several(4)
    assert [leg.units for leg in free[1].legs] == [0, 12, 9, 12, 8]


def _shifts(ground: Ground) -> dict[int, float]:
    """What moving the barlines costs, by trying up to three odd bars together."""
    found: dict[int, float] = {}
    lengths, prices = ground.bar_lengths(), ground.bar_prices()
    for count in range(4):
        for chosen in itertools.combinations_with_replacement(range(len(lengths)), count):
            by = -sum(lengths[one] for one in chosen) % ground.bar_units
            price = sum(prices[one] for one in chosen)
            found[by] = min(found.get(by, math.inf), price)
    return found


def _recursion(ground: Ground) -> float:
    """The least points by plain recursion over (point, phase, tempo), exact and slow."""
    weights, phases, usual = ground.weights, ground.bar_units, ground.meters[0]
    points = ground.points
    place = [list(ground.place_points(point, usual)) for point in points]
    shifts = _shifts(ground)
    last = len(points) - 1
    ends = {
        length % phases: price * weights.last_bar
        for length, price in zip(ground.bar_lengths(), ground.bar_prices(), strict=True)
    }

    def passing(before: int, after: int, rate: float, phase: int, units: int) -> float:
        total = 0.0
        for number in range(before + 1, after):
            hit = points[number]
            at = rate * (hit.seconds - points[before].seconds)
            unit = min(max(round(at), 0), units)
            off = (unit - at) / rate
            if -hit.early * 0.6 <= off <= hit.late * 0.6:
                scale = weights.early_seconds if off < 0 else weights.late_seconds
                most = weights.most_off_points(hit.weight)
                total += min(most, weights.off * hit.weight * (off / scale) ** 2)
                total += place[number][(phase + unit) % phases]
            else:
                total += hit.price
        return total

    @cache
    def least(before: int, phase: int, came: float) -> float:
        if before == last:
            return ends.get(phase, math.inf)
        best = math.inf
        for after in range(before + 1, last + 1):
            gap = points[after].seconds - points[before].seconds
            units = max(1, math.ceil(ground.lowest * gap - 1e-9))
            while units <= ground.highest * gap + 1e-9:
                rate = units / gap
                step = abs(math.log(rate / came)) if came else 0.0
                if step <= ground.breath:
                    size = step / weights.step_scale
                    price = weights.step * size**2
                    price += weights.step * weights.heard * max(0.0, size - 0.95) ** 2
                    price += weights.audible if math.expm1(step) > 0.025 else 0.0
                    price += weights.change if step > 1e-9 else 0.0
                    away = math.log(rate / ground.wish) / weights.wish_scale
                    price += weights.wish * away**2 * gap / ground.length
                    for by, odd in shifts.items():
                        turned = (phase + by) % phases
                        landing = (turned + units) % phases
                        way = price + odd + passing(before, after, rate, turned, units)
                        best = min(best, way + place[after][landing] + least(after, landing, rate))
                units += 1
        return best

    return least(0, 0, 0.0)


SMALL = [
    ("10", ("3.1", "6.4")),
    ("12", ("2.5", "2.9", "7.75")),
    ("9.5", ("4.04",)),
    ("14", ("3.3", "7.1", "10.2")),
    ("6", ("1.1", "1.6", "2.2", "3.9")),
]


def _small(length: str, at: tuple[str, ...]) -> Ground:
    wants = (HitWant.DOWNBEAT, HitWant.BEAT, HitWant.STRONG, HitWant.ANY)
    hits = tuple(
        Hit(text, FilmTime(text), weight=2 + number, want=wants[number])
        for number, text in enumerate(at)
    )
    settings = FitSettings(breath_percent=25, start_late_frames=0)
    return lay_ground(FilmTime(0), FilmTime(length), hits, FRAMES_24, settings)


@pytest.mark.parametrize(("length", "at"), SMALL)
def test_the_search_finds_what_plain_recursion_finds(length: str, at: tuple[str, ...]) -> None:
    ground = _small(length, at)
    assert _best(ground).points == pytest.approx(_recursion(ground), rel=0.01)


def test_further_paths_are_different_and_never_cheaper() -> None:
    reader = PathReader(_sweep(_small("14", ("3.3", "7.1", "10.2")), Fineness()))
    paths = reader.several(8)
    assert len({path.legs for path in paths}) == len(paths) == 8
    assert all(path.points >= paths[0].points - 1e-9 for path in paths)
    assert all(path.legs[-1].phase % 2 == 0 for path in paths)


def test_many_draws_at_once_find_what_each_finds_alone() -> None:
    hits = tuple(Hit(text, FilmTime(text)) for text in ("3.1", "7.4", "9.9"))
    ground = lay_ground(FilmTime(0), FilmTime(14), hits, FRAMES_24, FitSettings())
    coarse = Fineness(bucket=0.01, lean=False)
    random = np.random.default_rng(4)
    seconds = np.tile([point.seconds for point in ground.points], (5, 1))
    seconds[1:, 1:-1] = np.sort(random.uniform(0.5, 13.5, (4, 3)), axis=1)
    taste = Taste(ground.wish, ground.breath)
    together = Sweep(Net(ground, seconds, coarse), taste)
    for draw in range(5):
        alone = Sweep(Net(ground, seconds[draw : draw + 1], coarse), taste)
        assert together.points[draw] == pytest.approx(alone.points[0], rel=1e-12)


def test_odd_bars_only_where_they_are_allowed() -> None:
    hits = (Hit("a", FilmTime("4.375"), weight=5, want=HitWant.DOWNBEAT),)
    four = FitSettings(meters=(Meter(4, 4),), breath_percent=0, start_late_frames=0)
    any_meter = replace(four, meters=FitSettings().meters)
    end = FilmTime("14.375")
    odd = _sweep(lay_ground(FilmTime(0), end, hits, FRAMES_24, any_meter))
    plain = _sweep(lay_ground(FilmTime(0), end, hits, FRAMES_24, four))
    assert odd.points[0] < plain.points[0]


@pytest.mark.parametrize("runs", [10, 4 * MANY_RUNS])
def test_the_least_of_each_run_of_rows_is_the_same_by_either_way(runs: int) -> None:
    random = np.random.default_rng(runs)
    offers = random.uniform(0, 9, (3 * runs, 8))
    starts = np.sort(random.choice(np.arange(1, 3 * runs), runs - 1, replace=False))
    starts = np.concatenate([[0], starts])
    ends = [*starts[1:].tolist(), len(offers)]
    by_hand = [offers[a:b].min(axis=0) for a, b in zip(starts.tolist(), ends, strict=True)]
    assert np.array_equal(least_of_runs(offers, starts), np.array(by_hand))
