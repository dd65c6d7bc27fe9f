from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.timebase import Beat, Beats, FilmRange, FilmSpan, FilmTime, exact


def test_a_float_is_refused_everywhere() -> None:
    for kind in (FilmTime, FilmSpan, Beat, Beats):
        with pytest.raises(TypeError, match="is a float"):
            kind(0.1)  # type: ignore[arg-type]


def test_decimal_text_is_exact() -> None:
    assert exact("2.375") == Fraction(19, 8)
    assert FilmTime("0.1") + FilmSpan("0.2") == FilmTime("0.3")


@pytest.mark.parametrize("text", ["1e999999999", "2E3", "", "one", "1/0", "nan", "inf"])
def test_what_is_no_number_is_refused_at_once(text: str) -> None:
    with pytest.raises((ValueError, ZeroDivisionError)):
        exact(text)


def test_points_and_lengths_do_not_mix() -> None:
    with pytest.raises(TypeError):
        FilmTime(1) + FilmTime(1)  # type: ignore[operator]
    with pytest.raises(TypeError):
        FilmTime(1) + Beats(1)  # type: ignore[operator]
    with pytest.raises(TypeError):
        Beat(1) - FilmSpan(1)  # type: ignore[operator]
    with pytest.raises(TypeError):
        FilmTime(1) < FilmSpan(2)  # type: ignore[operator]  # noqa: B015
    assert FilmTime(1) != FilmSpan(1)
    assert Beat(1) != Beats(1)
    assert FilmTime(1) != 1


def test_a_range_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        FilmRange(FilmTime(2), FilmTime(1))
