"""Edit lists of MP4 files: what players show is what is counted, picture and sound alike."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.edit_lists import Edit, with_edits
from tests.small_film import CUTS, small_film

from scorestage.adapters.machines.film import probe, read_frames, read_sound


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
