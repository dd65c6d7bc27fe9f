"""Light adds, multiplies and clips; the exposed frame is black when the lens is shut."""

from __future__ import annotations

import numpy as np
import pytest

from scorestage.adapters.demofilm.drawing.light import (
    dim,
    exposed,
    halo,
    pool,
    pool_at,
    ray,
    shine,
    wash,
)
from scorestage.adapters.demofilm.drawing.paper import Stage
from scorestage.adapters.demofilm.drawing.shapes import box


def _flat(level: int) -> Stage:
    return np.full((540, 960, 3), level, np.uint16)


@pytest.mark.parametrize("radius", [9, 30, 120])
def test_a_halo_is_brightest_in_the_middle_and_ends_at_its_radius(radius: int) -> None:
    stage = _flat(0)
    shine(stage, halo(radius, (200, 150, 100), 0.5), 400, 300)
    assert stage[300, 400].max() > 120
    assert stage[300, 400 + radius + 2].max() == 0
    assert stage[300, 400 + radius // 2].max() < stage[300, 400].max()


@pytest.mark.parametrize(("x", "y"), [(-50, -50), (960, 540), (-400, 0), (480, 5000)])
def test_light_may_lie_outside_and_never_passes_full(x: float, y: float) -> None:
    stage = _flat(250)
    shine(stage, halo(120, (255, 255, 255), 1.0), x, y, 1.5)
    ray(stage, [(box(x - 80, y - 80, x + 80, y + 80), 1.0)], (255, 255, 255))
    assert stage.max() <= 255


def test_a_pool_leaves_its_middle_lit_and_the_rest_dark() -> None:
    stage = _flat(100)
    pool_at(stage, pool(200, (0.5, 0.5, 0.5), (1.5, 1.4, 1.2)), 480, 270)
    assert 135 <= stage[270, 480, 0] <= 150
    assert stage[0, 0].max() < 75


def test_the_brightest_pool_cannot_run_over() -> None:
    stage = _flat(255)
    pool_at(stage, pool(300, (3.0, 3.0, 3.0), (9.0, 9.0, 9.0)), 100, 100)
    assert stage.min() == stage.max() == 255


def test_a_ray_is_where_its_shape_is() -> None:
    stage = _flat(10)
    ray(stage, [(box(400, 200, 500, 260), 0.5)], (200, 200, 200), 4)
    assert stage[230, 450].mean() == pytest.approx(110, abs=4)
    assert stage[100, 100].max() == 10


def test_dimming_and_washing() -> None:
    stage = _flat(200)
    dim(stage, 0.5)
    assert stage.max() == 100
    wash(stage, (255, 255, 255), 1.0)
    assert stage.min() == 255


def test_the_exposed_frame_has_grain_that_changes_every_other_frame() -> None:
    one, two, three = (exposed(_flat(120), n) for n in (4, 5, 6))
    assert np.array_equal(one, two)
    assert not np.array_equal(two, three)
    assert one.std() > 0.5
    assert exposed(_flat(255), 0).max() <= 255
    assert exposed(_flat(255), 0, 0.0).max() == 0
    assert exposed(_flat(200), 0, 0.5).mean() == pytest.approx(
        exposed(_flat(200), 0).mean() / 2, abs=1
    )
