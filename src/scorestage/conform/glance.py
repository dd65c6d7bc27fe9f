"""A first glance at two films: the stretches that are plainly the same, found on small pictures.

Most of a new cut is the last one again. Six by eight cells of each frame tell where; what they
leave open, and where exactly the joints are, is looked at closer by those who called.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from scorestage.conform.lines import Line, Weighing, drawn_lines
from scorestage.conform.pictures import (
    COLUMNS,
    GRAIN_LEVELS,
    ROWS,
    FilmFrames,
    Floats,
    Measure,
    Numbers,
)
from scorestage.conform.seeds import STRIDE, Finds
from scorestage.conform.tracks import Stretch, best_way

_DOWN, _ACROSS = 6, 8
_LONG_FRAMES, _SUMS_AT_ONCE = 20_000, 1 << 22
_BIN_FRAMES, _FINDS = 24, 2
_ALIKE, _TOO_PLAIN, _UNRELATED = 0.1, 0.35, 0.7
_NEW, _JUMP = 0.1, 0.12
_REACH, _SAMPLED = 2, 24
_BESIDE, _NEARLY, _NOTHING = 3, np.float32(1.03), np.float32(1e-5)


@dataclass(frozen=True, slots=True, eq=False)
class Small:
    """A film as rows of 48: six by eight cells, brightness and contrast taken out.

    `shown` is how much each frame shows, 0 for plain colour to 1.
    """

    rows: Floats
    shown: Floats

    @classmethod
    def of(cls, signatures: NDArray[np.uint8]) -> Small:
        """Of signatures (frames x 18 x 32)."""
        down, across = ROWS // _DOWN, COLUMNS // _ACROSS
        cells = signatures.reshape(len(signatures), _DOWN, down, _ACROSS, across)
        rows = cells.sum(axis=(2, 4), dtype=np.uint16).astype(np.float32)
        rows = rows.reshape(len(rows), -1) / np.float32(down * across)
        rows -= rows.mean(axis=1, keepdims=True)
        power = np.einsum("nc,nc->n", rows, rows)
        held = power + np.float32(_DOWN * _ACROSS * GRAIN_LEVELS**2)
        rows /= np.sqrt(held)[:, None]
        return cls(rows, power / held)


@dataclass(frozen=True, slots=True, eq=False)
class Glance:
    """Two films in small: the first of every look, since it costs least."""

    old: Small
    new: Small

    @classmethod
    def of(cls, old: FilmFrames, new: FilmFrames) -> Glance:
        """Of both films."""
        return cls(Small.of(old.signatures), Small.of(new.signatures))

    def apart(self, news: Numbers, olds: Numbers) -> Floats:
        """How far these frames are from one another: 0 the same, 1 unrelated, 2 the negative."""
        off = self.new.rows[news] - self.old.rows[olds]
        result: Floats = np.einsum("nc,nc->n", off, off)
        result /= 2
        return result

    def before(self, measure: Measure) -> Measure:
        """The measure, not asked about frames that are plainly unrelated: those are 1."""

        def told(news: Numbers, olds: Numbers) -> Floats:
            result = np.ones(len(news), dtype=np.float32)
            near = np.flatnonzero(self.apart(news, olds) < _UNRELATED)
            result[near] = measure(news[near], olds[near])
            return result

        return told

    def way(self, old: FilmFrames, new: FilmFrames) -> list[Stretch]:
        """Which stretch of the old film each of the new one seems to be, at the old speed alone."""
        weighing = Weighing(self.apart, len(old), len(new), quick=True)
        lines = drawn_lines(_finds(self.old, self.new), weighing)
        return list(_sharpened(best_way(lines, len(new), _NEW, _JUMP), old, new))


def _finds(old: Small, new: Small) -> Finds:
    """The likeliest places of telling frames of the new film in the old one."""
    frames = _telling(new)
    bins = -(-len(old.rows) // _BIN_FRAMES)
    at_once = max(1, _SUMS_AT_ONCE // (bins * _BIN_FRAMES))
    news, olds, off = [], [], []
    for first in range(0, len(frames), at_once):
        part = frames[first : first + at_once]
        like = new.rows[part] @ old.rows.T
        like *= 2
        like -= np.square(old.rows).sum(axis=1)
        table = np.full((len(part), bins * _BIN_FRAMES), -np.inf, dtype=np.float32)
        table[:, : len(old.rows)] = like
        parts = table.reshape(len(part), bins, _BIN_FRAMES)
        tops = parts.max(axis=2)
        finds = min(_FINDS, bins)
        chosen = np.argpartition(-tops, finds - 1, axis=1)[:, :finds]
        line = np.arange(len(part))[:, None]
        news.append(np.repeat(part, finds))
        olds.append((chosen * _BIN_FRAMES + parts[line, chosen].argmax(axis=2)).ravel())
        own = np.square(new.rows[part]).sum(axis=1)
        off.append((own[:, None] - tops[line, chosen]).ravel() / 2)
    if not news:
        return Finds.none()
    found = Finds(np.concatenate(news), np.concatenate(olds), np.concatenate(off))
    return found.only(found.unlike < _ALIKE)


def _telling(new: Small) -> Numbers:
    """Of every so many frames the one that differs most from the frame before it."""
    steps = np.zeros(len(new.rows), dtype=np.float32)
    steps[1:] = np.square(np.diff(new.rows, axis=0)).sum(axis=1)
    stride = STRIDE * (1 + len(steps) // _LONG_FRAMES)
    bins = -(-len(steps) // stride)
    table = np.full(bins * stride, -1.0, dtype=np.float32)
    table[: len(steps)] = steps
    chosen = np.arange(bins) * stride + table.reshape(bins, stride).argmax(axis=1)
    result: Numbers = chosen[new.shown[chosen] > _TOO_PLAIN]
    return result


def _sharpened(way: Sequence[Stretch], old: FilmFrames, new: FilmFrames) -> Iterator[Stretch]:
    """Each stretch moved by a frame or two where whole pictures agree better so."""
    for one in way:
        line = one.line
        if line is None:
            yield one
            continue
        news = np.arange(one.first, one.last, max(1, one.frames // _SAMPLED))
        told = []
        for shift in range(-_REACH, _REACH + 1):
            olds = news + int(line.at) + shift
            inside = (olds >= 0) & (olds < len(old))
            if not inside.all():
                told.append(np.inf)
                continue
            told.append(_apart(new.signatures[news], old.signatures[olds]))
        shift = min(range(len(told)), key=lambda at: (told[at], abs(at - _REACH))) - _REACH
        at = line.at + shift
        yield Stretch(one.first, one.last, Line(Fraction(at), line.speed, line.first, line.last,
                                                line.costs, line.support))  # fmt: skip


def surely(
    pairs: tuple[Numbers, Numbers], old: FilmFrames, new: FilmFrames
) -> tuple[Numbers, Numbers]:
    """Those pairs of frames (of the new and the old film) that agree better than their neighbours.

    Where a shot runs at another speed, or a frame is out, a neighbour agrees better.
    """
    news, olds = pairs
    if not len(news):
        return pairs
    rows = _rows(new.signatures[news])
    told = []
    for shift in range(-_BESIDE, _BESIDE + 1):
        others = _rows(old.signatures[np.clip(olds + shift, 0, len(old) - 1)])
        told.append(1 - np.einsum("nc,nc->n", rows, others))
    table = np.array(told)
    good = table[_BESIDE] <= table.min(axis=0) * _NEARLY + _NOTHING
    return news[good], olds[good]


def _apart(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """How unlike pairs of pictures are, brightness and contrast taken out, in the middle."""
    return float(np.median(1 - np.einsum("nc,nc->n", _rows(one), _rows(other))))


def _rows(pictures: NDArray[np.uint8]) -> Floats:
    """Pictures as rows of unit length, brightness and contrast taken out."""
    rows = pictures.reshape(len(pictures), -1).astype(np.float32)
    rows -= rows.mean(axis=1, keepdims=True)
    rows /= np.sqrt(np.einsum("nc,nc->n", rows, rows) + 1)[:, None]
    return rows
