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

_Stretch = tuple[Fraction, NDArray[np.int64]]

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
    return _nearest(_stretches(one), _stretches(other))


def _stretches(theme: Theme) -> list[_Stretch]:
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
    found = [(first + at, np.array(keys[at : at + BEATS])) for at in _starts(count)]
    return [(at, stretch) for at, stretch in found if _is_tune(stretch)]


def _is_tune(stretch: NDArray[np.int64]) -> bool:
    """Whether enough happens to be a tune: held and repeated notes are in every piece."""
    sounding = stretch[stretch >= 0]
    moves = int((np.diff(sounding) != 0).sum())
    return len(sounding) >= 8 and moves >= len(stretch) // 3 and len(set(sounding % 12)) >= 4


def _nearest(ones: list[_Stretch], others: list[_Stretch]) -> SharedPitches | None:
    """The first pair of stretches, and its first transposition, in which most places agree.

    All stretches of a melody are as long as each other.
    """
    if not ones or not others:
        return None
    right = np.stack([keys for _, keys in others])
    best = (-1, 0, 0, 0)
    for number, (_, left) in enumerate(ones):
        counts = _counts(_same(left, right))
        most = int(counts.argmax())
        if counts.flat[most] > best[0]:
            best = (int(counts.flat[most]), number, *divmod(most, 12))
    (left_start, left), (right_start, kept) = ones[best[1]], others[best[2]]
    pairs = _aligned(_same(left, kept[None])[0, best[3]])
    percent = round(100 * len(pairs) / ((len(left) + len(kept)) / 2), 1)
    beats = tuple((Beat(left_start + a), Beat(right_start + b)) for a, b in pairs)
    return SharedPitches(percent, Beat(left_start), Beat(right_start), best[3], beats)


def _same(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Per stretch of `right` and each of twelve transpositions: where the pitch is the same."""
    moved = right[:, None, None, :] + np.arange(12)[None, :, None, None]
    sounding = (left >= 0)[:, None] & (right >= 0)[:, None, None, :]
    return np.asarray(((left[:, None] - moved) % 12 == 0) & sounding)


def _counts(same: NDArray[np.bool_]) -> NDArray[np.intp]:
    """How many places agree in the alignment that `_aligned` tells; the last two axes are its."""
    rows, columns = same.shape[-2:]
    slope = GAP * np.arange(columns + 1)
    places = np.arange(columns + 1)
    score = np.broadcast_to(slope, (*same.shape[:-2], columns + 1))
    count = np.zeros(score.shape, np.intp)
    for row in range(rows):
        across = score[..., :-1] + same[..., row, :]
        now = np.empty(score.shape)
        now[..., 0] = GAP * (row + 1)
        now[..., 1:] = np.maximum(across, score[..., 1:] + GAP)
        now = np.maximum.accumulate(now - slope, axis=-1) + slope
        by_pair, by_gap = now[..., 1:] == across, now[..., 1:] == score[..., 1:] + GAP
        held = np.zeros(count.shape, np.intp)
        held[..., 1:] = np.where(by_pair, count[..., :-1] + same[..., row, :], count[..., 1:])
        source = np.zeros(count.shape, np.intp)
        source[..., 1:] = np.where(by_pair | by_gap, places[1:], 0)
        count = np.take_along_axis(held, np.maximum.accumulate(source, axis=-1), axis=-1)
        score = now
    return count[..., -1]


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
    return _nearest(_runs_of(one), _runs_of(other))


def _runs_of(keys: Sequence[int]) -> list[_Stretch]:
    return [(Fraction(at), np.array(keys[at : at + BEATS])) for at in _starts(len(keys))]


def _starts(count: int) -> list[int]:
    """Where stretches begin; the last one ends where the melody does.

    >>> _starts(70), _starts(12)
    ([0, 16, 32, 38], [0])
    """
    last = max(0, count - BEATS)
    return [*range(0, last, STEP_BEATS), last]
