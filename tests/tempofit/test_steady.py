"""The search at one tempo against trying everything one by one."""

from __future__ import annotations

import math

import numpy as np
import pytest

from scorestage.production import Hit
from scorestage.tempofit.ground import Ground, lay_ground
from scorestage.tempofit.settings import FitSettings
from scorestage.tempofit.steady import OneTempo, options_of
from scorestage.timebase import FRAMES_24, FilmTime, Meter

ONE_METER = FitSettings(meters=(Meter(4, 4),), start_late_frames=0)


def _ground(length: str, at: tuple[str, ...], settings: FitSettings = ONE_METER) -> Ground:
    hits = tuple(Hit(text, FilmTime(text), weight=1 + number) for number, text in enumerate(at))
    return lay_ground(FilmTime(0), FilmTime(length), hits, FRAMES_24, settings)


def _one_by_one(ground: Ground, seconds: list[float]) -> tuple[float, float, int]:
    """Least points, its misses and its units, trying every number of whole 4/4 bars."""
    weights, usual, found = ground.weights, ground.meters[0], []
    for bars in range(1, 200):
        units = 8 * bars
        rate = units / ground.length
        if not ground.lowest <= rate <= ground.highest:
            continue
        points = weights.wish * (math.log(rate / ground.wish) / weights.wish_scale) ** 2
        missed = 0
        for point, at in zip(ground.hits, seconds, strict=True):
            unit = round(at * rate)
            off = unit / rate - at
            if -point.early <= off <= point.late:
                scale = weights.early_seconds if off < 0 else weights.late_seconds
                most = weights.most_off_points(point.weight)
                points += min(most, weights.off * point.weight * (off / scale) ** 2)
                points += ground.place_points(point, usual)[unit % 8]
            else:
                points, missed = points + point.price, missed + 1
        found.append((points, missed, units))
    return min(found)


@pytest.mark.parametrize("seed", range(6))
def test_the_search_finds_what_trying_everything_finds(seed: int) -> None:
    random = np.random.default_rng(seed)
    length = float(random.integers(12, 40))
    at = np.sort(random.uniform(0.5, length - 0.5, 4))
    ground = _ground(str(length), tuple(f"{moment:.6f}" for moment in at))
    seconds = np.array([[point.seconds for point in ground.points]])
    found = OneTempo(ground, seconds).run()
    assert found is not None
    points, missed, units = _one_by_one(ground, [point.seconds for point in ground.hits])
    assert found.points[0] == pytest.approx(points, rel=1e-9)
    assert found.missed[0] == missed
    assert found.best[0].units == units


def test_draws_are_searched_as_if_alone() -> None:
    ground = _ground("20", ("3.3", "8.1", "12.9"), FitSettings())
    random = np.random.default_rng(2)
    seconds = np.tile([point.seconds for point in ground.points], (7, 1))
    seconds[1:, 1:-1] = np.sort(random.uniform(0, 20, (6, 3)), axis=1)
    together = OneTempo(ground, seconds).run()
    assert together is not None
    for draw in range(7):
        alone = OneTempo(ground, seconds[draw : draw + 1]).run()
        assert alone is not None
        assert alone.points[0] == pytest.approx(together.points[draw])
        assert alone.best[0] == together.best[draw]


def test_every_option_fills_the_cue_with_whole_bars() -> None:
    ground = _ground("10", (), FitSettings(meters=(Meter(4, 4), Meter(3, 4))))
    for option in options_of(ground, 10.0):
        beats = option.units / 2
        assert beats in {3, 4, *range(6, 30)}
        assert option.offset + option.units / option.rate == pytest.approx(10)
        assert 60 <= option.rate * 30 <= 160


def test_a_cue_that_holds_no_bar_has_no_option() -> None:
    ground = _ground("1", ())
    assert OneTempo(ground, np.array([[0.0, 1.0]])).run() is None
