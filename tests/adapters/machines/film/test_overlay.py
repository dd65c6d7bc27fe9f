"""Drawing over a film: on the right frames, and only there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.adapters.machines.film.test_frames import number_in, numbered
from tests.drawn_clips import cut, film_of, scene

from scorestage.adapters.machines.film import (
    Overlay,
    Picture,
    Planes,
    SoundTrack,
    overlay_film,
    overlay_planes,
    probe,
    read_frames,
    read_sound,
)
from scorestage.errors import FilmError
from scorestage.timebase import FRAMES_24, FRAMES_25, Timecode


def _leave(frame: int, picture: Picture | Planes) -> None:
    """Draw nothing."""


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("counted") / "counted.mp4"
    start = Timecode.parse("01:00:00:00", FRAMES_24)
    return film_of(path, [numbered(n + 1) for n in range(120)], start=start)


@pytest.mark.parametrize("over", [overlay_film, overlay_planes])
def test_pre_roll_and_tail_are_black_and_frames_keep_their_place(
    tmp_path: Path, counted: Path, over: object
) -> None:
    dest = tmp_path / "over.mp4"
    drawn: list[int] = []
    write = overlay_film if over is overlay_film else overlay_planes
    count = write(counted, dest, lambda n, _: drawn.append(n), Overlay(-30, 130))
    assert count == 160
    assert drawn == list(range(-30, 130))
    seen = [number_in(picture) for _, _, picture in read_frames(dest)]
    assert seen == [0] * 30 + list(range(1, 121)) + [0] * 10


@pytest.mark.parametrize(("first", "end"), [(0, 10), (37, 61), (119, 120), (100, 140)])
def test_a_stretch_of_the_film(tmp_path: Path, counted: Path, first: int, end: int) -> None:
    dest = tmp_path / "over.mp4"
    overlay_planes(counted, dest, _leave, Overlay(first, end))
    seen = [number_in(picture) for _, _, picture in read_frames(dest)]
    assert seen == [n + 1 if n < 120 else 0 for n in range(first, end)]
    assert str(probe(dest).start_timecode) == str(Timecode(86400 + first, FRAMES_24))


def test_planes_do_not_bleed_into_other_frames(tmp_path: Path) -> None:
    """What is drawn on one frame is gone on the next, as the decoder's own copies are kept."""
    source = film_of(tmp_path / "a.mp4", cut((scene(5), 100)), crf=16)

    def draw(number: int, planes: Planes) -> None:
        if number % 7 == 0:
            planes.luma[:] = 235
            planes.blue[:] = planes.red[:] = 128

    dest = tmp_path / "b.mp4"
    overlay_planes(source, dest, draw, Overlay(crf=8))
    plain = [picture for _, _, picture in read_frames(source)]
    drawn = [picture for _, _, picture in read_frames(dest)]
    for number, (old, new) in enumerate(zip(plain, drawn, strict=True)):
        if number % 7 == 0:
            assert new.min() > 240
        else:
            assert np.abs(old.astype(int) - new).mean() < 3


def test_rgb_and_planes_agree(tmp_path: Path) -> None:
    source = film_of(tmp_path / "a.mp4", cut((scene(6), 12)), crf=8)

    def paint(number: int, picture: Picture) -> None:
        picture[20:40, 30:60] = (255, 255, 255)

    def paint_planes(number: int, planes: Planes) -> None:
        planes.luma[20:40, 30:60] = 235
        planes.blue[10:20, 15:30] = planes.red[10:20, 15:30] = 128

    overlay_film(source, tmp_path / "rgb.mp4", paint, Overlay(crf=8))
    overlay_planes(source, tmp_path / "yuv.mp4", paint_planes, Overlay(crf=8))
    one = next(read_frames(tmp_path / "rgb.mp4"))[2].astype(int)
    two = next(read_frames(tmp_path / "yuv.mp4"))[2].astype(int)
    assert np.abs(one - two).mean() < 2


def test_sound_starts_with_the_stretch(tmp_path: Path, counted: Path) -> None:
    click = np.zeros((96_000, 1), np.float32)
    click[48_000] = 0.9
    dest = tmp_path / "over.mov"
    tracks = [(SoundTrack("click", channels=1, pcm=True), click)]
    told: list[tuple[int, int]] = []
    plan = Overlay(-12, 36, tracks, progress=lambda done, of: told.append((done, of)))
    overlay_film(counted, dest, _leave, plan)
    assert int(np.abs(read_sound(dest, 48_000, 1)).argmax()) == 48_000
    assert told[0] == (1, 48)
    assert told[-1] == (48, 48)


def test_a_frame_missing_in_the_source_is_held(tmp_path: Path) -> None:
    from fractions import Fraction

    import av

    source = tmp_path / "gap.mp4"
    with av.open(str(source), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 128, 72, "yuv420p"
        for number in (n for n in range(120) if n not in (40, 41)):
            frame = av.VideoFrame.from_ndarray(numbered(number), format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    assert probe(source).rate == FRAMES_25
    overlay_film(source, tmp_path / "held.mp4", _leave)
    seen = [number_in(picture) for _, _, picture in read_frames(tmp_path / "held.mp4")]
    assert seen == [39 if n in (40, 41) else n for n in range(120)]


def test_faults(tmp_path: Path, counted: Path) -> None:
    with pytest.raises(FilmError, match="no frame"):
        overlay_film(counted, tmp_path / "x.mp4", _leave, Overlay(10, 10))
    with pytest.raises(FilmError, match="no such film"):
        overlay_film(tmp_path / "none.mp4", tmp_path / "x.mp4", _leave)

    def fail(number: int, picture: Picture) -> None:
        if number == 5:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        overlay_film(counted, tmp_path / "x.mp4", fail)
    assert list(tmp_path.iterdir()) == []
