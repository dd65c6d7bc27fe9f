"""Marker EDLs of DaVinci Resolve."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scorestage.adapters.formats.resolve_markers import FORMAT, read_resolve, write_resolve
from scorestage.adapters.session import Marker, MarkerKind, Session
from scorestage.errors import FormatError
from scorestage.production import CutList, CutMarker
from scorestage.timebase import FRAMES_24, FRAMES_29_97_DROP, FilmClock, FilmTime

THEIRS = """TITLE: Timeline 1
FCM: NON-DROP FRAME

001  001      V     C        01:00:02:00 01:00:02:01 01:00:02:00 01:00:02:01  
fade in here |C:ResolveColorBlue |M:Marker 1 |D:1

002  001      V     C        01:00:05:12 01:00:05:13 01:00:05:12 01:00:05:13  
 |C:ResolveColorRed |M:music out |D:48
"""  # noqa: W291


def test_a_list_as_resolve_writes_it() -> None:
    read = read_resolve(THEIRS.encode(), "x.edl", FRAMES_24)
    first, second = read.cut.markers
    assert (first.words, first.note, first.colour) == ("Marker 1", "fade in here", "blue")
    assert first.at_frames == 86448 and second.frames == 48 and read.losses == ()
    assert read.cut.events == () and read.cut.title == "Timeline 1"


def test_ours_reads_back_and_tells_what_is_lost() -> None:
    markers = (
        CutMarker(Fraction(107892 + 1800), "1m01 | door", Fraction(30), "yellow", "", "a note"),
        CutMarker(Fraction(107892 + 3601, 1), "hit", Fraction(1), "green"),
    )
    written = write_resolve(CutList("x", FRAMES_29_97_DROP, (), markers))
    assert b"01:01:00;02" in written.content and written.not_carried == ()
    back = read_resolve(written.content, "x", FRAMES_29_97_DROP).cut
    assert back.rate == FRAMES_29_97_DROP
    assert [one.at_frames for one in back.markers] == [one.at_frames for one in markers]
    assert back.markers[0].words == "1m01 / door" and back.markers[0].note == "a note"
    white = CutMarker(Fraction(1, 2), "x", colour="white")
    told = write_resolve(CutList("x", FRAMES_24, (), (white,))).not_carried
    assert [one.split(" (")[0] for one in told] == ["places within a frame", "colours of markers"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("TITLE: x\n", "holds no markers"),
        (THEIRS.replace("01:00:05:12", "01:00:05:29"), "line 7: .*does not exist"),
    ],
)
def test_what_cannot_be_is_told(text: str, told: str) -> None:
    with pytest.raises(FormatError, match=told):
        read_resolve(text.encode(), "x.edl", FRAMES_24)


def test_it_is_known_by_its_lines_and_takes_a_session() -> None:
    assert FORMAT.recognises is not None and FORMAT.recognises(THEIRS.encode())
    assert FORMAT.write_session is not None
    cue = Marker(FilmTime(1), "1m01", FilmTime(3), MarkerKind.CUE)
    made = FORMAT.write_session(
        Session("x", FilmClock(FRAMES_24, 86400), FilmTime(0), None, (cue,))
    )
    marker = read_resolve(made.content, "x", FRAMES_24).cut.markers[0]
    assert (marker.at_frames, marker.frames, marker.words) == (86424, 48, "1m01")
