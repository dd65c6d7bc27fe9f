"""How far a frame has gone from one picture to the next, against mixtures made by hand."""

from __future__ import annotations

import numpy as np
import pytest
from tests.drawn_clips import blend, cut, mixed, scene
from tests.spotting.footage_kit import watched

from scorestage.spotting.mixing import (
    Limits,
    Mix,
    coarse,
    drifts,
    mixes,
    shares_and_rests,
    trimmed,
)

LIMITS = Limits(0.25, 0.12, 0.0, 0.3)


def test_shares_of_a_made_mixture() -> None:
    rng = np.random.default_rng(3)
    old, new = rng.normal(size=(2, 5, 144)).astype(np.float32)
    wanted = np.array([0.0, 0.2, 0.5, 0.9, 1.0], dtype=np.float32)
    between = 1.3 * (old + wanted[:, None] * (new - old))
    share, rest = shares_and_rests(old, new, between.astype(np.float32))
    assert share == pytest.approx(wanted, abs=1e-3)
    assert rest == pytest.approx(np.zeros(5), abs=1e-2)


def test_what_neither_shows_is_left_over() -> None:
    rng = np.random.default_rng(4)
    old, new, other = rng.normal(size=(3, 1, 144)).astype(np.float32)
    _, rest = shares_and_rests(old, new, other)
    parts = np.stack((old[0], new[0]), axis=1)
    left = other[0] - parts @ np.linalg.lstsq(parts, other[0], rcond=None)[0]
    assert rest[0] == pytest.approx(
        np.linalg.norm(left) / np.linalg.norm(new[0] - old[0]), rel=1e-3
    )


@pytest.mark.parametrize("length", [5, 9, 16, 31, 47])
def test_a_mixture_of_two_stills_is_found_to_the_frame(length: int) -> None:
    first, second = [scene(1)(0)] * 60, [scene(2)(0)] * 60
    joined = mixed([scene(1)(0)] * length, [scene(2)(0)] * length)
    picture = watched([*first, *joined, *second])
    (mix,) = (trimmed(picture, one) for one in mixes(picture, LIMITS))
    assert abs(mix.first - 59) <= 1 and abs(mix.last - 60 - length) <= 1
    assert not drifts(picture, mix)


def test_a_picture_that_drifts_all_the_time_is_told() -> None:
    still = scene(3, 400, 72)(0)
    slow = watched([still[:, n // 2 : n // 2 + 128] for n in range(200)])
    assert drifts(slow, Mix(80, 120, 0.5, 1.0, 0.1, 0.02))


def test_brightness_is_no_mixture() -> None:
    shot = cut((scene(1), 60))
    grown = watched([blend(0 * shot[0], frame, 0.4 + n / 100) for n, frame in enumerate(shot)])
    assert mixes(grown, LIMITS) == []
    assert coarse(grown.signatures).shape == (60, 144)
    assert coarse(grown.signatures).mean(axis=1) == pytest.approx(np.zeros(60), abs=1e-3)
