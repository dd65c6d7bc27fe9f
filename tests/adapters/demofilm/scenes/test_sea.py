"""Water that joins its own end, rain that repeats, skies and clouds of the size asked for."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from scorestage.adapters.demofilm.drawing.paper import WIDTH_PX
from scorestage.adapters.demofilm.scenes.sea import (
    DAWN,
    DUSK,
    NIGHT,
    STORM,
    cloud,
    cloud_bank,
    cloud_front,
    flow,
    moon,
    rain,
    rain_sheet,
    sky,
    strip,
    waters,
    wave_line,
)


@pytest.mark.parametrize("sharp", [0.0, 0.4, 1.0])
def test_a_wave_line_joins_its_own_end(sharp: float) -> None:
    line = wave_line(1240, 40, 170, 5, sharp)
    steps = np.abs(np.diff(line))
    assert abs(line[0] - line[-1]) <= steps.max() + 1e-9
    assert 0.5 * 40 < line.max() - line.min() < 1.4 * 40


def test_running_water_covers_the_whole_width_wherever_it_has_run_to() -> None:
    piece = strip(1000, 120, (40.0, 60.0, 90.0), (200.0, 220.0, 230.0), 3, 20, 150)
    for x in (-5000, -730, 0, 411, 9000):
        stage = np.full((540, 960, 3), 255, np.uint16)
        flow(stage, piece, x, 300)
        assert stage[400].max() < 120


def test_rain_repeats_where_its_sheet_ends() -> None:
    drops = rain_sheet(3, 200, 30, 0.5, 90)
    high = drops.shape[0] // 3
    assert np.array_equal(drops[:high], drops[2 * high :])
    assert np.array_equal(drops[:, :WIDTH_PX], drops[:, WIDTH_PX:])
    for frame in (0, 17, 400):
        stage = np.full((540, 960, 3), 10, np.uint16)
        rain(stage, drops, frame, 50, 0.5)
        assert stage.max() > 40


def test_strips_of_water_stand_one_before_the_other() -> None:
    strips = waters(STORM, 5, 330, 9, [10, 16, 24, 36, 50], [90, 130, 190, 270, 380])
    tops = [piece.y + 12 for piece in strips]
    assert tops == sorted(tops)
    for piece, nearer in pairwise(strips):
        assert piece.y + piece.colour.shape[0] > nearer.y + 60
    assert strips[-1].y + strips[-1].colour.shape[0] >= 540


@pytest.mark.parametrize("weather", [DUSK, NIGHT, STORM, DAWN])
def test_skies_run_from_their_first_colour_to_their_last(weather: object) -> None:
    back = sky(weather, 360, 0, 4)  # type: ignore[arg-type]
    for row, (_, colour) in ((0, weather.sky[0]), (539, weather.sky[-1])):  # type: ignore[attr-defined]
        assert np.abs(back[row].mean(axis=0) - colour).max() < 12


def test_the_moon_is_bright_and_stars_are_not_in_the_water() -> None:
    back = sky(NIGHT, 300, 200, 4)
    moon(back, 400, 120, 30, (243.0, 230.0, 207.0))
    assert back[120, 400].min() > 180
    assert back[301:].max() - back[301:].min() < 130


def test_clouds_have_a_level_foot_and_a_heaped_top() -> None:
    made = cloud(400, 140, DUSK.cloud, 5)
    cover = made.through[:, :, 0] < 20
    foot = np.nonzero(cover.any(axis=1))[0].max()
    assert abs(foot - 112) <= 2
    assert cover[foot - 2].sum() > 0.5 * 400


def test_storm_clouds_close_the_sky() -> None:
    assert (cloud_bank(1300, 200, STORM.cloud, 3, 7).through[:60] == 0).all()
    front = cloud_front(1600, 300, STORM.cloud, 3).through[:, :, 0]
    assert (front[:60, 700:] == 0).all()
    assert (front[:, :20] > 200).any()
