"""How bars are felt."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from tests.strategies import meters

from scorestage.music.feel import felt_beats, felt_starts, middle_of_bar, stress_in_bar
from scorestage.timebase import Meter


@given(meters())
def test_felt_beats_fill_the_bar(meter: Meter) -> None:
    assert sum(felt_beats(meter), Fraction(0)) == meter.length.quarters
    assert felt_starts(meter)[0] == 0
    assert len(felt_starts(meter)) == len(felt_beats(meter))


@given(meters())
def test_the_downbeat_is_the_strongest(meter: Meter) -> None:
    stresses = [stress_in_bar(meter, start) for start in felt_starts(meter)]
    assert stresses[0] == 3
    assert all(1 <= stress <= 2 for stress in stresses[1:])


def test_four_quarters_are_strong_weak_middling_weak() -> None:
    meter = Meter(4, 4)
    assert [stress_in_bar(meter, Fraction(beat)) for beat in range(4)] == [3, 1, 2, 1]
    assert stress_in_bar(meter, Fraction(1, 2)) == 0


def test_six_eighths_are_felt_in_two() -> None:
    assert felt_beats(Meter(6, 8)) == (Fraction(3, 2), Fraction(3, 2))
    assert middle_of_bar(Meter(6, 8)) == Fraction(3, 2)
    assert middle_of_bar(Meter(3, 4)) == 2
