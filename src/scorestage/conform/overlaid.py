"""Frames of two films laid over one another and weighed in units of their noise.

Measured so, a frame that is one off shows by whatever moves in it, however little; a burnt-in
number counts for nothing, because there the films never agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorestage.conform.framing import Framing, Shown
from scorestage.conform.pictures import (
    COLUMNS,
    ROWS,
    FilmFrames,
    Floats,
    Numbers,
    Registration,
)

Pictures = NDArray[np.uint8] | Floats
_CAP_SIGMAS: Final = np.float32(5.0)
_NOTHING_SIGMAS: Final = np.float32(0.7)
"""So little is nothing: encoders leave still picture as it was a frame before."""
_COVERED, _FORGIVEN = np.float32(0.2), np.float32(0.75)
"""So much of a picture may be covered by a title, which then counts for little."""
_LEAST_GAIN, _MOST_GAIN = np.float32(0.05), np.float32(3.0)
_REGRADED, _PER_GAIN = np.float32(0.015), np.float32(0.07)
_FREE_GAIN, _FREE_LEVEL = np.float32(0.25), np.float32(6.0)
_TRIED_AGAIN = np.float32(0.004)
_PIECE_FRAMES, _AT_ONCE = 256, 128
_LONG_FRAMES = 60_000
_NOISY_TIMES, _NOISY_LEVELS = 4.0, 8.0
_WORD: Final = 8
"""Cells are counted so many at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """How the old film becomes the new one.

    `tone` (256) is the new luma of each old one; `sigma` (18 x 32) the noise of each cell in
    levels, `coarse` how much of it more a frame has for each level of its texture; `noise` how
    unlike frames are that are the same, in the middle and at four frames of five.
    """

    framing: Framing
    shown: Shown
    tone: Floats
    sigma: Floats
    coarse: float = 0.0
    noise: tuple[float, float] = (0.0, 0.0)

    @property
    def registration(self) -> Registration:
        """The old film's cells laid out as the new one's."""
        return self.framing.registration(self.shown)

    def telling(self) -> Registration:
        """The same without the cells in which the films never agree: a burnt-in number, a mark."""
        lay = self.registration
        usual = float(np.median(self.sigma[lay.cells]))
        agree = self.sigma <= max(_NOISY_TIMES * usual, _NOISY_LEVELS)
        return replace(lay, cells=lay.cells & agree)


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """A film's frames in units of noise, each without its mean, which stands beside it."""

    rows: NDArray[np.floating]
    means: Floats

    @classmethod
    def of(cls, pictures: Iterator[Pictures], count: int, cells: Numbers, inverse: Floats) -> _Rows:
        """Of pictures that come some at a time, of those cells alone."""
        kind = np.float32 if count < _LONG_FRAMES else np.float16
        rows = np.empty((count, len(cells)), dtype=kind)
        means = np.empty(count, dtype=np.float32)
        plain, whole = np.float32(inverse @ inverse), len(cells) == ROWS * COLUMNS
        first = 0
        for some in pictures:
            part = slice(first, first + len(some))
            flat = some.reshape(len(some), -1)
            row = (flat if whole else flat.take(cells, axis=1)) * inverse
            means[part] = np.vecdot(row, inverse) / plain
            row -= means[part, None] * inverse
            rows[part] = row
            first = part.stop
        return cls(rows, means)

    def take(self, frames: Numbers) -> Floats:
        """The rows of these frames, to be written over."""
        return self.rows.take(frames, axis=0).astype(np.float32, copy=False)


class FittedFilms:
    """Tells how unlike frames of two films are, the old film laid over the new one."""

    def __init__(self, old: FilmFrames, new: FilmFrames, fit: Fit) -> None:
        cells = np.flatnonzero(fit.registration.cells)
        self._cells = np.float32(max(1, len(cells)))
        inverse = np.zeros(len(cells) + -len(cells) % _WORD, dtype=np.float32)
        inverse[: len(cells)] = 1 / fit.sigma.ravel()[cells]
        cells = np.pad(cells, (0, len(inverse) - len(cells)))
        self._inverse = inverse
        self._old = _Rows.of(laid_over(old.signatures, fit), len(old), cells, inverse)
        self._new = _Rows.of(_pieces(new.signatures), len(new), cells, inverse)
        coarse = 1 + np.float32(fit.coarse) * texture(new.signatures)
        self._scale: Floats = np.reciprocal(_CAP_SIGMAS * coarse, dtype=np.float32)

    def unlike(self, news: Numbers, olds: Numbers) -> Floats:
        """How unlike these new frames are to these old ones: 0 same, near 1 unrelated."""
        result = np.empty(len(news), dtype=np.float32)
        for first in range(0, len(news), _AT_ONCE):
            part = slice(first, first + _AT_ONCE)
            result[part] = self._unlike(news[part], olds[part])
        return result

    def _unlike(self, news: Numbers, olds: Numbers) -> Floats:
        off = self._new.take(news)
        off -= self._old.take(olds)
        off += (self._new.means[news] - self._old.means[olds])[:, None] * self._inverse
        scale = self._scale[news, None]
        found = self._capped(off, scale)
        bad = np.flatnonzero(found > _TRIED_AGAIN)
        if len(bad):
            again = self._regraded(news[bad], olds[bad], scale[bad])
            found[bad] = np.minimum(found[bad], again)
        return found

    def _regraded(self, news: Numbers, olds: Numbers, scale: Floats) -> Floats:
        """How unlike they are if the shot alone was graded or faded."""
        told, shown = self._new.take(news), self._old.take(olds)
        gain = np.vecdot(shown, told) / (np.vecdot(shown, shown) + 1)
        gain = np.clip(gain, _LEAST_GAIN, _MOST_GAIN)
        shown *= gain[:, None]
        told -= shown
        found = self._capped(told, scale)
        beyond = np.maximum(np.abs(np.log(gain)) - _FREE_GAIN, 0)
        level = np.abs(self._new.means[news] - gain * self._old.means[olds]) - _FREE_LEVEL
        price = _PER_GAIN * (beyond * beyond) + (level > 0) * _REGRADED
        result: Floats = found + price
        return result

    def _capped(self, off: Floats, scale: Floats) -> Floats:
        """The mean over cells of what they are off, up to where it means another picture.

        `scale` brings them to shares of that; `off` is written over.
        """
        np.abs(off, out=off)
        off *= scale
        off -= _NOTHING_SIGMAS / _CAP_SIGMAS
        np.clip(off, np.float32(0), np.float32(1), out=off)
        sums = np.vecdot(off, off)
        result: Floats = sums / self._cells
        full = np.flatnonzero(sums >= 1)
        if len(full):
            covered = _counted((off if len(full) == len(off) else off[full]) == 1) / self._cells
            result[full] -= _FORGIVEN * np.minimum(covered, _COVERED)
        return result


def _counted(chosen: NDArray[np.bool_]) -> Floats:
    """How many of each row are chosen; rows are whole words long, of less than 255 words."""
    eights = chosen.view(np.uint64).sum(axis=1)
    found: Floats = eights.view(np.uint8).reshape(len(chosen), -1).sum(axis=1, dtype=np.float32)
    return found


def _pieces(signatures: NDArray[np.uint8]) -> Iterator[NDArray[np.uint8]]:
    for first in range(0, len(signatures), _PIECE_FRAMES):
        yield signatures[first : first + _PIECE_FRAMES]


def laid_over(signatures: NDArray[np.uint8], fit: Fit) -> Iterator[Floats]:
    """The old film as the new one would show it, some frames x 18 x 32 at a time."""
    lay = fit.registration
    still = fit.framing == Framing()
    for piece in _pieces(signatures):
        toned = fit.tone.take(piece)
        yield toned if still else np.matmul(np.matmul(lay.rows, toned), lay.columns.T)


def texture(signatures: NDArray[np.uint8]) -> Floats:
    """How much cells differ from their neighbours, in levels, for each frame."""
    found = np.empty(len(signatures), dtype=np.float32)
    for first in range(0, len(signatures), _PIECE_FRAMES):
        part = signatures[first : first + _PIECE_FRAMES]
        steps = (part[:, :, 1:], part[:, :, :-1]), (part[:, 1:], part[:, :-1])
        apart = [np.maximum(*one) - np.minimum(*one) for one in steps]
        across, down = (np.einsum("nrc->n", one, dtype=np.float32) / one[0].size for one in apart)
        found[first : first + _PIECE_FRAMES] = (across + down) / 2
    return found
