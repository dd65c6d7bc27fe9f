"""Sums of squares whose terms look at a few neighbours only, solved as they are or by diagonals.

A matrix of very many knots is held as its main diagonal and those below it, [diagonal, column].
With few knots the whole square is quicker, with a hundred it is as quick; and what solves diagonals
takes longer to load than most cues take to fit: it is not loaded before it is needed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scorestage.tempofit.ground import Bools, Floats

FIRMER = 1e-9
"""What is added to the main diagonal, as a share of its largest, where rounding made it weak."""
FEW = 120
"""Up to so many knots the whole square is as quick."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A matrix, [row, column]."""

    square: Floats

    def raised(self, by: float) -> Whole:
        """The matrix with so much more on its main diagonal."""
        found = self.square.copy()
        found.reshape(-1)[:: len(found) + 1] += by
        return Whole(found)

    def trace(self) -> float:
        """The sum of its main diagonal."""
        return float(self.square.trace())

    def times(self, column: Floats) -> Floats:
        """The product with a column."""
        return np.asarray(self.square @ column, dtype=np.float64)

    def freed(self, free: Bools) -> Whole:
        """The matrix with only its free rows and columns; the others stand for themselves."""
        found = self.square * free
        found *= free[:, None]
        found.reshape(-1)[:: len(found) + 1] += ~free
        return Whole(found)

    def solved(self, right: Floats) -> Floats:
        """What the matrix is multiplied with to give `right`, [row] or [row, column]."""
        try:
            found = np.linalg.solve(self.square, right)
        except np.linalg.LinAlgError:
            firm = FIRMER * float(np.abs(self.square).max()) * np.eye(len(self.square))
            found = np.linalg.solve(self.square + firm, right)
        return np.asarray(found, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Banded:
    """The same, by its diagonals from the main one down, [diagonal, column]."""

    bands: Floats

    def raised(self, by: float) -> Banded:
        """The matrix with so much more on its main diagonal."""
        found = self.bands.copy()
        found[0] += by
        return Banded(found)

    def trace(self) -> float:
        """The sum of its main diagonal."""
        return float(self.bands[0].sum())

    def times(self, column: Floats) -> Floats:
        """The product with a column."""
        return times(self.bands, column)

    def freed(self, free: Bools) -> Banded:
        """The matrix with only its free rows and columns; the others stand for themselves."""
        return Banded(freed(self.bands, free))

    def solved(self, right: Floats) -> Floats:
        """What the matrix is multiplied with to give `right`, [row] or [row, column]."""
        return solved(self.bands, right)


def squares_of(rows: Floats, width: int) -> Whole | Banded:
    """The product of `rows`, turned, with themselves; no row reaches over more than `width`.

    >>> squares_of(np.array([[1.0, 2.0, 0.0], [0.0, 3.0, 4.0]]), 1).times(np.ones(3)).tolist()
    [3.0, 27.0, 28.0]
    """
    if rows.shape[1] <= FEW:
        return Whole(np.asarray(rows.T @ rows, dtype=np.float64))
    return Banded(band_of(rows, width))


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
    from scipy.linalg.lapack import dpbsv

    _, found, weak = dpbsv(bands, right, lower=1)
    if weak:
        firmer = bands.copy()
        firmer[0] += FIRMER * float(np.abs(bands[0]).max())
        _, found, weak = dpbsv(firmer, right, lower=1)
        if weak:
            raise np.linalg.LinAlgError("the matrix is not positive")
    return np.asarray(found, dtype=np.float64)
