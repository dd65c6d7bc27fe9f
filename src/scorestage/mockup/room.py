"""The hall: where a seat is heard from, its first reflections, and one tail shared by all.

A shoebox after Allen and Berkley's image sources (J. Acoust. Soc. Am. 65, 1979), first and
chosen second order; the tail is noise that decays faster the higher it is, always the same.
The direct sound is never late: the 2.9 ms a metre of the way to the microphones are taken off.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from scorestage.mockup.performance import SAMPLE_RATE_HZ, Audio, Performance

SPEED_OF_SOUND_M_PER_SECOND = 343.0
TAIL_SECONDS = 2.6
RT60_SECONDS = 1.8
_WIDTH_M, _DEPTH_M, _HEIGHT_M = 20.0, 22.0, 9.0
_MICROPHONE_M = (10.0, 6.0, 3.2)
_WALL_REFLECTS = 0.62
_WIDTH_KEPT = 0.45
"""Share of a sound's own stereo width that is kept once it has a seat."""
_BANDS_HZ_AND_DECAY = ((250.0, 1.15), (1_000.0, 1.0), (3_000.0, 0.82), (8_000.0, 0.52))
_TOP_DECAY = 0.3
_TAIL_SEED = 20
_LINE_TAIL_SHARE = 0.07


@dataclass(frozen=True, slots=True)
class Placed:
    """A player in the hall: what the microphones get at once, and what goes to the tail."""

    direct: Audio
    to_tail: Audio


def placed(sound: Audio, performance: Performance, rate_hz: int = SAMPLE_RATE_HZ) -> Placed:
    """Put a player's sound (samples, 2) on its seat: pan, distance, first reflections."""
    mono = (sound[:, 0] + sound[:, 1]) * np.float32(0.5)
    side = (sound[:, 0] - sound[:, 1]) * np.float32(_WIDTH_KEPT / 2)
    left, right = _pan_gains(performance.pan)
    sides = [left * mono + side, right * mono - side]
    if not performance.in_room:
        direct = np.stack(sides, axis=1)
        return Placed(direct, direct * np.float32(_LINE_TAIL_SHARE))
    far = _farther(mono, performance.distance_m, rate_hz)
    for delay, gains in _reflections(performance, rate_hz):
        late = far[: max(len(far) - delay, 0)]
        for channel, gain in zip(sides, gains, strict=True):
            channel[delay:] += np.float32(gain) * late
    share = _tail_share(performance.distance_m)
    to_tail = np.stack([(0.5 + 0.5 * gain) * share * far for gain in (left, right)], axis=1)
    return Placed(np.stack(sides, axis=1), to_tail.astype(np.float32, copy=False))


def with_tail(direct: Audio, to_tail: Audio, rate_hz: int = SAMPLE_RATE_HZ) -> Audio:
    """Direct sound plus its share of the hall's tail; the length stays."""
    wet = np.empty_like(direct)
    for channel in range(2):
        full = signal.oaconvolve(to_tail[:, channel], tail(rate_hz)[:, channel])
        wet[:, channel] = full[: len(direct)]
    return np.asarray(direct + wet, dtype=np.float32)


@lru_cache(maxsize=4)
def tail(rate_hz: int = SAMPLE_RATE_HZ) -> Audio:
    """The impulse response of the tail, (samples, 2): energy 1 per channel, RT60 1.8 s at 1 kHz."""
    count = round(TAIL_SECONDS * rate_hz)
    seconds = np.arange(count) / rate_hz
    noise = np.random.default_rng(_TAIL_SEED).standard_normal((count, 2))
    out = np.zeros((count, 2))
    rest = noise
    for edge_hz, share in _BANDS_HZ_AND_DECAY:
        low = signal.sosfilt(signal.butter(2, edge_hz, fs=rate_hz, output="sos"), rest, axis=0)
        out += low * _decay(seconds, share)
        rest = rest - low
    out += rest * _decay(seconds, _TOP_DECAY)
    grown = np.clip((seconds - 0.012) / 0.06, 0, 1)
    out *= (grown**2 * (3 - 2 * grown))[:, None]
    out = signal.sosfilt(signal.butter(1, 90, "highpass", fs=rate_hz, output="sos"), out, axis=0)
    return np.asarray(out / np.sqrt((out**2).sum(axis=0)), dtype=np.float32)


def _decay(seconds: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    return (10 ** (-3 * seconds / (RT60_SECONDS * share)))[:, None]


def _pan_gains(pan: float) -> tuple[np.float32, np.float32]:
    """Equal power, 1 for both in the middle."""
    angle = (pan + 1) * math.pi / 4
    root = math.sqrt(2)
    return np.float32(root * math.cos(angle)), np.float32(root * math.sin(angle))


def _tail_share(distance_m: float) -> np.float32:
    """The tail is as loud everywhere; the nearer a player, the more of them is direct."""
    return np.float32(0.20 + 0.028 * min(distance_m, 14.0))


def _farther(mono: NDArray[np.float32], distance_m: float, rate_hz: int) -> NDArray[np.float32]:
    """Air and walls take the top: a one-pole low-pass that closes with the way."""
    pole = math.exp(-2 * math.pi * (9_000.0 - 320.0 * min(distance_m, 14.0)) / rate_hz)
    return np.asarray(signal.lfilter([1 - pole], [1, -pole], mono), dtype=np.float32)


def _reflections(performance: Performance, rate_hz: int) -> list[tuple[int, tuple[float, float]]]:
    """Delay in samples after the direct sound, and gains left and right, of each reflection."""
    width = _WIDTH_M / 2
    x = width + performance.pan * min(performance.distance_m, width - 1)
    y = min(_MICROPHONE_M[1] + performance.distance_m, _DEPTH_M - 1)
    seat = (x, y, 1.2)
    direct = math.dist(seat, _MICROPHONE_M)
    found = []
    for image, bounces in _images(seat):
        way = math.dist(image, _MICROPHONE_M)
        delay = round((way - direct) / SPEED_OF_SOUND_M_PER_SECOND * rate_hz)
        gain = 0.5 * _WALL_REFLECTS**bounces * direct / way
        side = max(-1.0, min(1.0, (image[0] - _MICROPHONE_M[0]) / width))
        left, right = _pan_gains(side)
        found.append((max(delay, 1), (gain * float(left), gain * float(right))))
    return found


def _images(seat: tuple[float, float, float]) -> list[tuple[tuple[float, float, float], int]]:
    """The seat mirrored in the walls, the back wall, the ceiling, and two corners."""
    x, y, z = seat
    left, right = -x, 2 * _WIDTH_M - x
    back, front = 2 * _DEPTH_M - y, -y
    up = 2 * _HEIGHT_M - z
    return [
        ((left, y, z), 1),
        ((right, y, z), 1),
        ((x, back, z), 1),
        ((x, front, z), 1),
        ((x, y, up), 1),
        ((left, back, z), 2),
        ((right, back, z), 2),
        ((left, y, up), 2),
        ((right, y, up), 2),
    ]
