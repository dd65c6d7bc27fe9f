"""The beat of a take that nobody has counted: found from its onsets, or refused.

Dynamic programming over (frame, length of the last beat): a way through the take gathers the onset
strength on its beats and pays for every change of its beat's length (after Ellis, "Beat Tracking by
Dynamic Programming", 2007, which has one length for all; here the length may breathe with the
player). How sure it is, is told against chance: the same search over the same onsets in shuffled
order.
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
TIGHT = 0.025
"""A change of the beat's length by so much (as a logarithm) costs a point."""
FEWEST_BEATS = 6
SHUFFLES = 8
CHANCE_SECONDS = 40
LOOSE = 0.35
"""How far (as a logarithm) the lengths from onset to onset are changed where chance is asked."""
SURE = 0.75
"""Below this, no map is made: the beat is not guessed."""


@dataclass(frozen=True, slots=True, eq=False)
class Onsets:
    """Onset strength over time: `strength` per frame of 1/100 s, and the exact onsets behind it."""

    strength: Floats
    seconds: Floats
    weights: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Pulse:
    """Beats found, how sure each is (0 to 1), and how sure the whole is.

    `confidence` is how far the search did better than on the same onsets in random order, 0 to 1.
    """

    beats_seconds: Floats
    sure: Floats
    confidence: float


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


def onsets_of(seconds: Floats, weights: Floats) -> Onsets:
    """Onsets at known moments (of notes) as a strength over time: each a bell of 20 ms."""
    if len(seconds) == 0:
        raise FitError("the take has no onsets: nothing is struck in it", do="tap the beat")
    count = math.ceil((float(seconds.max()) + 1.0) * FRAMES_A_SECOND) + 1
    strength = np.zeros(count)
    reach = 6
    for at, weight in zip(seconds, weights, strict=True):
        centre = at * FRAMES_A_SECOND
        first = max(0, int(centre) - reach)
        frames = np.arange(first, min(count, int(centre) + reach + 1))
        bell = weight * np.exp(-0.5 * ((frames - centre) / 2.0) ** 2)
        strength[frames] = np.maximum(strength[frames], bell)
    return Onsets(strength, seconds, weights)


def find_pulse(onsets: Onsets, wish: TempoRange | None = None, seed: int = 1) -> Pulse:
    """The beat of a take; `FitError` where it keeps none that chance would not keep as well."""
    wish = wish or TempoRange()
    if len(onsets.seconds) < FEWEST_BEATS:
        raise FitError(
            f"{len(onsets.seconds)} onsets are too few to find a beat in", do="tap the beat"
        )
    frames, score = _tracked(_levelled(onsets.strength), wish)
    confidence = _confidence(onsets, wish, score, seed)
    if len(frames) < FEWEST_BEATS or confidence < SURE:
        raise FitError(
            f"the take keeps no beat that is surer than chance (confidence {confidence:.2f}, "
            f"{SURE} is needed)",
            do="tap the beat, or give the score that is played",
        )
    return _settled(frames, onsets, confidence)


def _levelled(strength: Floats) -> Floats:
    """The strength about its mean, loud and soft passages brought nearer to each other."""
    loud = np.sqrt(np.maximum(strength, 0.0))
    width = 6 * FRAMES_A_SECOND
    window = np.hanning(width + 1)
    padded = np.pad(loud**2, width // 2, mode="reflect" if len(loud) > width else "edge")
    local = np.sqrt(np.convolve(padded, window / window.sum(), mode="valid")[: len(loud)])
    level = loud / np.maximum(local, 0.25 * float(np.sqrt(np.mean(loud**2))) + 1e-12)
    centred: Floats = level - level.mean()
    return centred / max(1e-9, float(centred.std()))


def _tracked(strength: Floats, wish: TempoRange) -> tuple[Ints, float]:
    """Beats (frames) on the best way through, and its points a second."""
    shortest = max(2, int(60 * FRAMES_A_SECOND / wish.highest_bpm))
    longest = max(shortest + 2, math.ceil(60 * FRAMES_A_SECOND / wish.lowest_bpm))
    lags = np.arange(shortest, longest + 1)
    octaves = np.log2(60 * FRAMES_A_SECOND / lags / wish.wish_bpm) / SPREAD
    # A way of few slow beats gathers less than one of many: what counts is what a second brings.
    value = strength[:, None] * np.sqrt(lags / FRAMES_A_SECOND)[None, :]
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
    return np.array(frames[::-1]), total / (count / FRAMES_A_SECOND)


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


def _confidence(onsets: Onsets, wish: TempoRange, score: float, seed: int) -> float:
    """How far the way found is above those through onsets that keep no beat (logistic).

    These have the same lengths from onset to onset and the same strengths, shuffled, and each
    length changed by chance, so that no grid is left under them.
    """
    generator = np.random.default_rng(seed)
    order = np.argsort(onsets.seconds)
    gaps = np.diff(onsets.seconds[order])
    weights = onsets.weights[order]
    count = max(FEWEST_BEATS, round(min(1.0, CHANCE_SECONDS / max(gaps.sum(), 1e-9)) * len(gaps)))
    chance = []
    for _ in range(SHUFFLES):
        mixed = generator.permutation(gaps)[:count]
        loose = mixed * np.exp(generator.normal(0, LOOSE, len(mixed)))
        loose *= mixed.sum() / loose.sum()
        strengths = generator.permutation(weights)[:count]
        shuffled = onsets_of(np.cumsum(loose)[: len(strengths)], strengths)
        chance.append(_tracked(_levelled(shuffled.strength), wish)[1])
    mean, spread = float(np.mean(chance)), float(np.std(chance, ddof=1))
    return 1 / (1 + math.exp(-((score - mean) / max(spread, 0.04 * abs(mean) + 1e-6) - 2.0)))


def _settled(frames: Ints, onsets: Onsets, confidence: float) -> Pulse:
    """Each beat on the onset near it, sure where there is a strong one; others stay between."""
    seconds = frames / FRAMES_A_SECOND
    moved, sure = seconds.copy(), np.zeros(len(frames))
    typical = float(np.median(onsets.weights))
    for number, at in enumerate(seconds):
        near = np.flatnonzero(np.abs(onsets.seconds - at) <= 0.06)
        if not len(near):
            continue
        closeness = np.exp(-0.5 * ((onsets.seconds[near] - at) / 0.03) ** 2)
        weights = onsets.weights[near] * closeness
        best = near[int(np.argmax(weights))]
        moved[number] = onsets.seconds[best]
        sure[number] = min(1.0, float(onsets.weights[best]) / max(typical, 1e-9))
    rising = np.concatenate([[True], np.diff(moved) > 0.05])
    return Pulse(moved[rising], sure[rising] * confidence, confidence)
