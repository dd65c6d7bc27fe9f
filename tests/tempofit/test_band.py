"""Matrices held by their diagonals, against whole ones."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from scorestage.tempofit.band import FEW, Banded, Whole, band_of, freed, solved, squares_of, times
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


@pytest.mark.parametrize("count", [9, FEW, FEW + 1])
def test_few_knots_are_held_whole_and_many_by_diagonals_with_one_answer(count: int) -> None:
    rows, random = _rows(count, 2), np.random.default_rng(2)
    held = squares_of(rows, 2)
    other = Banded(band_of(rows, 2)) if isinstance(held, Whole) else Whole(rows.T @ rows)
    free, right = random.random(count) < 0.7, random.normal(size=count)
    assert isinstance(held, Whole) == (count <= FEW)
    assert held.trace() == pytest.approx(other.trace())
    assert held.times(right) == pytest.approx(other.times(right))
    firm = held.raised(0.1).freed(free), other.raised(0.1).freed(free)
    assert firm[0].solved(right) == pytest.approx(firm[1].solved(right))


def test_a_whole_matrix_without_an_answer_is_made_firmer() -> None:
    found = Whole(np.ones((2, 2))).solved(np.array([2.0, 2.0]))
    assert found.sum() == pytest.approx(2.0, abs=1e-6)


def test_few_knots_load_nothing_that_solves_diagonals() -> None:
    code = "import sys, scorestage.tempofit; print('scipy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
