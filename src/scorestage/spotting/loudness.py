"""Loudness as broadcasters measure it: ITU-R BS.1770 weighting, EBU R128 windows and gates."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d
from scipy.signal import sosfilt

Curve = NDArray[np.float64]

BLOCK_SECONDS: Final = 0.1
"""Powers are kept per tenth of a second: every window of R128 is a whole number of them."""
MOMENTARY_BLOCKS: Final = 4
SHORT_TERM_BLOCKS: Final = 30
SILENCE_LUFS: Final = -70.0
"""The absolute gate of BS.1770: what is softer does not count."""
_OFFSET: Final = -0.691


class KWeighted:
    """Takes sound in pieces and gives the weighted power of each tenth of a second.

    The two filters (a shelf for the head, a cut of the lows) are those of BS.1770-4 table 1 and 2,
    worked out anew for the rate by the bilinear transform of their analogue shape.
    """

    def __init__(self, rate_hz: int, channels: int) -> None:
        self._sections = np.stack([_shelf(rate_hz), _low_cut(rate_hz)])
        self._state = np.zeros((2, channels, 2))
        self._block_samples = round(rate_hz * BLOCK_SECONDS)
        self._held = np.zeros((0, channels))

    def add(self, samples: NDArray[np.floating]) -> Curve:
        """Mean square of each whole block, channels summed; samples x channels come in."""
        if not len(samples):
            return np.zeros(0)
        heard, self._state = sosfilt(
            self._sections, samples.astype(np.float64).T, axis=1, zi=self._state
        )
        self._held = np.concatenate((self._held, heard.T))
        blocks = len(self._held) // self._block_samples
        whole = self._held[: blocks * self._block_samples]
        self._held = self._held[blocks * self._block_samples :]
        squares = whole.reshape(blocks, self._block_samples, whole.shape[1]) ** 2
        return np.asarray(squares.mean(axis=1).sum(axis=1), dtype=np.float64)


def lufs(power: NDArray[np.floating]) -> Curve:
    """Loudness of mean powers, in LUFS.

    >>> float(round(lufs(np.array([1.0]))[0], 3))
    -0.691
    """
    return np.asarray(_OFFSET + 10 * np.log10(np.maximum(power, 1e-12)), dtype=np.float64)


def short_term(block_powers: Curve) -> Curve:
    """Loudness over three seconds, one entry a block, each window around its block, in LUFS."""
    return _windowed(block_powers, SHORT_TERM_BLOCKS)


def momentary(block_powers: Curve) -> Curve:
    """Loudness over 0.4 seconds, one entry a block, in LUFS."""
    return _windowed(block_powers, MOMENTARY_BLOCKS)


def integrated(block_powers: Curve) -> float:
    """Loudness of the whole after both gates (BS.1770-4), in LUFS; of silence it is -70.

    >>> round(integrated(np.full(40, 0.001)), 2)
    -30.69
    """
    if len(block_powers) < MOMENTARY_BLOCKS:
        return SILENCE_LUFS
    summed = np.cumsum(np.concatenate(([0.0], block_powers)))
    powers = (summed[MOMENTARY_BLOCKS:] - summed[:-MOMENTARY_BLOCKS]) / MOMENTARY_BLOCKS
    loud = powers[lufs(powers) > SILENCE_LUFS]
    if not len(loud):
        return SILENCE_LUFS
    gate = float(lufs(loud.mean(keepdims=True))[0]) - 10
    kept = loud[lufs(loud) > gate]
    return float(lufs(kept.mean(keepdims=True))[0])


def loudness_range(block_powers: Curve) -> float:
    """Loudness range in LU (EBU Tech 3342): 10th to 95th percentile of what passes its gates."""
    if len(block_powers) < SHORT_TERM_BLOCKS:
        return 0.0
    summed = np.cumsum(np.concatenate(([0.0], block_powers)))
    powers = (summed[SHORT_TERM_BLOCKS:] - summed[:-SHORT_TERM_BLOCKS]) / SHORT_TERM_BLOCKS
    loud = powers[lufs(powers) > SILENCE_LUFS]
    if not len(loud):
        return 0.0
    gate = float(lufs(loud.mean(keepdims=True))[0]) - 20
    low, high = np.percentile(lufs(loud[lufs(loud) > gate]), (10, 95))
    return float(high - low)


def _windowed(block_powers: Curve, blocks: int) -> Curve:
    if not len(block_powers):
        return np.zeros(0)
    return lufs(uniform_filter1d(block_powers, blocks, mode="constant"))


def _shelf(rate_hz: int) -> Curve:
    """The head: +4 dB above about 1.7 kHz (BS.1770-4, stage 1)."""
    k = np.tan(np.pi * 1681.974450955533 / rate_hz)
    quality = 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    middle = high**0.4996667741545416
    norm = 1 + k / quality + k * k
    return np.array(
        [
            (high + middle * k / quality + k * k) / norm,
            2 * (k * k - high) / norm,
            (high - middle * k / quality + k * k) / norm,
            1.0,
            2 * (k * k - 1) / norm,
            (1 - k / quality + k * k) / norm,
        ]
    )


def _low_cut(rate_hz: int) -> Curve:
    """The cut of the lows below about 38 Hz (BS.1770-4, stage 2)."""
    k = np.tan(np.pi * 38.13547087602444 / rate_hz)
    quality = 0.5003270373238773
    norm = 1 + k / quality + k * k
    return np.array([1.0, -2.0, 1.0, 1.0, 2 * (k * k - 1) / norm, (1 - k / quality + k * k) / norm])
