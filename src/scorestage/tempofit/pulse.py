"""The even pulses that hits lie near: tempos by their resonance, each then priced as a map."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scorestage.tempofit.ground import Floats, Ground, Ints
from scorestage.tempofit.steady import OneTempo, Option

BINS_A_UNIT = 3
"""Moments to a unit of the fastest pulse: hits are laid on them to be heard together."""
TURNS = 4
"""Tempos to a turn: over the whole cue, each gains a quarter of a unit on the one before."""
LOUDEST = 2
"""Pulses of each draw that are priced."""
BESIDE = (-1, 0, 1)
FINER = 3
"""Each priced with the tempos beside it, in thirds of the way to the next."""
STARTS = (0.0, 1 / 3, 2 / 3, 1.0)
"""Where bar 1 begins, of the lateness that is allowed."""
LOWER = np.float32(4.0)
"""What takes a tempo that is no peak below every one that is."""
BATCH = 64


@dataclass(frozen=True, slots=True)
class Pulses:
    """Points and misses of the best even pulse of each draw, however its last bar ends."""

    points: Floats
    missed: Floats


def even_pulses(ground: Ground, seconds: Floats) -> Pulses | None:
    """The best even pulse of every draw ([draw, point]); None where the cue holds no pulse.

    Tempos are sought finely and without regard to where the cue ends, so hits that were laid on
    the beats of one tempo are known by it.
    """
    length = float(seconds[:, -1].mean())
    per_second = BINS_A_UNIT * ground.highest
    size = _quick_size(max(16, math.ceil(TURNS * length * per_second)))
    first = math.ceil(ground.lowest * size / per_second)
    last = math.floor(ground.highest * size / per_second)
    if last < first or length * ground.lowest < 2:
        return None
    starts = tuple(dict.fromkeys(ground.start_late * share for share in STARTS))
    band = np.arange(first, last + 1)
    bins, begins = _loudest(ground, seconds, band * per_second / size, starts, (first, size))
    finer = ((bins + first)[..., None] * FINER + np.array(BESIDE)).clip(first * FINER, last * FINER)
    numbers = finer * len(starts) + begins[..., None]
    asked, chosen = np.unique(numbers.reshape(len(seconds), -1), return_inverse=True)
    options = []
    for number in asked.tolist():
        rate = number // len(starts) * per_second / size / FINER
        start = starts[number % len(starts)]
        bars = max(1, math.ceil(rate * (length - start) / ground.bar_units))
        options.append(Option(start, rate, bars * ground.bar_units))
    search = OneTempo(ground, seconds, tuple(options))
    away = np.log(search.rates / ground.wish) / ground.weights.wish_scale
    search.fixed = ground.weights.wish * away**2
    points, missed = search.with_bars(chosen.reshape(len(seconds), -1))
    row, best = np.arange(len(seconds)), points.argmin(axis=1)
    return Pulses(points[row, best], missed[row, best])


def _quick_size(least: int) -> int:
    """The least size of no prime factor above 5 that holds `least`: spectra of it are quick.

    >>> _quick_size(97), _quick_size(1025)
    (100, 1080)
    """
    size = least
    while True:
        rest = size
        for prime in (2, 3, 5):
            while rest % prime == 0:
                rest //= prime
        if rest == 1:
            return size
        size += 1


def _highest(peaks: npt.NDArray[np.float32], count: int) -> Ints:
    """Where the highest `count` numbers of every row are; they are taken out of it.

    >>> _highest(np.array([[3, 9, 1, 7]], dtype=np.float32), 2).tolist()
    [[1, 3]]
    """
    row, found = np.arange(len(peaks)), np.empty((len(peaks), count), dtype=np.int64)
    for number in range(count):
        found[:, number] = peaks.argmax(axis=1)
        peaks[row, found[:, number]] = -np.inf
    return found


def _loudest(
    ground: Ground, seconds: Floats, rates: Floats, starts: tuple[float, ...], at: tuple[int, int]
) -> tuple[Ints, Ints]:
    """[draw, pulse]: the tempos that most hits sound with, and the start that each is loudest at.

    `at` is where the tempos begin in the spectrum, and its size.
    """
    first, size = at
    per_second = BINS_A_UNIT * ground.highest
    hits = [number for number, point in enumerate(ground.points) if point.hit is not None]
    weight = np.array([ground.points[number].weight for number in hits], dtype=np.float32)
    turned = np.exp(2j * np.pi * np.outer(starts, rates)).astype(np.complex64)
    count = min(LOUDEST, len(rates))
    bins, begins = [], []
    for row in range(0, len(seconds), BATCH):
        moments = np.rint(seconds[row : row + BATCH, hits] * per_second).astype(np.int64)
        laid = np.zeros((len(moments), int(moments.max()) + 1), dtype=np.float32)
        np.add.at(laid, (np.arange(len(moments))[:, None], moments), weight / weight.sum())
        spectrum = np.fft.rfft(laid, size, axis=1)[:, first : first + len(rates)]
        real, imaginary = spectrum.real.copy(), spectrum.imag.copy()
        loud = [real * by.real - imaginary * by.imag for by in turned]
        heard = loud[0]
        for other in loud[1:]:
            heard = np.maximum(heard, other)
        peaks = heard.copy()
        falls, rises = heard[:, 1:] < heard[:, :-1], heard[:, :-1] < heard[:, 1:]
        peaks[:, 1:] -= LOWER * falls
        peaks[:, :-1] -= LOWER * rises
        best = _highest(peaks, count)
        bins.append(best)
        each = [np.take_along_axis(one, best, axis=1) for one in loud]
        begins.append(np.argmax(each, axis=0))
    return np.concatenate(bins), np.concatenate(begins)
