"""FCPXML written: read back by us and by its OpenTimelineIO adapter."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from lxml import etree
from tests.cut_material import EDLS, cut_lists, one_sided, real_cut, shown
from tests.shared_material import shared

from scorestage.adapters.formats.fcpxml import read_fcpxml, write_fcpxml
from scorestage.production import CutEvent, CutList, CutMarker, CutSource
from scorestage.timebase import FRAMES_24

WHOLE = tuple(n for n in EDLS if n not in ("test_24psf.edl", "test_25.edl", "TEST.edl"))
ORDER = ["timeMap", "asset-clip", "marker"]


@pytest.mark.parametrize("name", WHOLE)
def test_a_real_list_comes_back(name: str) -> None:
    cut = real_cut(name)
    back = read_fcpxml(write_fcpxml(cut).content, "x").cut
    assert shown(back) == shown(cut) and back.rate == cut.rate
    told = [(m.at_frames, m.words) for m in cut.markers]
    assert [(m.at_frames, m.words) for m in back.markers] == told


@settings(max_examples=80, deadline=None)
@given(cut_lists())
def test_any_list_comes_back(cut: CutList) -> None:
    cut = one_sided(cut)
    written = write_fcpxml(cut)
    back = read_fcpxml(written.content, "x").cut
    assert shown(back) == shown(cut) and back.rate == cut.rate
    assert [m.at_frames for m in back.markers] == [m.at_frames for m in cut.markers]


def test_a_list_of_sound_comes_back_but_for_its_transitions() -> None:
    cut = real_cut("TEST.edl")
    written = write_fcpxml(cut)
    plain = replace(cut, events=tuple(replace(one, transition=None) for one in cut.events))
    assert shown(read_fcpxml(written.content, "x").cut) == shown(plain)
    assert any(one.startswith("transitions of connected clips") for one in written.not_carried)


@pytest.mark.parametrize("name", ["ToD_R4_LOCK3.1_030618_Video.edl", "dissolve_test_3.edl"])
def test_the_library_reads_the_same_clips(name: str) -> None:
    otio = pytest.importorskip("opentimelineio")
    pytest.importorskip("otio_fcpx_xml_adapter")
    cut = real_cut(name)
    text = write_fcpxml(cut).content.decode()
    found = otio.adapters.read_from_string(text, "fcpx_xml")
    clips = [clip for one in found for clip in one.find_clips()]
    assert [clip.name for clip in clips] == [event.source.clip for event in cut.events]
    for clip, event in zip(clips, cut.events, strict=True):
        if event.shown_speed(cut.rate) == 1:
            assert round(clip.source_range.start_time.value) == event.source_in_frames
        assert round(clip.source_range.duration.value) == event.frames


def test_children_stand_in_the_order_of_the_format() -> None:
    source = CutSource("A", "a", "/x/a.mov")
    fast = CutEvent(0, 48, source, Fraction(0), Fraction(96), speed=Fraction(2))
    over = CutEvent(10, 20, source, Fraction(5), Fraction(15), track="V2")
    cut = CutList("x", FRAMES_24, (fast, over), (CutMarker(Fraction(3), "m"),))
    root = etree.fromstring(write_fcpxml(cut).content)
    clip = root.find(".//spine/asset-clip")
    assert [child.tag for child in clip] == ORDER
    for asset in root.iterfind("resources/asset"):
        assert asset.find("media-rep").get("src") == "/x/a.mov"
    ids = [one.get("id") for one in root.find("resources")]
    assert len(ids) == len(set(ids))


def test_sound_of_a_picture_file_stays_sound() -> None:
    source = CutSource("A", "a", "/x/a.mov")
    events = tuple(
        CutEvent(0, 48, source, Fraction(0), Fraction(48), track=track) for track in ("V1", "A2")
    )
    back = read_fcpxml(write_fcpxml(CutList("x", FRAMES_24, events)).content, "x").cut
    assert {one.track for one in back.events} == {"V1", "A2"}


def test_the_editors_own_example_keeps_every_clip_and_marker_through_a_round() -> None:
    """Tracks may be renumbered, which is told; places, lengths, sources and words stay."""
    cut = read_fcpxml(shared("editorial/fcpx_project.fcpxml").read_bytes(), "x").cut
    written = write_fcpxml(cut)
    back = read_fcpxml(written.content, "x").cut

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
