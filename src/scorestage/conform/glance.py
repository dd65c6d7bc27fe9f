"""A first glance at two films: the stretches that are plainly the same, found on small pictures.

Most of a new cut is the last one again. Six by eight cells of each frame tell where; what they
leave open, and where exactly the joints are, is looked at closer by those who called.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scorestage.conform.lines import Weighing, drawn_lines, merged
from scorestage.conform.pictures import (
    COLUMNS,
    GRAIN_LEVELS,
    ROWS,
    FilmFrames,
    Floats,
    Measure,
    Numbers,
    Registration,
    in_cells,
)
from scorestage.conform.seeds import STRIDE, Finds, Search
from scorestage.conform.speeds import drifting, other_speeds, sloping
from scorestage.conform.tracks import Stretch, best_way

_DOWN, _ACROSS = 6, 8
_LONG_FRAMES, _ROWS_AT_ONCE = 20_000, 96
_BIN_FRAMES, _FINDS = 24, 2
_ALIKE, _LOOSELY, _TOO_PLAIN, _UNRELATED = 0.1, 0.4, 0.35, 0.7
_JUMP = 0.12
_GLANCED = (0.0, 0.02)
"""How unlike frames are at a glance that are the same, in the middle and at most."""
_REACH, _SAMPLED = 2, 24
_PIECE_FRAMES, _STIRRING = 512, 0.02
_SURELY, _SURELY_RETIMED = 200, 48
_BESIDE, _NEARLY, _NOTHING = 3, np.float32(1.03), np.float32(1e-5)


Pictures = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Lay:
    """How pictures are laid out before they are compared: one film's moved, both films' masked."""

    fit: Registration
    moved: bool

    @property
    def cells(self) -> Floats:
        """1 for each cell (18 x 32) that counts, else 0."""
        return self.fit.cells.astype(np.float32)

    def out(self, signatures: Pictures) -> Floats:
        """These pictures laid out, 0 where nothing counts."""
        pictures = signatures.astype(np.float32)
        if self.moved:
            pictures = np.matmul(np.matmul(self.fit.rows, pictures), self.fit.columns.T)
        result: Floats = pictures * self.cells
        return result


@dataclass(frozen=True, slots=True, eq=False)
class Small:
    """A film as rows of 48: six by eight cells, brightness and contrast taken out.

    `shown` is how much each frame shows, 0 for plain colour to 1.
    """

    rows: Floats
    shown: Floats

    @classmethod
    def of(cls, signatures: Pictures, lay: Lay | None = None) -> Small:
        """Of signatures (frames x 18 x 32), as they are or laid out; cells without picture 0."""
        rows = np.empty((len(signatures), _DOWN * _ACROSS), dtype=np.float32)
        for first in range(0, len(rows), _PIECE_FRAMES):
            part = slice(first, first + _PIECE_FRAMES)
            held = signatures[part]
            laid = held.astype(np.float32) if lay is None else lay.out(held)
            rows[part] = in_cells(laid).reshape(-1, _DOWN * _ACROSS)
        heavy = np.full(_DOWN * _ACROSS, ROWS * COLUMNS / (_DOWN * _ACROSS), dtype=np.float32)
        if lay is not None:
            heavy = in_cells(lay.cells[None]).ravel()
        used = heavy > 0
        rows /= np.maximum(heavy, 1)
        rows -= (np.einsum("nc->n", rows) / np.float32(used.sum()))[:, None]
        rows *= used
        power = np.einsum("nc,nc->n", rows, rows)
        held = power + np.float32(_DOWN * _ACROSS * GRAIN_LEVELS**2)
        rows /= np.sqrt(held)[:, None]
        return cls(rows, power / held)

    @property
    def steps(self) -> Floats:
        """How far each frame is from the one before it, the first 0."""
        steps = np.zeros(len(self.rows), dtype=np.float32)
        off = np.diff(self.rows, axis=0)
        steps[1:] = np.einsum("nc,nc->n", off, off) / 2
        return steps

    def stirring(self) -> NDArray[np.bool_]:
        """Where a frame differs so much from the one before it that a cut may be there."""
        found: NDArray[np.bool_] = self.steps > _STIRRING
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Glance:
    """Two films in small: the first of every look, since it costs least."""

    films: tuple[FilmFrames, FilmFrames]
    old: Small
    new: Small
    lay: Registration | None = None
    """How the old film lies in the new one, where that is known to be otherwise."""

    @classmethod
    def of(cls, old: FilmFrames, new: FilmFrames, lay: Registration | None = None) -> Glance:
        """Of both films."""
        ways = (None, None) if lay is None else (Lay(lay, moved=True), Lay(lay, moved=False))
        smalls = Small.of(old.signatures, ways[0]), Small.of(new.signatures, ways[1])
        return cls((old, new), *smalls, lay)

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

    def rows(self) -> tuple[Floats, Floats]:
        """The rows of the old and of the new film."""
        return self.old.rows, self.new.rows

    def way(self, *, loosely: bool = False) -> list[Stretch]:
        """Which stretch of the old film each of the new one seems to be.

        `loosely` where something may be burnt into one of them.
        """
        frames = len(self.old.rows), len(self.new.rows)
        weighing = Weighing(self.apart, *frames, quick=True)
        alike = _LOOSELY if loosely else _ALIKE
        finds = _finds(self.old, self.new, alike)
        lines = sloping(finds, weighing)
        lines += drawn_lines(finds, weighing, lines)
        return list(self._sharpened(best_way(lines, frames[1], alike, _JUMP)))

    def retimed(
        self, way: list[Stretch], search: Search
    ) -> tuple[list[Stretch], tuple[Stretch, ...]]:
        """The way with shots at another speed where they explain more than pieces at the old one.

        And the pieces that only short ones took the place of: those may be right. `search` looks up
        frames by what is seen at a glance.
        """
        frames = len(self.old.rows), len(self.new.rows)
        weighing = Weighing(self.apart, *frames, quick=True)
        again = [*other_speeds(way, _GLANCED, search, weighing), *drifting(way, weighing)]
        if not again:
            return way, ()
        lines = [one.line for one in way if one.line is not None]
        made = best_way(list(merged([*lines, *again])), frames[1], _ALIKE, _JUMP)
        sure = np.zeros(frames[1], dtype=np.bool_)
        for one in made:
            if one.line is not None and not one.line.plain and one.frames >= _SURELY_RETIMED:
                sure[one.first : one.last] = True
        same = {(one.line.at, one.line.speed) for one in made if one.line is not None}
        return made, tuple(
            one
            for one in way
            if one.line is not None
            and (one.line.at, one.line.speed) not in same
            and not sure[one.first : one.last].all()
        )

    def surely(self, pairs: tuple[Numbers, Numbers]) -> tuple[Numbers, Numbers]:
        """Those pairs of frames (of the new and the old film) that agree better than beside.

        Where a shot runs at another speed, or a frame is out, a neighbour agrees better.
        """
        step = max(1, -(-len(pairs[0]) // _SURELY))
        news, olds = pairs[0][::step], pairs[1][::step]
        if not len(news):
            return pairs
        rows = self._rows(news, 1)
        told = []
        for shift in range(-_BESIDE, _BESIDE + 1):
            others = self._rows(np.clip(olds + shift, 0, len(self.old.rows) - 1), 0)
            told.append(1 - np.einsum("nc,nc->n", rows, others))
        table = np.array(told)
        good = table[_BESIDE] <= table.min(axis=0) * _NEARLY + _NOTHING
        return news[good], olds[good]

    def _sharpened(self, way: Sequence[Stretch]) -> Iterator[Stretch]:
        """Each stretch moved by a frame or two where whole pictures agree better so."""
        for one in way:
            line = one.line
            if line is None or not line.plain:
                yield one
                continue
            news = np.arange(one.first, one.last, max(1, one.frames // _SAMPLED))
            rows = self._rows(news, 1)
            told = []
            for shift in range(-_REACH, _REACH + 1):
                olds = news + int(line.at) + shift
                inside = (olds >= 0) & (olds < len(self.old.rows))
                if not inside.all():
                    told.append(np.inf)
                    continue
                off = 1 - np.einsum("nc,nc->n", rows, self._rows(olds, 0))
                told.append(float(np.median(off)))
            shift = min(range(len(told)), key=lambda at: (told[at], abs(at - _REACH))) - _REACH
            yield replace(one, line=replace(line, at=line.at + shift))

    def _rows(self, frames: Numbers, film: int) -> Floats:
        """Whole pictures as rows of unit length, brightness and contrast taken out."""
        pictures = self.films[film].signatures[frames]
        if self.lay is None:
            rows = pictures.reshape(len(pictures), -1).astype(np.float32)
            rows -= rows.mean(axis=1, keepdims=True)
        else:
            lay = Lay(self.lay, moved=not film)
            rows = lay.out(pictures).reshape(len(pictures), -1)
            used = lay.cells.ravel()
            rows -= (np.einsum("nc->n", rows) / used.sum())[:, None] * used
        rows /= np.sqrt(np.einsum("nc,nc->n", rows, rows) + 1)[:, None]
        return rows


def _finds(old: Small, new: Small, alike: float) -> Finds:
    """The likeliest places of telling frames of the new film in the old one."""
    frames = _telling(new)
    bins = -(-len(old.rows) // _BIN_FRAMES)
    rows = np.zeros((bins * _BIN_FRAMES, old.rows.shape[1]), dtype=np.float32)
    rows[: len(old.rows)] = old.rows
    power = np.full(len(rows), np.inf, dtype=np.float32)
    power[: len(old.rows)] = np.einsum("nc,nc->n", old.rows, old.rows) / 2
    binned, held = rows.reshape(bins, _BIN_FRAMES, -1), power.reshape(bins, _BIN_FRAMES, 1)
    news, olds, off = [], [], []
    finds = min(_FINDS, bins)
    for first in range(0, len(frames), _ROWS_AT_ONCE):
        part = frames[first : first + _ROWS_AT_ONCE]
        table = np.matmul(binned, new.rows[part].T)
        table -= held
        tops = table.max(axis=1)
        chosen = np.argpartition(-tops, finds - 1, axis=0)[:finds].T
        line = np.arange(len(part))[:, None]
        news.append(np.repeat(part, finds))
        olds.append((chosen * _BIN_FRAMES + table[chosen, :, line].argmax(axis=2)).ravel())
        own = np.einsum("nc,nc->n", new.rows[part], new.rows[part]) / 2
        off.append((own[:, None] - tops[chosen, line]).ravel())
    if not news:
        return Finds.none()
    found = Finds(np.concatenate(news), np.concatenate(olds), np.concatenate(off))
    return found.only(found.unlike < alike)


def _telling(new: Small) -> Numbers:
    """Of every so many frames the one that differs most from the frame before it."""
    steps = new.steps
    stride = STRIDE * (1 + len(steps) // _LONG_FRAMES)
    bins = -(-len(steps) // stride)
    table = np.full(bins * stride, -1.0, dtype=np.float32)
    table[: len(steps)] = steps
    chosen = np.arange(bins) * stride + table.reshape(bins, stride).argmax(axis=1)
    result: Numbers = chosen[new.shown[chosen] > _TOO_PLAIN]
    return result
