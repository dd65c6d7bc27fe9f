"""Sounds of a film made by rule, at 24 kHz, (samples, 2): what is no music and no speech."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

RATE_HZ = 24_000
Sound = NDArray[np.float64]


def stereo(left: Sound, right: Sound | None = None) -> Sound:
    """Two channels of one or two lines."""
    return np.stack((left, left if right is None else right), axis=1)


def hiss(seconds: float, low_hz: float, high_hz: float, seed: int) -> Sound:
    """Noise in a band, as loud as one."""
    noise = np.random.default_rng(seed).normal(0, 1, round(seconds * RATE_HZ))
    band = butter(2, (low_hz, high_hz), "bandpass", fs=RATE_HZ, output="sos")
    made = sosfilt(band, noise)
    return np.asarray(made / np.abs(made).max())


def clock(seconds: float) -> Sound:
    return np.arange(round(seconds * RATE_HZ)) / RATE_HZ


def rain(seconds: float) -> Sound:
    return 0.1 * stereo(hiss(seconds, 800, 9000, 1), hiss(seconds, 800, 9000, 2))


def wind(seconds: float) -> Sound:
    """Noise whose band and level drift."""
    at = clock(seconds)
    level = 0.5 + 0.5 * np.sin(2 * np.pi * 0.13 * at) * np.sin(2 * np.pi * 0.31 * at + 1)
    return 0.2 * stereo(
        hiss(seconds, 150, 700, 3) * level, hiss(seconds, 200, 900, 4) * level[::-1]
    )


def engine(seconds: float) -> Sound:
    """A motor that is driven: harmonics of a pitch that climbs and falls, with noise."""
    at = clock(seconds)
    pitch = 55 + 25 * np.sin(2 * np.pi * at / 7) + 3 * np.sin(2 * np.pi * at * 1.7)
    phase = 2 * np.pi * np.cumsum(pitch) / RATE_HZ
    tone = sum(np.sin(n * phase) / n for n in range(1, 12))
    return 0.08 * stereo(tone + hiss(seconds, 60, 2000, 5))


def siren(seconds: float) -> Sound:
    at = clock(seconds)
    phase = 2 * np.pi * np.cumsum(800 + 300 * np.sin(2 * np.pi * at / 3)) / RATE_HZ
    return stereo(
        0.1 * np.sin(phase) + 0.03 * np.sin(2 * phase) + 0.05 * hiss(seconds, 100, 3000, 6)
    )


def steps(seconds: float) -> Sound:
    """Footsteps on gravel."""
    made = np.zeros(round(seconds * RATE_HZ))
    random = np.random.default_rng(7)
    for at in np.arange(0.3, seconds - 0.3, 0.55):
        place = round((at + random.normal(0, 0.03)) * RATE_HZ)
        crunch = hiss(0.18, 500, 6000, int(at * 100)) * np.exp(-clock(0.18) * 22)
        made[place : place + len(crunch)] += 0.4 * crunch
    return stereo(made + 0.004 * random.normal(0, 1, len(made)))


def blows(seconds: float) -> Sound:
    """Explosions and shots, one every second or so."""
    made = np.zeros(round(seconds * RATE_HZ))
    random = np.random.default_rng(8)
    for at in np.arange(0.5, seconds - 1, 1.1):
        place = round((at + random.uniform(-0.2, 0.2)) * RATE_HZ)
        burst = hiss(1.0, 40, 4000, int(at * 10) + 50) * np.exp(-clock(1.0) * 5)
        made[place : place + len(burst)] += 0.8 * burst
    return stereo(made)


def crackle(seconds: float) -> Sound:
    """A fire: clicks by chance over a murmur."""
    random = np.random.default_rng(9)
    made = 0.02 * hiss(seconds, 80, 600, 10)
    for place in random.integers(0, len(made) - 400, int(seconds * 9)):
        made[place : place + 400] += (
            random.uniform(0.05, 0.4) * random.normal(0, 1, 400) * np.exp(-np.arange(400) / 60)
        )
    return stereo(made)


def birds(seconds: float) -> Sound:
    """Chirps: short glides between 2 and 5 kHz."""
    random = np.random.default_rng(11)
    made = 0.003 * random.normal(0, 1, round(seconds * RATE_HZ))
    for at in np.cumsum(random.exponential(0.35, int(seconds * 2.5))):
        length = random.uniform(0.05, 0.2)
        place, count = round(at * RATE_HZ), round(length * RATE_HZ)
        if place + count >= len(made):
            break
        glide = np.linspace(random.uniform(2000, 5000), random.uniform(2000, 5000), count)
        tone = np.sin(2 * np.pi * np.cumsum(glide) / RATE_HZ) * np.hanning(count)
        made[place : place + count] += 0.1 * tone
    return stereo(made)


def hum(seconds: float) -> Sound:
    """A room with a fluorescent lamp: 100 Hz and its harmonics, steady, and air."""
    at = clock(seconds)
    tone = sum(np.sin(2 * np.pi * 100 * n * at) / n**1.5 for n in range(1, 9))
    return 0.02 * stereo(tone) + 0.01 * stereo(hiss(seconds, 100, 5000, 12))


EFFECTS: dict[str, Callable[[float], Sound]] = {
    "rain": rain,
    "wind": wind,
    "engine": engine,
    "siren": siren,
    "steps": steps,
    "blows": blows,
    "crackle": crackle,
    "birds": birds,
    "hum": hum,
}
