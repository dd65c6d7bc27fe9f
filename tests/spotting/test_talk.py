"""Looking up who speaks, against a plain search."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scorestage.spotting import Speech
from scorestage.spotting.talk import Talk
from scorestage.timebase import FilmRange, FilmSpan, FilmTime

TENTHS = st.integers(0, 300).map(lambda tenth: Fraction(tenth, 10))


@given(st.lists(st.tuples(TENTHS, st.integers(1, 80)), max_size=12), TENTHS, st.integers(0, 20))
def test_the_same_as_a_plain_search(
    lines: list[tuple[Fraction, int]], at: Fraction, tenths: int
) -> None:
    speech = tuple(
        Speech(FilmRange(FilmTime(start), FilmTime(start + Fraction(length, 10))))
        for start, length in lines
    )
    margin, here = FilmSpan(Fraction(tenths, 10)), FilmTime(at)
    expected = any(
        line.range.holds(here) or line.range.start - margin < here < line.range.end + margin
        for line in speech
    )
    assert (Talk(speech).line_at(here, margin) is not None) == expected


def test_no_lines() -> None:
    assert Talk(()).line_at(FilmTime(1)) is None
