"""Hard cuts: frame-exact in every print, and only where there is one."""

from __future__ import annotations

import numpy as np
import pytest
from tests.drawn_clips import Frame, blend, cut, flat, mixed, scene
from tests.spotting.footage_kit import (
    BUNNY_CUTS,
    TRAILER_CUTS,
    frames_of,
    graded,
    real_footage,
    real_frames,
    watched,
)

from scorestage.spotting import Footage, Moment
from scorestage.spotting.detectors.hard_cuts import DETECTOR, HardCutSettings
from scorestage.timebase import FRAMES_23_976, FRAMES_24

PRINTS = ("as shot", "black and white", "dark", "faded", "negative", "worn")


def cuts(frames: list[Frame]) -> tuple[Moment, ...]:
    return DETECTOR(Footage(watched(frames)))


@pytest.mark.parametrize("how", PRINTS)
def test_each_cut_on_its_frame(how: str) -> None:
    lengths = (31, 12, 50, 7, 24, 40, 18)
    frames = cut(*((scene(n), length) for n, length in enumerate(lengths)))
    assert frames_of(cuts(graded(how)(frames))) == np.cumsum(lengths)[:-1].tolist()


def test_no_cut_in_one_moving_shot() -> None:
    wide = scene(3, 400, 72)
    still = wide(0)
    panned = [still[:, n : n + 128] for n in range(0, 260, 4)]
    tracked = [wide(5 * n)[:, :128] for n in range(60)]
    assert cuts(panned) == ()
    assert cuts(tracked) == ()


def test_shots_of_four_frames() -> None:
    frames = cut(*((scene(n), 4) for n in range(12)))
    assert frames_of(cuts(frames)) == list(range(4, 48, 4))


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7])
def test_a_cut_smeared_by_a_change_of_frame_rate(share: float) -> None:
    before, after = cut((scene(1), 20)), cut((scene(2), 20))
    frames = [*before, blend(before[-1], after[0], share), *after]
    assert frames_of(cuts(frames)) == [20 if share >= 0.5 else 21]


@pytest.mark.parametrize("bright", [1, 2, 4, 6])
def test_a_flash_is_no_cut(bright: int) -> None:
    shot = cut((scene(1), 60))
    for number in range(30, 30 + bright):
        shot[number] = blend(shot[number], flat(255), 0.85)
    assert cuts(shot) == ()


def test_a_lightning_that_dies_away_is_no_cut() -> None:
    shot = [(frame * 0.4).astype(np.uint8) for frame in cut((scene(1), 60))]
    for after, share in enumerate((0.9, 0.8, 0.5, 0.6, 0.4, 0.25, 0.15, 0.08)):
        shot[30 + after] = blend(shot[30 + after], flat(255), share)
    assert cuts(shot) == ()


def test_fades_and_dissolves_are_no_cuts() -> None:
    shot = cut((scene(1), 72))
    faded = [blend(flat(0), frame, min(1, n / 24, (71 - n) / 24)) for n, frame in enumerate(shot)]
    assert cuts(faded) == ()
    soft = [*shot[:40], *mixed(shot[40:64], cut((scene(2), 24))), *cut((scene(2), 64))[24:]]
    assert cuts(soft) == ()


def test_cuts_to_and_out_of_black_are_named() -> None:
    found = cuts([*cut((scene(1), 20)), *[flat(0)] * 10, *cut((scene(2), 20))])
    assert [(FRAMES_24.nearest_frame(one.at), one.words) for one in found] == [
        (20, "cut to black"),
        (30, "cut out of black"),
    ]


def test_times_and_evidence_are_exact() -> None:
    frames = cut((scene(1), 33), (scene(2), 20))
    (one,) = DETECTOR(Footage(watched(frames, FRAMES_23_976)))
    assert one.at == one.span.start == FRAMES_23_976.time_of(33)
    assert one.span.end == FRAMES_23_976.time_of(34)
    assert {proof.frame for proof in one.evidence} == {33}
    assert 0.5 < one.confidence <= 1
    assert "frame 33" in str(one.evidence[0])


def test_stricter_settings_find_less() -> None:
    frames = cut((scene(1), 20), (scene(2), 20))
    assert DETECTOR(Footage(watched(frames)), HardCutSettings(least_change=9)) == ()


def test_nothing_to_see() -> None:
    assert cuts([]) == ()
    assert cuts([flat(0)]) == ()


@pytest.mark.parametrize("how", ["as shot", "black and white", "dark"])
def test_the_trailer_in_every_print(how: str) -> None:
    """All cuts found, on their frames, and none besides but a title that pops up on black."""
    frames = graded(how)(real_frames("sintel-trailer"))
    found = [one for one in cuts(frames) if FRAMES_24.nearest_frame(one.at) != 1140]
    assert tuple(frames_of(found)) == TRAILER_CUTS


def test_the_bunny() -> None:
    found = DETECTOR(real_footage("big-buck-bunny-opening"))
    assert tuple(frames_of(found)) == BUNNY_CUTS


def test_the_bunny_worn_and_grey() -> None:
    frames = graded("worn")(real_frames("big-buck-bunny-opening"))
    assert tuple(frames_of(cuts(frames))) == BUNNY_CUTS
