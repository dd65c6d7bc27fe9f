"""Edit lists of MP4 files: what players show is what is counted, picture and sound alike."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from tests.adapters.machines.film.test_frames import number_in, numbered
from tests.edit_lists import Edit, with_edits
from tests.hostile_films import Strange, strange_film
from tests.small_film import CUTS, small_film

from scorestage.adapters.machines.film import probe, read_frames, read_sound
from scorestage.errors import FilmError
from scorestage.timebase import FRAMES_24


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_film(tmp_path_factory.mktemp("film") / "plain.mp4")


def pictures(film: Path) -> list[np.ndarray]:
    return [picture.astype(int) for _, _, picture in read_frames(film, (32, 18))]


@pytest.mark.parametrize(
    ("edits", "shown"),
    [
        ([(14_000, 1_000)], range(24, 360)),
        ([(10_000, 0)], range(240)),
        ([(1_000, -1), (15_000, 0)], range(360)),
        ([(2_000, 1_000), (3_000, 8_000)], [*range(24, 72), *range(192, 264)]),
    ],
    ids=["head cut off", "tail cut off", "nothing at first", "two pieces"],
)
def test_the_pictures_that_are_shown_are_counted(
    film: Path, tmp_path: Path, edits: list[Edit], shown: list[int]
) -> None:
    edited = with_edits(film, tmp_path / "edited.mp4", edits)
    whole, found = pictures(film), pictures(edited)
    assert probe(edited).frame_count == len(found) == len(shown)
    for at in range(0, len(shown), 7):
        assert np.array_equal(found[at], whole[shown[at]])


@pytest.mark.parametrize("cut_ms", [0, 1_000, 2_500])
def test_sound_stays_with_its_picture(film: Path, tmp_path: Path, cut_ms: int) -> None:
    """The slam lies on the second cut."""
    edited = with_edits(film, tmp_path / "edited.mp4", [(15_000 - cut_ms, cut_ms)])
    sound = np.abs(read_sound(edited)).max(axis=1)
    slam = np.argmax(sound > 0.1) / 48_000 * 24
    assert abs(slam - (CUTS[1] - cut_ms * 24 / 1000)) < 0.5


GROUPS = {
    "no frames out of order": {"bf": "0", "g": "24"},
    "closed": {"bf": "3", "g": "24", "b_strategy": "0", "x264-params": "scenecut=0"},
    "open": {"g": "50", "x264-params": "open-gop=1:bframes=5:b-adapt=0:scenecut=0"},
}


@pytest.fixture(scope="module", params=GROUPS)
def counted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    how = Strange(
        options=GROUPS[request.param], container={"movflags": "faststart"}, sound_codec="aac"
    )
    sound = np.zeros(240_000, np.float32)
    for second in range(5):
        sound[second * 48_000 : second * 48_000 + 2_000] = 0.5
    path = tmp_path_factory.mktemp("counted") / "counted.mp4"
    return strange_film(path, [numbered(n, 160, 96) for n in range(120)], how, sound)


PIECES = [
    [(3_000, 375)],
    [(1_000, 375), (1_500, 2_625)],
    [(1_000, 0), (1_000, 1_000)],
    [(1_000, 3_000), (1_000, 375)],
    [(500, -1), (2_000, 375), (500, 4_000)],
    [(1_000, 0), (2_000, 3_000)],
    [(1_000, 4_000), (1_000, 0)],
]


@pytest.mark.parametrize("edits", PIECES)
def test_pieces_that_begin_inside_a_group_of_pictures(
    counted: Path, tmp_path: Path, edits: list[Edit]
) -> None:
    """Each frame is the one the list names, at the moment it names."""
    edited = with_edits(counted, tmp_path / "edited.mp4", edits)
    wanted: list[int] = []
    for shown_ms, begins_ms in edits:
        if begins_ms >= 0:
            first = begins_ms * 24 // 1000
            wanted += range(first, first + shown_ms * 24 // 1000)
    read = list(read_frames(edited, (160, 96), grey=True))
    assert [number_in(picture) for _, _, picture in read] == wanted
    assert [at for _, at, _ in read] == [FRAMES_24.time_of(n) for n in range(len(wanted))]
    facts = probe(edited)
    assert facts.frame_count == len(wanted) and not facts.variable_rate
    place = len(wanted) - 5
    sought = next(read_frames(edited, (160, 96), grey=True, start=FRAMES_24.time_of(place)))
    assert number_in(sought[2]) == wanted[place]


def test_the_sound_of_pieces_stays_with_them(counted: Path, tmp_path: Path) -> None:
    """A beep lies on every full second of what was stored."""
    edited = with_edits(counted, tmp_path / "edited.mp4", [(1_000, 500), (1_500, 2_750)])
    loud = np.abs(read_sound(edited, channels=1)[:, 0]) > 0.2
    begins = np.flatnonzero(np.diff(loud.astype(int)) == 1)
    for wanted_seconds in (0.5, 1.25, 2.25):
        assert np.min(np.abs(begins / 48_000 - wanted_seconds)) < 0.5 / 24


def test_pieces_at_another_speed_are_refused(counted: Path, tmp_path: Path) -> None:
    edited = with_edits(counted, tmp_path / "edited.mp4", [(1_000, 0), (1_000, 2_000)])
    content = bytearray(edited.read_bytes())
    rows = content.index(b"elst") + 12
    struct.pack_into(">i", content, rows + 8, 1 << 15)
    edited.write_bytes(content)
    with pytest.raises(FilmError, match="another speed"):
        probe(edited)
