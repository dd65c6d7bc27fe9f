"""Wick's poses are seen in his picture."""

from __future__ import annotations

import numpy as np
import pytest

from scorestage.adapters.demofilm.cast.wick import SCARF, SOOT, Pose, draw_wick
from scorestage.adapters.demofilm.drawing.paper import Stage, lay


def _seen(pose: Pose, height_px: float = 300) -> Stage:
    stage = np.full((540, 960, 3), 128, np.uint16)
    lay(stage, draw_wick(pose, height_px), 480, 500)
    return stage


def _like(stage: Stage, colour: tuple[float, float, float], within: float = 60) -> np.ndarray:
    away = np.abs(stage.astype(float) - np.asarray(colour)).sum(axis=2)
    return np.argwhere(away < within)


@pytest.mark.parametrize("height_px", [46, 104, 218, 350])
def test_he_is_as_tall_as_asked_and_stands_on_his_feet(height_px: float) -> None:
    rows, _ = np.nonzero(np.abs(_seen(Pose(), height_px).astype(int) - 128).max(axis=2) > 60)
    assert rows.max() == pytest.approx(500, abs=4)
    assert 500 - rows.min() == pytest.approx(1.02 * height_px, rel=0.04)


def test_the_scarf_blows_where_the_wind_goes() -> None:
    left, right = (_like(_seen(Pose(wind=w)), SCARF)[:, 1].mean() for w in (-1.0, 1.0))
    assert left < 470
    assert right > 490


def test_an_open_mouth_is_dark() -> None:
    shut, opened = (len(_like(_seen(Pose(mouth=m)), SOOT)) for m in (0.0, 1.0))
    assert opened > shut + 60


def test_closed_eyes_are_a_line() -> None:
    opened, shut = (len(_like(_seen(Pose(lids=x))[260:310], SOOT, 30)) for x in (0.0, 1.0))
    assert shut < 0.6 * opened


def test_he_shines_by_himself_and_his_coat_does_not() -> None:
    night = (80.0, 90.0, 160.0)
    dark, bright = (_seen(Pose(glow=g, light=night)) for g in (0.0, 1.0))
    face, coat = (slice(260, 300), slice(470, 490)), (slice(400, 420), slice(485, 500))
    assert bright[face].mean() > dark[face].mean() + 20
    assert np.array_equal(bright[coat], dark[coat])
