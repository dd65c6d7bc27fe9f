"""From beats to samples."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorestage.mockup.clock import AudioClock
from scorestage.timebase import (
    BarGrid,
    Beat,
    Beats,
    FilmTime,
    Meter,
    Ramp,
    Steady,
    Tempo,
    TempoMap,
)

GRID = BarGrid.regular(16, Meter(4, 4))
BENT = TempoMap(
    FilmTime("1001/240"),
    GRID,
    (Steady(Beat(0), Tempo("95.9")), Ramp(Beat(16), Beats(8), Tempo("95.9"), Tempo(60))),
)


@given(st.fractions(-4, 64, max_denominator=48))
@settings(max_examples=80, deadline=None)
def test_notes_fall_within_half_a_sample_of_their_exact_time(quarters: Fraction) -> None:
    clock = AudioClock(BENT, FilmTime(3))
    exact = (BENT.time_at(Beat(quarters)) - FilmTime(3)).seconds * 48_000
    assert abs(clock.sample_at(Beat(quarters)) - exact) <= Fraction(1, 2)
    assert clock.samples_near(np.array([float(quarters)]))[0] == pytest.approx(exact, abs=60)


def test_sample_0_is_where_the_files_start() -> None:
    clock = AudioClock(BENT, FilmTime(3))
    assert clock.sample_of(FilmTime(3)) == 0
    assert clock.sample_of(FilmTime("7/2")) == 24_000
    assert clock.sample_of(FilmTime(2)) == -48_000
