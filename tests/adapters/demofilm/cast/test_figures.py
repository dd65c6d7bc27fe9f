"""The cast on the stage."""

from __future__ import annotations

import numpy as np

from scorestage.adapters.demofilm.cast.figures import put_boat, put_glitter, put_gull, put_wick
from scorestage.adapters.demofilm.cast.props import mast_top
from scorestage.adapters.demofilm.cast.wick import Pose
from scorestage.adapters.demofilm.drawing.paper import Stage


def _night() -> Stage:
    return np.full((540, 960, 3), 24, np.uint16)


def test_wicks_face_is_where_it_is_said_to_be() -> None:
    stage = _night()
    x, y = put_wick(stage, Pose(glow=1.0), 480, 500, 300)
    face = stage[round(y) - 20 : round(y) + 20, round(x) - 40 : round(x) + 40]
    assert face.mean() > 120


def test_the_captain_sits_at_the_mast() -> None:
    stage = _night()
    x, y = put_boat(stage, 3, (400, 300), 90, 10)
    mx, my = mast_top(10, 90)
    assert (x, y) == (400 + mx, 300 + my)
    assert stage[round(y) - 8 : round(y) + 8, round(x) - 8 : round(x) + 8].max() > 200


def test_glitter_lies_on_the_water_below_the_boat() -> None:
    stage = _night()
    put_glitter(stage, 5, (400, 300), 90, 0.6)
    rows, _ = np.nonzero(stage[:, :, 0] > 40)
    assert rows.min() > 295
    assert rows.max() < 400


def test_a_gulls_wings_go_up_and_down() -> None:
    tops = []
    for flap in (-1.0, 1.0):
        stage = _night()
        put_gull(stage, 480, 270, 30, flap, (200.0, 200.0, 200.0))
        tops.append(int(np.nonzero(stage[:, :, 0] > 60)[0].min()))
    assert tops[1] < tops[0]
