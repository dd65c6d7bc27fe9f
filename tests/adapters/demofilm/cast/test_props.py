"""The tower burns, the boat tilts, the firefly glows."""

from __future__ import annotations

import numpy as np

from scorestage.adapters.demofilm.cast.props import (
    draw_boat,
    firefly,
    lighthouse,
    mast_top,
    rock,
)
from scorestage.adapters.demofilm.drawing.paper import Sheet, Stage, lay


def _seen(piece: Sheet) -> Stage:
    stage = np.full((540, 960, 3), 20, np.uint16)
    lay(stage, piece, 480, 400)
    return stage


def test_the_lamp_burns_only_when_lit() -> None:
    dark, lit = (_seen(lighthouse(1.0, burning=b)) for b in (0.0, 1.0))
    lamp = (slice(400 - 255, 400 - 223), slice(470, 490))
    assert lit[lamp].mean() > dark[lamp].mean() + 60
    assert np.array_equal(lit[300:400], dark[300:400])


def test_the_mast_leans_with_the_boat() -> None:
    assert mast_top(30, 100)[0] > mast_top(0, 100)[0] > mast_top(-30, 100)[0]
    for tilt in (-20.0, 0.0, 15.0):
        x, y = mast_top(tilt, 300)
        paper = _seen(draw_boat(300, tilt))
        near = paper[
            round(400 + y) : round(400 + y) + 60, round(480 + x) - 25 : round(480 + x) + 25
        ]
        assert near.max() > 180


def test_the_captain_lights_the_paper() -> None:
    plain, lit = (_seen(draw_boat(300, 0, lamp=lamp)).astype(int) for lamp in (0.0, 1.0))
    sail = (slice(300, 340), slice(482, 488))
    blue = 2
    assert lit[sail][..., blue].mean() < plain[sail][..., blue].mean() - 20


def test_the_firefly_is_as_bright_as_her_glow_and_turns_round() -> None:
    levels = []
    for glow in (0.1, 0.5, 1.0):
        stage = np.zeros((540, 960, 3), np.uint16)
        firefly(stage, 480, 270, 30, 3, glow)
        levels.append(int(stage.sum()))
    assert levels == sorted(levels)
    left, right = np.zeros((540, 960, 3), np.uint16), np.zeros((540, 960, 3), np.uint16)
    firefly(left, 480, 270, 46, 3, 1.0, -1)
    firefly(right, 480, 270, 46, 3, 1.0, 1)
    assert not np.array_equal(left, right)


def test_a_rock_is_as_large_as_asked() -> None:
    piece = rock(260, 84, ((120.0, 120.0, 160.0), (30.0, 30.0, 60.0)), 8)
    assert 260 <= piece.width_px <= 300
    assert 84 <= piece.colour.shape[0] <= 130
