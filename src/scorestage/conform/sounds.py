"""What is heard over each frame, in twelve numbers: how loud each band of the sound is."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

SOUND_RATE_HZ: Final = 16_000
"""The rate at which sound is to be handed in."""
SOUND_BANDS: Final = 12
LEVELS_PER_DB: Final = 3
"""How many of 255 levels a decibel is; level 0 is 80 dB below full scale or less."""
_FLOOR_DB, _LOW_HZ, _HIGH_HZ = -80.0, 80.0, 7000.0
_TRANSFORM, _LEAST_SAMPLES, _AT_ONCE = 1024, 256, 512


def sound_signatures(
    chunks: Iterable[NDArray[np.float32]], starts_seconds: NDArray[np.float64], frame_seconds: float
) -> NDArray[np.uint8]:
    """How loud twelve bands are over each frame (frames x 12, a third of a decibel a level).

    `chunks` (samples x channels, 16 kHz) begin at second 0; a frame's sound begins where the frame
    does. Where a film is pulled from 24 to 23.976 each frame keeps its sound.
    """
    length = min(_TRANSFORM, max(_LEAST_SAMPLES, round(frame_seconds * SOUND_RATE_HZ)))
    begins = np.rint(starts_seconds * SOUND_RATE_HZ).astype(np.int64)
    made = np.zeros((len(begins), SOUND_BANDS), dtype=np.uint8)
    window, bands = np.hanning(length).astype(np.float32), _bands()
    held, zero, done = np.zeros(0, dtype=np.float32), 0, 0
    for chunk in chain(chunks, [np.zeros((length, 1), dtype=np.float32)]):
        held = np.concatenate((held, chunk.mean(axis=1, dtype=np.float32)))
        whole = int(np.searchsorted(begins, zero + len(held) - length, side="right"))
        for first in range(done, whole, _AT_ONCE):
            part = slice(first, min(whole, first + _AT_ONCE))
            samples = held[(begins[part] - zero)[:, None] + np.arange(length)]
            made[part] = _levels(samples * window, bands)
        done = max(done, whole)
        kept = len(held) if done == len(begins) else int(begins[done]) - zero
        kept = min(max(0, kept), len(held))
        held, zero = held[kept:], zero + kept
    return made


def _levels(samples: NDArray[np.float32], bands: NDArray[np.float32]) -> NDArray[np.uint8]:
    power = np.abs(np.fft.rfft(samples, n=_TRANSFORM, axis=1)) ** 2
    power = power @ bands.T / (samples.shape[1] / 4) ** 2
    loud = 10 * np.log10(np.maximum(power, 10 ** (_FLOOR_DB / 10))) - _FLOOR_DB
    levels: NDArray[np.uint8] = np.clip(np.rint(loud * LEVELS_PER_DB), 0, 255).astype(np.uint8)
    return levels


def _bands() -> NDArray[np.float32]:
    """Twelve bands of equal width in mel (O'Shaughnessy: 2595 log10(1 + f/700)), 80 Hz to 7 kHz."""
    low, high = (2595 * np.log10(1 + hz / 700) for hz in (_LOW_HZ, _HIGH_HZ))
    edges = 700 * (10 ** (np.linspace(low, high, SOUND_BANDS + 1) / 2595) - 1)
    lines = np.fft.rfftfreq(_TRANSFORM, 1 / SOUND_RATE_HZ)
    table = [(lines >= first) & (lines < last) for first, last in pairwise(edges)]
    return np.array(table, dtype=np.float32)
