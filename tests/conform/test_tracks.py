"""The way through the lines: stepped over where nothing can turn, and still the same."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorestage.conform import tracks
from scorestage.conform.lines import Line
from scorestage.conform.tracks import best_way


def drawn_lines(seed: int, frames: int, count: int) -> list[Line]:
    """Lines of runs that fit well, fit badly and fit as well as others, some at another speed."""
    chance = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        first = int(chance.integers(0, frames - 20))
        last = int(chance.integers(first + 10, frames + 1))
        costs = np.empty(last - first, dtype=np.float32)
        at = 0
        while at < len(costs):
            run = int(chance.integers(1, 60))
            level = float(chance.choice([0.0, 0.01, 0.02, 0.3, 0.6]))
            costs[at : at + run] = level + chance.choice([0.0, 0.01]) * chance.random()
            at += run
        speed = Fraction(2) if chance.random() < 0.1 else Fraction(1)
        made.append(Line(Fraction(int(chance.integers(-90, 90))), speed, first, last, costs))
    return made


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6), st.integers(40, 400), st.integers(1, 8))
def test_stepping_over_what_cannot_turn_changes_nothing(seed: int, frames: int, count: int) -> None:
    lines = drawn_lines(seed, frames, count)
    cuts = np.random.default_rng(seed).integers(0, frames, seed % 5).tolist()
    quick = best_way(lines, frames, 0.25, 0.2, cuts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tracks, "_LEAST_LED", 10**9)
        slow = best_way(lines, frames, 0.25, 0.2, cuts)
    assert [(one.first, one.last, one.line) for one in quick] == [
        (one.first, one.last, one.line) for one in slow
    ]
