"""What stands at a point."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from scorestage.composing.standing import standing_at
from scorestage.timebase import Beat


@dataclass(frozen=True, slots=True)
class Span:
    start: Beat


@given(st.lists(st.integers(0, 40), min_size=1, unique=True).map(sorted), st.integers(-3, 45))
def test_the_last_one_begun_stands_and_before_the_first_the_first(
    starts: list[int], at: int
) -> None:
    found = standing_at([Span(Beat(one)) for one in starts], Beat(at))
    assert found.start == Beat(starts[max(0, bisect_right(starts, at) - 1)])
