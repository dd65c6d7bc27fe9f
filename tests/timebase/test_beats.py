from __future__ import annotations

from fractions import Fraction

from scorestage.timebase import Beat, Beats


def test_lengths_multiply_and_points_differ() -> None:
    assert Beats("1/3") * 3 == 3 * Beats("1/3") == Beats(1)
    assert Beat(-1) + Beats("3/2") == Beat("1/2")
    assert Beat("1/2") - Beat(2) == Beats("-3/2")
    assert -Beats(2) == Beats(-2)
    assert Beats(1) * Fraction(2, 3) == Beats("2/3")


def test_a_pickup_comes_before_bar_one() -> None:
    assert sorted([Beat(0), Beat(-1), Beat("-1/2")]) == [Beat(-1), Beat("-1/2"), Beat(0)]
