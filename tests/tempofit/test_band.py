"""Matrices held by their diagonals, against whole ones."""

from __future__ import annotations

import numpy as np
import pytest

from scorestage.tempofit.band import band_of, freed, solved, times
from scorestage.tempofit.ground import Floats


def _rows(count: int, width: int) -> Floats:
    random = np.random.default_rng(count + width)
    found = np.zeros((3 * count, count))
    for number, row in enumerate(found):
        first = min(number // 3, count - width - 1)
        row[first : first + width + 1] = random.normal(size=width + 1)
    return found


@pytest.mark.parametrize(("count", "width"), [(2, 1), (9, 2), (40, 3)])
def test_diagonals_multiply_and_solve_as_the_whole_matrix_does(count: int, width: int) -> None:
    rows = _rows(count, width)
    whole, bands = rows.T @ rows, band_of(rows, width)
    column = np.random.default_rng(1).normal(size=count)
    assert times(bands, column) == pytest.approx(whole @ column)
    assert solved(bands, column) == pytest.approx(np.linalg.solve(whole, column))
    assert solved(bands, np.eye(count)) == pytest.approx(np.linalg.inv(whole), abs=1e-9)


def test_what_is_not_free_stands_for_itself() -> None:
    rows = _rows(9, 2)
    free = np.array([True, True, False, True, False, False, True, True, True])
    inner = (rows.T @ rows)[free][:, free]
    right = np.arange(9.0)
    found = solved(freed(band_of(rows, 2), free), right)
    assert found[~free] == pytest.approx(right[~free])
    assert found[free] == pytest.approx(np.linalg.solve(inner, right[free]))


def test_a_matrix_that_rounding_has_made_weak_is_solved_all_the_same() -> None:
    bands = np.array([[1.0, 1.0 - 1e-15, 1.0], [-1.0, 0.0, 0.0]])
    found = solved(bands, np.array([1.0, -1.0, 2.0]))
    assert times(bands, found) == pytest.approx([1.0, -1.0, 2.0], abs=1e-6)
