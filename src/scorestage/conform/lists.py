"""Two cut lists compared: what was kept, moved, trimmed, taken out, put in, replaced, retimed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from scorestage.conform.changes import Change, ChangeKind, ChangeList, made_list
from scorestage.conform.matching import Match, chain, matches, moved
from scorestage.conform.pieces import Piece, pieces_of
from scorestage.production import CutList

_TOLD, _UNTOLD, _SAME_LENGTH = 1.0, 0.8, 0.7
_OLD_KINDS = {
    (False, True): ChangeKind.SHORTENED_TAIL,
    (True, False): ChangeKind.SHORTENED_HEAD,
}


def compare_lists(old: CutList, new: CutList) -> ChangeList:
    """The changes from one cut list to another, covering every frame of both.

    Sources are known by reel or clip and by source timecode. Frames count from the first frame of
    each list's picture. Comparing new to old gives the same list mirrored.
    """
    pieces = pieces_of(old), pieces_of(new)
    starts = tuple(min(one.record_in_frames for one in cut.picture) for cut in (old, new))
    if _order(pieces[0]) > _order(pieces[1]):
        mirror = _compared(pieces[1], pieces[0], (new, old), (starts[1], starts[0]))
        return mirror.mirrored()
    return _compared(pieces[0], pieces[1], (old, new), (starts[0], starts[1]))


def _order(pieces: Sequence[Piece]) -> tuple[tuple[int, int, str, Fraction, Fraction, str], ...]:
    """Which cut is taken first, so that equal choices fall alike in both directions."""
    return tuple(
        (one.first, one.last, one.source.name, one.at_frames, one.speed, one.mixed)
        for one in pieces
    )


def _compared(
    old: Sequence[Piece],
    new: Sequence[Piece],
    cuts: tuple[CutList, CutList],
    starts: tuple[int, int],
) -> ChangeList:
    found = matches(old, new)
    kept = chain(found)
    old_frames, new_frames = old[-1].last, new[-1].last
    free_old, free_new = np.ones(old_frames, dtype=bool), np.ones(new_frames, dtype=bool)
    for one in kept:
        free_old[one.old : one.old + one.old_frames] = False
        free_new[one.new : one.new + one.new_frames] = False
    away = moved(found, free_old, free_new)
    both = [*kept, *away]
    changes = [_change(one) for one in both]
    here = _Side(old, both, kept, mirrored=False)
    there = _Side(new, both, kept, mirrored=True)
    rest_old, rest_new = list(here.left(free_old)), list(there.left(free_new))
    replaced, rest_old, rest_new = _replaced(rest_old, rest_new)
    changes += replaced
    changes += [one.change(mirrored=False) for one in rest_old]
    changes += [one.change(mirrored=True) for one in rest_new]
    rates = cuts[0].rate, cuts[1].rate
    return made_list(changes, old_frames, new_frames, *rates, *starts)


def _change(one: Match) -> Change:
    return Change(
        one.kind, one.old, one.old + one.old_frames, one.new, one.new + one.new_frames, one.speed,
        round(one.confidence, 3), one.words,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Left:
    """A stretch that is in one cut alone: its kind there, its place in the other, its gap."""

    first: int
    last: int
    kind: ChangeKind
    place: int
    gap: int
    words: str
    confidence: float

    @property
    def frames(self) -> int:
        return self.last - self.first

    def change(self, *, mirrored: bool) -> Change:
        """As a change; `mirrored` for a stretch of the new cut."""
        made = Change(
            self.kind, self.first, self.last, self.place, self.place, Fraction(1),
            self.confidence, self.words,
        )  # fmt: skip
        return made.mirrored() if mirrored else made


class _Side:
    """One of the two cuts, with where its matched frames lie in the other."""

    def __init__(
        self, pieces: Sequence[Piece], both: Sequence[Match], kept: Sequence[Match], mirrored: bool
    ) -> None:
        self.pieces = pieces
        spans = [_spans(one, mirrored) for one in kept]
        self.kept_ends = [mine[1] for mine, _ in spans]
        self.kept_places = [other[1] for _, other in spans]
        self.begins = {mine[0]: other[0] for mine, other in (_spans(one, mirrored) for one in both)}
        self.ends = {mine[1]: other[1] for mine, other in (_spans(one, mirrored) for one in both)}
        self.shots = _shots(pieces)

    def left(self, free: np.ndarray) -> Iterator[_Left]:
        """What is free, split at shots, each part with its kind."""
        for first, last, piece in self.shots:
            held = np.concatenate(([False], free[first:last], [False]))
            steps = np.flatnonzero(held[1:] != held[:-1])
            for begin, end in zip(steps[::2], steps[1::2], strict=True):
                yield self._left(first + int(begin), first + int(end), first, last, piece)

    def _left(self, begin: int, end: int, first: int, last: int, piece: Piece) -> _Left:
        whole = (begin == first, end == last)
        kind = _OLD_KINDS.get(whole, ChangeKind.REMOVED)
        gap = bisect_right(self.kept_ends, begin)
        place = self.kept_places[gap - 1] if gap else 0
        if kind is ChangeKind.SHORTENED_TAIL:
            place = self.ends.get(begin, place)
        elif kind is ChangeKind.SHORTENED_HEAD:
            place = self.begins.get(end, place)
        told = piece.source.black or bool(piece.source.name)
        confidence = _TOLD if told else _UNTOLD
        return _Left(begin, end, kind, place, gap, piece.source.name, confidence)


def _spans(one: Match, mirrored: bool) -> tuple[tuple[int, int], tuple[int, int]]:
    mine = one.old, one.old + one.old_frames
    other = one.new, one.new + one.new_frames
    return (other, mine) if mirrored else (mine, other)


def _shots(pieces: Sequence[Piece]) -> list[tuple[int, int, Piece]]:
    """First and last frame of each shot: pieces of one event that follow each other are one."""
    found: list[tuple[int, int, Piece]] = []
    for piece in pieces:
        if found and piece.event >= 0 and found[-1][2].event == piece.event:
            found[-1] = (found[-1][0], piece.last, piece)
        else:
            found.append((piece.first, piece.last, piece))
    return found


def _replaced(old: list[_Left], new: list[_Left]) -> tuple[list[Change], list[_Left], list[_Left]]:
    """Whole shots taken out and put in at one place with one length: another picture there."""
    changes: list[Change] = []
    used_old: set[_Left] = set()
    used_new: set[_Left] = set()
    waiting: dict[int, list[_Left]] = {}
    for one in new:
        if one.kind is ChangeKind.REMOVED:
            waiting.setdefault(one.gap, []).append(one)
    for one in old:
        if one.kind is not ChangeKind.REMOVED:
            continue
        inside = waiting.get(one.gap, [])
        match = next((other for other in inside if other.frames == one.frames), None)
        if match is None:
            continue
        del inside[: inside.index(match) + 1]
        used_old.add(one)
        used_new.add(match)
        words = f"{one.words} by {match.words}" if one.words != match.words else one.words
        changes.append(
            Change(
                ChangeKind.REPLACED,
                one.first,
                one.last,
                match.first,
                match.last,
                Fraction(1),
                _SAME_LENGTH,
                words,
            )
        )
    rest_old = [one for one in old if one not in used_old]
    rest_new = [one for one in new if one not in used_new]
    return changes, rest_old, rest_new
