from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis.strategies import fractions

from scorestage.timebase import Beat, Beats


def test_lengths_multiply_and_points_differ() -> None:
    assert Beats("1/3") * 3 == 3 * Beats("1/3") == Beats(1)
    assert Beat(-1) + Beats("3/2") == Beat("1/2")
    assert Beat("1/2") - Beat(2) == Beats("-3/2")
    assert -Beats(2) == Beats(-2)
    assert Beats(1) * Fraction(2, 3) == Beats("2/3")


def test_a_pickup_comes_before_bar_one() -> None:
    assert sorted([Beat(0), Beat(-1), Beat("-1/2")]) == [Beat(-1), Beat("-1/2"), Beat(0)]


@given(fractions(), fractions())
def test_points_and_lengths_compare_as_their_numbers_do(one: Fraction, other: Fraction) -> None:
    for kind in (Beat, Beats):
        low, high = kind(one), kind(other)
        assert (low < high, low <= high) == (one < other, one <= other)
        assert (low > high, low >= high) == (one > other, one >= other)
        assert (low == high) == (one == other)
