"""Stretches that two cuts have in common: all candidates, the chain in order, what moved."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from scorestage.conform.changes import ChangeKind
from scorestage.conform.pieces import Piece
from scorestage.conform.sources import OTHER, SAME, reels_shared, relation, source_name
from scorestage.production import CutSource

KEPT_WORTH, VERSION_WORTH, RETIMED_WORTH = 100, 90, 60
"""What a frame is worth in the chain; each stretch costs 1, so that few are preferred."""
LEAST_MOVED_FRAMES = 8
"""A shorter part of a shot found elsewhere is no move: takes overlap by chance."""
_PREFIX = 5


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of the old cut found in the new one; `whole` if it is all of a piece."""

    old: int
    new: int
    old_frames: int
    new_frames: int
    kind: ChangeKind
    speed: Fraction = Fraction(1)
    confidence: float = 1.0
    words: str = ""
    whole: bool = False

    @property
    def worth(self) -> int:
        """What it is worth in the chain."""
        per = {ChangeKind.KEPT: KEPT_WORTH, ChangeKind.REPLACED: VERSION_WORTH}
        return per.get(self.kind, RETIMED_WORTH) * min(self.old_frames, self.new_frames) - 1

    def part(self, first: int, last: int) -> Match:
        """From its frame `first` up to `last`; only for stretches that are not retimed."""
        return replace(
            self,
            old=self.old + first,
            new=self.new + first,
            old_frames=last - first,
            new_frames=last - first,
            whole=self.whole and last - first == self.old_frames,
        )


def matches(old: Sequence[Piece], new: Sequence[Piece]) -> list[Match]:
    """Every stretch that both cuts show of one source, in order of the old cut."""
    shared = reels_shared(_spans(old)) | reels_shared(_spans(new))
    by_source: dict[CutSource, list[Piece]] = defaultdict(list)
    for piece in new:
        by_source[piece.source].append(piece)
    related = _Related(by_source, shared, _strangers(old, new))
    found: list[Match] = []
    for piece in old:
        for source, told, confidence in related.of(piece.source):
            for other in by_source[source]:
                found += _matched(piece, other, told, confidence)
    found.sort(key=lambda one: (one.old, one.new, one.old_frames))
    return found


def _strangers(old: Sequence[Piece], new: Sequence[Piece]) -> frozenset[str]:
    """Reels that one list alone knows: they may have been given other names."""
    names = [{source_name(one.source.reel).plain for one in cut} for cut in (old, new)]
    return frozenset(names[0] ^ names[1])


def _spans(pieces: Iterable[Piece]) -> Iterator[tuple[CutSource, int, int]]:
    for piece in pieces:
        last = piece.at_frames + piece.frames * piece.speed
        yield piece.source, round(piece.at_frames), round(last)


class _Related:
    """Which of the new cut's sources could be one of the old: by beginnings of names first."""

    def __init__(
        self, sources: Iterable[CutSource], shared: frozenset[str], strangers: frozenset[str]
    ) -> None:
        self.shared, self.strangers = shared, strangers
        self.by_key: dict[str, set[CutSource]] = defaultdict(set)
        for source in sources:
            for key in _keys(source):
                self.by_key[key].add(source)
        self.held: dict[CutSource, list[tuple[CutSource, str, float]]] = {}

    def of(self, source: CutSource) -> list[tuple[CutSource, str, float]]:
        """Sources that are the same or versions of one shot."""
        if source not in self.held:
            near = {one for key in _keys(source) for one in self.by_key.get(key, ())}
            told = [(one, *relation(source, one, self.shared, self.strangers)) for one in near]
            self.held[source] = [one for one in told if one[1] is not OTHER]
        return self.held[source]


def _keys(source: CutSource) -> set[str]:
    if source.black:
        return {""}
    texts = [text for text in (source.reel, source.clip, source.file) if text]
    names = [source_name(text) for text in texts]
    return {part[:_PREFIX] for name in names for part in (name.base, name.plain)}


def _matched(old: Piece, new: Piece, told: str, confidence: float) -> Iterator[Match]:
    """What two pieces share: of a still picture from its head and, if not as long, to its tail."""
    match = _match(old, new, told, confidence)
    if match is None:
        return
    yield match
    if old.speed == 0 == new.speed and old.frames != new.frames:
        tails = old.last - match.old_frames, new.last - match.new_frames
        yield replace(match, old=tails[0], new=tails[1])


def _match(old: Piece, new: Piece, told: str, confidence: float) -> Match | None:
    kind = ChangeKind.KEPT if told is SAME and old.mixed == new.mixed else ChangeKind.REPLACED
    if old.speed != new.speed:
        return _retimed(old, new, confidence) if old.speed * new.speed > 0 else None
    if old.speed == 0:
        if old.at_frames != new.at_frames:
            return None
        into = 0
    else:
        exact = (new.at_frames - old.at_frames) / old.speed
        into = round(exact)
        confidence *= 1.0 if into == exact else 0.9
    first, last = max(0, -into), min(new.frames, old.frames - into)
    if last <= first:
        return None
    whole = last - first in (old.frames, new.frames)
    frames = last - first
    start_old, start_new = old.first + first + into, new.first + first
    return Match(
        start_old, start_new, frames, frames, kind, Fraction(1), confidence, old.source.name, whole
    )


def _retimed(old: Piece, new: Piece, confidence: float) -> Match | None:
    """The part of the source that both show, at two speeds."""
    spans = []
    for piece in (old, new):
        ends = piece.at_frames, piece.at_frames + piece.frames * piece.speed
        spans.append((min(ends), max(ends)))
    low, high = max(spans[0][0], spans[1][0]), min(spans[0][1], spans[1][1])
    places = []
    for piece in (old, new):
        ends = ((low - piece.at_frames) / piece.speed, (high - piece.at_frames) / piece.speed)
        places.append((round(min(ends)), round(max(ends))))
    frames = [last - first for first, last in places]
    if high <= low or min(frames) <= 0:
        return None
    whole = frames[0] == old.frames or frames[1] == new.frames
    return Match(
        old.first + places[0][0], new.first + places[1][0], frames[0], frames[1],
        ChangeKind.RETIMED, new.speed / old.speed, 0.9 * confidence, old.source.name, whole,
    )  # fmt: skip


def chain(found: Sequence[Match]) -> list[Match]:
    """The most valuable matches that keep their order in both cuts, trimmed where they overlap.

    The longest increasing chain, weighted by frames; every predecessor is weighed, so it is exact.
    """
    if not found:
        return []
    columns = [(one.old, one.new, one.old_frames, one.new_frames, one.worth) for one in found]
    old, new, old_frames, new_frames, worth = np.array(columns, dtype=np.int64).T
    old_end, new_end = old + old_frames, new + new_frames
    retimed = np.array([one.kind is ChangeKind.RETIMED for one in found])
    score, before = worth.copy(), np.full(len(found), -1, dtype=np.int64)
    for index in range(1, len(found)):
        over = np.maximum(old_end[:index] - old[index], new_end[:index] - new[index])
        over = np.maximum(over, 0)
        fits = (new[:index] <= new[index]) & (old_end[:index] <= old_end[index])
        fits &= new_end[:index] <= new_end[index]
        fits &= over < min(old_frames[index], new_frames[index])
        fits &= over < np.minimum(old_frames[:index], new_frames[:index])
        rigid = retimed[:index] | retimed[index]
        fits &= ~rigid | (over == 0)
        per = -(-worth[index] // min(old_frames[index], new_frames[index]))
        gains = np.where(fits, score[:index] - over * per, -1)
        best = int(gains.argmax())
        if gains[best] > 0:
            score[index] += gains[best]
            before[index] = best
    place = int(score.argmax())
    links = [place]
    while before[links[-1]] >= 0:
        links.append(int(before[links[-1]]))
    return _trimmed([found[link] for link in reversed(links)])


def _trimmed(links: list[Match]) -> list[Match]:
    """Where two links overlap the later one begins later."""
    held: list[Match] = []
    for one in links:
        if held:
            last = held[-1]
            over = max(last.old + last.old_frames - one.old, last.new + last.new_frames - one.new)
            if over > 0:
                one = one.part(over, one.old_frames)
        held.append(one)
    return held


def moved(found: Sequence[Match], free_old: np.ndarray, free_new: np.ndarray) -> list[Match]:
    """Matches among the frames still free (bool, one a frame), longest first; they use them up."""
    waiting = [(-one.worth, index) for index, one in enumerate(found)]
    heapq.heapify(waiting)
    held = dict(enumerate(found))
    taken = []
    while waiting:
        worth, index = heapq.heappop(waiting)
        one = _free_part(held[index], free_old, free_new)
        if one is None:
            continue
        if -one.worth > worth:
            held[index] = one
            heapq.heappush(waiting, (-one.worth, index))
            continue
        if not one.whole and one.old_frames < LEAST_MOVED_FRAMES:
            continue
        free_old[one.old : one.old + one.old_frames] = False
        free_new[one.new : one.new + one.new_frames] = False
        kind = ChangeKind.MOVED if one.kind is ChangeKind.KEPT else one.kind
        taken.append(replace(one, kind=kind))
    return taken


def _free_part(one: Match, free_old: np.ndarray, free_new: np.ndarray) -> Match | None:
    """The longest part of a match whose frames are free in both cuts."""
    left = free_old[one.old : one.old + one.old_frames]
    right = free_new[one.new : one.new + one.new_frames]
    if one.kind is ChangeKind.RETIMED:
        return one if left.all() and right.all() else None
    free = np.concatenate(([False], left & right, [False]))
    steps = np.flatnonzero(free[1:] != free[:-1])
    if not len(steps):
        return None
    starts, ends = steps[::2], steps[1::2]
    best = int((ends - starts).argmax())
    first, last = int(starts[best]), int(ends[best])
    return one if last - first == one.old_frames else one.part(first, last)
