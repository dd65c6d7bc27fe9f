"""Which of the pulses in a take is its beat: the rival readings, and what speaks for each.

A tune goes as well with twice its beat, with half of it, with its off-beats or in threes. Each such
reading is laid over the whole take and judged by what a listener goes by: where the accents fall
(and where they do not), what lies empty, which parts of the beat explain the rest, whether the
beats themselves are struck by turns, and how usual the tempo is. The weights of this evidence make
shares of one out of it (a conditional logit, after McFadden 1974, with one share for "none of
these"); they were fitted to takes of known beat by `benchmarks/beat_readings.py`, which prints them
and how often a reading of each share is the right one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scorestage.tempofit.played.ways import Floats, TempoRange, Way

READINGS: dict[float, tuple[float, ...]] = {
    1 / 3: (0.0,),
    1 / 2: (0.0,),
    2 / 3: (0.0, 1 / 3),
    1.0: (0.0, 1 / 3, 1 / 2, 2 / 3),
    3 / 2: (0.0, 1 / 2, 1.0),
    2.0: (0.0, 1 / 2, 1.0, 3 / 2),
    3.0: (0.0, 1.0, 2.0),
    4.0: (0.0, 1.0, 2.0, 3.0),
}
"""Beats of a way that a reading's beat lasts, and where its first one may fall."""
EVIDENCE: dict[str, float] = {
    "usual tempo": 3.69,
    "beat over half": -0.22,
    "accents": 35.03,
    "by turns of 2": -1.97,
    "by turns of 3": -7.63,
    "by turns of 4": -0.63,
    "on beats": -8.49,
    "on quarters": 3.97,
    "on thirds": 3.49,
    "empty": -6.28,
    "beat over quarters": 2.93,
    "beat over thirds": 5.63,
    "uneven": -51.39,
}
"""What speaks for a reading, and by how much (see `_evidence`)."""
NONE_OF_THESE = 3.3
NEAR_SECONDS, NEAR_BEATS = 0.045, 1 / 9
"""An onset is on a place of the beat where it lies no farther from it."""
SAME_SECONDS, SAME_SHARE = 0.035, 0.9
FEWEST_BEATS = 4
SLACK = 0.03

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One reading of a take: its beats, the way it was found on, and its share of all (0 to 1)."""

    beats_seconds: Floats
    way: Way
    share: float

    @property
    def bpm(self) -> float:
        """Its usual tempo."""
        return float(60 / np.median(np.diff(self.beats_seconds)))


def readings_of(
    ways: Sequence[Way], seconds: Floats, weights: Floats, wish: TempoRange
) -> tuple[Reading, ...]:
    """All readings within the tempos asked for, the likeliest first; none twice."""
    kept: list[tuple[Floats, Way]] = []
    for way in ways:
        for beats in _laid(way.seconds):
            bpm = 60 / float(np.median(np.diff(beats)))
            low, high = wish.lowest_bpm * (1 - SLACK), wish.highest_bpm * (1 + SLACK)
            if low <= bpm <= high and not any(_same(beats, other) for other, _ in kept):
                kept.append((beats, way))
    if not kept:
        return ()
    told = np.array([_evidence(beats, seconds, weights, wish.wish_bpm) for beats, _ in kept])
    points = told @ np.array(list(EVIDENCE.values()))
    likely = np.exp(points - points.max())
    shares = likely / (likely.sum() + np.exp(NONE_OF_THESE - points.max()))
    found = [
        Reading(beats, way, float(share)) for (beats, way), share in zip(kept, shares, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: -one.share))


def evidence_of(
    readings: Sequence[Reading], seconds: Floats, weights: Floats, wish_bpm: float
) -> Floats:
    """What speaks for each reading: (readings, kinds of evidence), in the order of `EVIDENCE`."""
    rows = [_evidence(one.beats_seconds, seconds, weights, wish_bpm) for one in readings]
    return np.array(rows)


def relation(best: Reading, rival: Reading) -> str:
    """What a rival makes of the beat, in words."""
    ratio = rival.bpm / best.bpm
    named = {
        2.0: "twice as fast",
        0.5: "half as fast",
        1.5: "three beats in the time of two",
        2 / 3: "two beats in the time of three",
        3.0: "three times as fast",
        1 / 3: "a third as fast",
    }
    for at, words in named.items():
        if abs(ratio / at - 1) < 0.08:
            return words
    if abs(ratio - 1) >= 0.08:
        return "at another tempo"
    beats = best.beats_seconds
    places = np.interp(rival.beats_seconds, beats, np.arange(len(beats)))
    turn = np.angle(np.mean(np.exp(2j * np.pi * places))) / (2 * np.pi)
    if abs(turn) < 0.1:
        return "the same beat, counted otherwise in places"
    if abs(abs(turn) - 0.5) < 0.1:
        return "half a beat off"
    return f"{abs(turn):.2f} of a beat {'later' if turn > 0 else 'earlier'}"


def _laid(beats: Floats) -> list[Floats]:
    """All readings of one way, as beats."""
    found = []
    every = np.arange(len(beats))
    for step, phases in READINGS.items():
        for phase in phases:
            places = np.arange(phase, len(beats) - 1 + 1e-6, step)
            if len(places) >= FEWEST_BEATS:
                found.append(np.interp(places, every, beats))
    return found


def _same(one: Floats, other: Floats) -> bool:
    """Whether nearly all beats of one reading are beats of the other, and as many."""
    if abs(len(one) - len(other)) > 0.1 * len(one) + 1:
        return False
    near = np.abs(other[_nearest(other, one)] - one) < SAME_SECONDS
    return bool(near.mean() > SAME_SHARE)


def _nearest(grid: Floats, at: Floats) -> npt.NDArray[np.int64]:
    """Which place of a rising grid lies nearest to each moment."""
    after = np.clip(np.searchsorted(grid, at), 1, len(grid) - 1)
    before_is_nearer = np.abs(grid[after - 1] - at) <= np.abs(grid[after] - at)
    found: npt.NDArray[np.int64] = np.where(before_is_nearer, after - 1, after)
    return found


def _evidence(beats: Floats, seconds: Floats, weights: Floats, wish_bpm: float) -> Floats:
    """One row of `EVIDENCE`: each about -1 to 1, more is more like a beat where its weight is > 0.

    `usual tempo` in squared octaves from the wish; `beat over half` and `over quarters`, `over
    thirds`: how much more is struck on the beats than there; `accents`: the same of what is struck
    at all; `by turns`: how much every second (third, fourth) beat stands out; `on beats`, `on
    quarters`, `on thirds`: how much of the take falls there, chance taken off; `empty`: beats
    without an onset.
    """
    inside = (seconds >= beats[0] - NEAR_SECONDS) & (seconds <= beats[-1] + NEAR_SECONDS)
    if not inside.any():
        return np.zeros(len(EVIDENCE))
    struck = _Struck.of(beats, seconds[inside], weights[inside] / weights[inside].mean())
    beat, half = struck.at(0.0), struck.at(1 / 2)
    quarters = [struck.at(1 / 4), struck.at(3 / 4)]
    thirds = [struck.at(1 / 3), struck.at(2 / 3)]
    accent = _mean(beat.loudest[beat.loudest > 0], 0.0)
    off_accent = _mean(half.loudest[half.loudest > 0], 0.7 * accent)
    found = {
        "usual tempo": -(np.log2(60 / struck.beat_seconds / wish_bpm) ** 2),
        "beat over half": _over(beat.loudest.mean(), half.loudest.mean()),
        "accents": _over(accent, off_accent),
        "by turns of 2": _turns(beat.loudest, 2),
        "by turns of 3": _turns(beat.loudest, 3),
        "by turns of 4": _turns(beat.loudest, 4),
        "on beats": struck.explained(beat),
        "on quarters": struck.explained(beat, half, *quarters),
        "on thirds": struck.explained(beat, *thirds),
        "empty": float((beat.loudest == 0).mean()),
        "beat over quarters": _over(beat.loudest.mean(), _mean_of(quarters)),
        "beat over thirds": _over(beat.loudest.mean(), _mean_of(thirds)),
        "uneven": float(np.std(np.diff(np.log(np.diff(beats))))),
    }
    return np.array([found[name] for name in EVIDENCE])


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    """One place of every beat: the loudest onset on it (0 where none), which onsets are there."""

    loudest: Floats
    there: Flags


@dataclass(frozen=True, slots=True, eq=False)
class _Struck:
    """The onsets of a take against one reading; weights are 1 in the mean."""

    beats: Floats
    seconds: Floats
    weights: Floats
    beat_seconds: float

    @classmethod
    def of(cls, beats: Floats, seconds: Floats, weights: Floats) -> _Struck:
        return cls(beats, seconds, weights, float(np.median(np.diff(beats))))

    @property
    def near_seconds(self) -> float:
        return min(NEAR_SECONDS, self.beat_seconds * NEAR_BEATS)

    def at(self, phase: float) -> _Place:
        count = len(self.beats)
        places = np.arange(count if phase == 0 else count - 1) + phase
        grid = np.interp(places, np.arange(count), self.beats)
        near = _nearest(grid, self.seconds)
        there = np.abs(grid[near] - self.seconds) <= self.near_seconds
        loudest = np.zeros(len(grid))
        np.maximum.at(loudest, near[there], self.weights[there])
        return _Place(loudest, there)

    def explained(self, *places: _Place) -> float:
        """The share of all weight that falls on these places, chance taken off."""
        chance = min(0.95, 2 * self.near_seconds * len(places) / self.beat_seconds)
        there = np.logical_or.reduce([place.there for place in places])
        share = float(self.weights[there].sum() / self.weights.sum())
        return (share - chance) / (1 - chance)


def _over(more: float, less: float) -> float:
    """-1 to 1: by how much one mean is above another, as a share of both."""
    return float((more - less) / (more + less + 0.05))


def _turns(loudest: Floats, count: int) -> float:
    """How far the loudest of every `count` beats stands above the others."""
    if len(loudest) < 2 * count:
        return 0.0
    means = np.array([loudest[phase::count].mean() for phase in range(count)])
    top = float(means.max())
    return _over(top, (float(means.sum()) - top) / (count - 1))


def _mean(found: Floats, otherwise: float) -> float:
    return float(found.mean()) if len(found) else otherwise


def _mean_of(places: Sequence[_Place]) -> float:
    return float(np.mean([place.loudest.mean() for place in places]))
