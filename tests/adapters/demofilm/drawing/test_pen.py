"""Figures drawn with the pen stand where their origin says, in the scene's light."""

from __future__ import annotations

import numpy as np

from scorestage.adapters.demofilm.drawing.paper import Stage, lay
from scorestage.adapters.demofilm.drawing.pen import Pen, level_table
from scorestage.adapters.demofilm.drawing.shapes import box


def _laid(pen: Pen, shadow: float = 0.0) -> Stage:
    stage = np.full((540, 960, 3), 50, np.uint16)
    lay(stage, pen.as_sheet(shadow, 0.0), 400, 300)
    return stage


def test_the_origin_of_the_figure_is_laid_at_the_point() -> None:
    pen = Pen((300, 200), (120, 90), 2.0)
    pen.fill(box(0, 0, 10, 5), (240, 30, 30))
    changed = np.argwhere(_laid(pen)[:, :, 0] > 150)
    assert tuple(changed.min(axis=0)) == (300, 400)
    assert tuple(changed.max(axis=0)) == (309, 419)


def test_a_hole_shows_the_stage() -> None:
    pen = Pen((100, 100), (50, 50))
    pen.fill(box(-40, -40, 40, 40), (240, 240, 240))
    pen.cut_out(box(-10, -10, 10, 10))
    stage = _laid(pen)
    assert stage[300, 400].max() == 50
    assert stage[275, 400].min() > 200


def test_the_light_of_the_scene_tints_all_but_what_shines_itself() -> None:
    pen = Pen((100, 100), (50, 50), light=(255.0, 100.0, 100.0))
    pen.fill(box(-40, -40, 0, 40), (200, 200, 200))
    pen.fill(box(0, -40, 40, 40), (200, 200, 200), own_light=True)
    stage = _laid(pen)
    assert stage[300, 380, 1] < 0.5 * stage[300, 380, 0]
    assert abs(int(stage[300, 420, 1]) - int(stage[300, 420, 0])) <= 2


def test_the_shadow_falls_below() -> None:
    pen = Pen((100, 100), (50, 50))
    pen.fill(box(-20, -20, 20, 20), (250, 250, 250))
    stage = _laid(pen, 0.5)
    assert stage[323, 400].max() < 50
    assert stage[270, 400].max() == 50


def test_nothing_drawn_is_nothing_laid() -> None:
    assert _laid(Pen((60, 60), (30, 30))).max() == 50


def test_a_level_table_never_grows() -> None:
    assert level_table(0.25) == sorted(level_table(0.25))
    assert level_table(1.0) == list(range(256))
