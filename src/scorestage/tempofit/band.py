"""Sums of squares whose terms look at a few neighbours only, solved by their diagonals.

A matrix is held as its main diagonal and those below it, [diagonal, column]: with a hundred knots
that is thirty times less to solve than the whole square.
"""

from __future__ import annotations

import numpy as np
from scipy.linalg import LinAlgError, solveh_banded

from scorestage.tempofit.ground import Bools, Floats

FIRMER = 1e-9
"""What is added to the main diagonal, as a share of its largest, where rounding made it weak."""


def band_of(rows: Floats, width: int) -> Floats:
    """The product of `rows`, turned, with themselves; no row reaches over more than `width`.

    >>> band_of(np.array([[1.0, 2.0, 0.0], [0.0, 3.0, 4.0]]), 1).tolist()
    [[1.0, 13.0, 16.0], [2.0, 12.0, 0.0]]
    """
    count = rows.shape[1]
    found = np.zeros((width + 1, count))
    for below in range(width + 1):
        pairs = rows[:, : count - below], rows[:, below:]
        found[below, : count - below] = np.einsum("ri,ri->i", *pairs)
    return np.asarray(found, dtype=np.float64)


def times(bands: Floats, column: Floats) -> Floats:
    """The product with a column."""
    found = bands[0] * column
    for below in range(1, len(bands)):
        band = bands[below, :-below]
        found[below:] += band * column[:-below]
        found[:-below] += band * column[below:]
    return np.asarray(found, dtype=np.float64)


def freed(bands: Floats, free: Bools) -> Floats:
    """The matrix with only its free rows and columns; the others stand for themselves."""
    found = bands * free
    found[0] += ~free
    for below in range(1, len(bands)):
        found[below, :-below] *= free[below:]
    return np.asarray(found, dtype=np.float64)


def solved(bands: Floats, right: Floats) -> Floats:
    """What the matrix, positive but for rounding, is multiplied with to give `right`.

    `right` is [row] or [row, column].
    """
    try:
        found = solveh_banded(bands, right, lower=True, check_finite=False)
    except LinAlgError:
        firmer = bands.copy()
        firmer[0] += FIRMER * float(np.abs(bands[0]).max())
        found = solveh_banded(firmer, right, lower=True, check_finite=False)
    return np.asarray(found, dtype=np.float64)
