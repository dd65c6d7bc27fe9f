"""How the old film's picture is framed in the new one: cropped or enlarged around its middle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from scorestage.conform.pictures import (
    COLUMNS,
    ROWS,
    FilmFrames,
    Floats,
    Registration,
    shapes_of,
    unlike,
)
from scorestage.conform.tracks import Stretch

SHARES: Final = tuple(percent / 200 for percent in range(-20, 21) if percent)
"""Crops tried: so large a share of the picture is cut off in all, negative where it was added."""
_SAMPLED_FRAMES, _LEAST_FRAMES = 96, 12
_BETTER = 0.8


def framing_of(way: Sequence[Stretch], old: FilmFrames, new: FilmFrames) -> Registration | None:
    """The framing that makes the frames found so far most alike; None where none is needed."""
    pairs = [
        (frame, one.line.old(frame))
        for one in way
        if one.line is not None and one.frames >= _LEAST_FRAMES
        for frame in range(one.first, one.last)
    ]
    if len(pairs) < _LEAST_FRAMES:
        return None
    chosen = np.array(pairs[:: max(1, len(pairs) // _SAMPLED_FRAMES)], dtype=np.intp)
    news, olds = new.signatures[chosen[:, 0]], old.signatures[chosen[:, 1]]
    line = np.arange(len(chosen))

    def unlikeness(fit: Registration) -> float:
        told = unlike(shapes_of(news, fit), line, shapes_of(olds, fit, lay_out=True), line)
        return float(np.sort(told)[: len(told) * 4 // 5].mean())

    plain = unlikeness(Registration.plain())
    best = min((unlikeness(framed(share)), abs(share), share) for share in SHARES)
    return framed(best[2]) if best[0] < _BETTER * plain else None


def framed(share: float) -> Registration:
    """The old picture with `share` of its width and height cut off around it (or added).

    >>> framed(0.0).rows.round(3).tolist() == np.eye(18).tolist()
    True
    """
    rows, inside_rows = _laid(ROWS, share)
    columns, inside_columns = _laid(COLUMNS, share)
    return Registration(rows, columns, inside_rows[:, None] & inside_columns[None, :])


def _laid(cells: int, share: float) -> tuple[Floats, np.ndarray]:
    """Where each cell is read in the old picture, linearly between two; and whether it is there."""
    middle = (cells - 1) / 2
    at = middle + (np.arange(cells) - middle) * (1 - share)
    inside = (at >= -0.5) & (at <= cells - 0.5)
    at = np.clip(at, 0, cells - 1)
    low = np.minimum(np.floor(at).astype(int), cells - 2)
    made = np.zeros((cells, cells), dtype=np.float32)
    line = np.arange(cells)
    made[line, low] = 1 - (at - low)
    made[line, low + 1] = at - low
    return made, inside
