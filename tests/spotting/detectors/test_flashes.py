"""Flashes: at their first bright frame; bright shots and fades are none."""

from __future__ import annotations

import numpy as np
import pytest
from tests.drawn_clips import Frame, blend, cut, flat, scene
from tests.spotting.footage_kit import frames_of, real_footage, watched

from scorestage.spotting import Footage, Moment
from scorestage.spotting.detectors.flashes import DETECTOR


def flashes(frames: list[Frame]) -> tuple[Moment, ...]:
    return DETECTOR(Footage(watched(frames)))


def dim(number: int, frames: int) -> list[Frame]:
    return [(frame * 0.4).astype(np.uint8) for frame in cut((scene(number), frames))]


@pytest.mark.parametrize("length", [1, 3, 6])
@pytest.mark.parametrize("share", [0.4, 0.95])
def test_a_flash(length: int, share: float) -> None:
    shot = dim(1, 60)
    for number in range(25, 25 + length):
        shot[number] = blend(shot[number], flat(255), share)
    (one,) = flashes(shot)
    assert frames_of([one]) == [25]
    assert one.words == ("white flash" if share > 0.9 else "flash of light")


def test_lightning_that_flickers_is_one() -> None:
    shot = dim(2, 80)
    for after, share in enumerate((0.95, 0.8, 0.3, 0.7, 0.5, 0.2, 0.1)):
        shot[40 + after] = blend(shot[40 + after], flat(255), share)
    assert frames_of(flashes(shot)) == [40]


def test_a_flash_into_another_shot() -> None:
    frames = [*dim(1, 30), *[flat(250)] * 3, *dim(2, 30)]
    assert frames_of(flashes(frames)) == [30]


def test_two_flashes() -> None:
    shot = dim(1, 120)
    for number in (30, 31, 90, 91):
        shot[number] = flat(250)
    assert frames_of(flashes(shot)) == [30, 90]


def test_light_that_stays_is_none() -> None:
    assert flashes([*dim(1, 30), *cut((scene(1), 60))]) == ()


def test_a_short_bright_shot_is_none() -> None:
    bright = [
        np.where(frame > np.median(frame), 250, 60).astype(np.uint8) for frame in cut((scene(7), 9))
    ]
    assert flashes([*dim(1, 30), *bright, *dim(2, 40)]) == ()


def test_fades_to_white_are_none() -> None:
    shot = dim(1, 60)
    frames = [blend(flat(255), frame, min(1, abs(n - 30) / 8)) for n, frame in enumerate(shot)]
    assert flashes(frames) == ()


def test_real_films_hold_none() -> None:
    for name in ("sintel-trailer", "big-buck-bunny-opening"):
        assert DETECTOR(real_footage(name)) == ()


def test_nothing_to_see() -> None:
    assert flashes([]) == ()
