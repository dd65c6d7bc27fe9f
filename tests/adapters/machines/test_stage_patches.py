from __future__ import annotations

import numpy as np
import pytest
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter

from scorestage.adapters.machines.film import Planes
from scorestage.adapters.machines.stage_patches import (
    Band,
    Lettering,
    Patch,
    Window,
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
    patch = Patch.of((255, 255, 255), np.ones((8, 8), np.float32))
    patch.on_planes(planes, -4, 16)
    assert (planes.luma[16:, :4] == 235).all()
    assert planes.luma[:16].max() == planes.luma[:, 4:].max() == 16
    patch.on_planes(planes, 40, 40)
    patch.on_planes(planes, -40, 2)
    assert int((planes.luma == 235).sum()) == 16


def test_half_coverage_is_half_the_light() -> None:
    pixels = np.zeros((4, 4, 3), np.uint8)
    Patch.of((200, 100, 50), np.full((4, 4), 0.5, np.float32)).on_pixels(pixels, 0, 0)
    assert pixels[0, 0].tolist() == [100, 50, 25]


def test_a_punch_is_round() -> None:
    covered = disc(20, (255, 255, 255)).coverage
    assert covered.shape == (40, 40)
    assert covered.sum() == pytest.approx(np.pi * 400, rel=0.01)
    assert covered[0, 0] == 0
    assert covered[20, 20] == 1


def test_a_streamer_is_a_full_line_with_a_tail_on_its_left() -> None:
    band = streamer(6, 20, (255, 0, 0))
    pixels = np.full((10, 60, 3), 120, np.uint8)
    band.on_pixels(pixels, 12)
    assert (pixels[:, 32:38] == (255, 0, 0)).all()
    assert (pixels[:, :12] == 120).all()
    assert (pixels[:, 38:] == 120).all()
    assert (pixels == pixels[:1]).all()
    tail = pixels[0, 12:28, 0].astype(int)
    assert (np.diff(tail) >= 0).all()
    assert pixels[0, 31, 1] < 80


def test_a_streamer_that_hangs_out_is_cut_on_both_sides() -> None:
    band = streamer(6, 20, (255, 0, 0))
    for left, lit in ((-22, 4), (57, 0), (36, 4)):
        planes = _planes(10, 60)
        band.on_planes(planes, left)
        assert int((planes.luma[0] == studio_colour((255, 0, 0))[0]).sum()) == lit


def test_layers_laid_at_once_look_like_one_laid_on_the_other() -> None:
    lower = Band((((0, 0, 0), np.full(8, 0.4, np.float32)),))
    upper = Band((((250, 200, 10), np.linspace(0, 1, 8, dtype=np.float32)),))
    both = Band(lower.layers + upper.layers)
    apart = np.full((4, 8, 3), 140, np.uint8)
    at_once = apart.copy()
    lower.on_pixels(apart, 0)
    upper.on_pixels(apart, 0)
    both.on_pixels(at_once, 0)
    assert np.abs(apart.astype(int) - at_once).max() <= 1


def test_a_window_hides_what_is_beneath_it_and_nothing_else() -> None:
    window = Window(2, 4, 6, 8)
    planes = _planes(8, 8)
    planes.luma[:] = 200
    window.on_planes(planes)
    assert (planes.luma[4:8, 2:6] < 30).all() and (planes.luma[:4] == 200).all()
    assert (planes.luma[:, 6:] == 200).all() and (planes.luma[:, :2] == 200).all()
    pixels = np.full((8, 8, 3), 200, np.uint8)
    window.on_pixels(pixels)
    assert (pixels[4:8, 2:6] < 16).all() and (pixels[:4] == 200).all()


def test_digits_are_all_of_one_width() -> None:
    lettering = Lettering(40, (255, 255, 255), bold=True)
    assert lettering.width("01:11:11:11") == lettering.width("08:56:48:00")
    ones, eights = lettering.line("1:1"), lettering.line("8:8")
    assert ones.size == eights.size


def test_lines_of_text_are_made_once_and_not_kept_for_ever() -> None:
    lettering = Lettering(20, (255, 255, 255))
    assert lettering.line("0:01.0") is lettering.line("0:01.0")
    for number in range(500):
        lettering.line(str(number))
    assert len(lettering._lines) == Lettering.LINES_KEPT
