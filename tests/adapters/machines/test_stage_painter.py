"""The stage picture drawn on a frame's planes against the same drawn on its pixels."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter
from hypothesis import given
from hypothesis import strategies as st
from tests.sync.houses import PLAIN

from scorestage.adapters.machines.film import Planes
from scorestage.adapters.machines.stage_painter import StagePainter, right_edge_px
from scorestage.production import Hit
from scorestage.sync import PictureClock, StageClock, cue_timeline, plan_hits, plan_stage
from scorestage.timebase import FRAMES_24, BarGrid, FilmTime, Meter, Tempo, TempoMap

CUE = TempoMap.steady(FilmTime(10), Tempo(97), BarGrid.regular(120, Meter(4, 4)))


def _painter(width: int, height: int, title: str = "1m01  The Gate") -> StagePainter:
    timeline = cue_timeline(CUE, 8, FRAMES_24)
    hit = Hit("door", FRAMES_24.time_of(400), streamer=True)
    plan = plan_stage(CUE, timeline, (hit,), PLAIN, FRAMES_24)
    clock = StageClock(CUE, timeline, FRAMES_24, 8)
    return StagePainter(width, height, plan, clock, title)


def _planes(width: int, height: int, grey: int) -> tuple[np.ndarray, Planes]:
    stored = np.full((height * 3 // 2, width), 128, np.uint8)
    stored[:height] = round(16 + 219 * grey / 255)
    half, quarter = (height // 2, width // 2), height // 4
    blue = stored[height : height + quarter].reshape(half)
    return stored, Planes(stored[:height], blue, stored[height + quarter :].reshape(half))


@pytest.mark.parametrize("frame", [60, 130, 240, 385, 400, 401])
def test_planes_and_pixels_show_the_same(frame: int) -> None:
    painter = _painter(640, 360)
    stored, planes = _planes(640, 360, 90)
    painter.on_planes(frame, planes)
    made = VideoFrame.from_ndarray(stored, format="yuv420p")
    made.colorspace, made.color_range = int(Colorspace.ITU709), int(ColorRange.MPEG)
    seen = VideoReformatter().reformat(made, format="rgb24", src_colorspace=1).to_ndarray()
    pixels = np.full((360, 640, 3), 90, np.uint8)
    painter.on_pixels(frame, pixels)
    assert np.abs(seen.astype(int) - pixels).mean() < 2


@pytest.mark.parametrize(("width", "height"), [(320, 180), (640, 272), (720, 576), (1080, 1920)])
def test_every_shape_of_picture_holds_its_clocks(width: int, height: int) -> None:
    painter = _painter(width, height, "12m34  A title that is far too long for any stage picture")
    _, planes = _planes(width, height, 0)
    before = planes.luma.copy()
    painter.on_planes(24 * 240, planes)
    top = height - painter.strip_px
    assert (planes.luma[:top] == before[:top]).all()
    lit = np.flatnonzero((planes.luma[top:] > 150).any(axis=0))
    assert lit[0] >= painter.margin_px // 2
    assert lit[-1] <= width - painter.margin_px // 2
    left_part = painter.margin_px + painter.name.width(painter._fitting(painter.title))
    assert left_part < width // 2 - painter.bar_px


def test_nothing_is_drawn_in_the_middle_while_nothing_happens() -> None:
    painter = _painter(640, 360)
    pixels = np.full((360, 640, 3), 90, np.uint8)
    painter.on_pixels(24 * 60, pixels)
    assert (pixels[: 360 - painter.strip_px] == 90).all()


@given(width=st.integers(8, 4096).map(lambda half: 2 * half), frames=st.integers(1, 2400))
def test_the_edge_is_reached_on_the_last_frame_and_on_no_other(width: int, frames: int) -> None:
    line_px = max(4, width // 80) & ~1
    rights = [right_edge_px(Fraction(frame, frames), width, line_px) for frame in range(frames + 1)]
    assert rights[-1] == width
    assert all(right < width for right in rights[:-1])
    assert rights == sorted(rights)


def test_without_clocks_only_streamers_and_flashes_are_drawn() -> None:
    painter = _painter(640, 360)
    bare = StagePainter(640, 360, painter.plan, painter.clock, "x", clocks=False)
    for frame in range(300, 420):
        pixels = np.full((360, 640, 3), 90, np.uint8)
        bare.on_pixels(frame, pixels)
        assert bare.touches(frame) == bool((pixels != 90).any())
    assert bare.touches(400) and bare.touches(401) and not bare.touches(402)
    assert painter.touches(402)


def test_where_no_music_is_known_the_stop_clock_stands_large_in_the_middle() -> None:
    plan = plan_hits((Hit("door", FRAMES_24.time_of(400)),), PLAIN, FRAMES_24)
    painter = StagePainter(640, 360, plan, PictureClock(FRAMES_24), "film", counts=False)
    pixels = np.zeros((360, 640, 3), np.uint8)
    painter.on_pixels(100, pixels)
    strip = pixels[360 - painter.strip_px :]
    rows = np.flatnonzero((strip[:, 260:380] > 200).any(axis=(1, 2)))
    assert len(rows) > painter.strip_px * 0.4
    counted = StagePainter(640, 360, plan, PictureClock(FRAMES_24), "film")
    empty = np.zeros((360, 640, 3), np.uint8)
    counted.on_pixels(100, empty)
    assert not (empty[360 - painter.strip_px :, 260:380] > 200).any()


@pytest.mark.parametrize("size", [(4, 4), (16, 16), (64, 36), (4096, 2160), (200, 2000)])
def test_any_size_of_picture_can_be_drawn_on(size: tuple[int, int]) -> None:
    painter = _painter(*size)
    for frame in (60, 240, 400):
        _, planes = _planes(*size, 90)
        painter.on_planes(frame, planes)
        assert planes.luma.shape == (size[1], size[0])


def test_digits_are_readable_while_a_white_streamer_passes() -> None:
    """Between the strokes of the bar's number there is always a dark edge."""
    painter = _painter(1280, 720)
    hit = next(one for one in painter.plan.streamers if one.words == "door")
    top = 720 - painter.strip_px
    for frame in range(hit.first_frame + 15, hit.first_frame + 35):
        pixels = np.full((720, 1280, 3), 90, np.uint8)
        painter.on_pixels(frame, pixels)
        block = pixels[top:, 540:760].astype(int).max(axis=2)
        assert (block < 60).sum() > 400
        assert (block > 220).sum() > 400
