"""Fades: from the frame that first moves to the first even one."""

from __future__ import annotations

import pytest
from tests.drawn_clips import Frame, blend, cut, flat, scene
from tests.spotting.footage_kit import frames_of, real_footage, watched

from scorestage.spotting import Footage, Moment
from scorestage.spotting.detectors.fades import DETECTOR
from scorestage.timebase import FRAMES_24


def fades(frames: list[Frame]) -> tuple[Moment, ...]:
    return DETECTOR(Footage(watched(frames)))


def spans(moments: tuple[Moment, ...]) -> list[tuple[int, int]]:
    rate = FRAMES_24
    return [(rate.nearest_frame(m.span.start), rate.nearest_frame(m.span.end)) for m in moments]


def faded_in(level: int, frames: list[Frame], length: int) -> list[Frame]:
    return [blend(flat(level), frame, min(1.0, n / length)) for n, frame in enumerate(frames)]


@pytest.mark.parametrize("length", [8, 24, 72])
@pytest.mark.parametrize(("level", "name"), [(0, "black"), (255, "white")])
def test_fade_in_and_out(length: int, level: int, name: str) -> None:
    shot = cut((scene(1), 200))
    inward = faded_in(level, shot, length)
    frames = [*[flat(level)] * 20, *inward[:150], *faded_in(level, shot, length)[::-1][50:]]
    frames += [flat(level)] * 20
    found = fades(frames)
    assert [one.words for one in found] == [f"fade in from {name}", f"fade to {name}"]
    (start, full), (leaving, gone) = spans(found)
    slack = max(2, length // 8)
    assert abs(start - 20) <= slack
    assert abs(full - (20 + length)) <= slack
    assert abs(leaving - (320 - length)) <= slack
    assert abs(gone - 320) <= slack
    assert all(one.confidence > 0.6 for one in found)


def test_a_cut_to_black_is_no_fade() -> None:
    assert fades([*cut((scene(1), 30)), *[flat(0)] * 30, *cut((scene(2), 30))]) == ()


def test_a_flash_is_no_fade() -> None:
    shot = cut((scene(1), 60))
    shot[30] = flat(255)
    assert fades(shot) == ()


def test_nothing_to_see() -> None:
    assert fades([]) == ()
    assert fades([flat(0)] * 30) == ()


def test_the_trailer() -> None:
    found = DETECTOR(real_footage("sintel-trailer"))
    outward = frames_of([one for one in found if one.kind == "fade-out"])
    inward = frames_of([one for one in found if one.kind == "fade-in"])
    for seen, truth in (
        (inward, (13, 124, 284, 433, 524, 678, 770)),
        (outward, (117, 190, 356, 487, 754, 1084)),
    ):
        assert len(seen) == len(truth)
        assert all(abs(a - b) <= 3 for a, b in zip(seen, truth, strict=True))


def test_the_bunny_wakes_out_of_black_once() -> None:
    (one,) = DETECTOR(real_footage("big-buck-bunny-opening"))
    assert spans((one,))[0] == pytest.approx((2, 53), abs=3)
