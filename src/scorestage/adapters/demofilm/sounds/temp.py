"""The sound of the temp track: a music box, soft strings, a low saw, a drum, one room."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, oaconvolve, sosfilt

from scorestage.adapters.demofilm.sounds.effects import RATE_HZ
from scorestage.adapters.demofilm.sounds.sound import Stereo, sample
from scorestage.adapters.demofilm.sounds.temp_piece import sections
from scorestage.adapters.demofilm.story import STORY

Mono = NDArray[np.float64]


@lru_cache(maxsize=512)
def _tone(voice: str, pitch: int, count: int) -> Mono:
    """One note of a voice, (samples,), its release included."""
    hz = 440 * 2 ** ((pitch - 69) / 12)
    t = np.arange(count + RATE_HZ // 2) / RATE_HZ
    held = count / RATE_HZ
    if voice == "box":
        parts = ((1, 1.0, 0.5), (3.0, 0.25, 0.18), (5.4, 0.1, 0.07))
        sound = sum(a * np.sin(2 * np.pi * hz * k * t) * 0.5 ** (t / h) for k, a, h in parts)
        return np.asarray(sound) * np.minimum(1, t / 0.002)
    if voice == "drum":
        fall = np.cumsum(hz * 0.7 + 60 * 0.5 ** (t / 0.03)) / RATE_HZ
        return np.asarray(np.sin(2 * np.pi * fall) * 0.5 ** (t / 0.11))
    shape = np.minimum(1, t / (0.35 if voice == "pad" else 0.012)) * np.clip(
        (held + 0.3 - t) / 0.3, 0, 1
    )
    if voice == "bass":
        return np.asarray(_cycles(voice, pitch, hz * t) * shape * 0.5 ** (t / 0.7))
    apart = 2 ** (4 / 1200)
    sound = _cycles(voice, pitch, hz / apart * t) + _cycles(voice, pitch, hz * apart * t + 0.3)
    return np.asarray(sound * shape)


def _cycles(voice: str, pitch: int, turns: Mono) -> Mono:
    """A voice's wave read off at so many turns."""
    wave = _wave(voice, pitch)
    return np.asarray(wave[(turns * len(wave)).astype(np.int64) % len(wave)])


@lru_cache(maxsize=128)
def _wave(voice: str, pitch: int) -> Mono:
    """One turn of a voice at this pitch, its partials kept below 7 kHz."""
    dull = {"pad": 2.2, "bass": 2.8, "saw": 1.25}[voice]
    turn = np.arange(8192) / 8192
    partials = min(14, int(7000 / (440 * 2 ** ((pitch - 69) / 12))))
    return np.asarray(
        sum(np.sin(2 * np.pi * k * turn + 0.7 * k) / k**dull for k in range(1, partials + 1))
    )


def temp_track() -> Stereo:
    """The temp track for the whole film: (samples, 2) at 48 kHz, no sample beyond ±1."""
    total = sample(STORY.frames)
    dry = np.zeros((total + RATE_HZ * 4, 2), dtype=np.float32)
    for section in sections():
        start, end = sample(section.first_frame), sample(section.end_frame)
        beat = RATE_HZ * 60 / section.bpm
        for note in section.notes:
            at = start + round(note.beat * beat)
            if at >= end:
                continue
            sound = (
                _tone(note.voice, note.pitch, round(min(note.beats * beat, end - at))) * note.level
            )
            angle = (note.pan + 1) * np.pi / 4
            dry[at : at + len(sound), 0] += sound * np.cos(angle)
            dry[at : at + len(sound), 1] += sound * np.sin(angle)
    wet = np.stack([_hall(dry[:, k], k) for k in (0, 1)], axis=1)
    mix = (dry + 0.3 * wet)[:total]
    fade = np.clip((sample(1823) - np.arange(total)) / sample(30), 0, 1)[:, None]
    return np.asarray(0.7 * mix / np.abs(mix).max() * fade, dtype=np.float32)


def _hall(sound: NDArray[np.floating], side: int) -> NDArray[np.floating]:
    """A room of a second and a half, one for each ear."""
    count = RATE_HZ * 3 // 2
    noise = np.random.default_rng(300 + side).standard_normal(count)
    tail = sosfilt(butter(1, (200, 4500), "bandpass", fs=RATE_HZ, output="sos"), noise)
    tail *= 0.5 ** (np.arange(count) / RATE_HZ / 0.22)
    tail = (tail / np.sqrt(np.sum(tail**2))).astype(np.float32)
    return np.asarray(oaconvolve(sound, tail)[: len(sound)])
