"""Numbers in strangers' files, exact and bounded."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from tests.strategies import fractions

from scorestage.adapters.plain_numbers import decimal_text, exact_text, number_in


@pytest.mark.parametrize(
    "text", ["", "nan", "inf", "1e999999999", "9" * 99, "1/0", "0x10", "1_000", "1,5", "--1", True]
)
def test_what_is_no_number_is_refused_at_once(text: object) -> None:
    with pytest.raises(ValueError, match="is no number"):
        number_in(text)


@given(fractions(-10_000, 10_000, 48_000))
def test_exact_text_is_exact(number: Fraction) -> None:
    assert number_in(exact_text(number)) == number
    assert abs(number_in(decimal_text(number, 9)) - number) <= Fraction(1, 2 * 10**9)
