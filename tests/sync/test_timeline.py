from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import fractions, frame_rates

from scorestage.sync import cue_timeline
from scorestage.timebase import (
    FRAMES_24,
    FRAMES_29_97_DROP,
    RATES,
    BarGrid,
    Beats,
    FilmTime,
    FrameRate,
    Meter,
    Tempo,
    TempoMap,
    Timecode,
)


def _cue(start: Fraction | str, bpm: Fraction | int = 120, pickup: int = 0) -> TempoMap:
    grid = BarGrid.of_meters((Meter(4, 4),) * 4, Beats(pickup))
    return TempoMap.steady(FilmTime(start), Tempo(bpm), grid)


def test_the_published_example() -> None:
    """V26: downbeat at ten seconds, 120 bpm, eight clicks: the first is four seconds before."""
    found = cue_timeline(_cue("10"), 8, FRAMES_24, 86400)
    assert found.first_click == FilmTime(6)
    assert found.downbeat == found.first_sound == FilmTime(10)
    assert found.cut_off == FilmTime(18)
    assert (found.file.start, found.file.end) == (FilmTime(5), FilmTime(24))
    assert found.length_samples(48000) == 19 * 48000
    assert found.sample_of(found.first_click, 48000) == 48000


@given(
    frame_rates(),
    fractions(-20, 4000),
    fractions(40, 200),
    st.integers(0, 16),
    st.integers(0, 8),
    st.sampled_from((0, 1, 3600)),
)
def test_a_file_begins_a_second_before_the_clicks_on_a_whole_second_of_timecode(
    rate: FrameRate, start: Fraction, bpm: Fraction, clicks: int, pickup: int, first_second: int
) -> None:
    start_frames = first_second * rate.nominal
    found = cue_timeline(_cue(start, bpm, pickup), clicks, rate, start_frames)
    before = (min(found.first_click, found.first_sound) - found.file.start).seconds
    assert 1 <= before < 3 + Fraction(1, 10)
    assert 6 <= (found.file.end - found.cut_off).seconds < 8
    for end in (found.file.start, found.file.end):
        label = str(Timecode(start_frames + rate.nearest_frame(end), rate))
        assert label.replace(";", ":").endswith((":00", ":000"))
        assert rate.time_of(rate.nearest_frame(end)) == end


def test_a_second_that_drop_frame_skips_is_not_a_whole_one() -> None:
    """00:01:00;00 does not exist, so the file starts at 00:00:59;00."""
    minute = FRAMES_29_97_DROP.time_of(Timecode.parse("00:01:00;20", FRAMES_29_97_DROP).frames)
    found = cue_timeline(_cue(minute.seconds + 1), 0, FRAMES_29_97_DROP)
    start = Timecode(FRAMES_29_97_DROP.nearest_frame(found.file.start), FRAMES_29_97_DROP)
    assert str(start) == "00:00:59;00"


@pytest.mark.parametrize("name", ["23.976", "24", "25", "29.97"])
def test_a_cue_at_the_very_start_begins_before_the_picture(name: str) -> None:
    found = cue_timeline(_cue("0"), 8, RATES[name], 3600 * RATES[name].nominal)
    assert FilmTime(-6) <= found.file.start <= FilmTime(-5) < found.first_click


def test_a_pickup_sounds_before_the_downbeat() -> None:
    found = cue_timeline(_cue("10", pickup=1), 0, FRAMES_24)
    assert found.first_sound == FilmTime("9.5")
    assert found.file.start == FilmTime(8)
