"""AAC as FFmpeg decodes it again: the tones, their places, the length."""

from __future__ import annotations

import io

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from scorestage.adapters.machines.compressed_audio import m4a_of

RATE_HZ = 48_000
FRAME_SAMPLES = 1024


def tones(seconds: float) -> NDArray[np.float32]:
    """440 Hz on the left from the start, 1250 Hz on the right in the second half."""
    at = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    left = 0.4 * np.sin(2 * np.pi * 440 * at)
    right = 0.2 * np.sin(2 * np.pi * 1250 * at) * (at >= seconds / 2)
    return np.stack([left, right], axis=1).astype(np.float32)


def decoded(content: bytes) -> tuple[NDArray[np.float32], int]:
    with av.open(io.BytesIO(content)) as file:
        stream = file.streams.audio[0]
        frames = [frame.to_ndarray() for frame in file.decode(stream)]
        return np.concatenate(frames, axis=1).T, stream.rate


def test_the_tones_come_back_where_they_were() -> None:
    """Levels within 0.5 dB, the onset of the right side within 10 ms, no sample too few."""
    sound = tones(2)
    content = m4a_of(sound, RATE_HZ)
    assert len(content) < sound.nbytes / 8
    heard, rate_hz = decoded(content)
    assert rate_hz == RATE_HZ and heard.shape[1] == 2
    assert len(sound) <= len(heard) <= len(sound) + 3 * FRAME_SAMPLES
    middle = slice(RATE_HZ // 4, RATE_HZ // 4 + RATE_HZ // 2)
    spectrum = np.abs(np.fft.rfft(heard[middle, 0])) / (RATE_HZ / 4)
    assert int(spectrum.argmax()) * 2 == 440 and spectrum.max() == pytest.approx(0.4, rel=0.06)
    loud = np.flatnonzero(np.abs(heard[:, 1]) > 0.1)
    assert abs(loud[0] - RATE_HZ) < RATE_HZ / 100
    assert np.abs(heard[: RATE_HZ - 4 * FRAME_SAMPLES, 1]).max() < 0.02


@pytest.mark.parametrize("samples", [1, FRAME_SAMPLES, FRAME_SAMPLES + 1])
def test_short_sounds_are_whole(samples: int) -> None:
    heard, _ = decoded(m4a_of(tones(1)[:samples], RATE_HZ))
    assert len(heard) >= samples


def test_the_file_is_the_same_each_time() -> None:
    assert m4a_of(tones(0.5), RATE_HZ) == m4a_of(tones(0.5), RATE_HZ)


def test_silence_of_no_length_is_still_a_file() -> None:
    heard, _ = decoded(m4a_of(np.zeros((0, 2), dtype=np.float32), RATE_HZ))
    assert len(heard) <= FRAME_SAMPLES and not heard.any()
