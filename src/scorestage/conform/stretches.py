"""Stretches of the way as matches of both cuts, those retimed with the ends they have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from scorestage.conform.changes import ChangeKind
from scorestage.conform.lines import Line, old_frames
from scorestage.conform.matching import Match
from scorestage.conform.pictures import Numbers
from scorestage.conform.tracks import Stretch

_LEAST_MOVED: Final = 3
_SURE_FRAMES, _LONG_FRAMES, _SURE_UNLIKE, _SAMPLED_PAIRS = 16, 48, 0.25, 320
_LOOSELY_UNLIKE = 0.4


def matches_of(way: Sequence[Stretch], old_frames: int) -> list[Match]:
    """The stretches as matches, those retimed reaching to their neighbours in the old film."""
    found = []
    for index, one in enumerate(way):
        line = one.line
        if line is None:
            continue
        confidence = round(max(0.0, 1.0 - one.unlike), 2)
        first, frames = one.first, one.frames
        begin = line.old(first)
        if line.plain:
            kind, end = ChangeKind.KEPT, begin + frames
        else:
            kind = ChangeKind.RETIMED
            begin, end = _retimed_ends(line, way, index, old_frames)
            begin, end, first, last = _beside(begin, end, one, line, way)
            frames = last - first
            if frames <= 0 or end <= begin:
                continue
        whole = not line.plain or frames >= _LEAST_MOVED
        found.append(
            Match(begin, first, end - begin, frames, kind, line.speed, confidence, whole=whole)
        )
    found.sort(key=lambda one: (one.old, one.new, one.old_frames))
    return found


def _beside(
    begin: int, end: int, one: Stretch, line: Line, way: Sequence[Stretch]
) -> tuple[int, int, int, int]:
    """A retimed stretch without old frames at its ends that shots at the old speed show."""
    first, last = one.first, one.last
    for other in way:
        if other.line is None or not other.line.plain:
            continue
        low, high = other.line.old(other.first), other.line.old(other.last)
        if low <= begin < high < end:
            begin = high
            while first < last and line.old(first) < begin:
                first += 1
        elif begin < low < end <= high:
            end = low
            while last > first and line.old(last - 1) >= end:
                last -= 1
    return begin, end, first, last


def _retimed_ends(
    line: Line, way: Sequence[Stretch], index: int, old_frames: int
) -> tuple[int, int]:
    one = way[index]
    step = int(-(-line.speed // 1)) + 1
    begin, last = line.old(one.first), line.old(one.last - 1)
    end = max(last + 1, line.old(one.last))
    before = way[index - 1] if index else None
    after = way[index + 1] if index + 1 < len(way) else None
    if before is not None and before.line is not None:
        reached = before.line.old(before.last)
        if abs(begin - reached) <= step and reached <= last:
            begin = reached
    if after is not None and after.line is not None:
        goes_on = after.line.old(after.first)
        if begin < goes_on and abs(goes_on - last) <= step:
            end = goes_on
    return begin, min(end, old_frames)


def sure_pairs(way: Sequence[Stretch], *, loosely: bool = False) -> tuple[Numbers, Numbers]:
    """Frames that are the same beyond doubt, of the new and the old film, from all over it.

    `loosely` where something may be burnt into one of them.
    """
    most = _LOOSELY_UNLIKE if loosely else _SURE_UNLIKE
    sure = [
        one
        for one in way
        if one.line is not None and one.frames >= _SURE_FRAMES and one.unlike < most
    ]
    long = [one for one in sure if one.frames >= _LONG_FRAMES]
    if sum(one.frames for one in long) >= _SAMPLED_PAIRS:
        sure = long
    none = np.zeros(0, dtype=np.intp)
    news = [np.arange(one.first + 2, one.last - 2) for one in sure]
    olds = [
        old_frames(one.line.at, one.line.speed, part)
        for one, part in zip(sure, news, strict=True)
        if one.line is not None
    ]
    table = np.concatenate([none, *news]), np.concatenate([none, *olds])
    step = max(1, len(table[0]) // _SAMPLED_PAIRS)
    return table[0][::step], table[1][::step]
