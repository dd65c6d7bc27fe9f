"""Bars of rhythm."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import meters

from scorestage.thematics.rhythm import Pace, closing_bar, draw_bar, draw_where
from scorestage.timebase import Meter

PACES = st.builds(Pace, st.integers(0, 4), st.integers(0, 4), st.integers(0, 4))


@given(meters(), PACES, st.integers(0, 99))
def test_a_bar_is_filled_exactly(meter: Meter, pace: Pace, seed: int) -> None:
    bar = draw_bar(meter, pace, Random(seed))
    assert sum(bar, Fraction(0)) == meter.length.quarters
    assert all(length > 0 for length in bar)


def test_motion_makes_more_notes() -> None:
    def notes(motion: int) -> int:
        draws = [draw_bar(Meter(4, 4), Pace(motion, 1, 0), Random(seed)) for seed in range(60)]
        return sum(len(bar) for bar in draws)

    assert notes(0) < notes(2) < notes(4)


def test_only_syncopation_ties_over_the_beat() -> None:
    def ties(syncopation: int) -> int:
        found = 0
        for seed in range(60):
            offset = Fraction(0)
            for length in draw_bar(Meter(4, 4), Pace(2, 0, syncopation), Random(seed)):
                found += offset % 1 == Fraction(1, 2) and length > Fraction(1, 2)
                offset += length
        return found

    assert ties(0) == 0 < ties(3)


def test_a_bar_with_so_many_notes_and_a_long_last_one() -> None:
    for seed in range(20):
        bar = draw_where(Meter(4, 4), Pace(2, 1, 0), Random(seed), 3, 5, last=Fraction(1))
        assert 3 <= len(bar) <= 5
        assert bar[-1] >= 1


def test_a_close_breathes_where_there_is_room() -> None:
    assert closing_bar(Meter(4, 4)) == (Fraction(3), Fraction(-1))
    assert closing_bar(Meter(6, 8)) == (Fraction(3),)
    assert closing_bar(Meter(4, 4), breath=False) == (Fraction(4),)
