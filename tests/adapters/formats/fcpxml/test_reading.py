"""FCPXML as Final Cut writes it, and files that mean harm."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.shared_material import shared

from scorestage.adapters.formats.fcpxml import FORMAT, read_fcpxml
from scorestage.errors import FormatError
from scorestage.timebase import FRAMES_25, FrameRate

RESOURCES = (
    "<resources><format id='r1' frameDuration='1/25s'/>"
    "<asset id='a1' name='rushes' src='file:///a.mov' start='3600s' duration='100s' hasVideo='1' "
    "format='r1'/></resources>"
)


def _project(spine: str, start: str = "3600s") -> bytes:
    sequence = f"<sequence format='r1' tcStart='{start}' tcFormat='NDF' duration='20s'>"
    body = f"<project name='R1'>{sequence}<spine>{spine}</spine></sequence></project>"
    return f"<!DOCTYPE fcpxml><fcpxml version='1.9'>{RESOURCES}{body}</fcpxml>".encode()


def test_final_cuts_own_example() -> None:
    read = read_fcpxml(shared("editorial/fcpx_project.fcpxml").read_bytes(), "x.fcpxml")
    cut = read.cut
    assert cut.rate == FrameRate(30) and cut.title == "OpenTimeline_Project"
    assert len(cut.markers) == 7 and cut.markers[0].at_frames == 180
    first = next(event for event in cut.events if event.track == "V1")
    assert first.source.file.endswith("IMG_0715.MOV") and first.frames == 285
    told = dict(one.rsplit(" (", 1) for one in read.losses)
    assert told["compound clips, taken as one clip"] == "3)"
    assert told["markers of clips outside what is shown of them"] == "1)"


def test_a_storyline_with_connected_clips_and_its_own_timecode() -> None:
    clip = (
        "<asset-clip ref='a1' name='12-1' offset='3600s' start='3610s' duration='4s'>"
        "<asset-clip ref='a1' name='over' lane='1' offset='3612s' start='3650s' duration='1s'/>"
        "<marker start='3611s' duration='1/25s' value='door' note='slams'/></asset-clip>"
        "<gap offset='3604s' duration='2s' start='0s'/>"
        "<asset-clip ref='a1' name='13' offset='3606s' duration='2s'/>"
    )
    cut = read_fcpxml(_project(clip), "x").cut
    assert cut.rate == FRAMES_25 and cut.start_frames == 90000 and cut.end_frames == 90500
    first, over, last = cut.events
    assert (first.record_in_frames, first.source_in_frames) == (90000, 90250)
    assert (over.track, over.record_in_frames, over.source_in_frames) == ("V2", 90050, 91250)
    assert (last.record_in_frames, last.source_in_frames) == (90150, 90000)
    marker = cut.markers[0]
    assert (marker.at_frames, marker.words, marker.note) == (90025, "door", "slams")


def test_offsets_that_begin_at_zero_are_taken_from_the_start() -> None:
    clip = "<asset-clip ref='a1' offset='0s' duration='4s'/>"
    cut = read_fcpxml(_project(clip), "x").cut
    assert cut.events[0].record_in_frames == 90000


def test_transitions_lie_over_the_cut_and_speeds_are_exact() -> None:
    spine = (
        "<asset-clip ref='a1' offset='3600s' duration='4s'/>"
        "<transition name='Cross Dissolve' offset='90075/25s' duration='2s'/>"
        "<clip name='slow' offset='3604s' start='0s' duration='4s'><timeMap><timept time='0s' "
        "value='3620s'/><timept time='4s' value='3622s'/></timeMap><video ref='a1' offset='0s' "
        "duration='2s'/></clip>"
    )
    one, other = read_fcpxml(_project(spine), "x").cut.events
    assert one.record_out_frames == 90075 == other.record_in_frames
    assert other.transition is not None
    assert (other.transition.frames, other.transition.before_frames) == (50, 25)
    assert other.speed == Fraction(1, 2)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<fcpxml version='1.9'/>", "no sequence"),
        (_project("<asset-clip duration='x'/>"), "is no time"),
        (_project("<asset-clip duration='1/0s'/>"), "no number"),
        (_project("", "999999999999999999999999s"), "no time"),
    ],
)
def test_what_cannot_be_is_told(content: bytes, told: str) -> None:
    with pytest.raises(FormatError, match=told):
        read_fcpxml(content, "x.fcpxml")


def test_it_is_known_by_its_root() -> None:
    assert FORMAT.recognises is not None and FORMAT.recognises(_project(""))
