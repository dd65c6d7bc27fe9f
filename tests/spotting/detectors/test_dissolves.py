"""Dissolves: where one shot is mixed into another, and what only looks like it."""

from __future__ import annotations

import numpy as np
import pytest
from tests.drawn_clips import Frame, blend, cut, flat, mixed, scene
from tests.spotting.footage_kit import frames_of, real_footage, watched

from scorestage.spotting import Footage, Moment
from scorestage.spotting.detectors.dissolves import DETECTOR
from scorestage.timebase import FRAMES_24


def dissolves(frames: list[Frame]) -> tuple[Moment, ...]:
    return DETECTOR(Footage(watched(frames)))


@pytest.mark.parametrize("length", [6, 8, 12, 24])
@pytest.mark.parametrize("number", range(4))
def test_a_dissolve_between_moving_shots(length: int, number: int) -> None:
    before, after = scene(number), scene(number + 20)
    first, second = cut((before, 60 + length)), cut((after, 60 + length))
    frames = [*first[:60], *mixed(first[60:], second[:length]), *second[length:]]
    (one,) = dissolves(frames)
    assert one.words == "dissolve"
    assert abs(FRAMES_24.nearest_frame(one.at) - (60 + length // 2)) <= max(2, length // 8)
    assert abs(FRAMES_24.nearest_frame(one.span.start) - 60) <= max(3, length // 6)
    assert abs(FRAMES_24.nearest_frame(one.span.end) - (60 + length)) <= max(3, length // 4)


def test_a_long_dissolve() -> None:
    first, second = [scene(1)(0)] * 60, [scene(2)(0)] * 60
    (one,) = dissolves([*first, *mixed(first, second), *second])
    assert frames_of([one]) == pytest.approx([90], abs=3)


def test_cuts_pans_and_fades_are_none() -> None:
    assert dissolves(cut((scene(1), 60), (scene(2), 60))) == ()
    still = scene(3, 400, 72)(0)
    assert dissolves([still[:, n : n + 128] for n in range(0, 260, 2)]) == ()
    shot = cut((scene(1), 80))
    assert dissolves([blend(flat(0), frame, min(1, n / 48)) for n, frame in enumerate(shot)]) == ()


def test_light_that_grows_is_none() -> None:
    shot = cut((scene(1), 80))
    frames = [(frame * (0.4 + n / 160)).astype(np.uint8) for n, frame in enumerate(shot)]
    assert dissolves(frames) == ()


def test_lettering_that_fades_in_is_a_title() -> None:
    shot = cut((scene(5), 120))
    for number in range(40, 120):
        share = min(1, (number - 40) / 18)
        for line in (20, 34):
            letters = shot[number][line : line + 12, 30:98].reshape(12, 17, 4, 3)[:, :, :3]
            letters[:] = letters * (1 - share) + 255 * share
    (one,) = dissolves(shot)
    assert (one.kind, one.words) == ("title", "title appears")
    assert abs(FRAMES_24.nearest_frame(one.at) - 40) <= 4


def test_the_trailer_goes_from_the_desert_to_its_title() -> None:
    found = [one for one in DETECTOR(real_footage("sintel-trailer")) if one.confidence > 0.5]
    assert len(found) == 1
    assert 960 <= FRAMES_24.nearest_frame(found[0].at) <= 1000


def test_the_bunny_opening() -> None:
    found = DETECTOR(real_footage("big-buck-bunny-opening"))
    told = [(one.words, FRAMES_24.nearest_frame(one.at)) for one in found]
    assert [words for words, _ in told] == ["title appears", "title goes", "dissolve"]
    assert told[0][1] == pytest.approx(600, abs=8)
    assert told[2][1] == pytest.approx(779, abs=6)
