"""Twelve-tone rows."""

from __future__ import annotations

import pytest

from scorestage.composing.rows import TRIADS, row_forms, row_of


@pytest.mark.parametrize("seed", range(20))
def test_a_row_has_twelve_tones_and_no_triad(seed: int) -> None:
    row = row_of(seed)
    assert sorted(row) == list(range(12))
    assert not any(frozenset(row[n : n + 3]) in TRIADS for n in range(10))


def test_forms_are_mirrors() -> None:
    row, back, turned, turned_back = row_forms(row_of(3))
    assert back == row[::-1] and turned_back == turned[::-1]
    assert all((a + b) % 12 == 2 * row[0] % 12 for a, b in zip(row, turned, strict=True))
    assert row_of(3) == row_of(3) != row_of(4)
