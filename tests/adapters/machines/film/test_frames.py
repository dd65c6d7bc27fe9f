"""Frames in order, with their own pictures: numbered clips read back."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from tests.drawn_clips import Frame, film_of, flat

from scorestage.adapters.machines.film import read_frames
from scorestage.timebase import FRAMES_23_976, FRAMES_24, FilmSpan, FilmTime

BITS = 8


def numbered(number: int, width: int = 128, height: int = 72) -> Frame:
    """A frame that carries its number as eight black or white bars."""
    frame = flat(0, width, height)
    for bit in range(BITS):
        if number >> bit & 1:
            frame[:, bit * width // BITS : (bit + 1) * width // BITS] = 255
    return frame


def number_in(picture: Frame) -> int:
    """The number a picture carries."""
    middle = picture[picture.shape[0] // 2]
    level = middle if middle.ndim == 1 else middle.mean(axis=1)
    bars = level.reshape(BITS, -1).mean(axis=1)
    return sum(1 << bit for bit in range(BITS) if bars[bit] > 128)


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("counted") / "counted.mp4"
    return film_of(path, [numbered(n) for n in range(200)], FRAMES_23_976)


def test_every_frame_comes_once_with_its_own_time(counted: Path) -> None:
    read = list(read_frames(counted))
    assert [number for number, _, _ in read] == list(range(200))
    assert [at for _, at, _ in read] == [FRAMES_23_976.time_of(n) for n in range(200)]
    assert [number_in(picture) for _, _, picture in read] == list(range(200))


@pytest.mark.parametrize("grey", [True, False])
def test_size_and_colour(counted: Path, grey: bool) -> None:
    _, _, picture = list(read_frames(counted, (64, 36), grey))[129]
    assert picture.shape == ((36, 64) if grey else (36, 64, 3))
    assert picture.dtype == np.uint8
    assert number_in(picture) == 129
    assert picture.min() < 8
    assert picture.max() > 247


@pytest.mark.parametrize("wanted", [0, 1, 23, 24, 25, 100, 151, 199])
def test_starting_anywhere_gives_the_frame_on_screen(counted: Path, wanted: int) -> None:
    for late in (FilmSpan(0), FilmSpan("1/100")):
        start = FRAMES_23_976.time_of(wanted) + late
        number, at, picture = next(read_frames(counted, start=start))
        assert (number, at) == (wanted, FRAMES_23_976.time_of(wanted))
        assert number_in(picture) == wanted


def test_starting_after_the_end_gives_the_last(counted: Path) -> None:
    assert [number for number, _, _ in read_frames(counted, start=FilmTime(99))] == [199]


def test_pictures_belong_to_the_caller(counted: Path) -> None:
    kept = []
    for _, _, picture in read_frames(counted):
        kept.append(number_in(picture))
        picture[:] = 77
    assert kept == list(range(200))


def test_a_turned_film_comes_upright(tmp_path: Path) -> None:
    """Stored with its top to the left (as a phone held upright does), shown with its top up."""
    upright = flat(20, 72, 128)
    upright[:32] = 230
    path = tmp_path / "turned.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = 128, 72, "yuv420p"
        stream.set_display_rotation(-90)
        for _ in range(3):
            stored = np.ascontiguousarray(np.rot90(upright, 1))
            container.mux(stream.encode(av.VideoFrame.from_ndarray(stored, format="rgb24")))
        container.mux(stream.encode(None))
    picture = next(read_frames(path))[2]
    assert picture.shape == (128, 72, 3)
    assert picture[4:28].min() > 200
    assert picture[40:].max() < 60


@pytest.mark.parametrize("colour", [(255, 0, 0), (0, 255, 0), (0, 0, 255), (190, 130, 70)])
def test_colours_come_back(tmp_path: Path, colour: tuple[int, int, int]) -> None:
    frame = np.broadcast_to(np.array(colour, np.uint8), (72, 128, 3)).copy()
    path = film_of(tmp_path / "colour.mp4", [frame] * 3, FRAMES_24, crf=4)
    picture = next(read_frames(path))[2]
    assert np.abs(picture.reshape(-1, 3).mean(axis=0) - colour).max() < 4
