from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorestage.errors import InputError
from scorestage.timebase import Beat, Beats, FilmSpan, Ramp, RampLaw, Tempo, end_tempo


@pytest.mark.parametrize(
    ("law", "bpm"), [(RampLaw.LINEAR_IN_BEATS, "75.48767"), (RampLaw.LINEAR_IN_TIME, "74.66667")]
)
def test_sixteen_beats_from_ninety_six_in_eleven_and_a_quarter(law: RampLaw, bpm: str) -> None:
    """V20."""
    found = end_tempo(Tempo(96), Beats(16), FilmSpan("11.25"), law)
    assert round(found.bpm, 5) == Fraction(bpm)


@given(
    st.fractions(min_value=40, max_value=200, max_denominator=20),
    st.fractions(min_value=40, max_value=200, max_denominator=20),
    st.integers(1, 64),
    st.sampled_from(RampLaw),
)
def test_a_ramp_of_this_length_ends_there(
    start: Fraction, end: Fraction, beats: int, law: RampLaw
) -> None:
    ramp = Ramp(Beat(0), Beats(beats), Tempo(start), Tempo(end), law)
    played = FilmSpan(ramp.seconds_after(Beats(beats)))
    found = end_tempo(Tempo(start), Beats(beats), played, law)
    assert abs(float(found.bpm - end)) < 1e-5


@pytest.mark.parametrize(
    ("law", "seconds"),
    [
        (RampLaw.LINEAR_IN_TIME, "40"),
        (RampLaw.LINEAR_INTERVAL, "1"),
        (RampLaw.LINEAR_IN_BEATS, "0"),
    ],
)
def test_what_no_ramp_can_do_is_told(law: RampLaw, seconds: str) -> None:
    with pytest.raises(InputError):
        end_tempo(Tempo(96), Beats(16), FilmSpan(seconds), law)
