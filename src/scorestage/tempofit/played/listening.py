"""Onsets heard in a recording: taps, claps and clicks to the sample, music by its spectrum.

Music: the rise of the spectrum in bands of a quarter octave, each compared with the loudest of its
neighbours a little before, so that vibrato is no onset (after Böck and Widmer, "Maximum filter
vibrato suppression for onset detection", 2013). Each onset is then placed where the sound itself
begins to rise.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from scipy.ndimage import maximum_filter1d, uniform_filter1d
from scipy.signal import stft

from scorestage.errors import FitError
from scorestage.tempofit.played.tracking import Onsets
from scorestage.tempofit.played.ways import FRAMES_A_SECOND, Floats

Samples = npt.NDArray[np.floating]

QUIET_DB = -60.0
TAP_APART_SECONDS = 0.09
"""Two attacks nearer than this are one tap and its bounce."""
BLOCK_SECONDS = 0.002
LOUD = 0.12
"""Softer than this share of the loud ones, nothing is a tap."""
TAP_RISE = 4.0
"""How much louder than just before an attack is."""
LOWEST_HZ, BANDS_AN_OCTAVE = 55.0, 4
WINDOW_SECONDS = 0.046
BEFORE_FRAMES = 2


def taps_in_sound(sound: Samples, rate_hz: int) -> tuple[Floats, Floats]:
    """Seconds and strengths (0 to 1) of taps, claps or clicks in mono sound, to the sample.

    `sound` is of shape (samples,), full scale 1. Raises `FitError` where nothing is struck.
    """
    level: Floats = np.abs(np.asarray(sound, dtype=np.float64))
    if level.size == 0 or level.max() <= 10 ** (QUIET_DB / 20):
        raise FitError("the recording is silent", do="check which channel the taps are on")
    block = max(1, round(rate_hz * BLOCK_SECONDS))
    struck = _struck_blocks(level, block)
    if not struck:
        raise FitError("nothing is struck in the recording", do="is it music? Say: map follow")
    seconds, peaks = [], []
    for number in struck:
        start = max(0, (number - 2) * block)
        window = level[start : start + round(0.03 * rate_hz)]
        peaks.append(float(window.max()))
        seconds.append((start + int(np.argmax(window >= 0.25 * peaks[-1]))) / rate_hz)
    return np.array(seconds), 0.5 + 0.5 * np.array(peaks) / max(peaks)


def _struck_blocks(level: Floats, block: int) -> list[int]:
    """Blocks in which the level jumps well above what was just before, bounces left out."""
    count = len(level) // block
    peaks = level[: count * block].reshape(count, block).max(axis=1)
    floor = 10 ** (QUIET_DB / 20) * float(level.max())
    before = np.concatenate([np.full(3, floor), uniform_filter1d(peaks, 10, origin=4)[:-3]])
    loud = peaks > LOUD * float(np.quantile(peaks, 0.999) if count > 50 else peaks.max())
    jumps = loud & (peaks > TAP_RISE * np.maximum(before, floor))
    found: list[int] = []
    for number in np.flatnonzero(jumps):
        if not found or number - found[-1] >= TAP_APART_SECONDS / BLOCK_SECONDS:
            found.append(int(number))
    return found


def onsets_in_sound(sound: Samples, rate_hz: int) -> Onsets:
    """Onset strength and onsets of music in mono sound of shape (samples,), full scale 1."""
    music = np.asarray(sound, dtype=np.float64)
    if music.size < rate_hz or np.abs(music).max() <= 10 ** (QUIET_DB / 20):
        raise FitError("the recording is silent or shorter than a second", do="give the whole take")
    rise, hop = _rise(music, rate_hz)
    frames = np.arange(math.ceil(len(music) / rate_hz * FRAMES_A_SECOND))
    strength = np.interp(frames, np.arange(len(rise)) * hop * FRAMES_A_SECOND / rate_hz, rise)
    seconds, weights = _picked(strength, music, rate_hz)
    return Onsets(strength, seconds, weights)


def _rise(music: Floats, rate_hz: int) -> tuple[Floats, int]:
    """How much the bands of the spectrum rise from frame to frame, and the hop in samples."""
    length = 1 << round(math.log2(rate_hz * WINDOW_SECONDS))
    hop = max(1, round(rate_hz / FRAMES_A_SECOND))
    _, _, spectrum = stft(music, rate_hz, "hann", length, length - hop, boundary="zeros")
    bands = _bands(rate_hz, length) @ np.abs(spectrum)
    level = np.log1p(bands * (400.0 / max(1e-9, float(np.quantile(bands, 0.99)))))
    widest = maximum_filter1d(level, 3, axis=0)
    rise = np.maximum(level[:, BEFORE_FRAMES:] - widest[:, :-BEFORE_FRAMES], 0.0).sum(axis=0)
    return np.concatenate([np.zeros(BEFORE_FRAMES), rise]), hop


def _bands(rate_hz: int, length: int) -> Floats:
    """Triangles a quarter octave apart over the bins of the spectrum."""
    top = min(16_000.0, rate_hz * 0.45)
    count = int(math.log2(top / LOWEST_HZ) * BANDS_AN_OCTAVE)
    centres = LOWEST_HZ * 2 ** (np.arange(-1, count + 2) / BANDS_AN_OCTAVE)
    hertz = np.fft.rfftfreq(length, 1 / rate_hz)
    found = []
    for low, middle, high in zip(centres, centres[1:], centres[2:], strict=False):
        up = (hertz - low) / (middle - low)
        down = (high - hertz) / (high - middle)
        weights = np.clip(np.minimum(up, down), 0.0, None)
        if weights.sum() > 0:
            found.append(weights / weights.sum())
    return np.array(found)


def _picked(strength: Floats, music: Floats, rate_hz: int) -> tuple[Floats, Floats]:
    """Peaks of the strength above their surroundings, each placed where the sound rises."""
    around = uniform_filter1d(strength, FRAMES_A_SECOND // 2)
    threshold = 1.4 * around + 0.25 * float(strength.std())
    top = maximum_filter1d(strength, 7)
    picked = np.flatnonzero((strength >= top) & (strength > threshold))
    if not len(picked):
        raise FitError("the take has no onsets: nothing is struck in it", do="tap the beat")
    seconds = np.array([_placed(int(frame), music, rate_hz) for frame in picked])
    weights = strength[picked] / max(1e-9, float(np.quantile(strength[picked], 0.9)))
    order = np.argsort(seconds, kind="stable")
    return seconds[order], np.minimum(1.0, weights[order])


def _placed(frame: int, music: Floats, rate_hz: int) -> float:
    """The moment near a frame where the sound's level rises most steeply, in seconds."""
    step = max(1, round(rate_hz * 0.002))
    middle = frame * rate_hz // FRAMES_A_SECOND
    start = max(0, middle - round(0.05 * rate_hz))
    window = music[start : middle + round(0.04 * rate_hz)]
    count = len(window) // step
    if count < 12:
        return frame / FRAMES_A_SECOND
    energy = (window[: count * step].reshape(count, step) ** 2).mean(axis=1)
    level = np.log(energy + 1e-4 * float(energy.max()) + 1e-12)
    width = 5
    rising = np.array(
        [
            level[at : at + width].mean() - level[max(0, at - width) : at].mean()
            for at in range(width, count - width)
        ]
    )
    if rising.max() < 0.3:
        return frame / FRAMES_A_SECOND
    return (start + (width + int(np.argmax(rising))) * step) / rate_hz
