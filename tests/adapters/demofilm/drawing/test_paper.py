"""Laying paper on the stage, against compositing in plain arithmetic."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scorestage.adapters.demofilm.drawing.paper import (
    FLAT,
    Cut,
    Sheet,
    Stage,
    glued,
    hang,
    lay,
    mask,
    moved,
    plate,
    sheet,
    solid,
)
from scorestage.adapters.demofilm.drawing.shapes import box, oval


def _stage(seed: int = 1) -> Stage:
    return np.random.default_rng(seed).integers(0, 256, (540, 960, 3), dtype=np.uint16)


def _piece(seed: int, wide: int = 90, high: int = 70) -> Sheet:
    """A sheet of random cover and colour."""
    rng = np.random.default_rng(seed)
    cover = rng.integers(0, 257, (high, wide, 1))
    colour = rng.integers(0, 256, (high, wide, 3)) * cover // 256
    through = np.repeat(256 - cover, 3, axis=2)
    return solid(Sheet(colour.astype(np.uint16), through.astype(np.uint16), 300, 200))


@pytest.mark.parametrize(("x", "y"), [(0, 0), (12, -7), (-340, -230), (620, 320), (2000, 0)])
def test_laying_is_compositing(x: int, y: int) -> None:
    stage, piece = _stage(), _piece(3)
    expected = stage.astype(np.int64)
    for row in range(70):
        for column in range(90):
            at_y, at_x = 200 + y + row, 300 + x + column
            if 0 <= at_y < 540 and 0 <= at_x < 960:
                shown = expected[at_y, at_x] * piece.through[row, column] // 256
                expected[at_y, at_x] = shown + piece.colour[row, column]
    lay(stage, piece, x, y)
    assert np.array_equal(stage, expected)


def test_half_a_pixel_is_the_mean_of_two_neighbours() -> None:
    piece = _piece(4)
    piece = replace(piece, through=np.zeros_like(piece.through))
    stage = _stage()
    lay(stage, piece, 0.5, 0)
    mean = (piece.colour[:, :-1] + piece.colour[:, 1:]) >> 1
    assert np.array_equal(stage[200:270, 301:390], mean)


def test_rows_that_let_nothing_through_change_no_pixel_of_the_result() -> None:
    piece = sheet([box(0, 20, 120, 60)], [(0, (200, 90, 40))], (120, 60), 1, FLAT)
    assert piece.solid_below < 60
    one, two = _stage(), _stage()
    lay(one, piece, 100.5, 50.5)
    lay(two, replace(piece, solid_above=0, solid_below=1 << 30), 100.5, 50.5)
    assert np.abs(one.astype(int) - two.astype(int)).max() <= 1


def test_glued_sheets_look_as_if_laid_one_after_the_other() -> None:
    below, above = _piece(5), _piece(6)
    one, two = _stage(), _stage()
    lay(one, below)
    lay(one, above)
    lay(two, glued(below, above))
    assert np.abs(one.astype(int) - two.astype(int)).max() <= 3


def test_a_mask_covers_the_area_of_its_shape() -> None:
    assert mask(200, 200, [oval(100, 100, 60, 60, 200)]).sum() == pytest.approx(
        np.pi * 3600, rel=0.01
    )


def test_holes_show_what_is_behind_and_shadows_darken_it() -> None:
    whole, hole = [box(0, 0, 100, 100)], [box(30, 30, 70, 70)]
    piece = sheet(
        whole, [(0, (200.0, 200.0, 200.0))], (100, 100), 2, Cut(shadow=0.5), holes=[*hole]
    )
    stage = np.full((540, 960, 3), 100, np.uint16)
    lay(stage, piece)
    assert stage[10, 10].mean() > 150
    assert stage[50, 50].mean() < 100
    assert stage[33, 50].mean() < stage[50, 50].mean()


def test_backdrops_are_copied_not_lent() -> None:
    back = plate([(0, (10.0, 20.0, 30.0)), (1, (200.0, 180.0, 160.0))], (1000, 540), 3)
    stage = hang(back, 20)
    assert stage.shape == (540, 960, 3)
    stage[:] = 0
    assert back.max() > 0


def test_a_moved_sheet_rests_elsewhere() -> None:
    assert (moved(_piece(1), 5, -3).x, moved(_piece(1), 5, -3).y) == (305, 197)
