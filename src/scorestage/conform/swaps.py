"""Shots that sound as before and show another picture: an effect that came in, a stand-in gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

import numpy as np

from scorestage.conform.changes import Change, ChangeKind
from scorestage.conform.hearing import Hearing
from scorestage.conform.leftovers import Left
from scorestage.conform.matching import Match

HEARD_SURE: Final = 0.9
"""How sure it is that a shot was replaced where the sound stayed."""
_LEAST_FRAMES, _ALIKE, _CLEARER, _BESIDE = 12, 0.3, 0.2, (-13, -7, 7, 13)


def heard_alike(hearing: Hearing, new_first: int, new_last: int, offset: int) -> bool:
    """Whether these new frames sound like the old ones `offset` later, and like no others by."""
    news = np.arange(new_first, new_last)
    told = float(hearing.unlike(news, news + offset).mean())
    if len(news) < _LEAST_FRAMES or told > _ALIKE:
        return False
    by = [float(hearing.unlike(news, news + offset + off).mean()) for off in _BESIDE]
    return min(by) > told + _CLEARER


def surer(change: Change, hearing: Hearing) -> Change:
    """A replaced shot with more confidence where it sounds as before."""
    offset = change.old_in_frames - change.new_in_frames
    alike = heard_alike(hearing, change.new_in_frames, change.new_out_frames, offset)
    return replace(change, confidence=HEARD_SURE) if alike else change


def heard_swaps(
    old: Sequence[Left], new: Sequence[Left], kept: Sequence[Match], hearing: Hearing
) -> tuple[list[Change], list[Left], list[Left]]:
    """Shots replaced where their neighbours put them, told by sound; and what is left of each side.

    `kept` is in order; a shot may be trimmed or extended as well.
    """
    changes: list[Change] = []
    rest = list(old), list(new)
    for gap in sorted({one.gap for one in old} & {one.gap for one in new}):
        for offset in _offsets(kept, gap):
            for mine in [one for one in rest[0] if one.gap == gap]:
                swap = next(_swapped(mine, rest[1], offset, hearing), None)
                if swap is None:
                    continue
                change, other = swap
                changes.append(change)
                rest[0].remove(mine)
                rest[1].remove(other)
                ends = change.old_in_frames, change.old_out_frames
                others = change.new_in_frames, change.new_out_frames
                rest[0].extend(_around(mine, ends, others))
                rest[1].extend(_around(other, others, ends))
    for side in rest:
        side.sort(key=lambda left: left.first)
    return changes, *rest


def _offsets(kept: Sequence[Match], gap: int) -> list[int]:
    """By how much old frames lie later than new ones for what stands on either side of a gap."""
    found = []
    if gap:
        one = kept[gap - 1]
        found.append(one.old + one.old_frames - one.new - one.new_frames)
    if gap < len(kept):
        found.append(kept[gap].old - kept[gap].new)
    return list(dict.fromkeys(found)) or [0]


def _swapped(
    mine: Left, news: Sequence[Left], offset: int, hearing: Hearing
) -> Iterator[tuple[Change, Left]]:
    for other in news:
        first = max(mine.first, other.first + offset)
        last = min(mine.last, other.last + offset)
        if other.gap != mine.gap or last - first < _LEAST_FRAMES:
            continue
        if heard_alike(hearing, first - offset, last - offset, offset):
            yield (
                Change(ChangeKind.REPLACED, first, last, first - offset, last - offset,
                       Fraction(1), HEARD_SURE), other,
            )  # fmt: skip


def _around(left: Left, taken: tuple[int, int], place: tuple[int, int]) -> Iterator[Left]:
    """What of a shot lies before and after what was taken of it: trimmed at head and tail."""
    if left.first < taken[0]:
        kind = ChangeKind.SHORTENED_HEAD
        yield replace(left, last=taken[0], kind=kind, place=place[0])
    if taken[1] < left.last:
        kind = ChangeKind.SHORTENED_TAIL
        yield replace(left, first=taken[1], kind=kind, place=place[1])
