"""Two films held against one another by their sound, where their pictures leave it open.

The sound of a new cut is cut with its picture, so it tells where in black, in a still picture or in
a shot used twice a frame belongs. It is never asked where the picture tells: mixes change, music
is replaced. And it is asked only where it is heard to be the same on one of the ways in question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from scorestage.conform.changes import ChangeKind, ChangeList
from scorestage.conform.lines import Line
from scorestage.conform.pictures import FilmFrames, Floats, Numbers
from scorestage.conform.sounds import LEVELS_PER_DB
from scorestage.conform.tracks import Stretch

_LEAST_PAIRS, _SAMPLED = 48, 2000
_BESIDE, _ELSEWHERE = (0, -1, 1, -2, 2), (-97, -41, -13, 13, 41, 97)
_CLEARLY = 0.9
_LEAST_APART_DB, _MOST_SHARE = 2.0, 0.6
"""Films whose sounds at the same frames are no closer than this are not compared by sound."""
_HEARD_FRAMES, _SAME = 12, 0.3
_NEAR_FRAMES, _MOST_HEARD, _SURELY = 240, 48, 0.12
_PRICE, _MORE_NOISE = 0.03, 1.5
"""What another sound costs a frame that looks the same on several lines: more than noise may."""
_NEARLY, _TIED, _TIED_FRAMES, _PER_NOISE = 0.02, 0.002, 12, 0.25
"""So little apart are pictures that leave it open: a frame; the mean of half a second."""


@dataclass(frozen=True, slots=True, eq=False)
class Hearing:
    """Both films' sounds and how they differ where the films are the same.

    `gains` is by how much each band of the new film is louder, `late_frames` by how much the old
    one's sound stands later against its picture; `same` and `other` how far apart sounds are (in
    levels) of the same frame and of others, in the middle.
    """

    old: NDArray[np.uint8]
    new: NDArray[np.uint8]
    gains: Floats
    late_frames: int = 0
    same: float = 0.0
    other: float = 1.0

    @classmethod
    def of(cls, old: FilmFrames, new: FilmFrames, pairs: tuple[Numbers, Numbers]) -> Self | None:
        """From frames (of the new and the old film) that are the same; None where that is no use.

        That is so for films without sound, and where the mix is another throughout.
        """
        if old.sounds is None or new.sounds is None or len(pairs[0]) < _LEAST_PAIRS:
            return None
        step = max(1, len(pairs[0]) // _SAMPLED)
        news, olds = pairs[0][::step], pairs[1][::step]
        off = new.sounds[news].astype(np.float32) - old.sounds[olds]
        made = cls(old.sounds, new.sounds, np.median(off, axis=0).astype(np.float32))
        near = [made._middle(news, olds + late) for late in _BESIDE]
        best = int(np.argmin(near))
        best = best if near[best] < _CLEARLY * near[0] else 0
        other = float(np.median([made._middle(news, olds + by) for by in _ELSEWHERE]))
        same = near[best]
        if other - same < _LEAST_APART_DB * LEVELS_PER_DB or same > _MOST_SHARE * other:
            return None
        return replace(made, late_frames=_BESIDE[best], same=same, other=other)

    def _middle(self, news: Numbers, olds: Numbers) -> float:
        """How far apart the sounds of these frames are in the middle."""
        inside = (olds >= 0) & (olds < len(self.old))
        told = self._apart(news[inside], olds[inside])
        return float(np.median(told)) if len(told) else float("inf")

    def _apart(self, news: Numbers, olds: Numbers) -> Floats:
        off = self.new[news].astype(np.float32) - self.old[olds] - self.gains
        result: Floats = np.abs(off).mean(axis=1)
        return result

    def unlike(self, news: Numbers, olds: Numbers) -> Floats:
        """How unlike the sounds of these frames are: 0 same, 1 as any two or beyond either film."""
        olds = olds + self.late_frames
        inside = (olds >= 0) & (olds < len(self.old)) & (news >= 0) & (news < len(self.new))
        result = np.ones(len(news), dtype=np.float32)
        told = self._apart(news[inside], olds[inside])
        result[inside] = np.clip((told - self.same) / (self.other - self.same), 0, 1)
        return result

    def along(self, offset: int, first: int, last: int) -> tuple[Floats, NDArray[np.bool_]]:
        """How unlike new frames `first` up to `last` sound to the old ones `offset` later.

        And of each whether half a second up to it, or from it on, is heard to be the same.
        """
        reach, count = _HEARD_FRAMES, last - first
        news = np.arange(first - reach + 1, last + reach - 1)
        told = self.unlike(news, news + offset)
        summed = np.concatenate(([0.0], np.cumsum(told, dtype=np.float64)))
        means = (summed[reach:] - summed[:-reach]) / reach
        heard = np.minimum(means[:count], means[reach - 1 : reach - 1 + count]) < _SAME
        return told[reach - 1 : reach - 1 + count], heard

    def weighed(self, lines: Sequence[Line], frames: int, noise: float) -> list[Line]:
        """The lines, dearer where other sound stands beside frames that several show equally well.

        `noise` is how unlike frames look that are the same.
        """
        spans = list(_open(lines, frames, max(_TIED, _PER_NOISE * noise)))
        heard = np.zeros(frames, dtype=bool)
        told = []
        for index, first, last in spans:
            sounds, same = self.along(int(lines[index].at), first, last)
            heard[first:last] |= same
            told.append(sounds)
        price = np.float32(_PRICE + _MORE_NOISE * noise)
        dearer: dict[int, Floats] = {}
        for (index, first, last), sounds in zip(spans, told, strict=True):
            costs = dearer.setdefault(index, lines[index].costs.copy())
            begin = lines[index].first
            costs[first - begin : last - begin] += price * sounds * heard[first:last]
        return [
            replace(one, costs=dearer[index]) if index in dearer else one
            for index, one in enumerate(lines)
        ]


def sounds_differ(old: FilmFrames, new: FilmFrames, changes: ChangeList) -> bool:
    """Whether both films have sound and that of frames both have is not heard to be the same."""
    kept = [one for one in changes.of(ChangeKind.KEPT) if one.old_frames >= _HEARD_FRAMES]
    if old.sounds is None or new.sounds is None or not kept:
        return False
    news = np.concatenate([np.arange(one.new_in_frames, one.new_out_frames) for one in kept])
    olds = np.concatenate([np.arange(one.old_in_frames, one.old_out_frames) for one in kept])
    return len(news) >= _LEAST_PAIRS and Hearing.of(old, new, (news, olds)) is None


def heard_beside(hearing: Hearing, way: Sequence[Stretch]) -> Iterator[tuple[int, int, int]]:
    """Where another place close by sounds right and the one found does not: how much later, span.

    Half a second and more of new frames whose sound is not that of the old frames they were found
    to show, though it stands whole within ten seconds of them. Frames of a slow or still shot look
    alike, so that a trim may be told at the wrong end of it; their sounds are not.
    """
    for one in way:
        if one.line is None or not one.line.plain or one.frames < _HEARD_FRAMES:
            continue
        offset = int(one.line.at)
        told, _ = hearing.along(offset, one.first, one.last)
        for first, last in _runs(_around(told) > _SAME):
            if last - first < _HEARD_FRAMES:
                continue
            begin, end = one.first + first, one.first + last
            news = np.arange(begin, end, max(1, (end - begin) // _MOST_HEARD))
            shifts = np.arange(-_NEAR_FRAMES, _NEAR_FRAMES + 1)
            olds = (news[None] + (offset + shifts)[:, None]).ravel()
            means = hearing.unlike(np.tile(news, len(shifts)), olds).reshape(len(shifts), -1)
            best = int((table := means.mean(axis=1)).argmin())
            if table[best] < _SURELY:
                yield offset + int(shifts[best]), begin, end


def _open(lines: Sequence[Line], frames: int, tied: float) -> Iterator[tuple[int, int, int]]:
    """Where frames look the same on several lines: the line's number, first frame and end."""
    least = np.full(frames, np.inf, dtype=np.float32)
    for one in lines:
        span = slice(one.first, one.last)
        np.minimum(least[span], one.costs, out=least[span])
    count = np.zeros(frames, dtype=np.int32)
    near = []
    for one in lines:
        span = slice(one.first, one.last)
        near.append((one.costs - least[span] < _NEARLY) & one.plain)
        count[span] += near[-1]
    for index, (one, close) in enumerate(zip(lines, near, strict=True)):
        span = slice(one.first, one.last)
        for first, last in _runs(close & (count[span] > 1)):
            off = (one.costs - least[span])[first:last]
            for begin, end in _runs(_around(off) <= tied):
                yield index, one.first + first + begin, one.first + first + end


def _around(off: Floats) -> Floats:
    """The mean of each frame and those around it, as far as they reach."""
    reach = _TIED_FRAMES // 2
    summed = np.concatenate(([0.0], np.cumsum(off, dtype=np.float64)))
    at = np.arange(len(off))
    low, high = np.maximum(at - reach, 0), np.minimum(at + reach + 1, len(off))
    result: Floats = ((summed[high] - summed[low]) / (high - low)).astype(np.float32)
    return result


def _runs(chosen: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([False], chosen, [False])).astype(np.int8)))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
