"""EDLs written: read back by us and by others, and what they cannot hold is told."""

from __future__ import annotations

import io
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from tests.cut_material import EDLS, cut_lists, real_cut

from scorestage.adapters.formats.edl import FORMAT, read_edl, write_edl
from scorestage.adapters.session import Marker, MarkerKind, Session
from scorestage.production import CutEvent, CutList, CutMarker, CutSource
from scorestage.timebase import (
    FRAMES_24,
    FRAMES_25,
    FRAMES_29_97_DROP,
    FilmClock,
    FilmTime,
    Timecode,
)


@pytest.mark.parametrize("name", EDLS)
def test_a_real_list_comes_back_the_same(name: str) -> None:
    cut = real_cut(name)
    written = write_edl(cut)
    assert read_edl(written.content, name, cut.rate).cut == cut
    assert written.not_carried == ()


@settings(max_examples=150, deadline=None)
@given(cut_lists())
def test_any_list_comes_back_the_same(cut: CutList) -> None:
    written = write_edl(cut)
    assert read_edl(written.content, "x.edl", cut.rate).cut == cut
    assert write_edl(read_edl(written.content, "x.edl", cut.rate).cut) == written


@settings(max_examples=40, deadline=None)
@given(cut_lists(rates=(FRAMES_24, FRAMES_25)))
def test_another_reader_sees_the_same_places(cut: CutList) -> None:
    pycmx = pytest.importorskip("pycmx")
    text = io.StringIO(write_edl(cut).content.decode())
    edits = [edit for event in pycmx.parse_cmx3600(text).events for edit in event.edits]
    assert [(edit.record_in, edit.record_out, edit.source) for edit in edits] == [
        (cut.label(one.record_in_frames), cut.label(one.record_out_frames), one.source.reel)
        for one in cut.events
    ]


def test_opentimelineio_reads_clips_and_markers() -> None:
    otio = pytest.importorskip("opentimelineio")
    pytest.importorskip("otio_cmx3600_adapter")
    events = tuple(
        CutEvent(86400 + 48 * n, 86448 + 48 * n, CutSource("A001", f"shot {n}"), Fraction(100 * n),
                 Fraction(100 * n + 48), number=f"{n + 1:03}")
        for n in range(3)
    )  # fmt: skip
    marker = CutMarker(Fraction(86410), "1m01 Main title", colour="yellow")
    text = write_edl(CutList("x", FRAMES_24, events, (marker,))).content.decode()
    timeline = otio.adapters.read_from_string(text, "cmx_3600", rate=24)
    clips = list(timeline.find_clips())
    assert [clip.name for clip in clips] == ["shot 0", "shot 1", "shot 2"]
    assert [clip.source_range.start_time.value for clip in clips] == [0, 100, 200]
    assert clips[0].markers[0].name == "1m01 Main title"


def test_drop_frame_labels_are_those_of_the_standard() -> None:
    at = Timecode.parse("01:00:59;28", FRAMES_29_97_DROP).frames
    event = CutEvent(at, at + 4, CutSource("A"), Fraction(at), Fraction(at + 4))
    text = write_edl(CutList("x", FRAMES_29_97_DROP, (event,))).content.decode()
    assert "FCM: DROP FRAME" in text and "01:00:59;28 01:01:00;04" in text


def test_what_cannot_be_held_is_told() -> None:
    source = CutSource("A", "a", "", False, FRAMES_25, Fraction(0), Fraction(500))
    event = CutEvent(0, 24, source, Fraction(1, 2), Fraction(25), speed=Fraction(1, 7))
    marker = CutMarker(Fraction(5, 2), "door", Fraction(12), "#ff0000", "V2", "slams")
    told = "\n".join(write_edl(CutList("x", FRAMES_24, (event,), (marker,), 0, 48)).not_carried)
    for word in ("tenth of a frame per second", "handles", "rates of their own", "within a frame",
                 "lengths of markers", "colours of markers", "tracks of markers", "second texts",
                 "empty frames"):  # fmt: skip
        assert word in told, word


def test_names_cannot_break_out_of_their_line() -> None:
    source = CutSource("A\n002", "a\nTITLE: b\r\n* LOC: 01:00:00:00 RED x", "f\x85g")
    cut = CutList("t\nFCM: DROP FRAME", FRAMES_24, (CutEvent(0, 24, source, number="1"),))
    back = read_edl(write_edl(cut).content, "x.edl", FRAMES_24).cut
    assert len(back.events) == 1 and not back.markers and not back.rate.drop
    assert back.title == "t FCM: DROP FRAME"


def test_a_session_goes_out_as_markers_on_the_film() -> None:
    clock = FilmClock(FRAMES_24, 86400)
    hit = Marker(FilmTime(2), "door slams")
    cue = Marker(FilmTime(1), "1m01", FilmTime(3), MarkerKind.CUE)
    assert FORMAT.write_session is not None
    made = FORMAT.write_session(Session("x", clock, FilmTime(0), None, (cue, hit)))
    cut = read_edl(made.content, "x.edl", FRAMES_24).cut
    assert [(cut.label(m.at_frames), m.words, m.colour) for m in cut.markers] == [
        ("01:00:01:00", "1m01", "yellow"),
        ("01:00:02:00", "door slams", "green"),
    ]
    assert "lengths of markers" in made.not_carried[0]


def test_signed_markers_go_into_the_table_at_the_end() -> None:
    marker = CutMarker(Fraction(5), "note", Fraction(3), "red", "A2", who="EVA")
    cut = CutList("x", FRAMES_24, (CutEvent(0, 24, CutSource("A"), number="001"),), (marker,))
    written = write_edl(cut)
    assert read_edl(written.content, "x", FRAMES_24).cut == replace(cut)
    assert written.not_carried == ()
