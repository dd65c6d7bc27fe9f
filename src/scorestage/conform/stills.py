"""Pictures that stand still, titles, black and freezes, laid where the old film has the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorestage.conform.lines import Line, Weighing
from scorestage.conform.pictures import FilmFrames, Floats
from scorestage.conform.tracks import Stretch

LEAST_STILL: Final = 8
"""So many frames at least stand still."""
_STILL_LEVELS: Final = 0.15
_PIECE_FRAMES, _MOST_NEAR, _AROUND = 1024, 4, 24
_TITLED: Final = 0.5
"""A picture with a title over it is so much less unlike than another."""


def still_runs(film: FilmFrames, cells: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where the picture stands in those cells (18 x 32): first frame and end of each run, in order.

    >>> from scorestage.timebase import FrameRate
    >>> shown = np.zeros((30, 18, 32), dtype=np.uint8)
    >>> shown[10:] = 90
    >>> still_runs(FilmFrames(shown, FrameRate("24")), shown[0] == 0)
    [(0, 10), (10, 30)]
    """
    moving = np.concatenate(([True], _stirred(film, cells) > _STILL_LEVELS, [True]))
    edges = np.flatnonzero(moving)
    return [
        (first, last)
        for first, last in zip(edges.tolist(), edges[1:].tolist(), strict=False)
        if last - first >= LEAST_STILL
    ]


def _stirred(film: FilmFrames, cells: NDArray[np.bool_]) -> Floats:
    """By how many levels a cell changes from each frame to the next on the whole."""
    counted = np.flatnonzero(cells)
    found = np.zeros(max(0, len(film) - 1), dtype=np.float32)
    for first in range(0, len(found), _PIECE_FRAMES):
        part = film.signatures[first : first + _PIECE_FRAMES + 1]
        rows = part.reshape(len(part), -1).take(counted, axis=1)
        apart = np.maximum(rows[1:], rows[:-1]) - np.minimum(rows[1:], rows[:-1])
        told = np.einsum("nc->n", apart, dtype=np.float32) / max(1, len(counted))
        found[first : first + _PIECE_FRAMES] = told
    return found


def still_lines(
    way: Sequence[Stretch],
    films: tuple[FilmFrames, FilmFrames],
    cells: NDArray[np.bool_],
    most: float,
    weighing: Weighing,
) -> Iterator[Line]:
    """Lines that let a still run of the new film begin, or end, where one like it in the old does.

    Of a picture that stands any line tells as much; how far it stands there, only these. Runs the
    way goes through, or lays so, without doubt are left. `cells` are those that tell, without
    numbers burnt in; from how unlike `most` on a picture is another.
    """
    olds = still_runs(films[0], cells)
    if not olds:
        return
    runs = still_runs(films[1], cells)
    asked = [span for span in runs if not _sure(way, *span, _TITLED * most, olds)]
    middles = np.array([(first + last) // 2 for first, last in olds], dtype=np.intp)
    for first, last in asked:
        news = np.full(len(olds), (first + last) // 2, dtype=np.intp)
        told = weighing.measure(news, middles)
        for index in np.argsort(told, kind="stable")[:_MOST_NEAR].tolist():
            if told[index] >= most:
                break
            begin, end = olds[index]
            for at in sorted({begin - first, end - last}):
                line = weighing.line(Fraction(at), Fraction(1), first, last)
                if line is not None:
                    yield line


def _sure(
    way: Sequence[Stretch], first: int, last: int, doubt: float, olds: Sequence[tuple[int, int]]
) -> bool:
    """Whether one stretch fits this run, and leads through it or lays it by one of its ends.

    It leads through from a second before the run to one after.
    """
    one = next((one for one in way if one.first <= first and one.last >= last), None)
    if (
        one is None
        or one.line is None
        or (one.costs[first - one.first : last - one.first] > doubt).any()
    ):
        return False
    begin, end = one.line.old(first), one.line.old(last)
    if any(begin == low or end == high for low, high in olds):
        return True
    before, after = max(first - _AROUND, way[0].first), min(last + _AROUND, way[-1].last)
    return one.first <= before and one.last >= after
