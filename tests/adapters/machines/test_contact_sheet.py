"""Strips of small pictures: the right frames, the right size, in the order asked for."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.adapters.machines.film.test_frames import number_in, numbered
from tests.drawn_clips import film_of

from scorestage.adapters.machines.contact_sheet import film_strip
from scorestage.errors import FilmError
from scorestage.timebase import FRAMES_24, FilmTime


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("counted") / "counted.mp4"
    return film_of(path, [numbered(n // 2) for n in range(500)])


def test_each_picture_is_the_one_on_screen(counted: Path) -> None:
    wanted = [480, 3, 4, 5, 6, 300, 3, 0]
    strip = film_strip(counted, [FRAMES_24.time_of(n) for n in wanted], 36)
    pictures = [Image.open(io.BytesIO(jpeg)) for jpeg in strip]
    assert {picture.size for picture in pictures} == {(64, 36)}
    assert {picture.format for picture in pictures} == {"JPEG"}
    assert [number_in(np.asarray(picture)) for picture in pictures] == [n // 2 for n in wanted]


def test_times_outside_the_film_show_its_ends(counted: Path) -> None:
    strip = film_strip(counted, [FilmTime(-3), FilmTime(1000)], 36)
    assert [number_in(np.asarray(Image.open(io.BytesIO(jpeg)))) for jpeg in strip] == [0, 249]


def test_no_times_no_pictures(counted: Path) -> None:
    assert film_strip(counted, []) == []


def test_no_film(tmp_path: Path) -> None:
    with pytest.raises(FilmError):
        film_strip(tmp_path / "none.mp4", [FilmTime(0)])
