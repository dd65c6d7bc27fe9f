from __future__ import annotations

import numpy as np
import pytest
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter

from scorestage.adapters.machines.film import Planes
from scorestage.adapters.machines.stage_patches import (
    Lettering,
    Patch,
    disc,
    streamer,
    studio_colour,
)


def _planes(height: int, width: int) -> Planes:
    half = (height // 2, width // 2)
    return Planes(
        np.full((height, width), 16, np.uint8),
        np.full(half, 128, np.uint8),
        np.full(half, 128, np.uint8),
    )


@pytest.mark.parametrize(
    "colour", [(242, 208, 36), (47, 191, 91), (244, 244, 240), (224, 52, 44), (0, 0, 0)]
)
def test_colours_are_those_that_ffmpeg_makes(colour: tuple[int, int, int]) -> None:
    pixels = np.full((16, 16, 3), colour, np.uint8)
    made = VideoReformatter().reformat(
        VideoFrame.from_ndarray(pixels, "rgb24"),
        format="yuv420p",
        dst_colorspace=int(Colorspace.ITU709),
        dst_color_range=int(ColorRange.MPEG),
    )
    planes = made.to_ndarray()
    found = int(planes[4, 4]), int(planes[16:20].ravel()[8]), int(planes[20:].ravel()[8])
    assert np.abs(np.array(found) - studio_colour(colour)).max() <= 2


def test_only_what_is_covered_is_touched_and_what_hangs_out_is_cut() -> None:
    planes = _planes(20, 20)
    patch = Patch((255, 255, 255), np.ones((8, 8), np.float32))
    patch.on_planes(planes, -4, 16)
    assert (planes.luma[16:, :4] == 235).all()
    assert planes.luma[:16].max() == planes.luma[:, 4:].max() == 16
    patch.on_planes(planes, 40, 40)
    patch.on_planes(planes, -40, 2)
    assert int((planes.luma == 235).sum()) == 16


def test_half_coverage_is_half_the_light() -> None:
    pixels = np.zeros((4, 4, 3), np.uint8)
    Patch((200, 100, 50), np.full((4, 4), 0.5, np.float32)).on_pixels(pixels, 0, 0)
    assert pixels[0, 0].tolist() == [100, 50, 25]


def test_a_punch_is_round() -> None:
    covered = disc(20, (255, 255, 255)).coverage
    assert covered.shape == (40, 40)
    assert covered.sum() == pytest.approx(np.pi * 400, rel=0.01)
    assert covered[0, 0] == 0
    assert covered[20, 20] == 1


def test_a_streamer_is_a_full_line_with_a_tail_on_its_left() -> None:
    line, edge = streamer(6, 20, 10, (255, 0, 0))
    assert (line.coverage[:, 20:] == 1).all()
    assert (np.diff(line.coverage[0, :20]) >= 0).all()
    assert line.coverage[0, 0] == 0
    assert edge.coverage[:, 20:].max() == 0


def test_digits_are_all_of_one_width() -> None:
    lettering = Lettering(40, (255, 255, 255), bold=True)
    assert lettering.width("01:11:11:11") == lettering.width("08:56:48:00")
    places = [left for left, _ in lettering.letters("1214")]
    assert np.diff(places).tolist() == [places[1]] * 3
    assert len(lettering.letters("The Gate 2")) == 2
