"""`temp`: a recording and a film are heard alike; what cannot be compared is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.sketches import steady
from tests.small_film import small_film
from tests.spotting.temp.solos import FLUTE, OBOE, heard
from tests.spotting.temp.solos import solo as sung
from tests.spotting.temp.test_temp import MAJOR, song
from tests.spotting.temp.test_written import UP, WALK, score

from scorestage.adapters.formats.midi import write_midi
from scorestage.adapters.formats.wav import write_wav
from scorestage.errors import InputError
from scorestage.workflow.temp import brief_words, hear_file, tell_temp
from scorestage.workflow.temp_likeness import compare_with_temp, line_shared


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


def test_lines_that_stand_out_are_compared_and_what_is_not_known_is_said() -> None:
    _, temp = sung(31, FLUTE, 79, -12.0)
    _, same = sung(31, OBOE, 74, -12.0)
    _, other = sung(8, OBOE, 74, -12.0)
    near, far = line_shared(heard(temp), heard(same)), line_shared(heard(temp), heard(other))
    assert near["known"] and near["shared_percent"] > 80
    assert near["verdict"] != "green" and near["aligned"][0]["temp"]["at_seconds_float"] < 1
    assert far["known"] and far["shared_percent"] < near["shared_percent"] - 20
    silent = line_shared(heard(temp), heard(temp[:24_000]))
    assert not silent["known"] and "no line stands out in the cue" in silent["words"]


def test_scores_are_compared_by_harmony_and_rhythm_too(tmp_path: Path) -> None:
    paths = []
    for name, text in (("temp", WALK), ("cue", UP)):
        written = score(text)
        paths.append(tmp_path / f"{name}.mid")
        paths[-1].write_bytes(write_midi(written, steady(4, written.grid.bars[0].meter, 90)))
    answer = compare_with_temp(*paths)
    points = {point["name"]: point for point in answer["points"]}
    assert points["tempo"]["counts"] and points["mode"]["counts"] and points["harmony"]["counts"]
    assert answer["verdict"] != "green", "three points of five are amber"
    assert answer["harmony"][0] == {
        "temp": {"bar": "1", "beat": "1", "chord": "C"},
        "cue": {"bar": "1", "beat": "1", "chord": "D"},
    }
    assert "harmony" in answer["known_by"]
