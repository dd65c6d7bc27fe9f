"""Moments as people write them, on a clock that goes round at midnight."""

from __future__ import annotations

import pytest

from scorestage.errors import TimecodeError
from scorestage.timebase import FilmClock, FilmTime, FrameRate, Timecode, frame_rate


@pytest.mark.parametrize("name", ["24", "23.976", "29.97 drop", "59.94 drop", "119.88 drop"])
def test_a_film_that_runs_past_midnight(name: str) -> None:
    rate = frame_rate(name)
    clock = FilmClock(rate, Timecode.parse("23:59:55:00", rate).frames)
    past = rate.time_of(7 * rate.nominal)
    label = "00:00:02" + (";" if rate.drop else ":") + ("000" if rate.nominal > 100 else "00")
    assert clock.label(past) == clock.nearest_label(past) == label
    assert clock.read(label) == past
    assert clock.read(clock.label(rate.time_of(-5))) == rate.time_of(-5)


def test_labels_before_the_first_frame_stay_before_it() -> None:
    clock = FilmClock(FrameRate(24), 24 * 3600)
    assert clock.read("00:59:50:00") == FilmTime(-10)
    assert clock.read("00:00:00:00") == FilmTime(-3600)


@pytest.mark.parametrize("written", ["1e400", "1e999999999", "7000", "9" * 50, "nan", "inf"])
def test_rates_no_film_has_are_refused(written: str) -> None:
    with pytest.raises(TimecodeError):
        frame_rate(written)
