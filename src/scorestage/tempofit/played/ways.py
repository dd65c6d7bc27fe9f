"""Ways of beats through a take: dynamic programming over (frame, length of the last beat).

A way gathers the onset strength on its beats and pays for every change of its beat's length (after
Ellis, "Beat Tracking by Dynamic Programming", 2007, which has one length for all; here the length
may breathe with the player). A way may also gather on equal *parts* of each beat: then a tune that
is struck between the beats holds it to its grid as well as one struck on them, and it cannot slip
by half a beat on the way. Which of the parts is the beat, is asked afterwards (`levels`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scorestage.errors import FitError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FRAMES_A_SECOND = 100
SLOWEST_BPM, FASTEST_BPM = 40.0, 200.0
USUAL_BPM = 96.0
SPREAD = 0.8
"""How far (in octaves) a tempo lies from the usual one before it costs a point a beat."""
PARTS = (1, 2, 3)
"""On how many parts of a beat its notes may be struck, as ways are looked for."""
TIGHT = 0.025
"""A change of the beat's length by so much (as a logarithm) costs a point."""


@dataclass(frozen=True, slots=True)
class TempoRange:
    """Where the beat is looked for; `wish_bpm` settles between the beat and its half or double."""

    lowest_bpm: float = SLOWEST_BPM
    highest_bpm: float = FASTEST_BPM
    wish_bpm: float = USUAL_BPM

    def __post_init__(self) -> None:
        if not 10 <= self.lowest_bpm < self.highest_bpm <= 400:
            raise FitError(
                f"no beat can be looked for between {self.lowest_bpm:g} and "
                f"{self.highest_bpm:g} bpm",
                do="say for example 60:140",
            )


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """Beats (seconds) through a take on `parts` of a beat, and its points a second."""

    seconds: Floats
    parts: int
    points: float


def levelled(strength: Floats) -> Floats:
    """The strength about its mean, loud and soft passages brought nearer to each other."""
    loud = np.sqrt(np.maximum(strength, 0.0))
    width = 6 * FRAMES_A_SECOND
    window = np.hanning(width + 1)
    padded = np.pad(loud**2, width // 2, mode="reflect" if len(loud) > width else "edge")
    local = np.sqrt(np.convolve(padded, window / window.sum(), mode="valid")[: len(loud)])
    level = loud / np.maximum(local, 0.25 * float(np.sqrt(np.mean(loud**2))) + 1e-12)
    centred: Floats = level - level.mean()
    return centred / max(1e-9, float(centred.std()))


def best_way(strength: Floats, wish: TempoRange, parts: int = 1) -> Way:
    """The best way through a levelled strength, of beats that are struck on `parts` of them."""
    shortest = max(2, int(60 * FRAMES_A_SECOND / wish.highest_bpm))
    longest = max(shortest + 2, math.ceil(60 * FRAMES_A_SECOND / wish.lowest_bpm))
    lags = np.arange(shortest, longest + 1)
    octaves = np.log2(60 * FRAMES_A_SECOND / lags / wish.wish_bpm) / SPREAD
    # A way of few slow beats gathers less than one of many: what counts is what a second brings.
    value = _on_parts(strength, lags, parts) * np.sqrt(lags / FRAMES_A_SECOND)[None, :]
    best, onward, came = _gathered(value - 0.125 * octaves[None, :] ** 2, lags)
    count = len(strength)
    last = max(0, count - 2 * longest)
    frame = last + int(np.argmax(best[last:].max(axis=1)))
    lag = int(np.argmax(best[frame]))
    total = float(best[frame, lag])
    frames = [frame]
    while frame - lags[lag] >= 0:
        frame -= int(lags[lag])
        if onward[frame, lag] <= 0:
            break
        frames.append(frame)
        lag = int(came[frame, lag])
    seconds = np.array(frames[::-1]) / FRAMES_A_SECOND
    return Way(seconds, parts, total / (count / FRAMES_A_SECOND))


def _on_parts(strength: Floats, lags: Ints, parts: int) -> Floats:
    """What a beat that ends at each frame brings by its length: (frames, lengths)."""
    count = len(strength)
    value = np.repeat(strength[:, None], len(lags), axis=1)
    frames = np.arange(count)[:, None]
    for part in range(1, parts):
        before = frames - np.rint(lags * part / parts).astype(np.int64)[None, :]
        value += np.where(before >= 0, strength[np.maximum(before, 0)], 0.0)
    found: Floats = value / math.sqrt(parts)
    return found


def _gathered(value: Floats, lags: Ints) -> tuple[Floats, Floats, Ints]:
    """Forward over the frames: the best sum that ends on a beat of each length, the best that is
    handed on to a next beat of each length, and which length that came with.
    """
    count, lengths = value.shape
    cost = 0.5 * (np.log(lags[:, None] / lags[None, :]) / TIGHT) ** 2
    best = np.zeros((count, lengths))
    onward = np.zeros((count, lengths))
    came = np.zeros((count, lengths), dtype=np.int64)
    every = np.arange(lengths)
    for frame in range(count):
        known = lags <= frame
        gathered = np.zeros(lengths)
        gathered[known] = onward[frame - lags[known], every[known]]
        best[frame] = value[frame] + np.maximum(gathered, 0.0)
        options = best[frame][None, :] - cost
        came[frame] = np.argmax(options, axis=1)
        onward[frame] = options[every, came[frame]]
    return best, onward, came
