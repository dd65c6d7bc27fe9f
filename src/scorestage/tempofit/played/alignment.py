"""A played take against what is written: which note of the score each played note is.

Chords of the score and of the take are matched in order by dynamic programming over the keys that
they share (edit distance); wrong, added and left-out notes cost, and are told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from scorestage.errors import FitError
from scorestage.tempofit.played.values import Observed
from scorestage.timebase import Beat, FilmTime

TOGETHER_SECONDS = Fraction(35, 1000)
"""Notes struck within this time are one chord; players spread a chord by less."""
LEFT_OUT = 0.7
ADDED = 0.6
LEAST_SHARED = 0.25
LEAST_MATCHED = 0.5
"""Less of the score found than this is no take of it."""
MOST_CELLS = 60_000_000


@dataclass(frozen=True, slots=True)
class PlayedNote:
    """One note of a take: when it was struck on the film's clock, its key, how hard (0 to 1)."""

    at: FilmTime
    key: int
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class WrittenNote:
    """One note of the score: its place, its key."""

    at: Beat
    key: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """Places of the score with the moment they were played, and how much of it was found.

    `matched` is the share of written chords found (0 to 1); `left_out` and `added` count written
    chords that were not played and played ones that are not written.
    """

    observed: tuple[Observed, ...]
    matched: float
    left_out: int
    added: int


@dataclass(frozen=True, slots=True)
class _Chord:
    place: Fraction
    """Quarters of a written one, seconds of a played one."""
    keys: frozenset[int]
    lowest: Fraction


def align(written: Sequence[WrittenNote], played: Sequence[PlayedNote]) -> Alignment:
    """Match a take with its score; `FitError` where it is a take of something else.

    >>> score = [WrittenNote(Beat(n), 60 + n) for n in range(6)]
    >>> take = [PlayedNote(FilmTime(Fraction(n, 2) + 3), 60 + n) for n in range(6) if n != 2]
    >>> found = align(score, take)
    >>> [str(one.at.quarters) for one in found.observed], found.left_out
    (['0', '1', '3', '4', '5'], 1)
    """
    score = _written_chords(written)
    take = _played_chords(played)
    if not score or not take:
        raise FitError("there is nothing to align: no notes", do="give a score and a take of it")
    if len(score) * len(take) > MOST_CELLS:
        raise FitError("score and take are too long to align at once", do="give one cue at a time")
    pairs = _matched(score, take)
    share = len(pairs) / len(score)
    if share < LEAST_MATCHED:
        raise FitError(
            f"only {share:.0%} of what is written was found in the take",
            do="is it a take of this score? Without the score, let the beat be found",
        )
    observed = tuple(
        Observed(Beat(score[row].place), FilmTime(take[column].place), trust)
        for row, column, trust in pairs
    )
    return Alignment(observed, share, len(score) - len(pairs), len(take) - len(pairs))


def _written_chords(written: Sequence[WrittenNote]) -> list[_Chord]:
    places: dict[Fraction, set[int]] = {}
    for note in written:
        places.setdefault(note.at.quarters, set()).add(note.key)
    return [_Chord(at, frozenset(keys), at) for at, keys in sorted(places.items())]


def _played_chords(played: Sequence[PlayedNote]) -> list[_Chord]:
    """Notes struck together; a chord sounds at the mean of its notes."""
    found: list[_Chord] = []
    group: list[PlayedNote] = []
    for note in sorted(played, key=lambda one: one.at):
        if group and (note.at - group[-1].at).seconds > TOGETHER_SECONDS:
            found.append(_chord(group))
            group = []
        group.append(note)
    return [*found, _chord(group)] if group else found


def _chord(group: list[PlayedNote]) -> _Chord:
    seconds = [note.at.seconds for note in group]
    mean = sum(seconds, Fraction(0)) / len(seconds)
    return _Chord(mean, frozenset(note.key for note in group), seconds[0])


def _matched(score: list[_Chord], take: list[_Chord]) -> list[tuple[int, int, float]]:
    """Pairs of chords on the cheapest way through both, with the share of keys they have in common.

    A row at a time; leaving out a run of played chords is a running minimum along the row.
    """
    likeness = _likeness(score, take)
    rows, columns = likeness.shape
    walked = np.arange(columns + 1) * ADDED
    cost = walked.copy()
    came = np.zeros((rows + 1, columns + 1), dtype=np.int8)
    for row in range(rows):
        match = np.where(likeness[row] >= LEAST_SHARED, 1.0 - likeness[row], np.inf)
        across = np.concatenate([[np.inf], cost[:-1] + match])
        down = cost + LEFT_OUT
        best = np.minimum(across, down)
        along = np.minimum.accumulate(best - walked) + walked
        came[row + 1] = np.where(along < best - 1e-12, 2, np.where(across <= down, 0, 1))
        cost = along
    pairs = []
    row, column = rows, columns
    while row > 0 and column > 0:
        step = came[row, column]
        if step == 2:
            column -= 1
        elif step == 1:
            row -= 1
        else:
            row, column = row - 1, column - 1
            pairs.append((row, column, float(likeness[row, column])))
    return pairs[::-1]


def _likeness(score: list[_Chord], take: list[_Chord]) -> npt.NDArray[np.float64]:
    """Shared keys of each written and played chord, over all keys of both (0 to 1)."""
    ours, theirs = _key_table(score), _key_table(take)
    shared = ours @ theirs.T
    both = ours.sum(axis=1)[:, None] + theirs.sum(axis=1)[None, :] - shared
    found: npt.NDArray[np.float64] = shared / both
    return found


def _key_table(chords: list[_Chord]) -> npt.NDArray[np.float64]:
    table = np.zeros((len(chords), 128))
    for number, chord in enumerate(chords):
        table[number, [key for key in chord.keys if 0 <= key < 128]] = 1.0
    return np.maximum(table, 1e-12)
