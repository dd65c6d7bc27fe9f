from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorestage.errors import TimecodeError
from scorestage.timebase.thirds import (
    beat_text,
    nearest_third,
    read_number,
    seconds_text,
    thirds_of,
)


@given(st.fractions(min_value=0, max_value=5000, max_denominator=5000))
def test_no_third_lies_nearer_and_halfway_is_the_later(number: Fraction) -> None:
    found = nearest_third(number)
    assert min(
        abs(Fraction(n, 3) - number) for n in range(int(number) * 3, int(number) * 3 + 6)
    ) == (abs(found - number))
    assert found - number != Fraction(-1, 6)


@given(st.integers(0, 3 * 7200))
def test_what_is_written_is_read_again(thirds: int) -> None:
    assert thirds_of(read_number(beat_text(thirds))) == thirds
    assert read_number(seconds_text(thirds)) == Fraction(thirds, 3)


@pytest.mark.parametrize(
    ("thirds", "text"), [(8, ":02⅔"), (15, ":05"), (179, ":59⅔"), (180, "1:00"), (1, ":00⅓")]
)
def test_seconds_carry_into_minutes(thirds: int, text: str) -> None:
    assert seconds_text(thirds) == text


@pytest.mark.parametrize("text", ["", ":", "nan", "1e9", "-2", "2 1/0", "1:75", "two", "1/0", "²"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(TimecodeError):
        read_number(text)
