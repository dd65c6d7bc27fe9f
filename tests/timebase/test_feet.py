from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.errors import TimecodeError
from scorestage.timebase import FRAMES_PER_FOOT_16, FeetFrames, read_feet


@pytest.mark.parametrize(
    ("frames", "film_35", "film_16"),
    [
        (512, "32+00", "12+32"),
        (576, "36+00", "14+16"),
        (455, "28+07", "11+15"),
        (0, "0+00", "0+00"),
    ],
)
def test_published_footages(frames: int, film_35: str, film_16: str) -> None:
    """V11: 16 frames to the foot on 35 mm, 40 on 16 mm."""
    assert str(FeetFrames(frames)) == film_35
    assert str(FeetFrames(frames, FRAMES_PER_FOOT_16)) == film_16


def test_sums_of_an_editors_sheet() -> None:
    """V13: 39+14 and 1769+07 make 1809+05; the reel's length without its 12 feet of leader."""
    total = FeetFrames.parse("39+14").frames + FeetFrames.parse("1769+07").frames
    assert str(FeetFrames(total)) == "1809+05"
    last_frame, leader = FeetFrames.parse("1827+13").frames, FeetFrames.parse("12+00").frames
    assert str(FeetFrames(last_frame - leader + 1)) == "1815+14"
    sixteen = FeetFrames.parse("83+38", FRAMES_PER_FOOT_16)
    assert str(FeetFrames(sixteen.frames)) == "209+14"


def test_streamer_lengths_in_feet() -> None:
    """V24: what is scribed on 35 mm for streamers of 2, 3, 4 and 5 seconds."""
    lengths = [str(FeetFrames(24 * seconds)) for seconds in (2, 3, 4, 5)]
    assert lengths == ["3+00", "4+08", "6+00", "7+08"]


def test_parts_of_a_frame_are_read_but_are_no_whole_count() -> None:
    """V12: beat 101 at 14-3 stands at 89+13.5, frame 1437.5."""
    assert read_feet("89+13.5") == Fraction(2875, 2)
    assert read_feet("-0+00.25", FRAMES_PER_FOOT_16) == Fraction(-1, 4)
    with pytest.raises(TimecodeError, match="between two frames"):
        FeetFrames.parse("89+13.5")


def test_before_picture_start() -> None:
    assert str(FeetFrames(-1)) == "-0+01"
    assert FeetFrames.parse("-12+03").frames == -195


@pytest.mark.parametrize("label", ["", "12", "12+16", "12+", "+04", "1.5+02", "a+b", "12+123"])
def test_what_is_no_footage_is_refused(label: str) -> None:
    with pytest.raises(TimecodeError, match="no length of film"):
        FeetFrames.parse(label)
