"""FCP7 XML written: read back by us and by its OpenTimelineIO adapter."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from tests.cut_material import EDLS, cut_lists, one_sided, real_cut, shown
from tests.shared_material import shared

from scorestage.adapters.formats.xmeml import read_xmeml, write_xmeml
from scorestage.production import CutEvent, CutList, CutMarker, CutSource
from scorestage.timebase import FRAMES_24

WHOLE = tuple(name for name in EDLS if name not in ("test_24psf.edl", "test_25.edl"))


@pytest.mark.parametrize("name", WHOLE)
def test_a_real_list_comes_back(name: str) -> None:
    cut = real_cut(name)
    back = read_xmeml(write_xmeml(cut).content, "x.xml").cut
    assert shown(back) == shown(cut) and back.rate == cut.rate
    assert [m.at_frames for m in back.markers] == [m.at_frames for m in cut.markers]
    assert [m.words for m in back.markers] == [m.words for m in cut.markers]


@settings(max_examples=80, deadline=None)
@given(cut_lists())
def test_any_list_comes_back(cut: CutList) -> None:
    """Retimed shots begin on whole frames of their own time; where they don't, that is told."""
    cut = one_sided(cut)
    written = write_xmeml(cut)
    back = read_xmeml(written.content, "x.xml").cut
    ours, theirs = shown(back), shown(cut)
    if any("source places within a frame" in one for one in written.not_carried):
        ours, theirs = ([one[:-1] for one in side] for side in (ours, theirs))
    assert ours == theirs
    assert (back.rate, back.title, back.start_frames) == (cut.rate, cut.title, cut.first_frame)


@pytest.mark.parametrize("name", ["ToD_R4_LOCK3.1_030618_Video.edl", "cdl_example01.edl"])
def test_the_library_reads_the_same_clips_and_markers(name: str) -> None:
    otio = pytest.importorskip("opentimelineio")
    pytest.importorskip("otio_fcp_adapter")
    cut = real_cut(name)
    timeline = otio.adapters.read_from_string(write_xmeml(cut).content.decode(), "fcp_xml")
    clips = list(timeline.find_clips())
    assert [clip.name for clip in clips] == [event.source.clip for event in cut.events]
    for clip, event in zip(clips, cut.events, strict=True):
        if event.shown_speed(cut.rate) == 1:
            assert clip.source_range.start_time.value == event.source_in_frames
        span = clip.range_in_parent()
        assert span.start_time.value == event.record_in_frames - cut.first_frame
        assert span.duration.value == event.frames
    assert len(timeline.tracks.markers) == len(cut.markers)


def test_what_cannot_be_held_is_told_and_signs_that_xml_has_not_are_left_out() -> None:
    marker = CutMarker(Fraction(5, 2), "a\x00b & <c>", Fraction(1), "red", "V2", who="EVA")
    event = CutEvent(0, 24, CutSource("A", "x"), remarks=("* y",))
    written = write_xmeml(CutList("x", FRAMES_24, (event,), (marker,)))
    told = "\n".join(written.not_carried)
    for word in ("within a frame", "colours", "tracks of markers", "who set", "lines kept"):
        assert word in told
    assert read_xmeml(written.content, "x").cut.markers[0].words == "ab & <c>"


def test_tracks_of_other_names_are_kept_and_told() -> None:
    event = CutEvent(0, 24, CutSource("A", "x"), track="AA")
    written = write_xmeml(CutList("x", FRAMES_24, (event, replace(event, track="A3"))))
    assert "tracks of other names" in written.not_carried[0]
    assert {one.track for one in read_xmeml(written.content, "x").cut.events} == {"A3", "A4"}


def test_the_editors_own_example_keeps_every_clip_and_marker_through_a_round() -> None:
    """Tracks may be renumbered, which is told; places, lengths, sources and words stay."""
    cut = read_xmeml(shared("editorial/premiere_example.xml").read_bytes(), "x").cut
    written = write_xmeml(cut)
    back = read_xmeml(written.content, "x").cut

    def clips(one: CutList) -> list[tuple[object, ...]]:
        return sorted(
            (
                e.record_in_frames,
                e.record_out_frames,
                e.source.clip,
                e.track[:1],
                e.source_in_frames,
            )
            for e in one.events
        )

    def markers(one: CutList) -> list[tuple[object, ...]]:
        return sorted((m.at_frames, m.words, m.note, m.frames) for m in one.markers)

    assert clips(back) == clips(cut)
    assert markers(back) == markers(cut) and back.markers
    tracks = {e.track for e in cut.events} == {e.track for e in back.events}
    assert tracks or any("tracks" in one for one in written.not_carried)
