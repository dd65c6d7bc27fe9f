"""Where attacks are in recorded sound, and where it stops: what a music editor's eye would mark."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from scorestage.mockup.performance import SAMPLE_RATE_HZ, Audio

_HOP_SECONDS = 0.001
_BANDS_HZ = ((50, 180), (180, 500), (500, 1_400), (1_400, 4_000), (4_000, 11_000))
_BEFORE_HOPS, _GAP_HOPS, _AFTER_HOPS = 45, 6, 40
_APART_HOPS = 45
_LOUDNESS_POWER = 0.6
"""Loudness grows with this power of sound pressure (S. S. Stevens, 1955)."""
_SHARE_HEARD = 0.1
_LEAST_SHARE = 0.04
_BAND_TAKES_PART = 0.35


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack: the sample at which it has come to 10 % of its rise, and how much it stands out.

    `strength` is the growth of loudness summed over bands; only its comparison within one
    recording means anything.
    """

    at_samples: int
    strength: float


def attacks(audio: Audio, rate_hz: int = SAMPLE_RATE_HZ) -> tuple[Attack, ...]:
    """Every attack in the sound, shape (samples, channels), in order.

    In five bands the level is followed every millisecond; an attack is where loudness grows
    most against the 45 ms before. What grows less than 4 % of the strongest is left out.
    """
    if len(audio) < rate_hz // 20:
        return ()
    levels = _band_levels(audio, rate_hz)
    growth = _growth(levels**_LOUDNESS_POWER)
    total = growth.sum(axis=0)
    if total.max() <= 0:
        return ()
    peaks, _ = signal.find_peaks(
        np.pad(total, 1), distance=_APART_HOPS, height=_LEAST_SHARE * total.max()
    )
    found = (_attack(levels, growth, int(peak) - 1, rate_hz) for peak in peaks)
    return tuple(sorted(found, key=lambda attack: attack.at_samples))


def strongest_near(
    found: tuple[Attack, ...], at_samples: int, within_samples: int
) -> Attack | None:
    """The strongest attack no farther than `within_samples`; None where there is none."""
    near = [a for a in found if abs(a.at_samples - at_samples) <= within_samples]
    return max(near, key=lambda attack: attack.strength, default=None)


def stop_samples(audio: Audio, below_peak_db: float = 60.0) -> int:
    """Where the sound is over: after the last sample above `below_peak_db` under its peak."""
    level = np.abs(audio).max(axis=1) if len(audio) else np.zeros(0)
    heard = np.nonzero(level > level.max(initial=0.0) * 10 ** (-below_peak_db / 20))[0]
    return int(heard[-1]) + 1 if len(heard) else 0


def fall_db(audio: Audio, at_samples: int, rate_hz: int = SAMPLE_RATE_HZ) -> float:
    """How far the level falls at a stop: the 0.2 s before against 0.1 s from a frame after on."""
    first, last = at_samples - round(0.2 * rate_hz), at_samples + rate_hz // 24
    before = audio[max(first, 0) : max(at_samples, 0)].astype(np.float64)
    after = audio[max(last, 0) : max(last + rate_hz // 10, 0)].astype(np.float64)
    powers = [float((part**2).mean()) if part.size else 0.0 for part in (before, after)]
    return float(10 * np.log10((powers[0] + 1e-15) / (powers[1] + 1e-15)))


def _band_levels(audio: Audio, rate_hz: int) -> NDArray[np.float64]:
    """Level of each band at every millisecond, shape (bands, hops).

    Filters and windows look back only: a rise is never seen before it is there, and a tenth of
    it, a hundredth of its power, 1 to 3 ms after.
    """
    hop = round(_HOP_SECONDS * rate_hz)
    mono = np.sqrt((audio.astype(np.float64) ** 2).sum(axis=1)) * np.sign(audio.sum(axis=1))
    hops = -(-len(mono) // hop)
    levels = np.empty((len(_BANDS_HZ), hops))
    for number, edges in enumerate(_BANDS_HZ):
        band = signal.butter(1, edges, "bandpass", fs=rate_hz, output="sos")
        power = signal.sosfilt(band, mono) ** 2
        power = np.pad(power, (0, hops * hop - len(power))).reshape(hops, hop).mean(axis=1)
        width = max(round(1_500 / edges[0]), 3)
        levels[number] = np.sqrt(np.convolve(power, np.ones(width) / width)[:hops])
    return levels


def _growth(loudness: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much louder the next 40 ms are than the 45 ms before, per band, never negative."""
    before = np.pad(loudness, ((0, 0), (_BEFORE_HOPS + _GAP_HOPS, 0)))
    before = _means(before, _BEFORE_HOPS)[:, : loudness.shape[1]]
    after = _means(np.pad(loudness, ((0, 0), (0, _AFTER_HOPS))), _AFTER_HOPS)
    return np.maximum(after[:, : loudness.shape[1]] - before, 0.0)


def _means(rows: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    """Mean of the `width` points that begin at each place."""
    sums = np.cumsum(np.pad(rows, ((0, 0), (1, 0))), axis=1)
    return np.asarray((sums[:, width:] - sums[:, :-width]) / width)


def _attack(
    levels: NDArray[np.float64], growth: NDArray[np.float64], hop: int, rate_hz: int
) -> Attack:
    """The place of 10 % of the rise, on the bands that take part in it."""
    part = growth[:, hop] >= _BAND_TAKES_PART * growth[:, hop].max()
    level = levels[part].sum(axis=0)
    first, last = max(hop - _BEFORE_HOPS, 0), min(hop + 2 * _AFTER_HOPS, len(level))
    top = first + int(level[first:last].argmax())
    low = first + int(level[first : top + 1].argmin())
    heard = level[low] + _SHARE_HEARD * (level[top] - level[low])
    below = np.nonzero(level[low : top + 1] < heard)[0]
    place = low + (int(below[-1]) + 1 if len(below) else 0)
    return Attack(round(place * _HOP_SECONDS * rate_hz), float(growth[:, hop].sum()))
