"""Loudness and true peak, held against FFmpeg's meter and the standard's own tones."""

from __future__ import annotations

import math
import re

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from scorestage.mockup.loudness import loudest_moment_lufs, loudness_lufs, true_peak_dbfs

RATE_HZ = 48_000


def _tone(level_dbfs: float, seconds: float, hz: float = 1000) -> NDArray[np.float32]:
    t = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    mono = 10 ** (level_dbfs / 20) * np.sin(2 * np.pi * hz * t)
    return np.stack([mono, mono], axis=1).astype(np.float32)


def _ffmpeg_integrated(audio: NDArray[np.float32]) -> float:
    """The integrated loudness that FFmpeg's `ebur128` writes into its frames' metadata."""
    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=RATE_HZ, format="flt", layout="stereo")
    meter = graph.add("ebur128", "metadata=1")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    found = -math.inf
    for start in range(0, len(audio), 4800):
        block = np.ascontiguousarray(audio[start : start + 4800]).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(block, format="flt", layout="stereo")
        frame.sample_rate, frame.pts = RATE_HZ, start
        source.push(frame)
        try:
            while True:
                metadata = sink.pull().metadata
                match = re.match(r"-?[\d.]+", metadata.get("lavfi.r128.I", ""))
                found = float(match[0]) if match else found
        except (av.BlockingIOError, av.EOFError):
            continue
    return found


def test_the_standards_calibration_tone() -> None:
    # EBU Tech 3341, test 1: a stereo sine of 1 kHz at -23 dBFS measures -23 LUFS
    assert loudness_lufs(_tone(-23, 20), RATE_HZ) == pytest.approx(-23, abs=0.05)
    assert loudness_lufs(_tone(-33, 20), RATE_HZ) == pytest.approx(-33, abs=0.05)


def test_quiet_ends_are_gated() -> None:
    # EBU Tech 3341, test 3
    audio = np.concatenate([_tone(-36, 10), _tone(-23, 60), _tone(-36, 10)])
    assert loudness_lufs(audio, RATE_HZ) == pytest.approx(-23, abs=0.1)


def test_music_like_noise_as_ffmpeg_measures_it() -> None:
    rng = np.random.default_rng(3)
    noise = np.cumsum(rng.standard_normal((RATE_HZ * 12, 2)), axis=0)
    noise -= np.linspace(0, 1, len(noise))[:, None] * noise[-1]
    noise = noise / np.abs(noise).max() * 0.5 + rng.standard_normal(noise.shape) * 0.02
    noise *= (0.2 + np.abs(np.sin(np.arange(len(noise)) / 90_000)))[:, None]
    audio = np.clip(noise, -1, 1).astype(np.float32)
    assert loudness_lufs(audio, RATE_HZ) == pytest.approx(_ffmpeg_integrated(audio), abs=0.15)


def test_loudest_moment_of_a_short_note() -> None:
    audio = np.concatenate([_tone(-40, 1), _tone(-20, 1), _tone(-40, 1)])
    assert loudest_moment_lufs(audio, RATE_HZ) == pytest.approx(-20, abs=0.1)
    assert loudest_moment_lufs(_tone(-20, 0.1), RATE_HZ) == pytest.approx(-20 - 6.02, abs=0.2)


def test_silence_has_no_loudness() -> None:
    silence = np.zeros((RATE_HZ, 2), np.float32)
    assert loudness_lufs(silence, RATE_HZ) == -math.inf
    assert loudest_moment_lufs(silence, RATE_HZ) == -math.inf
    assert true_peak_dbfs(silence) == -math.inf
    assert true_peak_dbfs(silence[:0]) == -math.inf


def test_the_peak_between_the_samples() -> None:
    # fs/4 at 45 degrees: every sample stands at 0.707 of the true peak
    t = np.arange(RATE_HZ)
    mono = 0.5 * np.sin(np.pi / 2 * t + np.pi / 4) * np.hanning(len(t))
    audio = np.stack([mono, mono * 0], axis=1).astype(np.float32)
    assert 20 * np.log10(np.abs(audio).max()) == pytest.approx(-9.03, abs=0.02)
    assert true_peak_dbfs(audio) == pytest.approx(-6.02, abs=0.1)
