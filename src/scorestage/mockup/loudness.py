"""Loudness and true peak after ITU-R BS.1770-4 and EBU Tech 3341, for arrays (samples, channels).

Left and right weigh 1; a silent passage has the loudness -inf.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import signal

Sound = NDArray[np.float32] | NDArray[np.float64]
_MOMENT_SECONDS = 0.4
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0
_OVERSAMPLING = 4


def loudness_lufs(audio: Sound, rate_hz: int) -> float:
    """Gated programme loudness of the whole (BS.1770-4, blocks of 0.4 s, 75 % overlap)."""
    powers = _block_powers(audio, rate_hz)
    loud = powers[_lufs(powers) > _ABSOLUTE_GATE_LUFS]
    if not len(loud):
        return -math.inf
    gate = float(_lufs(loud.mean())) + _RELATIVE_GATE_LU
    return float(_lufs(loud[_lufs(loud) > gate].mean()))


def loudest_moment_lufs(audio: Sound, rate_hz: int, seconds: float = _MOMENT_SECONDS) -> float:
    """The loudest 0.4 s, in LUFS (momentary loudness, its maximum), or of another length."""
    powers = _block_powers(audio, rate_hz, seconds)
    return float(_lufs(powers.max())) if len(powers) else -math.inf


def moments_lufs(audio: Sound, rate_hz: int) -> NDArray[np.float64]:
    """The loudness of every 0.4 s, a new one each 0.1 s (momentary loudness, EBU Tech 3341)."""
    return _lufs(_block_powers(audio, rate_hz))


def true_peak_dbfs(audio: Sound) -> float:
    """The highest point between the samples too, by fourfold oversampling, in dB."""
    if not audio.size:
        return -math.inf
    peak = max(_channel_peak(audio[:, channel]) for channel in range(audio.shape[1]))
    return 20 * math.log10(peak) if peak > 0 else -math.inf


def _channel_peak(channel: Sound) -> float:
    """Oversamples only the neighbourhood of samples that could hold the peak."""
    level = np.abs(channel)
    sample_peak = float(level.max())
    if sample_peak == 0:
        return 0.0
    near = np.nonzero(level > 0.5 * sample_peak)[0]
    best = sample_peak
    edges = np.nonzero(np.diff(near) > 64)[0]
    for run in np.split(near, edges + 1):
        start, end = max(int(run[0]) - 48, 0), int(run[-1]) + 48
        fine = signal.resample_poly(channel[start:end].astype(np.float64), _OVERSAMPLING, 1)
        best = max(best, float(np.abs(fine).max()))
    return best


def _block_powers(
    audio: Sound, rate_hz: int, seconds: float = _MOMENT_SECONDS
) -> NDArray[np.float64]:
    """K-weighted power, channels summed, of blocks of 0.4 s that overlap by 75 %."""
    step, width = round(seconds / 4 * rate_hz), round(seconds * rate_hz)
    samples = np.asarray(audio, dtype=np.float64)
    if len(samples) < width:
        samples = np.pad(samples, ((0, width - len(samples)), (0, 0)))
    weighted = signal.sosfilt(_k_weighting(rate_hz), samples, axis=0)
    running = np.concatenate([[0.0], np.cumsum((weighted**2).sum(axis=1))])
    starts = np.arange(0, len(samples) - width + 1, step)
    return np.asarray(np.maximum(running[starts + width] - running[starts], 0) / width)


def _lufs(power: NDArray[np.float64] | float) -> NDArray[np.float64]:
    with np.errstate(divide="ignore"):
        return np.asarray(-0.691 + 10 * np.log10(power))


def _k_weighting(rate_hz: int) -> NDArray[np.float64]:
    """The two filters of BS.1770-4, annex 1, derived for any rate from their analogue form."""
    k = math.tan(math.pi * 1681.974450955533 / rate_hz)
    q, high, middle = 0.7071752369554196, 10 ** (3.999843853973347 / 20), 0.4996667741545416
    band = high**middle
    a0 = 1 + k / q + k * k
    shelf = [
        (high + band * k / q + k * k) / a0,
        2 * (k * k - high) / a0,
        (high - band * k / q + k * k) / a0,
        1.0,
        2 * (k * k - 1) / a0,
        (1 - k / q + k * k) / a0,
    ]
    k, q = math.tan(math.pi * 38.13547087602444 / rate_hz), 0.5003270373238773
    a0 = 1 + k / q + k * k
    cut = [1.0, -2.0, 1.0, 1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0]
    return np.array([shelf, cut])
