"""`temp`: a recording and a film are heard alike; what cannot be compared is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.small_film import small_film
from tests.spotting.temp.test_temp import MAJOR, song

from scorestage.adapters.formats.wav import write_wav
from scorestage.errors import InputError
from scorestage.workflow.temp import brief_words, compare_with_temp, hear_file, tell_temp


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("temp") / "temp.wav"
    write_wav(path, song(100, 2, MAJOR, 14, 3).astype(np.float32), 24_000)
    return path


def test_a_recording_is_told(recording: Path) -> None:
    heard = hear_file(recording)
    (piece,) = tell_temp(heard)["pieces"]
    assert piece["in_seconds_float"] < 1
    assert piece["same_as"] is None
    assert len(piece["tempos"]) == 2
    assert "bpm" in brief_words(heard.track.pieces[0])


def test_the_same_recording_is_too_near(recording: Path) -> None:
    assert compare_with_temp(recording, recording)["verdict"] == "red"


def test_what_cannot_be_heard_is_refused(tmp_path: Path, recording: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        hear_file(tmp_path / "gone.wav")
    film = small_film(tmp_path / "film.mp4", frames=48)
    with pytest.raises(InputError, match="no music is heard"):
        compare_with_temp(recording, film)
    with pytest.raises(InputError, match="cannot be compared"):
        compare_with_temp(recording, tmp_path / "cue.mid")
