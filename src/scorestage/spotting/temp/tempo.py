"""Tempo and meter of music that is only heard: two candidates, because ears differ by an octave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

Curve = NDArray[np.float64]

HOPS_A_SECOND: Final = 100
SLOWEST_BPM, FASTEST_BPM = 36.0, 240.0
STEPS: Final = 1200
USUAL_BPM: Final = 95.0
USUAL_OCTAVES: Final = 1.0
"""How far tempos lie from the usual one (log-normal, in octaves), after Parncutt's resonance."""
FIRST: Final = 3.0
"""The beat itself counts so much: a dotted beat fits the bars, too, but not the next onset."""
LONGEST_SECONDS: Final = 60
METERS: Final = (2, 3, 4)


@dataclass(frozen=True, slots=True)
class HeardTempo:
    """A tempo the music may have: beats a minute, how plain its pulse is (0 to 1), beats a bar."""

    bpm: float
    confidence: float
    beats_in_bar: int


def tempos_heard(attack_db: NDArray[np.floating]) -> tuple[HeardTempo, ...]:
    """The two likeliest tempos, the likelier first; none for music without pulse.

    `attack_db` has an entry every 10 ms. The second candidate is the best that is another metrical
    level or another tempo altogether: half, double, a third; the user taps which it is.
    """
    strength = _onsets(attack_db)
    if len(strength) < 4 * HOPS_A_SECOND or not strength.any():
        return ()
    alike = _autocorrelation(strength)
    speeds = np.geomspace(SLOWEST_BPM, FASTEST_BPM, STEPS)
    combed = np.array([_comb(alike, 60 * HOPS_A_SECOND / bpm) for bpm in speeds])
    usual = np.exp(-0.5 * (np.log2(speeds / USUAL_BPM) / USUAL_OCTAVES) ** 2)
    rank = np.maximum(combed, 0) * usual
    if rank.max() <= 0.01:
        return ()
    first = int(np.argmax(rank))
    apart = np.abs(np.log2(speeds / speeds[first])) > 0.2
    second = int(np.argmax(np.where(apart, rank, -1)))
    return tuple(_told(alike, speeds, combed, place) for place in (first, second))


def _onsets(attack_db: NDArray[np.floating]) -> Curve:
    """Attacks above what is usual around them, softened over 30 ms."""
    rise = uniform_filter1d(np.asarray(attack_db, dtype=np.float64), 3)
    rise = np.maximum(rise - uniform_filter1d(rise, HOPS_A_SECOND), 0)
    return np.asarray(np.minimum(rise, 6 * (rise.std() + 1e-9)), dtype=np.float64)


def _autocorrelation(strength: Curve) -> Curve:
    """Likeness of the onsets to themselves later, 1 at no delay, up to ten seconds."""
    longest = min(len(strength) - 1, 10 * HOPS_A_SECOND)
    part = strength - strength.mean()
    size = 1 << (2 * len(part) - 1).bit_length()
    power = np.abs(np.fft.rfft(part, size)) ** 2
    lags = np.fft.irfft(power, size)[: longest + 1]
    lags /= np.maximum(len(part) - np.arange(longest + 1), 1)
    return np.asarray(lags / max(lags[0], 1e-12))


def _comb(alike: Curve, period_hops: float) -> float:
    """Likeness at a beat, two, a bar and two bars of three or four, less that half-way between."""
    places = np.arange(len(alike))

    def at(beats: float) -> float:
        return float(np.interp(beats * period_hops, places, alike, right=0.0))

    on = FIRST * at(1) + at(2) + max(at(3), at(4)) + max(at(6), at(8))
    off = at(0.5) + at(1.5) + at(2.5) + at(3.5)
    return (on - 0.5 * off) / (FIRST + 3)


def _told(alike: Curve, speeds: Curve, combed: Curve, place: int) -> HeardTempo:
    bpm = _refined(alike, float(speeds[place]))
    return HeardTempo(
        round(bpm, 1), round(float(np.clip(2 * combed[place], 0, 1)), 2), _meter(alike, bpm)
    )


def _refined(alike: Curve, bpm: float) -> float:
    """The tempo read off the peak many beats away, which is sharper by as much."""
    period = 60 * HOPS_A_SECOND / bpm
    for beats in (2, 4, 8):
        delay = period * beats
        reach = max(2, round(0.12 * period))
        low, high = round(delay) - reach, round(delay) + reach + 1
        if low < 1 or high + 1 >= len(alike):
            break
        peak = low + int(np.argmax(alike[low:high]))
        before, here, after = alike[peak - 1 : peak + 2]
        bend = min(before - 2 * here + after, -1e-9)
        period = (peak + float(np.clip(0.5 * (before - after) / bend, -0.5, 0.5))) / beats
    return 60 * HOPS_A_SECOND / period


def _meter(alike: Curve, bpm: float) -> int:
    """Beats a bar: the count whose multiples are more alike than the beats between."""
    period = 60 * HOPS_A_SECOND / bpm
    places = np.arange(len(alike))
    beats = np.arange(1, min(13, int((len(alike) - 1) / period) + 1))
    if len(beats) < 4:
        return 4
    level = np.interp(beats * period, places, alike)
    worth = {}
    for meter in METERS:
        on = beats % meter == 0
        if on.any() and not on.all():
            worth[meter] = float(level[on].mean() - level[~on].mean())
    best = max(worth, key=lambda meter: worth[meter])
    return 4 if best == 2 else best
