"""A cut list held against a film: its edits against the film's shots, by lengths and order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorestage.conform.changes import Change, ChangeKind, ChangeList, made_list
from scorestage.conform.pieces import pieces_of
from scorestage.errors import InputError
from scorestage.production import CutList
from scorestage.timebase import FrameRate

_MOST_JOINED: Final = 4
_MOST_DOUBTED: Final = 8
"""So many shots of one side may be one of the other: a cut was not seen, or a flash was."""
_JOINED, _ALONE, _TRIMMED, _MOST_TRIM = 0.35, 0.9, 0.8, 2.5
"""Prices: a cut that the other side has not, a shot of one side alone, one of other length."""
_LEAST_JOINED, _UNSURE_TRIM = 0.05, 0.3
"""What a cut nobody is sure of costs of that price, and more where a trim rests on it."""
_LEAST_SURE, _MOST_SURE, _PER_SHOT = 0.5, 0.9, 0.1
_TRIM_SURE, _GONE_SURE = 0.5, 0.6
_NO_PRICE = float("inf")


@dataclass(frozen=True, slots=True)
class FilmShots:
    """The shots of a film as detected: `cuts_frames` is where each begins but the first.

    `soft_frames` tells of those that begin in a dissolve or a wipe how long it is; `sure` how sure
    a cut is, 0 to 1 (1 where it is not told).
    """

    frames: int
    cuts_frames: tuple[int, ...]
    rate: FrameRate
    start_frames: int = 0
    soft_frames: tuple[tuple[int, int], ...] = ()
    sure: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class _Side:
    """Where the shots begin and the end; how far each bound may lie off and how sure it is.

    Also each shot's name.
    """

    bounds: tuple[int, ...]
    slack: tuple[int, ...]
    names: tuple[str, ...]
    sure: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """Shots of the list (`first` up to `last`) against shots of the film."""

    first: int
    last: int
    film_first: int
    film_last: int


def compare_list_with_film(listed: CutList, film: FilmShots) -> ChangeList:
    """The changes from a cut list to a film, covering every frame of both.

    Pictures are not seen: shots are the same where their lengths and their neighbours' agree, so a
    shot replaced by one as long is not told, and confidence stays below that of films compared.
    """
    if not film.frames:
        raise InputError("the film has no frames")
    mine, theirs = _listed(listed), _shown(film)
    way = _aligned(mine, theirs)
    start = min(one.record_in_frames for one in listed.picture)
    return made_list(
        _told(way, mine, theirs), mine.bounds[-1], film.frames, listed.rate, film.rate,
        start, film.start_frames,
    )  # fmt: skip


def _listed(cut: CutList) -> _Side:
    bounds, slack, names = [0], [0], list[str]()
    event = None
    pieces = pieces_of(cut)
    mixed = {one.event: one.frames for one in pieces if one.mixed}
    for piece in pieces:
        if event is not None and piece.event != event:
            bounds.append(piece.first)
            slack.append(mixed.get(piece.event, 0))
        if event is None or piece.event != event:
            names.append(piece.source.name)
        event = piece.event
    return _Side((*bounds, pieces[-1].last), (*slack, 0), tuple(names), (1.0,) * (len(bounds) + 1))


def _shown(film: FilmShots) -> _Side:
    cuts = sorted({one for one in film.cuts_frames if 0 < one < film.frames})
    soft = dict(film.soft_frames)
    slack = (0, *(soft.get(one, 0) for one in cuts), 0)
    told = dict(film.sure)
    sure = (1.0, *(min(1.0, max(0.0, told.get(one, 1.0))) for one in cuts), 1.0)
    return _Side((0, *cuts, film.frames), slack, ("",) * (len(cuts) + 1), sure)


def _aligned(mine: _Side, theirs: _Side) -> list[_Step]:
    """The cheapest way through both, shot by shot (dynamic programming, a row at a time)."""
    rows, columns = len(mine.bounds), len(theirs.bounds)
    prices = _Prices(mine, theirs)
    price = np.full((rows, columns), _NO_PRICE)
    came = np.zeros((rows, columns), dtype=np.int16)
    doubted = _MOST_DOUBTED if min(theirs.sure) < 1 else _MOST_JOINED
    steps = [(1, count) for count in range(1, doubted + 1)]
    steps += [(count, 1) for count in range(2, _MOST_JOINED + 1)]
    along = _ALONE * np.arange(columns)
    for row in range(rows):
        if row:
            price[row] = price[row - 1] + _ALONE
            came[row] = -1
        else:
            price[0, 0] = 0.0
        for index, (ours, others) in enumerate(steps):
            if ours > row or others >= columns:
                continue
            told = prices.of(row, ours, others) + price[row - ours, : columns - others]
            better = told < price[row, others:] - 1e-9
            price[row, others:][better] = told[better]
            came[row, others:][better] = index
        lowest = np.minimum.accumulate(price[row] - along) + along
        came[row][lowest < price[row] - 1e-9] = -2
        price[row] = lowest
    return _walked(came, steps)


class _Prices:
    """What it costs to take shots of the list for shots of the film."""

    def __init__(self, mine: _Side, theirs: _Side) -> None:
        self.old, self.new = np.array(mine.bounds), np.array(theirs.bounds)
        self.soft = np.array(mine.slack), np.array(theirs.slack)
        sure = np.array(theirs.sure)
        overlooked = np.cumsum(_JOINED * np.maximum(sure, _LEAST_JOINED))
        self.overlooked = np.concatenate(([0.0], overlooked))
        self.doubt = _UNSURE_TRIM * (1 - sure)

    def of(self, row: int, ours: int, others: int) -> NDArray[np.float64]:
        """So many shots of the list up to bound `row`, for so many of the film up to each bound."""
        length = int(self.old[row] - self.old[row - ours])
        lengths = self.new[others:] - self.new[:-others]
        slack = np.maximum(self.soft[0][row], self.soft[1][others:])
        slack = slack + np.maximum(self.soft[0][row - ours], self.soft[1][:-others])
        joined = self.overlooked[others:-1] - self.overlooked[1:-others] + _JOINED * (ours - 1)
        told = np.where(np.abs(lengths - length) <= slack, joined, _NO_PRICE)
        if ours != 1 or others != 1:
            return told
        trimmed = _TRIMMED + np.abs(np.log(lengths / length))
        dear = np.isfinite(told) | (trimmed > _MOST_TRIM)
        return np.where(dear, told, trimmed + self.doubt[1:] + self.doubt[:-1])


def _walked(came: NDArray[np.int16], steps: Sequence[tuple[int, int]]) -> list[_Step]:
    row, column = came.shape[0] - 1, came.shape[1] - 1
    found = []
    while row or column:
        index = int(came[row, column])
        ours, others = {-1: (1, 0), -2: (0, 1)}.get(index) or steps[index]
        found.append(_Step(row - ours, row, column - others, column))
        row, column = row - ours, column - others
    return found[::-1]


def _told(way: Sequence[_Step], mine: _Side, theirs: _Side) -> Iterator[Change]:
    """The way as changes; where a mix begins is taken from the list, the rest are trims."""
    reached, before = 0, 0
    sure = _sureness(way, mine, theirs)
    for step, confidence in zip(way, sure, strict=True):
        first, last = mine.bounds[step.first], mine.bounds[step.last]
        end = theirs.bounds[step.film_last]
        name = mine.names[step.first] if step.last > step.first else ""
        if step.first == step.last:
            if end > reached:
                yield _change(ChangeKind.INSERTED, first, first, reached, end, _GONE_SURE)
            reached, before = max(end, reached), 0
            continue
        if step.film_first == step.film_last or end <= reached:
            yield _change(ChangeKind.REMOVED, first, last, reached, reached, _GONE_SURE, name)
            before = 0
            continue
        length = last - first
        off = end - reached - length
        within = abs(off) <= _slack(step, mine, theirs)
        follows = step.film_last + 1
        if within and follows < len(theirs.bounds) and reached + length <= theirs.bounds[follows]:
            end, off = reached + length, 0
        yield from _shot((first, last), (reached, end), off, before, confidence, name)
        reached, before = end, off


def _shot(
    old: tuple[int, int], new: tuple[int, int], off: int, before: int, sure: float, name: str
) -> Iterator[Change]:
    """One shot, kept or trimmed: at its head where the shot before gave or took as much."""
    head = bool(off) and off == -before
    same = min(old[1] - old[0], new[1] - new[0])
    if head:
        kept = old[1] - same, old[1], new[1] - same, new[1]
    else:
        kept = old[0], old[0] + same, new[0], new[0] + same
    yield _change(ChangeKind.KEPT, *kept, sure, name)
    if not off:
        return
    if off < 0:
        kind = ChangeKind.SHORTENED_HEAD if head else ChangeKind.SHORTENED_TAIL
        span = (old[0], kept[0]) if head else (kept[1], old[1])
        place = new[0] if head else new[1]
        yield _change(kind, *span, place, place, _TRIM_SURE, name)
    else:
        kind = ChangeKind.LENGTHENED_HEAD if head else ChangeKind.LENGTHENED_TAIL
        span = (new[0], kept[2]) if head else (kept[3], new[1])
        place = old[0] if head else old[1]
        yield _change(kind, place, place, *span, _TRIM_SURE, name)


def _sureness(way: Sequence[_Step], mine: _Side, theirs: _Side) -> list[float]:
    """How sure each step is: more, the more shots that follow each other agree in length."""
    exact = [_agrees(step, mine, theirs) for step in way]
    told = [_TRIM_SURE] * len(way)
    first = 0
    while first < len(way):
        last = first
        while last < len(way) and exact[last]:
            last += 1
        for index in range(first, last):
            most = min(_MOST_SURE, _LEAST_SURE + _PER_SHOT * (last - first - 1))
            step = way[index]
            ends = min(theirs.sure[step.film_first], theirs.sure[step.film_last])
            told[index] = round(_LEAST_SURE + (most - _LEAST_SURE) * ends, 3)
        first = max(last, first + 1)
    return told


def _agrees(step: _Step, mine: _Side, theirs: _Side) -> bool:
    length = mine.bounds[step.last] - mine.bounds[step.first]
    other = theirs.bounds[step.film_last] - theirs.bounds[step.film_first]
    return bool(length and other) and abs(other - length) <= _slack(step, mine, theirs)


def _slack(step: _Step, mine: _Side, theirs: _Side) -> int:
    begins = max(mine.slack[step.first], theirs.slack[step.film_first])
    return begins + max(mine.slack[step.last], theirs.slack[step.film_last])


def _change(
    kind: ChangeKind, old: int, old_out: int, new: int, new_out: int, sure: float, words: str = ""
) -> Change:
    return Change(kind, old, old_out, new, new_out, Fraction(1), sure, words)
