"""Two films laid over one another: framing, grading and noise, told by frames known to be the same.

What is left between such frames cell by cell is noise. Measured in it, a frame that is one off
shows by whatever moves in it, however little; a burnt-in number counts for nothing, because there
the films never agree.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorestage.conform.framing import Framing, Shown, settled_framing
from scorestage.conform.pictures import FilmFrames, Floats, Numbers, Registration

LEAST_PAIRS: Final = 24
_FEW_PAIRS = 80
_CAP_SIGMAS: Final = np.float32(5.0)
_NOTHING_SIGMAS: Final = np.float32(0.7)
"""So little is nothing: encoders leave still picture as it was a frame before."""
_LEAST_SIGMA: Final = np.float32(0.9)
_BIN_LEVELS, _LEAST_IN_BIN = 8, 40
_WRONG_PAIRS = 3.0
_COVERED, _FORGIVEN = np.float32(0.2), np.float32(0.75)
"""So much of a picture may be covered by a title, which then counts for little."""
_LEAST_GAIN, _MOST_GAIN = np.float32(0.05), np.float32(3.0)
_REGRADED, _PER_GAIN = np.float32(0.015), np.float32(0.07)
_FREE_GAIN, _FREE_LEVEL = np.float32(0.25), np.float32(6.0)
_TRIED_AGAIN = np.float32(0.004)
_PIECE_FRAMES, _AT_ONCE = 1024, 192
_LONG_FRAMES = 60_000
_LEAST_CELLS = 96
_NOISY_TIMES, _NOISY_LEVELS = 4.0, 8.0
_CELLS: Final = 18 * 32


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


class FittedFilms:
    """Tells how unlike frames of two films are, the old film laid over the new one."""

    def __init__(self, old: FilmFrames, new: FilmFrames, fit: Fit) -> None:
        self.fit = fit
        self._old = laid_over(old.signatures, fit)
        self._new = new.signatures
        used = fit.registration.cells.ravel()
        self._cells = max(1, int(used.sum()))
        self._inverse = np.where(used, 1 / fit.sigma.ravel(), 0).astype(np.float32)
        self._plain = float(self._inverse @ self._inverse)
        self._texture = texture(new.signatures)

    def unlike(self, news: Numbers, olds: Numbers) -> Floats:
        """How unlike these new frames are to these old ones: 0 same, near 1 unrelated."""
        result = np.empty(len(news), dtype=np.float32)
        for first in range(0, len(news), _AT_ONCE):
            part = slice(first, first + _AT_ONCE)
            result[part] = self._unlike(news[part], olds[part])
        return result

    def _unlike(self, news: Numbers, olds: Numbers) -> Floats:
        coarse = 1 + np.float32(self.fit.coarse) * self._texture[news]
        scale: Floats = np.reciprocal(_CAP_SIGMAS * coarse, dtype=np.float32)[:, None]
        told = np.multiply(self._new[news].reshape(len(news), -1), self._inverse)
        shown = np.multiply(self._old[olds], self._inverse)
        found: Floats = self._capped(told - shown, scale)
        bad = np.flatnonzero(found > _TRIED_AGAIN)
        if len(bad):
            found[bad] = np.minimum(found[bad], self._regraded(told[bad], shown[bad], scale[bad]))
        return found

    def _regraded(self, told: Floats, shown: Floats, scale: Floats) -> Floats:
        """How unlike they are if the shot alone was graded or faded."""
        weights = self._inverse
        means = [np.einsum("nc,c->n", one, weights)[:, None] / self._plain for one in (told, shown)]
        told -= means[0] * weights
        shown -= means[1] * weights
        power = np.einsum("nc,nc->n", shown, shown)
        shared = np.einsum("nc,nc->n", shown, told)
        gain = np.clip(shared / (power + 1), _LEAST_GAIN, _MOST_GAIN)[:, None]
        shown *= gain
        told -= shown
        found = self._capped(told, scale)
        beyond = np.maximum(np.abs(np.log(gain[:, 0])) - _FREE_GAIN, 0)
        level = np.abs(means[0] - gain * means[1])[:, 0] - _FREE_LEVEL
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
        np.clip(off, 0, 1, out=off)
        means: Floats = np.einsum("nc,nc->n", off, off) / np.float32(self._cells)
        full = (off == 1).view(np.uint64).sum(axis=1)
        covered = full.view(np.uint8).reshape(len(off), -1).sum(axis=1) / np.float32(self._cells)
        result: Floats = means - _FORGIVEN * np.minimum(covered, _COVERED)
        return result


def laid_over(signatures: NDArray[np.uint8], fit: Fit) -> NDArray[np.floating]:
    """The old film as the new one would show it: frames x 576."""
    count = len(signatures)
    kind = np.float32 if count < _LONG_FRAMES else np.float16
    made = np.empty((count, _CELLS), dtype=kind)
    lay = fit.registration
    still = fit.framing == Framing()
    for first in range(0, count, _PIECE_FRAMES):
        part = slice(first, first + _PIECE_FRAMES)
        toned = fit.tone.take(signatures[part], mode="clip")
        if not still:
            toned = np.matmul(np.matmul(lay.rows, toned), lay.columns.T)
        made[part] = toned.reshape(len(toned), -1)
    return made


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


def fit_of(
    old: FilmFrames,
    new: FilmFrames,
    pairs: tuple[Numbers, Numbers],
    shown: Shown,
    begun: Framing,
    *,
    quick: bool = False,
) -> Fit | None:
    """The fit that these pairs of frames (of the new and of the old film) tell; None if too few.

    `quick` lays a few of them over one another first. Pairs that fit far worse than the others are
    left out.
    """
    news, olds = pairs
    for _ in range(2):
        if len(news) < LEAST_PAIRS:
            return None
        pictures = new.signatures[news].astype(np.float32), old.signatures[olds]
        plain = pictures[1].astype(np.float32)
        every = max(1, len(news) // _FEW_PAIRS) if quick else 1
        if every > 1:
            begun = settled_framing(begun, plain[::every], pictures[0][::every], shown)
        framing = settled_framing(begun, plain, pictures[0], shown).snapped()
        lay = framing.registration(shown)
        if lay.cells.sum() < _LEAST_CELLS:
            return None
        plain = np.matmul(np.matmul(lay.rows, plain), lay.columns.T)
        tone = tone_curve(plain[:, lay.cells], pictures[0][:, lay.cells])
        toned = np.matmul(np.matmul(lay.rows, tone[pictures[1]]), lay.columns.T)
        off = np.abs(pictures[0] - toned)
        wrong = np.median(off[:, lay.cells], axis=1)
        good = wrong <= _WRONG_PAIRS * max(float(np.median(wrong)), 0.5)
        if good.all():
            break
        begun, news, olds, off = framing, news[good], olds[good], off[good]
    sigma = np.maximum(1.4826 * np.median(off, axis=0), _LEAST_SIGMA).astype(np.float32)
    fit = Fit(framing, shown, tone, sigma, _coarse(off / sigma, new.signatures[news], lay.cells))
    told = FittedFilms(
        replace(old, signatures=old.signatures[olds]),
        replace(new, signatures=new.signatures[news]), fit,
    ).unlike(np.arange(len(news)), np.arange(len(news)))  # fmt: skip
    low, high = np.quantile(told, (0.5, 0.8))
    return replace(fit, noise=(float(low), float(high)))


def _coarse(off: Floats, news: NDArray[np.uint8], cells: NDArray[np.bool_]) -> float:
    """How much more noise a frame of much texture has: the slope of one against the other."""
    noise = np.sqrt(np.median(np.square(off[:, cells]), axis=1)) / 0.6745
    told = texture(news)
    share = float((told * (noise - 1)).sum() / max(1e-6, float((told * told).sum())))
    return float(np.clip(share, 0.0, 0.3))


def tone_curve(old: Floats, new: Floats) -> Floats:
    """The new luma of each old one from 0 to 255: medians by level, never falling.

    >>> line = np.arange(256, dtype=np.float32).repeat(9)
    >>> tone_curve(line, line / 2 + 20)[100].round().item()
    70.0
    """
    levels = (old / _BIN_LEVELS).astype(np.uint8).ravel()
    mine, theirs = old.ravel(), new.ravel()
    order = np.argsort(levels, kind="stable")
    edges = np.searchsorted(levels[order], np.arange(256 // _BIN_LEVELS + 1))
    ats, tos = [], []
    for low, high in pairwise(edges.tolist()):
        if high - low >= _LEAST_IN_BIN:
            ats.append(float(np.median(mine[order[low:high]])))
            tos.append(float(np.median(theirs[order[low:high]])))
    every = np.arange(256, dtype=np.float32)
    if len(ats) < 2:
        return every + np.float32(np.median(theirs - mine)) if len(mine) else every
    tos = list(np.maximum.accumulate(tos))
    made = np.interp(every, ats, tos)
    low, high = every < ats[0], every > ats[-1]
    made[low] = tos[0] + (every[low] - ats[0]) * min(1.5, _slope(ats[:2], tos[:2]))
    made[high] = tos[-1] + (every[high] - ats[-1]) * min(1.5, _slope(ats[-2:], tos[-2:]))
    result: Floats = np.clip(made, 0, 255).astype(np.float32)
    return result


def _slope(ats: list[float], tos: list[float]) -> float:
    return (tos[1] - tos[0]) / max(1.0, ats[1] - ats[0])
