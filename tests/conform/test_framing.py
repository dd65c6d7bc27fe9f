"""How one film's picture lies in another's: bars, crops, enlargements are measured."""

from __future__ import annotations

import numpy as np
import pytest
from tests.conform.drawn_films import drawn_shot

from scorestage.conform.framing import Framing, framings, picture_shown, settled_framing


def every_cell() -> tuple[np.ndarray, np.ndarray]:
    whole = np.ones((18, 32), dtype=np.bool_)
    return whole, whole


@pytest.mark.parametrize(
    "known",
    [Framing(0.96, 0.0, 0.96, 0.0), Framing(0.92, -0.6, 0.92, 0.4), Framing(1.0, 0.5, 1.0, -0.3)],
)
def test_a_crop_is_measured(known: Framing) -> None:
    old = np.concatenate([drawn_shot(20, seed, 1.0) for seed in range(12)]).astype(np.float32)
    lay = known.registration(every_cell())
    new = 0.8 * np.matmul(np.matmul(lay.rows, old), lay.columns.T) + 10
    found = settled_framing(Framing(), old, new, every_cell())
    told = found.across, found.right, found.down, found.below
    right = known.across, known.right, known.down, known.below
    assert np.allclose(told, right, atol=0.02)


def test_black_bars_are_no_picture() -> None:
    film = drawn_shot(30, 1) // 2 + 60
    film[:, :3] = film[:, 15:] = 16
    shown = picture_shown(film)
    assert not shown[:4].any() and not shown[14:].any() and shown[4:14].all()
    assert picture_shown(np.full((5, 18, 32), 16, np.uint8)).all()


def test_bars_filled_is_one_of_the_framings_tried() -> None:
    barred = np.ones((18, 32), dtype=np.bool_)
    barred[:3] = barred[15:] = False
    first = next(framings((barred, np.ones_like(barred))))
    assert (first.across, first.right) == (1.0, 0.0)
    assert abs(first.down - 12 / 18) < 1e-9 and abs(first.below) < 1e-9
