"""The hand on the fader: one gain for a whole cue by what is usual in it, eased where one hit tops.

A hit more or less changes the music around it and only there: the gain of the cue is that of the
music before its hits, and what stands above the ceiling is eased on the spot.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from scorestage.mockup.loudness import moments_lufs
from scorestage.mockup.performance import Audio

GAIN_STEP_DB = 1.0
"""Gains are taken from a scale, so that no small change of the music moves all of it."""
_MIDDLE, _SELDOM_ABOVE = 50, 75
"""Percentiles of the audible moments."""
_BLOCK_SECONDS = 0.4
_AUDIBLE_DB = -60.0
"""Below this, as performances are reckoned, nobody plays: rests and the hall."""
_BETWEEN_SAMPLES_DB = 1.0
_AHEAD_SECONDS, _BACK_DB_A_SECOND = 0.025, 12.0


def usual_lufs(audio: Audio, rate_hz: int) -> float:
    """The loudness of the middle one of all audible moments (0.4 s); -inf for silence."""
    moments = moments_lufs(audio, rate_hz)
    heard = moments[moments > _AUDIBLE_DB]
    return float(np.percentile(heard, _MIDDLE)) if len(heard) else -math.inf


def usual_peak_dbfs(audio: Audio, rate_hz: int) -> float:
    """The peak that three quarters of the audible moments keep below; -inf for silence."""
    level = np.abs(audio).max(axis=1) if len(audio) else np.zeros(0)
    width = round(_BLOCK_SECONDS * rate_hz)
    peaks = np.pad(level, (0, -len(level) % width)).reshape(-1, width).max(axis=1, initial=0.0)
    heard = peaks[peaks > 10 ** (_AUDIBLE_DB / 20)]
    return 20 * math.log10(float(np.percentile(heard, _SELDOM_ABOVE))) if len(heard) else -math.inf


def on_scale(gain_db: float) -> float:
    """The next gain of the scale that is not more.

    >>> on_scale(-4.2), on_scale(2.9), on_scale(-6.0)
    (-5.0, 2.0, -6.0)
    """
    return math.floor(gain_db / GAIN_STEP_DB + 1e-9) * GAIN_STEP_DB


def eased(audio: Audio, ceiling_dbfs: float, rate_hz: int) -> NDArray[np.float32]:
    """Gain over the file that keeps it below the ceiling: down 25 ms ahead, back by 12 dB a second.

    1 wherever nothing comes near the ceiling; the same curve is laid over every stem.
    """
    hop = rate_hz // 1000
    level = np.abs(audio).max(axis=1) if len(audio) else np.zeros(0)
    peaks = np.pad(level, (0, -len(level) % hop)).reshape(-1, hop).max(axis=1, initial=0.0)
    peaks = ndimage.maximum_filter1d(peaks, 3) if len(peaks) else peaks
    room_db = ceiling_dbfs - _BETWEEN_SAMPLES_DB - 20 * np.log10(peaks + 1e-12)
    ahead = round(_AHEAD_SECONDS * rate_hz / hop)
    needed_db = np.pad(np.minimum(room_db, 0.0), (ahead, ahead))
    lowest = np.lib.stride_tricks.sliding_window_view(needed_db, ahead + 1).min(axis=1)
    ramp = np.arange(len(lowest)) * (_BACK_DB_A_SECOND * hop / rate_hz)
    held_db = np.minimum(np.minimum.accumulate(lowest - ramp) + ramp, 0.0)
    smooth = np.lib.stride_tricks.sliding_window_view(held_db, ahead + 1).mean(axis=1)
    points = np.arange(len(smooth)) * hop
    curve = np.interp(np.arange(len(audio)), points, 10 ** (smooth / 20))
    return np.asarray(curve, dtype=np.float32)
