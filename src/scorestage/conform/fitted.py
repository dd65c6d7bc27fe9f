"""Two films laid over one another: framing, grading and noise, told by frames known to be the same.

What is left between such frames cell by cell is noise.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scorestage.conform.framing import Framing, Shown, settled_framing
from scorestage.conform.overlaid import Fit, FittedFilms, texture
from scorestage.conform.pictures import FilmFrames, Floats, Numbers

LEAST_PAIRS: Final = 24
_FEW_PAIRS = 80
_LEAST_SIGMA: Final = np.float32(0.9)
_BIN_LEVELS, _LEAST_IN_BIN = 8, 40
_WRONG_PAIRS = 3.0
_LEAST_CELLS = 96


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

    `quick` lays a few of them over one another first, and all only where they lie otherwise.
    Pairs that fit far worse than the others are left out.
    """
    news, olds = pairs
    for _ in range(2):
        if len(news) < LEAST_PAIRS:
            return None
        pictures = new.signatures[news].astype(np.float32), old.signatures[olds]
        plain = pictures[1].astype(np.float32)
        every = max(1, len(news) // _FEW_PAIRS) if quick else 1
        framing = settled_framing(begun, plain[::every], pictures[0][::every], shown).snapped()
        if every > 1 and framing != Framing():
            framing = settled_framing(framing, plain, pictures[0], shown).snapped()
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
