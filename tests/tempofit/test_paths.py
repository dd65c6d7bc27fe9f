"""Paths read from a sweep: the best one, and others that are not it again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.tempofit.test_constants import film_like

from scorestage.tempofit import FitSettings
from scorestage.tempofit.ground import Ground, lay_ground
from scorestage.tempofit.net import Fineness, Net
from scorestage.tempofit.paths import PathReader
from scorestage.tempofit.sweep import Sweep, Taste
from scorestage.timebase import FRAMES_24, FilmTime

SETTINGS = FitSettings(draws=0)
PLAIN = Fineness(bucket=0.01, lean=False, spread=False)


def _sweep(seed: int, count: int = 5, length: int = 24) -> tuple[Ground, Sweep]:
    hits = film_like(seed, count, length, FRAMES_24)
    ground = lay_ground(FilmTime(0), FilmTime(length), hits, FRAMES_24, SETTINGS)
    seconds = np.array([[point.seconds for point in ground.points]])
    return ground, Sweep(Net(ground, seconds, PLAIN), Taste(ground.wish, ground.breath))


@pytest.mark.parametrize("seed", range(5))
def test_the_best_path_is_worth_what_the_sweep_says(seed: int) -> None:
    ground, sweep = _sweep(seed)
    best = PathReader(sweep).best()
    assert best is not None
    assert best.points == pytest.approx(float(sweep.points[0]))
    points = [leg.point for leg in best.legs]
    assert points[0] == 0 and points[-1] == len(ground.points) - 1
    assert points == sorted(set(points))
    for before, leg in zip(best.legs, best.legs[1:], strict=False):
        gap = ground.points[leg.point].seconds - ground.points[before.point].seconds
        assert ground.lowest - 1e-9 <= leg.units / gap <= ground.highest + 1e-9


@pytest.mark.parametrize("seed", range(5))
def test_second_thoughts_are_others_and_never_cheaper(seed: int) -> None:
    _, sweep = _sweep(seed)
    found = PathReader(sweep).several(5)
    assert len(found) == 5
    assert len({tuple(path.legs) for path in found}) == 5
    points = [path.points for path in found]
    assert points[0] == pytest.approx(float(sweep.points[0]))
    assert points == sorted(points)


def test_where_nothing_leads_there_is_no_path() -> None:
    ground, _ = _sweep(1)
    narrow = replace(ground, lowest=3.2, highest=3.2001, wish=3.2)
    seconds = np.array([[point.seconds + 0.01 for point in narrow.points]])
    sweep = Sweep(Net(narrow, seconds, PLAIN), Taste(3.2, 0.0))
    reader = PathReader(sweep)
    if np.isfinite(sweep.points[0]):
        assert reader.best() is not None
    else:
        assert reader.best() is None and reader.several(4) == []
