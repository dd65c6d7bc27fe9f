"""The sound effects, each made from nothing: noise, bells, thuds, water, weather.

Every effect is a function of its length in samples and a random generator, and gives (samples,)
of mono sound of any size; the mix sets its peak.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

RATE_HZ = 48_000

Mono = NDArray[np.float64]
Maker = Callable[[int, np.random.Generator], Mono]


def band(sound: Mono, low_hz: float, high_hz: float, order: int = 2) -> Mono:
    """The sound between two frequencies."""
    sos = butter(order, (low_hz, high_hz), "bandpass", fs=RATE_HZ, output="sos")
    return np.asarray(sosfilt(sos, sound))


def below(sound: Mono, high_hz: float, order: int = 2) -> Mono:
    """The sound below a frequency."""
    return np.asarray(sosfilt(butter(order, high_hz, "lowpass", fs=RATE_HZ, output="sos"), sound))


def _seconds(count: int) -> Mono:
    return np.arange(count) / RATE_HZ


def _dying(count: int, half_seconds: float) -> Mono:
    return np.asarray(0.5 ** (_seconds(count) / half_seconds))


def _swell(count: int, rise: float = 0.3) -> Mono:
    """Up over a share of the length and down over the rest."""
    at = np.linspace(0, 1, count)
    shape = np.where(at < rise, at / rise, (1 - at) / (1 - rise))
    return np.asarray(np.sin(np.pi / 2 * shape) ** 2)


def bell(count: int, pitch_hz: float, half_seconds: float = 0.22) -> Mono:
    """A small glass bell: a few partials that are not quite whole numbers."""
    t = _seconds(count)
    partials = ((1.0, 1.0, 1.0), (2.01, 0.42, 0.7), (3.9, 0.22, 0.4), (5.43, 0.12, 0.25))
    tone = sum(
        level * np.sin(2 * np.pi * pitch_hz * ratio * t) * 0.5 ** (t / (half_seconds * long))
        for ratio, level, long in partials
    )
    return np.asarray(tone) * np.minimum(1.0, t / 0.002)


def _bells(notes: tuple[tuple[float, float, float], ...]) -> Maker:
    """Bells at (seconds, Hz, level)."""

    def make(count: int, rng: np.random.Generator) -> Mono:
        del rng
        out = np.zeros(count)
        for at, pitch_hz, level in notes:
            start = round(at * RATE_HZ)
            if start < count:
                out[start:] += level * bell(count - start, pitch_hz)
        return out

    return make


def _sparkle(count: int, rng: np.random.Generator) -> Mono:
    out = np.zeros(count)
    scale = (1568.0, 1760.0, 2093.0, 2349.3, 2637.0, 3136.0, 3520.0)
    for k in range(count * 9 // RATE_HZ):
        start = int((k + rng.uniform(0, 0.7)) * RATE_HZ / 9)
        if start < count - 600:
            tone = bell(count - start, scale[int(rng.integers(0, 7))], 0.09)
            out[start:] += tone * rng.uniform(0.3, 1.0)
    return out


def _gull(count: int, rng: np.random.Generator) -> Mono:
    out = np.zeros(count)
    start = 0
    while start < count - 9000:
        long = int(rng.uniform(0.16, 0.26) * RATE_HZ)
        piece = min(long, count - start)
        at = np.linspace(0, 1, piece)
        pitch = 1350 + 520 * np.sin(np.pi * at**0.6) - 350 * at
        phase = 2 * np.pi * np.cumsum(pitch) / RATE_HZ
        cry = np.sin(phase) + 0.5 * np.sin(2 * phase) + 0.3 * np.sin(3 * phase)
        rough = 1 + 0.35 * np.sin(2 * np.pi * 62 * at * piece / RATE_HZ)
        out[start : start + piece] += cry * rough * np.sin(np.pi * at) ** 0.7
        start += long + int(rng.uniform(0.04, 0.1) * RATE_HZ)
    return out


def _wings(count: int, rng: np.random.Generator) -> Mono:
    t = _seconds(count)
    beat = 0.5 + 0.5 * np.sin(2 * np.pi * 46 * t + 2 * np.sin(2 * np.pi * 1.7 * t))
    hush = 0.6 + 0.4 * np.sin(2 * np.pi * 0.9 * t)
    air = band(rng.standard_normal(count), 700, 2600)
    return np.asarray(air * beat * hush * _swell(count, 0.5))


def _squeak(count: int, rng: np.random.Generator) -> Mono:
    at = np.linspace(0, 1, count)
    pitch = rng.uniform(1900, 2300) + 500 * np.sin(np.pi * at)
    tone = np.sin(2 * np.pi * np.cumsum(pitch) / RATE_HZ)
    cloth = band(rng.standard_normal(count), 2500, 7000)
    return np.asarray((0.3 * tone + 0.5 * cloth) * np.sin(np.pi * at) ** 2)


def _fold(count: int, rng: np.random.Generator) -> Mono:
    crackle = rng.standard_normal(count) * (rng.random(count) < 0.12)
    slide = band(rng.standard_normal(count), 2200, 9000) * _swell(count, 0.4)
    return band(crackle, 1500, 10_000) * _swell(count, 0.25) + 0.5 * slide


def _pop(count: int, rng: np.random.Generator) -> Mono:
    t = _seconds(count)
    drum = np.sin(2 * np.pi * np.cumsum(180 + 420 * 0.5 ** (t / 0.012)) / RATE_HZ) * _dying(
        count, 0.03
    )
    return np.asarray(
        drum + 0.6 * band(rng.standard_normal(count), 1500, 8000) * _dying(count, 0.012)
    )


def _plop(count: int, rng: np.random.Generator) -> Mono:
    out = np.zeros(count)
    for at, low, level in ((0.0, 330, 1.0), (0.09, 520, 0.4), (0.16, 640, 0.25), (0.3, 480, 0.2)):
        start = round(at * RATE_HZ)
        t = _seconds(count - start)
        pitch = low * (1 + 0.9 * (1 - 0.5 ** (t / 0.05)))
        out[start:] += level * np.sin(2 * np.pi * np.cumsum(pitch) / RATE_HZ) * 0.5 ** (t / 0.035)
    return out + 0.12 * band(rng.standard_normal(count), 900, 5000) * _dying(count, 0.1)


def _click(count: int, rng: np.random.Generator) -> Mono:
    ring = np.sin(2 * np.pi * 2100 * _seconds(count)) * _dying(count, 0.006)
    return np.asarray(ring + band(rng.standard_normal(count), 1000, 6000) * _dying(count, 0.004))


def _static(count: int, rng: np.random.Generator) -> Mono:
    t = _seconds(count)
    hiss = band(rng.standard_normal(count), 500, 3800)
    fade = 0.6 + 0.4 * np.sin(2 * np.pi * 0.7 * t + 1.0) * np.sin(2 * np.pi * 0.31 * t)
    crackle = band(rng.standard_normal(count) * (rng.random(count) < 0.0006) * 30, 800, 4000)
    hum = 0.25 * np.sin(2 * np.pi * 100 * t)
    return np.asarray(hiss * fade + crackle + hum)


def _rattle(count: int, rng: np.random.Generator) -> Mono:
    out = np.zeros(count)
    for start in range(0, count - 2000, RATE_HZ // 12):
        shift = start + int(rng.integers(0, 900))
        out[shift:] += bell(count - shift, 3300 + rng.uniform(-90, 90), 0.01) * rng.uniform(0.3, 1)
    return out


def _thunder(count: int, rng: np.random.Generator) -> Mono:
    rumble = below(rng.standard_normal(count), 130, 4)
    rolls = below(np.abs(rng.standard_normal(count)), 5, 2)
    t = _seconds(count)
    return np.asarray(rumble * rolls * np.minimum(1, t / 0.25) * 0.5 ** (t / 0.9))


def _gust(count: int, rng: np.random.Generator) -> Mono:
    noise = rng.standard_normal(count)
    t = _seconds(count)
    high = 0.5 + 0.5 * np.sin(2 * np.pi * 0.45 * t + rng.uniform(0, 6))
    low = band(noise, 180, 520) * 1.4
    whistle = band(noise, 560, 760, 3) * 2.2
    return np.asarray((low * (0.6 + 0.4 * high) + whistle * high**2) * _swell(count, 0.4))


def _crash(count: int, rng: np.random.Generator) -> Mono:
    noise = rng.standard_normal(count)
    return np.asarray(
        below(noise, 300) * 3 * _swell(count, 0.22)
        + band(noise, 600, 6000) * 0.6 * _swell(count, 0.34) ** 2
    )


def _slam(count: int, rng: np.random.Generator) -> Mono:
    t = _seconds(count)
    boom = np.sin(2 * np.pi * np.cumsum(52 + 70 * 0.5 ** (t / 0.02)) / RATE_HZ) * _dying(
        count, 0.085
    )
    wood = band(rng.standard_normal(count), 140, 1400) * _dying(count, 0.028) * 1.6
    latch = np.zeros(count)
    start = round(0.055 * RATE_HZ)
    latch[start:] = 0.35 * _click(count - start, rng)
    return np.asarray(boom * 1.3 + wood + latch)


def _step(count: int, rng: np.random.Generator) -> Mono:
    t = _seconds(count)
    pitch = rng.uniform(290, 360)
    ring = np.sin(2 * np.pi * pitch * t) + 0.6 * np.sin(2 * np.pi * pitch * 2.76 * t)
    thud = band(rng.standard_normal(count), 100, 900) * _dying(count, 0.012) * 2
    return np.asarray(ring * _dying(count, 0.05) * 0.5 + thud)


def _clunk(count: int, rng: np.random.Generator) -> Mono:
    t = _seconds(count)
    iron = sum(
        np.sin(2 * np.pi * f * t) * 0.5 ** (t / h)
        for f, h in ((143, 0.06), (411, 0.05), (968, 0.03), (1730, 0.018))
    )
    return np.asarray(iron + band(rng.standard_normal(count), 200, 3000) * _dying(count, 0.01) * 2)


def _sparks(count: int, rng: np.random.Generator) -> Mono:
    bursts = rng.standard_normal(count) * (rng.random(count) < 0.01) * 6
    buzz = np.sign(np.sin(2 * np.pi * 100 * _seconds(count))) * band(
        rng.standard_normal(count), 2000, 9000
    )
    return np.asarray((band(bursts, 1800, 12_000) + 0.4 * buzz) * _swell(count, 0.3))


def _lightning(count: int, rng: np.random.Generator) -> Mono:
    t = _seconds(count)
    noise = rng.standard_normal(count)
    crack = band(noise, 900, 12_000) * _dying(count, 0.03) * 2.2
    for at, level in ((0.045, 0.8), (0.11, 0.7), (0.19, 0.45)):
        start = round(at * RATE_HZ)
        crack[start:] += level * noise[start:] * _dying(count - start, 0.018)
    boom = np.sin(2 * np.pi * np.cumsum(34 + 46 * 0.5 ** (t / 0.06)) / RATE_HZ) * _dying(
        count, 0.35
    )
    roll = below(noise, 190, 3) * 7 * 0.5 ** (t / 0.55) * np.minimum(1, t / 0.02)
    return np.asarray(crack + 1.5 * boom + roll)


def _ignite(count: int, rng: np.random.Generator) -> Mono:
    at = np.linspace(0, 1, count)
    whoosh = band(rng.standard_normal(count), 250, 2600) * np.sin(np.pi * at**0.5) ** 2
    glow = (
        sum(np.sin(2 * np.pi * f * _seconds(count)) for f in (220.0, 330.0, 440.5))
        * at
        * (1 - at) ** 2
    )
    return np.asarray(whoosh + 0.9 * glow)


def _hum(count: int, rng: np.random.Generator) -> Mono:
    del rng
    t = _seconds(count)
    beat = 0.8 + 0.2 * np.sin(2 * np.pi * 0.8 * t)
    tone = sum(
        level * np.sin(2 * np.pi * f * t)
        for f, level in ((110.0, 1.0), (165.3, 0.5), (220.0, 0.35))
    )
    return np.asarray(tone * beat * np.minimum(1, np.minimum(t, t[::-1]) / 0.15))


def _sweep(count: int, rng: np.random.Generator) -> Mono:
    t = _seconds(count)
    tone = np.sin(2 * np.pi * np.cumsum(140 + 60 * np.sin(np.pi * t / t[-1])) / RATE_HZ)
    air = band(rng.standard_normal(count), 300, 1500)
    return np.asarray((air + 0.5 * tone) * _swell(count, 0.55))


def _horn(count: int, rng: np.random.Generator) -> Mono:
    del rng
    t = _seconds(count)
    out = np.zeros(count)
    for start, end in ((0.0, 0.8), (1.0, 2.4)):
        gate = np.clip(np.minimum(t - start, end - t) / 0.12, 0, 1)
        tone = sum(np.sin(2 * np.pi * 98 * k * t) / k**1.3 for k in range(1, 9))
        out += gate * np.asarray(tone)
    return below(out, 700)


MAKERS: dict[str, Maker] = {
    "chime": _bells(((0.0, 1318.5, 1.0), (0.13, 1760.0, 0.9), (0.27, 2217.5, 0.8))),
    "chime_high": _bells(((0.0, 2217.5, 0.7), (0.1, 2637.0, 0.9), (0.34, 2217.5, 0.5))),
    "chime_low": _bells(((0.0, 1046.5, 1.0), (0.2, 987.8, 0.7))),
    "chime_rise": _bells(
        tuple(
            (0.09 * k, 880.0 * 2 ** (n / 12), 0.6 + 0.05 * k)
            for k, n in enumerate((0, 4, 7, 9, 12, 16, 19, 24))
        )
    ),
    "click": _click,
    "clunk": _clunk,
    "crash": _crash,
    "fold": _fold,
    "gull": _gull,
    "gust": _gust,
    "horn": _horn,
    "hum": _hum,
    "ignite": _ignite,
    "lightning": _lightning,
    "plop": _plop,
    "pop": _pop,
    "rattle": _rattle,
    "slam": _slam,
    "sparkle": _sparkle,
    "sparks": _sparks,
    "squeak": _squeak,
    "static": _static,
    "step": _step,
    "sweep": _sweep,
    "thunder_far": _thunder,
    "wings": _wings,
}
