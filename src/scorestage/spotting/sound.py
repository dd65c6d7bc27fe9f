"""The sound, listened to once: loudness, attacks, band levels and how like music it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from scorestage.timebase import FilmTime

SOUND_RATE_HZ: Final = 24_000
"""The rate at which sound is to be handed in."""
HOP_SAMPLES: Final = 240
WINDOW_SAMPLES: Final = 1024
HOP_SECONDS: Final = Fraction(HOP_SAMPLES, SOUND_RATE_HZ)
"""One entry of the curves: 10 ms."""
FLOOR_DB: Final = -90.0
LOW_TOP_HZ: Final = 150.0
BANDS: Final = 24
TONE_LOW_HZ: Final = 110.0
TONE_HIGH_HZ: Final = 4000.0
TONE_LAG_HOPS: Final = 10
ATTACK_LAG_HOPS: Final = 2
QUIET_DB: Final = -70.0
BATCH_HOPS: Final = 500


@dataclass(frozen=True, slots=True, eq=False)
class SoundIndex:
    """What spotting knows of the sound; every array has one entry per 10 ms.

    `level_db` is the level below full scale, `low_db` that under 150 Hz, `attack_db` how much the
    24 bands rise over 20 ms (their mean), `tonal` how far the spectrum stands in lasting lines (0
    noise, 1 held tones).
    """

    level_db: NDArray[np.float32]
    low_db: NDArray[np.float32]
    attack_db: NDArray[np.float32]
    tonal: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.level_db)

    def at(self, hop: int) -> FilmTime:
        """The film time at which entry `hop` starts."""
        return FilmTime(hop * HOP_SECONDS)

    def hop_at(self, at: FilmTime) -> int:
        """The entry that holds `at`."""
        return int(at.seconds // HOP_SECONDS)

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """All curves by name, to be kept beside the film."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """What `to_arrays` gave."""
        return cls(**{field.name: arrays[field.name] for field in fields(cls)})


class SoundIndexBuilder:
    """Takes sound at 24 kHz in pieces of any length, from film time zero on."""

    def __init__(self) -> None:
        self._held = np.zeros((2, WINDOW_SAMPLES // 2), dtype=np.float64)
        self._samples = 0
        self._low = butter(2, LOW_TOP_HZ, fs=SOUND_RATE_HZ, output="sos")
        self._low_state = np.zeros((self._low.shape[0], 2))
        self._window = np.hanning(WINDOW_SAMPLES)
        self._bands = _band_weights()
        self._last_bands = np.zeros((0, BANDS), dtype=np.float32)
        self._last_lines: NDArray[np.float32] | None = None
        self._curves: tuple[list[NDArray[np.float32]], ...] = ([], [], [], [])

    def add(self, samples: NDArray[np.float32]) -> None:
        """The next piece: samples x channels, full scale 1.0 (channels are averaged)."""
        heard = samples.mean(axis=1, dtype=np.float64)
        self._samples += len(heard)
        low, self._low_state = sosfilt(self._low, heard, zi=self._low_state)
        self._held = np.concatenate((self._held, np.stack((heard, low))), axis=1)
        self._measure()

    def finish(self) -> SoundIndex:
        """The index of all sound handed in."""
        tail = np.zeros((2, WINDOW_SAMPLES - HOP_SAMPLES))
        self._held = np.concatenate((self._held, tail), axis=1)
        self._measure()
        hops = -(-self._samples // HOP_SAMPLES)
        level, low, attack, tonal = (_joined(curve)[:hops] for curve in self._curves)
        tonal = np.pad(tonal, (0, len(level) - len(tonal)))
        tonal[level < FLOOR_DB + 25] = 0
        return SoundIndex(level, low, attack, tonal)

    def _measure(self) -> None:
        hops = (self._held.shape[1] - WINDOW_SAMPLES) // HOP_SAMPLES + 1
        for start in range(0, hops, BATCH_HOPS):
            end = (min(start + BATCH_HOPS, hops) - 1) * HOP_SAMPLES + WINDOW_SAMPLES
            part = self._held[:, start * HOP_SAMPLES : end]
            self._measure_windows(_windows(part[0]), _windows(part[1]))
        if hops > 0:
            self._held = self._held[:, hops * HOP_SAMPLES :]

    def _measure_windows(self, windows: NDArray[np.float64], lows: NDArray[np.float64]) -> None:
        levels, low_levels, attacks, tones = self._curves
        middle = slice(WINDOW_SAMPLES // 2 - HOP_SAMPLES, WINDOW_SAMPLES // 2 + HOP_SAMPLES)
        levels.append(_decibels(np.mean(windows[:, middle] ** 2, axis=1)))
        low_levels.append(_decibels(np.mean(lows**2, axis=1)))
        power = np.abs(np.fft.rfft(windows * self._window, axis=1)) ** 2
        power /= (self._window**2).sum() * WINDOW_SAMPLES / 2
        bands = np.concatenate((self._last_bands, _decibels(power @ self._bands.T)))
        attacks.append(_attacks(bands, len(self._last_bands)))
        self._last_bands = bands[-ATTACK_LAG_HOPS:]
        lines = _tone_lines(power)
        if self._last_lines is not None:
            lines = np.concatenate((self._last_lines, lines))
        tones.append(_tonal(lines))
        self._last_lines = lines[-TONE_LAG_HOPS:]


def _windows(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    windows = np.lib.stride_tricks.sliding_window_view(sound, WINDOW_SAMPLES)
    return np.asarray(windows[::HOP_SAMPLES])


def _decibels(power: NDArray[np.float64]) -> NDArray[np.float32]:
    floor = 10 ** (FLOOR_DB / 10)
    return np.asarray(10 * np.log10(np.maximum(power, floor)), dtype=np.float32)


def _joined(parts: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.float32)


def _band_weights() -> NDArray[np.float64]:
    """24 bands of equal width in mel (O'Shaughnessy: 2595 log10(1 + f/700)) up to 10 kHz."""
    top = 2595 * np.log10(1 + 10_000 / 700)
    edges = 700 * (10 ** (np.linspace(0, top, BANDS + 1) / 2595) - 1)
    lines = np.fft.rfftfreq(WINDOW_SAMPLES, 1 / SOUND_RATE_HZ)
    weights = [(lines >= low) & (lines < high) for low, high in pairwise(edges)]
    return np.array(weights, dtype=np.float64)


def _attacks(bands: NDArray[np.float32], known: int) -> NDArray[np.float32]:
    """Mean rise of the bands over two hops, from entry `known` on; falls count as none."""
    lag = ATTACK_LAG_HOPS
    before = np.concatenate((np.full((lag, BANDS), FLOOR_DB, np.float32), bands))[:-lag]
    rise = np.maximum(bands - np.maximum(before, QUIET_DB), 0).mean(axis=1)
    return np.asarray(rise[known:], dtype=np.float32)


def _tone_lines(power: NDArray[np.float64]) -> NDArray[np.float32]:
    """The part of the spectrum where tones lie, each line in dB above its neighbourhood."""
    lines = np.fft.rfftfreq(WINDOW_SAMPLES, 1 / SOUND_RATE_HZ)
    inside = (lines >= TONE_LOW_HZ) & (lines <= TONE_HIGH_HZ)
    level = 10 * np.log10(power[:, inside] + 1e-12)
    width = 9
    summed = np.cumsum(np.pad(level, ((0, 0), (width // 2 + 1, width // 2)), mode="edge"), axis=1)
    around = (summed[:, width:] - summed[:, :-width]) / width
    return np.asarray(np.clip(level - around, 0, 20), dtype=np.float32)


def _tonal(lines: NDArray[np.float32]) -> NDArray[np.float32]:
    """How much of the line structure is still there 100 ms later, 0 to 1."""
    if len(lines) <= TONE_LAG_HOPS:
        return np.zeros(0, dtype=np.float32)
    early, late = lines[:-TONE_LAG_HOPS], lines[TONE_LAG_HOPS:]
    shared = np.minimum(late, early).sum(axis=1)
    whole = np.maximum(late, early).sum(axis=1)
    return np.asarray(shared / (whole + 1), dtype=np.float32)
