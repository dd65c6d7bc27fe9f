"""Pictures, reels and cue numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.small_production import ONE_HOUR_FRAMES, PICTURE

from scorestage.errors import InputError
from scorestage.production import Reel, cue_number, reel_and_cue
from scorestage.timebase import FRAMES_23_976, FRAMES_24, FRAMES_29_97_DROP, FilmTime, Timecode


def test_the_picture_ends_after_its_last_frame() -> None:
    assert PICTURE.end == FilmTime(200)
    assert replace(PICTURE, rate=FRAMES_23_976).end == FilmTime("200.2")


def test_labels_of_a_picture_count_from_its_first_frame() -> None:
    """10.99 s lie inside frame 263 and nearest to the start of frame 264, the eleventh second."""
    at = FilmTime("10.99")
    assert str(PICTURE.timecode_at(at)) == "01:00:10:23"
    assert str(PICTURE.nearest_timecode(at)) == "01:00:11:00"
    assert PICTURE.time_of(Timecode.parse("01:00:11:00", FRAMES_24)) == FilmTime(11)
    assert PICTURE.time_of(Timecode.parse("00:59:59:00", FRAMES_24)) == FilmTime(-1)


def test_drop_frame_labels_go_there_and_back() -> None:
    picture = replace(PICTURE, rate=FRAMES_29_97_DROP, start_frames=0)
    at = FRAMES_29_97_DROP.time_of(1800)
    assert str(picture.timecode_at(at)) == "00:01:00;02"
    assert picture.time_of(picture.timecode_at(at)) == at


def test_a_reel_holds_its_first_and_last_frame() -> None:
    reel = Reel(2, 100, 199, ONE_HOUR_FRAMES)
    assert [reel.holds(frame) for frame in (99, 100, 199, 200)] == [False, True, True, False]


@pytest.mark.parametrize("reel", [1, 12])
@pytest.mark.parametrize("cue", [1, 9, 10, 101])
def test_numbers_are_read_as_they_are_written(reel: int, cue: int) -> None:
    assert reel_and_cue(cue_number(reel, cue)) == (reel, cue)


@pytest.mark.parametrize("number", ["1m01", "1m01a", "1m01s", "1m01as", "1M01", " 1m01 ", "1m1"])
def test_numbers_that_editors_write(number: str) -> None:
    assert reel_and_cue(number) == (1, 1)
    assert reel_and_cue(f"{number.strip()} ALT2") == (1, 1)


@pytest.mark.parametrize("number", ["", "1", "m01", "1m", "1m01ab", "1n01", "1m01/..", "1m01\n2"])
def test_what_is_no_number(number: str) -> None:
    with pytest.raises(InputError, match="no cue number"):
        reel_and_cue(number)
