"""Where sound files lie in the film, and what is cut from them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.small_film import CUTS, small_film

from scorestage.adapters.formats.wav import BroadcastStamp, write_wav
from scorestage.adapters.machines.session_media import file_sound, film_sound, stamped_at
from scorestage.errors import FilmError, FormatError
from scorestage.timebase import FRAMES_23_976, FRAMES_24, FilmClock, FilmTime

HOUR = FilmClock(FRAMES_24, 86400)


def wav(path: Path, start_samples: int | None) -> Path:
    stamp = None if start_samples is None else BroadcastStamp(start_samples)
    write_wav(path, np.full(48_000, 0.25, np.float32), 48_000, stamp=stamp)
    return path


@pytest.mark.parametrize(
    ("start_samples", "seconds"),
    [(3605 * 48_000, 5), (3605 * 48_000 + 1, FilmTime("240001/48000").seconds), (0, 0), (None, 0)],
)
def test_a_broadcast_stamp_is_a_place_in_the_film(
    tmp_path: Path, start_samples: int | None, seconds: object
) -> None:
    assert stamped_at(wav(tmp_path / "a.wav", start_samples), HOUR).seconds == seconds


def test_the_stamp_counts_real_seconds_at_a_pulled_down_rate(tmp_path: Path) -> None:
    """01:00:00:00 at 23.976 is 172,972,800 samples after midnight."""
    pulled = FilmClock(FRAMES_23_976, 86400)
    assert stamped_at(wav(tmp_path / "a.wav", 172_972_800), pulled) == FilmTime(0)


def test_a_file_is_laid_to_the_sample_and_silent_elsewhere(tmp_path: Path) -> None:
    sound = file_sound(wav(tmp_path / "a.wav", 3605 * 48_000), HOUR, FilmTime(4), 144_000, 48_000)
    assert sound.shape == (144_000, 2)
    assert not sound[:48_000].any() and sound[48_000:96_000].all() and not sound[96_000:].any()


def test_the_films_own_sound_from_before_its_first_frame(tmp_path: Path) -> None:
    film = small_film(tmp_path / "film.mp4")
    sound = film_sound(film, FilmTime(-1), 12 * 48_000, 48_000)
    loudest = np.abs(sound).max(axis=1)
    slam = 48_000 + round(CUTS[1] / 24 * 48_000)
    assert not loudest[:40_000].any()
    assert abs(int(np.argmax(loudest > loudest.max() / 2)) - slam) < 1500


def test_what_is_no_sound_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"hello")
    with pytest.raises((FilmError, FormatError)):
        file_sound(tmp_path / "a.wav", HOUR, FilmTime(0), 100, 48_000)
