"""Wipes: found whichever way they run, with their ends; pans, cuts and dissolves are none."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.drawn_clips import Frame, cut, mixed, scene
from tests.spotting.footage_kit import graded, real_footage, watched

from scorestage.spotting import Footage, Moment
from scorestage.spotting.detectors.wipes import DETECTOR
from scorestage.timebase import FRAMES_24

ROWS, COLUMNS = np.mgrid[0:72, 0:128]
Order = NDArray[np.float64]
WAYS: dict[str, Order] = {
    "from the left": COLUMNS / 127,
    "from the right": 1 - COLUMNS / 127,
    "from above": ROWS / 71,
    "from below": 1 - ROWS / 71,
    "corner to corner": (ROWS / 71 + COLUMNS / 127) / 2,
    "iris": np.hypot(ROWS - 35.5, COLUMNS - 63.5) / np.hypot(35.5, 63.5),
}


def wipes(frames: list[Frame]) -> tuple[Moment, ...]:
    return DETECTOR(Footage(watched(frames)))


def wiped(old: list[Frame], new: list[Frame], order: Order) -> list[Frame]:
    """A wipe as long as both stretches."""
    count = len(old)
    return [
        np.where((order < (n + 1) / (count + 1))[..., None], later, earlier)
        for n, (earlier, later) in enumerate(zip(old, new, strict=True))
    ]


def clip(way: str, length: int, graded_as: Callable[[list[Frame]], list[Frame]]) -> list[Frame]:
    first, second = cut((scene(3), 50 + length)), cut((scene(8), 50 + length))
    joined = wiped(first[50:], second[:length], WAYS[way])
    return graded_as([*first[:50], *joined, *second[length:]])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("length", [10, 24])
def test_a_wipe_with_its_ends(way: str, length: int) -> None:
    (one,) = wipes(clip(way, length, graded("as shot")))
    assert (one.kind, one.words) == ("wipe", "wipe")
    first, end = (FRAMES_24.nearest_frame(at) for at in (one.span.start, one.span.end))
    assert abs(first - 50) <= max(3, length // 4) and abs(end - 50 - length) <= max(3, length // 4)
    assert one.confidence > 0.3 and one.evidence


@pytest.mark.parametrize("how", ["black and white", "dark", "faded", "negative"])
def test_a_wipe_in_other_prints(how: str) -> None:
    (one,) = wipes(clip("from the left", 18, graded(how)))
    assert abs(FRAMES_24.nearest_frame(one.at) - 59) <= 3


def test_cuts_pans_and_dissolves_are_none() -> None:
    assert wipes(cut((scene(1), 60), (scene(2), 60))) == ()
    still = scene(3, 400, 72)(0)
    assert wipes([still[:, n : n + 128] for n in range(0, 260, 2)]) == ()
    first, second = cut((scene(4), 70)), cut((scene(5), 70))
    assert wipes([*first[:50], *mixed(first[50:], second[:20]), *second[20:]]) == ()


@pytest.mark.parametrize("name", ["sintel-trailer", "big-buck-bunny-opening"])
def test_real_films_without_a_wipe(name: str) -> None:
    assert DETECTOR(real_footage(name)) == ()
