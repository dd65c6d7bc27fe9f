"""How surprising a run of notes is, against counts made by hand."""

from __future__ import annotations

from math import log2

import numpy as np
import pytest

from scorestage.thematics.recognition.habits import Habits


def _scale_with_a_leap() -> Habits:
    keys = [60 + place % 8 for place in range(400)]
    keys[200:204] = [60, 69, 61, 70]
    return Habits(np.arange(400.0), np.array(keys, dtype=np.int32))


def test_what_a_score_does_all_the_time_surprises_nobody() -> None:
    habits = _scale_with_a_leap()
    scale = habits.beyond_chance_bits([8, 9, 10, 11, 12])
    leaps = habits.beyond_chance_bits([200, 201, 202, 203])
    assert scale < -6 and leaps > 0
    assert habits.beyond_chance_bits([8, 9]) == pytest.approx(
        -log2((345 + 1) / (399 + 27)) - log2(399), abs=0.15
    )


def test_a_change_of_pace_surprises_more_than_an_even_one() -> None:
    onsets = np.arange(100.0)
    onsets[50:] += 1.0
    habits = Habits(onsets, np.array([60 + place % 5 for place in range(100)], dtype=np.int32))
    even = habits.beyond_chance_bits([10, 11, 12])
    uneven = habits.beyond_chance_bits([48, 49, 50])
    assert habits.beyond_chance_bits([45, 46, 47]) == pytest.approx(even)
    assert uneven > even + 3
