"""A theme laid against every line of a score at once: where it runs along, note by note.

Local alignment (Smith and Waterman, 1981) of moves: each move of the theme earns what it is worth
where the line makes it too, less where it makes a like one, and costs where it makes another. Notes
of the line may be passed over (ornaments), notes of the theme too (a thinned statement), and it
may begin and end anywhere (a fragment). All lines are searched in one sweep of whole arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from math import log2

import numpy as np
from numpy.typing import NDArray

from scorestage.thematics.recognition.habits import Habits
from scorestage.thematics.recognition.shape import SAME_PACE_BITS, Shape, pitch_bits, rhythm_bits
from scorestage.thematics.recognition.strands import Strand

MOST_PASSED = 4
"""How many notes of the line may lie between two notes of the theme."""
_BETWEEN = 10.0**6
_WIDEST, _FARTHEST = 24, 14
_PACE = 12
"""Distances in time are told apart by twelfths of an octave of their length."""
_SHORTEST, _LONGEST = -60, 72
_PASSED_BITS = 0.7
_DROPPED_SHARE = 0.6

WAYS = (
    *((1, 1 + passed, passed * _PASSED_BITS) for passed in range(MOST_PASSED + 1)),
    (2, 1, 0.0),
    (2, 2, _PASSED_BITS),
    (3, 1, 0.0),
)
"""Ways on: notes of the theme gone forward, notes of the line, and the cost in bits."""
STRICT_WAYS = (WAYS[0], WAYS[1], (2, 1, 0.0))
"""For guises that would find too much if notes could be passed over at will."""

_Floats = NDArray[np.float32]
_Codes = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Ear:
    """What the alignment listens to: how much wrong pitches and wrong rhythm may cost.

    A floor of -1 is in full earnest; near 0 it shuts its ear to that side.
    """

    pitch_floor: float = -1.0
    rhythm_floor: float = -1.0
    pitch_share: float = 1.0
    rhythm_share: float = 1.0
    ways: tuple[tuple[int, int, float], ...] = WAYS
    same_pace_bits: float = SAME_PACE_BITS


@dataclass(frozen=True, slots=True)
class Run:
    """One place where the theme runs along: pairs of (note of the shape, note of the lines)."""

    pairs: tuple[tuple[int, int], ...]
    bits: float


class Field:
    """All lines of a score, one after the other, ready to be searched."""

    def __init__(self, strands: Sequence[Strand]) -> None:
        self.strands = tuple(strands)
        sizes = [len(strand.onsets) for strand in strands]
        self.firsts = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
        self.count = int(self.firsts[-1])
        starts = [
            float(onset) + index * _BETWEEN
            for index, strand in enumerate(strands)
            for onset in strand.onsets
        ]
        self._onsets = np.array(starts)
        self._keys = np.array([key for one in strands for key in one.keys], dtype=np.int32)
        self._steps = np.array([step for one in strands for step in one.steps], dtype=np.int32)
        self._moves = [self._move(lag) for lag in range(1, MOST_PASSED + 2)]

    @cached_property
    def habits(self) -> Habits:
        """What is usual in these lines."""
        return Habits(self._onsets, self._keys)

    def _move(self, lag: int) -> tuple[_Codes, _Codes]:
        """Codes of interval and distance into each note from the one `lag` before."""
        if self.count <= lag:
            return np.zeros(0, np.int32), np.zeros(0, np.int32)
        interval = np.clip(self._keys[lag:] - self._keys[:-lag], -_WIDEST, _WIDEST) + _WIDEST
        steps = np.clip(self._steps[lag:] - self._steps[:-lag], -_FARTHEST, _FARTHEST) + _FARTHEST
        apart = self._onsets[lag:] - self._onsets[:-lag]
        inside = (apart > 0) & (apart < _BETWEEN / 2)
        paces = np.round(_PACE * np.log2(np.where(inside, apart, 1.0)))
        paces = np.clip(paces, _SHORTEST, _LONGEST - 1) - _SHORTEST
        paces = np.where(inside, paces, _LONGEST - _SHORTEST)
        codes = interval * (2 * _FARTHEST + 1) + steps
        return codes.astype(np.int32), paces.astype(np.int32)

    def strand_at(self, note: int) -> tuple[Strand, int]:
        """The line that a note belongs to, and which of its notes it is."""
        index = int(np.searchsorted(self.firsts, note, side="right")) - 1
        return self.strands[index], note - int(self.firsts[index])

    def runs(
        self, shape: Shape, least_bits: float, scale: Fraction = Fraction(1), ear: Ear | None = None
    ) -> list[Run]:
        """Every place where `shape` runs along for `least_bits`, best first, none twice."""
        sweep = _Sweep(self, shape, scale, ear or Ear())
        tops = sweep.heights.max(axis=0)
        order = np.flatnonzero(tops >= least_bits)
        order = order[np.argsort(-tops[order], kind="stable")]
        taken = np.zeros(self.count, dtype=bool)
        found = []
        for end in order.tolist():
            if taken[max(0, end - 2) : end + 1].any():
                continue
            pairs, bits = sweep.back(int(sweep.heights[:, end].argmax()), end, taken)
            taken[pairs[0][1] : end + 1] = True
            if bits >= least_bits:
                found.append(Run(tuple(pairs), bits))
        return found

    def moves(self, lag: int) -> tuple[_Codes, _Codes]:
        """Codes of interval and distance into each note from the one `lag` before."""
        return self._moves[lag - 1]


class _Sweep:
    """Best sums over all lines that end with each pair of a note of the theme and of a line."""

    def __init__(self, field: Field, shape: Shape, scale: Fraction, ear: Ear) -> None:
        self._field, self._shape, self._scale, self._ear = field, shape, scale, ear
        self._worth = worth_of(shape, ear)
        self._known: dict[tuple[int, int], tuple[_Floats, _Floats, float]] = {}
        self.heights = np.zeros((len(shape), field.count), np.float32)
        for here in range(1, len(shape)):
            for back, lag, cost in ear.ways:
                if back <= here and field.count > lag:
                    self._step(here, back, lag, cost)

    def _tables(self, here: int, back: int) -> tuple[_Floats, _Floats, float]:
        """Gains by interval and by distance, and what the notes left out would have earned."""
        known = self._known.get((here, back))
        if known is not None:
            return known
        shape, ear, there = self._shape, self._ear, here - back
        dropped = sum(sum(worth) for worth in self._worth[there + 1 : here])
        intervals = _interval_gains(
            shape.keys[here] - shape.keys[there],
            shape.steps[here] - shape.steps[there],
            self._worth[here][0],
            ear.pitch_floor,
        )
        distances = _pace_gains(
            (shape.onsets[here] - shape.onsets[there]) * self._scale,
            self._worth[here][1],
            ear.rhythm_floor,
        )
        self._known[here, back] = (intervals, distances, _DROPPED_SHARE * dropped)
        return self._known[here, back]

    def _step(self, here: int, back: int, lag: int, cost: float) -> None:
        intervals, distances, dropped = self._tables(here, back)
        interval_codes, distance_codes = self._field.moves(lag)
        sums = intervals.take(interval_codes)
        sums += distances.take(distance_codes)
        sums += self.heights[here - back, :-lag]
        sums -= np.float32(cost + dropped)
        row = self.heights[here, lag:]
        np.maximum(row, sums, out=row)

    def back(
        self, here: int, note: int, taken: NDArray[np.bool_]
    ) -> tuple[list[tuple[int, int]], float]:
        """The pairs that led to one, back to where a better run has the line, and their bits."""
        top = float(self.heights[here, note])
        pairs = [(here, note)]
        while self.heights[here, note] > 0:
            before = self._before(here, note)
            if taken[before[1] : note].any():
                break
            here, note = before
            pairs.append(before)
        return pairs[::-1], top - float(self.heights[here, note])

    def _before(self, here: int, note: int) -> tuple[int, int]:
        best = (-1e9, here, note)
        for back, lag, cost in self._ear.ways:
            if back > here or lag > note:
                continue
            intervals, distances, dropped = self._tables(here, back)
            interval_codes, distance_codes = self._field.moves(lag)
            at = note - lag
            gain = intervals[interval_codes[at]] + distances[distance_codes[at]]
            total = float(gain + self.heights[here - back, at]) - cost - dropped
            if total > best[0] + 1e-4:
                best = (total, here - back, at)
        return best[1], best[2]


def worth_of(shape: Shape, ear: Ear) -> list[tuple[float, float]]:
    """What interval and distance into each note are worth to an ear, in bits."""
    paces = rhythm_bits(shape, ear.same_pace_bits)
    return [
        (pitch * ear.pitch_share, pace * ear.rhythm_share)
        for pitch, pace in zip(pitch_bits(shape), paces, strict=True)
    ]


@lru_cache(maxsize=4096)
def _interval_gains(semitones: int, steps: int, worth: float, floor: float) -> _Floats:
    """What each interval a line can make earns for one of the theme's."""
    found = np.zeros((2 * _WIDEST + 1, 2 * _FARTHEST + 1), np.float32)
    for row in range(2 * _WIDEST + 1):
        for column in range(2 * _FARTHEST + 1):
            like = interval_likeness(semitones, steps, row - _WIDEST, column - _FARTHEST)
            found[row, column] = worth * max(_earned(like), floor)
    return found.reshape(-1)


def _earned(like: float) -> float:
    """What a likeness earns: intervals that only go the same way must not carry a run on."""
    return like if like >= 0.8 or like < 0 else like - 0.4


def interval_likeness(semitones: int, steps: int, other: int, other_steps: int) -> float:
    """How like two melodic intervals are, from 1 (the same) to -1 (against each other)."""
    semitones = max(-_WIDEST, min(_WIDEST, semitones))
    if other == semitones:
        return 1.0
    if other_steps == steps and abs(other - semitones) == 1:
        return 0.85
    off = abs(other - semitones)
    if other * semitones < 0:
        return 0.35 if off == 12 else -1.0
    if other == 0 or semitones == 0:
        return -0.5 if off <= 2 else -0.8
    if off == 12:
        return 0.5
    return 0.4 if off == 1 else 0.25 if off == 2 else 0.0


@lru_cache(maxsize=4096)
def _pace_gains(quarters: Fraction, worth: float, floor: float) -> _Floats:
    """What each distance in time a line can make earns for one of the theme's."""
    own = round(_PACE * log2(max(float(quarters), 1 / 64)))
    found = np.empty(_LONGEST - _SHORTEST + 1, np.float32)
    for index in range(_LONGEST - _SHORTEST):
        found[index] = worth * max(_pace_likeness(abs(index + _SHORTEST - own)), floor)
    found[-1] = -1000.0
    return found


def _pace_likeness(off: int) -> float:
    """How like two distances in time are, by twelfths of an octave between them."""
    if off <= 1:
        return 1.0
    if off <= 7:
        return 0.1 if off <= 5 else -0.2
    return -0.6 if off <= 12 else -1.0
