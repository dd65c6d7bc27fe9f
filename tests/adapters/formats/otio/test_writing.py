"""OTIO timelines written: the same for us, and what its own library makes of them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from tests.cut_material import EDLS, cut_lists, in_order, real_cut

from scorestage.adapters.formats.otio import read_otio, write_otio
from scorestage.production import CutEvent, CutList, CutMarker, CutSource, Transition
from scorestage.production import TransitionKind as Kind
from scorestage.timebase import FRAMES_24


@pytest.mark.parametrize("name", EDLS)
def test_a_real_list_comes_back_whole(name: str) -> None:
    cut = real_cut(name)
    back = read_otio(write_otio(cut).content, "x.otio").cut
    assert in_order(back) == in_order(cut) and back.markers == cut.markers
    assert (back.title, back.rate, back.head) == (cut.title, cut.rate, cut.head)


@settings(max_examples=100, deadline=None)
@given(cut_lists())
def test_any_list_comes_back_whole(cut: CutList) -> None:
    back = read_otio(write_otio(cut).content, "x.otio").cut
    assert replace(back, start_frames=None) == cut


@settings(max_examples=30, deadline=None)
@given(cut_lists())
def test_the_librarys_own_times_are_ours(cut: CutList) -> None:
    otio = pytest.importorskip("opentimelineio")
    timeline = otio.adapters.read_from_string(write_otio(cut).content.decode(), "otio_json")
    first = cut.first_frame
    assert round(timeline.global_start_time.value) == first
    clips = list(timeline.find_clips())
    assert [clip.name for clip in clips] == [event.source.clip for event in cut.events]
    for clip, event in zip(clips, cut.events, strict=True):
        span = clip.range_in_parent()
        assert round(span.start_time.value) + first == event.record_in_frames
        assert round(span.duration.value) == event.frames
    assert len(timeline.tracks.markers) == len(cut.markers)


def test_centred_transitions_stand_on_their_cut() -> None:
    before = CutEvent(0, 44, CutSource("A", "a"), Fraction(0), Fraction(44))
    change = Transition(Kind.DISSOLVE, 12, "", "Cross", 4)
    after = CutEvent(
        44, 96, CutSource("B", "b"), Fraction(96), Fraction(148), transition=change
    )  # fmt: skip
    cut = CutList("x", FRAMES_24, (before, after), (), 0)
    assert read_otio(write_otio(cut).content, "x").cut == cut
    otio = pytest.importorskip("opentimelineio")
    track = otio.adapters.read_from_string(write_otio(cut).content.decode(), "otio_json").tracks[0]
    assert [round(c.source_range.duration.value) for c in (track[0], track[2])] == [48, 48]
    assert (
        round(track[1].in_offset.value) == 4
        and round(track[2].source_range.start_time.value) == 100
    )


def test_clips_that_overlap_get_tracks_of_their_own_and_come_back() -> None:
    events = tuple(CutEvent(0, 24, CutSource("A", name), number=name) for name in "ab")
    cut = CutList("x", FRAMES_24, events, (), 0)
    written = write_otio(cut)
    assert "overlap" in written.not_carried[0]
    back = read_otio(written.content, "x").cut
    assert [event.track for event in back.events] == ["V1", "V1"]


def test_what_only_we_take_up_again_is_told() -> None:
    marker = CutMarker(Fraction(1), "a", who="EVA")
    event = CutEvent(0, 24, CutSource("A"), remarks=("* x",))
    told = write_otio(CutList("x", FRAMES_24, (event,), (marker,))).not_carried
    assert told == (
        "lines kept from an EDL, in metadata only (1)",
        "markers' authors, in metadata only (1)",
    )
