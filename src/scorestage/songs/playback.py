"""Sounds beside the music of a playback track: sync pop, thumps for dancers, mixes for an ear."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float32]
"""Samples, or (samples, 2); full scale is 1."""

POP_HZ, POP_DBFS = 1000.0, -20.0
THUMP_HZ, THUMP_SECONDS, THUMP_DBFS = 30.0, 0.16, -6.0
_ACCENT_DB = 4.0


def sync_pop(seconds: float, rate_hz: int) -> Sound:
    """One frame of 1 kHz at -20 dBFS, from its first sample to its last.

    >>> len(sync_pop(1 / 24, 48_000))
    2000
    """
    count = round(seconds * rate_hz)
    turns = 2 * np.pi * POP_HZ * np.arange(count) / rate_hz
    wave: Sound = (10 ** (POP_DBFS / 20) * np.cos(turns)).astype(np.float32)
    return wave


def thump(rate_hz: int, *, accent: bool = False) -> Sound:
    """A beat that is felt rather than heard: 30 Hz under a rounded envelope.

    Dancers feel it through the floor; a filter above it takes it out of the dialogue recorded with
    it. The downbeat is 4 dB louder.
    """
    seconds = np.arange(round(THUMP_SECONDS * rate_hz)) / rate_hz
    shape = np.sin(np.pi * seconds / THUMP_SECONDS) ** 2
    level = THUMP_DBFS - (0.0 if accent else _ACCENT_DB)
    wave: Sound = (10 ** (level / 20) * shape * np.sin(2 * np.pi * THUMP_HZ * seconds)).astype(
        np.float32
    )
    return wave


def laid(waves: Sequence[tuple[int, Sound]], length_samples: int) -> Sound:
    """Sounds added up, each from its own sample on; what lies outside is cut."""
    found = np.zeros(length_samples, dtype=np.float32)
    for first, wave in waves:
        begin, end = max(first, 0), min(first + len(wave), length_samples)
        if begin < end:
            found[begin:end] += wave[begin - first : end - first]
    return found


def over_both(music: Sound, mono: Sound) -> Sound:
    """A mono sound over both channels of a stereo one."""
    mixed: Sound = (music + mono[:, None]).astype(np.float32)
    return mixed


def earwig(music: Sound, click: Sound) -> Sound:
    """What goes to two ears apart: music on the left, click on the right."""
    left = music.mean(axis=1)
    found: Sound = np.stack([left, click], axis=1).astype(np.float32)
    return found


def peak_dbfs(sound: Sound) -> float:
    """The highest sample; -inf for silence."""
    top = float(np.abs(sound).max(initial=0.0))
    return 20 * math.log10(top) if top else -math.inf


def low_share(sound: Sound, rate_hz: int, below_hz: float = 80.0) -> float:
    """How much of a sound's energy lies below a frequency."""
    spectrum = np.abs(np.fft.rfft(sound)) ** 2
    where = np.fft.rfftfreq(len(sound), 1 / rate_hz) < below_hz
    whole = float(spectrum.sum())
    return float(spectrum[where].sum()) / whole if whole else 1.0
