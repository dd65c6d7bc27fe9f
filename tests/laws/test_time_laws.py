"""Laws of film time, frame rates, timecode and feet+frames."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import film_spans, film_times, frame_rates

from scorestage.errors import TimecodeError
from scorestage.timebase import (
    FRAMES_PER_FOOT_16,
    FRAMES_PER_FOOT_35,
    FeetFrames,
    FilmRange,
    FilmSpan,
    FilmTime,
    FrameRate,
    Timecode,
    frame_rate,
)

FRAME_COUNTS = st.integers(-(10**6), 30 * 10**6)


@given(film_times(), film_spans(), film_spans())
def test_points_and_lengths_add_without_loss(at: FilmTime, one: FilmSpan, two: FilmSpan) -> None:
    assert (at + one) - at == one
    assert (at + one) + two == at + (one + two) == (at + two) + one
    assert (at + one) - one == at
    assert one + (-one) == FilmSpan(0)
    assert (one < two) == (at + one < at + two)


@given(film_times(), film_times(), film_times())
def test_a_range_holds_its_start_and_not_its_end(a: FilmTime, b: FilmTime, c: FilmTime) -> None:
    start, middle, end = sorted((a, b, c))
    stretch = FilmRange(start, end)
    assert stretch.holds(start) == (start < end)
    assert not stretch.holds(end)
    first, second = FilmRange(start, middle), FilmRange(middle, end)
    assert first.span + second.span == stretch.span
    assert not first.overlaps(second)


@given(frame_rates(), FRAME_COUNTS)
def test_a_frame_is_on_screen_until_the_next_begins(rate: FrameRate, frame: int) -> None:
    begins, ends = rate.time_of(frame), rate.time_of(frame + 1)
    assert rate.frame_at(begins) == rate.nearest_frame(begins) == frame
    assert ends - begins == rate.frame_span
    inside = begins + rate.frame_span * Fraction(999, 1000)
    assert rate.frame_at(inside) == frame
    assert rate.nearest_frame(inside) == frame + 1
    assert rate.nearest_frame(begins + rate.frame_span * Fraction(1, 2)) == frame + 1
    assert rate.frames_in(ends - begins) == 1


@given(frame_rates())
def test_a_rate_is_read_back_from_its_name(rate: FrameRate) -> None:
    assert frame_rate(rate.name) == rate
    assert frame_rate(f" {rate.name.upper()} fps") == rate


@given(frame_rates(), st.integers(-100, 100 * 3600 * 24 - 1))
def test_a_timecode_is_read_back_from_its_label(rate: FrameRate, frames: int) -> None:
    timecode = Timecode(frames, rate)
    assert Timecode.parse(timecode.as_length, rate) == timecode
    shown = Timecode.parse(str(timecode), rate)
    assert shown == (timecode if frames < 0 else timecode.round_the_clock)


@given(frame_rates(), st.integers(0, 100 * 3600 * 24 - 2))
def test_a_later_frame_has_a_later_label(rate: FrameRate, frames: int) -> None:
    assert Timecode(frames, rate).as_length < (Timecode(frames, rate) + 1).as_length


@given(
    frame_rates().filter(lambda rate: rate.drop),
    st.integers(0, 23),
    st.integers(0, 59),
    st.integers(0, 7),
)
def test_drop_frame_skips_the_first_labels_of_each_minute_but_the_tenth(
    rate: FrameRate, hours: int, minutes: int, frame: int
) -> None:
    label = f"{hours:02}:{minutes:02}:00;{frame:02}"
    if minutes % 10 and frame < rate.nominal // 15:
        with pytest.raises(TimecodeError, match="dropped"):
            Timecode.parse(label, rate)
    else:
        width = 3 if rate.nominal > 100 else 2
        assert str(Timecode.parse(label, rate)) == f"{label[:-2]}{frame:0{width}}"


@given(frame_rates(), st.integers(0, 24 * 3600 - 1))
def test_labels_follow_the_clock_as_their_kind_promises(rate: FrameRate, seconds: int) -> None:
    """Drop labels stay within a few frames of it; others run slow by 1/1001 or not at all."""
    hours, rest = divmod(seconds, 3600)
    label = f"{hours:02}:{rest // 60:02}:{rest % 60:02}:{8 if rate.drop else 0:02}"
    at = rate.time_of(Timecode.parse(label, rate).frames).seconds
    if rate.drop:
        late = (at - seconds) * rate.nominal - 8
        assert abs(late) <= 4 * rate.nominal // 15
    else:
        assert at == seconds * Fraction(rate.nominal) / rate.frames_per_second


@given(st.integers(-(10**6), 10**7), st.sampled_from((FRAMES_PER_FOOT_35, FRAMES_PER_FOOT_16)))
def test_footage_is_read_back_from_its_label(frames: int, per_foot: int) -> None:
    footage = FeetFrames(frames, per_foot)
    assert FeetFrames.parse(str(footage), per_foot) == footage


@given(st.text(max_size=14))
def test_whatever_is_typed_is_read_or_refused_with_our_own_error(text: str) -> None:
    for read in (
        lambda: Timecode.parse(text, frame_rate("29.97 drop")),
        lambda: FeetFrames.parse(text),
        lambda: frame_rate(text),
    ):
        try:
            read()
        except TimecodeError as error:
            assert str(error)
