"""The beat of a take that nobody has counted: found from its onsets, or refused.

Ways of beats are laid through the take (`ways`), the rival readings of each are held against one
another over the whole of it (`levels`). How sure the beat is, is told against chance (the same
search over the same onsets in shuffled order) and against its rivals.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scorestage.errors import FitError
from scorestage.tempofit.played.alignment import PlayedNote
from scorestage.tempofit.played.levels import Reading, readings_of, relation
from scorestage.tempofit.played.ways import (
    FRAMES_A_SECOND,
    PARTS,
    Floats,
    TempoRange,
    Way,
    best_way,
    levelled,
)
from scorestage.timebase import FilmTime

FEWEST_BEATS = 6
SHUFFLES = 8
CHANCE_SECONDS = 40
LOOSE = 0.35
"""How far (as a logarithm) the lengths from onset to onset are changed where chance is asked."""
SURE = 0.75
"""Where a beat is no surer than this against chance, no map is made: it is not guessed."""
CLEAR = 0.95
NO_READING = 0.15
"""Nor where no reading of it has so large a share of the evidence."""
STRUCK = 0.5
"""A beat this sure is played; weaker ones at the ends are left out."""
TOGETHER_SECONDS = 0.025
"""A note no later than this after the last one is struck with it."""
BASS_KEY, BASS, MANY = 48, 1.1, 0.04
TOLD_SHARE = 0.08
"""Rivals with a smaller share of the evidence are not named."""


@dataclass(frozen=True, slots=True, eq=False)
class Onsets:
    """Onset strength over time: `strength` per frame of 1/100 s, and the exact onsets behind it."""

    strength: Floats
    seconds: Floats
    weights: Floats


@dataclass(frozen=True, slots=True)
class RivalBeat:
    """What the beat could be instead: its tempo, its share of the evidence (0 to 1), in words."""

    bpm: float
    share: float
    words: str


@dataclass(frozen=True, slots=True, eq=False)
class Pulse:
    """Beats found, how sure each is (0 to 1), how sure the whole is, and what it could be instead.

    `confidence` is how far the search did better than on the same onsets in random order, times
    the share of the evidence that this reading has among its rivals (twice or half as fast, between
    the beats, in threes): 0 to 1.
    """

    beats_seconds: Floats
    sure: Floats
    confidence: float
    rivals: tuple[RivalBeat, ...] = ()


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


def onsets_of_notes(notes: Sequence[PlayedNote], begins: FilmTime) -> Onsets:
    """The onsets of played notes, in seconds from `begins`: what is struck together is one.

    It lies where its notes lie in the mean, and is as strong as the loudest, a little more for
    each note, and for one in the bass.
    """
    ordered = sorted(notes, key=lambda one: one.at)
    at = np.array([float((one.at - begins).seconds) for one in ordered])
    starts = np.flatnonzero(np.diff(at, prepend=-np.inf) > TOGETHER_SECONDS)
    seconds, weights = [], []
    for first, last in zip(starts, [*starts[1:], len(at)], strict=True):
        struck = ordered[first:last]
        loudest = max(one.strength * (BASS if one.key < BASS_KEY else 1.0) for one in struck)
        seconds.append(float(at[first:last].mean()))
        weights.append(loudest + MANY * math.log2(1 + len(struck)))
    return onsets_of(np.array(seconds), np.array(weights))


def find_pulse(onsets: Onsets, wish: TempoRange | None = None, seed: int = 1) -> Pulse:
    """The beat of a take; `FitError` where it keeps none that chance would not keep as well."""
    wish = wish or TempoRange()
    if len(onsets.seconds) < FEWEST_BEATS:
        raise FitError(
            f"{len(onsets.seconds)} onsets are too few to find a beat in", do="tap the beat"
        )
    strength = levelled(onsets.strength)
    ways = [best_way(strength, wish, parts) for parts in PARTS]
    readings = readings_of(ways, onsets.seconds, onsets.weights, wish)
    best = readings[0] if readings else None
    surer = 0.0 if best is None else _surer_than_chance(onsets, wish, ways, best, seed)
    lost = best is None or len(best.beats_seconds) < FEWEST_BEATS
    if best is None or lost or surer < SURE or surer * best.share < NO_READING:
        raise FitError(
            f"the take keeps no beat that is surer than chance ({surer:.2f}, {SURE} is needed) "
            "and likelier than its half, its double and its off-beats",
            do="tap the beat, or give the score that is played",
        )
    return _settled(best, onsets, surer * best.share, _rivals(readings))


def _rivals(readings: tuple[Reading, ...]) -> tuple[RivalBeat, ...]:
    """What the beat could be instead, each relation once, the likeliest first."""
    shares: dict[str, float] = {}
    bpm: dict[str, float] = {}
    for one in readings[1:]:
        words = relation(readings[0], one)
        shares[words] = shares.get(words, 0.0) + one.share
        bpm.setdefault(words, one.bpm)
    told = [RivalBeat(bpm[words], share, words) for words, share in shares.items()]
    return tuple(
        sorted((one for one in told if one.share >= TOLD_SHARE), key=lambda one: -one.share)
    )


def _surer_than_chance(
    onsets: Onsets, wish: TempoRange, ways: Sequence[Way], best: Reading, seed: int
) -> float:
    """How sure it is that the take keeps a beat: by the way it was read on, else by two of three.

    A way alone may be lucky; where its own is not clear, the others are asked.
    """
    own = _against_chance(onsets, wish, best.way, seed)
    if own >= CLEAR:
        return own
    others = [_against_chance(onsets, wish, way, seed) for way in ways if way is not best.way]
    return float(np.median([own, *others]))


def _against_chance(onsets: Onsets, wish: TempoRange, way: Way, seed: int) -> float:
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
        chance.append(best_way(levelled(shuffled.strength), wish, way.parts).points)
    mean, spread = float(np.mean(chance)), float(np.std(chance, ddof=1))
    above = (way.points - mean) / max(spread, 0.04 * abs(mean) + 1e-6)
    return 1 / (1 + math.exp(-(above - 2.0)))


def _played(sure: Floats) -> slice:
    """From the first to the last beat that is sure enough; all where few would be left."""
    struck = np.flatnonzero(sure >= STRUCK)
    if len(struck) < FEWEST_BEATS or struck[-1] - struck[0] + 1 < FEWEST_BEATS:
        return slice(None)
    return slice(int(struck[0]), int(struck[-1]) + 1)


def _settled(
    best: Reading, onsets: Onsets, confidence: float, rivals: tuple[RivalBeat, ...]
) -> Pulse:
    """Each beat on the onset near it, sure where there is a strong one; others stay between.

    Beats before the first and after the last that is struck as others are, belong to what is heard
    of the room or rings out.
    """
    seconds = best.beats_seconds
    moved, sure = seconds.copy(), np.zeros(len(seconds))
    typical = float(np.median(onsets.weights))
    for number, at in enumerate(seconds):
        near = np.flatnonzero(np.abs(onsets.seconds - at) <= 0.06)
        if not len(near):
            continue
        closeness = np.exp(-0.5 * ((onsets.seconds[near] - at) / 0.03) ** 2)
        weights = onsets.weights[near] * closeness
        closest = near[int(np.argmax(weights))]
        moved[number] = onsets.seconds[closest]
        sure[number] = min(1.0, float(onsets.weights[closest]) / max(typical, 1e-9))
    inside = _played(sure)
    moved, sure = moved[inside], sure[inside]
    rising = np.concatenate([[True], np.diff(moved) > 0.05])
    return Pulse(moved[rising], sure[rising] * confidence, confidence, rivals)
