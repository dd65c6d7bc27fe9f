"""What is in one cut alone: out, in, or a shot trimmed or extended at its head or tail."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scorestage.conform.changes import Change, ChangeKind
from scorestage.conform.matching import Match

_SAME_LENGTH = 0.7
_KINDS = {(False, True): ChangeKind.SHORTENED_TAIL, (True, False): ChangeKind.SHORTENED_HEAD}


@dataclass(frozen=True, slots=True)
class Left:
    """A stretch of one cut: its kind there, its place in the other, the gap it lies in."""

    first: int
    last: int
    kind: ChangeKind
    place: int
    gap: int
    confidence: float

    @property
    def frames(self) -> int:
        """How long it is."""
        return self.last - self.first

    def change(self, *, mirrored: bool) -> Change:
        """As a change; `mirrored` for a stretch of the new cut."""
        made = Change(
            self.kind, self.first, self.last, self.place, self.place, Fraction(1), self.confidence
        )
        return made.mirrored() if mirrored else made


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two cuts: where its shots begin, how sure each frame is, where it is matched."""

    shots: NDArray[np.intp]
    sure: NDArray[np.float32]
    kept: tuple[tuple[int, int, int, int], ...]
    both: tuple[tuple[int, int, int, int], ...]

    @classmethod
    def of(
        cls,
        cuts: NDArray[np.bool_],
        sure: NDArray[np.float32],
        kept: Sequence[Match],
        both: Sequence[Match],
        *,
        mirrored: bool,
    ) -> Side:
        """From where shots begin (bool, one a frame) and the matches of both cuts."""
        shots = np.append(np.flatnonzero(cuts), len(cuts))
        spans = [tuple(_span(one, mirrored) for one in found) for found in (kept, both)]
        return cls(shots, sure, *spans)

    def left(self, free: NDArray[np.bool_]) -> Iterator[Left]:
        """What is free, split at shots, each part with its kind."""
        bounds = np.flatnonzero(np.diff(np.concatenate(([False], free, [False])).astype(np.int8)))
        begins = {one[0]: one[2] for one in self.both}
        ends = {one[1]: one[3] for one in self.both}
        kept_ends = [one[1] for one in self.kept]
        for first, last in zip(bounds[::2].tolist(), bounds[1::2].tolist(), strict=True):
            inner = self.shots[(self.shots > first) & (self.shots < last)].tolist()
            edges = [first, *inner, last]
            gap = bisect_right(kept_ends, first)
            place = self.kept[gap - 1][3] if gap else 0
            for begin, end in pairwise(edges):
                whole = (self._starts(begin), self._starts(end))
                kind = _KINDS.get(whole, ChangeKind.REMOVED)
                if kind is ChangeKind.SHORTENED_TAIL and begin not in ends:
                    kind = ChangeKind.REMOVED
                if kind is ChangeKind.SHORTENED_HEAD and end not in begins:
                    kind = ChangeKind.REMOVED
                at = place
                if kind is ChangeKind.SHORTENED_TAIL:
                    at = ends[begin]
                elif kind is ChangeKind.SHORTENED_HEAD:
                    at = begins[end]
                sure = round(float(self.sure[begin:end].mean()), 3)
                yield Left(begin, end, kind, at, gap, sure)

    def _starts(self, frame: int) -> bool:
        """Whether a shot begins there (or the film ends)."""
        index = int(np.searchsorted(self.shots, frame))
        return index < len(self.shots) and int(self.shots[index]) == frame


def _span(one: Match, mirrored: bool) -> tuple[int, int, int, int]:
    mine, other = (one.old, one.old + one.old_frames), (one.new, one.new + one.new_frames)
    return (*other, *mine) if mirrored else (*mine, *other)


def replaced(old: list[Left], new: list[Left]) -> tuple[list[Change], list[Left], list[Left]]:
    """What lies between the same neighbours in both cuts and is as long: another picture there.

    First whole gaps of one length, then shots of one length in order.
    """
    changes: list[Change] = []
    rest_old: list[Left] = []
    rest_new: list[Left] = []
    for gap in sorted({one.gap for one in (*old, *new)}):
        here = sorted((one for one in old if one.gap == gap), key=lambda one: one.first)
        there = sorted((one for one in new if one.gap == gap), key=lambda one: one.first)
        whole = _whole(here), _whole(there)
        if whole[0] and whole[1] and whole[0][1] - whole[0][0] == whole[1][1] - whole[1][0]:
            changes.append(_change(*whole[0], *whole[1]))
            continue
        for one in here:
            same = next((other for other in there if other.frames == one.frames), None)
            plain = one.kind is ChangeKind.REMOVED and same is not None
            if same is None or not plain or same.kind is not ChangeKind.REMOVED:
                rest_old.append(one)
                continue
            index = there.index(same)
            rest_new += there[:index]
            there = there[index + 1 :]
            changes.append(_change(one.first, one.last, same.first, same.last))
        rest_new += there
    return changes, rest_old, rest_new


def _whole(parts: list[Left]) -> tuple[int, int] | None:
    """From first to last where the parts follow each other without a break."""
    if not parts or any(a.last != b.first for a, b in pairwise(parts)):
        return None
    return parts[0].first, parts[-1].last


def _change(first: int, last: int, new_first: int, new_last: int) -> Change:
    return Change(ChangeKind.REPLACED, first, last, new_first, new_last, Fraction(1), _SAME_LENGTH)
