"""The drawn frames are what the story says, measured on the pixels."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scorestage.adapters.demofilm.picture import exposure, frames
from scorestage.adapters.demofilm.story import STORY, Boundary, Change

Frame = NDArray[np.uint8]


def _change(kind: Change) -> Boundary:
    return next(b for b in STORY.truth() if b.change is kind)


def _drawn(first: int, end: int) -> list[Frame]:
    return [frame.copy() for frame in frames(first, end)]


def _apart(one: Frame, other: Frame) -> float:
    """Mean difference of two frames, 0..255, seen small so that grain and rain do not count."""
    small = [
        f[::4, ::4].astype(np.float64).reshape(27, 5, 48, 5, 3).mean((1, 3)) for f in (one, other)
    ]
    return float(np.abs(small[0] - small[1]).mean())


def test_frames_have_the_size_of_the_story() -> None:
    (frame,) = _drawn(70, 71)
    assert frame.shape == (STORY.height_px, STORY.width_px, 3)
    assert frame.dtype == np.uint8


def test_the_same_frames_are_drawn_every_time_from_wherever_one_begins() -> None:
    def prints(first: int, end: int) -> list[str]:
        return [hashlib.sha256(f.tobytes()).hexdigest() for f in frames(first, end)]

    early, late = prints(486, 492), prints(489, 492)
    assert early == prints(486, 492)
    assert early[3:] == late


def test_every_hard_cut_is_in_the_pixels_on_its_frame() -> None:
    for cut in STORY.truth():
        if cut.change is not Change.CUT:
            continue
        before, last, new, after = _drawn(cut.first_frame - 2, cut.first_frame + 2)
        jump = _apart(last, new)
        calm = max(_apart(before, last), _apart(new, after))
        assert jump > 2.5 * calm, (cut.first_frame, jump, calm)
        assert jump > 5, cut.first_frame


def test_the_flash_is_white_on_its_first_frame_and_gone_at_its_end() -> None:
    flash = _change(Change.FLASH)
    light = [float(f.mean()) for f in frames(flash.first_frame - 1, flash.end_frame + 1)]
    assert light[0] < 60
    assert light[1] > 180
    assert min(light[1:-1]) > light[-1]
    assert light[-1] < 90


def test_the_fades_begin_and_end_in_black_and_run_one_way() -> None:
    rising, falling = _change(Change.FADE_IN), _change(Change.FADE_OUT)
    up = [exposure(n) for n in range(rising.first_frame, rising.end_frame + 1)]
    down = [exposure(n) for n in range(falling.first_frame - 1, falling.end_frame)]
    assert up == sorted(up)
    assert down == sorted(down, reverse=True)
    assert (up[0], up[-1], down[0], down[-1]) == (0, 1, 1, 0)
    assert _drawn(0, 1)[0].max() == 0
    for frame in frames(falling.end_frame - 1, falling.end_frame + 2):
        assert frame.max() == 0


def test_in_the_middle_of_the_dissolve_both_pictures_are_seen() -> None:
    melt = _change(Change.DISSOLVE)
    middle = (melt.first_frame + melt.end_frame) // 2
    (old,) = _drawn(melt.first_frame - 1, melt.first_frame)
    (both,) = _drawn(middle, middle + 1)
    (new,) = _drawn(melt.end_frame, melt.end_frame + 1)
    whole = _apart(old, new)
    assert _apart(old, both) + _apart(both, new) < 1.35 * whole
    assert min(_apart(old, both), _apart(both, new)) > 0.3 * whole


def test_the_dissolve_moves_evenly() -> None:
    melt = _change(Change.DISSOLVE)
    run = _drawn(melt.first_frame - 1, melt.end_frame + 1)
    steps = [_apart(a, b) for a, b in pairwise(run)]
    assert max(steps) < 3 * float(np.median(steps))


def test_indoors_a_drawing_is_held_for_two_frames() -> None:
    first = STORY.shot("polish").first_frame
    one, two, three = _drawn(first + 10, first + 13)
    assert np.array_equal(one, two)
    assert not np.array_equal(two, three)
