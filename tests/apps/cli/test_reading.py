"""Words of the command line."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorestage.apps.cli.reading import exact_length
from scorestage.errors import InputError


@given(st.integers(0, 30), st.integers(0, 59), st.integers(0, 59), st.integers(0, 999))
def test_a_length_by_the_clock_is_its_seconds(
    hours: int, minutes: int, seconds: int, thousandths: int
) -> None:
    whole = Fraction(3600 * hours + 60 * minutes + seconds) + Fraction(thousandths, 1000)
    assert exact_length(f"{hours}:{minutes:02}:{seconds:02}.{thousandths:03}") == whole
    assert exact_length(f"{60 * hours + minutes}:{seconds:02}.{thousandths:03}") == whole
    assert exact_length(str(whole)) == whole


@pytest.mark.parametrize("text", ["1:75", "a:10", "-5", "1:-5", "1:2:3:4", ":10", "", "1:"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        exact_length(text)
