"""Dynamics laid over a player's flat sound: level, and with it brightness."""

from __future__ import annotations

import numpy as np
from scipy import signal

from scorestage.mockup.performance import Audio, Curve

_DARK_HZ = 1_500.0
_DARKEST, _BRIGHTEST = 0.72, -0.35
_DARK_PER_DB = 0.036
"""Share of the sound above 1.5 kHz taken away per dB below mf (given back above it)."""
_POINT_SAMPLES = 64


def shaped(flat: Audio, curve: Curve, rate_hz: int) -> Audio:
    """The flat sound with a curve's dynamics: softer is also darker, louder is brighter.

    The same for any synthesiser: gain, and a one-pole low-pass mixed in by the level itself.
    """
    if not curve.positions_samples or not len(flat):
        return flat
    points = np.arange(0, len(flat) + _POINT_SAMPLES, _POINT_SAMPLES)
    level_db = np.interp(points, curve.positions_samples, curve.gains_db)
    darkness = np.clip(-_DARK_PER_DB * level_db, _BRIGHTEST, _DARKEST)
    gain = _at_every_sample(10 ** (level_db / 20), len(flat))
    share = _at_every_sample(darkness, len(flat))
    pole = float(np.exp(-2 * np.pi * _DARK_HZ / rate_hz))
    out = np.empty_like(flat)
    for channel in range(flat.shape[1]):
        sound = np.ascontiguousarray(flat[:, channel])
        dark = signal.lfilter([1 - pole], [1, -pole], sound).astype(np.float32, copy=False)
        out[:, channel] = (sound - share * (sound - dark)) * gain
    return out


def _at_every_sample(points: np.ndarray, length: int) -> np.ndarray:
    steps = np.arange(_POINT_SAMPLES, dtype=np.float32) / np.float32(_POINT_SAMPLES)
    starts = points[:-1, None].astype(np.float32)
    rises = np.diff(points)[:, None].astype(np.float32)
    return (starts + rises * steps).reshape(-1)[:length]
