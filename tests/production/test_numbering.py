"""Cue numbers by their parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorestage.errors import InputError
from scorestage.production import CueNumber

NUMBERS = st.builds(
    CueNumber,
    st.integers(1, 9999),
    st.integers(1, 99),
    st.sampled_from(["", *"abcdefgz"]),
    st.booleans(),
    st.integers(0, 12),
)


@given(NUMBERS)
def test_a_number_is_read_as_it_is_written(number: CueNumber) -> None:
    assert CueNumber.parse(str(number)) == number


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1m1", (1, 1, "", False, 0)),
        ("2M09a", (2, 9, "a", False, 0)),
        ("1m03s", (1, 3, "", True, 0)),
        ("1s03", (1, 3, "", True, 0)),
        ("101m01", (101, 1, "", False, 0)),
        ("1m04 ALT", (1, 4, "", False, 1)),
        ("1m04 alt 3", (1, 4, "", False, 3)),
        ("3m12bs ALT2", (3, 12, "b", True, 2)),
    ],
)
def test_what_editors_write(text: str, told: tuple[int, int, str, bool, int]) -> None:
    found = CueNumber.parse(text)
    assert (found.reel, found.count, found.letter, found.source, found.alternate) == told


@pytest.mark.parametrize("text", ["", "M01", "1m", "1m01ss", "1m01 ALTA", "-1m01", "1m00001"])
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(InputError, match="no cue number"):
        CueNumber.parse(text)


def test_an_alternate_belongs_to_its_base() -> None:
    assert CueNumber.parse("1m4 ALT2").base == CueNumber.parse("1m04").base
