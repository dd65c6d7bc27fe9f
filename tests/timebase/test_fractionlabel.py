from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scorestage.timebase import FRAMES_24, RATES, Timecode, feet_text, timecode_text


@given(st.integers(0, 10**6), st.sampled_from(sorted(RATES)))
def test_whole_frames_read_as_plain_labels(frames: int, name: str) -> None:
    assert timecode_text(Fraction(frames), RATES[name], 0) == str(Timecode(frames, RATES[name]))


def test_rounding_carries() -> None:
    assert timecode_text(Fraction("23.996"), FRAMES_24) == "00:00:01:00.00"
    assert feet_text(Fraction("39.995"), 40) == "1+00.00"
    assert feet_text(Fraction("39.9949"), 40) == "0+39.99"


def test_before_zero_counts_back() -> None:
    assert timecode_text(Fraction("-25.5"), FRAMES_24, 1) == "-00:00:01:01.5"
    assert feet_text(Fraction("-0.001")) == "0+00.00"
