"""How many pitches two melodies have in common, beat by beat: the measure of too near a temp.

The percent melodic identity of Savage and others: 100 x identical aligned pitches / mean length,
over 32 beats, in the best of twelve transpositions, aligned with gaps that cost a half.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorestage.music import Theme
from scorestage.timebase import Beat

BEATS: Final = 32
STEP_BEATS: Final = 16
GAP: Final = -0.5
AMBER, RED, DEEP_RED = 48.0, 57.0, 70.0
"""Of 24 tunes against one another nine in ten share less than 48 %, all but one in a hundred less
than 57 %; an acknowledged variation of a theme reaches 70 % in its best tenth (TAVERN)."""
NOTES_AMBER, NOTES_RED = 50.0, 59.0
"""The same limits where notes are counted instead of beats: runs of 32 notes."""


@dataclass(frozen=True, slots=True)
class SharedPitches:
    """The most alike two stretches of two melodies are: percent, where, and which beats agree.

    `one_start` and `other_start` are score positions; `semitones` what the other is moved by;
    `beats` pairs of score positions at which the same pitch sounds.
    """

    percent: float
    one_start: Beat
    other_start: Beat
    semitones: int
    beats: tuple[tuple[Beat, Beat], ...]


def shared_pitches(one: Theme, other: Theme) -> SharedPitches | None:
    """The most alike stretches of 32 beats; None where either has no tune of eight notes."""
    if min(sum(bool(n.sounding) for n in theme.notes) for theme in (one, other)) < 8:
        return None
    best: SharedPitches | None = None
    for left_start, left in _stretches(one):
        for right_start, right in _stretches(other):
            found = _compared(left_start, left, right_start, right)
            if best is None or found.percent > best.percent:
                best = found
    return best


def _stretches(theme: Theme) -> list[tuple[Fraction, NDArray[np.int64]]]:
    """Pitch at each beat, 32 at a time; -1 where nothing sounds; tunes only."""
    notes = [note for note in theme.notes if note.sounding]
    onsets = [note.onset.quarters for note in notes]
    last = notes[-1].onset.quarters + notes[-1].length.quarters
    first = Fraction(onsets[0] // 1)
    count = max(1, int(last - first))
    keys = []
    for beat in range(count):
        place = bisect_right(onsets, first + beat) - 1
        sounds = place >= 0 and notes[place].end.quarters > first + beat
        keys.append(notes[place].sounding[-1].key if sounds else -1)
    starts = range(0, max(1, count - BEATS + 1), STEP_BEATS)
    found = [(first + at, np.array(keys[at : at + BEATS])) for at in starts]
    return [(at, stretch) for at, stretch in found if _is_tune(stretch)]


def _is_tune(stretch: NDArray[np.int64]) -> bool:
    """Whether enough happens to be a tune: held and repeated notes are in every piece."""
    sounding = stretch[stretch >= 0]
    moves = int((np.diff(sounding) != 0).sum())
    return len(sounding) >= 8 and moves >= len(stretch) // 3 and len(set(sounding % 12)) >= 4


def _compared(
    left_start: Fraction,
    left: NDArray[np.int64],
    right_start: Fraction,
    right: NDArray[np.int64],
) -> SharedPitches:
    best = (-1.0, 0, [(0, 0)][:0])
    for semitones in range(12):
        same = ((left[:, None] - right[None, :] - semitones) % 12 == 0) & (left[:, None] >= 0)
        pairs = _aligned(same & (right[None, :] >= 0))
        percent = 100 * len(pairs) / ((len(left) + len(right)) / 2)
        if percent > best[0]:
            best = (percent, semitones, pairs)
    beats = tuple((Beat(left_start + a), Beat(right_start + b)) for a, b in best[2])
    return SharedPitches(round(best[0], 1), Beat(left_start), Beat(right_start), best[1], beats)


def _aligned(same: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Places that agree in the best alignment: 1 for the same, 0 for another, a gap a half less."""
    rows, columns = same.shape
    score = np.zeros((rows + 1, columns + 1))
    score[:, 0], score[0, :] = GAP * np.arange(rows + 1), GAP * np.arange(columns + 1)
    for row in range(rows):
        for column in range(columns):
            score[row + 1, column + 1] = max(
                score[row, column] + same[row, column],
                score[row, column + 1] + GAP,
                score[row + 1, column] + GAP,
            )
    pairs = []
    row, column = rows, columns
    while row and column:
        here = score[row, column]
        if here == score[row - 1, column - 1] + same[row - 1, column - 1]:
            row, column = row - 1, column - 1
            if same[row, column]:
                pairs.append((row, column))
        elif here == score[row - 1, column] + GAP:
            row -= 1
        else:
            column -= 1
    return pairs[::-1]


def shared_notes(one: Sequence[int], other: Sequence[int]) -> SharedPitches | None:
    """The most alike stretches of 32 notes of two runs of MIDI keys, lengths left aside.

    Positions count notes, from 0. None where either has fewer than eight notes.
    """
    if min(len(one), len(other)) < 8:
        return None
    best: SharedPitches | None = None
    for left_start, left in _runs_of(one):
        for right_start, right in _runs_of(other):
            found = _compared(left_start, left, right_start, right)
            if best is None or found.percent > best.percent:
                best = found
    return best


def _runs_of(keys: Sequence[int]) -> list[tuple[Fraction, NDArray[np.int64]]]:
    starts = range(0, max(1, len(keys) - BEATS + 1), STEP_BEATS)
    return [(Fraction(at), np.array(keys[at : at + BEATS])) for at in starts]
