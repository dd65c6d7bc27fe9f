"""Where frames of the new cut were in the old one: first finds, from a few telling frames."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorestage.conform.pictures import BLOCKS, Floats, Measure, Numbers, Shapes

STRIDE: Final = 12
"""One frame in so many of the new cut is looked for."""
FINDS: Final = 4
"""So many places are weighed for each."""
NEARLY: Final = 0.55
"""A place more unlike than this is none."""
_BIN_FRAMES, _REACH, _WALKS = 24, 3, 6
_SUMS_AT_ONCE = 1 << 22
_ROWS_AT_ONCE = 64
_LONG_FRAMES, _SHORT_SIDES = 30_000, 40
_LEAST_SHOWN = 3.0
_TRIED, _TRIED_AMONG = 160, 4000


@dataclass(frozen=True, slots=True, eq=False)
class Finds:
    """Frames of the new cut, where each seems to lie in the old one, and how unlike it is."""

    new: Numbers
    old: Numbers
    unlike: Floats

    def __len__(self) -> int:
        return len(self.new)

    @classmethod
    def none(cls) -> Finds:
        """Nothing found."""
        nobody = np.zeros(0, dtype=np.intp)
        return cls(nobody, nobody, np.zeros(0, dtype=np.float32))

    @classmethod
    def joined(cls, parts: Sequence[Finds]) -> Finds:
        """Several as one."""
        columns = zip(*((one.new, one.old, one.unlike) for one in parts), strict=True)
        new, old, off = (np.concatenate(column) for column in columns)
        return cls(new, old, off)

    def only(self, chosen: NDArray[np.bool_]) -> Finds:
        """Those chosen."""
        return Finds(self.new[chosen], self.old[chosen], self.unlike[chosen])


class Search:
    """The old film laid out for looking up: a short row of numbers for each frame.

    The rows are worked out when they are first needed; in long films they are shortened to what
    tells most.
    """

    def __init__(self, made: Callable[[], tuple[Floats, Floats]], measure: Measure) -> None:
        self.measure = measure
        self._make = made
        self._made: tuple[Floats, Floats] | None = None

    def by(self, measure: Measure) -> Search:
        """The same films, laid out once, by another measure."""
        made = Search(self._make, measure)
        made._made = self._made
        return made

    @property
    def rows(self) -> tuple[Floats, Floats]:
        """The rows of the old and of the new film."""
        if self._made is None:
            rows = self._make()
            if max(map(len, rows)) > _LONG_FRAMES:
                sample = np.concatenate([one[:: max(1, len(one) // 2000)] for one in rows])
                _, sides = np.linalg.eigh(sample.T @ sample)
                axes = np.ascontiguousarray(sides[:, -_SHORT_SIDES:], dtype=np.float32)
                rows = rows[0] @ axes, rows[1] @ axes
            self._made = _unit(rows[0]), _unit(rows[1])
        return self._made

    def places(self, frames: Numbers, within: Numbers | None = None, step: int = 1) -> Finds:
        """The likeliest places of these new frames in the old cut, or in a part of it."""
        if not len(frames):
            return Finds.none()
        old_rows, new_rows = self.rows
        index = np.arange(0, len(old_rows), step) if within is None else within
        if not len(index):
            return Finds.none()
        rows = old_rows if within is None and step == 1 else old_rows[index]
        at_once = max(1, _SUMS_AT_ONCE // len(index))
        news, olds = [], []
        for first in range(0, len(frames), at_once):
            part = frames[first : first + at_once]
            best = peaks(new_rows[part], rows)
            news.append(np.repeat(part, best.shape[1]))
            olds.append(index[best.ravel()])
        return self._sharpened(np.concatenate(news), np.concatenate(olds), len(old_rows), step)

    def near(self, news: Numbers, olds: Numbers, old_frames: int) -> Finds:
        """These new frames at or beside these old ones, wherever each is likest."""
        return self._sharpened(news, olds, old_frames, 1)

    def _sharpened(self, news: Numbers, olds: Numbers, old_frames: int, step: int) -> Finds:
        """Each place moved to the likest frame close by, on as long as it gets likelier."""
        reach = _REACH + step // 2
        shifts = np.arange(-reach, reach + 1)
        olds, best = olds.copy(), np.full(len(olds), np.inf, dtype=np.float32)
        going = np.arange(len(news))
        for _ in range(_WALKS):
            near = np.clip(olds[going, None] + shifts, 0, old_frames - 1)
            told = self.measure(np.repeat(news[going], len(shifts)), near.ravel())
            table = told.reshape(near.shape)
            likest = table.argmin(axis=1)
            line = np.arange(len(going))
            olds[going], best[going] = near[line, likest], table[line, likest]
            edge = (likest == 0) | (likest == len(shifts) - 1)
            going = going[edge & (best[going] < NEARLY)]
            if not len(going):
                break
        found = Finds(news, olds, best)
        return found.only(found.unlike < NEARLY)


def sampled(old_frames: int, new_frames: int) -> tuple[slice, slice]:
    """The frames of the old and the new film that `likeness` is to be told of."""
    steps = max(1, old_frames // _TRIED_AMONG), max(1, new_frames // _TRIED)
    return slice(None, None, steps[0]), slice(None, None, steps[1])


def likeness(old: Shapes, new: Shapes) -> float:
    """How like some frames of the new film are to the likest of the old one, on the whole."""
    if not len(old) or not len(new):
        return 0.0
    return float((_unit(shape_rows(new)) @ _unit(shape_rows(old)).T).max(axis=1).mean())


def telling_frames(new: Shapes, steps: Floats, stride: int = STRIDE) -> Numbers:
    """Of every so many frames the one that differs most from the frame before it."""
    count = len(new)
    chosen = []
    for first in range(0, count, stride):
        chosen.append(first + int(steps[first : first + stride].argmax()))
    found = np.array(chosen, dtype=np.intp)
    new.ask(found)
    result: Numbers = found[new.shown[found].sum(axis=1) > _LEAST_SHOWN]
    return result


def shape_rows(film: Shapes) -> Floats:
    """Blocks of 6 x 8 as 3 x 4."""
    film.ask()
    fields = film.blocks.reshape(len(film), BLOCKS, 3, 2, 4, 2)
    down = fields[:, :, :, 0] + fields[:, :, :, 1]
    rows: Floats = (down[..., 0] + down[..., 1]).reshape(len(film), -1)
    return rows


def _unit(rows: Floats) -> Floats:
    length = np.sqrt(np.einsum("nk,nk->n", rows, rows)) + np.float32(0.1)
    result: Floats = np.ascontiguousarray(rows / length[:, None], dtype=np.float32)
    return result


def peaks(asked: Floats, rows: Floats) -> Numbers:
    """The best places of each row asked for among many, one in each bin of frames."""
    count, sides = rows.shape
    bins = -(-count // _BIN_FRAMES)
    filled = np.zeros((bins * _BIN_FRAMES, sides), dtype=np.float32)
    filled[:count] = rows
    table, finds = filled.reshape(bins, _BIN_FRAMES, sides), min(FINDS, bins)
    found = [
        _peaks(asked[first : first + _ROWS_AT_ONCE], table, finds)
        for first in range(0, len(asked), _ROWS_AT_ONCE)
    ]
    result: Numbers = np.minimum(np.concatenate(found), count - 1)
    return result


def _peaks(asked: Floats, bins: Floats, finds: int) -> Numbers:
    """The same of a few rows: small products, one for each bin, which cost no threads."""
    table = np.matmul(bins, asked.T)
    tops = table.max(axis=1)
    chosen = np.argpartition(-tops, finds - 1, axis=0)[:finds].T
    line = np.arange(len(asked))[:, None]
    inside = table[chosen, :, line].argmax(axis=2)
    result: Numbers = chosen * _BIN_FRAMES + inside
    return result
