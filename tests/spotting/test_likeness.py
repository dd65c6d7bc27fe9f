"""Unlikeness: small within a shot, large across a cut."""

from __future__ import annotations

import numpy as np
import pytest
from tests.drawn_clips import scene

from scorestage.spotting.likeness import flattened, shrunk, unlikeness

ONE = np.array([0])
TWO = np.array([1])


def _pair(first: np.ndarray, second: np.ndarray) -> float:
    small = [
        np.rint(shrunk(frame.mean(axis=2), 18, 32)).astype(np.uint8) for frame in (first, second)
    ]
    return float(unlikeness(flattened(np.stack(small)), ONE, TWO)[0])


def test_the_same_picture_is_not_unlike() -> None:
    assert _pair(scene(1)(0), scene(1)(0)) == 0


@pytest.mark.parametrize("number", range(12))
def test_another_picture_is(number: int) -> None:
    assert _pair(scene(number)(0), scene(number + 50)(0)) > 0.2


@pytest.mark.parametrize("number", range(12))
def test_camera_and_light_are_allowed_for(number: int) -> None:
    wide = scene(number, 160, 72)(0)
    here, panned = wide[:, :128], wide[:, 6:134]
    assert _pair(here, panned) < 0.5 * _pair(here, scene(number + 50)(0))
    assert _pair(here, (here * 0.4).astype(np.uint8)) < 0.12
    assert _pair(here, (here * 0.5 + 100).astype(np.uint8)) < 0.1


def test_grain_on_black_is_nothing() -> None:
    rng = np.random.default_rng(1)
    one, two = (rng.integers(0, 3, (72, 128, 3)).astype(np.uint8) for _ in range(2))
    assert _pair(one, two) < 0.1


@pytest.mark.parametrize(("height", "width"), [(72, 128), (71, 127), (18, 32), (100, 45)])
def test_shrinking_is_the_mean_of_each_part(height: int, width: int) -> None:
    picture = np.random.default_rng(2).uniform(0, 255, (height, width, 2))
    rows = np.linspace(0, height, 19).round().astype(int)
    columns = np.linspace(0, width, 33).round().astype(int)
    small = shrunk(picture, 18, 32)
    for row, column in ((0, 0), (7, 12), (17, 31)):
        part = picture[rows[row] : rows[row + 1], columns[column] : columns[column + 1]]
        assert small[row, column] == pytest.approx(part.mean(axis=(0, 1)), rel=1e-5)


def test_too_small_a_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="17 pixels"):
        shrunk(np.zeros((17, 64)), 18, 32)
