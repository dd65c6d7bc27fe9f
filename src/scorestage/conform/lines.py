"""Stretches of the new cut that run along the old one: straight lines of frame against frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

import numpy as np

from scorestage.conform.pictures import Floats, Measure, Numbers
from scorestage.conform.seeds import Finds

LOST: Final = 0.5
"""A line ends where the picture is more unlike than this."""
ALONGSIDE: Final = 3
"""So many lines that lie far from one another are weighed for a frame: shots are used again."""
_AS_GOOD, _EVEN = np.float32(1.05), np.float32(0.001)
_FAR_FRAMES, _NEAR_FRAMES = 240, 64
_QUICK_STEP, _LEAST_STEP, _MOST_STEP, _ABOVE = 12, 24, 768, 2.0
_SOME, _FEW, _SHARE = 40, 10, 4


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """New frames `first` up to `last`; frame n shows the old frame floor(at + speed * n).

    `costs` tell how unlike each of its frames is to the old one. `flopped` lines run along the
    mirrored picture.
    """

    at: Fraction
    speed: Fraction
    first: int
    last: int
    costs: Floats
    support: int = 1

    def old(self, new: int) -> int:
        """The old frame that new frame `new` shows."""
        return int((self.at + self.speed * new) // 1)

    @property
    def plain(self) -> bool:
        """Whether it runs at the old speed."""
        return self.speed == 1


def old_frames(at: Fraction, speed: Fraction, news: Numbers) -> Numbers:
    """The old frames that these new frames show."""
    below = at.denominator * speed.denominator
    rise = speed.numerator * at.denominator
    start = at.numerator * speed.denominator
    return (start + rise * news) // below


class Weighing:
    """Draws lines along the two films as far as they agree."""

    def __init__(
        self, measure: Measure, old_frames: int, new_frames: int, *, quick: bool = False
    ) -> None:
        self.measure, self.old_frames, self.new_frames = measure, old_frames, new_frames
        self.quick = quick
        """Whether lines are left as soon as they cannot be the best way; else drawn on far."""

    def line(
        self, at: Fraction, speed: Fraction, first: int, last: int, support: int = 1
    ) -> Line | None:
        """The line through these new frames, drawn on at both ends while the pictures agree."""
        low, high = self._bounds(at, speed)
        first, last = max(first, low), min(last, high)
        if last <= first:
            return None
        costs = [self.costs(at, speed, first, last)]
        first, before = self._on(at, speed, first, low, -1)
        last, after = self._on(at, speed, last, high, 1)
        return Line(
            at, speed, first, last, np.concatenate([*before[::-1], *costs, *after]), support
        )

    def holds(self, at: Fraction, speed: Fraction, first: int, last: int) -> bool:
        """Whether these new frames of the line lie within the old film."""
        low, high = self._bounds(at, speed)
        return low <= first and last <= high

    def short(self, at: Fraction, speed: Fraction, first: int, last: int) -> Floats | None:
        """How unlike some frames of the line are; None where it leaves the old film."""
        low, high = self._bounds(at, speed)
        if first < low or last > high:
            return None
        news = np.arange(first, last, max(1, (last - first) // _SOME))
        return self.measure(news, old_frames(at, speed, news))

    def best(
        self, tried: Sequence[tuple[Fraction, Fraction]], first: int, last: int
    ) -> tuple[Fraction, Fraction] | None:
        """Which of many lines (at, speed) fits these frames best; None if none stays in the film.

        A few frames of each are weighed first, then more of those that fit best.
        """
        low_high = [self._bounds(*one) for one in tried]
        inside = [
            one
            for one, (low, high) in zip(tried, low_high, strict=True)
            if low <= first and last <= high
        ]
        for samples in (_FEW, _SOME):
            if len(inside) < 2:
                break
            told = self.means(inside, np.arange(first, last, max(1, (last - first) // samples)))
            keep = 1 if samples == _SOME else max(2, len(inside) // _SHARE)
            chosen = np.argsort(told, kind="stable")[:keep]
            inside = [inside[index] for index in sorted(chosen.tolist())]
        return inside[0] if inside else None

    def means(self, tried: Sequence[tuple[Fraction, Fraction]], news: Numbers) -> Floats:
        """How unlike these frames are on each line on the whole; each pair is weighed once."""
        olds = np.concatenate([old_frames(*one, news) for one in tried])
        pairs = olds + np.tile(news, len(tried)) * self.old_frames
        own, places = np.unique(pairs, return_inverse=True)
        told = self.measure(own // self.old_frames, own % self.old_frames)[places]
        result: Floats = told.reshape(len(tried), -1).mean(axis=1)
        return result

    def costs(self, at: Fraction, speed: Fraction, first: int, last: int) -> Floats:
        """How unlike new frames `first` up to `last` are to those on the line.

        Of a shot that was made faster the frames left out are told by those beside them.
        """
        if abs(speed) >= 1:
            news = np.arange(first, last)
            return self.measure(news, old_frames(at, speed, news))
        reach, (low, high) = int(-(-1 // abs(speed))) - 1, self._bounds(at, speed)
        news = np.arange(max(first - reach, low), min(last + reach, high))
        olds = old_frames(at, speed, news)
        return _lowest_of_same(self.measure(news, olds), olds)[first - news[0] :][: last - first]

    def _bounds(self, at: Fraction, speed: Fraction) -> tuple[int, int]:
        """The new frames for which the line lies within the old film."""
        ends = sorted((-at / speed, (self.old_frames - at) / speed))
        low, high = max(0, int(-(-ends[0] // 1))), min(self.new_frames, int(-(-ends[1] // 1)))
        if speed < 0:
            low, high = max(0, int(ends[0] // 1) + 1), min(self.new_frames, int(ends[1] // 1) + 1)
        return low, high

    def _is_lost(self, costs: Floats) -> bool:
        """Whether the pictures no longer agree."""
        if self.quick:
            return float(costs.sum()) > LOST * len(costs) + _ABOVE
        return float(np.median(costs)) > LOST

    def _on(
        self, at: Fraction, speed: Fraction, begin: int, bound: int, way: int
    ) -> tuple[int, list[Floats]]:
        step, made = (_QUICK_STEP if self.quick else _LEAST_STEP), list[Floats]()
        while begin != bound:
            reach = begin + way * min(step, abs(bound - begin))
            costs = self.costs(at, speed, min(begin, reach), max(begin, reach))
            made.append(costs)
            begin = reach
            if self._is_lost(costs):
                break
            step = min(2 * step, _MOST_STEP)
        return begin, made


def _lowest_of_same(costs: Floats, olds: Numbers) -> Floats:
    """Of the frames in a row that show one old frame each as the likest of them.

    >>> _lowest_of_same(np.array([0.5, 0.25, 0.75]), np.array([3, 3, 4])).tolist()
    [0.25, 0.25, 0.75]
    """
    begins = np.flatnonzero(np.diff(olds, prepend=olds[0] - 1))
    counts = np.diff(begins, append=len(olds))
    result: Floats = np.minimum.reduceat(costs, begins).repeat(counts)
    return result


def drawn_lines(found: Finds, weighing: Weighing, known: Iterable[Line] = ()) -> list[Line]:
    """The lines at the old speed that the finds lie on, those with most finds first.

    Finds that a line drawn before explains as well get none of their own.
    """
    runs = sorted(_runs(found), key=lambda run: (-len(run.news), run.offset, run.news[0]))
    explained = _Explained(known)
    drawn = []
    for run in runs:
        if explained.holds(run):
            continue
        first, last = run.news[0], run.news[-1] + 1
        line = weighing.line(Fraction(run.offset), Fraction(1), first, last, len(run.news))
        if line is not None:
            explained.add(line)
            drawn.append(line)
    return list(merged(drawn))


class _Explained:
    """Which finds need no line of their own: a near line, or some far ones, fit them as well."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lines: list[Line] = []
        self.spans = np.empty((64, 3), dtype=np.int64)
        for line in lines:
            self.add(line)

    def add(self, line: Line) -> None:
        """One more line."""
        count = len(self.lines)
        if count == len(self.spans):
            self.spans = np.concatenate([self.spans, np.empty_like(self.spans)])
        self.spans[count] = line.first, line.last, line.old(line.first) - line.first
        self.lines.append(line)

    def holds(self, run: _Run) -> bool:
        """Whether the finds of a run are explained."""
        spans = self.spans[: len(self.lines)]
        over = np.flatnonzero((spans[:, 0] <= run.news[0]) & (spans[:, 1] > run.news[-1]))
        far = 0
        most = run.unlike * _AS_GOOD + _EVEN
        for index in over.tolist():
            line = self.lines[index]
            if not (line.costs[run.places - line.first] <= most).all():
                continue
            far += 1
            offset = int(spans[index, 2]) if line.plain else line.old(run.news[0]) - run.news[0]
            if far >= ALONGSIDE or abs(offset - run.offset) <= _NEAR_FRAMES:
                return True
        return False


def merged(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines that lie on one another joined to one."""
    held: Line | None = None
    for one in sorted(lines, key=lambda line: (line.speed, line.at, line.first)):
        same = held is not None and held.speed == one.speed and held.at == one.at
        if held is None or not same or one.first > held.last:
            if held is not None:
                yield held
            held = one
        elif one.last > held.last:
            costs = np.concatenate([held.costs, one.costs[held.last - one.first :]])
            support = held.support + one.support
            held = Line(one.at, one.speed, held.first, one.last, costs, support)
    if held is not None:
        yield held


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    """Finds of one offset that follow each other: the new frames and how unlike each is."""

    offset: int
    news: list[int]
    unlike: Floats

    @property
    def places(self) -> Numbers:
        """The new frames."""
        return np.array(self.news, dtype=np.intp)


def _runs(found: Finds) -> Iterator[_Run]:
    offsets = found.old - found.new
    order = np.lexsort((found.unlike, found.new, offsets))
    offsets, news = offsets[order], found.new[order]
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = (np.diff(offsets) != 0) | (np.diff(news) != 0)
    order, offsets, news = order[fresh], offsets[fresh], news[fresh]
    breaks = (np.diff(offsets) != 0) | (np.diff(news) > _FAR_FRAMES)
    edges = [0, *(np.flatnonzero(breaks) + 1).tolist(), len(order)]
    for first, last in pairwise(edges):
        if last > first:
            held = news[first:last].tolist()
            yield _Run(int(offsets[first]), held, found.unlike[order[first:last]])
