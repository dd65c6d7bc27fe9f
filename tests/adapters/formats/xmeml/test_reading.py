"""FCP7 XML as Premiere writes it, and files that mean harm."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.shared_material import shared

from scorestage.adapters.formats.xmeml import FORMAT, read_xmeml
from scorestage.errors import FormatError
from scorestage.production import TransitionKind
from scorestage.timebase import FRAMES_29_97_DROP, FrameRate


def _sequence(inside: str, head: str = "") -> bytes:
    rate = "<rate><timebase>30</timebase><ntsc>TRUE</ntsc></rate>"
    code = f"<timecode>{rate}<frame>1800</frame><displayformat>DF</displayformat></timecode>"
    body = f"<sequence><name>x</name>{rate}{code}{head}<media><video>{inside}</video></media>"
    return f"<xmeml version='4'>{body}</sequence></xmeml>".encode()


def test_premieres_example() -> None:
    """Checked against the file by eye: tracks, places, the transitions, the markers."""
    read = read_xmeml(shared("editorial/premiere_example.xml").read_bytes(), "premiere.xml")
    cut = read.cut
    assert cut.rate == FrameRate(30) and cut.title == "sc01_sh010_layerA"
    places = {(e.track, e.record_in_frames, e.record_out_frames) for e in cut.events}
    assert {("V1", 536, 636), ("V2", 13, 113), ("V3", 15, 956), ("A5", 153, 351)} <= places
    slow = next(event for event in cut.events if event.track == "V1")
    assert slow.source.rate == FrameRate(15) and slow.source_out_frames == 50
    dissolve = next(e for e in cut.events if e.track == "V4" and e.transition is not None)
    assert dissolve.transition is not None and dissolve.transition.kind is TransitionKind.DISSOLVE
    assert (dissolve.record_in_frames, dissolve.transition.frames) == (1152, 25)
    fade = next(e for e in cut.events if e.track == "V2" and e.source.black)
    assert (fade.record_in_frames, fade.record_out_frames) == (538, 557)
    told = [(int(m.at_frames), m.words, m.note) for m in cut.markers if m.words]
    assert told == [(113, "My MArker 1", "so, this happened"), (492, "dsf", "fsfsfs")]


def test_the_library_sees_the_same_clips() -> None:
    otio = pytest.importorskip("opentimelineio")
    pytest.importorskip("otio_fcp_adapter")
    path = shared("editorial/premiere_example.xml")
    timeline = otio.adapters.read_from_file(str(path), "fcp_xml")
    ours = read_xmeml(path.read_bytes(), "x").cut
    theirs = {
        (clip.name, round(span.start_time.value), round(span.duration.value))
        for clip in timeline.find_clips()
        if (span := clip.range_in_parent()) is not None
    }
    mine = {(e.source.clip, e.record_in_frames, e.frames) for e in ours.events}
    assert {one for one in mine if one[0].endswith(".wav")} <= theirs
    assert ("sc01_sh020_anim.mov", 165, 157) in mine & theirs


def test_drop_frame_ntsc_speeds_and_markers_of_clips() -> None:
    remap = (
        "<filter><effect><effectid>timeremap</effectid><parameter><parameterid>speed"
        "</parameterid><value>50</value></parameter></effect></filter>"
    )
    file = (
        "<file id='f'><name>a.mov</name><pathurl>file:///x/a%20b.mov</pathurl><timecode><frame>90"
        "</frame><reel><name>A001</name></reel></timecode><duration>900</duration></file>"
    )
    clip = (
        "<clipitem><name>a</name><start>10</start><end>50</end><in>20</in><out>60</out>"
        f"{file}{remap}<marker><name>door</name><in>25</in><out>-1</out></marker></clipitem>"
    )
    cut = read_xmeml(_sequence(f"<track>{clip}</track>"), "x").cut
    event = cut.events[0]
    assert cut.rate == FRAMES_29_97_DROP and cut.start_frames == 1800
    assert (event.record_in_frames, event.frames, event.speed) == (1810, 40, Fraction(1, 2))
    assert (event.source_in_frames, event.source_out_frames) == (100, 120)
    assert (event.source.reel, event.source.file) == ("A001", "file:///x/a b.mov")
    assert cut.markers[0].at_frames == 1815 and cut.markers[0].track == "V1"


def _clip(start: int, end: int, first: int, last: int) -> str:
    place = f"<start>{start}</start><end>{end}</end><in>{first}</in><out>{last}</out>"
    return f"<clipitem><name>a</name>{place}</clipitem>"


def test_ends_of_minus_one_are_decided_by_the_transition() -> None:
    first = (
        "<clipitem><name>a</name><start>0</start><end>-1</end><in>0</in><out>60</out></clipitem>"
    )
    change = (
        "<transitionitem><start>40</start><end>60</end><alignment>center</alignment>"
        "<effect><name>Cross Dissolve</name></effect></transitionitem>"
    )
    second = _clip(-1, 90, 100, 150)
    cut = read_xmeml(_sequence(f"<track>{first}{change}{second}</track>"), "x").cut
    one, other = cut.events
    assert (one.record_out_frames, other.record_in_frames) == (1840, 1840)
    assert other.source_in_frames == 100 and other.transition is not None
    assert (other.transition.frames, other.transition.before_frames) == (20, 10)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<xmeml/>", "no sequence"),
        (_sequence(f"<track>{_clip(9, 3, 0, 1)}</track>"), "ends before"),
        (_sequence(f"<track>{_clip(9, 3, 0, 1)}</track>".replace("9", "1e99")), "cannot be"),
        (_sequence("<track><transitionitem/></track>"), "without a span"),
        (_sequence("").replace(b">30<", b">-3<"), "timebase"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told(content: bytes, told: str) -> None:
    with pytest.raises(FormatError, match=told):
        read_xmeml(content, "x.xml")


def test_it_is_told_apart_from_music() -> None:
    assert FORMAT.recognises is not None
    assert not FORMAT.recognises(b"<?xml version='1.0'?><score-partwise>")
    assert FORMAT.recognises(_sequence(""))
