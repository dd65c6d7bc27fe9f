"""A score as points in time and pitch, and where a set of them comes back, moved as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from scorestage.music.score import Score

GRID = 48
"""Points of time in a quarter."""
_WIDE = 512

_Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Shift:
    """A move in time (grid points), in keys, and the share of the notes that land on notes."""

    at: int
    keys: int
    share: float


class PointSet:
    """All notes of a score, each sounding pitch at each onset once, in order of time.

    `times` on the grid, `ends` likewise, `keys` MIDI keys, `steps` of the staff, `players` from 0.
    """

    def __init__(self, score: Score) -> None:
        found: dict[tuple[int, int], tuple[int, int, int, Fraction]] = {}
        for player, line in enumerate(score.lines):
            for note in line.notes:
                at, end = round(note.onset.quarters * GRID), round(note.end.quarters * GRID)
                for pitch in note.sounding:
                    known = found.get((at, pitch.key))
                    if known is None or end > known[0]:
                        own = player if known is None else known[2]
                        found[at, pitch.key] = (end, pitch.staff_step, own, note.onset.quarters)
        order = sorted(found)
        self.times = np.array([at for at, _ in order], dtype=np.int64)
        self.keys = np.array([key for _, key in order], dtype=np.int64)
        self.ends = np.array([found[one][0] for one in order], dtype=np.int64)
        self.steps = np.array([found[one][1] for one in order], dtype=np.int64)
        self.players = np.array([found[one][2] for one in order], dtype=np.int64)
        self.onsets = tuple(found[one][3] for one in order)
        self.index = {one: place for place, one in enumerate(order)}

    def __len__(self) -> int:
        return len(self.times)

    def between(self, start: int, end: int) -> _Ints:
        """Which notes begin from `start` until before `end`."""
        low, high = np.searchsorted(self.times, (start, end))
        return np.arange(low, high)

    def shifts(
        self, notes: Sequence[int] | _Ints, least_share: float, *, scale: int = 1
    ) -> list[Shift]:
        """All moves that lay at least so much of these notes on notes, at any pitch.

        One semitone off counts where the step of the staff is right (a tonal answer, the other
        mode); `scale` multiplies the distances in time.
        """
        own = np.asarray(notes)
        first = self.times[own[0]]
        by_time = self.times[:, None] - first - (self.times[own] - first)[None] * scale
        by_key = self.keys[:, None] - self.keys[own][None]
        codes = (by_time * _WIDE + by_key + _WIDE // 2).ravel()
        found, counts = np.unique(codes, return_counts=True)
        likely = found[counts >= max(2, 0.6 * least_share * len(own))]
        shifts = []
        for code in likely.tolist():
            at, keys = code // _WIDE, code % _WIDE - _WIDE // 2
            share = len(self.landed(own, at, keys, scale=scale)) / len(own)
            if share >= least_share:
                shifts.append(Shift(int(at), int(keys), share))
        return shifts

    def landed(
        self, notes: Sequence[int] | _Ints, at: int, keys: int, *, scale: int = 1
    ) -> list[int]:
        """The notes on which these land, moved so far."""
        own = np.asarray(notes)
        first = int(self.times[own[0]])
        steps: list[int] = []
        found: list[int] = []
        loose: list[tuple[int, int]] = []
        for note in own.tolist():
            moved = first + (int(self.times[note]) - first) * scale + at
            place = self.index.get((moved, int(self.keys[note]) + keys))
            if place is not None:
                found.append(place)
                steps.append(int(self.steps[place] - self.steps[note]))
            else:
                loose.append((note, moved))
        if not found or not loose:
            return found
        step = max(set(steps), key=steps.count)
        for note, moved in loose:
            for off in (-1, 1):
                place = self.index.get((moved, int(self.keys[note]) + keys + off))
                if place is not None and self.steps[place] - self.steps[note] == step:
                    found.append(place)
                    break
        return sorted(found)

    def top(self, notes: Iterable[int]) -> list[int]:
        """Of some notes those on top: the highest at each onset, not under a held higher one."""
        best: dict[int, int] = {}
        for note in notes:
            at = int(self.times[note])
            if at not in best or self.keys[note] > self.keys[best[at]]:
                best[at] = note
        kept: list[int] = []
        for at in sorted(best):
            note = best[at]
            held = kept and self.ends[kept[-1]] > at and self.keys[kept[-1]] > self.keys[note]
            if not held:
                kept.append(note)
        return kept
